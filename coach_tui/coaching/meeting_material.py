"""What a feedback meeting is prepared from, gathered from the store (seed 001)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.lessons import next_lessons
from coach_tui.coaching.observing import Observing
from coach_tui.domain.critical_practices import CyclePractices, practices_of
from coach_tui.domain.enumerations import GoalState
from coach_tui.domain.preparing import Material, one_place
from coach_tui.domain.records import (
    Coachee,
    Cycle,
    Evidence,
    FeedbackMeeting,
    GrowthGoal,
    Observation,
    PracticeProfile,
    SchoolCalendar,
)
from coach_tui.store.records import RecordStore

LESSONS = 3
"""How many of the teacher's next lessons are offered for the action step."""


def is_held(cycle: Cycle) -> bool:
    """Whether the cycle's feedback meeting took place."""
    return cycle.meeting is not None and cycle.meeting.held


def cycles_of(store: RecordStore, coachee: str) -> list[Cycle]:
    """Return a coachee's cycles, in the order of their numbers."""
    return sorted(store.where(Cycle, coachee=coachee), key=lambda cycle: cycle.number)


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """A meeting as a screen shows it: whom with, its cycle, what it rests on, and the practices.

    `observations` are those that sentences may come from, by their ids; `lessons` the teacher's
    next ones, each a day and words; `goals` the active ones, of which `goal` is one or none.
    """

    coachee: Coachee
    cycle: Cycle
    meeting: FeedbackMeeting
    observations: dict[str, Observation]
    goal: GrowthGoal | None
    goals: tuple[GrowthGoal, ...]
    practices: CyclePractices
    lessons: tuple[tuple[date, str], ...]


class MeetingMaterial:
    """Finds what a cycle's meeting rests on; saves nothing."""

    def __init__(self, ledger: Ledger, observing: Observing) -> None:
        """Read through `ledger`; observations come from `observing`."""
        self._ledger, self._observing = ledger, observing

    def new_meeting(self, coachee: Coachee, day: date | None = None) -> FeedbackMeeting:
        """Return a meeting with nothing in it yet, on `day` or today."""
        return FeedbackMeeting(
            date=day or self._ledger.today(), delivery=coachee.delivery, present=coachee.members
        )

    def meeting_of(self, cycle: Cycle, coachee: Coachee) -> FeedbackMeeting:
        """Return the cycle's meeting, else a new one on the day it is planned for."""
        return cycle.meeting or self.new_meeting(coachee, cycle.planned.meeting)

    def sheet(self, cycle: Cycle) -> MeetingSheet:
        """Return everything that the screen of the cycle's meeting shows."""
        coachee = self._ledger.store.require(Coachee, cycle.coachee)
        goal = self.goal_of(cycle)
        observations = {one.id: one for one in self._observing.of(coachee.id)}
        return MeetingSheet(
            coachee=coachee,
            cycle=cycle,
            meeting=self.meeting_of(cycle, coachee),
            observations=observations,
            goal=goal,
            goals=tuple(self.goals(coachee.id)),
            practices=practices_of(
                coachee, cycle, observations.values(), unclear=self.unclear(goal)
            ),
            lessons=tuple(self.lessons(coachee)),
        )

    def of(
        self, cycle: Cycle, coachee: Coachee, goal: GrowthGoal | None, practice: str
    ) -> Material:
        """Return the material of a cycle's meeting; `practice` is a prompt for practicing."""
        return Material(
            observations=tuple(self._about(cycle)),
            goal=goal,
            reflection=self.reflection(goal),
            lessons=tuple(words for _, words in self.lessons(coachee)),
            practice=practice,
            spoken_of=self._spoken_of(cycle),
        )

    def _about(self, cycle: Cycle) -> list[Observation]:
        """Return what the meeting is about: the cycle's observations, and quick notes since."""
        earlier = [one for one in cycles_of(self._ledger.store, cycle.coachee) if is_held(one)]
        since = max((one.meeting.date for one in earlier if one.meeting), default=date.min)
        return [
            one
            for one in self._observing.of(cycle.coachee)
            if one.cycle == cycle.id or (one.quick_notes and one.date >= since)
        ]

    def _spoken_of(self, cycle: Cycle) -> frozenset[tuple[str, str]]:
        """Return the lines that other meetings were prepared with."""
        return frozenset(
            one_place(line)
            for other in cycles_of(self._ledger.store, cycle.coachee)
            if other.meeting is not None and other.id != cycle.id
            for line in other.meeting.taken
        )

    def goal_of(self, cycle: Cycle) -> GrowthGoal | None:
        """Return the cycle's goal, else the teacher's only active one."""
        store = self._ledger.store
        if cycle.goal is not None:
            return store.get(GrowthGoal, cycle.goal)
        goals = self.goals(cycle.coachee)
        return goals[0] if len(goals) == 1 else None

    def goals(self, coachee: str) -> list[GrowthGoal]:
        """Return the active goals of a coachee, the oldest first."""
        return self._ledger.store.where(GrowthGoal, coachee=coachee, state=GoalState.ACTIVE)

    def _evidence(self, goal: GrowthGoal) -> list[Evidence]:
        found = self._ledger.store.where(Evidence, goal=goal.id)
        return sorted(found, key=lambda one: (one.date, one.id))

    def reflection(self, goal: GrowthGoal | None) -> str:
        """Return the newest reflection on the goal's evidence."""
        if goal is None:
            return ""
        said = [one.reflection for one in self._evidence(goal) if one.reflection.strip()]
        return said[-1] if said else ""

    def unclear(self, goal: GrowthGoal | None) -> str:
        """Return why modeling is called for: the last level named is the lowest of its profile."""
        if goal is None or goal.function is None:
            return ""
        levels = [one.level.level for one in self._evidence(goal) if one.level is not None]
        profiles = self._ledger.store.where(
            PracticeProfile, profile=goal.function.profile, version=goal.function.version
        )
        if not levels or not profiles or levels[-1] != profiles[0].levels[0].name:
            return ""
        return levels[-1]

    def lessons(self, coachee: Coachee) -> list[tuple[date, str]]:
        """Return the teacher's next lessons, each a day and words."""
        calendar = next(iter(self._ledger.store.all(SchoolCalendar)), None)
        if calendar is None:
            return []
        clock = self._ledger.clock
        return next_lessons(coachee, calendar, clock.local(clock.now()), LESSONS)
