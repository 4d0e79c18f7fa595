"""A teacher's state and release phase, and who she is, from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from coach_tui.domain.enumerations import CoacheeState, MomentOfNeed, ReleasePhase
from coach_tui.presentation.statuses import phase_words, state_words
from coach_tui.screens.teacher.selected import SelectedCoachee
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.domain.records import Coachee
    from coach_tui.screens.dialogs.form import Answers


class StandingCoachee(SelectedCoachee):
    """Where the state of the selected coachee can be changed."""

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
        from coach_tui.screens.coachee.forms import ask_changes

        coachee = await self._selected()
        if await ask_changes(self, coachee):
            self.tell("Saved")
            await self.on_desk_changed()
