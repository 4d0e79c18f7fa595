"""The engine whose store is one file, written whole and atomically at each commit."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from coach_tui.store import atomic, paths, snapshot
from coach_tui.store import summary as summaries
from coach_tui.store.checking import check_documents, worst_first
from coach_tui.store.collector import paused_collector
from coach_tui.store.engine import (
    Change,
    Commit,
    Document,
    Finding,
    Operation,
    Put,
    Severity,
    refuse_impossible,
    with_changes,
)
from coach_tui.store.errors import (
    ChangesForgotten,
    Conflict,
    Locked,
    NoStore,
    StoreError,
    Unavailable,
)
from coach_tui.store.live_summary import LiveSummary
from coach_tui.store.lock import FileLock
from coach_tui.store.snapshot import Contents, Header, Stamp
from coach_tui.store.tinydb_table import DocumentDatabase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LOCK_TIMEOUT_SECONDS = 10.0
"""How long an operation waits for another session's save."""


class _Step:
    """A change as the engine remembers it: the lines, which are decoded when they are asked for."""

    __slots__ = ("after", "before", "id", "sequence", "table")

    def __init__(
        self, sequence: int, table: str, id: str, before: bytes | None, after: bytes | None
    ) -> None:
        self.sequence, self.table, self.id = sequence, table, id
        self.before, self.after = before, after

    def change(self) -> Change:
        """Return it as the plain data that callers get."""
        before, after = (
            None if line is None else snapshot.decode(line) for line in (self.before, self.after)
        )
        return Change(self.sequence, self.table, self.id, before, after)


