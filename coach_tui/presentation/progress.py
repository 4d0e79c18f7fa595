"""The matrix of goals and evidence as marks and sentences: glyph and word, never a number of merit.

Plain, but for what it is handed: rows of `coach_tui.coaching.monitoring` read by their shape.
"""

from __future__ import annotations

from coach_tui.presentation import dates
from coach_tui.presentation.text import plural, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Protocol

    from coach_tui.domain.progress.matrix import Cell
    from coach_tui.domain.records import Coachee, GrowthGoal

    class Row(Protocol):
        """A goal's row, as the verbs give it."""

        @property
        def coachee(self) -> Coachee:
            """Whose goal it is."""
            ...

        @property
        def goal(self) -> GrowthGoal:
            """The goal."""
            ...

        @property
        def cells(self) -> tuple[Cell, ...]:
            """Its five cells."""
            ...

        @property
        def gaps(self) -> tuple[str, ...]:
            """The planned columns that are empty."""
            ...

        @property
        def stale_since(self) -> date | None:
            """The day of the newest evidence, where it is stale."""
            ...

        @property
        def triangulated(self) -> bool:
            """Whether three modes or more met lately."""
            ...

        @property
        def waiting(self) -> int:
            """How many items wait for a reflection."""
            ...


HEADINGS = {
    "observation": "Obs",
    "video": "Video",
    "discourse": "Talk",
    "student work": "Work",
    "journaling": "Journal",
}
"""The columns of the matrix as a heading of seven columns holds them."""

GAP, STALE, TRIANGULATED = "✗ gap", "≈ stale", "△ triangulated"

LEGEND = "T teacher, C coach, + both"
"""Who gathered the evidence of a cell."""

CELLS = f"3 9d T: 3 items, the newest 9 days old, by {LEGEND}"
"""How a cell is read."""

"""Who gathered the evidence of a cell."""

_LONGEST_CELL = 7
_WEEKS_FROM = 14
"""Days from which an age is told in weeks."""

_BY: dict[tuple[str, ...], str] = {("teacher",): "T", ("coach",): "C"}
PARTIES = {"teacher": "the teacher", "together": "both together", "coach": "the coach"}
"""Who did, chose, gathered or named something, in words."""

GOAL_STATES = {
    "draft": "… draft",
    "agreed": "○ agreed",
    "active": "● active",
    "met": "✓ met",
    "revised": "↷ revised",
    "set_aside": "= set aside",
}
"""A goal's state as glyph and word."""


def age(day: date, today: date) -> str:
    """Return how long ago a day was: `0d` is today, `9d`, `5w`."""
    days = max((today - day).days, 0)
    return f"{days}d" if days < _WEEKS_FROM else f"{min(days // 7, 99)}w"


def cell_mark(cell: Cell, gaps: tuple[str, ...], today: date) -> str:
    """Return a cell in seven columns: `3 9d T`, `✗ gap`, `planned`, or a dash.

    T is gathered by the teacher, C by the coach, + by both or together.
    """
    if cell.newest is None:
        if cell.column.value in gaps:
            return GAP
        return "planned" if cell.planned else "–"
    count = str(cell.count) if cell.count < 100 else "99+"
    by = _BY.get(cell.by, "+")
    mark = f"{count} {age(cell.newest, today)} {by}"
    return mark if len(mark) <= _LONGEST_CELL else f"{count} {age(cell.newest, today)}{by}"


def cell_sentence(cell: Cell, gaps: tuple[str, ...], today: date) -> str:
    """Return a cell in full: how many, how fresh, by whom."""
    name = cell.column.value.capitalize()
    if cell.newest is None:
        if cell.column.value in gaps:
            return f"{name}: {GAP}: planned, and nothing was gathered yet"
        return f"{name}: planned, nothing yet" if cell.planned else f"{name}: nothing, not planned"
    by = " and ".join(PARTIES[party] for party in cell.by)
    when = dates.with_relative(cell.newest, today)
    return f"{name}: {plural(cell.count, 'item')}, the newest {when}; gathered by {by}"


def row_marks(row: Row) -> str:
    """Return what a goal's row says in fourteen columns: `✗ gap ≈ stale`, `△ triangulated`.

    What is wanting comes before what is there; `row_sentences` says both.
    """
    wanting = [GAP] if row.gaps else []
    wanting += [] if row.stale_since is None else [STALE]
    return " ".join(wanting) or (TRIANGULATED if row.triangulated else "")


def row_sentences(row: Row, today: date) -> list[str]:
    """Return what a goal's row says, in full."""
    found = []
    if row.gaps:
        found.append(f"{GAP}: {', '.join(row.gaps)}")
    if row.stale_since is not None:
        found.append(f"{STALE}: the newest is of {dates.full(row.stale_since)}")
    if row.triangulated:
        found.append(f"{TRIANGULATED}: three modes or more, student evidence among them, lately")
    if row.waiting:
        verb = "waits" if row.waiting == 1 else "wait"
        found.append(f"… {plural(row.waiting, 'item')} {verb} for a reflection")
    if row.goal.due is not None:
        found.append(f"due {dates.with_relative(row.goal.due, today)}")
    return found


def level_words(level: str, named_by: str) -> str:
    """Return a level and who named it; the coach's own is labelled as private (rule R5)."""
    if named_by == "coach":
        return f"{visible(level)} (private: put down by the coach alone)"
    return f"{visible(level)} (named by {PARTIES[named_by]})"
