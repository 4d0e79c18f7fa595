"""The matrix of goals and evidence: a row a goal, five columns, one of which is marked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text
from textual.message import Message
from textual.reactive import reactive

from coach_tui.domain.progress.matrix import COLUMNS
from coach_tui.presentation.progress import HEADINGS, cell_mark, row_marks
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.keyed_table import WIDE_FROM, Column, KeyedTable
from coach_tui.widgets.literal import literal

if TYPE_CHECKING:
    from coach_tui.presentation.progress import Row

CELL, WIDE_CELL, MARKS = 7, 8, 14
ON_GOAL = -1
"""The marked column when it is the goal itself."""


class MatrixTable(KeyedTable):
    """Rows in the order they are given. The goal's words are cut before any mark is.

    With `teachers` each row begins with whose goal it is.
    """

    BINDINGS = bindings("matrix")

    marked: reactive[int] = reactive(ON_GOAL, init=False)
    """The column of evidence that is marked: its index, or `ON_GOAL`."""

    class Moved(Message):
        """Another column is marked."""

    def __init__(self, *, teachers: bool, id: str | None = None) -> None:
        """Begin empty."""
        super().__init__(id=id)
        self._teachers = teachers
        self._goals: tuple[Row, ...] = ()
        self._today = date.min

    def show(self, rows: Sequence[Row], today: date) -> None:
        """Show the rows, as they stand `today`."""
        self._goals, self._today = tuple(rows), today
        self.lay_out()

    def lay_out(self) -> None:
        """Show the rows with the columns that there is room for, once there is any."""
        if not self.size.width:
            return
        wide = self.room >= WIDE_FROM
        cell = WIDE_CELL if wide else CELL
        headings = [
            self._heading(index, HEADINGS[name.value]) for index, name in enumerate(COLUMNS)
        ]
        goal = Column(self._heading(ON_GOAL, "Goal"), 0)
        teacher = [Column("Teacher", 20 if wide else 10)] if self._teachers else []
        self.shape([*teacher, goal, *(Column(one, cell) for one in headings), Column("", MARKS)])
        self.fill([(row.goal.id, self._cells(row)) for row in self._goals])

    def _heading(self, index: int, words: str) -> str:
        return f"▾{words}"[:CELL] if index == self.marked else words

    def _cells(self, row: Row) -> tuple[Text, ...]:
        teacher = (literal(row.coachee.name),) if self._teachers else ()
        marks = tuple(
            literal(cell_mark(cell, row.gaps, self._today), "bold" if index == self.marked else "")
            for index, cell in enumerate(row.cells)
        )
        return (*teacher, literal(row.goal.statement), *marks, literal(row_marks(row)))

    def watch_marked(self) -> None:
        """Mark the other column."""
        self.lay_out()
        self.post_message(self.Moved())

    def action_left(self) -> None:
        """Mark the column to the left; the goal itself is the leftmost."""
        self.marked = max(self.marked - 1, ON_GOAL)

    def action_right(self) -> None:
        """Mark the column to the right."""
        self.marked = min(self.marked + 1, len(COLUMNS) - 1)

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        key = self.current_key
        return next((row for row in self._goals if row.goal.id == key), None)
