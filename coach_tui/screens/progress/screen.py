"""Mode 5: the matrix of goals and evidence over the caseload, filtered to what has a gap."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual import on

from coach_tui.coaching.monitoring import GoalRow
from coach_tui.domain.progress.matrix import COLUMNS
from coach_tui.presentation.progress import LEGEND, cell_sentence, row_sentences
from coach_tui.presentation.text import plural
from coach_tui.screens.progress.listing import Listing
from coach_tui.screens.session import Session
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.keyed_table import KeyedTable
from coach_tui.widgets.matrix_table import ON_GOAL, MatrixTable

FILTERS: Mapping[str, tuple[str, Callable[[GoalRow], bool]]] = {
    "gaps": ("with a gap, or nothing new", lambda row: row.lacks_something),
    "students": ("without student evidence", lambda row: row.lacks_students),
    "reflect": ("with evidence to reflect on", lambda row: row.waiting > 0),
    "triangulated": ("triangulated", lambda row: row.triangulated),
    "all": ("all active", lambda row: True),
}
"""Which goals are shown, in the order that `f` goes through; none is about how anybody does."""

NOBODY = """No goal is active yet.

  2   the caseload; p on a teacher opens her goals, a there writes one down
  ?   all keys"""


class ProgressScreen(Listing):
    """Every active goal, by the teacher's name; never sorted by level (rule R1)."""

    BINDINGS = bindings("progress", "teacher")
    PLACES = ("progress", "teacher", "matrix", "list", "app")
    AUTO_FOCUS = "MatrixTable"
    CLOSES_WHEN_GONE = False

    def __init__(self, session: Session) -> None:
        """Begin with the goals that have a gap."""
        super().__init__(session)
        self._rows: list[GoalRow] = []
        self._filter = "gaps"

    def list_widget(self) -> KeyedTable:
        """Return the matrix."""
        return MatrixTable(teachers=True)

    @property
    def selected_id(self) -> str | None:
        """The teacher whose goal is under the cursor."""
        row = self.query_one(MatrixTable).current
        return None if row is None else row.coachee.id

    def history_of(self) -> tuple[str, str, str] | None:
        """Return the goal under the cursor, else whose page it is."""
        row = self.query_one(MatrixTable).current
        if row is None:
            return super().history_of()
        return f"goal of {row.coachee.name}", "goals", row.goal.id

    @property
    def chosen_goal(self) -> str | None:
        """The goal under the cursor: evidence is added to it."""
        row = self.query_one(MatrixTable).current
        return None if row is None else row.goal.id

    @property
    def chosen_column(self) -> str | None:
        """The marked column: evidence is added in it."""
        marked = self.query_one(MatrixTable).marked
        return None if marked == ON_GOAL else COLUMNS[marked].value

    async def read(self) -> None:
        """Read every active goal with its evidence."""
        self._rows = await self.perform(lambda desk: desk.monitoring.matrix())

    def show(self) -> None:
        """Show the goals that the filter holds."""
        words, holds = FILTERS[self._filter]
        shown = [row for row in self._rows if holds(row)]
        self.query_one(MatrixTable).show(shown, self.session.today())
        self.query_one(MatrixTable).display = bool(shown)
        empty = [] if shown else [NOBODY if not self._rows else self._none(words)]
        self.put("empty", empty)
        self.say_title(f"Progress · {plural(len(shown), 'goal')} {words}", f"by name · {LEGEND}")

    @staticmethod
    def _none(words: str) -> str:
        return f"No goal is {words}.\n\n  f   shows others: in the end, all of them"

    def row_words(self) -> list[str]:
        """Return the goal in full, the marked cell, and what the row says."""
        table = self.query_one(MatrixTable)
        return matrix_words(table, self.session)

    @on(MatrixTable.Moved)
    def _column_moved(self) -> None:
        self.say_of_row()

    def action_filter(self) -> None:
        """Show other goals."""
        names = list(FILTERS)
        self._filter = names[(names.index(self._filter) + 1) % len(names)]
        self.show()
        self.say_of_row()

    def action_open(self) -> None:
        """Open the goal, or its evidence in the marked column."""
        row = self.query_one(MatrixTable).current
        if row is not None:
            from coach_tui.screens.progress.goal import GoalScreen

            screen = GoalScreen(self.session, row.goal.id, column=self.chosen_column)
            self.app.push_screen(screen)

    def action_watch(self) -> None:
        """Open the list of those who were released."""
        from coach_tui.screens.progress.watching import WatchScreen

        self.app.push_screen(WatchScreen(self.session))

    def action_profiles(self) -> None:
        """Open the practice profiles."""
        from coach_tui.screens.progress.profiles import ProfilesScreen

        self.app.push_screen(ProfilesScreen(self.session))


def matrix_words(table: MatrixTable, session: Session) -> list[str]:
    """Return what is said of the goal under the cursor: the marked cell, else the row."""
    row = table.current
    if row is None:
        return []
    today = session.today()
    lines = [f"{row.coachee.name} · {row.goal.statement}"]
    if table.marked != ON_GOAL:
        cell = row.cells[table.marked]
        adding = "" if cell.count else " (v adds some)"
        lines.append(f"{cell_sentence(cell, row.gaps, today)}{adding}")
    lines.append(" · ".join(row_sentences(row, today)) or "nothing is wanting")
    return lines
