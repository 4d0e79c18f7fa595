"""The low-inference check: what one key costs, and how well it asks."""

from __future__ import annotations

import re
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coach_tui.coaching import lexicon, lexicon_tables
from coach_tui.domain.low_inference import check
from tests.domain.low_inference.measuring import in_review, measured, sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach_tui.coaching.lexicon import CheckWords
    from tests.domain.low_inference.measuring import Measured, Tally

FRAME = 1 / 60
"""A frame of a terminal that draws sixty in a second, in seconds."""

CHECKS = 20
"""Checks between two looks at the clock: one alone is too short for it."""

LINE = (
    "9:14 T moves from the back table to the board, most of the students look confused; S3 says "
    '"it doubles" and writes 24, T asks Maya Lopez the question again, waits 14 s, always the '
    "same few hands go up"
)
"""200 characters with several marks, a quotation, a count and a name."""


@dataclass(frozen=True)
class Costs:
    """Medians in seconds for the line of 200 characters: the check, and one regular expression."""

    terms: int
    phrases: int
    check: float
    alternation: float


def words() -> CheckWords:
    """Return the shipped lexicon, made ready."""
    return lexicon.build(lexicon_tables.shipped(), {})


def costs(rounds: int) -> Costs:
    """Time the check, and for comparison a search for the same phrases as one alternation."""
    ready = words()
    known = sorted(ready.lexicon.phrases, key=len, reverse=True)
    alternation = re.compile(rf"\b(?:{'|'.join(map(re.escape, known))})\b", re.IGNORECASE)
    return Costs(
        lexicon.count_of_terms(lexicon_tables.shipped()),
        len(known),
        _median(lambda: check(LINE, lexicon=ready.lexicon), rounds),
        _median(lambda: alternation.findall(LINE), rounds),
    )


def quality(half: str) -> Measured:
    """Return how well the check does on the labelled sentences `held_out` or `development`."""
    return measured(sentences(half), words())


def quality_in_review() -> Tally:
    """Return how well LI12 is given to the lines that are labelled for it."""
    return in_review(words())


def _median(act: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds + 1):
        begin = time.perf_counter()
        for _ in range(CHECKS):
            act()
        taken.append((time.perf_counter() - begin) / CHECKS)
    return statistics.median(taken[1:])
