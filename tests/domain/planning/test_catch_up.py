"""The catch-up week: its stated rule, in any world."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings

from coach_tui.domain.planning.appointments import Appointment, Stage
from coach_tui.domain.planning.catch_up import (
    MINUTES,
    NO_HOURS,
    NO_PLACE,
    Proposal,
    catch_up,
    coaching_minutes,
    waiting,
)
from coach_tui.domain.planning.conflicts import conflicts
from coach_tui.domain.planning.slots import DayPlan, free_slots, teaching_periods
from tests.domain.planning.worlds import World, facts, surroundings, worlds

MONDAY = date(2026, 11, 16)
WEEK = [MONDAY + timedelta(days=n) for n in range(5)]


def propose(world: World) -> Proposal:
    return catch_up(
        world.everyone,
        world.observable,
        world.appointments,
        world.surroundings,
        world.week,
        today=world.today,
        now=world.now,
        hours=world.hours,
    )


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_it_never_clashes_with_anything(world: World) -> None:
    proposal = propose(world)
    for visit in proposal.visits:
        others = [one for one in (*world.appointments, *proposal.visits) if one is not visit]
        known = world.observable[visit.person]
        found = conflicts(visit, others, world.surroundings, known, today=world.today)
        assert found == [], found
        assert visit.day in world.week
        assert visit.start is not None
        assert visit.day > world.today or visit.start >= world.now


@given(worlds())
@settings(max_examples=60, deadline=None)
def test_nobody_is_left_out_for_someone_who_waits_less_long(world: World) -> None:
    proposal = propose(world)
    line = waiting(
        world.everyone, world.surroundings, world.today, max(_days(world), default=MONDAY)
    )
    over = {one.id: days for days, one in line} if _days(world) else {}
    assert {one.person for one in proposal.visits} | {id for id, _ in proposal.left_out} == set(
        over
    )
    by_id = {one.id: one for one in world.everyone}
    for id, why in proposal.left_out:
        assert why in (NO_HOURS, NO_PLACE)
        if why == NO_HOURS:
            assert all(over[one.person] >= over[id] for one in proposal.visits)
            continue
        # Without everyone who waits less long there is no place for this one either.
        longer = [one for one in proposal.visits if over[one.person] > over[id]]
        same = [one for one in proposal.visits if over[one.person] == over[id]]
        taken = [*world.appointments, *longer, *same]
        periods = teaching_periods(world.surroundings, by_id[id].building, world.observable[id])
        for day in _days(world):
            plan = DayPlan([one for one in taken if one.day == day], world.surroundings.travel)
            after = world.now if day == world.today else 0
            places = free_slots(
                plan, day, periods, world.surroundings, MINUTES, by_id[id].building, after=after
            )
            assert list(places) == []


def _days(world: World) -> list[date]:
    return [
        day for day in world.week if day >= world.today and day in world.surroundings.school_days
    ]


@given(worlds())
@settings(max_examples=40, deadline=None)
def test_it_stays_within_the_hours_of_the_week(world: World) -> None:
    proposal = propose(world)
    if world.hours is not None and proposal.visits:
        spent = coaching_minutes(world.appointments) + MINUTES * len(proposal.visits)
        assert spent <= world.hours * 60


def test_each_day_stays_in_one_building_where_it_can() -> None:
    everyone = [
        facts(f"t{n}", building=building, last_meeting=date(2026, 10, 1) + timedelta(days=n))
        for n, building in enumerate(("Oak", "Elm", "Oak", "Elm", "Oak", "Elm"))
    ]
    proposal = catch_up(everyone, {}, [], surroundings(), WEEK, today=MONDAY)
    assert proposal.left_out == []
    by_day: dict[date, set[str]] = {}
    for visit in proposal.visits:
        by_day.setdefault(visit.day, set()).add(visit.building)
    assert by_day == {WEEK[0]: {"Oak"}, WEEK[1]: {"Elm"}}


def test_the_longest_overdue_takes_the_only_place() -> None:
    everyone = [
        facts("late", last_meeting=date(2026, 9, 20)),
        facts("later", last_meeting=date(2026, 9, 14)),
    ]
    only = {"late": ("Period 1",), "later": ("Period 1",)}
    busy = [Appointment(Stage.BUSY, day, 420, 600) for day in WEEK[1:]]
    busy.append(Appointment(Stage.BUSY, MONDAY, 505, 200))
    proposal = catch_up(everyone, only, busy, surroundings(), WEEK, today=MONDAY)
    assert [one.person for one in proposal.visits] == ["later"]
    assert proposal.left_out == [("late", NO_PLACE)]


def test_a_week_without_school_proposes_nothing() -> None:
    proposal = catch_up(
        [facts(last_meeting=date(2026, 9, 20))],
        {},
        [],
        surroundings(tuple(WEEK)),
        WEEK,
        today=MONDAY,
    )
    assert (proposal.visits, proposal.left_out) == ([], [])


def test_hours_that_are_used_up_say_so() -> None:
    everyone = [facts(f"t{n}", last_meeting=date(2026, 9, 20)) for n in range(3)]
    meeting = Appointment(Stage.MEETING, WEEK[4], 800, 30, person="x", record="x")
    proposal = catch_up(everyone, {}, [meeting], surroundings(), WEEK, today=MONDAY, hours=1.0)
    assert len(proposal.visits) == 1
    assert [why for _, why in proposal.left_out] == [NO_HOURS, NO_HOURS]
