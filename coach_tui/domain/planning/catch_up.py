"""The catch-up week: whom to visit when, so that what is overdue is cleared. Plain.

The rule, in the order it works:

1. Whom: everyone whose next contact is due by the end of the week and has no visit planned from
   today to then, the longest overdue first; equally long, by name.
2. When: each in turn takes the place that adds the fewest changes of building to the coach's day;
   of those, one on a day that she spends in that building anyway; of those, the earliest. A place
   lies on a school day, from now on, within a period in which the teacher can be observed,
   overlaps nothing, and leaves time to travel.
3. How much: no more than the coach's hours of that week leave, once what is planned is counted.

So nobody is left out for someone who waits less long: a place that the one who waits less takes
was not possible for the other.
"""

from __future__ import annotations

from coach_tui.domain.planning.appointments import LENGTHS, Appointment, Stage, Standing
from coach_tui.domain.planning.ghosts import first_due
from coach_tui.domain.planning.slots import DayPlan, free_slots, teaching_periods

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from coach_tui.domain.facts import CoacheeFacts
    from coach_tui.domain.planning.bells import Period
    from coach_tui.domain.planning.conflicts import Surroundings
    from coach_tui.domain.planning.slots import Slot

MINUTES = LENGTHS[Stage.VISIT]

_MANY = 3
"""More changes of building than one visit can add."""


class Proposal:
    """The week that is proposed: ghosts of visits by day and time, and who found no place.

    `left_out` holds (id of the coachee, why), the longest overdue first.
    """

    __slots__ = ("left_out", "visits")

    def __init__(self, visits: list[Appointment], left_out: list[tuple[str, str]]) -> None:
        """Hold the values."""
        self.visits, self.left_out = visits, left_out


NO_PLACE = "no free period in which they can be observed"
NO_HOURS = "the week's coaching hours are used up"


def waiting(
    everyone: Iterable[CoacheeFacts], surroundings: Surroundings, today: date, until: date
) -> list[tuple[int, CoacheeFacts]]:
    """Return who is due by `until` and unplanned, with the school days overdue, longest first."""
    days = surroundings.school_days
    found = []
    for facts in everyone:
        due = first_due(facts, days)
        if due is None or due > until:
            continue
        if any(today <= day <= until for day in facts.planned):
            continue
        found.append((days.between(due, today) if due < today else 0, facts))
    return sorted(found, key=lambda one: (-one[0], one[1].name.casefold(), one[1].id))


def catch_up(
    everyone: Iterable[CoacheeFacts],
    observable: Mapping[str, tuple[str, ...]],
    appointments: Iterable[Appointment],
    surroundings: Surroundings,
    week: Iterable[date],
    *,
    today: date,
    now: int = 0,
    hours: float | None = None,
) -> Proposal:
    """Return the week that clears what is overdue, by the rule of this module.

    `observable` are the periods of each coachee by id; `appointments` what the coach has in the
    days of `week`; `now` the minute of today before which nothing begins; `hours` what the coach
    has for coaching in a week, None when it is not said.
    """
    days = [day for day in week if day >= today and day in surroundings.school_days]
    if not days:
        return Proposal([], [])
    taken = list(appointments)
    left = None if hours is None else int(hours * 60) - coaching_minutes(taken)
    by_day: dict[date, list[Appointment]] = {day: [] for day in days}
    for one in taken:
        if one.day in by_day:
            by_day[one.day].append(one)
    plans = [(day, DayPlan(by_day[day], surroundings.travel)) for day in days]
    visits, left_out = [], []
    for _, facts in waiting(everyone, surroundings, today, max(days)):
        if left is not None and left < MINUTES:
            left_out.append((facts.id, NO_HOURS))
            continue
        periods = teaching_periods(surroundings, facts.building, observable.get(facts.id, ()))
        best = _best(plans, periods, surroundings, facts.building, today, now)
        if best is None:
            left_out.append((facts.id, NO_PLACE))
            continue
        slot, plan = best
        plan.add(slot.start, MINUTES, facts.building)
        left = None if left is None else left - MINUTES
        visits.append(_visit(facts, slot))
    return Proposal(sorted(visits, key=lambda one: (one.day, one.start or 0)), left_out)


def _best(
    plans: list[tuple[date, DayPlan]],
    periods: tuple[Period, ...],
    surroundings: Surroundings,
    building: str,
    today: date,
    now: int,
) -> tuple[Slot, DayPlan] | None:
    """Return the place that the rule prefers, None when there is none."""
    best: tuple[Slot, DayPlan] | None = None
    least = (_MANY, True)
    for day, plan in plans:
        elsewhere = not plan.is_at(building)
        if best is not None and least <= (0, elsewhere):
            continue
        after = now if day == today else 0
        for slot in free_slots(plan, day, periods, surroundings, MINUTES, building, after=after):
            if (slot.changes, elsewhere) < least:
                best, least = (slot, plan), (slot.changes, elsewhere)
    return best


def _visit(facts: CoacheeFacts, slot: Slot) -> Appointment:
    return Appointment(
        Stage.VISIT,
        slot.day,
        slot.start,
        MINUTES,
        person=facts.id,
        standing=Standing.GHOST,
        period=slot.period.name,
        building=facts.building,
    )


def coaching_minutes(appointments: Iterable[Appointment]) -> int:
    """Return the minutes that go to coaching: visits, meetings and check backs."""
    coaching = (Stage.VISIT, Stage.MEETING, Stage.CHECK_BACK)
    return sum(
        one.minutes
        for one in appointments
        if one.stage in coaching and one.standing is not Standing.GHOST
    )
