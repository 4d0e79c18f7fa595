"""The sample's school year: its first and last day, days off, and the school days before today.

From February to early May it is the year from August to June. At other times that year is too
young, or too close to its end, for half a year of visits on one side and visits planned on the
other; then the made-up district teaches all year round and its year began 26 weeks ago.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import accumulate

from pydantic import Field

from coach_tui.coaching.sample.content import Shape
from coach_tui.domain.enumerations import CoachRole, Commitment
from coach_tui.domain.records import DateSpan, SchoolCalendar
from coach_tui.domain.records import Period as CalendarPeriod
from coach_tui.domain.school_days import SchoolDays

HISTORY = timedelta(weeks=26)
"""How far back the visits of this year go at their full pace."""

LEAST_HISTORY, LEAST_AHEAD = timedelta(weeks=24), timedelta(weeks=4)
YEAR = timedelta(weeks=52)
MONDAY, WEDNESDAY, THURSDAY, FRIDAY = 0, 2, 3, 4


class PeriodShape(Shape):
    """A named period of the bell schedule."""

    name: str
    start: time
    end: time


class Building(Shape):
    """A building with its bells."""

    key: str
    name: str
    meeting_times: tuple[time, ...] = Field(min_length=1)
    periods: tuple[PeriodShape, ...] = Field(min_length=1)


class CoachShape(Shape):
    """The coach."""

    name: str
    role: CoachRole
    weekly_hours: float


class ModelShape(Shape):
    """The coaching model."""

    name: str
    vision: str
    targeted_outcomes: str
    roles: str


class DistrictShape(Shape):
    """The district."""

    name: str
    commitment: Commitment
    goals: tuple[str, ...] = Field(min_length=2)
    coaching_model: ModelShape


class School(Shape):
    """The file school.toml."""

    coach: CoachShape
    district: DistrictShape
    building: tuple[Building, ...] = Field(min_length=1)


def span_of_year(today: date) -> tuple[date, date]:
    """Return the first and the last day of the sample's school year; `today` lies well inside."""
    august = today.year if today.month >= 7 else today.year - 1
    first = _on_or_after(date(august, 8, 12), WEDNESDAY)
    last = _on_or_after(date(august + 1, 6, 1), FRIDAY)
    if first + LEAST_HISTORY <= today <= last - LEAST_AHEAD:
        return first, last
    first = today - HISTORY
    first -= timedelta(days=first.weekday())
    return first, first + YEAR - timedelta(days=3)


def days_off(first: date, last: date) -> tuple[DateSpan, ...]:
    """Return the holidays and breaks from `first` to `last`, in their order."""
    spans = [span for year in range(first.year - 1, last.year + 1) for span in _of_year(year)]
    return tuple(
        DateSpan(first=max(begin, first), last=min(end, last), label=label)
        for begin, end, label in spans
        if begin <= last and end >= first
    )


def _of_year(year: int) -> Iterator[tuple[date, date, str]]:
    """Yield the days off that begin in a calendar year, as first day, last day and name."""
    for day, label in (
        (_nth(year, 1, MONDAY, 3), "Martin Luther King Jr. Day"),
        (_nth(year, 2, MONDAY, 3), "Presidents' Day"),
    ):
        yield day, day, label
    spring = _nth(year, 3, MONDAY, 3)
    yield spring, spring + timedelta(days=4), "Spring break"
    memorial = _nth(year, 6, MONDAY, 1) - timedelta(days=7)
    yield memorial, memorial, "Memorial Day"
    yield date(year, 6, 19), date(year, 6, 19), "Juneteenth"
    summer = date(year, 7, 4) - timedelta(days=date(year, 7, 4).weekday())
    yield summer, summer + timedelta(days=11), "Summer break"
    labor = _nth(year, 9, MONDAY, 1)
    yield labor, labor, "Labor Day"
    learning = _nth(year, 10, MONDAY, 2)
    yield learning, learning, "Teachers' learning day"
    thanksgiving = _nth(year, 11, THURSDAY, 4)
    yield thanksgiving - timedelta(days=1), thanksgiving + timedelta(days=1), "Thanksgiving break"
    winter = date(year, 12, 25) - timedelta(days=date(year, 12, 25).weekday())
    yield winter, max(winter + timedelta(days=11), _observed_new_year(year + 1)), "Winter break"


