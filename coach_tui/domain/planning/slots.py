"""Where a visit fits: the periods in which a teacher teaches, and what is free in them. Plain."""

from __future__ import annotations

from bisect import insort

from coach_tui.domain.planning.conflicts import observable_periods

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from coach_tui.domain.planning.appointments import Appointment
    from coach_tui.domain.planning.bells import Period
    from coach_tui.domain.planning.conflicts import Surroundings

DAYS_AHEAD = 60
"""School days that are looked through for the next period, at most."""


class Slot:
    """A place for a visit: the day, the minute it begins, the period it lies in.

    `changes` is how many changes of building it adds to the coach's day.
    """

    __slots__ = ("changes", "day", "period", "start")

    def __init__(self, day: date, start: int, period: Period, changes: int = 0) -> None:
        """Hold the values."""
        self.day, self.start, self.period, self.changes = day, start, period, changes

    def __repr__(self) -> str:
        """Name day and time."""
        return f"<Slot {self.day} {self.start}>"


def teaching_periods(
    surroundings: Surroundings, building: str, observable: Iterable[str]
) -> tuple[Period, ...]:
    """Return the periods in which a teacher can be seen teaching, in the order of the day.

    Those named as observable; where none are named, or none is known, every period of the building
    but lunch, recess and the like.
    """
    named = observable_periods(surroundings.bells, building, observable)
    if named is not None:
        return tuple(named)
    return tuple(one for one in surroundings.bells.day_of(building) if one.is_lesson)


def next_teaching(
    surroundings: Surroundings,
    building: str,
    observable: Iterable[str],
    day: date,
    *,
    count: int = 5,
    after: int = 0,
) -> list[tuple[date, Period]]:
    """Return the next periods a teacher teaches, from `day` on, as (school day, period).

    On `day` itself only those that begin at the minute `after` or later. Periods that an early
    release cuts short are left out. Fewer than `count` when the school year ends before.
    """
    periods = teaching_periods(surroundings, building, observable)
    found: list[tuple[date, Period]] = []
    at = surroundings.school_days.on_or_after(day)
    for _ in range(DAYS_AHEAD):
        if at is None or len(found) >= count:
            break
        found += [
            (at, period)
            for period in periods
            if not surroundings.is_over(at, period.end) and (at > day or period.start >= after)
        ]
        at = surroundings.school_days.add(at, 1)
    return found[:count]


class DayPlan:
    """What a day holds at known times, in order; it can tell where something more fits."""

    __slots__ = ("_travel", "taken")

    def __init__(self, appointments: Iterable[Appointment], travel: int) -> None:
        """Take the `appointments` of one day; `travel` are the minutes of a change of building.

        What has no time takes none. Two that overlap are kept as they are.
        """
        self._travel = travel
        self.taken: list[tuple[int, int, str]] = sorted(
            (one.start, one.start + one.minutes, one.building.casefold())
            for one in appointments
            if one.takes_time and one.start is not None
        )

    def add(self, start: int, minutes: int, building: str) -> None:
        """Take the time from `start` on."""
        insort(self.taken, (start, start + minutes, building.casefold()))

    def is_at(self, building: str) -> bool:
        """Whether the day has something in that building."""
        place = building.casefold()
        return any(where == place for _, _, where in self.taken)

    def fit(self, begin: int, until: int, minutes: int, building: str) -> tuple[int, int] | None:
        """Return the first minute from `begin` at which something fits that ends by `until`.

        Beside it the changes of building that it adds to the day. None when nothing fits: it
        overlaps nothing, and leaves time to travel before and after.
        """
        place = building.casefold()
        start = self._free_from(begin, minutes, place)
        if start + minutes > until:
            return None
        return start, self._changes(start, place)

    def _free_from(self, begin: int, minutes: int, place: str) -> int:
        """Return the first minute from `begin` at which nothing is in the way.

        What comes later in the day may need more time to travel than what comes before it: so it
        is looked through again after each step.
        """
        start, moved = begin, True
        while moved:
            moved = False
            for taken_from, taken_until, where in self.taken:
                way = self._way(where, place)
                if taken_from - way < start + minutes and start < taken_until + way:
                    start, moved = taken_until + way, True
        return start

    def _way(self, one: str, other: str) -> int:
        return self._travel if one and other and one != other else 0

    def _changes(self, start: int, place: str) -> int:
        """Return how many changes of building a visit at `start` adds."""
        before = after = ""
        for begin, _, where in self.taken:
            if not where:
                continue
            if begin < start:
                before = where
            else:
                after = where
                break
        if not place:
            return 0
        with_it = (bool(before) and before != place) + (bool(after) and after != place)
        return with_it - (bool(before) and bool(after) and before != after)


def free_slots(
    plan: DayPlan,
    day: date,
    periods: Iterable[Period],
    surroundings: Surroundings,
    minutes: int,
    building: str,
    *,
    after: int = 0,
) -> Iterator[Slot]:
    """Yield, for each period of `day`, the first place in it where a visit fits, by time.

    Nothing before the minute `after`, and nothing in what an early release cuts off.
    """
    for period in periods:
        if surroundings.is_over(day, max(period.start, after) + minutes):
            continue
        found = plan.fit(max(period.start, after), period.end, minutes, building)
        if found is None:
            continue
        start, changes = found
        if not surroundings.is_over(day, start + minutes):
            yield Slot(day, start, period, changes)
