"""The seam where what is stored may be put in other words, such as ciphertext.

A store without a codec keeps every document as plain JSON. With one, each document, what it was
before, and each commit's title pass through it; what the store itself must see stays plain: table,
id, revision, sequence, moment, session.
"""

from __future__ import annotations

from typing import Protocol


class LineCodec(Protocol):
    """Turns the bytes of one value into one JSON value on one line, and back.

    `table`, `id` and `sequence` say where the value belongs; a codec binds it to them, so that a
    value that was moved does not decode. Of a document, `sequence` is its revision. Both methods
    are called from several threads.
    """

    @property
    def name(self) -> str:
        """What the store's header says of it, so that another codec is refused."""

    def encode(self, table: str, id: str, sequence: int, plain: bytes) -> bytes:
        """Return one JSON value, ASCII, without a line break."""

    def decode(self, table: str, id: str, sequence: int, coded: bytes) -> bytes:
        """Return what `encode` was given. Raises `Corrupt`, naming table and id."""
