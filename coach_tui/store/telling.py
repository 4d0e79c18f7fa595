"""Between a commit and its line in the journal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import orjson

from coach_tui.store import journal
from coach_tui.store.differences import difference, restored
from coach_tui.store.engine import Commit, Delete, Document, Operation, with_changes
from coach_tui.store.errors import Conflict, Corrupt
from coach_tui.store.journal import Transaction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coach_tui.store.coding import Coding
    from coach_tui.store.contents import Contents, Step

_MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError)
TITLE = ("", "title")
"""Where a commit's title belongs, for a codec: no table, and this in place of an id."""


WAS_THERE = b""
"""Stands in a step for what was stored before, where only that matters."""


def _check_expected(operation: Operation, theirs: Document | None) -> None:
    expected = operation.expected
    if expected is not None and (0 if theirs is None else theirs["revision"]) != expected:
        raise Conflict(operation.table, operation.id, expected, theirs)


class Draft:
    """A commit that is about to be made over `contents`: its steps, and its changes as told.

    Operations that would do nothing have no step. Raises `Conflict` for the first document that is
    not at its expected revision, and then `Unstorable`.
    """

    def __init__(self, contents: Contents, operations: Sequence[Operation], sequence: int) -> None:
        self.sequence = sequence
        self.steps: list[Step] = []
        self.documents: list[tuple[str, str, Document | None, Document | None]] = []
        self._coding = contents.coding
        found = [contents.document(operation.table, operation.id) for operation in operations]
        for operation, before in zip(operations, found, strict=True):
            _check_expected(operation, before)
        for operation, before in zip(operations, found, strict=True):
            self._take(operation, before)

    def _take(self, operation: Operation, before: Document | None) -> None:
        table, id = operation.table, operation.id
        now, after = None, None
        if isinstance(operation, Delete):
            if before is None:
                return
        else:
            document = {**operation.document, "revision": self.sequence}
            now, after = self._coding.encode_and_copy(table, document)
        self.steps.append((table, id, None if before is None else WAS_THERE, now))
        self.documents.append((table, id, before, after))

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
                "table": table,
                "id": id,
                "document": None if now is None else orjson.Fragment(now),
                "before": self._before(table, id, before, after),
            }
            for (table, id, _, now), (_, _, before, after) in zip(
                self.steps, self.documents, strict=True
            )
        ]
        return journal.chained(orjson.dumps(fields), head)

    def _before(
        self, table: str, id: str, before: Document | None, after: Document | None
    ) -> orjson.Fragment | None:
        if before is None:
            return None
        value = difference(before, after)
        return orjson.Fragment(
            self._coding.encode_value(f"{table}/before", id, self.sequence, value)
        )

    def commit(self, bare: Commit) -> Commit:
        """Return the commit as callers get it: the documents are theirs from now on."""
        return with_changes(bare, self.documents)


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
