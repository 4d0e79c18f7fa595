"""Planning a visit to a teacher from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from coach_tui.screens.teacher.selected import SelectedCoachee
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.coaching.planning.planning import Time
    from coach_tui.domain.records import Coachee, Cycle
    from coach_tui.screens.dialogs.form import Answers


class VisitingCoachee(SelectedCoachee):
    """Where a visit to the selected coachee can be planned."""

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_visit(self) -> None:
        """Plan the next visit, move it, or cancel it with a reason."""
        from coach_tui.domain.planning.appointments import Stage
        from coach_tui.screens.dialogs.plan import DROP, SAVED, Asked, PlanDialog

        coachee = await self._selected()
        days = await self.days_now()
        cycle = await self.perform(lambda desk: desk.cycling.planned(coachee.id))
        verb = "Plan the next visit to" if cycle is None else "Move the visit to"
        asked = Asked(
            heading=f"{verb} {coachee.name}",
            person=coachee.id,
            stage=Stage.VISIT,
            record="" if cycle is None else cycle.id,
            minutes=None if cycle is None else cycle.planned.observation_minutes,
            text=_as_planned(cycle),
            can_drop=cycle is not None,
        )
        planned: list[Time] = []

        async def save(when: Time) -> None:
            await self.session.perform(lambda desk: desk.planning.plan_next_visit(coachee.id, when))
            planned.append(when)

        dialog = PlanDialog(asked, days, self.session.clock, save)
        answer = await self.app.push_screen_wait(dialog)
        if answer == DROP and cycle is not None:
            await self._cancel_visit(coachee, cycle)
        elif answer == SAVED:
            self.tell(f"Visit planned for {_time_words(planned[-1])}")
            await self.on_desk_changed()

    async def _cancel_visit(self, coachee: Coachee, cycle: Cycle) -> None:
        async def save(answers: Answers) -> None:
            reason = answers["reason"]
            await self.session.perform(lambda desk: desk.cycling.cancel(coachee, cycle, reason))

        await self._ask(
            f"Cancel cycle {cycle.number} of {coachee.name}?",
            [Field("reason", "Reason", hint="it is kept; the day does not count")],
            lambda given: {} if given["reason"].strip() else {"reason": "give the reason"},
            save,
        )
        self.tell("Visit cancelled (u undoes it)")
        await self.on_desk_changed()


def _as_planned(cycle: Cycle | None) -> str:
    """Return where the visit of a cycle stands, as it could be typed."""
    if cycle is None or cycle.planned.observation is None:
        return ""
    at = cycle.planned.observation_time
    time = "" if at is None else f" {at.hour}:{at.minute:02}"
    return f"{cycle.planned.observation.isoformat()}{time}"


def _time_words(when: Time) -> str:
    from coach_tui.presentation.dates import full
    from coach_tui.presentation.times import clock

    time = "" if when.start is None else f", {clock(when.start)}"
    return f"{full(when.day)}{time}"
