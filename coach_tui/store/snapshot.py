"""The file `coach.json`: valid JSON, one document on each line, sealed.

The first line is a table of its own with one document, the header, so that one `readline` tells
what the file is and how new. The rest is `{table: {id: document}}`, as TinyDB's own storage has
it: json, jq and grep can read it. Documents are sorted by id, which is the order they were made in.
The last two lines are the seal: how many lines and bytes each table has, by which a table is found
without reading the others, and the SHA-256 of everything before the last line.

    {"store":{"header":{"format":"coach-tui","schema":2,"id":"...","sequence":7,...}},
    "coach":{
    "0195...":{"id":"0195...",...}
    },
    "coachees":{
    ...
    },
    "seal":{"tables":{"coach":[1,200],"coachees":[40,30000]},
    "sha256":{"hex":"..."}}}
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

import orjson

from coach_tui.store import atomic
from coach_tui.store.errors import Corrupt
from coach_tui.store.header import (
    HEADER_ID,
    HEADER_TABLE,
    LONGEST_LINE,
    SEAL_TABLE,
    Header,
    Stamp,
    header_in,
    reading,
)
from coach_tui.store.ids import is_id
from coach_tui.store.lines import BLOCK, Region
from coach_tui.store.mounts import is_remote
from coach_tui.store.sources import Held, OnDisk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coach_tui.store.contents import Contents
    from coach_tui.store.lines import Lines
    from coach_tui.store.sources import Source

LARGE = 8 << 20
"""Bytes from which a file is not read into memory, and its seal is checked in the background."""

_SEAL = b'"sha256":{"hex":"%b"}}}\n'
_SEAL_SIZE = len(_SEAL) - 2 + 64
_FEW_TOUCHED = 50


# ----------------------------------------------------------------------------------------- writing


def write(path: str, contents: Contents) -> Stamp:
    """Put the contents durably in the place of `path`. Raises what `atomic.write` raises."""
    return Stamp(atomic.write(path, _sealed(contents)))


def prepare(path: str, contents: Contents) -> atomic.Replacement:
    """Bring the contents to the disk beside `path`; it is to be put in its place, or discarded."""
    return atomic.Replacement(path, _sealed(contents))


def encoded(contents: Contents) -> bytes:
    """Return the whole file."""
    return b"".join(_sealed(contents))


def _sealed(contents: Contents) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for chunk in _in_chunks(_pieces(contents)):
        digest.update(chunk)
        yield chunk
    yield _SEAL % digest.hexdigest().encode()


def _pieces(contents: Contents) -> Iterator[bytes]:
    header = json.dumps(contents.header.to_document(), separators=(",", ":"))
    yield f'{{"{HEADER_TABLE}":{{"{HEADER_ID}":{header}}},\n'.encode()
    sizes: dict[str, list[int]] = {}
    for table in _in_order(contents.tables):
        lines = contents.tables[table]
        size = 1
        yield f'"{table}":{{\n'.encode()
        for piece in _lines_of(lines):
            size += len(piece)
            yield piece
        yield b"\n},\n"
        sizes[table] = [len(lines), size]
    index = json.dumps(sizes, separators=(",", ":"))
    yield f'"{SEAL_TABLE}":{{"tables":{index},\n'.encode()


def _lines_of(lines: Lines) -> Iterator[bytes]:
    """Return the table's lines with what stands between them, in pieces."""
    region, touched = lines.region, lines.touched
    if region is None or len(touched) * _FEW_TOUCHED > region.count:
        before = b""
        for id, value in lines.holding():
            yield b'%b"%b":%b' % (before, id.encode(), value)
            before = b",\n"
        return
    yield from _with_region(lines, region, touched)


def _with_region(lines: Lines, region: Region, touched: list[str]) -> Iterator[bytes]:
    # What lies in the file between two changed documents is copied as it is.
    before = b""
    place = region.start
    for id in touched:
        at = region.position(id)
        if at > place:
            yield before
            yield from _copied(region, place, at)
            before = b",\n"
        place = region.after(at) if region.find(id) is not None else at
        value = lines.value(id)
        if value is not None:
            yield b'%b"%b":%b' % (before, id.encode(), value)
            before = b",\n"
    if place < region.end:
        yield before
        yield from _copied(region, place, region.end)


def _copied(region: Region, start: int, end: int) -> Iterator[bytes]:
    # The last line of a table ends without a comma.
    return region.blocks(start, end - (1 if end == region.end else 2))


def _in_order(tables: Iterable[str]) -> list[str]:
    from coach_tui.domain.records import RECORDS

    rank = {kind.table: place for place, kind in enumerate(RECORDS)}
    return sorted(tables, key=lambda table: (rank.get(table, len(rank)), table))


def _in_chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= BLOCK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


# ----------------------------------------------------------------------------------------- reading


