"""What can go wrong with the store, by name. Plain.

Every message is one line: what happened, what is safe, what to do. None holds the content of a
document, so any of them may be logged.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    Document = dict[str, Any]


class StoreError(Exception):
    """Something that the store could not do; nothing that was acknowledged before is lost."""


class Conflict(StoreError):
    """A document is not at the revision that the save was made from.

    `expected` is the revision the save had seen (0: none was there). `theirs` is the document
    that is stored now, None when there is none. Nothing of the save was stored.
    """

    def __init__(self, table: str, id: str, expected: int, theirs: Document | None) -> None:
        self.table, self.id, self.expected, self.theirs = table, id, expected, theirs
        now = "is gone" if theirs is None else f"was changed (revision {theirs.get('revision')})"
        super().__init__(
            f"{table}/{id} {now} since it was read (revision {expected}); nothing was saved; "
            "look at both versions and decide"
        )


class StoreFull(StoreError):
    """There is no room: the disk, a quota or a limit on the size of files."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(
            f"No room to save in {place}; all that was saved before is safe; "
            "make room and save again"
        )


class ReadOnly(StoreError):
    """The store can be read but not written, for the `reason` given."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"The store can only be read: {reason}; nothing was changed; "
            "make it writable, or work with a copy by --store"
        )


class Unavailable(StoreError):
    """The store cannot be reached now: it is locked, unreachable, or not what it should be."""


class Locked(Unavailable):
    """Another process held the lock for longer than this one may wait."""

    def __init__(self, seconds: float, holder: str) -> None:
        self.holder = holder
        super().__init__(
            f"Another coach-tui ({holder}) has been saving for more than {seconds:g} seconds; "
            "nothing was changed; try again, or end that process"
        )


class Corrupt(StoreError):
    """What is stored cannot be read. `report` names each place; the file was not changed."""

    def __init__(self, report: Iterable[str], place: str = "the store") -> None:
        self.report = tuple(report)
        self.place = place
        more = f" (and {len(self.report) - 1} more)" if len(self.report) > 1 else ""
        first = self.report[0] if self.report else "it is not a store"
        super().__init__(
            f"{place} is damaged: {first}{more}; the file was left as it is; "
            "put a good copy in its place, or repair it there"
        )


class NeedsUpgrade(StoreError):
    """The store was written by a newer version: schema `found`, where `known` is the newest."""

    def __init__(self, found: int, known: int) -> None:
        self.found, self.known = found, known
        super().__init__(
            f"The store has format {found}, and this version reads up to {known}; "
            "nothing was changed; install a newer coach-tui"
        )


class KeyNeeded(StoreError):
    """The store is kept in the code `codec`, and it was opened without that or with another."""

    def __init__(self, codec: str) -> None:
        self.codec = codec
        super().__init__(
            f"The store is locked ({codec}); nothing was changed; unlock it with its passphrase"
        )


class NotFound(StoreError):
    """What was asked for is not there: a document by its table and id, or a whole store."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"There is no {what}; nothing was changed; look for its name in the list")


class NoStore(NotFound):
    """The folder holds no store, and none was to be made."""

    def __init__(self, directory: str) -> None:
        super().__init__(f"store in {directory}")
        self.args = (
            f"There is no store in {directory}; nothing was changed; "
            "start coach-tui to make one, or name another folder",
        )


class Unstorable(StoreError):
    """A value that JSON cannot hold exactly: NaN, half of a character, an object.

    `field` says where in the document, by names and positions; never the value.
    """

    def __init__(self, table: str, id: str, field: str, why: str) -> None:
        self.table, self.id, self.field = table, id, field
        super().__init__(
            f"{table}/{id} cannot be saved: {field} {why}; nothing was changed; correct that field"
        )


class ChangesForgotten(StoreError):
    """Changes were asked for from before this engine was opened; it remembers from `oldest`."""

    def __init__(self, since: int, oldest: int) -> None:
        self.since, self.oldest = since, oldest
        super().__init__(
            f"Changes are remembered from {oldest} on, not from {since}; all documents are safe; "
            "read them anew"
        )
