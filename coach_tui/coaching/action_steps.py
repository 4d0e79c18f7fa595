"""The bite-sized action step: agreed, practiced, parked, checked back (seed 001; rule R7)."""

from __future__ import annotations

from datetime import date

from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.meeting_material import cycles_of
from coach_tui.domain.enumerations import CheckBackResult, CycleStage, StepState
from coach_tui.domain.records import ActionStep, CheckBack, Coachee, Cycle, UpcomingLesson
from coach_tui.domain.transitions import CYCLE, STEP, check


class OpenStep(ValueError):
    """The coachee has an open action step; a second one asks whether to park it (rule R7)."""

    def __init__(self, step: ActionStep) -> None:
        """Hold the step that is open."""
        self.step = step
        super().__init__("there is an open action step: check back on it, or park it")


class ActionSteps:
    """Verbs about a coachee's action step; it belongs to the cycle in which it was agreed."""

    def __init__(self, ledger: Ledger) -> None:
        """Save through `ledger`."""
        self._ledger = ledger

    def open(self, coachee: str) -> Cycle | None:
        """Return the cycle that holds the open action step, None when there is none (R7).

        The step of a cancelled cycle was given up with it.
        """
        going_on = [
            one
            for one in cycles_of(self._ledger.store, coachee)
            if one.stage is not CycleStage.CANCELLED
        ]
        return next(
            (one for one in reversed(going_on) if one.action_step and one.action_step.is_open),
            None,
        )

    def agree(
        self,
        cycle_id: str,
        text: str,
        *,
        lesson: date | None = None,
        label: str = "",
        success: str = "",
        practiced: bool = False,
        park_open: bool = False,
    ) -> Cycle:
        """Write down the action step of a cycle, or correct the one that is there.

        Raises `OpenStep` when another cycle's step is open and `park_open` is not set (rule R7),
        and `ValueError` for a lesson before the meeting. A cycle whose meeting was held is being
        applied from then on.
        """
        self._ledger.poll()
        cycle = self._ledger.store.require(Cycle, cycle_id)
        if lesson is not None and cycle.meeting is not None and lesson < cycle.meeting.date:
            raise ValueError(f"the lesson ({lesson}) comes before the meeting")
        if cycle.stage is CycleStage.CANCELLED:
            raise ValueError("this cycle was cancelled: its action step was given up with it")
        before = cycle.action_step
        fields = {
            "text": text,
            "lesson": None if lesson is None else UpcomingLesson(date=lesson, label=label),
            "success": success,
            "practiced": practiced,
        }
        parked = []
        if before is not None and not before.is_open:
            step = before.changed(**fields)
        else:
            parked = self._parked(cycle, park_open)
            state = StepState.PRACTICED if practiced else StepState.AGREED
            if before is not None and before.state is StepState.TRIED:
                state = StepState.TRIED
            step = (before or ActionStep(text=text)).changed(**fields, state=state)
        stage = cycle.stage
        if stage is CycleStage.FEEDBACK_HELD:
            stage = CycleStage.APPLYING
            check(CYCLE, f"cycle {cycle.number}", cycle.stage, stage)
        self._ledger.save("Action step", *parked, cycle.changed(action_step=step, stage=stage))
        return self._ledger.store.require(Cycle, cycle.id)

    def _parked(self, cycle: Cycle, allowed: bool) -> list[Cycle]:
        """Return the cycle of another open step with that step parked."""
        holder = self.open(cycle.coachee)
        if holder is None or holder.action_step is None or holder.id == cycle.id:
            return []
        if not allowed:
            raise OpenStep(holder.action_step)
        check(STEP, "the open action step", holder.action_step.state, StepState.PARKED)
        return [holder.changed(action_step=holder.action_step.changed(state=StepState.PARKED))]

    def take_up(self, cycle_id: str, *, park_open: bool = False) -> Cycle:
        """Open a parked step again. Raises `OpenStep` like `agree`, `IllegalMove` otherwise."""
        self._ledger.poll()
        cycle = self._ledger.store.require(Cycle, cycle_id)
        step = cycle.action_step
        if step is None or cycle.stage is CycleStage.CANCELLED:
            raise ValueError("this cycle has no action step to take up")
        check(STEP, "the action step", step.state, StepState.AGREED)
        parked = self._parked(cycle, park_open)
        again = cycle.changed(action_step=step.changed(state=StepState.AGREED))
        self._ledger.save("Take up the parked step", *parked, again)
        return self._ledger.store.require(Cycle, cycle.id)

    def check_back(self, coachee: Coachee, result: CheckBackResult, note: str, day: date) -> Cycle:
        """Say what became of the open action step.

        Raises `ValueError` when none is open, and for a day to come or before the meeting in
        which the step was agreed.
        """
        cycle = self.open(coachee.id)
        if cycle is None or cycle.action_step is None:
            raise ValueError(f"{coachee.name} has no open action step")
        self._refuse_day(cycle, day)
        step = cycle.action_step
        if step.state is not StepState.TRIED:
            check(STEP, "the action step", step.state, StepState.TRIED)
        check(STEP, "the action step", StepState.TRIED, StepState.CHECKED_BACK)
        checked = step.changed(
            state=StepState.CHECKED_BACK, check_back=CheckBack(date=day, result=result, note=note)
        )
        stage = cycle.stage
        if stage is CycleStage.APPLYING:
            stage = CycleStage.CHECKED_BACK
            check(CYCLE, f"cycle {cycle.number}", cycle.stage, stage)
        self._ledger.save(
            f"Check back with {coachee.name}", cycle.changed(action_step=checked, stage=stage)
        )
        return self._ledger.store.require(Cycle, cycle.id)

    def correct_check_back(
        self, cycle_id: str, result: CheckBackResult, note: str, day: date
    ) -> Cycle:
        """Correct what was written down of a check back; raises `ValueError` when there is none."""
        self._ledger.poll()
        cycle = self._ledger.store.require(Cycle, cycle_id)
        step = cycle.action_step
        if step is None or step.check_back is None:
            raise ValueError("this action step was not checked back yet")
        self._refuse_day(cycle, day)
        corrected = step.changed(check_back=CheckBack(date=day, result=result, note=note))
        self._ledger.save("Correct the check back", cycle.changed(action_step=corrected))
        return self._ledger.store.require(Cycle, cycle.id)

    def _refuse_day(self, cycle: Cycle, day: date) -> None:
        if day > self._ledger.today():
            raise ValueError(f"a check back is recorded once it was done, and {day} is to come")
        if cycle.meeting is not None and day < cycle.meeting.date:
            raise ValueError(
                f"the check back ({day}) comes before the meeting ({cycle.meeting.date})"
            )
