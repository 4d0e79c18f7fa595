"""The calendar: turning its month against drawing an empty screen anew; the week it proposes."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from benchmarks import empty_screen
from benchmarks.commands import Command
from benchmarks.terminal import Terminal
from coach_tui.coaching.clock import SystemClock
from coach_tui.coaching.desk import open_desk
from coach_tui.coaching.planning.suggesting import proposed_week
from coach_tui.domain.statuses import Rules

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.workplace import Workplace

COACHEES, YEARS = 60, 3
TURNS = 24
WAIT = 0.6
"""Seconds within which a page has been drawn."""


def seconds_of_a_turn(terminal: Terminal, key: bytes) -> float:
    """Return the seconds from a key to the last byte that it made the program write.

    Raises SystemExit when the key drew nothing: no time would pass for little.
    """
    begin = time.perf_counter()
    terminal.press(key)
    pieces = terminal.written(WAIT)
    terminal.draw(pieces)
    if not pieces:
        raise SystemExit(f"{key!r} drew nothing on this screen:\n{terminal.text}")
    return pieces[-1][0] - begin


def turning(workplace: Workplace) -> float:
    """Return how many times as long as drawing an empty screen anew turning a month takes.

    It is the median of pairs: each turn beside a drawing right after it.
    """
    environment = workplace.environment(workplace.sample(COACHEES, YEARS))
    empty = Command((workplace.python, empty_screen.__file__), environment)
    whole = Command((workplace.program,), environment)
    ratios: list[float] = []
    with Terminal(whole, workplace.folder) as app, Terminal(empty, workplace.folder) as ruler:
        app.first_seen("Caseload")
        app.settle()
        ruler.settle()
        app.press(b"3")
        app.settle(2.0)
        if "Monday" not in app.text:
            raise SystemExit(f"The calendar did not open:\n{app.text}")
        for number in range(TURNS + 1):
            # Onward into months never shown, then back through those that were.
            taken = seconds_of_a_turn(app, b"n" if number <= TURNS // 2 else b"p")
            drawn = seconds_of_a_turn(ruler, b"n")
            if number:
                ratios.append(taken / drawn)
    return statistics.median(ratios)


def planning(folder: Path, rounds: int) -> tuple[int, float]:
    """Return how many visits the week proposes and the median seconds that it takes."""
    desk = open_desk(str(folder), SystemClock(), Rules(), "bench", create=False)
    try:
        # Without a limit of hours, so that everyone who is due is looked at.
        days = replace(desk.days(), hours=None)
    finally:
        desk.close()
    monday = days.today + timedelta(days=7 - days.today.weekday())
    week: list[date] = [monday + timedelta(days=n) for n in range(7)]
    taken = []
    found = 0
    for _ in range(rounds):
        begin = time.perf_counter()
        found = len(proposed_week(days, week).visits)
        taken.append(time.perf_counter() - begin)
    return found, statistics.median(taken)
