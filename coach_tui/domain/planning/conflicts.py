"""What stands in the way of an appointment: named, never forbidden. Plain."""

from __future__ import annotations

from enum import StrEnum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from coach_tui.domain.planning.appointments import Appointment
    from coach_tui.domain.planning.bells import Bells, Period
    from coach_tui.domain.school_days import SchoolDays

TRAVEL_MINUTES = 15
"""Minutes that a change of building takes, unless the calendar says otherwise."""


class Clash(StrEnum):
    """What kind of thing stands in the way."""

    DAY_OFF = "day off"
    OUTSIDE_YEAR = "outside the school year"
    EARLY_RELEASE = "early release"
    PAST = "in the past"
    SAME_TIME = "two things at once"
    TRAVEL = "no time to change buildings"
    NOT_OBSERVABLE = "not observable then"
    STATE = "not coached now"


class Conflict:
    """One thing in the way: its kind, and what it is about (a name, a period, an entry)."""

    __slots__ = ("about", "kind", "other")

    def __init__(self, kind: Clash, about: str = "", other: Appointment | None = None) -> None:
        """Hold the values."""
        self.kind, self.about, self.other = kind, about, other

    def __repr__(self) -> str:
        """Name the kind only."""
        return f"<Conflict {self.kind.value}>"


class Surroundings:
    """What an appointment is held against.

    `names_off` are the days off with what they are called; `early` the early-release days and
    `early_from` the minute from which nobody is there then, None when it is not known.
    """

    __slots__ = ("bells", "early", "early_from", "names_off", "school_days", "travel")

    def __init__(
        self,
        school_days: SchoolDays,
        bells: Bells,
        *,
        names_off: dict[date, str] | None = None,
        early: Iterable[date] = (),
        early_from: int | None = None,
        travel: int = TRAVEL_MINUTES,
    ) -> None:
        """Hold the values."""
        self.school_days, self.bells = school_days, bells
        self.names_off = names_off or {}
        self.early, self.early_from = frozenset(early), early_from
        self.travel = travel

    def is_over(self, day: date, end: int) -> bool:
        """Whether the children have gone home by `end` because of an early release."""
        return day in self.early and self.early_from is not None and end > self.early_from


def conflicts(
    wanted: Appointment,
    others: Iterable[Appointment],
    surroundings: Surroundings,
    observable: Iterable[str] = (),
    *,
    today: date,
    state: str = "active",
) -> list[Conflict]:
    """Return everything in the way of `wanted`, the gravest first.

    `others` are the coach's appointments of that day (an entry of the same key is `wanted` itself
    before it was moved); `observable` names the periods in which the teacher can be observed.
    """
    found = [
        *_of_the_day(wanted, surroundings, today),
        *_of_the_time(wanted, others, surroundings),
        *_of_the_teacher(wanted, surroundings, observable, state),
    ]
    order = list(Clash)
    return sorted(found, key=lambda one: order.index(one.kind))


def _of_the_day(wanted: Appointment, surroundings: Surroundings, today: date) -> Iterator[Conflict]:
    day, days = wanted.day, surroundings.school_days
    if day < today:
        yield Conflict(Clash.PAST)
    if not days.first <= day <= days.last:
        yield Conflict(Clash.OUTSIDE_YEAR)
    elif day not in days:
        yield Conflict(Clash.DAY_OFF, surroundings.names_off.get(day, ""))
    elif wanted.end is not None and surroundings.is_over(day, wanted.end):
        yield Conflict(Clash.EARLY_RELEASE)


def _of_the_time(
    wanted: Appointment, others: Iterable[Appointment], surroundings: Surroundings
) -> Iterator[Conflict]:
    if not wanted.takes_time or wanted.start is None or wanted.end is None:
        return
    for other in others:
        same = other.stage is wanted.stage and other.record and other.record == wanted.record
        if same or other.day != wanted.day or not other.takes_time:
            continue
        if other.start is None or other.end is None:
            continue
        if other.start < wanted.end and wanted.start < other.end:
            yield Conflict(Clash.SAME_TIME, other=other)
        elif _gap(wanted, other) < travel_between(wanted, other, surroundings.travel):
            yield Conflict(Clash.TRAVEL, other.building, other=other)


def _gap(one: Appointment, other: Appointment) -> int:
    assert one.start is not None
    assert one.end is not None
    assert other.start is not None
    assert other.end is not None
    return max(one.start - other.end, other.start - one.end)


def travel_between(one: Appointment, other: Appointment, minutes: int) -> int:
    """Return how long it takes from one to the other: 0 in one building, or where none is known."""
    here, there = one.building.casefold(), other.building.casefold()
    return minutes if here and there and here != there else 0


def _of_the_teacher(
    wanted: Appointment, surroundings: Surroundings, observable: Iterable[str], state: str
) -> Iterator[Conflict]:
    if state in ("closed", "paused", "released", "proposed"):
        yield Conflict(Clash.STATE, state)
    periods = observable_periods(surroundings.bells, wanted.building, observable)
    if wanted.stage.value != "visit" or wanted.start is None or periods is None:
        return
    if not any(one.start <= wanted.start < one.end for one in periods):
        yield Conflict(Clash.NOT_OBSERVABLE, ", ".join(one.name for one in periods))


def observable_periods(
    bells: Bells, building: str, observable: Iterable[str]
) -> list[Period] | None:
    """Return the periods in which a teacher can be observed, in the order of the day.

    None when nothing is known of it: no period is named, or none that the bells know.
    """
    wanted = {period.name: period for name in observable if (period := bells.find(name, building))}
    return sorted(wanted.values(), key=lambda one: one.start) or None
