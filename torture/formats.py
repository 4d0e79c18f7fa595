"""R14: stores as released versions wrote them, made here without the program's own writer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from torture.work import BEGIN

if TYPE_CHECKING:
    from pathlib import Path

    from torture.work import Work


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
