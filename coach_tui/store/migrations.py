"""Steps from older formats of the snapshot to the one that is written now. Plain.

A step is a pure function from the tables of its schema to those of the next; it may change what it
is given. `STEPS[n]` leads from schema n to n + 1. Schema 1 is the first, so there is none yet.
"""

from __future__ import annotations

from coach_tui.store.errors import NeedsUpgrade

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    Tables = dict[str, dict[str, dict[str, Any]]]

SCHEMA = 1
"""The schema that this version writes."""

STEPS: Mapping[int, Callable[[Tables], Tables]] = {}


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
