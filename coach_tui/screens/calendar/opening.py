"""What an entry of the calendar opens: its stage of the cycle."""

from __future__ import annotations

from textual import work

from coach_tui.coaching.planning.days import Days
from coach_tui.domain.planning.appointments import Appointment, Stage, Standing
from coach_tui.presentation.calendar.signs import sentence
from coach_tui.screens.base import NotDone
from coach_tui.screens.calendar.chosen import ChosenOnCalendar
from coach_tui.screens.teacher.meeting import MeetingCoachee
from coach_tui.screens.teacher.observing import ObservingCoachee
from coach_tui.widgets.one_key import ACTIONS

_PAGE = ("page", "Open the teacher's page")
_RETIME = ("retime", "Say at what time")
_PLAN = ("plan", "Plan it")


class OpeningFromCalendar(ObservingCoachee, MeetingCoachee, ChosenOnCalendar):
    """Where Enter on an entry leads on to what it is about."""

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_open(self) -> None:
        """Open what the chosen entry is: a script that is done, else a choice of what to do."""
        days = self.require_days()
        chosen = self.chosen
        if chosen is None:
            self._open_owed()
            return
        if chosen.stage is Stage.VISIT and chosen.standing in (Standing.DONE, Standing.RUNNING):
            coachee = await self._selected()
            self.open_observation(coachee, chosen.record)
            return
        options = _options(chosen)
        if not options:
            self.tell(sentence(chosen, days.name(chosen.person)))
            return
        self._do(await self._pick_of(chosen, days, options))

    async def _pick_of(
        self, chosen: Appointment, days: Days, options: list[tuple[str, str]]
    ) -> str:
        return await self._pick(sentence(chosen, days.name(chosen.person)), options)

    def _do(self, picked: str) -> None:
        if picked == "page":
            self._open_page()
            return
        self.call_later(self.run_action, picked)

    def _open_owed(self) -> None:
        """Open the page of whom the row is about; on an empty day, plan something."""
        if self.selected_id is not None:
            self._open_page()
        else:
            self.call_later(self.run_action, "plan")

    def _open_page(self) -> None:
        if self.selected_id is None:
            raise NotDone
        from coach_tui.screens.coachee.screen import CoacheeScreen

        self.app.push_screen(CoacheeScreen(self.session, self.selected_id))


def _options(one: Appointment) -> list[tuple[str, str]]:
    """Return what can be done with an entry, the likeliest first."""
    if one.stage is Stage.RESPONSIBILITY:
        return [("duty", "Change or remove it")]
    if not one.person:
        return []
    if one.standing in (Standing.DONE, Standing.RUNNING):
        return [_PAGE]
    ghost = one.standing is Standing.GHOST
    first = {
        Stage.VISIT: ("observe", "Observe now"),
        Stage.MEETING: ("meet", "Hold the meeting"),
        Stage.CHECK_BACK: ("check_back", "Check back now"),
        Stage.LESSON: ("check_back", "Check back on the action step"),
    }[one.stage]
    if ghost:
        return [_PLAN, first, _PAGE]
    options = [first, _RETIME, _PAGE]
    if one.stage in (Stage.VISIT, Stage.MEETING, Stage.CHECK_BACK):
        words = "Cancel the cycle, with the reason" if one.stage is Stage.VISIT else "Take it off"
        options.insert(2, ("cancel", words))
    return options
