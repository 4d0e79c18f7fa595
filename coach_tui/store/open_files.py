"""A store's files while it is open, and how reading goes on when another session wrote."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import orjson

from coach_tui.store import atomic, history, journal, paths
from coach_tui.store import summary as summaries
from coach_tui.store.errors import ReadOnly, StoreError, Unavailable
from coach_tui.store.header import Stamp
from coach_tui.store.history import Chain
from coach_tui.store.journal_file import JournalFile
from coach_tui.store.recovery import Loading
from coach_tui.store.telling import steps_of

if TYPE_CHECKING:
    from coach_tui.store.codec import LineCodec
    from coach_tui.store.contents import Contents
    from coach_tui.store.header import Header
    from coach_tui.store.journal import Transaction
    from coach_tui.store.recovery import Loaded


class OpenFiles:
    """The snapshot and the journal of the store in a folder.

    `contents` is what they hold. `findings`: what the coach should know of, from when they were
    last read.
    """

    def __init__(
        self, directory: str, loaded: Loaded, codec: LineCodec | None, *, large: int
    ) -> None:
        self.directory = directory
        self.path = os.path.join(directory, paths.SNAPSHOT)
        self.journal_path = os.path.join(directory, paths.JOURNAL)
        self.codec, self._large = codec, large
        self.is_stale = self.is_closed = False
        self._take(loaded)

    def _take(self, loaded: Loaded) -> None:
        self.contents, self.base = loaded.contents, loaded.base
        self.findings, self._refused, self._unwritable = list(loaded.findings), loaded.read_only, ""
        self.sealed, self.stamp = loaded.sealed, loaded.stamp
        self.is_checked = loaded.is_checked
        self._renew, self._aside, self._scan = loaded.renew, loaded.aside, loaded.scan
        self.journal = self._opened(loaded) if loaded.has_journal else None
        self._length = self.journal.length() if self.journal else None
        self.is_stale = False

    def _opened(self, loaded: Loaded) -> JournalFile | None:
        try:
            return self._open_journal(loaded.scan.good)
        except FileNotFoundError:
            return None

    def _open_journal(self, size: int) -> JournalFile:
        try:
            opened = JournalFile(self.journal_path, size, writable=True)
        except ReadOnly as error:
            self._unwritable = error.reason
            return JournalFile(self.journal_path, size, writable=False)
        self._unwritable = ""
        return opened

    @property
    def read_only(self) -> str:
        """Why nothing may be written, empty when it may."""
        return self._refused or self._unwritable

    def accept_as_it_is(self) -> None:
        """Let an edited snapshot be written over; it is put aside then."""
        self._refused, self._aside = "", True

    def refuse(self, reason: str) -> None:
        """Let nothing be written any more, for this reason."""
        self._refused = reason

    @property
    def journal_size(self) -> int:
        """How many bytes of the journal are whole."""
        return self.journal.size if self.journal else 0

    @property
    def snapshot_size(self) -> int:
        """How large the snapshot is."""
        return self.stamp.size if self.stamp else 0

    @property
    def has_commits_since(self) -> bool:
        """Whether there were commits since the snapshot."""
        return self.contents.header.sequence != self.base.sequence

    def state(self) -> dict[str, Any] | None:
        """Return what names the state of the files, None when they hold another than was read."""
        if self.stamp is None or self.journal is None:
            return None
        try:
            if self.journal.length() != self.journal.size:
                return None
            modified = self.journal.modified()
        except (OSError, StoreError):
            return None
        return summaries.state_of(self.base, self.stamp, self.journal.size, modified)

    def head_at(self, sequence: int) -> str | None:
        """Return the hash of a commit that the snapshot or the journal had when it was read."""
        if sequence == self.base.sequence:
            return self.base.head
        found = (one.head for one in self._scan.transactions if one.sequence == sequence)
        return next(found, None)

    # ---------------------------------------------------------------------------- reading on

    def is_current(self) -> bool:
        """Whether the files look as they did when they were looked at last; a quick question."""
        length = self.journal.length() if self.journal else None
        return not self.is_stale and self._seen() == self.stamp and length == self._length

    def _seen(self) -> Stamp | None:
        try:
            return Stamp(os.stat(self.path, follow_symlinks=False))
        except FileNotFoundError:
            if self.stamp is None:
                # It was missing already, and what it held came from elsewhere.
                return None
            raise Unavailable(
                f"{self.path} is gone; this session still has what it read; "
                "put the file back, or start coach-tui again"
            ) from None
        except OSError as error:
            raise atomic.named(error, self.path) from None

    def read_on(self) -> list[Transaction] | None:
        """Take over what other sessions committed: the new commits in their order.

        None when the files hold something else than what was read and commits after it. Raises
        `Unavailable`, `Corrupt`, `NeedsUpgrade`, `KeyNeeded`; then nothing was taken over.
        """
        if self.is_stale or self._seen() != self.stamp or self.journal is None:
            return self._read_anew()
        length = self.journal.length()
        ours = self.contents.header
        if length is None or length < self.journal.size:
            return self._read_anew()
        if self.has_commits_since and not self.journal.ends_with(ours.head):
            return self._read_anew()
        self._length = length
        return self._read_tail(length)

    def _read_tail(self, length: int) -> list[Transaction] | None:
        assert self.journal is not None
        if length == self.journal.size:
            self._scan.rest = b""
            return []
        scan = journal.Scan(self.contents.header)
        data = self.journal.read(self.journal.size, length)
        journal.follow(scan, data, 0, orjson.loads, self.contents.header)
        if scan.damage or scan.trouble:
            return self._read_anew()
        contents = self.contents
        for transaction in scan.transactions:
            contents = self._after(contents, transaction)
        self.contents = contents
        self.journal.size += scan.good
        self._scan.rest = scan.rest
        return scan.transactions

    @staticmethod
    def _after(contents: Contents, transaction: Transaction) -> Contents:
        header = contents.header.at(transaction.sequence, transaction.at, transaction.head)
        return contents.after(header, steps_of(transaction))

    def _read_anew(self) -> list[Transaction] | None:
        self.is_stale = True
        before = self.contents.header
        loaded = self.loading(thorough=False).load()
        if loaded is None:
            self._seen()
            raise Unavailable(f"{self.path} cannot be found; start coach-tui again")
        if loaded.contents.header.id != before.id:
            raise Unavailable(
                f"{self.path} is another store now; nothing was changed; start coach-tui again"
            )
        was_edited = bool(loaded.read_only)
        found = None if was_edited else self._between(before, loaded)
        self._take(loaded)
        return found

    def loading(self, *, thorough: bool) -> Loading:
        """Return what reads these files."""
        return Loading(self.directory, self.codec, thorough=thorough, large=self._large)

    def read_thoroughly(self) -> None:
        """Read all of the files again, the seal included. Raises as `read_on` does."""
        loaded = self.loading(thorough=True).load()
        if loaded is not None:
            self._take(loaded)

    def _between(self, before: Header, loaded: Loaded) -> list[Transaction] | None:
        """Return the commits that lead from `before` to what was loaded; None when none do."""
        after = loaded.contents.header
        chain = Chain(before.sequence, before.head)
        found: list[Transaction] = []
        sources = (
            (one.line for one in loaded.scan.transactions),
            history.lines(self.directory, before.sequence),
            history.read_bytes(self.journal_path).split(b"\n"),
        )
        for source in sources:
            for line in source:
                if chain.head == after.head:
                    return found
                transaction = chain.follows(line)
                if transaction is not None:
                    found.append(transaction)
        return found if chain.head == after.head else None
