"""The feedback meeting: prepared, held step by step, ended (seed 001; domain.md 3 to 5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.meeting_material import MeetingMaterial, MeetingSheet, cycles_of, is_held
from coach_tui.coaching.observing import Observing
from coach_tui.coaching.refusals import ChangedMeanwhile
from coach_tui.domain.cadence import next_due
from coach_tui.domain.enumerations import CycleStage, MeetingStep
from coach_tui.domain.preparing import prepared, with_goal
from coach_tui.domain.records import (
    Coachee,
    Cycle,
    FeedbackMeeting,
    GrowthGoal,
    SchoolCalendar,
    Sentence,
    StepOfMeeting,
)
from coach_tui.domain.transitions import CYCLE, check

LONGEST_MEETING = 600
"""Minutes of the longest meeting that is written down, or proposed from when it was begun."""

USUAL_MEETING = 30
"""Minutes that are proposed where it is not known when the meeting was begun."""

CHANGED_MEANWHILE = "another session changed this meanwhile; nothing was saved: look at it again"


class StillRunning(ValueError):
    """The observation that the meeting is about was not ended yet."""

    def __init__(self, observation: str) -> None:
        """Hold the id of the observation."""
        self.observation = observation
        super().__init__("the observation still runs: end it first")


class Meetings:
    """Verbs about the feedback meeting of a cycle. Each change is saved as it happens."""

    def __init__(self, ledger: Ledger, observing: Observing) -> None:
        """Save through `ledger`; lines and new cycles come from `observing`."""
        self._ledger, self._observing = ledger, observing
        self._material = MeetingMaterial(ledger, observing)

    def waiting(self, coachee: str) -> list[Cycle]:
        """Return the cycles whose meeting is still to come, the newest first.

        Those that were observed and not met about; where there are none, the one that is being
        observed now.
        """
        waiting = [
            one
            for one in cycles_of(self._ledger.store, coachee)
            if one.stage is CycleStage.OBSERVED
        ]
        if waiting:
            return waiting[::-1]
        running = self._observing.running(coachee)
        if running is None or running.cycle is None:
            return []
        cycle = self._ledger.store.get(Cycle, running.cycle)
        return [cycle] if cycle is not None and not is_held(cycle) else []

    def last_held(self, coachee: str) -> Cycle | None:
        """Return the newest cycle with a meeting that was held, None when there is none."""
        held = [one for one in cycles_of(self._ledger.store, coachee) if is_held(one)]
        return held[-1] if held else None

    def begin_without_observation(self, coachee: Coachee) -> Cycle:
        """Begin a cycle with a meeting about something else than an observation of the coach's.

        A video, student work, a peer's visit: its cycle begins where observing is done, and shows
        that there was no observation (decision 35).
        """
        cycle = self._observing.new_cycle(coachee.id).changed(
            stage=CycleStage.OBSERVED, meeting=self._material.new_meeting(coachee)
        )
        self._ledger.save(f"Prepare a meeting with {coachee.name}", cycle)
        return self._ledger.store.require(Cycle, cycle.id)

    def prepare(self, cycle_id: str, practice: str = "") -> Cycle:
        """Bring the preparation up to date with the notes, and save it when that added anything.

        `practice` is a prompt for practicing. A meeting that was held stays as it is.
        """
        self._ledger.poll()
        cycle = self._ledger.store.require(Cycle, cycle_id)
        if is_held(cycle):
            return cycle
        coachee = self._ledger.store.require(Coachee, cycle.coachee)
        goal = self._material.goal_of(cycle)
        meeting = prepared(
            self._material.meeting_of(cycle, coachee),
            self._material.of(cycle, coachee, goal, practice),
            self._ledger.clock.local,
        )
        ready = cycle.changed(meeting=meeting, goal=goal.id if goal else cycle.goal)
        if ready != cycle:
            self._ledger.save(f"Prepare the meeting with {coachee.name}", ready)
        return self._ledger.store.require(Cycle, cycle.id)

    def sheet(self, cycle_id: str) -> MeetingSheet:
        """Return everything that the meeting's screen shows; raises `NotFound`."""
        return self._material.sheet(self._ledger.store.require(Cycle, cycle_id))

    def change_step(
        self, cycle_id: str, step: MeetingStep, shown: StepOfMeeting, **fields: Any
    ) -> Cycle:
        """Change one step of the meeting: its sentences, what was held, whether it is done.

        `shown` is the step as the coach saw it. Raises `ChangedMeanwhile`, and changes nothing,
        when another session changed it since. What is held, or done, begins the meeting, today.
        """
        cycle, meeting = self._meeting(cycle_id)
        if meeting.steps[step] != shown:
            raise ChangedMeanwhile(CHANGED_MEANWHILE)
        changed = meeting.changed(steps={**meeting.steps, step: shown.changed(**fields)})
        if ("held" in fields or "done" in fields) and not meeting.held and meeting.begun is None:
            changed = changed.changed(begun=self._ledger.clock.now(), date=self._ledger.today())
        return self._saved(f"Meeting: {step.value}", cycle.changed(meeting=changed))

    def change_sentences(
        self,
        cycle_id: str,
        step: MeetingStep,
        shown: StepOfMeeting,
        sentences: tuple[Sentence, ...],
    ) -> Cycle:
        """Put `sentences` in the place of what is prepared for a step; raises as `change_step`."""
        return self.change_step(cycle_id, step, shown, sentences=sentences, prepared="")

    def describe(
        self, cycle_id: str, shown: FeedbackMeeting, *, alliance: str, **fields: Any
    ) -> Cycle:
        """Change what is said of the whole meeting: its day, minutes, delivery, who was there ...

        `alliance` is the cycle's note on alliance building. Raises `ChangedMeanwhile` when another
        session changed the meeting since it was `shown`, `ValueError` for a day to come of a held
        one.
        """
        cycle, meeting = self._meeting(cycle_id)
        if meeting.changed(steps=shown.steps, begun=shown.begun) != shown:
            raise ChangedMeanwhile(CHANGED_MEANWHILE)
        if meeting.held and fields.get("date", meeting.date) > self._ledger.today():
            raise ValueError("a meeting that was held is not on a day to come")
        changed = cycle.changed(meeting=meeting.changed(**fields), alliance_note=alliance)
        return self._saved("About the meeting", changed)

    def choose_goal(self, cycle_id: str, goal_id: str) -> Cycle:
        """Say which growth goal the cycle is about; its words come under "set goals".

        Raises `NotFound`, and `ValueError` for a goal of somebody else.
        """
        cycle, meeting = self._meeting(cycle_id)
        goal = self._ledger.store.require(GrowthGoal, goal_id)
        if goal.coachee != cycle.coachee:
            raise ValueError("this is a goal of somebody else")
        changed = with_goal(meeting, goal, self._material.reflection(goal))
        return self._saved("Goal of the meeting", cycle.changed(goal=goal.id, meeting=changed))

    def minutes_so_far(self, meeting: FeedbackMeeting) -> int:
        """Return the minutes to propose: since it was begun, or what is written down already."""
        if meeting.minutes:
            return meeting.minutes
        if meeting.begun is None:
            return USUAL_MEETING
        gone = round((self._ledger.clock.now() - meeting.begun).total_seconds() / 60)
        return max(gone, 1) if gone <= LONGEST_MEETING else USUAL_MEETING

    def hold(self, cycle_id: str, day: date, *, minutes: int = 0, alliance: str = "") -> Cycle:
        """End the meeting: it was held on `day`, and its cycle moves on by the transitions.

        To `feedback held`, and on to `applying` where an action step was agreed. Raises
        `StillRunning` when the observation was not ended, `ValueError` for a day to come or
        before the observation, or when the meeting was held already.
        """
        cycle, meeting = self._meeting(cycle_id)
        if meeting.held:
            raise ValueError("this meeting was held already")
        if day > self._ledger.today():
            raise ValueError(f"a meeting is ended once it was held, and {day} is to come")
        self._refuse_unseen(cycle, day)
        stage = CycleStage.FEEDBACK_HELD
        check(CYCLE, f"cycle {cycle.number}", cycle.stage, stage)
        if cycle.action_step is not None:
            check(CYCLE, f"cycle {cycle.number}", stage, CycleStage.APPLYING)
            stage = CycleStage.APPLYING
        held = cycle.changed(
            meeting=meeting.changed(date=day, minutes=minutes, held=True),
            alliance_note=alliance or cycle.alliance_note,
            stage=stage,
        )
        coachee = self._ledger.store.require(Coachee, cycle.coachee)
        return self._saved(f"Feedback meeting with {coachee.name}", held)

    def _refuse_unseen(self, cycle: Cycle, day: date) -> None:
        seen = [one for one in self._observing.of(cycle.coachee) if one.cycle == cycle.id]
        running = next((one for one in seen if one.end is None), None)
        if running is not None:
            raise StillRunning(running.id)
        if seen and all(one.date > day for one in seen):
            raise ValueError(f"the meeting ({day}) comes before its observation ({seen[-1].date})")

    def next_visit(self, coachee: Coachee) -> date | None:
        """Return the day that the cadence proposes for the next visit, counted from today.

        None without a school calendar, or when the year has no such day.
        """
        calendar = next(iter(self._ledger.store.all(SchoolCalendar)), None)
        if calendar is None:
            return None
        return next_due(coachee.cadence, self._ledger.today(), calendar.school_days())

    def _meeting(self, cycle_id: str) -> tuple[Cycle, FeedbackMeeting]:
        self._ledger.poll()
        cycle = self._ledger.store.require(Cycle, cycle_id)
        if cycle.meeting is not None:
            return cycle, cycle.meeting
        # The preparation may have been undone while its screen was open.
        coachee = self._ledger.store.require(Coachee, cycle.coachee)
        return cycle, self._material.meeting_of(cycle, coachee)

    def _saved(self, title: str, cycle: Cycle) -> Cycle:
        self._ledger.save(title, cycle)
        return self._ledger.store.require(Cycle, cycle.id)
