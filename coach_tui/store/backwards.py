"""The lines of a part of a file, the last one first: what was made last is wanted first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach_tui.store.sources import Source


def lines_backwards(source: Source, start: int, end: int, block: int) -> Iterator[bytes]:
    """Yield the lines between two positions from the last to the first, without their newline.

    A line begins at `start`, and a newline ends at `end`; `block` bytes are read at a time.
    """
    rest = b""
    while end > start:
        begin = max(start, end - block)
        lines = (source.read(begin, end) + rest).split(b"\n")
        # Its beginning lies in the block before.
        rest = lines.pop(0)
        yield from reversed([line for line in lines if line])
        end = begin
    if rest:
        yield rest