class SnapshotEngine:
    """An `Engine` over `coach.json` in a folder. Open it with `SnapshotEngine.open`.

    Reading takes no lock and never waits: what is in memory is replaced as a whole. A commit takes
    the thread lock and the file lock, takes over what another session wrote, checks the expected
    revisions, writes the file, and only then changes what is in memory. `notices` say what was
    found on opening, such as modes that were repaired; `live_summary` is what is kept beside the
    file for quick commands.
    """

    def __init__(
        self, directory: str, session: str, lock: FileLock, contents: Contents, stamp: Stamp
    ) -> None:
        self.directory, self.session = directory, session
        self.notices: tuple[Finding, ...] = ()
        self._path = os.path.join(directory, paths.SNAPSHOT)
        self._lock = lock
        self._contents = contents
        self._stamp = stamp
        self._sequence = self._opened_at = contents.header.sequence
        self._steps: list[_Step] = []
        self._named: dict[int, Commit] = {}
        kept = summaries.read_kept(directory, contents.header, stamp)
        self.live_summary = LiveSummary(self, kept)
        self._summary_is_kept = kept is not None
        self._tables = DocumentDatabase(self)

    @classmethod
    def open(
        cls,
        directory: str,
        *,
        create: bool,
        session: str,
        lock_timeout: float = LOCK_TIMEOUT_SECONDS,
    ) -> SnapshotEngine:
        """Open the store in `directory`; `create` makes one where there is none.

        `session` names this process and person in commits; `lock_timeout` is in seconds. Modes
        that stand open are narrowed, and files that a dead writer left are removed. Raises
        `NoStore`, `Corrupt`, `NeedsUpgrade`, `Unavailable`, `StoreFull`, and `ReadOnly` only when
        a store would have to be made: one that is there opens for reading.
        """
        path = os.path.join(directory, paths.SNAPSHOT)
        if not create:
            _refuse_missing(path, directory)
        narrowed = paths.prepare(directory)
        lock = FileLock(os.path.join(directory, paths.LOCK), lock_timeout)
        found = snapshot.load(path) or _create(path, lock)
        engine = cls(directory, session, lock, *found)
        narrow = [
            Finding(Severity.NOTE, path, "others could read it; repaired") for path in narrowed
        ]
        engine.notices = (*narrow, *engine._tidy())
        return engine

    # ------------------------------------------------------------------------------------- reading

    @property
    def contents(self) -> Contents:
        """What is in the store now; it never changes, a commit puts another in its place."""
        return self._contents

    @property
    def store(self) -> str:
        """The id of the store."""
        return self._contents.header.id

    @property
    def sequence(self) -> int:
        """The number of the newest commit this engine has seen."""
        return self._sequence

    def get(self, table: str, id: str) -> Document | None:
        """Return a document, None when there is none."""
        return self._contents.document(table, id)

    def query(self, table: str, /, **equal: Any) -> list[Document]:
        """Return the documents whose top-level fields equal these values, in the order of ids."""
        return self._tables.documents(table).equal(**equal)

    def database(self, clock: Callable[[], datetime]) -> DocumentDatabase:
        """Return TinyDB over this store: each write of a table is a commit at `clock()`."""
        return DocumentDatabase(self, clock)

    def changes(self, since: int) -> list[Change]:
        """Return what changed after the commit `since`, oldest first; see `Engine.changes`."""
        if since < self._opened_at:
            raise ChangesForgotten(since, self._opened_at)
        sequence = self._sequence
        return [step.change() for step in self._steps if since < step.sequence <= sequence]

    def history(self, table: str, id: str) -> list[Change]:
        """Return the changes of one document since this engine was opened, oldest first."""
        return [
            change
            for commit in self.commits(self._opened_at)
            for change in commit.changes
            if (change.table, change.id) == (table, id)
        ]

    # ------------------------------------------------------------------------------------- writing

    def commit(
        self, operations: Sequence[Operation], at: datetime, title: str = "", undoes: int = 0
    ) -> Commit:
        """Do all of the operations or none, durably; see `Engine.commit`."""
        at = refuse_impossible(operations, at)
        with self.exclusively(), paused_collector():
            commit = self._commit(operations, at)
        self._named[commit.sequence] = replace(commit, changes=(), title=title, undoes=undoes)
        return self._dressed(commit.sequence, commit.changes, at)

    def _dressed(self, sequence: int, changes: tuple[Change, ...], at: datetime) -> Commit:
        bare = self._named.get(sequence) or Commit(sequence, at, "another session", ())
        return with_changes(bare, ((one.table, one.id, one.before, one.after) for one in changes))

    def commits(self, since: int) -> list[Commit]:
        """Return the commits after the one numbered `since`; see `Engine.commits`."""
        grouped: dict[int, list[Change]] = {}
        for change in self.changes(since):
            grouped.setdefault(change.sequence, []).append(change)
        at = datetime.fromisoformat(self._contents.header.written_at or "1970-01-01T00:00+00:00")
        return [self._dressed(number, tuple(each), at) for number, each in grouped.items()]

    @contextmanager
    def exclusively(self) -> Iterator[None]:
        """Keep other threads and sessions from writing, with their last changes taken over.

        Raises `Locked`, `ReadOnly`, `Unavailable`, `Corrupt`, `NeedsUpgrade`.
        """
        with self._lock.hold():
            self._refresh(certain=True)
            yield

    def _commit(self, operations: Sequence[Operation], at: datetime) -> Commit:
        before = self._contents
        for operation in operations:
            _check_expected(before, operation)
        header = before.header
        sequence = max(self._sequence, self._lock.acknowledged(header.id)) + 1
        steps = [step for operation in operations if (step := _step(before, operation, sequence))]
        if not steps:
            return Commit(self._sequence, at, self.session, ())
        changed: dict[str, dict[str, bytes | None]] = {}
        for step in steps:
            changed.setdefault(step.table, {})[step.id] = step.after
        after = before.with_lines(header.at(sequence, at.isoformat()), changed)
        stamp = snapshot.write(self._path, after)
        self._take_over(after, stamp, sequence, steps)
        self._lock.acknowledge(header.id, sequence)
        self._keep_summary()
        return Commit(sequence, at, self.session, tuple(step.change() for step in steps))

    def _take_over(
        self, contents: Contents, stamp: Stamp, sequence: int, steps: list[_Step]
    ) -> None:
        # The steps first and the sequence last: whoever sees the sequence finds them.
        self._steps.extend(steps)
        self._contents, self._stamp = contents, stamp
        self._sequence = sequence

    def _keep_summary(self) -> None:
        # The commit is durable. A summary that could not be kept is seen to be old, and the next
        # commit or opening makes another.
        self._summary_is_kept = False
        try:
            current = self.live_summary.current()
            summaries.keep(self.directory, current, self._contents.header, self._stamp)
        except StoreError:
            return
        self._summary_is_kept = True

    # -------------------------------------------------------------------------- other sessions

    def poll(self) -> bool:
        """Take over what other sessions wrote; return whether there was anything.

        Raises `Unavailable`, `Corrupt`, `NeedsUpgrade`; what is in memory then stays as it was.
        """
        with self._lock.among_threads() as alone:
            return alone and self._refresh(certain=False)

    def _refresh(self, *, certain: bool) -> bool:
        """Read the file if it is another one; `certain` looks into it, not at its stamp alone."""
        if certain:
            found = snapshot.read_header(self._path)
            same = found is not None and (found[0].sequence, found[0].written_at) == (
                self._contents.header.sequence,
                self._contents.header.written_at,
            )
            if found is not None and same and found[1] == self._stamp:
                return False
        elif self._seen() == self._stamp:
            return False
        loaded = snapshot.load(self._path)
        if loaded is None:
            raise self._gone()
        return self._adopt(*loaded)

    def _seen(self) -> Stamp:
        try:
            return Stamp(os.stat(self._path, follow_symlinks=False))
        except FileNotFoundError:
            raise self._gone() from None
        except OSError as error:
            raise atomic.named(error, self._path) from None

    def _gone(self) -> Unavailable:
        return Unavailable(
            f"{self._path} is gone; this session still has what it read; "
            "put the file back, or start coach-tui again"
        )

    def _adopt(self, contents: Contents, stamp: Stamp) -> bool:
        before = self._contents
        if contents.header.id != before.header.id:
            raise Unavailable(
                f"{self._path} is another store now; nothing was changed; start coach-tui again"
            )
        sequence = contents.header.sequence
        differing = list(_differing(before, contents))
        by_hand = [
            (table, id)
            for table, id in differing
            if not _numbered_between(contents.line(table, id), self._sequence, sequence)
        ]
        if by_hand:
            # Edited by hand, or an older copy put back: that counts as a commit, so that a save
            # made from the version before is a conflict and not an overwriting.
            sequence = max(sequence, self._sequence) + 1
            contents = _renumbered(contents, by_hand, sequence)
        sequence = max(sequence, self._sequence)
        steps = [_difference(before, contents, table, id, sequence) for table, id in differing]
        steps.sort(key=lambda step: step.sequence)
        self._take_over(contents, stamp, sequence, steps)
        return bool(steps)

    # ------------------------------------------------------------------------------- keeping order

    def check(self) -> list[Finding]:
        """Look through every document, the references between them, and the folder."""
        tables = {
            name: {id: snapshot.decode(line) for id, line in lines.items()}
            for name, lines in self._contents.tables.items()
        }
        return worst_first([*check_documents(tables), *self._check_folder()])

    def _check_folder(self) -> list[Finding]:
        try:
            open_to_others = paths.wide_modes(self.directory)
            stored = snapshot.load(self._path)
        except StoreError as error:
            return [Finding(Severity.DAMAGE, self._path, str(error))]
        except OSError as error:
            return [Finding(Severity.DAMAGE, self.directory, f"cannot be read: {error.strerror}")]
        found = [Finding(Severity.WARNING, path, "others can read it") for path in open_to_others]
        if stored is None:
            found.append(Finding(Severity.DAMAGE, self._path, "the file is gone"))
        return found

    def _tidy(self) -> list[Finding]:
        """On opening: clear away what dead writers left, and make the summary if it is old.

        A store that is being written by another session, or cannot be written, is left alone.
        """
        try:
            with self._lock.hold(0):
                self._refresh(certain=True)
                found = self._clear_leftovers()
                known = self._lock.acknowledged(self._contents.header.id)
                if not self._summary_is_kept:
                    self._keep_summary()
        except Locked:
            return []
        except StoreError as error:
            return [Finding(Severity.WARNING, self.directory, str(error))]
        if known > self._sequence:
            text = (
                f"holds {self._sequence} as its newest change, and {known} was acknowledged: "
                "an older copy was put back, or the disk lost the newer one"
            )
            found.append(Finding(Severity.WARNING, self._path, text))
        return found

    def _clear_leftovers(self) -> list[Finding]:
        summary = os.path.join(self.directory, paths.SUMMARY)
        removed = [*atomic.remove_leftovers(self._path), *atomic.remove_leftovers(summary)]
        text = "left by a save that did not end; removed"
        return [Finding(Severity.NOTE, path, text) for path in removed]

    def snapshot(self, path: str) -> None:
        """Write a copy of the store, mode 0600, to the place of `path`, whatever is there.

        Raises `StoreFull`, `ReadOnly`, `Unavailable`; `ValueError` when `path` is the store's own.
        """
        if os.path.realpath(path) == os.path.realpath(self._path):
            raise ValueError("a copy of the store goes to another file")
        snapshot.write(os.path.abspath(path), self._contents)

    def close(self) -> None:
        """Forget the changes. No lock and no open file outlives an operation."""
        self._opened_at = self._sequence
        self._steps = []


