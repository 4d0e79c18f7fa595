"""A bell schedule as lines that can be typed: `Period 1 8:00-8:50`. Plain."""

from __future__ import annotations

from coach_tui.presentation.text import cut
from coach_tui.presentation.times import clock, take_range

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

HELP = "write a name and its times: Period 1 8:00-8:50"


def read_bells(text: str) -> list[tuple[str, int, int]]:
    """Return the periods that `text` names, one a line, as (name, first minute, last minute).

    Raises `ValueError`, naming the line, when one cannot be understood or a name comes twice.
    """
    found: list[tuple[str, int, int]] = []
    for line in text.splitlines():
        if not line.strip():
            continue
        shown = repr(cut(line.strip(), 40))
        try:
            taken = take_range(" ".join(line.split()))
        except ValueError as error:
            raise ValueError(f"{shown}: {error}") from None
        if taken is None or not taken[2]:
            raise ValueError(f"{shown} is no period: {HELP}")
        start, end, name = taken
        if name.casefold() in {one[0].casefold() for one in found}:
            raise ValueError(f"{shown}: there are two periods of this name")
        found.append((name, start, end))
    return found


def bell_lines(periods: Iterable[tuple[str, int, int]]) -> str:
    """Return periods as lines that `read_bells` reads back."""
    return "\n".join(f"{name} {clock(start)}-{clock(end)}" for name, start, end in periods)
