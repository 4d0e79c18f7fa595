"""The table of figures, and the same as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from benchmarks.report import machine

if TYPE_CHECKING:
    from pathlib import Path

    from torture.tally import Row, Tally

HEAD = ("bar", "what", "tried", "wrong", "control", "found wrong", "")


def table(rows: list[Row]) -> str:
    """Return the rows as aligned text under the machine's name, and below it what was wrong."""
    shown = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(cells[column]) for cells in shown) for column in range(len(HEAD))]
    lines = ["  ".join(map(str.ljust, cells, widths)).rstrip() for cells in shown]
    header = [f"{name}: {value}" for name, value in machine().items()]
    return "\n".join([*header, "", *lines, *_more(rows)])


def _cells(row: Row) -> tuple[str, ...]:
    if row.skipped:
        return (row.bar, row.what, "-", "-", "", "", row.verdict)
    tally, caught = row.tally, row.caught
    found = f"{caught.wrong:,} of {caught.tried:,}"
    return (
        row.bar,
        row.what,
        f"{tally.tried:,}",
        f"{tally.wrong:,}",
        row.control,
        found,
        row.verdict,
    )


def _more(rows: list[Row]) -> list[str]:
    lines = [f"{row.bar}: {row.figures}" for row in rows if row.figures]
    lines += [f"{row.bar} skipped: {row.skipped}" for row in rows if row.skipped]
    lines += [f"{row.bar} wrong: {told}" for row in rows for told in row.tally.told]
    return ["", *lines] if lines else []


def write(rows: list[Row], file: Path) -> None:
    """Write the rows as JSON to `file`."""
    results = [
        {
            "bar": row.bar,
            "what": row.what,
            "verdict": row.verdict,
            "trials": _plain(row.tally),
            "control": row.control,
            "control_trials": _plain(row.caught),
            "figures": row.figures,
            "skipped": row.skipped,
        }
        for row in rows
    ]
    content = {"format": 1, "machine": machine(), "results": results}
    file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _plain(tally: Tally) -> dict[str, object]:
    return {"tried": tally.tried, "wrong": tally.wrong, "told": tally.told}
