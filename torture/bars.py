"""The bars by their numbers: what tries each, how often usually, and how often in a full run."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from torture.tally import Row


@dataclass(frozen=True)
class Bar:
    """A bar: the module that tries it, and the counts; what a count counts, the module says."""

    module: str
    usual: int
    full: int

    def measure(self, place: Path, count: int) -> list[Row]:
        """Try it `count` times with its stores below the folder `place`, which is empty."""
        rows: list[Row] = import_module(f"torture.{self.module}").measure(place, count)
        return rows


BARS = {
    "R1": Bar("kills", 200, 1000),
    "R2": Bar("power", 50, 300),
    "R3": Bar("interrupted", 5000, 10_000),
    "R4": Bar("cut_off", 5, 20),
    "R5": Bar("flipped", 1000, 100_000),
    "R6": Bar("failing", 9, 9),
    "R7": Bar("unsynced", 10, 40),
    "R8": Bar("sessions", 1000, 1000),
    "R9": Bar("typed", 2, 10),
    "R10": Bar("against_model", 200, 2000),
    "R11": Bar("fuzzed", 500, 5000),
    "R12": Bar("speed", 30, 100),
    "R13": Bar("secrecy", 1, 1),
    "R14": Bar("formats", 10, 40),
    "R15": Bar("forgetting", 1, 1),
    "R16": Bar("clocks", 200, 2000),
    "R17": Bar("round_trip", 2, 5),
}