class Sealed:
    """A snapshot as it was written: its header, where its tables lie, and its seal.

    `is_large` when it is read where it is looked at, and not yet checked. `file` is the file, kept
    open so that no other can have its number (inode) while `stamp` is compared.
    """

    def __init__(
        self,
        header: Header,
        stamp: Stamp,
        source: Source,
        file: OnDisk,
        end: int,
        tables: dict[str, Region],
    ) -> None:
        self.header, self.stamp, self.tables, self.file = header, stamp, tables, file
        self._source, self._end = source, end
        self.is_large = source is file

    def is_intact(self) -> bool:
        """Read all of it, and return whether the seal is that of what stands there."""
        digest = hashlib.sha256()
        for start in range(0, self._end, BLOCK):
            digest.update(self._source.read(start, min(start + BLOCK, self._end)))
        seal = self._source.read(self._end, self._end + _SEAL_SIZE)
        return seal == _SEAL % digest.hexdigest().encode()


def open_sealed(path: str, large: int = LARGE) -> Sealed | None:
    """Open the file; None when it is not laid out as `write` does it.

    Whether the seal is right is another question: see `Sealed.is_intact`. Raises
    `FileNotFoundError`, `NeedsUpgrade`, `Unavailable`, `ReadOnly`.
    """
    file, status = atomic.open_for_reading(path)
    with file:
        held = OnDisk(_dup(file.fileno(), path), path)
        is_small = status.st_size < large or is_remote(path)
        source = Held(reading(file.read, path)) if is_small else held
        try:
            return _laid_out(source, held, status, path)
        except (Corrupt, KeyError, TypeError, ValueError):
            return None


def _dup(descriptor: int, path: str) -> int:
    try:
        return os.dup(descriptor)
    except OSError as error:
        raise atomic.named(error, path) from None


def _laid_out(source: Source, held: OnDisk, status: os.stat_result, path: str) -> Sealed:
    size = status.st_size if source is held else len(source.read(0, 1 << 62))
    start = source.read(0, min(LONGEST_LINE, size))
    first = start[: start.index(b"\n")]
    header = header_in(orjson.loads(first.removesuffix(b",") + b"}"), path)
    end = size - _SEAL_SIZE
    tail = source.read(max(0, end - LONGEST_LINE), end)
    index = tail[tail.rindex(b"\n", 0, -1) + 1 :]
    sizes = orjson.loads(b"{" + index.removesuffix(b",\n") + b"}}")[SEAL_TABLE]["tables"]
    place = len(first) + 1
    tables = {}
    for name, (count, length) in sizes.items():
        place += len(name) + 5
        tables[name] = Region(source, place, place + length, count, path)
        place += length + 3
    if place != end - len(index) or min((r.count for r in tables.values()), default=1) < 1:
        raise ValueError("the tables do not fill the file")
    return Sealed(header, Stamp(status), source, held, end, tables)


def parse(data: bytes, place: str) -> tuple[Header, dict[str, dict[str, bytes]]]:
    """Read a snapshot whose seal may be missing or wrong, in any layout of JSON.

    Returns what each document is stored as, sorted by id, as the file's own schema has it. Raises
    `Corrupt`, naming each damaged line, and `NeedsUpgrade`.
    """
    from coach_tui.store.plain import tables_in

    top = None
    problems = ["it is not JSON"]
    try:
        top = json.loads(data, object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        problems = salvage(data)[1] or [f"line {line} is not JSON" if line else "it is not JSON"]
    if top is None:
        raise Corrupt(problems, place)
    header = header_in(top, place)
    found: list[str] = []
    tables = tables_in(top, found)
    if found:
        raise Corrupt(found, place)
    return header, {
        table: {id: _encode_read(table, documents[id], place) for id in sorted(documents)}
        for table, documents in tables.items()
    }


def _encode_read(table: str, document: dict[str, Any], place: str) -> bytes:
    from coach_tui.store.documents import encode
    from coach_tui.store.errors import Unstorable

    try:
        return encode(table, document)
    except Unstorable as error:
        problem = f"{table}/{error.id}: {error.field} cannot be kept exactly"
    raise Corrupt([problem], place)


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice in the same object")
    return made


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def store_in(data: bytes) -> str:
    """Return the id of the store that a damaged snapshot's first line names; empty: none."""
    first = data[: data.find(b"\n")]
    try:
        id = orjson.loads(first.removesuffix(b",") + b"}")[HEADER_TABLE][HEADER_ID]["id"]
    except (KeyError, TypeError, ValueError):
        return ""
    return id if is_id(id) else ""


def salvage(data: bytes) -> tuple[dict[str, dict[str, bytes]], list[str]]:
    """Read every line that is a whole document, and say which lines are damaged."""
    from coach_tui.store.documents import problem_in

    tables: dict[str, dict[str, bytes]] = {}
    problems = []
    table = ""
    for number, line in enumerate(data.split(b"\n"), 1):
        name = line[1:-3].decode("ascii", "replace")
        if line == b'"%b":{' % line[1:-3] and is_id(name):
            table = name
            continue
        if (
            number == 1
            or line in (b"},", b"}}", b"")
            or line.startswith((b'"seal":', b'"sha256":'))
        ):
            continue
        bare = line.removesuffix(b",")
        end = bare.find(b'":', 1)
        id = bare[1:end].decode("ascii", "replace")
        try:
            document = orjson.loads(bare[end + 2 :])
        except ValueError:
            document = None
        if not table or bare[:1] != b'"' or problem_in(id, document):
            problems.append(f"line {number} is not a document")
        else:
            tables.setdefault(table, {})[id] = orjson.dumps(document)
    return tables, problems
