"""The visit that follows a meeting, as it is typed: where it stands, or what is proposed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from coach_tui.coaching.clock import Clock, wall_moment
from coach_tui.coaching.planning.planning import Time
from coach_tui.coaching.planning.suggesting import building_of
from coach_tui.presentation import dates
from coach_tui.presentation.phrases import read_when
from coach_tui.presentation.times import clock

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk
    from coach_tui.coaching.planning.days import Days
    from coach_tui.domain.records import Coachee, PlannedDates

HINT = "tue 10:15, next thu p3; empty: later"
"""How the next visit is typed."""


class NextVisit:
    """What the form that ends a meeting asks of the next visit; nothing is planned until saved.

    `shown` is how it stands there: the planned visit, else the day that the cadence proposes.
    """

    def __init__(
        self, days: Days, person: str, planned: PlannedDates | None, proposed: date | None
    ) -> None:
        """Show the visit that is planned from today on, else `proposed`."""
        self._days, self._building = days, building_of(days, person)
        day = None if planned is None else planned.observation
        self._planned = planned if day is not None and day >= days.today else None
        self.shown = _typed(self._planned) if self._planned else _day_words(proposed)

    @classmethod
    def read(cls, desk: Desk, coachee: Coachee, days: Days) -> NextVisit:
        """Read where the next visit to a coachee stands."""
        cycle = desk.cycling.planned(coachee.id)
        planned = None if cycle is None else cycle.planned
        return cls(days, coachee.id, planned, desk.meetings.next_visit(coachee))

    def time_of(self, text: str, at: Clock) -> Time | None:
        """Return when the visit is to be; None where it stays as it is, or is planned later.

        Raises `ValueError` with what can be typed, and for a time that cannot be planned.
        """
        if not text.strip() or (self._planned is not None and text.strip() == self.shown):
            return None
        bells = self._days.surroundings.bells
        when = read_when(text, self._days.today, bells, self._building)
        if when.day < self._days.today:
            raise ValueError(f"{dates.full(when.day)} has passed: today or later")
        if when.start is not None:
            wall_moment(at, when.day, when.start)
        kept = None if self._planned is None else self._planned.observation_minutes
        return Time(when.day, when.start, when.minutes or kept, when.period)


def _day_words(day: date | None) -> str:
    return "" if day is None else dates.full(day)


def _typed(planned: PlannedDates) -> str:
    """Return a planned visit as it could be typed: `Tue 1 Dec 2026 10:15`."""
    words, at = _day_words(planned.observation), planned.observation_time
    return words if at is None else f"{words} {clock(at.hour * 60 + at.minute)}"
