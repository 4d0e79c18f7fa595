"""Mode 4 over some 10 000 observations: its opening, a key meanwhile, a look through all lines."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.calendar import seconds_of_a_turn
from benchmarks.screens import ARROW_DOWN
from benchmarks.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.commands import Command

READING = "reading"
"""Stands in the title as long as not all notes are in memory."""

LIMIT = 30.0
PRESSES = 12

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
    whole = desk.notes.reading()
    notes = []
    while not whole.is_done:
        notes += whole.next_piece()
    notes.sort(reverse=True)
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
    count = sum(one.line_count for one in notes)
    return Searched(len(notes), count, seconds[slowest], slowest, reading)


@dataclass(frozen=True)
class Opened:
    """Medians in seconds, from the key on: the newest rows, an arrow meanwhile, and afterwards.

    `drawn` is what it takes an empty screen to be drawn; `whole` until all was read.
    """

    rows: float
    whole: float
    meanwhile: float
    afterwards: float
    drawn: float


def opening(app: Command, empty: Command, folder: Path, marker: str, times: int) -> Opened:
    """Open mode 4 anew `times` times, press an arrow while it reads, and again afterwards."""
    rows, whole, meanwhile, afterwards, drawn = ([0.0] * 0 for _ in range(5))
    for _ in range(times):
        with Terminal(app, folder) as terminal, Terminal(empty, folder) as ruler:
            terminal.first_seen(marker)
            terminal.settle()
            ruler.settle()
            drawn += [seconds_of_a_turn(ruler, b"n") for _ in range(3)]
            begin = time.perf_counter()
            terminal.press(b"4")
            rows.append(_until(terminal, lambda: " lines" in terminal.text) - begin)
            while READING in _title(terminal):
                meanwhile.append(_arrow(terminal))
            whole.append(time.perf_counter() - begin)
            terminal.settle()
            afterwards += [_arrow(terminal) for _ in range(PRESSES)]
    if not meanwhile:
        raise SystemExit("All notes were read before an arrow could be pressed.")
    return Opened(*map(statistics.median, (rows, whole, meanwhile, afterwards, drawn)))


def _title(terminal: Terminal) -> str:
    return terminal.text.splitlines()[0]


def _arrow(terminal: Terminal) -> float:
    """Press an arrow; return the seconds until the lines of another observation are shown."""
    before = _context(terminal)
    begin = time.perf_counter()
    terminal.press(ARROW_DOWN)
    return _until(terminal, lambda: _context(terminal) != before) - begin


def _context(terminal: Terminal) -> list[str]:
    return terminal.text.splitlines()[-5:-1]


def _until(terminal: Terminal, is_there: Callable[[], bool]) -> float:
    """Return when the piece came that put something on the screen."""
    begin = time.perf_counter()
    while time.perf_counter() - begin < LIMIT:
        for piece in terminal.written(0.002):
            terminal.draw([piece])
            if is_there():
                return piece[0]
    raise SystemExit(f"It was not on the screen after {LIMIT:g} s:\n{terminal.text}")
