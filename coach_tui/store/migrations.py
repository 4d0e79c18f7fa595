"""Steps from older formats of the snapshot to the one that is written now. Plain.

A step is a pure function from the tables of its schema to those of the next; it may change what it
is given. `STEPS[n]` leads from schema n to n + 1.

| schema | what is new |
|---|---|
| 1 | a document a line, a header |
| 2 | a seal, and a journal beside it; the documents are those of 1 |
"""

from __future__ import annotations

from coach_tui.store.errors import NeedsUpgrade

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    Tables = dict[str, dict[str, dict[str, Any]]]

SCHEMA = 2
"""The schema that this version writes."""


def _same_documents(tables: Tables) -> Tables:
    return tables


STEPS: Mapping[int, Callable[[Tables], Tables]] = {1: _same_documents}


def check_known(schema: int) -> None:
    """Raise `NeedsUpgrade` when `schema` is newer than this version knows."""
    if schema > SCHEMA:
        raise NeedsUpgrade(schema, SCHEMA)


def migrate(
    tables: Tables,
    schema: int,
    steps: Mapping[int, Callable[[Tables], Tables]] = STEPS,
    target: int = SCHEMA,
) -> Tables:
    """Return `tables`, written with `schema`, as the `target` schema has them."""
    for step in range(schema, target):
        tables = steps[step](tables)
    return tables
