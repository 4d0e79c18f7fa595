"""Searching all notes: processor time for a look through some 10 000 observations."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

QUERIES = (
    "",
    "the",
    "doubles because",
    "zymurgy",
    "kind:question",
    "speaker:s3 kind:quote",
    "tag:probe teacher:a date:2026-1",
    "tag:praise speaker:g9 zymurgy",
)
"""Common words, rare ones, none at all, and filters that hold everywhere or nowhere."""


@dataclass(frozen=True)
class Searched:
    """How much there is, seconds of one look for the slowest query, and of reading everything."""

    observations: int
    lines: int
    slowest: float
    query: str
    reading: float


def search(folder: Path, rounds: int) -> Searched:
    """Read the notes of the store in `folder` and look for each query."""
    # The store is imported only where it is measured.
    from coach_tui.coaching.clock import SystemClock
    from coach_tui.coaching.desk import open_desk
    from coach_tui.domain.note_search import asked, find
    from coach_tui.domain.statuses import Rules
    from coach_tui.screens.notes.index import MOST

    desk = open_desk(str(folder), SystemClock(), Rules(), "bench", create=False)
    begin = time.process_time()
    names = desk.notes.names()
    notes = [one for id in names for one in desk.notes.of(id)]
    notes.sort(key=lambda one: one.order, reverse=True)
    reading = time.process_time() - begin
    desk.close()
    folded = {id: name.casefold() for id, name in names.items()}
    seconds: dict[str, float] = {}
    for query in QUERIES:
        taken = []
        for _ in range(max(rounds // 3, 3)):
            begin = time.process_time()
            list(find(notes, asked(query), folded, MOST))
            taken.append(time.process_time() - begin)
        seconds[query] = statistics.median(taken)
    slowest = max(seconds, key=lambda query: seconds[query])
    count = sum(len(one.shown) for one in notes)
    return Searched(len(notes), count, seconds[slowest], slowest, reading)
