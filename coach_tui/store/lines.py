"""The documents of one table as encoded lines, by id: most in a file, a few changed in memory.

A file's lines are sorted by id, so that one is found by halving, without an index and without
reading the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import gt, lt
from typing import TYPE_CHECKING

from coach_tui.store.backwards import lines_backwards
from coach_tui.store.errors import Corrupt
from coach_tui.store.owners import Places, owner_in, places_by_owner

if TYPE_CHECKING:
    from coach_tui.store.sources import Source

Value = bytes | None
"""An encoded document; None where one was taken away."""

BLOCK = 1 << 20
_NEAR = 1 << 13
_FEW = 64
_REMEMBERED = 512


class Region:
    """The part of a file that holds `count` lines of a table, `"id":{...}` and a comma each."""

    def __init__(self, source: Source, start: int, end: int, count: int, place: str) -> None:
        self.source, self.start, self.end, self.count = source, start, end, count
        self._place = place
        self._found: dict[str, Value] = {}
        self._newest: bytes | None = None
        self._places: dict[bytes, Places] = {}

    def find(self, id: str) -> Value:
        """Return what stands under `id`, None when nothing does. Raises `Corrupt`."""
        if self.start == self.end:
            return None
        if id not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found = {}
            self._found[id] = self._search(id.encode())
        return self._found[id]

    def _search(self, wanted: bytes) -> Value:
        if self._newest is None:
            self._newest = self._id_at(self._begin(self.end - 1, self.start))
        if wanted > self._newest:
            # The usual case of a new document: ids grow with time.
            return None
        low, high = self.start, self.end
        while low < high:
            begin = self._begin((low + high) // 2, low)
            found = self._id_at(begin)
            if found == wanted:
                return self._split(self._line_from(begin))[1]
            if found < wanted:
                low = begin + len(self._line_from(begin)) + 1
            else:
                high = begin
        return None

    def position(self, id: str) -> int:
        """Return where the first line begins whose id is not before `id`, or the region's end."""
        wanted = id.encode()
        low, high = self.start, self.end
        while low < high:
            begin = self._begin((low + high) // 2, low)
            if self._id_at(begin) < wanted:
                low = begin + len(self._line_from(begin)) + 1
            else:
                high = begin
        return low

    def after(self, position: int) -> int:
        """Return where the line that begins at `position` is followed by the next."""
        return position + len(self._line_from(position)) + 1

    def _begin(self, place: int, least: int) -> int:
        """Return where the line begins that the byte at `place` belongs to."""
        end = place
        while end > least:
            start = max(least, end - _NEAR)
            found = self.source.read(start, end).rfind(b"\n")
            if found >= 0:
                return start + found + 1
            end = start
        return least

    def _id_at(self, begin: int) -> bytes:
        start = self.source.read(begin, min(begin + 70, self.end))
        end = start.find(b'":', 1)
        if end < 0 or start[:1] != b'"':
            raise self._damaged()
        return start[1:end]

    def _line_from(self, begin: int) -> bytes:
        pieces: list[bytes] = []
        while begin < self.end:
            piece = self.source.read(begin, min(begin + _NEAR, self.end))
            end = piece.find(b"\n")
            if end >= 0:
                return b"".join([*pieces, piece[:end]])
            pieces.append(piece)
            begin += len(piece)
        raise self._damaged()

    def _split(self, line: bytes) -> tuple[str, bytes]:
        end = line.find(b'":', 1)
        if end < 0 or line[:1] != b'"':
            raise self._damaged()
        return line[1:end].decode("ascii", "replace"), line[end + 2 :].removesuffix(b",")

    def _damaged(self) -> Corrupt:
        return Corrupt(["a line is not a document"], self._place)

    def blocks(self, start: int, end: int) -> Iterator[bytes]:
        """Return the bytes between two positions, a piece at a time."""
        while start < end:
            stop = min(start + BLOCK, end)
            yield self.source.read(start, stop)
            start = stop

    def items(self, needles: Iterable[bytes] = ()) -> Iterator[tuple[str, bytes]]:
        """Return ids and documents, in the order of ids, of the lines that hold all `needles`."""
        wanted = list(needles)
        owner = next((one for one in map(owner_in, wanted) if one), None)
        if owner is None:
            return self._looked_through(wanted)
        return self._owned(*owner, wanted)

    def backwards(self) -> Iterator[tuple[str, bytes]]:
        """Yield ids and documents, from the last id to the first."""
        for line in lines_backwards(self.source, self.start, self.end, BLOCK):
            yield self._split(line)

    def _looked_through(self, wanted: list[bytes]) -> Iterator[tuple[str, bytes]]:
        rest = b""
        for block in self.blocks(self.start, self.end):
            lines = (rest + block).split(b"\n")
            rest = lines.pop()
            for needle in wanted:
                lines = [line for line in lines if needle in line]
            for line in lines:
                yield self._split(line)

    def _owned(self, key: bytes, owner: bytes, wanted: list[bytes]) -> Iterator[tuple[str, bytes]]:
        places = self._places.get(key)
        if places is None:
            # Two threads may both do it: with the same result.
            places = self._places[key] = places_by_owner(self.blocks(self.start, self.end), key)
        for place in places.get(owner, ()):
            line = self._line_from(self.start + place)
            if all(needle in line for needle in wanted):
                yield self._split(line)


class Lines(Mapping[str, bytes]):
    """A table by id, in the order of ids. It never changes: `changed` makes another one.

    What differs from the file is kept in two mappings, so that a change copies only the smaller.
    """

    def __init__(
        self,
        region: Region | None = None,
        older: Mapping[str, Value] | None = None,
        newer: Mapping[str, Value] | None = None,
        count: int | None = None,
    ) -> None:
        self.region = region
        self._older, self._newer = older or {}, newer or {}
        self._count = (region.count if region else 0) if count is None else count

    @classmethod
    def of(cls, lines: Mapping[str, bytes]) -> Lines:
        """Return a table that is all in memory."""
        return cls(None, lines, None, len(lines))

    def changed(self, changes: Iterable[tuple[str, bool, Value]]) -> Lines:
        """Return the table after these changes: id, whether it was there, what is there now."""
        newer, older, count = dict(self._newer), self._older, self._count
        for id, said, value in changes:
            # Of a snapshot that was edited, what the journal says was there need not be so.
            was_there = said if self.region else self.value(id) is not None
            newer[id] = value
            count += (value is not None) - was_there
        if len(newer) > _FEW:
            older, newer = {**older, **newer}, {}
        return Lines(self.region, older, newer, count)

    @property
    def touched(self) -> list[str]:
        """The ids of what differs from the file, in their order."""
        return sorted({*self._older, *self._newer})

    def value(self, id: str) -> Value:
        """Return the encoded document, None when there is none."""
        if id in self._newer:
            return self._newer[id]
        if id in self._older:
            return self._older[id]
        return self.region.find(id) if self.region else None

    def holding(self, needles: Iterable[bytes] = ()) -> Iterator[tuple[str, bytes]]:
        """Return ids and documents, in the order of ids, of those that hold all `needles`."""
        wanted = list(needles)
        kept = self.region.items(wanted) if self.region else iter(())
        return self._merged(kept, iter(self.touched), lt, wanted)

    def backwards(self) -> Iterator[tuple[str, bytes]]:
        """Return ids and documents, from the last id to the first."""
        kept = self.region.backwards() if self.region else iter(())
        return self._merged(kept, reversed(self.touched), gt, [])

    def _merged(
        self,
        kept: Iterator[tuple[str, bytes]],
        touched: Iterator[str],
        comes_before: Callable[[str, str], bool],
        wanted: list[bytes],
    ) -> Iterator[tuple[str, bytes]]:
        """Yield what the file holds, with what differs from it in its place."""
        ahead = next(touched, None)
        for id, value in kept:
            while ahead is not None and comes_before(ahead, id):
                yield from self._if_holding(ahead, wanted)
                ahead = next(touched, None)
            if ahead == id:
                yield from self._if_holding(id, wanted)
                ahead = next(touched, None)
            else:
                yield id, value
        while ahead is not None:
            yield from self._if_holding(ahead, wanted)
            ahead = next(touched, None)

    def _if_holding(self, id: str, needles: list[bytes]) -> Iterator[tuple[str, bytes]]:
        value = self.value(id)
        if value is not None and all(needle in value for needle in needles):
            yield id, value

    def __getitem__(self, id: str) -> bytes:
        value = self.value(id)
        if value is None:
            raise KeyError(id)
        return value

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and self.value(id) is not None

    def __iter__(self) -> Iterator[str]:
        return (id for id, _ in self.holding())

    def __len__(self) -> int:
        return self._count