def _observed_new_year(year: int) -> date:
    day = date(year, 1, 1)
    return _on_or_after(day, MONDAY) if day.weekday() == 6 else day


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    return _on_or_after(date(year, month, 1), weekday) + timedelta(weeks=number - 1)


def _on_or_after(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)


@dataclass(frozen=True)
class Schooling:
    """The school days of the sample, those before today and those from today on.

    `days` are all of them, oldest first; `starts` the indexes at which a school year begins, this
    one last; `now` is the index of the first day that is not before today, `recent` that of the
    first from which visits go at their full pace.
    """

    today: date
    timezone: tzinfo
    first: date
    last: date
    days: tuple[date, ...]
    starts: tuple[int, ...]
    recent: int
    now: int

    @property
    def this_year(self) -> int:
        """The index of the first day of this school year."""
        return self.starts[-1]

    def index(self, day: date) -> int:
        """Return the index of the school day `day`, else of the next one."""
        return bisect_left(self.days, day)

    def before(self, day: date) -> date:
        """Return the school day `day`, else the one before it; the oldest where there is none."""
        return self.days[max(bisect_right(self.days, day) - 1, 0)]

    def moment(self, day: date, minutes: int, seconds: int = 0) -> datetime:
        """Return the moment `minutes` after local midnight of `day`, in UTC."""
        wall = time(minutes // 60, minutes % 60, seconds)
        return datetime.combine(day, wall, self.timezone).astimezone(UTC)


def schooling_around(today: date, years: int, timezone: tzinfo) -> Schooling:
    """Return the school days of `years` school years, the last of which holds `today`."""
    first, last = span_of_year(today)
    spans = [(first, last)]
    for back in range(1, years):
        end = min(last - YEAR * back, spans[0][0] - timedelta(days=1))
        spans.insert(0, (first - YEAR * back, end))
    taught = [_taught(begin, end) for begin, end in spans]
    days = tuple(day for year in taught for day in year)
    starts = tuple(accumulate((len(year) for year in taught[:-1]), initial=0))
    return Schooling(
        today=today,
        timezone=timezone,
        first=taught[-1][0],
        last=taught[-1][-1],
        days=days,
        starts=starts,
        recent=max(bisect_left(days, today - HISTORY), starts[-1]),
        now=bisect_left(days, today),
    )


def _taught(first: date, last: date) -> list[date]:
    off = {
        span.first + timedelta(days=n)
        for span in days_off(first, last)
        for n in range((span.last - span.first).days + 1)
    }
    all_days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in all_days if day.weekday() <= FRIDAY and day not in off]


def calendar(schooling: Schooling, school: School) -> SchoolCalendar:
    """Return the calendar of this year, with the bells of all buildings."""
    made = schooling.moment(schooling.first - timedelta(days=10), 9 * 60)
    off = days_off(schooling.first, schooling.last)
    return SchoolCalendar(
        id="calendar",
        created_at=made,
        updated_at=made,
        first_day=schooling.first,
        last_day=schooling.last,
        days_off=off,
        early_release=tuple(_early_release(schooling)),
        periods=tuple(
            CalendarPeriod(
                name=period.name, start=period.start, end=period.end, building=building.name
            )
            for building in school.building
            for period in building.periods
        ),
    )


def _early_release(schooling: Schooling) -> Iterator[date]:
    """Yield the second Wednesday of each month, where school is held."""
    for day in schooling.days[schooling.this_year :]:
        if day.weekday() == WEDNESDAY and 8 <= day.day <= 14:
            yield day


def school_days(schooling: Schooling) -> SchoolDays:
    """Return the arithmetic over this year's school days, as its calendar would."""
    off = [
        span.first + timedelta(days=n)
        for span in days_off(schooling.first, schooling.last)
        for n in range((span.last - span.first).days + 1)
    ]
    return SchoolDays(schooling.first, schooling.last, days_off=off)
