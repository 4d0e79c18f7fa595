"""What every part of the meeting's screen stands on: the sheet, and the row under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Self

from coach_tui.coaching import questions
from coach_tui.domain.enumerations import CoacheeKind, MeetingStep
from coach_tui.presentation.meeting import Row
from coach_tui.screens.base import NotDone
from coach_tui.screens.teacher.actions import CoacheeActions
from coach_tui.widgets.meeting_table import MeetingTable

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk
    from coach_tui.coaching.meeting_material import MeetingSheet
    from coach_tui.coaching.questions import Question, Questions
    from coach_tui.screens.session import Session

PLACE_OF_STEP = dict(zip(MeetingStep, questions.STEPS, strict=True))
"""Where the question bank keeps the prompts of each step."""


class OnAMeeting(CoacheeActions):
    """A screen about the meeting of one cycle; each change is saved as it happens."""

    def __init__(self, session: Session, sheet: MeetingSheet, bank: Questions) -> None:
        """Show the meeting of `sheet`, with the prompts of `bank`."""
        super().__init__(session)
        self._sheet, self._bank = sheet, bank
        self._cycle_id, self._coachee_id = sheet.cycle.id, sheet.coachee.id
        self._rows: list[Row] = []

    @classmethod
    async def opened(cls, session: Session, cycle: str) -> Self:
        """Read a meeting, brought up to date with the notes, and make its screen.

        Everything is read before the screen opens: a key that was typed ahead finds its row.
        """
        bank = await read_bank(session)
        prompt = practice_prompt(bank)
        sheet = await session.perform(lambda desk: _prepared(desk, cycle, prompt))
        return cls(session, sheet, bank)

    @property
    def selected_id(self) -> str | None:
        """Whom the meeting is with: what works on a teacher anywhere works here."""
        return self._coachee_id

    def draft_place(self) -> dict[str, str]:
        """Say which meeting, and which row: what is typed is taken up again there."""
        key = self.query_one(MeetingTable).current_key or ""
        return {
            **self.own_place(),
            "cycle": self._cycle_id,
            "coachee": self._coachee_id,
            "field": key,
        }

    @classmethod
    async def again(cls, session: Session, place: Mapping[str, str]) -> Self:
        """Make the screen of the meeting that was open; raises when its cycle is gone."""
        return await cls.opened(session, place.get("cycle", ""))

    async def resume(self, place: Mapping[str, str]) -> None:
        """Put the cursor on the row that was being written."""
        await self.take_anew()
        if place.get("field"):
            self.query_one(MeetingTable).go_to(place["field"])

    def history_of(self) -> tuple[str, str, str] | None:
        """Return the cycle, which holds the meeting and its action step."""
        sheet = self._sheet
        return f"cycle {sheet.cycle.number} of {sheet.coachee.name}", "cycles", self._cycle_id

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        key = self.query_one(MeetingTable).current_key
        return next((row for row in self._rows if row.key == key), None)

    def asked(self, step: MeetingStep) -> tuple[Question, ...]:
        """Return the prompts for a step; with a team, those for teams come after them."""
        team = self._sheet.coachee.kind is CoacheeKind.TEAM
        for_teams = self._bank.of("team") if team else ()
        return (*self._bank.of(PLACE_OF_STEP[step]), *for_teams)

    def step(self) -> MeetingStep:
        """Return the step the cursor is in; says so and raises `NotDone` where it is in none."""
        row = self.row
        if row is None or row.step is None:
            self.tell("Move to one of the six steps first")
            raise NotDone
        return row.step

    async def take_anew(self) -> None:
        """Read the meeting again and show it; closes the screen when the cycle is gone."""
        await self._show_after(lambda desk: desk.meetings.sheet(self._cycle_id))

    async def on_screen_resume(self) -> None:
        """Take in what was noted meanwhile, coming back from another screen.

        Only then: what is undone while this screen is in front must not come back by itself.
        """
        if self._was_covered:
            self._was_covered = False
            prompt = practice_prompt(self._bank)
            await self._show_after(lambda desk: _prepared(desk, self._cycle_id, prompt))

    async def _show_after(self, verb: Callable[[Desk], MeetingSheet]) -> None:
        try:
            self._sheet = await self.perform(verb)
        except NotDone:
            self.dismiss()
            return
        self.show_sheet()

    def show_sheet(self) -> None:
        """Show what was read."""
        raise NotImplementedError


def practice_prompt(bank: Questions) -> str:
    """Return the prompt that practicing begins with; empty when all are hidden."""
    return next((question.text for question in bank.of("practice")), "")


def _prepared(desk: Desk, cycle: str, prompt: str) -> MeetingSheet:
    """Take in what the notes have for this meeting since it was last looked at, and read it."""
    desk.meetings.prepare(cycle, prompt)
    return desk.meetings.sheet(cycle)


async def read_bank(session: Session) -> Questions:
    """Return the question bank; the shipped one when the coach's own file cannot be used."""
    directory = session.settings.directory
    return await session.perform(lambda desk: questions.read_or_shipped(directory))
