"""A document that grows at the end of one of its lists, kept in pieces so that growing is quick.

Reading, checking and writing a whole script for each line of it costs more the longer the lesson
lasts. In pieces, only what is added is looked at; what is stored is the same to the byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from coach_tui.store import documents
from coach_tui.store.differences import SHORT, difference

if TYPE_CHECKING:
    from coach_tui.store.coding import Coding
    from coach_tui.store.engine import Append, Document


class Pieces:
    """A stored document, field by field: `fields` are names and their JSON, in their order."""

    __slots__ = ("_counts", "fields", "revision", "stored")

    def __init__(
        self, stored: bytes, fields: dict[str, bytes], revision: int, counts: dict[str, int]
    ) -> None:
        self.stored, self.fields, self.revision = stored, fields, revision
        self._counts = counts

    @classmethod
    def of(cls, stored: bytes, document: Document) -> Pieces:
        """Take apart what is stored, which `document` is read from."""
        fields = {name: orjson.dumps(value) for name, value in document.items()}
        return cls(stored, fields, document["revision"], _counts_of(document))

    def count(self, name: str) -> int | None:
        """Return how many items the list has, None when the field is no list."""
        return self._counts.get(name)

    def grown(self, operation: Append, sequence: int, coding: Coding) -> Pieces:
        """Return the pieces after `operation`, at the revision `sequence`. Raises `Unstorable`."""
        name, count = operation.name, self.count(operation.name)
        if count is None:
            raise operation.cannot_grow()
        added = {**operation.fields, name: list(operation.items), "revision": sequence}
        documents.encode(operation.table, {**added, "id": operation.id})
        fields = {**self.fields, **{key: orjson.dumps(value) for key, value in added.items()}}
        fields[name] = _joined(self.fields[name], fields[name])
        counts = {**self._counts, **_counts_of(added), name: count + len(operation.items)}
        stored = coding.seal(operation.table, operation.id, sequence, _plain(fields))
        return Pieces(stored, fields, sequence, counts)


def _counts_of(document: Document) -> dict[str, int]:
    return {name: len(value) for name, value in document.items() if type(value) is list}


def _joined(held: bytes, more: bytes) -> bytes:
    if len(more) == 2:
        return held
    return more if len(held) == 2 else held[:-1] + b"," + more[1:]


def _plain(fields: dict[str, bytes]) -> bytes:
    return b"{%b}" % b",".join([orjson.dumps(name) + b":" + it for name, it in fields.items()])


def growth(before: Pieces, after: Pieces, operation: Append) -> dict[str, Any]:
    """Return what `differences.difference` says of the two, without reading a long list."""
    name, count = operation.name, before.count(operation.name) or 0
    changed = {*operation.fields, "revision", name}
    grew_long = count >= SHORT and bool(operation.items)
    if grew_long:
        changed.remove(name)
    was, now = (
        {key: orjson.loads(value) for key, value in one.fields.items() if key in changed}
        for one in (before, after)
    )
    told = difference(was, now)
    if grew_long:
        told.setdefault("lists", {})[name] = [count, len(operation.items), []]
    return told
