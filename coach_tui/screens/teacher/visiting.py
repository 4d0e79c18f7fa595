"""Planning a visit to a teacher from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from coach_tui.presentation.dates import full
from coach_tui.presentation.reading import read_date
from coach_tui.screens.teacher.selected import SelectedCoachee
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.screens.dialogs.form import Answers


class VisitingCoachee(SelectedCoachee):
    """Where a visit to the selected coachee can be planned."""

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_visit(self) -> None:
        """Plan the next visit, move it, or cancel it with a reason."""
        coachee = await self._selected()
        cycle = await self.perform(lambda desk: desk.cycling.planned(coachee.id))
        planned = cycle.planned.observation if cycle is not None else None
        fields = [Field("day", "Day", planned.isoformat() if planned else "", hint="fri, 3 dec")]
        if cycle is not None:
            fields.append(Field("reason", "Or cancel because", hint="then the day does not count"))

        async def save(answers: Answers) -> None:
            reason = answers.get("reason", "")
            if cycle is not None and reason.strip():
                await self.session.perform(lambda desk: desk.cycling.cancel(coachee, cycle, reason))
                return
            day = read_date(answers["day"], self.session.today())
            await self.session.perform(lambda desk: desk.cycling.plan_visit(coachee, day))

        answers = await self._ask(
            f"Next visit to {coachee.name}",
            fields,
            lambda given: {} if given.get("reason", "").strip() else self._needs_day(given),
            save,
        )
        if answers.get("reason", "").strip():
            self.tell("Visit cancelled (u undoes it)")
        else:
            self.tell(f"Visit planned for {full(read_date(answers['day'], self.session.today()))}")
        await self.on_desk_changed()
