"""R17: a backup, the store wiped, the backup taken back: the export is the same, byte for byte."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

from torture.command import Failed, coach
from torture.tally import Row, Tally

if TYPE_CHECKING:
    from pathlib import Path


def measure(place: Path, count: int) -> list[Row]:
    """Take `count` made-up caseloads there and back."""
    held, caught = Tally(), Tally()
    for number in range(count):
        store, file = place / f"store {number}", place / f"backup {number}"
        coach(store, "sample", "--coachees", str(2 + 5 * number), "--seed", str(number))
        coach(store, "note", _first(store), f"T line {number}, \u00d6 [/red]")
        held.count(_there_and_back(store, file, place / f"gone {number}"))
        if number == 0:
            caught.count(_damaged(store, file))
    return [
        Row(
            "R17",
            "caseloads backed up, wiped, restored: exports byte for byte",
            held,
            "one byte of the backup is another",
            caught,
        )
    ]


def _first(store: Path) -> str:
    status = json.loads(coach(store, "status", "--json"))
    return str(status["coachees"][0]["name"])


def _there_and_back(store: Path, file: Path, gone: Path) -> str:
    before = coach(store, "export", "--json")
    try:
        coach(store, "backup", str(file))
        store.rename(gone)
        coach(store, "restore", str(file), "--yes")
    except Failed as error:
        return str(error)
    after = coach(store, "export", "--json")
    return "" if after == before else f"exports differ: {len(before)} and {len(after)} bytes"


def _damaged(store: Path, file: Path) -> str:
    """Restore a backup of which one byte is another; return how that showed."""
    before = coach(store, "export", "--json")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    damaged = file.with_name("damaged")
    damaged.write_bytes(bytes(content))
    shutil.rmtree(store)
    try:
        coach(store, "restore", str(damaged), "--yes")
        after = coach(store, "export", "--json")
    except Failed:
        return "it was refused"
    return "" if after == before else "the exports differ"
