"""Free times to suggest, and what stands in the way of a wanted one, as the days stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from coach_tui.coaching.planning.days import Days
from coach_tui.coaching.planning.planning import Time
from coach_tui.domain.planning.appointments import LENGTHS, Appointment, Stage
from coach_tui.domain.planning.bells import Period
from coach_tui.domain.planning.catch_up import Proposal, catch_up
from coach_tui.domain.planning.conflicts import Conflict, conflicts, observable_periods
from coach_tui.domain.planning.series import falls_on, moved
from coach_tui.domain.planning.slots import DAYS_AHEAD, DayPlan, Slot, free_slots, teaching_periods

MOST = 6
"""Free times that are suggested."""


def suggestions(days: Days, person: str, stage: Stage, first: date) -> list[Slot]:
    """Return free times for a stage of a coachee's cycle, from `first` on, the earliest first.

    A visit goes into the periods in which the teacher can be observed, anything else into the
    other periods, where it is known which they are.
    """
    surroundings = days.surroundings
    school_days = surroundings.school_days
    periods = _periods(days, person, stage)
    building = building_of(days, person)
    minutes = LENGTHS[stage]
    found: list[Slot] = []
    day = school_days.on_or_after(max(first, days.today))
    for _ in range(DAYS_AHEAD):
        if day is None or len(found) >= MOST:
            break
        plan = DayPlan(days.taken(day, day), surroundings.travel)
        after = days.now if day == days.today else 0
        found += free_slots(plan, day, periods, surroundings, minutes, building, after=after)
        day = school_days.add(day, 1)
    return found[:MOST]


def _periods(days: Days, person: str, stage: Stage) -> tuple[Period, ...]:
    building, named = building_of(days, person), observable_of(days, person)
    bells = days.surroundings.bells
    teaching = observable_periods(bells, building, named)
    if stage is Stage.VISIT or teaching is None:
        return teaching_periods(days.surroundings, building, named)
    others = tuple(one for one in bells.of(building) if one not in teaching)
    return others or bells.day_of(building)


def building_of(days: Days, person: str) -> str:
    """Return the building of a coachee."""
    document = days.people.get(person)
    return "" if document is None else str(document["building"])


def observable_of(days: Days, person: str) -> tuple[str, ...]:
    """Return the periods in which a coachee can be observed, as the roster names them."""
    document = days.people.get(person)
    return () if document is None else tuple(document["periods"])


def in_the_way(
    days: Days, stage: Stage, person: str, when: Time, record: str = ""
) -> list[Conflict]:
    """Return what stands in the way of a stage at a time; `record` is the cycle that moves."""
    wanted = Appointment(
        stage,
        when.day,
        when.start,
        when.minutes,
        person=person,
        record=record,
        building=building_of(days, person),
    )
    document = days.people.get(person)
    return conflicts(
        wanted,
        days.taken(when.day, when.day),
        days.surroundings,
        observable_of(days, person),
        today=days.today,
        state="active" if document is None else str(document["state"]),
    )


def no_school(days: Days, day: date) -> str | None:
    """Return why there is no school on a day of the school year, None when there is."""
    school_days = days.surroundings.school_days
    if not school_days.first <= day <= school_days.last or day in school_days:
        return None
    return days.surroundings.names_off.get(day, "") or "a day off"


def proposed_week(days: Days, week: list[date]) -> Proposal:
    """Return the week that clears what is due, by the rule of `domain.planning.catch_up`."""
    observable = {id: tuple(one["periods"]) for id, one in days.people.items()}
    return catch_up(
        days.facts.values(),
        observable,
        days.taken(week[0], week[-1]),
        days.surroundings,
        week,
        today=days.today,
        now=days.now,
        hours=days.hours,
    )


def displaced(days: Days, days_off: Iterable[date]) -> list[tuple[Appointment, Appointment | None]]:
    """Return what is planned on `days_off` with where each could go, None for nowhere."""
    wanted = sorted(set(days_off))
    found = falls_on(wanted, [one for day in wanted for one in days.on(day) if one.person])
    if not found:
        return []
    others = days.taken(wanted[0], days.surroundings.school_days.last)
    fallen = {one.key for one in found}
    return moved(found, [one for one in others if one.key not in fallen], days.surroundings)
