"""Which of the first rows of a table is its header."""

from __future__ import annotations

from collections.abc import Callable, Sequence

LOOKED_AT = 5
"""A header is looked for in this many first rows that are not blank."""

RawRow = tuple[int, list[str]]
"""A row as the file has it: the number a person sees beside it, and its cells."""

HeaderScore = Callable[[Sequence[str]], int]
"""Says how many cells of a row are known as column names; 0 when it cannot be a header."""


def find_header(rows: Sequence[RawRow], score: HeaderScore | None) -> tuple[int, int]:
    """Return the position of the header in `rows` (none of them blank) and its score.

    It is the row with the best score among the first ones, so that a title above the header does
    no harm; the first row when none has a score.
    """
    if score is None:
        return 0, 0
    scores = [score(cells) for _, cells in rows[:LOOKED_AT]]
    best = max(scores, default=0)
    return (scores.index(best), best) if best else (0, 0)


def is_blank(cells: Sequence[str]) -> bool:
    """Whether no cell holds anything that can be seen."""
    return not any(cell.strip() for cell in cells)


def width(cells: Sequence[str]) -> int:
    """Return the number of cells up to the last that is not blank."""
    return max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)
