"""A store's files while it is open: read on, written to, and put in order.

What changes anything here is called while the store's lock is held.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from coach_tui.store import atomic, backups, disk, history, journal, journal_file, paths, snapshot
from coach_tui.store.engine import Finding, Severity
from coach_tui.store.errors import ReadOnly, StoreError
from coach_tui.store.open_files import OpenFiles

if TYPE_CHECKING:
    from coach_tui.store.contents import Contents
    from coach_tui.store.header import Header

ROTATE_AT = 256 << 10
"""Bytes from which a journal is put into the history when a snapshot is written at leisure."""


class StoreFiles(OpenFiles):
    """The files of an open store, which are put in order, written to, and begun anew.

    Every method is called while the store's lock is held.
    """

    # ---------------------------------------------------------------------------- writing

    def make_ready(self) -> None:
        """Put in order what has to be before something is written.

        Raises `ReadOnly` with the reason when nothing may be, `StoreFull`, `Unavailable`.
        """
        if self._unwritable and self.journal is not None:
            self.journal = self._open_journal(self.journal.size)
        if self.read_only:
            raise ReadOnly(self.read_only)
        if self.journal is not None and not self.journal.cut_back():
            raise ReadOnly(f"{self.journal_path} still holds a part of a save that failed")
        if self._renew or (self.journal is not None and not self.journal.is_trusted):
            self.write_snapshot(rotate=True)
        elif self.journal is None or self._scan.is_old or self.journal.size == 0:
            self._begin_journal()
        elif self._scan.rest:
            self._set_rest_aside()

    def _set_rest_aside(self) -> None:
        assert self.journal is not None
        rest, aside = self._scan.rest, self._aside_path(paths.TORN)
        self.journal.cut_off_rest(rest, aside)
        self._scan.rest = b""
        self._say_torn(rest, aside)

    def _say_torn(self, rest: bytes, aside: str) -> None:
        text = (
            f"ended in a line that was not whole ({len(rest)} bytes), as a save leaves it that was "
            f"cut off; put aside as {os.path.basename(aside)}"
        )
        self.findings.append(Finding(Severity.WARNING, self.journal_path, text))

    def _aside_path(self, kind: str) -> str:
        first = os.path.join(self.directory, f"{kind}-{self.contents.header.sequence + 1:012}")
        number, path = 1, first
        while os.path.lexists(path):
            number, path = number + 1, f"{first}-{number}"
        return path

    def _begin_journal(self) -> None:
        header = self.contents.header
        if self.journal is not None:
            if self._scan.is_old:
                history.keep(self.directory, self.journal_path, self._scan.after + 1)
            elif self._scan.rest:
                aside = self._aside_path(paths.TORN)
                atomic.write(aside, [self._scan.rest])
                self._say_torn(self._scan.rest, aside)
        self.journal = journal_file.create(
            self.journal_path, header.id, header.sequence, header.head
        )
        self._scan = journal.Scan(header)

    def append(self, line: bytes, after: Contents) -> None:
        """Append a commit's line durably; `after` is what the store holds then.

        Raises `StoreFull`, `ReadOnly`, `Unavailable`. When the disk did not confirm the line, new
        files take the place of these, without it.
        """
        assert self.journal is not None
        try:
            self.journal.append(line)
        except StoreError:
            if not self.journal.is_trusted:
                self._try_to_renew()
            raise
        self.contents = after
        self._length = self.journal.size

    def _try_to_renew(self) -> None:
        try:
            self.write_snapshot(rotate=True)
        except StoreError:
            # It is tried again before the next save, and until then nothing is saved.
            self.is_stale = False

    # ---------------------------------------------------------------------------- new snapshots

    def write_snapshot(self, *, rotate: bool) -> None:
        """Write a new snapshot of what the store holds, and begin a new journal if `rotate`.

        Raises `StoreFull`, `ReadOnly`, `Unavailable`; each crash on the way leaves files that hold
        the same.
        """
        contents = self.contents
        self.install(
            snapshot.prepare(self.path, contents), contents.header, self.journal_size, rotate
        )

    def install(
        self, replacement: atomic.Replacement, header: Header, size: int, rotate: bool
    ) -> None:
        """Put a new snapshot in its place, made when the journal had `size` bytes.

        Raises as `write_snapshot` does.
        """
        try:
            self._keep_old()
            replacement.put_in_place()
            self.is_stale = True
            if rotate or self.journal is None:
                self._rotate(header, size)
        except BaseException:
            replacement.discard()
            raise
        finally:
            backups.prune(self.directory)
        trusted = self.journal is None or self.journal.is_trusted
        findings = self.findings
        self._read_anew()
        self.findings, self.is_checked = findings, True
        if self.journal is not None and not rotate:
            self.journal.is_trusted = trusted

    def _keep_old(self) -> None:
        if self._aside:
            self._link_aside()
        elif self.stamp is not None:
            try:
                backups.keep(self.directory, self.path, self.base)
            except StoreError:
                # No hard links, or no room: the new snapshot matters more.
                return

    def _link_aside(self) -> None:
        try:
            os.link(self.path, self._aside_path(paths.DAMAGED))
        except FileNotFoundError:
            return
        except OSError as error:
            raise atomic.named(error, self.path) from None

    def _rotate(self, header: Header, size: int) -> None:
        tail = b""
        if self.journal is not None:
            tail = self.journal.read(size, self.journal.size)
            if self._scan.rest:
                self._set_rest_aside()
            if self.journal.size > len(journal.first_line(header.id, 0, header.head)) + 16:
                history.keep(self.directory, self.journal_path, self._scan.after + 1)
        self.journal = journal_file.create(
            self.journal_path, header.id, header.sequence, header.head, tail
        )

    def clear_leftovers(self) -> list[str]:
        """Remove the temporary files that writers left when they died; return the paths."""
        removed = []
        for name in (paths.SNAPSHOT, paths.JOURNAL, paths.SUMMARY):
            removed += atomic.remove_leftovers(os.path.join(self.directory, name))
        return removed + history.leftovers(self.directory)

    def close(self) -> None:
        """Let go of the files."""
        self.is_closed = True
        if self.journal is not None:
            self.journal.close()


def create(directory: str, store: str, codec: str) -> None:
    """Write the files of a new and empty store. Raises `StoreFull`, `ReadOnly`, `Unavailable`."""
    from coach_tui.store.coding import PLAIN
    from coach_tui.store.contents import Contents
    from coach_tui.store.header import Header

    header = Header(store, head=journal.first_head(store), codec=codec)
    journal_file.create(os.path.join(directory, paths.JOURNAL), store, 0, header.head).close()
    snapshot.write(os.path.join(directory, paths.SNAPSHOT), Contents(header, {}, PLAIN))
    disk.remove_quietly(os.path.join(directory, paths.SUMMARY))
