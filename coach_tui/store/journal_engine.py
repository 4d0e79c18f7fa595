"""The engine whose store is a sealed snapshot with a journal beside it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from coach_tui.store import history, paths, recovery, snapshot, store_files
from coach_tui.store.beside import Compaction, SealCheck
from coach_tui.store.checking import check_documents, worst_first
from coach_tui.store.collector import paused_collector
from coach_tui.store.engine import (
    Change,
    Commit,
    Document,
    Finding,
    Operation,
    Severity,
    refuse_impossible,
)
from coach_tui.store.errors import (
    Locked,
    NoStore,
    ReadOnly,
    StoreError,
)
from coach_tui.store.kept_summary import KeptSummary
from coach_tui.store.live_summary import LiveSummary
from coach_tui.store.lock import FileLock
from coach_tui.store.past import Past
from coach_tui.store.recent import Recent
from coach_tui.store.store_files import ROTATE_AT, StoreFiles
from coach_tui.store.telling import Draft
from coach_tui.store.tinydb_table import DocumentDatabase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from coach_tui.store.codec import LineCodec
    from coach_tui.store.contents import Contents
    from coach_tui.store.growing import Pieces
    from coach_tui.store.recovery import Loaded
    from coach_tui.store.rewriting import Forgetting

LOCK_TIMEOUT_SECONDS = 10.0
"""How long an operation waits for another session's save."""

COMPACT_AT = 4 << 20
"""Bytes of journal from which a new snapshot is written, if they are a quarter of it too."""

AT_LEISURE = 16 << 20
"""Bytes of snapshot up to which a new one is written when the store is closed."""


