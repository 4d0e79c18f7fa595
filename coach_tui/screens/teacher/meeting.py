"""The feedback meeting with a teacher and its action step, from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from coach_tui.domain.enumerations import CheckBackResult, Delivery
from coach_tui.presentation.reading import read_count, read_date, read_optional_date
from coach_tui.screens.teacher.selected import SelectedCoachee
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.screens.dialogs.form import Answers

LONGEST_MEETING = 600
YES_NO = ("no", "yes")


class MeetingCoachee(SelectedCoachee):
    """Where a meeting with the selected coachee can be recorded."""

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_meet(self) -> None:
        """Record a feedback meeting and the action step agreed in it."""
        coachee = await self._selected()
        park: list[bool] = []

        async def save(answers: Answers) -> None:
            today = self.session.today()
            day = read_date(answers["day"], today)
            lesson = read_optional_date(answers["lesson"], today)
            holder = await self.session.perform(lambda desk: desk.cycling.open_step(coachee.id))
            if answers["step"].strip() and holder and holder.action_step and not park:
                await self._ask_to_park(holder.action_step.text, park)
            await self.session.perform(
                lambda desk: desk.cycling.hold_meeting(
                    coachee,
                    day,
                    minutes=read_count(answers["minutes"], LONGEST_MEETING),
                    delivery=Delivery(answers["delivery"]),
                    note=answers["note"],
                    step=answers["step"],
                    lesson=lesson,
                    success=answers["success"],
                    practiced=answers["practiced"] == "yes",
                    park_open_step=bool(park),
                )
            )

        await self._ask(
            f"Feedback meeting with {coachee.name}",
            [
                Field("day", "Held on", "today"),
                Field("minutes", "Minutes", "30"),
                Field(
                    "delivery",
                    "Delivery",
                    coachee.delivery.value,
                    tuple(delivery.value for delivery in Delivery),
                ),
                Field("note", "Note", lines=3),
                Field("step", "Action step", hint="one bite-sized step, or nothing"),
                Field("lesson", "Upcoming lesson", hint="the day it will be tried"),
                Field("success", "Success looks like"),
                Field("practiced", "Practiced in it", "no", YES_NO),
            ],
            self._meeting_is_wrong,
            save,
        )
        self.tell("Meeting saved")
        await self.on_desk_changed()

    async def _ask_to_park(self, open_step: str, park: list[bool]) -> None:
        """Ask whether the open action step is parked (rule R7); a no keeps the form open."""
        from coach_tui.screens.dialogs.choice import Pick

        question = "One open action step at a time. Park the one that is open?"
        options = [("park", "Park it, and take up the new step")]
        if await self.app.push_screen_wait(Pick(question, options, open_step)) is None:
            raise ValueError("the open action step stays; empty the new one, or save again")
        park.append(True)

    def _meeting_is_wrong(self, answers: Answers) -> dict[str, str]:
        wrong = self._needs_day(answers)
        if not wrong and read_date(answers["day"], self.session.today()) > self.session.today():
            wrong = {"day": "a meeting is recorded when it was held, not before"}
        try:
            read_count(answers["minutes"], LONGEST_MEETING)
        except ValueError as error:
            wrong["minutes"] = str(error)
        wrong.update(self._day_is_wrong("lesson", answers))
        if answers["lesson"].strip() and not answers["step"].strip():
            wrong["step"] = "say what will be tried in that lesson"
        return wrong

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_check_back(self) -> None:
        """Say what became of the open action step."""
        coachee = await self._selected()
        cycle = await self.perform(lambda desk: desk.cycling.open_step(coachee.id))
        if cycle is None or cycle.action_step is None:
            self.tell(f"{coachee.name} has no open action step")
            return

        async def save(answers: Answers) -> None:
            day = read_date(answers["day"], self.session.today())
            result = CheckBackResult(answers["result"])
            await self.session.perform(
                lambda desk: desk.cycling.check_back(coachee, result, answers["note"], day)
            )

        answers = await self._ask(
            f"Check back with {coachee.name}",
            [
                Field("result", "The step was", choices=tuple(r.value for r in CheckBackResult)),
                Field("note", "Note", lines=3),
                Field("day", "On", "today"),
            ],
            self._needs_day,
            save,
            cycle.action_step.text,
        )
        self.tell(f"Action step {answers['result']}")
        await self.on_desk_changed()
