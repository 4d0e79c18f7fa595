"""The one action step of a meeting: its words, its lesson, what success looks like."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import work

from coach_tui.domain.bite_size import size_marks
from coach_tui.domain.enumerations import CheckBackResult, StepState
from coach_tui.presentation import dates
from coach_tui.presentation.reading import read_date, read_optional_date
from coach_tui.screens.base import NotDone
from coach_tui.screens.meeting.sheet import OnAMeeting
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.screens.dialogs.form import Answers

NO_LESSON, KEEP = "not chosen", "as it is"
YES_NO = ("no", "yes")


class AgreeingOnAStep(OnAMeeting):
    """Where the action step of a meeting is agreed, and corrected."""

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_step(self) -> None:
        """Write down the one bite-sized action step; a second one asks to park the first (R7)."""
        await self._write_step()

    async def _take_up(self) -> None:
        """Open the parked step again; the one that is open is parked, when the coach agrees."""
        park: list[bool] = []
        try:
            await self._ask_about_the_open_step(park)
        except ValueError:
            raise NotDone from None
        await self.perform(
            lambda desk: desk.action_steps.take_up(self._cycle_id, park_open=bool(park))
        )
        self.tell("The step is open again (u undoes it)")
        await self.take_anew()

    async def _write_step(self) -> None:
        sheet = self._sheet
        action = sheet.cycle.action_step
        if action is not None and action.state is StepState.PARKED:
            options = [("take up", "Take it up again"), ("correct", "Correct what it says")]
            if await self._pick("This step was parked.", options, action.text) == "take up":
                await self._take_up()
                return
        lesson = None if action is None else action.lesson
        first = NO_LESSON if lesson is None else KEEP
        lessons = {words: (day, words.partition(", ")[2]) for day, words in sheet.lessons}
        practiced = YES_NO[action is not None and action.practiced]
        park: list[bool] = []

        async def save(answers: Answers) -> None:
            day, label = self._chosen_lesson(answers, lessons)
            if answers["lesson"] == KEEP and not answers["day"].strip() and lesson is not None:
                day, label = lesson.date, lesson.label
            if not park:
                await self._ask_about_the_open_step(park)
            await self.session.perform(
                lambda desk: desk.action_steps.agree(
                    self._cycle_id,
                    answers["text"],
                    lesson=day,
                    label=answers["label"].strip() or label,
                    success=answers["success"],
                    practiced=answers["practiced"] == "yes",
                    park_open=bool(park),
                )
            )

        choices = (first, *lessons, *(() if lesson is None else (NO_LESSON,)))
        answers = await self._ask(
            "The one bite-sized action step",
            [
                Field("text", "Action step", "" if action is None else action.text, lines=3),
                Field("lesson", "Upcoming lesson", first, choices),
                Field("day", "Or on the day", hint="another day: fri, 3 dec"),
                Field(
                    "label", "What lesson", lesson.label if lesson else "", hint="subject or period"
                ),
                Field("success", "Success looks like", action.success if action else ""),
                Field("practiced", "Practiced in it", practiced, YES_NO),
            ],
            self._step_is_wrong,
            save,
            "Small enough to try in the next lesson; the teacher's words, if you can.",
        )
        marks = ", ".join(mark.value for mark in size_marks(answers["text"]))
        self.tell(f"Saved. It reads as {marks}: is it one bite?" if marks else "Saved")
        await self.take_anew()

    def _chosen_lesson(
        self, answers: Answers, lessons: dict[str, tuple[date, str]]
    ) -> tuple[date | None, str]:
        """Return the day and the name of the lesson; a day that was typed comes first."""
        typed = read_optional_date(answers["day"], self.session.today())
        if typed is not None:
            return typed, ""
        return lessons.get(answers["lesson"], (None, ""))

    def _step_is_wrong(self, answers: Answers) -> dict[str, str]:
        if not answers["text"].strip():
            return {"text": "say what will be tried"}
        return self._day_is_wrong("day", answers)

    async def _ask_about_the_open_step(self, park: list[bool]) -> None:
        """Ask whether another open action step is parked (R7); a no keeps the form open."""
        holder = await self.session.perform(lambda desk: desk.action_steps.open(self._coachee_id))
        if holder is None or holder.action_step is None or holder.id == self._cycle_id:
            return
        from coach_tui.screens.dialogs.choice import Pick

        question = "One open action step at a time. Park the one that is open?"
        options = [("park", "Park it, and take up the new step")]
        dialog = Pick(question, options, holder.action_step.text)
        if await self.app.push_screen_wait(dialog) is None:
            raise ValueError("the open action step stays; check back on it first, or save again")
        park.append(True)

    async def _correct_check_back(self) -> None:
        action = self._sheet.cycle.action_step
        if action is None or action.check_back is None:
            return
        back = action.check_back

        async def save(answers: Answers) -> None:
            day = read_date(answers["day"], self.session.today())
            result = CheckBackResult(answers["result"])
            await self.session.perform(
                lambda desk: desk.action_steps.correct_check_back(
                    self._cycle_id, result, answers["note"], day
                )
            )

        results = tuple(result.value for result in CheckBackResult)
        await self._ask(
            "Correct the check back",
            [
                Field("result", "The step was", back.result.value, results),
                Field("note", "Note", back.note, lines=3),
                Field("day", "On", dates.full(back.date)),
            ],
            self._needs_day,
            save,
            action.text,
        )
        await self.take_anew()
