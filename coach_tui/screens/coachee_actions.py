"""What can be done with one coachee from anywhere: observe, note, plan a visit, meet, move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from coach_tui.domain.enumerations import (
    CheckBackResult,
    CoacheeState,
    Delivery,
    MomentOfNeed,
    ReleasePhase,
)
from coach_tui.presentation.dates import full
from coach_tui.presentation.reading import read_count, read_date, read_optional_date
from coach_tui.presentation.statuses import phase_words, state_words
from coach_tui.screens.base import CoachScreen, NotDone
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.domain.records import Coachee
    from coach_tui.screens.dialogs.form import Answers, Check, Save

LONGEST_MEETING = 600
YES_NO = ("no", "yes")


class CoacheeActions(CoachScreen):
    """A screen on which one coachee is selected."""

    @property
    def selected_id(self) -> str | None:
        """The id of the coachee the actions are about; None when there is none."""
        raise NotImplementedError

    async def _selected(self) -> Coachee:
        id = self.selected_id
        if id is None:
            raise NotDone
        return await self.perform(lambda desk: desk.coachees.get(id))

    async def _ask(
        self, title: str, fields: list[Field], check: Check, save: Save, intro: str = ""
    ) -> Answers:
        """Ask, and save before the form closes; raises `NotDone` when it was cancelled."""
        from coach_tui.screens.dialogs.form import Form

        keymap = self.session.settings.keys
        form = Form(title, fields, check, save=save, intro=intro, keymap=keymap)
        answers = await self.app.push_screen_wait(form)
        if answers is None:
            raise NotDone
        return answers

    async def _pick(self, question: str, options: list[tuple[str, str]], intro: str = "") -> str:
        from coach_tui.screens.dialogs.choice import Pick

        picked = await self.app.push_screen_wait(Pick(question, options, intro))
        if picked is None:
            raise NotDone
        return picked

    def _day_is_wrong(self, name: str, answers: Answers) -> dict[str, str]:
        try:
            read_optional_date(answers[name], self.session.today())
        except ValueError as error:
            return {name: str(error)}
        return {}

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_observe(self) -> None:
        """Open the running observation, or start one; before the launch it asks for a reason."""
        coachee = await self._selected()
        await self._deal_with_forgotten(coachee)
        running = await self.perform(lambda desk: desk.observing.running(coachee.id))
        if running is not None or coachee.launch.complete:
            started = await self.perform(lambda desk: desk.observing.start(coachee))
            self.open_observation(coachee, started.id)
            return
        ids: list[str] = []

        async def save(answers: Answers) -> None:
            started = await self.session.perform(
                lambda desk: desk.observing.start(coachee, answers["because"])
            )
            ids.append(started.id)

        await self._ask(
            f"Observe {coachee.name} before the launch conversation?",
            [Field("because", "Reason", hint="it is kept with the observation")],
            lambda given: {} if given["because"].strip() else {"because": "say why"},
            save,
            "Coaching begins with the launch conversation. You can observe all the same.",
        )
        self.open_observation(coachee, ids[-1])

    async def _deal_with_forgotten(self, coachee: Coachee) -> None:
        """Ask what an observation of an earlier day is, that nobody ended."""
        forgotten = await self.perform(lambda desk: desk.observing.forgotten(coachee.id))
        if forgotten is None:
            return
        picked = await self._pick(
            f"The observation of {full(forgotten.date)} was not ended.",
            [
                ("end", "End it at its last line, and start a new one"),
                ("open", "Open it, and decide there"),
            ],
        )
        if picked == "open":
            self.open_observation(coachee, forgotten.id)
            raise NotDone
        await self.perform(lambda desk: desk.observing.end_at_last_line(forgotten.id))

    def open_observation(self, coachee: Coachee, observation: str) -> None:
        """Open an observation's script."""
        from coach_tui.screens.observe import ObserveScreen

        self.app.push_screen(ObserveScreen(self.session, coachee, observation))

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_note(self) -> None:
        """Add one line to the running observation, else to today's quick notes."""
        coachee = await self._selected()

        async def save(answers: Answers) -> None:
            await self.session.perform(lambda desk: desk.observing.note(coachee, [answers["text"]]))

        await self._ask(
            f"Quick note on {coachee.name}",
            [Field("text", "Line", hint="what you saw or heard")],
            lambda given: {} if given["text"].strip() else {"text": "write the line"},
            save,
        )
        self.tell("Note saved")
        await self.on_desk_changed()

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

    def _needs_day(self, answers: Answers) -> dict[str, str]:
        try:
            read_date(answers["day"], self.session.today())
        except ValueError as error:
            return {"day": str(error)}
        return {}

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

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_move(self) -> None:
        """Pause, resume, release, close or re-open, by what the states allow."""
        coachee = await self._selected()
        states = await self.perform(lambda desk: desk.coachees.moves(coachee))
        words = {
            CoacheeState.ACTIVE: "Active: coaching goes on",
            CoacheeState.NOT_LAUNCHED: "Not launched: waiting for the launch conversation",
            CoacheeState.PAUSED: "Pause: not due until it is resumed",
            CoacheeState.RELEASED: "Release: works independently, stays on a watch list",
            CoacheeState.CLOSED: "Close: off the caseload, everything is kept",
        }
        intro = f"Now {state_words(coachee.state.value)}."
        if not coachee.launch.complete and coachee.state is CoacheeState.NOT_LAUNCHED:
            intro += " Active comes after the launch conversation: its four items and its date."
        options = [(state.value, words[state]) for state in states]
        state = CoacheeState(await self._pick(f"{coachee.name}:", options, intro))
        moment = await self._moment_of_need(coachee, state)

        async def save(answers: Answers) -> None:
            await self.session.perform(
                lambda desk: desk.coachees.move(coachee, state, answers["reason"], moment)
            )

        await self._ask(
            f"{coachee.name}: {state_words(state.value)}",
            [Field("reason", "Reason", hint="kept in the history; may be empty")],
            lambda given: {},
            save,
        )
        self.tell(f"{coachee.name}: {state_words(state.value)} (u undoes it)")
        await self.on_desk_changed()

    async def _moment_of_need(self, coachee: Coachee, state: CoacheeState) -> MomentOfNeed | None:
        if coachee.state is not CoacheeState.RELEASED or state is not CoacheeState.ACTIVE:
            return None
        options = [(need.value, need.value.capitalize()) for need in MomentOfNeed]
        return MomentOfNeed(await self._pick("Which moment of need calls for it?", options))

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_phase(self) -> None:
        """Move the gradual release forward or back, with the reason that is kept."""
        coachee = await self._selected()
        phases = await self.perform(lambda desk: desk.coachees.phase_moves(coachee))
        options = [(phase.value, phase_words(phase.value)) for phase in phases]
        intro = f"Now {phase_words(coachee.phase.value)}."
        phase = ReleasePhase(await self._pick(f"Release phase of {coachee.name}", options, intro))

        async def save(answers: Answers) -> None:
            await self.session.perform(
                lambda desk: desk.coachees.move_phase(coachee, phase, answers["reason"])
            )

        await self._ask(
            f"{coachee.name}: {phase_words(phase.value)}",
            [Field("reason", "Reason", hint="what you and the teacher have seen")],
            lambda given: {} if given["reason"].strip() else {"reason": "give the reason"},
            save,
        )
        self.tell(f"{coachee.name}: {phase_words(phase.value)}")
        await self.on_desk_changed()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_edit(self) -> None:
        """Edit who the coachee is and how the coaching is done."""
        from coach_tui.screens.coachee_forms import ask_changes

        coachee = await self._selected()
        if await ask_changes(self, coachee):
            self.tell("Saved")
            await self.on_desk_changed()
