"""A week as periods by days: what is planned in each, and what is free. Plain."""

from __future__ import annotations

from datetime import date, timedelta

from coach_tui.domain.planning.bells import MIDNIGHT, Bells, Period
from coach_tui.presentation import dates
from coach_tui.presentation.calendar.signs import token
from coach_tui.presentation.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from coach_tui.domain.planning.appointments import Appointment

NO_TIME = "no time yet"
BEFORE, AFTER = "before", "after"


class Row:
    """A row of the week: what it is called, and the minutes from `start` to before `end`.

    The row of entries without a time has neither.
    """

    __slots__ = ("end", "name", "period", "start")

    def __init__(self, name: str, start: int | None, end: int | None, period: bool = True) -> None:
        """Hold the values; `period` says that the bells ring for it."""
        self.name, self.start, self.end, self.period = name, start, end, period

    @property
    def times(self) -> str:
        """The times of a period, empty for other rows."""
        if not self.period or self.start is None or self.end is None:
            return ""
        return f"{dates.of_day(self.start)}-{dates.of_day(self.end)}"


def week_days(day: date, taught: Sequence[bool], busy: Callable[[date], bool]) -> list[date]:
    """Return the days of the week of `day` that are shown: those taught, and others with entries.

    `day` itself is always among them.
    """
    monday = day - timedelta(days=day.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    return [one for n, one in enumerate(days) if taught[n] or one == day or busy(one)]


def rows_of(bells: Bells, building: str, entries: Sequence[Appointment]) -> list[Row]:
    """Return the rows of a week in a building: its periods, and what lies outside of them."""
    periods: Sequence[Period] = bells.day_of(building)
    rows = [Row(visible(one.name), one.start, one.end) for one in periods]
    first, last = periods[0].start, max(one.end for one in periods)
    starts = [one.start for one in entries if one.start is not None]
    found = []
    if any(one.start is None for one in entries):
        found.append(Row(NO_TIME, None, None, period=False))
    if any(start < first for start in starts):
        found.append(Row(BEFORE, 0, first, period=False))
    found += rows
    if any(start >= last for start in starts):
        found.append(Row(AFTER, last, MIDNIGHT, period=False))
    return found


def row_of(rows: Sequence[Row], one: Appointment) -> int:
    """Return which row an entry stands in: that of its start, else the last one before it."""
    found = 0
    for n, row in enumerate(rows):
        if row.start is None:
            if one.start is None:
                return n
            continue
        if one.start is not None and row.start <= one.start:
            found = n
    return found


def is_free(row: Row, entries: Sequence[Appointment]) -> bool:
    """Whether nothing takes the coach's time in a period."""
    if not row.period or row.start is None or row.end is None:
        return False
    return not any(
        one.takes_time
        and one.standing.value != "ghost"
        and one.start is not None
        and one.start < row.end
        and row.start < one.start + one.minutes
        for one in entries
    )


def cell_words(one: Appointment, name: str) -> str:
    """Return an entry of the week: its time and its sign, `9:40 ○AR`."""
    sign = token(one, name)
    return sign if one.start is None else f"{dates.of_day(one.start)} {sign}"
