"""One durable save and one opening of the store, as it grows."""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import orjson

from coach_tui.domain.records import Observation
from coach_tui.store.journal_engine import JournalEngine
from coach_tui.store.records import RecordStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# macOS has no fdatasync.
synchronise: Callable[[int], None] = getattr(os, "fdatasync", os.fsync)


@dataclass(frozen=True)
class Costs:
    """Medians in seconds: a save and its ruler, an opening and its ruler; and the store's size."""

    observations: int
    save: float
    append: float
    open: float
    read: float


def costs(directory: Path, rounds: int) -> Costs:
    """Measure the store in `directory`, which the saves change.

    A save stores one observation again. Its ruler appends the same bytes to a file in the same
    folder and waits until they are on the disk. The ruler of an opening reads the store's files.
    """
    openings, readings = _openings(directory, rounds)
    store = _opened(directory)
    try:
        observations = store.all(Observation)
        observation = observations[len(observations) // 2]
        content = orjson.dumps(observation.to_document()) + b"\n"
        saves, appends = [], []
        with open(directory / "ruler", "ab", buffering=0) as ruler:
            for round_ in range(rounds + 1):
                begin = time.perf_counter()
                ruler.write(content)
                synchronise(ruler.fileno())
                middle = time.perf_counter()
                saved = store.save(observation, at=datetime.now(UTC))
                end = time.perf_counter()
                observation = saved.stored(observation)
                if round_:
                    appends.append(middle - begin)
                    saves.append(end - middle)
    finally:
        store.close()
        (directory / "ruler").unlink(missing_ok=True)
    medians = (statistics.median(each) for each in (saves, appends, openings, readings))
    return Costs(len(observations), *medians)


def _openings(directory: Path, rounds: int) -> tuple[list[float], list[float]]:
    openings, readings = [], []
    for round_ in range(rounds + 1):
        begin = time.perf_counter()
        for file in directory.iterdir():
            if file.is_file():
                file.read_bytes()
        middle = time.perf_counter()
        store = _opened(directory)
        end = time.perf_counter()
        store.close()
        if round_:
            readings.append(middle - begin)
            openings.append(end - middle)
    return openings, readings


def _opened(directory: Path) -> RecordStore:
    return RecordStore(JournalEngine.open(str(directory), create=False, session="benchmark"))
