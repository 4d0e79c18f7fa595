"""Adding evidence toward a teacher's goal, and her goals, from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from coach_tui.screens.base import NotDone
from coach_tui.screens.teacher.selected import SelectedCoachee
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.domain.records import Coachee, GrowthGoal


class EvidenceOfCoachee(SelectedCoachee):
    """Where evidence of the selected coachee can be added."""

    @property
    def chosen_goal(self) -> str | None:
        """The id of the goal that is in view; None lets the coach pick one."""
        return None

    @property
    def chosen_column(self) -> str | None:
        """The column of the matrix that is in view; None lets the coach pick one."""
        return None

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_evidence(self) -> None:
        """Add evidence: in which column, then lines of a script, or words."""
        from coach_tui.domain.enumerations import EvidenceColumn
        from coach_tui.screens.progress.gathering import gather, pick_column

        coachee = await self._selected()
        goal = await self._goal_for_evidence(coachee)
        chosen = self.chosen_column
        column = EvidenceColumn(chosen) if chosen else await pick_column(self, coachee, goal)
        added = await gather(self, coachee, goal, column)
        if added:
            self.tell(f"{added} (u undoes it)")
        await self.on_desk_changed()

    async def _goal_for_evidence(self, coachee: Coachee) -> GrowthGoal:
        chosen = self.chosen_goal
        if chosen is not None:
            return await self.perform(lambda desk: desk.goals.get(chosen))
        goals = await self.perform(lambda desk: desk.goals.active(coachee.id))
        if not goals:
            self.tell(f"{coachee.name} works on no growth goal yet: p opens them, a writes one")
            raise NotDone
        if len(goals) == 1:
            return goals[0]
        options = [(goal.id, goal.statement) for goal in goals]
        picked = await self._pick("Toward which goal?", options)
        return next(goal for goal in goals if goal.id == picked)

    async def action_progress(self) -> None:
        """Open the goals of the selected coachee."""
        from coach_tui.screens.progress.teacher import TeacherProgressScreen

        if self.selected_id is not None:
            await self.app.push_screen(TeacherProgressScreen(self.session, self.selected_id))
