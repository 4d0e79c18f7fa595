"""Mode 5: the matrix of goals and evidence over the caseload, filtered to what has a gap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from coach_tui.coaching.monitoring import GoalRow
from coach_tui.presentation.progress import LEGEND
from coach_tui.presentation.text import plural
from coach_tui.screens.progress.goals import GoalsListing
from coach_tui.screens.session import Session
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.keyed_table import KeyedTable
from coach_tui.widgets.matrix_table import MatrixTable

if TYPE_CHECKING:
    from coach_tui.presentation.progress import Row

FILTERS: Mapping[str, tuple[str, Callable[[GoalRow], bool]]] = {
    "gaps": ("with a gap, or nothing new", lambda row: row.lacks_something),
    "students": ("without student evidence", lambda row: row.lacks_students),
    "reflect": ("with evidence to reflect on", lambda row: row.waiting > 0),
    "triangulated": ("triangulated", lambda row: row.triangulated),
    "all": ("active", lambda row: True),
}
"""Which goals are shown, in the order that `f` goes through; none is about how anybody does."""

NOBODY = """No goal is active yet.

  2   the caseload; p on a teacher opens her goals, a there writes one down
  ?   all keys"""


class ProgressScreen(GoalsListing):
    """Every active goal, by the teacher's name; never sorted by level (rule R1)."""

    BINDINGS = bindings("progress", "teacher")
    PLACES = ("progress", "teacher", "matrix", "list", "app")
    CLOSES_WHEN_GONE = False

    def __init__(self, session: Session) -> None:
        """Begin with the goals that have a gap; with all where none has."""
        super().__init__(session)
        self._rows: list[GoalRow] = []
        self._filter, self._is_chosen = "gaps", False

    def list_widget(self) -> KeyedTable:
        """Return the matrix."""
        return MatrixTable(teachers=True)

    @property
    def selected_id(self) -> str | None:
        """The teacher whose goal is under the cursor."""
        return None if self.row is None else self.row.coachee.id

    @property
    def chosen_goal(self) -> str | None:
        """The goal under the cursor: evidence is added to it."""
        return None if self.row is None else self.row.goal.id

    async def read(self) -> None:
        """Read every active goal with its evidence."""
        self._rows = await self.perform(lambda desk: desk.monitoring.matrix())

    def show(self) -> None:
        """Show the goals that the filter holds."""
        shown, (words, _) = self._held(self._filter), FILTERS[self._filter]
        if self._rows and not shown and not self._is_chosen:
            shown, words = self._rows, "active, none with a gap"
        self.query_one(MatrixTable).show(shown, self.session.today())
        self.query_one(MatrixTable).display = bool(shown)
        empty = [] if shown else [self._none(words) if self._rows else NOBODY]
        self.put("empty", empty)
        self.say_title(f"Progress · {plural(len(shown), 'goal')} {words}", f"by name · {LEGEND}")

    def _held(self, name: str) -> list[GoalRow]:
        """Return the goals that a filter holds."""
        holds = FILTERS[name][1]
        return [row for row in self._rows if holds(row)]

    def _none(self, words: str) -> str:
        goals = plural(len(self._rows), "active goal")
        return (
            f"No goal is {words}; you have {goals}.\n\n  f   shows others: in the end, all of them"
        )

    def row_title(self, row: Row) -> str:
        """Return whose goal it is."""
        return row.coachee.name

    def action_filter(self) -> None:
        """Show other goals."""
        self._is_chosen = True
        names = list(FILTERS)
        self._filter = names[(names.index(self._filter) + 1) % len(names)]
        self.show()
        self.say_of_row()

    def action_watch(self) -> None:
        """Open the list of those who were released."""
        from coach_tui.screens.progress.watching import WatchScreen

        self.app.push_screen(WatchScreen(self.session))

    def action_profiles(self) -> None:
        """Open the practice profiles."""
        from coach_tui.screens.progress.profiles import ProfilesScreen

        self.app.push_screen(ProfilesScreen(self.session))
