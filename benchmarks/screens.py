"""The app in a terminal: its first useful screen, its memory then, its keys, and its silence."""

from __future__ import annotations

import json
import statistics
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.commands import Command

ARROW_DOWN = b"\x1b[B"
IDLE_SECONDS = 5.0
SHORT = 20


@dataclass(frozen=True)
class Opened:
    """What opening showed: seconds to the first useful screen, peak memory there in kB."""

    seconds: float
    memory: float | None


@dataclass(frozen=True)
class Idle:
    """What a program does while nobody does anything: bytes written, share of one core."""

    written: int
    share: float | None


@dataclass(frozen=True)
class Program:
    """A program with a screen, and the words that say that its first useful screen is there."""

    command: Command
    marker: str


def most_urgent(command: Command) -> str:
    """Return the first name of the caseload, by urgency, that is short enough to be shown whole."""
    done = subprocess.run(
        [*command.arguments, "status", "--json"],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env=command.environment,
        stdin=subprocess.DEVNULL,
    )
    names = [str(coachee["name"]) for coachee in json.loads(done.stdout)["coachees"]]
    return next(name for name in names if len(name) <= SHORT)


def open_in_turn(
    ruler: Program, program: Program, folder: Path, rounds: int
) -> list[tuple[Opened, Opened]]:
    """Return what opening the two showed, pair by pair; the first pair does not count."""
    pairs = [(_opened(ruler, folder), _opened(program, folder)) for _ in range(rounds + 1)]
    return pairs[1:]


def _opened(program: Program, folder: Path) -> Opened:
    with Terminal(program.command, folder) as terminal:
        seconds = terminal.first_seen(program.marker)
        memory = terminal.memory()
        terminal.settle()
    return Opened(seconds, memory)


def bytes_for_an_arrow(program: Program, folder: Path, presses: int = 15) -> float:
    """Return the median bytes written for one press of the down arrow in the first list shown.

    Raises SystemExit when the arrow moves nothing: no bytes would pass for few.
    """
    with Terminal(program.command, folder) as terminal:
        terminal.first_seen(program.marker)
        terminal.settle()
        sizes = []
        for _ in range(presses):
            terminal.press(ARROW_DOWN)
            pieces = terminal.written(0.5)
            terminal.draw(pieces)
            sizes.append(sum(len(piece) for _, piece in pieces))
    if not statistics.median(sizes):
        raise SystemExit(f"The down arrow moved nothing on this screen:\n{terminal.text}")
    return statistics.median(sizes)


def idle(program: Program, folder: Path) -> Idle:
    """Return what the program does in five seconds without a key, once its screen has settled."""
    with Terminal(program.command, folder) as terminal:
        terminal.first_seen(program.marker)
        terminal.settle(2.0)
        before, begin = terminal.processor_seconds(), time.perf_counter()
        pieces = terminal.written(IDLE_SECONDS)
        after, seconds = terminal.processor_seconds(), time.perf_counter() - begin
    return Idle(
        written=sum(len(piece) for _, piece in pieces),
        share=None if before is None or after is None else (after - before) / seconds,
    )
