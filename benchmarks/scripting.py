"""A key and an Enter in the scripting line under a long script, against a bare `Input`."""

from __future__ import annotations

import re
import statistics
import time
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from benchmarks.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.commands import Command

LINES = 600
"""Lines of the script that stands there: sixty minutes of a lesson."""

LINES_TYPED = 8
"""Lines that are typed for the medians."""

WORDS = "s3 it doubles each time because three and three is six "
"""What is typed, over and over; the check reads it at every key."""

STAMP = r"\d\d:\d\d:\d\d +\d+:\d\d S3"
"""What stands before the words of a line of the script: when, how long since, who."""

QUIET = 0.08
"""Seconds without a byte after which a key has been answered."""


@dataclass(frozen=True)
class Typed:
    """What one key cost, in seconds to its last byte and in bytes; and one Enter, in seconds.

    An Enter is answered when the line stands where finished lines are shown. Both programs show it
    there only after the disk has it.
    """

    key_seconds: float
    key_bytes: float
    enter_seconds: float


def script_store(folder: Path) -> None:
    """Make a store with one teacher, whose running observation has `LINES` lines."""
    # pydantic and the store are imported only where they are needed.
    from coach_tui.coaching.clock import SystemClock
    from coach_tui.coaching.desk import open_desk
    from coach_tui.coaching.script_lines import Line
    from coach_tui.domain.enumerations import CoachRole
    from coach_tui.domain.scripting import read
    from coach_tui.domain.statuses import Rules

    clock = SystemClock()
    desk = open_desk(str(folder), clock, Rules(), "bench", create=True)
    today = clock.local(clock.now()).date()
    first, last = today - timedelta(days=60), today + timedelta(days=120)
    role = CoachRole.INSTRUCTIONAL_COACH
    desk.setting_up.begin("Dana", role, first, last, "", list[tuple[date, date, str]]())
    ana = desk.coachees.add(name="Ana Ruiz")
    seen = desk.observing.start(ana, "measured")
    begun = clock.now()
    typed = [read(f"{WORDS}{number} +praise") for number in range(LINES)]
    desk.scripts.write(seen.id, [Line(one, begun) for one in typed])
    desk.close()


def costs(command: Command, folder: Path, marker: str, opening: bytes, finished: str) -> Typed:
    """Return the medians of typing a few lines into a program that shows `marker` first.

    `opening` are the keys that lead to the line. `finished` is a pattern of what stands before the
    words of a line that was taken.
    """
    with Terminal(command, folder) as terminal:
        terminal.first_seen(marker)
        terminal.settle()
        if opening:
            terminal.press(opening)
            terminal.settle()
        keys: list[tuple[float, int]] = []
        enters: list[float] = []
        for number in range(LINES_TYPED):
            keys += [_answer(terminal, sign.encode()) for sign in WORDS]
            word = f"word{number}"
            terminal.press(word.encode())
            terminal.settle(0.3)
            enters.append(_taken(terminal, f"{finished}.*{word}"))
            terminal.settle(0.3)
    return Typed(
        statistics.median(seconds for seconds, _ in keys),
        statistics.median(size for _, size in keys),
        statistics.median(enters),
    )


def _taken(terminal: Terminal, pattern: str) -> float:
    """Return the seconds from Enter to the piece that put the finished line on the screen."""
    begin = time.perf_counter()
    terminal.press(b"\r")
    for piece in terminal.written(0.5):
        terminal.draw([piece])
        if re.search(pattern, terminal.text):
            return piece[0] - begin
    raise SystemExit(f"The line was not taken:\n{terminal.text}")


def _answer(terminal: Terminal, key: bytes) -> tuple[float, int]:
    """Return the seconds from the key to the last byte of its answer, and the answer's bytes."""
    begin = time.perf_counter()
    terminal.press(key)
    pieces = terminal.written(QUIET)
    terminal.draw(pieces)
    if not pieces:
        raise SystemExit(f"A key changed nothing on this screen:\n{terminal.text}")
    return pieces[-1][0] - begin, sum(len(piece) for _, piece in pieces)
