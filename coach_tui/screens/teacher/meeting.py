"""Meeting a teacher, and checking back on the action step, from anywhere."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TYPE_CHECKING

from textual import work

from coach_tui.coaching.refusals import REFUSALS
from coach_tui.domain.enumerations import (
    CheckBackResult,
    EvidenceColumn,
    LaunchItem,
    Party,
)
from coach_tui.presentation.dates import full
from coach_tui.presentation.errors import explain
from coach_tui.presentation.reading import read_date
from coach_tui.screens.base import CoachScreen, NotDone
from coach_tui.screens.teacher.selected import SelectedCoachee
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.domain.records import Coachee, Cycle, GrowthGoal
    from coach_tui.screens.dialogs.form import Answers

NO_EVIDENCE = "no"


class MeetingCoachee(SelectedCoachee):
    """Where a meeting with the selected coachee can be prepared and held."""

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_meet(self) -> None:
        """Open the meeting about the last observation; ask where it is not plain which one."""
        await self.begin_meeting()

    async def begin_meeting(self) -> None:
        """Open the meeting that comes next with the selected coachee."""
        coachee = await self._selected()
        waiting = await self.perform(lambda desk: desk.meetings.waiting(coachee.id))
        if len(waiting) == 1 and coachee.launch.complete:
            await self.open_meeting(waiting[0].id)
            return
        picked = await self._pick_meeting(coachee, waiting)
        if picked == "launch":
            await self.open_launch(coachee.id)
        elif picked == "other":
            begun = await self.perform(
                lambda desk: desk.meetings.begin_without_observation(coachee)
            )
            await self.open_meeting(begun.id)
        elif picked == "contact":
            await self._write_contact(coachee)
        else:
            await self.open_meeting(picked)

    async def _pick_meeting(self, coachee: Coachee, waiting: list[Cycle]) -> str:
        """Ask which conversation it is: about which visit, or of another kind."""
        days = await self.perform(
            lambda desk: {one.cycle: one.date for one in desk.observing.of(coachee.id)}
        )
        last = await self.perform(lambda desk: desk.meetings.last_held(coachee.id))
        options = []
        if not coachee.launch.complete:
            done = sum(coachee.launch.items[item].done for item in LaunchItem)
            options.append(("launch", f"Launch conversation, before any coaching ({done} of 4)"))
        for cycle in waiting:
            seen = days.get(cycle.id)
            about = f"the visit of {full(seen)}" if seen else "no visit of yours, in preparation"
            options.append((cycle.id, f"Feedback meeting about {about}"))
        options.append(("other", "Feedback meeting without a visit: a video, student work ..."))
        options.append(("contact", "Write down a planning, check-in, modeling, team meeting ..."))
        if last is not None and last.meeting is not None:
            options.append((last.id, f"Look at the last meeting, {full(last.meeting.date)}"))
        intro = "" if waiting else "Nothing was observed since the last meeting (o observes)."
        return await self._pick(f"Meet {coachee.name}:", options, intro)

    async def open_meeting(self, cycle: str) -> None:
        """Open the meeting of a cycle, to prepare, hold, read or correct it."""
        from coach_tui.screens.meeting.screen import MeetingScreen

        await self._open_screen(MeetingScreen.opened(self.session, cycle))

    async def open_launch(self, coachee: str) -> None:
        """Open the launch conversation with a coachee."""
        from coach_tui.screens.meeting.launch import LaunchScreen

        await self._open_screen(LaunchScreen.opened(self.session, coachee))

    async def _open_screen(self, opening: Awaitable[CoachScreen]) -> None:
        """Open a screen once it has read what it shows, or say why it could not."""
        try:
            screen = await opening
        except REFUSALS as error:
            self.complain(explain(error))
            raise NotDone from None
        self.app.push_screen(screen)

    async def _write_contact(self, coachee: Coachee) -> None:
        from coach_tui.screens.meeting.contacts import ask_contact

        if await ask_contact(self, coachee):
            self.tell("Saved")
            await self.on_desk_changed()

    async def correct_contact(self, coachee: Coachee, id: str) -> None:
        """Show a contact with a teacher in full, to be read or corrected."""
        from coach_tui.screens.meeting.contacts import ask_contact

        contact = await self.perform(lambda desk: desk.contacts.get(id))
        if await ask_contact(self, coachee, contact):
            await self.on_desk_changed()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_launch(self) -> None:
        """Open the launch conversation with its four items."""
        await self.open_launch((await self._selected()).id)

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_contact(self) -> None:
        """Write down a planning, a check-in, modeling, co-teaching, a team meeting."""
        await self._write_contact(await self._selected())

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_check_back(self) -> None:
        """Say what became of the open action step, and keep it as evidence in one key."""
        coachee = await self._selected()
        cycle = await self.perform(lambda desk: desk.action_steps.open(coachee.id))
        if cycle is None or cycle.action_step is None:
            self.tell(f"{coachee.name} has no open action step")
            return

        async def save(answers: Answers) -> None:
            day = read_date(answers["day"], self.session.today())
            result = CheckBackResult(answers["result"])
            await self.session.perform(
                lambda desk: desk.action_steps.check_back(coachee, result, answers["note"], day)
            )

        results = tuple(result.value for result in CheckBackResult)
        answers = await self._ask(
            f"Check back with {coachee.name}",
            [
                Field("result", "The step was", results[0], choices=results),
                Field("note", "What happened", lines=3),
                Field("day", "On", "today"),
            ],
            self._needs_day,
            save,
            f"{cycle.action_step.text} {await self._prompt('check_back')}",
        )
        self.tell(f"Action step {answers['result']}")
        await self.on_desk_changed()
        await self._offer_evidence(coachee, cycle, answers)

    async def _prompt(self, place: str) -> str:
        """Return the first question of the bank for a conversation, as it is offered."""
        from coach_tui.screens.meeting.sheet import read_bank

        asked = (await read_bank(self.session)).of(place)
        return f"(Ask: {asked[0].text})" if asked else ""

    async def _offer_evidence(self, coachee: Coachee, cycle: Cycle, answers: Answers) -> None:
        """Ask, in one key, whether what happened is evidence toward the goal."""
        goal = await self.perform(lambda desk: _goal_of(desk.goals.active(coachee.id), cycle))
        if goal is None or cycle.action_step is None:
            return
        options = [
            (EvidenceColumn.OBSERVATION.value, "Yes: I saw it"),
            (EvidenceColumn.DISCOURSE.value, "Yes: what students said"),
            (EvidenceColumn.WORK.value, "Yes: student work"),
            (EvidenceColumn.VIDEO.value, "Yes: the teacher's own video"),
            (EvidenceColumn.JOURNALING.value, "Yes: the teacher's journal"),
            (NO_EVIDENCE, "No"),
        ]
        picked = await self._pick("Is it evidence toward the goal?", options, goal.statement)
        if picked == NO_EVIDENCE:
            return
        what = answers["note"].strip() or f"{answers['result']}: {cycle.action_step.text}"
        day = read_date(answers["day"], self.session.today())
        column = EvidenceColumn(picked)
        by = _GATHERED_BY.get(column, Party.TOGETHER)
        await self.perform(
            lambda desk: desk.evidence.add(goal.id, column, day, what=what, gathered_by=by)
        )
        self.tell("Kept as evidence toward the goal")
        await self.on_desk_changed()


_GATHERED_BY = {
    EvidenceColumn.OBSERVATION: Party.COACH,
    EvidenceColumn.VIDEO: Party.TEACHER,
    EvidenceColumn.JOURNALING: Party.TEACHER,
}
"""Who gathers evidence of a mode, where its name says so."""


def _goal_of(goals: list[GrowthGoal], cycle: Cycle) -> GrowthGoal | None:
    """Return the goal of the cycle, else the only active one."""
    own = next((goal for goal in goals if goal.id == cycle.goal), None)
    return own or (goals[0] if len(goals) == 1 else None)
