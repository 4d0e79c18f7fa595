"""An engine that keeps everything in memory: for tests, and for a store that is thrown away."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coach_tui.store import documents, journal, snapshot
from coach_tui.store.checking import check_documents
from coach_tui.store.coding import PLAIN
from coach_tui.store.contents import Contents
from coach_tui.store.engine import (
    Change,
    Commit,
    Delete,
    Document,
    Finding,
    Operation,
    Put,
    check_expected,
    refuse_impossible,
    with_changes,
)
from coach_tui.store.errors import ChangesForgotten
from coach_tui.store.header import Header
from coach_tui.store.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Done:
    """A commit as it is remembered: `bare` is without its changes, which are kept encoded."""

    bare: Commit
    steps: tuple[tuple[Place, bytes | None, bytes | None], ...]

    def commit(self) -> Commit:
        """Return the commit, with documents of the caller's own."""
        return with_changes(
            self.bare,
            ((*place, _decoded(before), _decoded(after)) for place, before, after in self.steps),
        )


class MemoryEngine:
    """An `Engine` without a disk: what it does is what the interface says, in the plainest way.

    It remembers every change. A document is kept encoded, so that nobody shares it.
    """

    def __init__(self, session: str = "memory", store: str = "memory") -> None:
        self.session = session
        self._store = store
        self._sequence = 0
        self._written_at = ""
        self._lines: dict[Place, bytes] = {}
        self._commits: list[_Done] = []
        self._lock = threading.RLock()

    @property
    def store(self) -> str:
        """The id given to this store."""
        return self._store

    @property
    def sequence(self) -> int:
        """The number of the newest commit."""
        return self._sequence

    def get(self, table: str, id: str) -> Document | None:
        """Return a document, None when there is none."""
        return _decoded(self._lines.get((table, id)))

    def query(self, table: str, /, **equal: Any) -> list[Document]:
        """Return the documents whose top-level fields equal these values, in the order of ids."""
        with self._lock:
            places = sorted(place for place in self._lines if place[0] == table)
            found = [documents.decode(self._lines[place]) for place in places]
        return [
            document
            for document in found
            if all(name in document and document[name] == equal[name] for name in equal)
        ]

    def each(self, table: str, *, backwards: bool = False) -> Iterator[Document]:
        """Yield all documents of a table; see `Engine.each`."""
        found = self.query(table)
        return reversed(found) if backwards else iter(found)

    def count(self, table: str) -> int:
        """Return how many documents a table has."""
        with self._lock:
            return sum(place[0] == table for place in self._lines)

    def commit(
        self, operations: Sequence[Operation], at: datetime, title: str = "", undoes: int = 0
    ) -> Commit:
        """Do all of the operations or none; see `Engine.commit`."""
        at = refuse_impossible(operations, at)
        with self._lock:
            for operation in operations:
                check_expected(operation, self.get(operation.table, operation.id))
            lines = dict(self._lines)
            sequence = self._sequence + 1
            done = [
                ((operation.table, operation.id), _apply(lines, operation, sequence))
                for operation in operations
            ]
            steps = [
                (place, self._lines.get(place), after)
                for place, after in done
                if after is not None or place in self._lines
            ]
            if not steps:
                return Commit(self._sequence, at, self.session, (), title, undoes)
            made = _Done(Commit(sequence, at, self.session, (), title, undoes), tuple(steps))
            self._commits.append(made)
            self._lines, self._sequence, self._written_at = lines, sequence, at.isoformat()
        return made.commit()

    def changes(self, since: int) -> list[Change]:
        """Return what changed after the commit `since`, oldest first."""
        return [change for commit in self.commits(since) for change in commit.changes]

    def commits(self, since: int) -> list[Commit]:
        """Return the commits after the one numbered `since`, oldest first."""
        if since < 0:
            raise ChangesForgotten(since, 0)
        return [done.commit() for done in self._commits if done.bare.sequence > since]

    def history(self, table: str, id: str) -> list[Change]:
        """Return the changes of one document, oldest first."""
        return [
            change
            for done in self._commits
            if any(place == (table, id) for place, _, _ in done.steps)
            for change in done.commit().changes
            if (change.table, change.id) == (table, id)
        ]

    def poll(self) -> bool:
        """Return False: there are no other sessions."""
        return False

    def check(self) -> list[Finding]:
        """Look through every document and the references between them."""
        tables: dict[str, dict[str, Document]] = {}
        for (table, id), line in sorted(self._lines.items()):
            tables.setdefault(table, {})[id] = documents.decode(line)
        return check_documents(tables)

    def snapshot(self, path: str) -> None:
        """Write what is in memory as a store's file, mode 0600, to the place of `path`."""
        tables: dict[str, dict[str, bytes]] = {}
        for (table, id), line in sorted(self._lines.items()):
            tables.setdefault(table, {})[id] = line
        head = journal.first_head(self._store)
        header = Header(self._store, self._sequence, self._written_at, head=head)
        lines = {table: Lines.of(held) for table, held in tables.items()}
        snapshot.write(path, Contents(header, lines, PLAIN))

    def close(self) -> None:
        """Do nothing: what is in memory goes with the engine."""


def _apply(lines: dict[Place, bytes], operation: Operation, sequence: int) -> bytes | None:
    place = (operation.table, operation.id)
    if isinstance(operation, Delete):
        lines.pop(place, None)
        return None
    if isinstance(operation, Put):
        document = operation.document
    else:
        document = operation.grown(documents.decode(lines[place]))
    document = {**document, "revision": sequence}
    lines[place] = documents.encode(operation.table, document)
    return lines[place]


def _decoded(line: bytes | None) -> Document | None:
    return None if line is None else documents.decode(line)
