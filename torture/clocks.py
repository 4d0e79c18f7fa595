"""R16: a clock that jumps by years, back and forward, changes no order and loses nothing."""

from __future__ import annotations

import random
import tempfile
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from coach_tui.coaching.clock import SettableClock
from coach_tui.coaching.desk import Desk
from coach_tui.domain.records import Observation
from coach_tui.domain.statuses import Rules
from coach_tui.store import paths
from coach_tui.store.errors import StoreError
from coach_tui.store.records import RecordStore
from torture.interrupted import memory_folder
from torture.subject import open_store
from torture.tally import Row, Tally
from torture.work import BEGIN, Work, difference, state_of

if TYPE_CHECKING:
    from datetime import datetime

    from coach_tui.store.engine import Engine

SEED = 166
NOTES = 200
"""Notes that are taken, at most: each looks through all observations of the teacher."""

DAYS = 12 * 366
"""How far the clock jumps, at most."""

Order = list[tuple[int, str, str]]


def measure(place: Path, count: int) -> list[Row]:
    """Jump `count` times at work on documents, and at taking notes."""
    del place
    documents, by_time = Tally(), Tally()
    jumped(count, documents, by_time)
    return [
        Row(
            "R16",
            "commits, the clock jumping by years before each",
            documents,
            "puts changes in the order of their time",
            by_time,
        ),
        Row(
            "R16",
            "notes taken, the clock jumping by years before each",
            notes_taken(min(count, NOTES)),
            "a line is taken twice",
            notes_taken(10, twice=True),
        ),
    ]


def jumped(count: int, tally: Tally, by_time: Tally) -> None:
    """Commit under a clock that jumps, compacting and opening again; compare state and order."""
    work, chance = Work(SEED), random.Random(SEED)
    done: Order = []
    with tempfile.TemporaryDirectory(dir=memory_folder()) as made:
        folder = Path(made) / "store"
        for begin in range(0, count, 10):
            with open_store(folder) as engine:
                for _ in range(begin, min(begin + 10, count)):
                    operations = work.following()
                    commit = engine.commit(operations, _moment(chance))
                    work.go_on()
                    done += [(work.number, one.table, one.id) for one in operations]
                    right = commit.sequence == work.number
                    tally.count("" if right else "the sequence is not that of the commits")
                if chance.random() < 0.3:
                    engine.compact()
            with open_store(folder) as engine:
                tally.count(difference(state_of(engine), work.state))
        with open_store(folder) as engine:
            tally.count("" if _told(engine) == done else "changes are in another order")
            told = sorted(engine.changes(0), key=lambda change: str(change.at))
            ordered = [(one.sequence, one.table, one.id) for one in told]
            by_time.count("" if ordered == done else "in the order of time they are another")
        tally.count(_rebuilt(folder, work))


def _moment(chance: random.Random) -> datetime:
    return BEGIN + timedelta(days=chance.randrange(-DAYS, DAYS))


def _told(engine: Engine) -> Order:
    return [(one.sequence, one.table, one.id) for one in engine.changes(0)]


def _rebuilt(folder: Path, work: Work) -> str:
    """Take the snapshot away: what is rebuilt from backups is the newest by number, not by time."""
    (folder / paths.SNAPSHOT).write_bytes(b"{")
    try:
        with open_store(folder) as engine:
            return difference(state_of(engine), work.state)
    except StoreError as error:
        return f"not rebuilt: {error}"


def notes_taken(count: int, *, twice: bool = False) -> Tally:
    """Take notes under a clock that jumps: each line is there once, whatever day it says."""
    tally, chance = Tally(), random.Random(SEED)
    clock = SettableClock(BEGIN, UTC)
    with tempfile.TemporaryDirectory(dir=memory_folder()) as made:
        folder = Path(made) / "store"
        with open_store(folder) as engine:
            store = RecordStore(engine)
            desk = Desk(store, clock, Rules())
            someone = desk.coachees.add(name="Ana Ruiz")
            for number in range(count):
                clock.moment = _moment(chance)
                for _ in range(2 if twice else 1):
                    desk.observing.note(someone, [f"T line {number}"])
                desk.caseload()
        with open_store(folder) as engine:
            desk = Desk(RecordStore(engine), clock, Rules())
            desk.timeline(someone)
            lines = [
                line.text for one in RecordStore(engine).all(Observation) for line in one.lines
            ]
    for number in range(count):
        often = lines.count(f"line {number}") + lines.count(f"T line {number}")
        tally.count("" if often == 1 else f"line {number} is there {often} times")
    return tally
