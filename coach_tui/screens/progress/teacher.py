"""The goals of one teacher or team: the matrix, and the way to readiness, plan and assessment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from coach_tui.coaching.monitoring import GoalRow
from coach_tui.domain.records import Coachee
from coach_tui.presentation.progress import GOAL_STATES
from coach_tui.presentation.statuses import phase_words, sign_marks
from coach_tui.screens.progress.goals import GoalsListing
from coach_tui.screens.progress.listing import CoacheeListing
from coach_tui.screens.session import Session
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.keyed_table import KeyedTable
from coach_tui.widgets.matrix_table import MatrixTable
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.presentation.progress import Row

NONE = """No growth goal is written down yet.

  a   write one down: chosen with the teacher, or a draft to bring along
  R   the gradual release: the levels of support, and what is ready
  P   the coaching plan of five parts"""


class TeacherProgressScreen(GoalsListing, CoacheeListing):
    """One coachee's goals in every state, those that are worked on first."""

    BINDINGS = bindings("growth", "teacher")
    PLACES = ("growth", "teacher", "matrix", "list", "app")

    def __init__(self, session: Session, coachee: str) -> None:
        """Show the goals of the coachee with this id."""
        super().__init__(session, coachee)
        self._coachee: Coachee | None = None
        self._rows: list[GoalRow] = []

    def list_widget(self) -> KeyedTable:
        """Return the matrix."""
        return MatrixTable(teachers=False)

    @property
    def chosen_goal(self) -> str | None:
        """The goal under the cursor, where it is worked on: evidence is added to it."""
        row = self.row
        return row.goal.id if row is not None and row.goal.state.value == "active" else None

    async def read(self) -> None:
        """Read the coachee and the goals."""
        id = self._coachee_id
        coachee = await self.perform(lambda desk: desk.coachees.get(id))
        self._coachee = coachee
        self._rows = await self.perform(lambda desk: desk.monitoring.of(coachee, desk.goals.of(id)))
        await self.session.refresh_caseload()

    def show(self) -> None:
        """Show the goals, and how things stand with the release."""
        if self._coachee is None:
            return
        table = self.query_one(MatrixTable)
        table.show(self._rows, self.session.today())
        table.display = bool(self._rows)
        self.put("empty", [] if self._rows else [NONE])
        caseload = self.session.caseload
        rows = () if caseload is None else caseload.rows
        signs = next((row.signs for row in rows if row.facts.id == self._coachee_id), ())
        said = [phase_words(self._coachee.phase.value), *([sign_marks(signs)] if signs else [])]
        self.say_title(f"Goals · {self._coachee.name}", " · ".join(said))

    def row_title(self, row: Row) -> str:
        """Return the goal's state."""
        return GOAL_STATES[row.goal.state.value]

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_add(self) -> None:
        """Write down a growth goal."""
        from coach_tui.screens.progress.goal_forms import ask_new_goal

        coachee = await self._selected()
        goal = await ask_new_goal(self, coachee)
        if goal is None:
            return
        self.tell("Growth goal saved")
        await self.read()
        self.show()
        self.query_one(MatrixTable).go_to(goal.id)

    async def action_progress(self) -> None:
        """Stay: this is the page that the key opens from elsewhere."""

    def action_readiness(self) -> None:
        """Open the ladder, readiness and its proofs."""
        from coach_tui.screens.progress.release import ReleaseScreen

        self.app.push_screen(ReleaseScreen(self.session, self._coachee_id))

    def action_plan(self) -> None:
        """Open the coaching plan."""
        from coach_tui.screens.progress.plan import PlanScreen

        self.app.push_screen(PlanScreen(self.session, self._coachee_id))

    def action_assess(self) -> None:
        """Open the self-assessments."""
        from coach_tui.screens.progress.assessment import AssessmentScreen

        self.app.push_screen(AssessmentScreen(self.session, self._coachee_id))
