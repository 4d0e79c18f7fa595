"""Every commit that a store remembers: out of its journal, and its history."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import orjson

from coach_tui.store import history
from coach_tui.store.errors import ChangesForgotten
from coach_tui.store.journal import is_commit
from coach_tui.store.telling import commit_of

if TYPE_CHECKING:
    from coach_tui.store.coding import Coding
    from coach_tui.store.contents import Contents
    from coach_tui.store.engine import Change, Commit


class Past:
    """The commits up to what `contents` holds. `journal` is the journal's content, read first:
    a rotation meanwhile moves lines from there into the history, never the other way.
    """

    def __init__(self, directory: str, contents: Contents, journal: bytes) -> None:
        self._directory, self._contents, self._journal = directory, contents, journal

    @staticmethod
    def commit(line: bytes, coding: Coding) -> Commit:
        """Return the commit that a line tells of."""
        return commit_of(line, coding)

    def commits(self, since: int, reaches_back_to: int) -> list[Commit]:
        """Return the commits after the one numbered `since`, oldest first.

        Raises `ChangesForgotten` when `since` is before `reaches_back_to`, or what followed it is
        not there any more.
        """
        newest = self._contents.header.sequence
        if since >= newest:
            return []
        lines = self._lines(since)
        oldest = self._oldest_reached(since)
        if since < max(oldest, reaches_back_to):
            raise ChangesForgotten(since, max(oldest, reaches_back_to))
        coding = self._contents.coding
        return [
            commit_of(lines[number], coding)
            for number in sorted(lines)
            if number <= newest and is_commit(lines[number], orjson.loads)
        ]

    def _lines(self, since: int) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        for source in (history.lines(self._directory, since), self._journal.split(b"\n")):
            for line in source:
                number = history.number_of(line)
                if number is not None and number > since:
                    found[number] = line
        return found

    def _oldest_reached(self, since: int) -> int:
        """Return the newest commit that nothing is known from before of, if that is after `since`.

        A file says which commit it begins after: as long as each begins no later than the one
        before ends, nothing is missing.
        """
        reached = since
        files = [*self._history_spans(since), _span(self._journal.split(b"\n"))]
        oldest = since
        for after, last in files:
            if after > reached:
                oldest = after
            reached = max(reached, last)
        return oldest

    def _history_spans(self, since: int) -> list[tuple[int, int]]:
        found = history.files(self._directory)
        spans = []
        for place, (_, path) in enumerate(found):
            following = found[place + 1][0] if place + 1 < len(found) else None
            if following is None or following > since + 1:
                spans.append(_span(history.read_bytes(path).split(b"\n")))
        return spans

    def history(self, table: str, id: str) -> list[Change]:
        """Return the changes of one document, oldest first.

        Each tells the revision of the document before it, so that files are passed over which hold
        none. Before one that made it there may be more: it may have been deleted, and put back.
        """
        found = self._changes_in(self._journal.split(b"\n"), table, id)
        for first, path in reversed(history.files(self._directory)):
            wanted = self._wanted(found, table, id)
            if wanted is None or wanted >= first:
                found.update(self._changes_in(history.read_bytes(path).split(b"\n"), table, id))
        newest = self._contents.header.sequence
        return [found[number] for number in sorted(found) if number <= newest]

    def _wanted(self, found: dict[int, Change], table: str, id: str) -> int | None:
        """Return the revision that is to be looked for next, None when it is not known."""
        if found:
            before = found[min(found)].before
            return None if before is None else int(before["revision"])
        document = self._contents.document(table, id)
        return None if document is None else int(document["revision"])

    def _changes_in(self, lines: list[bytes], table: str, id: str) -> dict[int, Change]:
        needle = b'"id":%b' % orjson.dumps(id)
        found = {}
        for line in lines:
            number = history.number_of(line)
            if number is None or needle not in line or not is_commit(line, orjson.loads):
                continue
            for change in commit_of(line, self._contents.coding).changes:
                if (change.table, change.id) == (table, id):
                    found[number] = change
        return found


def _span(lines: list[bytes]) -> tuple[int, int]:
    """Return the commit that a journal begins after, and its last one."""
    after = 0
    with suppress(KeyError, TypeError, ValueError):
        after = int(orjson.loads(lines[0])["after"])
    numbers = [number for line in reversed(lines[-3:]) if (number := history.number_of(line))]
    return after, max(numbers, default=after)
