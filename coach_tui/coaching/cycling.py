"""The rest of a cycle: planning the visit, the feedback meeting, the check back (seed 001)."""

from __future__ import annotations

from datetime import date

from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.observing import Observing
from coach_tui.domain.enumerations import CheckBackResult, CycleStage, Delivery, StepState
from coach_tui.domain.records import (
    ActionStep,
    CheckBack,
    Coachee,
    Cycle,
    FeedbackMeeting,
    Record,
    UpcomingLesson,
)
from coach_tui.domain.transitions import CYCLE, STEP, check


class OpenStep(ValueError):
    """The coachee has an open action step; a second one asks whether to park it (rule R7)."""

    def __init__(self, step: ActionStep) -> None:
        """Hold the step that is open."""
        self.step = step
        super().__init__("there is an open action step: check back on it, or park it")


class Cycling:
    """Verbs about a coachee's cycles; stages move by the transitions of domain.md section 4."""

    def __init__(self, ledger: Ledger, observing: Observing) -> None:
        """Save through `ledger`; new cycles come from `observing`."""
        self._ledger, self._observing = ledger, observing

    def of(self, coachee: str) -> list[Cycle]:
        """Return a coachee's cycles, in the order of their numbers."""
        return sorted(
            self._ledger.store.where(Cycle, coachee=coachee), key=lambda cycle: cycle.number
        )

    def planned(self, coachee: str) -> Cycle | None:
        """Return the earliest cycle with a planned visit, None when nothing is planned.

        A visit that was begun, and whose observation still runs, is planned no longer.
        """
        begun = {observation.cycle for observation in self._observing.of(coachee)}
        waiting = [
            cycle
            for cycle in self.of(coachee)
            if cycle.stage is CycleStage.PLANNED
            and cycle.planned.observation is not None
            and cycle.id not in begun
        ]
        return min(waiting, key=lambda cycle: str(cycle.planned.observation), default=None)

    def plan_visit(self, coachee: Coachee, day: date) -> Cycle:
        """Plan the next visit on `day`, or move the one that is planned.

        Raises `ValueError` for a day that has passed.
        """
        if day < self._ledger.today():
            raise ValueError(f"a visit is planned for today or later, not for {day}")
        cycle = self.planned(coachee.id) or self._observing.new_cycle(coachee.id)
        planned = cycle.planned.changed(observation=day)
        self._ledger.save(f"Plan a visit to {coachee.name}", cycle.changed(planned=planned))
        return self._ledger.store.require(Cycle, cycle.id)

    def cancel(self, coachee: Coachee, cycle: Cycle, reason: str) -> Cycle:
        """Cancel a cycle with its reason."""
        check(CYCLE, f"cycle {cycle.number}", cycle.stage, CycleStage.CANCELLED)
        cancelled = cycle.changed(stage=CycleStage.CANCELLED, cancelled_because=reason)
        self._ledger.save(f"Cancel cycle {cycle.number} of {coachee.name}", cancelled)
        return self._ledger.store.require(Cycle, cycle.id)

    def open_step(self, coachee: str) -> Cycle | None:
        """Return the cycle that holds the open action step, None when there is none (R7).

        The step of a cancelled cycle was given up with it.
        """
        going_on = [one for one in self.of(coachee) if one.stage is not CycleStage.CANCELLED]
        return next(
            (one for one in reversed(going_on) if one.action_step and one.action_step.is_open),
            None,
        )

    def hold_meeting(
        self,
        coachee: Coachee,
        day: date,
        *,
        minutes: int = 0,
        delivery: Delivery = Delivery.IN_PERSON,
        note: str = "",
        step: str = "",
        lesson: date | None = None,
        success: str = "",
        practiced: bool = False,
        park_open_step: bool = False,
    ) -> Cycle:
        """Record a feedback meeting and, when one was agreed, its action step.

        It belongs to the newest cycle that was observed by that day and still waits for its
        meeting, else to a new one. Raises `OpenStep` when another step is open and
        `park_open_step` is not set, and `ValueError` for a day to come, or a lesson before it.
        """
        if day > self._ledger.today():
            raise ValueError(f"the meeting is recorded once it was held, and {day} is to come")
        if step.strip() and lesson is not None and lesson < day:
            raise ValueError(f"the lesson ({lesson}) comes before the meeting ({day})")
        parked = self._park(coachee.id, step, park_open_step)
        cycle = self._awaiting_meeting(coachee.id, day)
        stage = CycleStage.FEEDBACK_HELD
        if cycle is None:
            cycle = self._observing.new_cycle(coachee.id)
        else:
            check(CYCLE, f"cycle {cycle.number}", cycle.stage, stage)
        prepared = cycle.meeting or FeedbackMeeting(date=day)
        meeting = prepared.changed(
            date=day,
            minutes=minutes,
            delivery=delivery,
            held=True,
            note=note or prepared.note,
        )
        action = cycle.action_step
        if step.strip():
            action = ActionStep(
                text=step,
                lesson=None if lesson is None else UpcomingLesson(date=lesson),
                success=success,
                practiced=practiced,
                state=StepState.PRACTICED if practiced else StepState.AGREED,
            )
            check(CYCLE, f"cycle {cycle.number}", stage, CycleStage.APPLYING)
            stage = CycleStage.APPLYING
        held = cycle.changed(meeting=meeting, action_step=action, stage=stage)
        self._ledger.save(f"Feedback meeting with {coachee.name}", *parked, held)
        return self._ledger.store.require(Cycle, held.id)

    def _park(self, coachee: str, step: str, allowed: bool) -> list[Record]:
        holder = self.open_step(coachee)
        if holder is None or holder.action_step is None or not step.strip():
            return []
        if not allowed:
            raise OpenStep(holder.action_step)
        check(STEP, "the open action step", holder.action_step.state, StepState.PARKED)
        return [holder.changed(action_step=holder.action_step.changed(state=StepState.PARKED))]

    def _awaiting_meeting(self, coachee: str, day: date) -> Cycle | None:
        """Return the newest cycle that waits for its meeting and was observed by `day`."""
        later = {one.cycle for one in self._observing.of(coachee) if one.date > day}
        by_then = {one.cycle for one in self._observing.of(coachee) if one.date <= day}
        waiting = [
            cycle
            for cycle in self.of(coachee)
            # One without any observation, of an import, was observed on a day nobody knows.
            if cycle.stage is CycleStage.OBSERVED and cycle.id not in later - by_then
        ]
        return waiting[-1] if waiting else None

    def check_back(self, coachee: Coachee, result: CheckBackResult, note: str, day: date) -> Cycle:
        """Say what became of the open action step.

        Raises `ValueError` when none is open, and for a day to come or before the meeting in
        which the step was agreed.
        """
        cycle = self.open_step(coachee.id)
        if cycle is None or cycle.action_step is None:
            raise ValueError(f"{coachee.name} has no open action step")
        if day > self._ledger.today():
            raise ValueError(f"a check back is recorded once it was done, and {day} is to come")
        if cycle.meeting is not None and day < cycle.meeting.date:
            raise ValueError(
                f"the check back ({day}) comes before the meeting ({cycle.meeting.date})"
            )
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
