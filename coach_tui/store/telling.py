"""Between a commit and its line in the journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from coach_tui.store import journal
from coach_tui.store.differences import difference, restored
from coach_tui.store.engine import (
    Append,
    Change,
    Commit,
    Document,
    Operation,
    Put,
    check_expected,
    with_changes,
)
from coach_tui.store.errors import Corrupt
from coach_tui.store.growing import Pieces, growth
from coach_tui.store.journal import Transaction

if TYPE_CHECKING:
    from coach_tui.store.coding import Coding
    from coach_tui.store.contents import Contents, Step

_MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError)
TITLE = ("", "title")
"""Where a commit's title belongs, for a codec: no table, and this in place of an id."""


WAS_THERE = b""
"""Stands in a step for what was stored before, where only that matters."""


class _Taken(NamedTuple):
    """What an operation does: what is stored now, the way back, and the documents when asked."""

    table: str
    id: str
    now: bytes | None
    back: dict[str, Any] | None
    told: Callable[[], tuple[Document | None, Document | None]]


class _Changes(Sequence[Change]):
    """The changes of a commit, put together when they are looked at: who saves seldom does."""

    def __init__(self, bare: Commit, taken: Sequence[_Taken]) -> None:
        self._bare, self._taken = bare, taken

    @cached_property
    def _all(self) -> Sequence[Change]:
        return with_changes(
            self._bare, ((one.table, one.id, *one.told()) for one in self._taken)
        ).changes

    def __len__(self) -> int:
        return len(self._taken)

    def __getitem__(self, index: Any) -> Any:
        return self._all[index]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


class Draft:
    """A commit that is about to be made over `contents`: its steps, and its changes as told.

    Operations that would do nothing have no step. `grown` is the document that grew last, in
    pieces; after the commit it is the one that grew here, if one did. Raises `Conflict` for the
    first document that is not at its expected revision, and then `Unstorable`.
    """

    def __init__(
        self,
        contents: Contents,
        operations: Sequence[Operation],
        sequence: int,
        grown: Pieces | None = None,
    ) -> None:
        self.sequence, self.grown = sequence, grown
        self.steps: list[Step] = []
        self._contents, self._coding = contents, contents.coding
        self._taken: list[_Taken] = []
        found = [self._found(operation) for operation in operations]
        for operation, before in zip(operations, found, strict=True):
            taken = self._take(operation, before)
            if taken is not None:
                was_there = None if before is None else WAS_THERE
                self.steps.append((taken.table, taken.id, was_there, taken.now))
                self._taken.append(taken)

    def _found(self, operation: Operation) -> Document | Pieces | None:
        """Return what is there now; of a document that is to grow, its pieces."""
        table, id = operation.table, operation.id
        stored = self._contents.stored(table, id)
        if isinstance(operation, Append) and self._is_newest(stored, operation.expected):
            return self.grown
        before = None if stored is None else self._coding.decode(table, id, stored)
        check_expected(operation, before)
        if isinstance(operation, Append) and stored is not None and before is not None:
            return Pieces.of(stored, before)
        return before

    def _is_newest(self, stored: bytes | None, revision: int | None) -> bool:
        grown = self.grown
        if grown is None or grown.stored != stored:
            return False
        return revision is None or revision == grown.revision

    def _take(self, operation: Operation, before: Document | Pieces | None) -> _Taken | None:
        if isinstance(before, Pieces):
            assert isinstance(operation, Append)
            return self._grow(operation, before)
        table, id = operation.table, operation.id
        now, after = None, None
        if isinstance(operation, Put):
            document = {**operation.document, "revision": self.sequence}
            now, after = self._coding.encode_and_copy(table, document)
        elif before is None:
            return None
        back = None if before is None else difference(before, after)
        return _Taken(table, id, now, back, lambda: (before, after))

    def _grow(self, operation: Append, before: Pieces) -> _Taken:
        table, id, coding = operation.table, operation.id, self._coding
        after = before.grown(operation, self.sequence, coding)
        self.grown = after

        def told() -> tuple[Document, Document]:
            return coding.decode(table, id, before.stored), coding.decode(table, id, after.stored)

        return _Taken(table, id, after.stored, growth(before, after, operation), told)

    def line(self, bare: Commit, head: str) -> tuple[bytes, str]:
        """Return the journal's line for it, and the line's hash."""
        fields: dict[str, Any] = {
            "n": bare.sequence,
            "at": bare.at.isoformat(),
            "by": bare.session,
        }
        if bare.title:
            title = self._coding.encode_value(*TITLE, bare.sequence, bare.title)
            fields["title"] = orjson.Fragment(title)
        if bare.undoes:
            fields["undoes"] = bare.undoes
        fields["changes"] = [
            {
                "table": one.table,
                "id": one.id,
                "document": None if one.now is None else orjson.Fragment(one.now),
                "before": self._back(one),
            }
            for one in self._taken
        ]
        return journal.chained(orjson.dumps(fields), head)

    def _back(self, taken: _Taken) -> orjson.Fragment | None:
        if taken.back is None:
            return None
        place = f"{taken.table}/before", taken.id, self.sequence
        return orjson.Fragment(self._coding.encode_value(*place, taken.back))

    def commit(self, bare: Commit) -> Commit:
        """Return the commit as callers get it: the documents are theirs from now on."""
        return replace(bare, changes=_Changes(bare, self._taken))


def steps_of(transaction: Transaction) -> list[Step]:
    """Return what a transaction does to what is stored; what was there before is not known."""
    return [
        (change["table"], change["id"], _was_there(change), _stored(change["document"]))
        for change in transaction.changes
    ]


def _stored(document: Any) -> bytes | None:
    return None if document is None else orjson.dumps(document)


def _was_there(change: dict[str, Any]) -> bytes | None:
    return None if change["before"] is None else WAS_THERE


def commit_of(line: bytes, coding: Coding) -> Commit:
    """Return the commit that a line of the journal tells of. Raises `Corrupt`."""
    try:
        transaction = Transaction(line, "", orjson.loads)
        title = ""
        if transaction.title is not None:
            stored = orjson.dumps(transaction.title)
            title = coding.decode_value(*TITLE, transaction.sequence, stored)
        bare = Commit(
            transaction.sequence,
            datetime.fromisoformat(transaction.at),
            transaction.session,
            (),
            str(title),
            transaction.undoes,
        )
        return with_changes(
            bare,
            [_told(change, transaction.sequence, coding) for change in transaction.changes],
        )
    except _MALFORMED:
        pass
    # Outside the except: the error that was caught may hold what was written.
    raise Corrupt(["a commit cannot be read"], "the journal")


def _told(
    change: dict[str, Any], sequence: int, coding: Coding
) -> tuple[str, str, Document | None, Document | None]:
    table, id = change["table"], change["id"]
    stored = _stored(change["document"])
    after = None if stored is None else coding.decode(table, id, stored)
    if change["before"] is None:
        return table, id, None, after
    told = coding.decode_value(f"{table}/before", id, sequence, orjson.dumps(change["before"]))
    return table, id, restored(after, told), after
