"""The school calendar: which days are taught, and when the bells ring."""

from __future__ import annotations

from datetime import time
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from coach_tui.domain.planning import bells
from coach_tui.domain.planning.conflicts import TRAVEL_MINUTES, Surroundings
from coach_tui.domain.records.base import DateSpan, Day, LocalTime, Name, Part, Record, Text
from coach_tui.domain.school_days import SchoolDays, days_from

LONGEST_YEAR = 400
"""Calendar days that one school year may span."""

Weekday = Annotated[int, Field(ge=0, le=6)]


class Period(Part):
    """A named period of the bell schedule, in local time; `building` is empty for all of them."""

    name: Name
    start: LocalTime
    end: LocalTime
    building: Text = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"a period ends ({self.end}) before it begins ({self.start})")
        return self


class SchoolCalendar(Record):
    """The one school year in use. `weekdays` count from Monday 0; `days_off` are whole days.

    On early-release days nobody is there from `early_release_at` on; `travel_minutes` are what a
    change of building takes; `busy_from` is the file or folder of .ics files whose times are taken.
    """

    table: ClassVar[str] = "calendar"

    first_day: Day
    last_day: Day
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = (0, 1, 2, 3, 4)
    days_off: tuple[DateSpan, ...] = ()
    early_release: tuple[Day, ...] = ()
    early_release_at: LocalTime | None = None
    periods: tuple[Period, ...] = ()
    holidays_of: Text = ""
    """Country or country and state whose public holidays were filled in, such as `US-MO`."""
    travel_minutes: Annotated[int, Field(ge=0, le=240)] = TRAVEL_MINUTES
    busy_from: Text = ""

    @model_validator(mode="after")
    def _is_a_year(self) -> Self:
        if self.last_day < self.first_day:
            raise ValueError(
                f"the school year ends ({self.last_day}) before it begins ({self.first_day})"
            )
        if (self.last_day - self.first_day).days > LONGEST_YEAR:
            raise ValueError(f"a school year spans at most {LONGEST_YEAR} days")
        if len(set(self.weekdays)) != len(self.weekdays):
            raise ValueError("a weekday is named twice")
        names = [(period.building, period.name) for period in self.periods]
        if len(set(names)) != len(names):
            raise ValueError("a period is named twice in the same building")
        return self

    def school_days(self) -> SchoolDays:
        """Return the arithmetic over this calendar's school days."""
        first, last = self.first_day, self.last_day
        off = [
            day
            for span in self.days_off
            for day in days_from(max(span.first, first), min(span.last, last))
        ]
        return SchoolDays(first, last, self.weekdays, off)

    def surroundings(self) -> Surroundings:
        """Return what an appointment is held against: school days, bells, days off by name."""
        rung = (
            bells.Period(one.name, _minute(one.start), _minute(one.end), one.building)
            for one in self.periods
        )
        names = {
            day: span.label
            for span in self.days_off
            for day in days_from(max(span.first, self.first_day), min(span.last, self.last_day))
        }
        early = self.early_release_at
        return Surroundings(
            self.school_days(),
            bells.Bells(rung),
            names_off=names,
            early=self.early_release,
            early_from=None if early is None else _minute(early),
            travel=self.travel_minutes,
        )


def _minute(of_day: time) -> int:
    return of_day.hour * 60 + of_day.minute
