"""How notes are taken: counted line by line, for the coach alone. Plain.

What she sees over time is how much of what she wrote a camera would have recorded too. It is
about her notes, never about a teacher, and no grade of anyone: it is never exported
(domain.md section 7).
"""

from __future__ import annotations

import re
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TEN_MINUTES = 600.0

_TIME = re.compile(
    r"\b\d{1,2}:\d{2}\b|\b\d+\s*(?:s|sec|secs|seconds?|min|mins|minutes?)\b", re.IGNORECASE
)
_COUNT = re.compile(r"\b\d+\s*(?:/|of|out of)\s*\d+\b", re.IGNORECASE)


class Taken(NamedTuple):
    """The notes of one visit: lines, those nothing was asked about, and what they hold."""

    lines: int
    without_mark: int
    quotes: int
    counts: int
    times: int
    seconds: float

    def in_ten_minutes(self, number: int) -> float | None:
        """Return how many that is in ten minutes; None for a visit of under a minute."""
        return number * TEN_MINUTES / self.seconds if self.seconds >= 60 else None


class Line(NamedTuple):
    """A line as it is looked at: its words, speaker and kind, and what was dismissed on it."""

    text: str
    speaker: str
    kind: str
    dismissed: tuple[str, ...] = ()


def taken(lines: Iterable[Line], seconds: float, asks: Callable[[Line], bool]) -> Taken:
    """Return the counts of one visit; `asks` says whether the check asks about a line."""
    total = without = quotes = counts = times = 0
    for line in lines:
        total += 1
        without += not asks(line)
        quotes += line.kind == "quote"
        counts += line.kind == "count" or bool(_COUNT.search(line.text))
        times += bool(_TIME.search(line.text))
    return Taken(total, without, quotes, counts, times, seconds)
