"""R1: a process that is killed at any moment has lost nothing that it had acknowledged."""

from __future__ import annotations

import random
import shutil
import time
from typing import TYPE_CHECKING

from torture.formats import write_schema_1
from torture.reopening import fault_after, number_in
from torture.tally import Row, Tally
from torture.work import Work
from torture.worker import Orders, working

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_SECONDS = 0.04
"""The most that a worker gets between one thing that it says and its death."""

CONTROLS = 10
SEED = 11


def measure(place: Path, count: int) -> list[Row]:
    """Kill `count` times at work, and a tenth of that while a store is made or migrated."""
    compaction = Row(
        "R1",
        "kill -9 while saving, compacting, opening",
        killed_at_work(place / "kills", count),
        "says saved a few commits too early",
        killed_at_work(place / "early", CONTROLS, early=True),
    )
    migration = Row(
        "R1",
        "kill -9 while a store of an older format is opened",
        killed_migrating(place / "migrating", max(count // 5, 10)),
        "says saved a few commits too early",
        killed_migrating(place / "migrating early", CONTROLS, early=True),
    )
    return [compaction, migration]


def killed_at_work(folder: Path, count: int, *, early: bool = False) -> Tally:
    """Kill a worker `count` times on one store, and look at the store after each."""
    tally, chance = Tally(), random.Random(SEED)
    work = Work(SEED)
    for _ in range(count):
        work, fault = _killed(folder, work, chance, early=early)
        tally.count(fault)
        if fault:
            shutil.rmtree(folder, ignore_errors=True)
            work = Work(SEED)
    return tally


def _killed(folder: Path, work: Work, chance: random.Random, *, early: bool) -> tuple[Work, str]:
    """Return how far the store has come after one kill, and what is wrong with it."""
    orders = Orders(str(folder), work.copy(), chance.randrange(1 << 30), early)
    with working(orders) as worker:
        said = [worker.said()]
        if early or chance.random() < 0.7:
            # Past the opening: most of the time it is in the middle of a commit.
            said.append(worker.said())
        time.sleep(0 if early else chance.uniform(0, LONGEST_SECONDS))
        said += worker.stop()
    acknowledged = work.copy().at(said[-1])
    fault = fault_after(folder, acknowledged)
    return (acknowledged if fault else acknowledged.at(number_in(folder))), fault


def killed_migrating(folder: Path, count: int, *, early: bool = False) -> Tally:
    """Kill a worker `count` times while it opens a store of the first format."""
    tally, chance = Tally(), random.Random(SEED)
    work = Work(SEED).at(12)
    for _ in range(count):
        write_schema_1(folder, work)
        orders = Orders(str(folder), work.copy(), chance.randrange(1 << 30), early)
        with working(orders) as worker:
            said = [worker.said()]
            if early:
                said.append(worker.said())
            time.sleep(0 if early else chance.uniform(0, LONGEST_SECONDS / 4))
            said += worker.stop()
        acknowledged = work.copy().at(said[-1])
        tally.count(fault_after(folder, acknowledged))
        shutil.rmtree(folder)
    return tally
