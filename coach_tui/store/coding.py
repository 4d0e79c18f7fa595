"""How documents, and what else a commit tells, become the JSON that lies on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from coach_tui.store import documents
from coach_tui.store.errors import Corrupt

if TYPE_CHECKING:
    from coach_tui.store.codec import LineCodec
    from coach_tui.store.engine import Document

_MALFORMED = (AttributeError, KeyError, TypeError, ValueError)


class Coding:
    """Encodes as plain JSON, or through a codec.

    A document that went through a codec is kept as `{"id", "revision", "sealed"}`, so that what
    the store has to know of it can be read without the key.
    """

    def __init__(self, codec: LineCodec | None = None) -> None:
        self._codec = codec

    @property
    def name(self) -> str:
        """The codec's name, empty for plain JSON."""
        return "" if self._codec is None else self._codec.name

    @property
    def is_plain(self) -> bool:
        """Whether what is stored can be searched as it lies there."""
        return self._codec is None

    def encode(self, table: str, document: Document) -> bytes:
        """Return what is stored of a document. Raises `Unstorable`."""
        return self.encode_and_copy(table, document)[0]

    def encode_and_copy(self, table: str, document: Document) -> tuple[bytes, Document]:
        """Return what is stored of a document, and a copy as it comes back. Raises `Unstorable`."""
        plain, copy = documents.encode_and_copy(table, document)
        return self.seal(table, document["id"], document["revision"], plain), copy

    def seal(self, table: str, id: str, revision: int, plain: bytes) -> bytes:
        """Return what is stored of a document whose plain encoding this is."""
        if self._codec is None:
            return plain
        coded = self._codec.encode(table, id, revision, plain)
        return b'{"id":"%b","revision":%d,"sealed":%b}' % (id.encode("ascii"), revision, coded)

    def decode(self, table: str, id: str, stored: bytes) -> Document:
        """Return the document. Raises `Corrupt`, naming it, when what is stored is none."""
        try:
            document = orjson.loads(stored)
            if self._codec is not None:
                coded = orjson.dumps(document["sealed"])
                document = orjson.loads(self._codec.decode(table, id, document["revision"], coded))
        except _MALFORMED:
            document = None
        # Outside the except: the error that was caught can be asked for what was written.
        problem = documents.problem_in(id, document)
        if problem:
            raise Corrupt([f"{table}/{id} {problem}"])
        result: Document = document
        return result

    def encode_value(self, table: str, id: str, sequence: int, value: Any) -> bytes:
        """Return any other value of the commit `sequence`, as one JSON value."""
        plain = orjson.dumps(value)
        if self._codec is None:
            return plain
        return self._codec.encode(table, id, sequence, plain)

    def decode_value(self, table: str, id: str, sequence: int, stored: bytes) -> Any:
        """Return the value that `encode_value` was given. Raises `Corrupt`."""
        try:
            if self._codec is not None:
                stored = self._codec.decode(table, id, sequence, stored)
            return orjson.loads(stored)
        except ValueError:
            pass
        raise Corrupt([f"what commit {sequence} says of {table or 'itself'} cannot be read"])


PLAIN = Coding()
"""Plain JSON."""
