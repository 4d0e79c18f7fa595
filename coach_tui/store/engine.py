"""The interface of a store engine, and the plain data that goes in and out (docs/architecture.md).

An engine keeps documents (JSON objects with an `id`) in tables and numbers its commits. All the
rest of the program sees only this; a journal on disk, or a shared database, can take the place of
the engines here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from coach_tui.store.errors import Conflict, NotFound, Unstorable
from coach_tui.store.header import HEADER_TABLE, SEAL_TABLE
from coach_tui.store.ids import is_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Document = dict[str, Any]
"""A stored document: JSON values only; `id` names it in its table, `revision` is the sequence
number of the commit that last changed it. Every document handed out is the caller's own copy."""


@dataclass(frozen=True, slots=True)
class Put:
    """Store `document` under its `id`, in the place of the one that is there.

    `expected` is the revision that the caller saw: 0 when none may be there, None not to check.
    """

    table: str
    document: Document
    expected: int | None = None

    @property
    def id(self) -> str:
        """The document's id."""
        return str(self.document.get("id"))


@dataclass(frozen=True, slots=True)
class Delete:
    """Take a document away. `expected` as in `Put`; with None, one that is gone is no error."""

    table: str
    id: str
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class Append:
    """Add `items` to the end of the list `name` of a document, and set `fields` of it.

    For a document that grows at its end, such as the script of an observation: it costs what is
    added, where a `Put` costs the whole. What is stored is the same. `expected` as in `Put`; a
    document that is not there cannot grow.
    """

    table: str
    id: str
    name: str
    items: Sequence[Any]
    fields: Document
    expected: int | None = None

    def cannot_grow(self) -> Unstorable:
        """Return the error for a document without the list."""
        return Unstorable(self.table, self.id, self.name, "is no list that could grow")

    def grown(self, before: Document) -> Document:
        """Return what becomes of the document `before`. Raises `Unstorable` without the list."""
        held = before.get(self.name)
        if not isinstance(held, list):
            raise self.cannot_grow()
        return {**before, **self.fields, self.name: [*held, *self.items]}


Operation = Put | Delete | Append


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit did to one document. `before` or `after` is None where there was none.

    `at` (UTC), `session`, `title` and `undoes` are those of the commit. Changes are equal when they
    did the same.
    """

    sequence: int
    table: str
    id: str
    before: Document | None
    after: Document | None
    at: datetime | None = field(default=None, compare=False)
    session: str = field(default="", compare=False)
    title: str = field(default="", compare=False)
    undoes: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that is durable: its number, moment (UTC), session, and changes in their order.

    `title` is what the coach calls it; `undoes` the number of the commit that it takes back, or 0.
    A commit that had nothing to do carries the number of the one before it and no changes.
    """

    sequence: int
    at: datetime
    session: str
    changes: Sequence[Change]
    title: str = ""
    undoes: int = 0


def with_changes(
    bare: Commit, steps: Iterable[tuple[str, str, Document | None, Document | None]]
) -> Commit:
    """Return the commit with these changes: table, id, the document before and after."""
    changes = tuple(
        Change(bare.sequence, *step, bare.at, bare.session, bare.title, bare.undoes)
        for step in steps
    )
    return replace(bare, changes=changes)


def check_expected(operation: Operation, theirs: Document | None) -> None:
    """Raise `Conflict` when `theirs` is not what is expected, `NotFound` when nothing can grow."""
    expected = operation.expected
    if expected is not None and (0 if theirs is None else theirs["revision"]) != expected:
        raise Conflict(operation.table, operation.id, expected, theirs)
    if theirs is None and isinstance(operation, Append):
        raise NotFound(f"{operation.table}/{operation.id}")


def refuse_impossible(operations: Sequence[Operation], at: datetime) -> datetime:
    """Return `at` in UTC. Raises `ValueError` for what no engine can commit."""
    if at.tzinfo is None:
        raise ValueError("a commit is made at a moment with its time zone")
    named = set()
    for operation in operations:
        name = (operation.table, operation.id)
        if name in named:
            raise ValueError(f"{operation.table}/{operation.id} is named twice in one commit")
        if not is_id(operation.table) or operation.table in (HEADER_TABLE, SEAL_TABLE):
            raise ValueError("a table has an impossible name")
        if isinstance(operation, Append) and operation.fields.keys() & {"id", operation.name}:
            raise ValueError("what grows is neither set anew nor given another id")
        named.add(name)
    return at.astimezone(UTC)


class Severity(StrEnum):
    """How much a finding matters."""

    DAMAGE = "damage"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that `check` found: how bad, where (table/id, or a path), what; no content."""

    severity: Severity
    where: str
    text: str


class Engine(Protocol):
    """What every engine does. Errors are those of `store.errors`."""

    @property
    def store(self) -> str:
        """The id of the store, the same for its whole life."""

    @property
    def session(self) -> str:
        """What names this process and person in commits."""

    @property
    def sequence(self) -> int:
        """The number of the newest commit this engine has seen; 0 for an empty store."""

    def get(self, table: str, id: str) -> Document | None:
        """Return a document, None when there is none."""

    def query(self, table: str, /, **equal: Any) -> list[Document]:
        """Return the documents whose top-level fields equal these values, in the order of ids.

        A document without such a field does not match; without fields all documents do.
        """

    def each(self, table: str, *, backwards: bool = False) -> Iterator[Document]:
        """Yield all documents of a table in the order of ids, without holding them all at once.

        They are those of the moment of the call. `backwards` begins with the last id: with what
        was made last.
        """

    def count(self, table: str) -> int:
        """Return how many documents a table has."""

    def commit(
        self, operations: Sequence[Operation], at: datetime, title: str = "", undoes: int = 0
    ) -> Commit:
        """Do all of the operations or none; when it returns, they are durable.

        `at` is aware; `title` and `undoes` are kept with the commit. Each document that is put gets
        the new sequence number as its `revision`.
        Raises `Conflict` for the first document that is not at its expected revision, `NotFound`
        for one that is to grow and is not there, `Unstorable`, `StoreFull`, `ReadOnly`,
        `Unavailable`; `ValueError` when a document is named twice, or a table has an impossible
        name.
        """

    def changes(self, since: int) -> list[Change]:
        """Return what changed after the commit `since`, oldest first.

        Every session's changes, from before this engine was opened too. Raises `ChangesForgotten`
        for what the store no longer has.
        """

    def commits(self, since: int) -> list[Commit]:
        """Return the commits after the one numbered `since`, oldest first; else as `changes`."""

    def history(self, table: str, id: str) -> list[Change]:
        """Return the changes of one document that are remembered, oldest first."""

    def poll(self) -> bool:
        """Take over what other sessions wrote; return whether there was anything.

        Quick when there is nothing, and never waits for a commit that is under way.
        """

    def check(self) -> list[Finding]:
        """Look through everything and return what is wrong, worst first."""

    def snapshot(self, path: str) -> None:
        """Write a copy of the whole store, mode 0600, to the place of `path`."""

    def close(self) -> None:
        """Let go of what is held; calling it twice does nothing."""
