"""The page about formats says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from coach_tui.exchange.archive import FORMAT, TABLES, VERSION
from coach_tui.exchange.column_names import RosterField
from coach_tui.exchange.columns import guess_columns

MANUAL = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
    for line in MANUAL.splitlines()
    if line.startswith("| ") and not line.startswith("| field")
]


def test_every_field_is_in_the_table() -> None:
    named = [field for fields, *_ in ROWS for field in fields.split(", ")]

    assert sorted(named) == sorted(field.words for field in RosterField)


def test_every_column_name_in_the_table_is_recognised() -> None:
    for fields, columns, _ in ROWS:
        for column in columns.replace("Last, First", "Last First").split(", "):
            known = guess_columns([column]).fields[0]
            assert known is not None, column
            assert known.words in fields.split(", "), column


def test_the_shape_of_an_export_is_the_one_described() -> None:
    assert f'"format": "{FORMAT}",\n"version": {VERSION},' in MANUAL
    assert ", ".join(f"`{table}`" for table in TABLES) in " ".join(MANUAL.split())
