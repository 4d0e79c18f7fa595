"""The matrix of a goal's evidence: five columns for four modes (seed 004). Plain.

How many, how fresh, gathered by whom; never how good, and never summed over people (rule R1).
"""

from __future__ import annotations

from datetime import date

from coach_tui.domain.enumerations import EvidenceColumn, EvidenceMode, StudentEvidenceKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    Document = Mapping[str, Any]

COLUMNS = tuple(EvidenceColumn)

_BY_KIND = {
    StudentEvidenceKind.DISCOURSE.value: EvidenceColumn.DISCOURSE,
    StudentEvidenceKind.WORK.value: EvidenceColumn.WORK,
}
_BY_MODE = {
    EvidenceMode.OBSERVATION.value: EvidenceColumn.OBSERVATION,
    EvidenceMode.VIDEO.value: EvidenceColumn.VIDEO,
    EvidenceMode.JOURNALING.value: EvidenceColumn.JOURNALING,
}
MODES: Mapping[EvidenceColumn, tuple[EvidenceMode, StudentEvidenceKind | None]] = {
    EvidenceColumn.OBSERVATION: (EvidenceMode.OBSERVATION, None),
    EvidenceColumn.VIDEO: (EvidenceMode.VIDEO, None),
    EvidenceColumn.DISCOURSE: (EvidenceMode.STUDENT_EVIDENCE, StudentEvidenceKind.DISCOURSE),
    EvidenceColumn.WORK: (EvidenceMode.STUDENT_EVIDENCE, StudentEvidenceKind.WORK),
    EvidenceColumn.JOURNALING: (EvidenceMode.JOURNALING, None),
}
"""The mode and kind that evidence in a column has."""


def column_of(item: Document) -> EvidenceColumn:
    """Return the column of a document with a `mode` and a `kind`: evidence, or a planned mode.

    Raises `KeyError` for one that is neither.
    """
    kind = item.get("kind")
    return _BY_MODE[item["mode"]] if kind is None else _BY_KIND[kind]


class Cell:
    """The evidence of one goal in one column.

    `count` items, the `newest` of which day (None for none), and `by` whom they were gathered, in
    the words of `Party`, in their order; `planned` says whether evidence is planned here.
    """

    __slots__ = ("by", "column", "count", "newest", "planned")

    def __init__(
        self,
        column: EvidenceColumn,
        count: int = 0,
        newest: date | None = None,
        by: tuple[str, ...] = (),
        planned: bool = False,
    ) -> None:
        """Hold the values."""
        self.column, self.count, self.newest = column, count, newest
        self.by, self.planned = by, planned


def cells(goal: Document, evidence: Iterable[Document]) -> tuple[Cell, ...]:
    """Return the five cells of a goal, in the order of the columns.

    `goal` and `evidence` are stored documents; evidence of other goals is left out.
    """
    planned = {column_of(mode) for mode in goal["planned_modes"]}
    held: dict[EvidenceColumn, list[Document]] = {column: [] for column in COLUMNS}
    for item in evidence:
        if item["goal"] == goal["id"]:
            held[column_of(item)].append(item)
    return tuple(_cell(column, items, column in planned) for column, items in held.items())


def _cell(column: EvidenceColumn, items: list[Document], planned: bool) -> Cell:
    newest = max((date.fromisoformat(item["date"]) for item in items), default=None)
    gatherers = {item["gathered_by"] for item in items}
    by = tuple(party for party in ("teacher", "together", "coach") if party in gatherers)
    return Cell(column, len(items), newest, by, planned)
