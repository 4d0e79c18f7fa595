"""The teacher's next lessons in words, for the action step that is to be tried in one."""

from __future__ import annotations

from datetime import date, datetime

from coach_tui.domain.planning.bells import Period
from coach_tui.domain.planning.slots import next_teaching
from coach_tui.domain.records import Coachee, SchoolCalendar

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def next_lessons(
    coachee: Coachee, calendar: SchoolCalendar, now: datetime, most: int
) -> list[tuple[date, str]]:
    """Return the next lessons after the local moment `now`: the day, and words.

    The words are such as `Tue 24 Nov, Period 3, 10:15`.

    Only periods that the teacher's page names: nothing is known of the others, and nothing is
    made up.
    """
    if not coachee.periods:
        return []
    found = next_teaching(
        calendar.surroundings(),
        coachee.building,
        coachee.periods,
        now.date(),
        count=most,
        after=now.hour * 60 + now.minute + 1,
    )
    return [(day, _words(day, period)) for day, period in found]


def _words(day: date, period: Period) -> str:
    when = f"{period.start // 60}:{period.start % 60:02}"
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}, {period.name}, {when}"
