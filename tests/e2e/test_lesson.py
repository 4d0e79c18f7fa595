"""A lesson's script typed through a real terminal while the program is killed at random moments.

Every line that was shown with its time is there afterwards, once, in order, with that time. The
ordinary run is short; `COACH_TUI_LESSON=full` types thirty minutes at sixty words a minute (time
between keys is left out, not the keys) and kills ten times.
"""

from __future__ import annotations

import json
import os
import random
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import coach
from tests.e2e.test_terminal import Terminal

FULL = os.environ.get("COACH_TUI_LESSON") == "full"
LINES, KILLS = (225, 10) if FULL else (14, 3)
WORDS = ("notice", "because", "doubles", "three", "table", "each", "time", "writes", "asks", "six")
PREFIXES = ("t ", "s3 ", "g2 ", "a T ", "# ", "e ", "? ", "! ", "", "c ")
READY = "Enter saves"


@dataclass
class Lesson:
    """The lines to type, and the keystrokes before which the program is killed."""

    store: Path
    random: random.Random
    lines: list[str] = field(default_factory=list)
    kills: set[int] = field(default_factory=set)
    typed: int = 0
    begun: dict[str, tuple[datetime, datetime]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number in range(LINES):
            words = " ".join(self.random.choices(WORDS, k=7))
            self.lines.append(f"{self.random.choice(PREFIXES)}{number:03}x {words}")
        keys = sum(len(line) + 1 for line in self.lines)
        self.kills = set(self.random.sample(range(keys // 20, keys), KILLS))

    def mark(self, number: int) -> str:
        """What is looked for on the screen to know that a line is there."""
        return f"{number:03}x "


def stamped(terminal: Terminal, mark: str) -> bool:
    """Whether a row shows the line with the time of day before it."""
    rows = (row for row in terminal.text.split("\n") if mark in row)
    return any(row[3:4] == ":" and row[6:7] == ":" for row in rows)


def opened(lesson: Lesson) -> Terminal:
    """Start the program and be where lines are typed: in the running observation, if there is."""
    terminal = Terminal(lesson.store)
    terminal.wait_for("escape Leave" if lesson.typed else "overdue")
    if not lesson.typed:
        terminal.type("o")
        terminal.wait_for("escape Leave")
    terminal.read(0.3)
    return terminal


def type_line(lesson: Lesson, terminal: Terminal, number: int) -> Terminal:
    """Type one line until it is acknowledged, through every kill that falls into it."""
    first = datetime.now().astimezone()
    for key in f"{lesson.lines[number]}\r":
        lesson.typed += 1
        if lesson.typed in lesson.kills:
            terminal.read(lesson.random.choice((0.0, 0.02, 0.2)))
            terminal.kill()
            terminal = opened(lesson)
            if not stamped(terminal, lesson.mark(number)):
                # What came back of the half-typed line is wiped, and the line typed again.
                terminal.type("\x05\x15")
                return type_line(lesson, terminal, number)
            break
        terminal.type(key)
    until = time.monotonic() + 20
    while not stamped(terminal, lesson.mark(number)):
        assert time.monotonic() < until, f"line {number} is not acknowledged:\n{terminal.text}"
        terminal.read(0.05)
    lesson.begun[lesson.mark(number)] = (first, datetime.now().astimezone())
    return terminal


@pytest.mark.parametrize("seed", range(1))
def test_a_lesson_survives_being_killed_at_any_moment(tmp_path: Path, seed: int) -> None:
    lesson = Lesson(tmp_path / "store", random.Random(seed))
    assert coach(lesson.store, "sample", "--coachees", "4").returncode == 0
    terminal = opened(lesson)
    for number in range(LINES):
        terminal = type_line(lesson, terminal, number)
    terminal.type("\x11")
    assert terminal.ended() == 0
    out = tmp_path / "export.json"
    assert coach(lesson.store, "export", "--json", str(out)).returncode == 0
    exported = json.loads(out.read_text(encoding="utf-8"))
    running = [one for one in observations_in(exported) if one["end"] is None]
    assert len(running) == 1
    lines = running[0]["lines"]
    marks = [line["text"][:5] for line in lines]
    assert marks == [lesson.mark(number) for number in range(LINES)], "each once, in order"
    for line in lines:
        first, last = lesson.begun[line["text"][:5]]
        at = datetime.fromisoformat(line["time"])
        assert first - timedelta(seconds=2) <= at <= last + timedelta(seconds=1)


def observations_in(exported: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the observations of an export, wherever it keeps its tables."""
    tables = exported.get("tables", exported)
    assert isinstance(tables, dict)
    found = tables["observations"]
    return list(found.values()) if isinstance(found, dict) else list(found)
