"""The coach's share of time: coaching, her own support, other responsibilities, by week. Plain.

These are the coach's own hours (seed 004: whether a coach is given the time to coach). Nothing
here is about a teacher.
"""

from __future__ import annotations

from datetime import date, timedelta

from coach_tui.domain.planning.appointments import Stage, Standing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach_tui.domain.planning.appointments import Appointment

_COACHING = (Stage.VISIT, Stage.MEETING, Stage.CHECK_BACK)


class Week:
    """The minutes of one week: its Monday, coaching, support of the coach, other duties.

    `duties` are the minutes of other responsibilities by what they are called.
    """

    __slots__ = ("coaching", "duties", "monday", "support")

    def __init__(self, monday: date) -> None:
        """Begin with nothing."""
        self.monday = monday
        self.coaching = self.support = 0
        self.duties: dict[str, int] = {}

    @property
    def other(self) -> int:
        """The minutes of all other responsibilities."""
        return sum(self.duties.values())

    @property
    def whole(self) -> int:
        """All minutes that are known."""
        return self.coaching + self.support + self.other

    @property
    def percent(self) -> int | None:
        """Coaching as a share of all that is known, in percent; None when nothing is known."""
        return round(100 * self.coaching / self.whole) if self.whole else None


def monday_of(day: date) -> date:
    """Return the Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


def weeks(appointments: Iterable[Appointment], first: date, count: int) -> list[Week]:
    """Return `count` weeks from that of `first` on; what is only proposed does not count."""
    begin = monday_of(first)
    found = {begin + timedelta(weeks=n): Week(begin + timedelta(weeks=n)) for n in range(count)}
    for one in appointments:
        week = found.get(monday_of(one.day))
        if week is None or one.standing is Standing.GHOST:
            continue
        if one.stage in _COACHING:
            week.coaching += one.minutes
        elif one.stage is Stage.SUPPORT:
            week.support += one.minutes
        elif one.stage is Stage.RESPONSIBILITY:
            label = one.words.strip() or "other"
            week.duties[label] = week.duties.get(label, 0) + one.minutes
    return list(found.values())
