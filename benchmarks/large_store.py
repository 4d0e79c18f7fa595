"""The store at 100, 1 000 and 50 000 observations: a save, an opening, its memory, and rulers.

The observations are of 2 kB each. A save is measured against an append of the same bytes that is
brought to the disk, and beside SQLite (write-ahead log, synchronous=FULL), in the same rounds.
"""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from benchmarks.report import Line
from coach_tui.domain.enumerations import LineKind
from coach_tui.domain.records import Coachee, NoteLine, Observation
from coach_tui.store.engine import Put
from coach_tui.store.journal_engine import JournalEngine

if TYPE_CHECKING:
    from collections.abc import Callable
    from io import FileIO
    from multiprocessing.connection import Connection

SMALL, MIDDLE, LARGE = 100, 1000, 50_000
TEXT = "who can say how you know? S3: because both sides are the same. 14/24 hands up. " * 20
MOMENT = datetime(2025, 10, 1, 12, 0, tzinfo=UTC)
AT_ONCE = 5000
COACHEES = 40

synchronise: Callable[[int], None] = getattr(os, "fdatasync", os.fsync)


@dataclass(frozen=True)
class Saves:
    """Medians in seconds of a save, of the same bytes appended, and of the same in SQLite."""

    save: float
    append: float
    sqlite: float


def document(number: int) -> dict[str, Any]:
    """Return one observation of about 2 kB."""
    return {**_OBSERVATION, "id": f"o{number:08}", "coachee": f"c{number % COACHEES:03}"}


def _coachees() -> list[Put]:
    made = [
        Coachee(id=f"c{number:03}", created_at=MOMENT, updated_at=MOMENT, name=f"Teacher {number}")
        for number in range(COACHEES)
    ]
    return [Put("coachees", one.to_document()) for one in made]


def _observation() -> dict[str, Any]:
    line = NoteLine(id="one", time=MOMENT, speaker="T", kind=LineKind.QUOTE, text=TEXT)
    return Observation(
        id="one",
        created_at=MOMENT,
        updated_at=MOMENT,
        coachee="c000",
        date=MOMENT.date(),
        start=MOMENT,
        end=MOMENT + timedelta(minutes=20),
        lines=(line,),
    ).to_document()


_OBSERVATION = _observation()


def filled(folder: Path, count: int) -> str:
    """Return the folder of a store with `count` observations, made once."""
    if not folder.exists():
        engine = _opened(str(folder), create=True)
        engine.commit(_coachees(), MOMENT)
        for first in range(0, count, AT_ONCE):
            numbers = range(first, min(first + AT_ONCE, count))
            engine.commit([Put("observations", document(number)) for number in numbers], MOMENT)
        # One that is under way already ends first: it does not know of the newest commits.
        engine.close()
        engine = _opened(str(folder))
        engine.compact()
        engine.close()
    return str(folder)


def _opened(folder: str, *, create: bool = False) -> JournalEngine:
    return JournalEngine.open(folder, create=create, session="benchmark", lock_timeout=60.0)


def saves(folders: dict[int, str], place: Path, rounds: int) -> dict[int, Saves]:
    """Measure a new observation saved into each store, appended, and put into SQLite.

    Who begins changes from round to round: the first waits for what the disk still has to do.
    """
    engines = {count: _opened(folder) for count, folder in folders.items()}
    taken: dict[int, tuple[list[float], ...]] = {count: ([], [], []) for count in engines}
    database = _sqlite(place)
    with open(place / "ruler", "ab", buffering=0) as ruler:
        for round_ in range(rounds + 3):
            for count, engine in engines.items():
                ways = _ways(engine, ruler, database, 10_000_000 + round_ * 100 + len(str(count)))
                for turn in range(3):
                    way = (round_ + turn) % 3
                    begin = time.perf_counter()
                    ways[way]()
                    if round_ >= 3:
                        taken[count][way].append(time.perf_counter() - begin)
    database.close()
    for engine in engines.values():
        engine.close()
    return {count: Saves(*map(statistics.median, three)) for count, three in taken.items()}


def _sqlite(place: Path) -> sqlite3.Connection:
    database = sqlite3.connect(place / "ruler.sqlite", isolation_level=None)
    database.execute("pragma journal_mode=wal")
    database.execute("pragma synchronous=full")
    database.execute("create table observations (id text primary key, body blob)")
    return database


def _ways(
    engine: JournalEngine, ruler: FileIO, database: sqlite3.Connection, number: int
) -> tuple[Callable[[], object], ...]:
    """Return what saves, appends and inserts one new observation."""
    new = document(number)
    body = orjson.dumps(new) + b"\n"

    def append() -> None:
        ruler.write(body)
        synchronise(ruler.fileno())

    return (
        lambda: engine.commit([Put("observations", new, 0)], MOMENT),
        append,
        lambda: database.execute("insert into observations values (?, ?)", (new["id"], body)),
    )


def opening(folder: str, rounds: int) -> float:
    """Return the median seconds until a store is open and its first row is there."""
    taken = []
    for _ in range(rounds):
        begin = time.perf_counter()
        engine = _opened(folder)
        assert engine.get("observations", document(0)["id"]) is not None
        taken.append(time.perf_counter() - begin)
        engine.close()
    return statistics.median(taken)


def memory(folder: str) -> float | None:
    """Return the memory that an open store takes, of its file's size; None without /proc."""
    context = multiprocessing.get_context("spawn")
    reading, writing = context.Pipe(duplex=False)
    process = context.Process(target=_memory_of, args=(folder, writing))
    process.start()
    writing.close()
    kilobytes: int | None = reading.recv()
    process.join()
    if kilobytes is None:
        return None
    return kilobytes * 1024 / os.path.getsize(os.path.join(folder, "coach.json"))


def _memory_of(folder: str, told: Connection) -> None:
    before = _resident()
    engine = _opened(folder)
    assert engine.get("observations", document(0)["id"]) is not None
    assert len(engine.query("observations", coachee="c001")) > 1
    after = _resident()
    told.send(None if before is None or after is None else after - before)
    engine.close()


def _resident() -> int | None:
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return None
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


def lines(place: Path, rounds: int) -> list[Line]:
    """Return the budgets of the store at size, measured."""
    folders = {count: filled(place / f"{count} observations", count) for count in (SMALL, LARGE)}
    middle = filled(place / f"{MIDDLE} observations", MIDDLE)
    measured = saves(folders, place, rounds)
    small, large = measured[SMALL], measured[LARGE]
    opened = opening(folders[LARGE], rounds) / opening(middle, rounds)
    found = [
        Line("a save at 50,000 observations", large.save / large.append, "x append", 2),
        Line("the same in SQLite, WAL, FULL", large.sqlite / large.append, "x append"),
        Line("a save at 50,000 against SQLite's", large.save / large.sqlite, "x SQLite", 1),
        Line("a save at 50,000 against one at 100", large.save / small.save, "x at 100", 1.5),
        Line("first row of 50,000 against of 1,000", opened, "x at 1,000", 3),
    ]
    share = memory(folders[LARGE])
    if share is not None:
        found.append(Line("memory at 50,000", share, "x its file", 2))
    return found
