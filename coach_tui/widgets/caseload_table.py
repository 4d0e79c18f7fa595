"""The caseload as a table: one row a coachee."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from coach_tui.domain.standing import Standing
from coach_tui.domain.statuses import DueState
from coach_tui.presentation.rows import HEADINGS, cells
from coach_tui.widgets.keyed_table import WIDE_FROM, Column, KeyedTable

NARROW = (18, 10, 14, 6, 6, 5, 0)
WIDE = (26, 22, 16, 11, 11, 5, 0)
_STYLES = {
    DueState.OVERDUE: "bold",
    DueState.DUE: "bold",
    DueState.PAUSED: "dim",
    DueState.CLOSED: "dim",
}


class CaseloadTable(KeyedTable):
    """Rows in the order they are given; what is due is a glyph and a word, weight is a bonus."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._standings: tuple[Standing, ...] = ()
        self._today = date.min

    def show(self, standings: Sequence[Standing], today: date) -> None:
        """Show the rows, as they stand `today`."""
        self._standings, self._today = tuple(standings), today
        self.lay_out()

    def lay_out(self) -> None:
        """Show the rows with the columns that there is room for, once there is any."""
        if not self.size.width:
            return
        wide = self.room >= WIDE_FROM
        widths = WIDE if wide else NARROW
        self.shape([Column(*pair) for pair in zip(HEADINGS, widths, strict=True)])
        self.fill([(row.facts.id, self._cells(row)) for row in self._standings])

    def _cells(self, row: Standing) -> tuple[Text, ...]:
        words = cells(row, self._today)
        style = _STYLES.get(row.due.state, "")
        return tuple(
            Text(word, style=style if column == 2 else "", no_wrap=True, end="")
            for column, word in enumerate(words)
        )
