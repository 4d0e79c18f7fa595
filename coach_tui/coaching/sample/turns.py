"""One turn of a row: a visit with its cycle's number, its goal and its time."""

from __future__ import annotations

from dataclasses import dataclass

from coach_tui.coaching.sample.goals import GoalSpan
from coach_tui.coaching.sample.observations import Booking
from coach_tui.coaching.sample.setting import Row, Setting, in_turn
from coach_tui.coaching.sample.threads import StepIdea, Thread
from coach_tui.coaching.sample.visits import Visit

CLASS = 24
"""Students that the numbers in an action step go by."""


@dataclass(frozen=True)
class Turn:
    """One visit with what belongs to it: its cycle's number, its goal, and when it took place."""

    number: int
    visit: Visit
    cycle_number: int
    span: GoalSpan
    booking: Booking

    @property
    def thread(self) -> Thread:
        """What the goal is about."""
        return self.span.thread

    @property
    def step(self) -> StepIdea:
        """The action step of this turn."""
        return in_turn(self.thread.steps, self.number - self.span.first)

    def next_lesson(self, row: Row, setting: Setting) -> str:
        """Return the label of the lesson in which the action step is to be tried."""
        return row.lesson(setting, self.number + 1)[1].label
