"""A list of goals as a matrix: the cursor on a goal, the mark on one of its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from coach_tui.domain.progress.matrix import COLUMNS
from coach_tui.presentation.progress import CELLS, cell_sentence, row_sentences
from coach_tui.screens.progress.listing import Listing
from coach_tui.widgets.matrix_table import ON_GOAL, MatrixTable

if TYPE_CHECKING:
    from coach_tui.presentation.progress import Row


class GoalsListing(Listing):
    """A screen whose list is a `MatrixTable`; evidence goes to its goal, in its column."""

    AUTO_FOCUS = "MatrixTable"

    @property
    def row(self) -> Row | None:
        """The goal under the cursor, with its evidence."""
        return self.query_one(MatrixTable).current

    def history_of(self) -> tuple[str, str, str] | None:
        """Return the goal under the cursor, else whose page it is."""
        row = self.row
        if row is None:
            return super().history_of()
        return f"goal of {row.coachee.name}", "goals", row.goal.id

    @property
    def chosen_column(self) -> str | None:
        """The marked column: evidence is added in it."""
        marked = self.query_one(MatrixTable).marked
        return None if marked == ON_GOAL else COLUMNS[marked].value

    def row_words(self) -> list[str]:
        """Return the goal in full, the marked cell or how one is read, and what the row says."""
        row = self.row
        if row is None:
            return []
        today, marked = self.session.today(), self.query_one(MatrixTable).marked
        lines = [f"{self.row_title(row)} · {row.goal.statement}"]
        if marked != ON_GOAL:
            cell = row.cells[marked]
            adding = "" if cell.count else " (v adds some)"
            lines.append(f"{cell_sentence(cell, row.gaps, today)}{adding}")
        lines.append(" · ".join(row_sentences(row, today)) or "nothing is missing")
        if marked == ON_GOAL:
            lines.append(CELLS)
        return lines

    def row_title(self, row: Row) -> str:
        """Return what is said before the goal's statement."""
        raise NotImplementedError

    @on(MatrixTable.Moved)
    def _column_moved(self) -> None:
        self.say_of_row()

    def action_open(self) -> None:
        """Open the goal, or its evidence in the marked column."""
        row = self.row
        if row is not None:
            from coach_tui.screens.progress.goal import GoalScreen

            screen = GoalScreen(self.session, row.goal.id, column=self.chosen_column)
            self.app.push_screen(screen)
