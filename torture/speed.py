"""R12: a save costs what the disk costs, however large the store; opening hardly grows."""

from __future__ import annotations

import json
import statistics
import time
from typing import TYPE_CHECKING

from tinydb import TinyDB

from benchmarks import large_store
from torture.tally import Row, Tally

if TYPE_CHECKING:
    from pathlib import Path

STOCK_SMALL, STOCK_LARGE = 100, 5000


def measure(place: Path, count: int) -> list[Row]:
    """Measure with `count` rounds; each budget is a trial."""
    lines = large_store.lines(place, count)
    tally = Tally()
    for line in lines:
        if line.budget is not None:
            over = line.verdict != "within"
            tally.count(f"{line.what}: {line.figure:.2f} {line.unit}" if over else "")
    return [
        Row(
            "R12",
            "budgets of a store of 50,000 observations of 2 kB",
            tally,
            "TinyDB's own storage, 5,000 against 100",
            _stock(place),
            least=2,
            figures="; ".join(f"{line.what} {line.figure:.2f} {line.unit}" for line in lines),
        )
    ]


def _stock(place: Path) -> Tally:
    """Measure TinyDB's own storage by the budgets for growth: it must be over both."""
    saves, openings = [], []
    for count in (STOCK_SMALL, STOCK_LARGE):
        path = place / f"stock {count}.json"
        database = TinyDB(path)
        table = database.table("observations")
        table.insert_multiple(large_store.document(number) for number in range(count))
        taken = []
        for number in range(3):
            begin = time.perf_counter()
            table.insert(large_store.document(count + number))
            taken.append(time.perf_counter() - begin)
        database.close()
        saves.append(statistics.median(taken))
        begin = time.perf_counter()
        json.loads(path.read_bytes())
        openings.append(time.perf_counter() - begin)
    tally = Tally()
    tally.count("a save grows" if saves[1] / saves[0] > 1.5 else "")
    tally.count("an opening grows" if openings[1] / openings[0] > 3 else "")
    return tally
