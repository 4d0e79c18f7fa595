"""R3: whatever a crash could leave of a store that is at work opens to what it must."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from torture.crashes import PLANTED, crashes
from torture.formats import write_schema_1
from torture.recording import Disk, Recorder
from torture.reopening import fault_after
from torture.subject import open_store
from torture.tally import Row, Tally
from torture.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from torture.recording import Event

SEED = 33
STATES_FOR_ONE = 3
"""States that are made for one that was not looked at before."""

PLANTED_STATES = 400
"""States of each planted mistake that are looked at, at most: one wrong one is enough."""

GOES_ON_EVERY = 7
"""Of how many states one is written to as well: that costs more than opening it."""


@dataclass
class Played:
    """A scenario as it went: the folder before, the record, and the work after each commit."""

    name: str
    before: Disk
    events: list[Event]
    works: dict[int, Work]


class Playing:
    """A scenario while it is played: commits, and what is acknowledged goes into the record."""

    def __init__(self, folder: Path, work: Work) -> None:
        self.folder, self.work = folder, work
        self.works = {work.number: work.copy()}
        self.recorder = Recorder(folder)

    def commits(self, count: int, *, compacts_after: int = 0) -> None:
        """Open the store, commit `count` times, compact in the middle if asked to, and close."""
        with open_store(self.folder, session="played") as engine:
            for number in range(1, count + 1):
                self.work.do(engine)
                self.works[self.work.number] = self.work.copy()
                self.recorder.acknowledge(self.work.number)
                if number == compacts_after:
                    engine.compact()


def _saves(play: Playing) -> None:
    play.commits(5)


def _compacts(play: Playing) -> None:
    play.commits(4, compacts_after=2)


def _rotates(play: Playing) -> None:
    for _ in range(3):
        play.commits(2, compacts_after=1)


def _reopens(play: Playing) -> None:
    for _ in range(3):
        play.commits(1)


def _nothing(folder: Path) -> Work:
    assert not folder.exists()
    return Work(SEED)


def _a_few(folder: Path) -> Work:
    work = Work(SEED)
    with open_store(folder) as engine:
        for _ in range(6):
            work.do(engine)
    return work


def _first_format(folder: Path) -> Work:
    work = Work(SEED).at(8)
    write_schema_1(folder, work)
    return work


SCENARIOS: dict[str, tuple[Callable[[Path], Work], Callable[[Playing], None]]] = {
    "a new store": (_nothing, _saves),
    "saves": (_a_few, _saves),
    "compaction": (_a_few, _compacts),
    "rotation": (_a_few, _rotates),
    "opening and closing": (_a_few, _reopens),
    "migration": (_first_format, _saves),
}
"""Each scenario: what makes the folder as it is before, and what is then played."""


def measure(place: Path, count: int) -> list[Row]:
    """Look at about `count` states in all, and at those of each planted mistake."""
    scenarios = [played(place / str(number), name) for number, name in enumerate(SCENARIOS)]
    events = sum(len(one.events) for one in scenarios)
    each = max(4, STATES_FOR_ONE * count // events)
    tally = Tally()
    for one in scenarios:
        tally.add(looked_at(one, each))
    return [
        Row(
            "R3",
            f"crash states of {len(scenarios)} scenarios: {', '.join(SCENARIOS)}",
            tally,
            f"{len(PLANTED)} mistakes planted in the record",
            found_planted(scenarios),
            least=len(PLANTED),
            figures=f"{events} recorded calls; planted: {', '.join(PLANTED)}",
        )
    ]


def played(folder: Path, name: str) -> Played:
    """Play a scenario and return its record.

    Raises AssertionError when the record does not lead to the folder as it is: then something
    changed it that the record does not see, and no state made from the record would mean anything.
    """
    make, play = SCENARIOS[name]
    playing = Playing(folder, make(folder))
    with playing.recorder.recording():
        play(playing)
    recorder = playing.recorder
    if recorder.after().files() != Disk.of(folder).files():
        raise AssertionError(
            f"the record of {name!r} does not tell all that was done to the folder"
        )
    return Played(name, recorder.before, recorder.events, playing.works)


def looked_at(
    scenario: Played,
    each: int,
    *,
    most: int | None = None,
    places: Container[int] | None = None,
) -> Tally:
    """Open the states that a crash could leave of a scenario, up to `each` at every place of it.

    With `most`, stop after as many, or at the first that is wrong. With `places`, look at
    those only.
    """
    tally, chance = Tally(), random.Random(SEED)
    with tempfile.TemporaryDirectory(dir=memory_folder()) as made:
        folder = Path(made) / "store"
        for crash in crashes(
            scenario.before, min(scenario.works), scenario.events, chance, each, places
        ):
            crash.disk.write_to(folder)
            fault = fault_after(
                folder,
                scenario.works[crash.acknowledged],
                goes_on=tally.tried % GOES_ON_EVERY == 0,
            )
            shutil.rmtree(folder)
            where = f"{scenario.name}, before call {crash.place} of {len(scenario.events)}"
            tally.count(fault and f"{where}: {fault}")
            if most is not None and (fault or tally.tried >= most):
                break
    return tally


def found_planted(scenarios: list[Played], each: int = 8) -> Tally:
    """Count the planted mistakes, those as wrong that a state of some scenario gave away."""
    tally = Tally()
    for name, plant in PLANTED.items():
        wrong = (
            looked_at(replace(one, events=plant(one.events)), each, most=PLANTED_STATES).wrong
            for one in scenarios
        )
        tally.count(f"{name}: found" if any(wrong) else None)
    return tally


def memory_folder() -> str | None:
    """Return a folder in memory where there is one, else None: the usual place."""
    # Nothing is asked of the disk here, and a disk would be asked to sync thousands of times.
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
