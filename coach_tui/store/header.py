"""What a store's files say of themselves in their first line, and which file it was. Plain."""

from __future__ import annotations

import json

from coach_tui.store import atomic
from coach_tui.store.errors import Corrupt
from coach_tui.store.ids import is_id
from coach_tui.store.migrations import SCHEMA, check_known

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from os import stat_result
    from typing import Any, BinaryIO

    Document = dict[str, Any]

FORMAT = "coach-tui"
HEADER_TABLE = "store"
HEADER_ID = "header"
SEAL_TABLE = "seal"

LONGEST_LINE = 1 << 20
_KNOWN = {"format": str, "schema": int, "id": str, "sequence": int, "written_at": str}
_OPTIONAL = {"head": str, "codec": str}
_NO_HEAD = "0" * 64


class Header:
    """What a snapshot says of itself.

    `id` names the store for its whole life; `sequence` is the number of the newest commit in it,
    `written_at` that commit's moment (ISO 8601, UTC; empty before the first) and `head` its hash in
    the journal's chain (64 hexadecimal digits). `codec` names what its documents are kept in, empty
    for plain JSON. `more` holds what a newer version added.
    """

    __slots__ = ("codec", "head", "id", "more", "schema", "sequence", "written_at")

    def __init__(
        self,
        id: str,
        sequence: int = 0,
        written_at: str = "",
        schema: int = SCHEMA,
        head: str = _NO_HEAD,
        codec: str = "",
        more: Mapping[str, Any] | None = None,
    ) -> None:
        self.id, self.sequence, self.written_at = id, sequence, written_at
        self.schema, self.head, self.codec, self.more = schema, head, codec, dict(more or {})

    def at(self, sequence: int, written_at: str, head: str) -> Header:
        """Return the header of the same store after the commit `sequence`, in today's schema."""
        return Header(self.id, sequence, written_at, SCHEMA, head, self.codec, self.more)

    def kept_in(self, codec: str) -> Header:
        """Return the header of the same store, kept in the code `codec`."""
        return Header(
            self.id, self.sequence, self.written_at, self.schema, self.head, codec, self.more
        )

    def to_document(self) -> Document:
        """Return what stands in the header's line."""
        return {
            "format": FORMAT,
            "schema": self.schema,
            "id": self.id,
            "sequence": self.sequence,
            "written_at": self.written_at,
            "head": self.head,
            **({"codec": self.codec} if self.codec else {}),
            **self.more,
        }

    @classmethod
    def from_document(cls, document: object, place: str) -> Header:
        """Read it. Raises `Corrupt`, and `NeedsUpgrade` for a newer schema."""
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise Corrupt(["line 1 is not the header of a coach-tui store"], place)
        schema = document.get("schema")
        if type(schema) is int:
            check_known(schema)
        # The first schema had no journal, and so no head.
        filled = {"head": _NO_HEAD, "codec": "", **document}
        wrong = [
            name
            for name, kind in {**_KNOWN, **_OPTIONAL}.items()
            if type(filled.get(name)) is not kind
        ]
        wrong += [name for name in ("schema", "sequence") if name not in wrong and filled[name] < 0]
        wrong += [
            name
            for name, is_right in (("head", _is_head), ("id", is_id))
            if name not in wrong and not is_right(filled[name])
        ]
        if wrong or filled["schema"] < 1:
            fields = ", ".join(wrong) or "schema"
            raise Corrupt([f"line 1: the header's {fields} cannot be read"], place)
        more = {name: filled[name] for name in document if name not in _KNOWN | _OPTIONAL}
        return cls(
            filled["id"],
            filled["sequence"],
            filled["written_at"],
            filled["schema"],
            filled["head"],
            filled["codec"],
            more,
        )


def _is_head(text: str) -> bool:
    return len(text) == len(_NO_HEAD) and set("0123456789abcdef").issuperset(text)


class Stamp:
    """Which file it was: two stamps differ when another file was put there, or it was edited."""

    __slots__ = ("device", "inode", "mtime_ns", "size")

    def __init__(self, status: stat_result) -> None:
        self.device, self.inode = status.st_dev, status.st_ino
        self.mtime_ns, self.size = status.st_mtime_ns, status.st_size

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Stamp):
            return NotImplemented
        return all(getattr(self, slot) == getattr(other, slot) for slot in self.__slots__)

    __hash__ = None  # type: ignore[assignment]  # a stamp is only compared


def read_header(path: str) -> tuple[Header, Stamp] | None:
    """Read what a snapshot says of itself, by its first line where that suffices; None: no file.

    Raises `Corrupt`, `NeedsUpgrade`, `Unavailable`, `ReadOnly`.
    """
    try:
        file, status = atomic.open_for_reading(path)
    except FileNotFoundError:
        return None
    with file:
        return header_of(file, path), Stamp(status)


def header_of(file: BinaryIO, place: str) -> Header:
    """Read the header from a file open at its beginning; the file's position moves."""
    line = reading(lambda: file.readline(LONGEST_LINE), place).rstrip()
    whole = line[:-1] + b"}" if line.endswith(b",") else line
    try:
        top = json.loads(whole)
    except ValueError:
        # Valid JSON in another layout: somebody's tool wrote it.
        file.seek(0)
        top = plain_json(reading(file.read, place), place)
    return header_in(top, place)


def header_in(top: object, place: str) -> Header:
    """Return the header of a whole snapshot's JSON. Raises `Corrupt` and `NeedsUpgrade`."""
    table = top.get(HEADER_TABLE) if isinstance(top, dict) else None
    return Header.from_document(table.get(HEADER_ID) if isinstance(table, dict) else None, place)


def reading(read: Callable[[], bytes], place: str) -> bytes:
    """Return what `read` returns; what the system says of `place` raises the store's own error."""
    try:
        return read()
    except OSError as error:
        raise atomic.named(error, place) from None


def plain_json(data: bytes, place: str) -> object:
    """Return the JSON value. Raises `Corrupt`, naming the line."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        what = f"line {line} is not JSON" if line else "it is not JSON"
    # Outside the except: the error that was caught holds the whole content.
    raise Corrupt([what], place)
