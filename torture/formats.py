"""R14: stores as released versions wrote them, made here without the program's own writer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from coach_tui.store.errors import NeedsUpgrade
from coach_tui.store.migrations import SCHEMA
from torture.reopening import fault_after
from torture.subject import open_store
from torture.tally import Row, Tally
from torture.work import BEGIN, Work

if TYPE_CHECKING:
    from pathlib import Path

SEED = 144


def measure(place: Path, count: int) -> list[Row]:
    """Open `count` stores of the first format, and as many of one that is newer than this."""
    older, changed, newer = Tally(), Tally(), Tally()
    for number in range(count):
        work = Work(SEED + number).at(number)
        folder = place / f"older {number}"
        write_schema_1(folder, work)
        older.count(fault_after(folder, work))
        changed.count(fault_after(folder, Work(SEED + number).at(number + 3)))
        newer.count(_newer_refused(place / f"newer {number}", work))
    name = "stores of the first format, opened and gone on with"
    refused = "stores of a newer format, refused and left as they were"
    return [
        Row("R14", name, older, "compared with three commits later", changed),
        Row("R14", refused, newer, "the first format, which is not", _first_refused(place)),
    ]


def _newer_refused(folder: Path, work: Work, schema: int = SCHEMA + 1) -> str:
    write_schema_1(folder, work)
    file = folder / "coach.json"
    content = file.read_bytes().replace(b'"schema":1', b'"schema":%d' % schema)
    file.write_bytes(content)
    try:
        with open_store(folder):
            return "it was opened"
    except NeedsUpgrade:
        return "" if file.read_bytes() == content else "it was changed"


def _first_refused(place: Path) -> Tally:
    tally = Tally()
    tally.count(_newer_refused(place / "not newer", Work(SEED).at(3), schema=1))
    return tally


def write_schema_1(folder: Path, work: Work) -> None:
    """Make `folder` a store of the first format that holds what `work` has come to."""
    folder.mkdir(mode=0o700)
    header = {
        "format": "coach-tui",
        "schema": 1,
        "id": "0" * 32,
        "sequence": work.number,
        "written_at": BEGIN.isoformat(),
    }
    tables: dict[str, list[str]] = {}
    for (table, id), document in sorted(work.state.items()):
        stored = json.dumps({**document, "revision": work.number}, separators=(",", ":"))
        tables.setdefault(table, []).append(f'"{id}":{stored}')
    parts = [f'{{"store":{{"header":{json.dumps(header, separators=(",", ":"))}}}']
    for table, lines in tables.items():
        parts.append(f'"{table}":{{\n' + ",\n".join(lines) + "\n}")
    (folder / "coach.json").write_text(",\n".join(parts) + "}\n", encoding="utf-8")
    (folder / "coach.json").chmod(0o600)
