"""Taking a store that was changed by hand or damaged back into order, when somebody asks for it.

Whatever is replaced is put aside first, as it was.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import orjson

from coach_tui.store import (
    atomic,
    history,
    journal,
    journal_file,
    paths,
    recovery,
    replay,
    snapshot,
)
from coach_tui.store.contents import Contents
from coach_tui.store.engine import Commit, Delete, Finding, Operation, Put, Severity
from coach_tui.store.errors import Corrupt, NoStore
from coach_tui.store.header import Header
from coach_tui.store.lock import FileLock
from coach_tui.store.store_files import StoreFiles
from coach_tui.store.telling import Draft, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from coach_tui.store.codec import LineCodec
    from coach_tui.store.recovery import Loaded

LOCK_TIMEOUT_SECONDS = 10.0
ACCEPTED = "Changes made outside coach-tui"
"""The title of the commit by which an edit by hand becomes a change like any other."""


class Repair:
    """Puts the store in `directory` in order for a session, at a moment."""

    def __init__(
        self,
        directory: str,
        session: str,
        at: datetime,
        codec: LineCodec | None = None,
        lock_timeout: float = LOCK_TIMEOUT_SECONDS,
    ) -> None:
        self._directory, self._session, self._at, self._codec = directory, session, at, codec
        self._lock = FileLock(os.path.join(directory, paths.LOCK), lock_timeout)
        self._path = os.path.join(directory, paths.SNAPSHOT)
        self._journal_path = os.path.join(directory, paths.JOURNAL)
        self._loading = recovery.Loading(directory, codec, thorough=True, large=snapshot.LARGE)
        self._found: list[Finding] = []

    # -------------------------------------------------------------------------------- accepting

    def accept(self) -> list[tuple[str, str]]:
        """Take a snapshot that was edited as it is; return table and id of what differs.

        What differs becomes a commit, so that it is in the history and can be undone; then the
        store is sealed again. Where the seal is right nothing is done. Raises `Corrupt` when more
        than the seal is wrong, `NoStore`, `Locked`, `StoreFull`, `ReadOnly`, `Unavailable`.
        """
        self._refuse_missing()
        with self._lock.hold():
            loaded = self._load()
            if not loaded.is_edited:
                if loaded.read_only:
                    raise Corrupt([loaded.read_only], self._directory)
                return []
            if loaded.scan.damage or loaded.scan.trouble:
                raise Corrupt([loaded.scan.damage or loaded.scan.trouble], self._journal_path)
            return self._accepted(loaded)

    def _accepted(self, loaded: Loaded) -> list[tuple[str, str]]:
        files = StoreFiles(self._directory, loaded, self._codec, large=snapshot.LARGE)
        edited = loaded.contents
        saved = self._loading.saved_at(loaded.base)
        files.accept_as_it_is()
        differing: list[tuple[str, str]] = []
        if saved is not None:
            files.contents = replay.applied(saved, loaded.scan.transactions)
            differing = list(replay.differences(files.contents, edited))
            self._commit(files, _operations(differing, edited))
        files.write_snapshot(rotate=True)
        self._acknowledge(files.contents.header)
        files.close()
        return differing

    def _commit(self, files: StoreFiles, operations: list[Operation]) -> None:
        header = files.contents.header
        known = max(header.sequence, self._lock.acknowledged(header.id))
        draft = Draft(files.contents, operations, known + 1)
        if not draft.steps:
            return
        bare = Commit(known + 1, self._at, self._session, (), ACCEPTED)
        line, head = draft.line(bare, header.head)
        after = header.at(known + 1, self._at.isoformat(), head)
        files.make_ready()
        files.append(line, files.contents.after(after, draft.steps))

    # --------------------------------------------------------------------------------- repairing

    def repair(self) -> list[Finding]:
        """Make a whole store of what can be saved of a damaged one; return what was done.

        The newest state that is certain is taken, and on top of it each later document that is
        whole: commits after the damage in the journal, lines of a damaged snapshot. A store that
        is in order is left as it is. Raises `NoStore`, `Corrupt` when there is nothing to save,
        or the store was only edited (see `accept`), and as `accept` does.
        """
        self._found = []
        self._refuse_missing()
        with self._lock.hold():
            contents, is_certain = self._certain()
            if is_certain:
                return []
            known = contents.header.sequence
            contents = self._with_salvaged_lines(contents, known)
            self._write(self._with_later_commits(contents, known))
        return self._found

    def _refuse_missing(self) -> None:
        if not os.path.isdir(self._directory):
            raise NoStore(self._directory)

    def _load(self) -> Loaded:
        loaded = self._loading.load()
        if loaded is None:
            raise NoStore(self._directory)
        return loaded

    def _certain(self) -> tuple[Contents, bool]:
        try:
            loaded = self._load()
        except Corrupt as error:
            return self._from_lines(error), False
        if loaded.is_edited and not (loaded.scan.damage or loaded.scan.trouble):
            raise Corrupt(
                ["it was changed outside coach-tui; accept it, or put it back"], self._path
            )
        return loaded.contents, not loaded.read_only

    def _from_lines(self, error: Corrupt) -> Contents:
        """Nothing but the snapshot is there, and it is damaged: begin with nothing."""
        data = history.read_bytes(self._path)
        if not snapshot.salvage(data)[0]:
            raise error
        store = snapshot.store_in(data) or os.urandom(16).hex()
        codec = "" if self._codec is None else self._codec.name
        header = Header(store, head=journal.first_head(store), codec=codec)
        return Contents(header, {}, replay.coding_for(header, self._codec))

    def _with_later_commits(self, contents: Contents, known: int) -> Contents:
        """Return the contents with the commits after the damaged part of the journal."""
        lines = history.read_bytes(self._journal_path).split(b"\n")
        for number, line in enumerate(lines, 1):
            sequence = history.number_of(line)
            if sequence is None or sequence <= known:
                continue
            if not journal.is_commit(line, orjson.loads):
                self._say(self._journal_path, f"line {number} is damaged and could not be saved")
                continue
            contents = self._with_commit(contents, line, number)
        return contents

    def _with_commit(self, contents: Contents, line: bytes, number: int) -> Contents:
        try:
            transaction = journal.Transaction(line, contents.header.head, orjson.loads)
            steps = [
                (table, id, stored, now)
                for table, id, _, now in steps_of(transaction)
                if _revision(stored := contents.stored(table, id)) < transaction.sequence
            ]
        except (KeyError, TypeError, ValueError):
            self._say(self._journal_path, f"line {number} is damaged and could not be saved")
            return contents
        self._say(
            self._journal_path, f"line {number}, the change {transaction.sequence}, was saved"
        )
        header = contents.header
        newest = max(header.sequence, transaction.sequence)
        return contents.after(header.at(newest, transaction.at, transaction.head), steps)

    def _with_salvaged_lines(self, contents: Contents, known: int) -> Contents:
        """Return the contents with what a damaged snapshot holds that is newer than `known`."""
        data = history.read_bytes(self._path)
        tables, problems = snapshot.salvage(data)
        if not problems:
            return contents
        for problem in problems:
            self._say(self._path, problem)
        for table, id, line, revision in _newer(tables, known):
            step = (table, id, contents.stored(table, id), line)
            header = contents.header
            newest = max(header.sequence, revision)
            contents = contents.after(header.at(newest, header.written_at, header.head), [step])
            self._say(f"{table}/{id}", "was saved out of the damaged snapshot")
        return contents

    def _say(self, where: str, text: str) -> None:
        self._found.append(Finding(Severity.NOTE, where, text))

    def _write(self, contents: Contents) -> None:
        """Write the store anew, with a chain that begins here."""
        header = contents.header
        sequence = max(header.sequence, self._lock.acknowledged(header.id)) + 1
        head = journal.link(b"repaired", header.head)
        header = header.at(sequence, self._at.isoformat(), head)
        for path in (self._path, self._journal_path):
            self._put_aside(path, sequence)
        self._keep_good_commits()
        # The snapshot first: it holds all, whatever journal lies beside it.
        snapshot.write(self._path, Contents(header, contents.tables, contents.coding))
        journal_file.create(self._journal_path, header.id, sequence, head).close()
        self._acknowledge(header)

    def _keep_good_commits(self) -> None:
        data = history.read_bytes(self._journal_path)
        whole = journal.whole_part(data, orjson.loads)
        numbers = [number for line in whole.split(b"\n") if (number := history.number_of(line))]
        if numbers:
            history.keep_bytes(self._directory, whole, numbers[0])

    def _put_aside(self, path: str, sequence: int) -> None:
        aside = os.path.join(
            self._directory, f"{paths.DAMAGED}-{sequence:012}-{os.path.basename(path)}"
        )
        try:
            os.link(path, aside)
        except (FileExistsError, FileNotFoundError):
            return
        except OSError as error:
            raise atomic.named(error, aside) from None
        self._say(path, f"as it was is kept as {os.path.basename(aside)}")

    def _acknowledge(self, header: Header) -> None:
        self._lock.acknowledge(header.id, header.sequence)


def _operations(places: list[tuple[str, str]], contents: Contents) -> list[Operation]:
    documents = ((table, id, contents.document(table, id)) for table, id in places)
    return [
        Delete(table, id) if document is None else Put(table, document)
        for table, id, document in documents
    ]


def _newer(
    tables: dict[str, dict[str, bytes]], sequence: int
) -> Iterator[tuple[str, str, bytes, int]]:
    for table, lines in tables.items():
        for id, line in sorted(lines.items()):
            revision = _revision(line)
            if revision > sequence:
                yield table, id, line, revision


def _revision(stored: bytes | None) -> int:
    return 0 if stored is None else int(orjson.loads(stored)["revision"])