def _refuse_missing(path: str, directory: str) -> None:
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        raise NoStore(directory) from None
    except OSError as error:
        raise atomic.named(error, path) from None


def _create(path: str, lock: FileLock) -> tuple[Contents, Stamp]:
    with lock.hold():
        # Another session may have been first.
        found = snapshot.load(path)
        if found is not None:
            return found
        contents = Contents(Header(os.urandom(16).hex()), {})
        return contents, snapshot.write(path, contents)


def _check_expected(contents: Contents, operation: Operation) -> None:
    expected = operation.expected
    if expected is None:
        return
    theirs = contents.document(operation.table, operation.id)
    if (0 if theirs is None else theirs["revision"]) != expected:
        raise Conflict(operation.table, operation.id, expected, theirs)


def _step(contents: Contents, operation: Operation, sequence: int) -> _Step | None:
    before = contents.line(operation.table, operation.id)
    if isinstance(operation, Put):
        document = {**operation.document, "revision": sequence}
        after = snapshot.encode(operation.table, document)
        return _Step(sequence, operation.table, operation.id, before, after)
    if before is None:
        return None
    return _Step(sequence, operation.table, operation.id, before, None)


def _differing(before: Contents, after: Contents) -> Iterator[tuple[str, str]]:
    for table in sorted({*before.tables, *after.tables}):
        old, new = before.tables.get(table, {}), after.tables.get(table, {})
        for id in sorted({*old, *new}):
            if old.get(id) != new.get(id):
                yield table, id


def _revision(line: bytes) -> int:
    return int(snapshot.decode(line)["revision"])


def _numbered_between(line: bytes | None, known: int, newest: int) -> bool:
    """Whether a document that differs carries the number of a commit that was not seen yet."""
    if line is None:
        return newest > known
    return known < _revision(line) <= newest


def _renumbered(contents: Contents, places: list[tuple[str, str]], sequence: int) -> Contents:
    changed: dict[str, dict[str, bytes | None]] = {}
    for table, id in places:
        document = contents.document(table, id)
        if document is not None:
            line = snapshot.encode(table, {**document, "revision": sequence})
            changed.setdefault(table, {})[id] = line
    return contents.with_lines(contents.header, changed)


def _difference(before: Contents, after: Contents, table: str, id: str, sequence: int) -> _Step:
    line = after.line(table, id)
    number = sequence if line is None else _revision(line)
    return _Step(number, table, id, before.line(table, id), line)
