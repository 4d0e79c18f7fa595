"""Series: the days of a cadence over a term, and what a changed calendar moves. Plain."""

from __future__ import annotations

from datetime import date, timedelta

from coach_tui.domain import cadence as cadences

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coach_tui.domain.planning.appointments import Appointment
    from coach_tui.domain.planning.conflicts import Surroundings
    from coach_tui.domain.school_days import SchoolDays

MOST = 120
"""Days that one series holds at most."""


def series(cadence: str, first: date, until: date, school_days: SchoolDays) -> list[date]:
    """Return the days of `cadence` from `first` to `until`: school days, each once, in order.

    Weeks and months keep their weekday or day of the month. One that falls on a day off moves to
    the next school day; where that is the day of the next one or after it, as in a long break,
    it is left out. `every n school days` counts school days. Raises `ValueError` for no cadence.
    """
    cadence = cadences.normalise(cadence)
    if cadence.endswith("school days"):
        return list(_every(int(cadence.split()[1]), first, until, school_days))
    found: list[date] = []
    nominal = list(_nominal(cadence, first, until))
    for wanted, following in zip(nominal, [*nominal[1:], None], strict=True):
        day = school_days.on_or_after(wanted)
        if day is None or day > until or (following is not None and day >= following):
            continue
        found.append(day)
    return found[:MOST]


def _every(count: int, first: date, until: date, school_days: SchoolDays) -> Iterator[date]:
    day = school_days.on_or_after(first)
    for _ in range(MOST):
        if day is None or day > until:
            return
        yield day
        day = school_days.add(day, count)


def _nominal(cadence: str, first: date, until: date) -> Iterator[date]:
    """Yield the days of the calendar that the cadence names, school or not."""
    number = 0
    day = first
    while day <= until and number < MOST:
        yield day
        number += 1
        if cadence == cadences.MONTHLY:
            day = months_on(first, number)
        else:
            weeks = cadences.weeks_of(cadence) or 1
            day = first + timedelta(weeks=weeks * number)


def months_on(day: date, months: int) -> date:
    """Return the same day of the month so many months on, the last one where there is none."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(day.day, (following - timedelta(days=1)).day))


def falls_on(days: Iterable[date], appointments: Iterable[Appointment]) -> list[Appointment]:
    """Return what is planned on `days`: what a snow day leaves without a place."""
    wanted = frozenset(days)
    return [one for one in appointments if one.day in wanted and one.standing.value == "planned"]


def moved(
    appointments: Iterable[Appointment],
    others: Iterable[Appointment],
    surroundings: Surroundings,
) -> list[tuple[Appointment, Appointment | None]]:
    """Return, for each appointment, where it could go: the same time on the next school day.

    A day is passed over when the coach has something at that time then, or when school is out by
    then; None when the school year has no such day. Those that move first take their place.
    """
    taken: dict[date, list[Appointment]] = {}
    for other in others:
        taken.setdefault(other.day, []).append(other)
    found: list[tuple[Appointment, Appointment | None]] = []
    for one in sorted(appointments, key=lambda each: (each.day, each.start or 0)):
        place = _next_place(one, taken, surroundings)
        if place is not None:
            taken.setdefault(place.day, []).append(place)
        found.append((one, place))
    return found


def _next_place(
    one: Appointment, taken: dict[date, list[Appointment]], surroundings: Surroundings
) -> Appointment | None:
    day = surroundings.school_days.add(one.day, 1)
    while day is not None:
        place = one.at(day, one.start, one.period)
        over = place.end is not None and surroundings.is_over(day, place.end)
        if not over and not any(_overlap(place, other) for other in taken.get(day, ())):
            return place
        day = surroundings.school_days.add(day, 1)
    return None


def _overlap(one: Appointment, other: Appointment) -> bool:
    if not (one.takes_time and other.takes_time):
        return False
    assert one.start is not None
    assert other.start is not None
    return one.start < other.start + other.minutes and other.start < one.start + one.minutes