class JournalEngine:
    """An `Engine` over the files in a folder. Open it with `JournalEngine.open`.

    Reading takes no lock and never waits: what is in memory is replaced as a whole. A commit takes
    the thread lock and the file lock, takes over what another session committed, checks the
    expected revisions, appends a line to the journal durably, and only then changes what is in
    memory. `notices` say what was found on opening and since; `read_only` says why nothing can be
    saved, empty when it can; `live_summary` is what is kept beside the files for quick commands.
    """

    def __init__(
        self,
        directory: str,
        session: str,
        lock: FileLock,
        files: StoreFiles,
        *,
        compact_at: int = COMPACT_AT,
    ) -> None:
        self.directory = directory
        self._session = session
        self._lock, self._files = lock, files
        self._opening_notices: list[Finding] = []
        self._recent = Recent()
        self._recent.begin(self.sequence)
        self._grown: Pieces | None = None
        self._compaction = Compaction(files, self.compact, compact_at)
        self._seal = SealCheck(files, self._read_thoroughly)
        self._summary = KeptSummary(files)
        self.live_summary = LiveSummary(self, self._summary.start())
        self._tables = DocumentDatabase(self)

    @classmethod
    def open(
        cls,
        directory: str,
        *,
        create: bool,
        session: str,
        lock_timeout: float = LOCK_TIMEOUT_SECONDS,
        codec: LineCodec | None = None,
        compact_at: int = COMPACT_AT,
        large: int = snapshot.LARGE,
    ) -> JournalEngine:
        """Open the store in `directory`; `create` makes one where there is none.

        `session` names this process and person in commits; `lock_timeout` is in seconds; `codec` is
        what the store is kept in. Modes that stand open are narrowed, what dead writers left is
        removed, what can be put in order is. Raises `NoStore`, `Corrupt` when nothing can be made
        of what is there, `NeedsUpgrade`, `KeyNeeded`, `Unavailable`, `StoreFull`, and `ReadOnly`
        only when a store would have to be made: one that is there opens for reading.
        """
        if not create and not os.path.isdir(directory):
            raise NoStore(directory)
        narrowed = [] if not create and not _looks_like_one(directory) else paths.prepare(directory)
        lock = FileLock(os.path.join(directory, paths.LOCK), lock_timeout)
        if os.path.lexists(os.path.join(directory, paths.REWRITING)):
            from coach_tui.store import rewriting

            with lock.hold():
                rewriting.finish(directory)
        with paused_collector():
            loaded = recovery.Loading(directory, codec, thorough=False, large=large).load()
            if loaded is None:
                if not create:
                    raise NoStore(directory)
                loaded = _create(directory, lock, codec, large)
            files = StoreFiles(directory, loaded, codec, large=large)
            engine = cls(directory, session, lock, files, compact_at=compact_at)
            engine._opening_notices += [
                Finding(Severity.NOTE, path, "others could read it; repaired") for path in narrowed
            ]
            engine._tidy()
            engine._clear_unpacked()
        engine._seal.start()
        return engine

    # ------------------------------------------------------------------------------------- reading

    @property
    def contents(self) -> Contents:
        """What is in the store now; it never changes, a commit puts another in its place."""
        return self._files.contents

    @property
    def store(self) -> str:
        """The id of the store."""
        return self._files.contents.header.id

    @property
    def session(self) -> str:
        """What names this process and person in commits."""
        return self._session

    @property
    def sequence(self) -> int:
        """The number of the newest commit this engine has seen."""
        return self._files.contents.header.sequence

    @property
    def read_only(self) -> str:
        """Why nothing can be saved, as far as is known; empty when it can."""
        return self._files.read_only

    @property
    def notices(self) -> tuple[Finding, ...]:
        """What the coach should know of, found on opening or since."""
        return (*self._opening_notices, *self._files.findings)

    def get(self, table: str, id: str) -> Document | None:
        """Return a document, None when there is none."""
        return self._files.contents.document(table, id)

    def query(self, table: str, /, **equal: Any) -> list[Document]:
        """Return the documents whose top-level fields equal these values, in the order of ids."""
        return self._tables.documents(table).equal(**equal)

    def each(self, table: str, *, backwards: bool = False) -> Iterator[Document]:
        """Yield all documents of a table, one at a time; see `Engine.each`."""
        contents = self.contents
        return contents.backwards(table) if backwards else contents.documents(table)

    def count(self, table: str) -> int:
        """Return how many documents a table has."""
        return len(self.contents.table(table))

    def database(self, clock: Callable[[], datetime]) -> DocumentDatabase:
        """Return TinyDB over this store: each write of a table is a commit at `clock()`."""
        return DocumentDatabase(self, clock)

    # ------------------------------------------------------------------------------------ the past

    def changes(self, since: int) -> list[Change]:
        """Return what changed after the commit `since`, oldest first; see `Engine.changes`."""
        return [change for commit in self.commits(since) for change in commit.changes]

    def commits(self, since: int) -> list[Commit]:
        """Return the commits after the one numbered `since`; see `Engine.commits`."""
        lines = self._recent.since(since)
        if lines is not None:
            coding = self._files.contents.coding
            return [Past.commit(line, coding) for line in lines]
        return self._past().commits(since, self._recent.reaches_back_to)

    def history(self, table: str, id: str) -> list[Change]:
        """Return the changes of one document that are remembered, oldest first."""
        return self._past().history(table, id)

    def _past(self) -> Past:
        journal = self._files.journal
        lines = journal.read(0, journal.size) if journal else b""
        return Past(self.directory, self._files.contents, lines)

    # ------------------------------------------------------------------------------------- writing

    def commit(
        self, operations: Sequence[Operation], at: datetime, title: str = "", undoes: int = 0
    ) -> Commit:
        """Do all of the operations or none, durably; see `Engine.commit`."""
        at = refuse_impossible(operations, at)
        with self.exclusively(), paused_collector():
            commit = self._commit(operations, Commit(0, at, self._session, (), title, undoes))
        self._compaction.start_if_due()
        return commit

    @contextmanager
    def exclusively(self) -> Iterator[None]:
        """Keep other threads and sessions from writing, with their last commits taken over.

        Raises `Locked`, `ReadOnly`, `Unavailable`, `Corrupt`, `NeedsUpgrade`.
        """
        with self._lock.hold():
            self._read_on()
            yield

    def _commit(self, operations: Sequence[Operation], bare: Commit) -> Commit:
        files = self._files
        self._seal.wait()
        files.make_ready()
        before = files.contents
        header = before.header
        sequence = max(header.sequence, self._lock.acknowledged(header.id)) + 1
        draft = Draft(before, operations, sequence, self._grown)
        if not draft.steps:
            return Commit(header.sequence, bare.at, bare.session, (), bare.title, bare.undoes)
        made = Commit(sequence, bare.at, bare.session, (), bare.title, bare.undoes)
        line, head = draft.line(made, files.contents.header.head)
        after = files.contents.after(header.at(sequence, made.at.isoformat(), head), draft.steps)
        # Before the contents change: whoever sees the new sequence finds its commit.
        self._recent.add(sequence, line[:-1])
        try:
            files.append(line, after)
        except BaseException:
            self._recent.take_back(sequence)
            raise
        self._grown = draft.grown
        self._lock.acknowledge(header.id, sequence)
        return draft.commit(made)

    # -------------------------------------------------------------------------- other sessions

    def poll(self) -> bool:
        """Take over what other sessions wrote; return whether there was anything.

        Raises `Unavailable`, `Corrupt`, `NeedsUpgrade`; what is in memory then stays as it was.
        """
        self._summary.keep(self.live_summary)
        with self._lock.among_threads() as alone:
            if not alone or self._files.is_current():
                return False
            try:
                with self._lock.hold(0):
                    return self._read_on()
            except Locked:
                return False
            except ReadOnly:
                # No lock can be had here; and so nobody here writes.
                return self._read_on()

    def _read_on(self) -> bool:
        """Take over what the files hold; return whether that is anything new."""
        before, was_read_only = self._files.contents, self.read_only
        found = self._files.read_on()
        if found is None:
            self._begin_anew()
            return before.header.head != self.contents.header.head or bool(self.read_only)
        for transaction in found:
            self._recent.add(transaction.sequence, transaction.line)
        return bool(found) or bool(was_read_only and not self.read_only)

    # ---------------------------------------------------------------------------- new snapshots

    def compact(self) -> bool:
        """Write a new snapshot and begin a new journal; return whether that was done.

        The store can be read and written meanwhile; the lock is held only to put them in place.
        Raises `Locked`, `ReadOnly`, `StoreFull`, `Unavailable`.
        """
        with self.exclusively():
            self._seal.wait()
            self._files.make_ready()
            if not self._files.has_commits_since:
                return False
            contents, size = self._files.contents, self._files.journal_size
            stamp = self._files.stamp
        replacement = snapshot.prepare(self._files.path, contents)
        try:
            with self.exclusively():
                if self._files.stamp is not stamp:
                    # Another session was first.
                    replacement.discard()
                    return False
                self._files.install(replacement, contents.header, size, rotate=True)
        except BaseException:
            replacement.discard()
            raise
        history.press(self.directory)
        return True

    def _read_thoroughly(self) -> None:
        self._files.read_thoroughly()
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._recent.begin(self.sequence)
        self._recent.reaches_back_to = self.sequence

    # ------------------------------------------------------------------------------- keeping order

    def check(self) -> list[Finding]:
        """Look through every document, the references between them, and every file."""
        # What is seldom needed is loaded when it is: the first screen waits for this module.
        from coach_tui.store.files_check import check_files

        tables = {
            name: {document["id"]: document for document in self.contents.documents(name)}
            for name in self.contents.tables
        }
        return worst_first([*check_documents(tables), *check_files(self._files)])

    def _tidy(self) -> None:
        """On opening: put in order what can be, clear away what dead writers left.

        A store that is being written by another session, or cannot be written, is left alone.
        """
        try:
            with self._lock.hold(0):
                self._read_on()
                known = self._lock.acknowledged(self.store)
                self._say_lost(known)
                if self._files.is_checked and not self._files.read_only:
                    self._files.make_ready()
                removed = self._files.clear_leftovers()
        except Locked:
            return
        except StoreError as error:
            self._opening_notices.append(Finding(Severity.WARNING, self.directory, str(error)))
            return
        self._say_removed(removed, "left by a save that did not end; removed")
        self._summary.keep(self.live_summary)

    def _clear_unpacked(self) -> None:
        """Remove what a killed restore unpacked, whatever state the store is in."""
        if not paths.has_unpacked(self.directory):
            return
        from coach_tui.store import unpacking

        removed = unpacking.clear(self.directory)
        self._say_removed(removed, "left by a restore that did not end; removed")

    def _say_removed(self, removed: list[str], text: str) -> None:
        self._opening_notices += [Finding(Severity.NOTE, path, text) for path in removed]

    def _say_lost(self, known: int) -> None:
        lost = known - self.sequence
        if lost > 0:
            changes = "1 change that was" if lost == 1 else f"{lost} changes that were"
            text = (
                f"the newest change here is {self.sequence}; {changes} acknowledged after it "
                "cannot be found: the disk lost them, or older files were put back"
            )
            self._opening_notices.append(Finding(Severity.WARNING, self.directory, text))

    def rewrite(self, codec: LineCodec | None, without: Forgetting | None = None) -> None:
        """Write everything in the folder anew, under another codec or without somebody.

        Atomic: a kill leaves the store as it was, or as it is to be. The engine is closed by it.
        Raises the store's errors, and then the store is as it was; see `store.rewriting`.
        """
        from coach_tui.store import rewriting

        self._compaction.join()
        with self.exclusively():
            self._seal.wait()
            self._files.make_ready()
            self._files.write_snapshot(rotate=True)
            rewriting.rewrite(self._files, codec, without)
            self._files.close()

    def snapshot(self, path: str) -> None:
        """Write a copy of the store, mode 0600, to the place of `path`, whatever is there.

        Raises `StoreFull`, `ReadOnly`, `Unavailable`; `ValueError` when `path` is the store's own.
        """
        if os.path.realpath(path) == os.path.realpath(self._files.path):
            raise ValueError("a copy of the store goes to another file")
        snapshot.write(os.path.abspath(path), self.contents)

    def close(self) -> None:
        """Write a new snapshot if that is quick, and let go of the files.

        What could not be done now is done on the next opening: nothing depends on it.
        """
        self._compaction.join()
        if self._files.is_closed:
            return
        try:
            with self._lock.hold(1):
                self._read_on()
                self._close_files()
        except StoreError:
            pass
        self._files.close()

    def _close_files(self) -> None:
        files = self._files
        self._seal.wait()
        if not files.read_only and files.has_commits_since and files.snapshot_size < AT_LEISURE:
            files.make_ready()
            files.write_snapshot(rotate=files.journal_size > ROTATE_AT)
        history.press(self.directory)
        self._summary.keep(self.live_summary)


def _looks_like_one(directory: str) -> bool:
    names = (paths.SNAPSHOT, paths.JOURNAL, paths.BACKUPS)
    return any(os.path.lexists(os.path.join(directory, name)) for name in names)


def _create(directory: str, lock: FileLock, codec: LineCodec | None, large: int) -> Loaded:
    loading = recovery.Loading(directory, codec, thorough=False, large=large)
    with lock.hold():
        # Another session may have been first.
        found = loading.load()
        if found is None:
            name = "" if codec is None else codec.name
            store_files.create(directory, os.urandom(16).hex(), name)
            found = loading.load()
    if found is None:
        raise NoStore(directory)
    return found
