"""What cadence makes due and nobody planned; series; what a snow day moves."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_tui.domain import cadence as cadences
from coach_tui.domain.planning.appointments import Appointment, Stage, Standing
from coach_tui.domain.planning.ghosts import ghosts, unplanned
from coach_tui.domain.planning.series import MOST, falls_on, moved, series
from coach_tui.domain.planning.share import weeks
from coach_tui.domain.planning.slots import next_teaching
from coach_tui.domain.statuses import Rules
from tests.domain.planning.worlds import FIRST, LAST, facts, school_dates, surroundings

TODAY = date(2026, 11, 23)
BREAK = tuple(date(2026, 12, 21) + timedelta(days=n) for n in range(12))
CADENCES = st.sampled_from(
    ["weekly", "biweekly", "every 3 weeks", "monthly", "every 3 school days"]
)
OFF = st.lists(school_dates, max_size=30).map(tuple)


def days_of(found: list[Appointment], stage: Stage) -> list[date]:
    return [one.day for one in found if one.stage is stage]


@given(CADENCES, school_dates, school_dates, OFF, st.lists(school_dates, max_size=4))
@settings(max_examples=80, deadline=None)
def test_ghosts_lie_on_school_days_ahead_and_never_twice(
    cadence: str, last: date, today: date, off: tuple[date, ...], planned: list[date]
) -> None:
    around = surroundings(off)
    one = facts(cadence=cadence, last_meeting=min(last, today), planned=tuple(planned))
    found = days_of(ghosts(one, around.school_days, today, LAST, Rules()), Stage.VISIT)
    assert all(day in around.school_days and day >= today for day in found)
    assert found == sorted(set(found))


@given(CADENCES, school_dates, OFF, st.lists(school_dates, max_size=4))
@settings(max_examples=80, deadline=None)
def test_planning_every_ghost_leaves_none(
    cadence: str, today: date, off: tuple[date, ...], planned: list[date]
) -> None:
    around = surroundings(off)
    ahead = [day for day in planned if day >= today and day in around.school_days]
    due = cadences.next_due(cadence, today - timedelta(days=9), around.school_days)
    if due is None:
        return
    wanted = list(unplanned(due, cadence, ahead, around.school_days, today, LAST))
    again = unplanned(due, cadence, [*ahead, *wanted], around.school_days, today, LAST)
    assert list(again) == []


def test_a_planned_visit_stands_for_the_day_it_is_near() -> None:
    days = surroundings().school_days
    one = facts(last_meeting=date(2026, 11, 16), planned=(date(2026, 12, 2),))
    found = ghosts(one, days, TODAY, date(2026, 12, 31), Rules())
    assert days_of(found, Stage.VISIT) == [date(2026, 12, 16), date(2026, 12, 30)]


def test_what_is_overdue_is_due_today() -> None:
    days = surroundings((TODAY,)).school_days
    one = facts(last_meeting=date(2026, 10, 1))
    assert ghosts(one, days, TODAY, TODAY + timedelta(days=3), Rules())[0].day == date(2026, 11, 24)


@pytest.mark.parametrize("state", ["paused", "released", "closed", "proposed", "not_launched"])
def test_nobody_else_has_a_ghost_of_a_visit(state: str) -> None:
    one = facts(state=state, last_meeting=date(2026, 10, 1))
    found = ghosts(one, surroundings().school_days, TODAY, LAST, Rules())
    assert days_of(found, Stage.VISIT) == []


def test_a_meeting_and_a_check_back_are_ghosts_until_they_are_planned() -> None:
    days = surroundings().school_days
    waiting: dict[str, Any] = {
        "unanswered_observation": date(2026, 11, 20),
        "open_step_lesson": date(2026, 11, 24),
    }
    found = ghosts(facts(**waiting), days, TODAY, LAST, Rules())
    assert days_of(found, Stage.MEETING) == [date(2026, 11, 24)]
    assert days_of(found, Stage.CHECK_BACK) == [date(2026, 11, 25)]
    planned = (
        ("meeting", "2026-11-25", 600, 30, "", "c"),
        ("check back", "2026-11-25", 600, 10, "", "c"),
    )
    found = ghosts(facts(**waiting, entries=planned), days, TODAY, LAST, Rules())
    assert days_of(found, Stage.MEETING) == days_of(found, Stage.CHECK_BACK) == []
    missed = (("meeting", "2026-11-20", 600, 30, "", "c"),)
    found = ghosts(facts(**waiting, entries=missed), days, TODAY, LAST, Rules())
    assert days_of(found, Stage.MEETING) == [date(2026, 11, 24)]


@given(CADENCES, school_dates, OFF)
@settings(max_examples=80, deadline=None)
def test_a_series_has_school_days_in_order(
    cadence: str, first: date, off: tuple[date, ...]
) -> None:
    days = surroundings(off).school_days
    found = series(cadence, first, LAST, days)
    assert len(found) <= MOST
    assert all(day in days and first <= day <= LAST for day in found)
    assert all(one < other for one, other in pairwise(found))


def test_a_weekly_series_keeps_its_weekday_around_a_break() -> None:
    days = surroundings(BREAK).school_days
    found = series("weekly", date(2026, 12, 8), date(2027, 1, 20), days)
    assert found == [
        date(2026, 12, 8),
        date(2026, 12, 15),
        date(2027, 1, 4),  # the last Tuesday of the break, moved; the first is left out
        date(2027, 1, 5),
        date(2027, 1, 12),
        date(2027, 1, 19),
    ]


def test_a_monthly_series_knows_short_months() -> None:
    days = surroundings().school_days
    found = series("monthly", date(2026, 12, 31), date(2027, 4, 30), days)
    assert found == [
        date(2026, 12, 31),
        date(2027, 2, 1),
        date(2027, 3, 1),
        date(2027, 3, 31),
        date(2027, 4, 30),
    ]


@given(st.lists(st.integers(480, 900), max_size=6), OFF, st.booleans())
@settings(max_examples=60, deadline=None)
def test_what_a_snow_day_moves_clashes_with_nothing(
    starts: list[int], off: tuple[date, ...], early: bool
) -> None:
    snow = date(2027, 1, 12)
    around = surroundings((*off, snow), early=(date(2027, 1, 13),) if early else (), early_from=720)
    fallen = [Appointment(Stage.VISIT, snow, start, 20, record=str(start)) for start in set(starts)]
    others = [Appointment(Stage.MEETING, date(2027, 1, 13), 600, 60, record="m")]
    places = moved(fallen, others, around)
    new = [place for _, place in places if place is not None]
    assert len(places) == len(fallen)
    for place in new:
        assert place.day in around.school_days
        assert place.day > snow
        assert place.start in starts
        assert not around.is_over(place.day, place.end or 0)
    clashing = [
        (one, other)
        for n, one in enumerate(new)
        for other in [*new[n + 1 :], *others]
        if one.day == other.day
        and one.start is not None
        and other.start is not None
        and one.start < other.start + other.minutes
        and other.start < one.start + one.minutes
    ]
    # Two that overlapped before the snow may not follow each other into the same day.
    assert clashing == []


def test_only_what_is_planned_falls_on_a_snow_day() -> None:
    done = Appointment(Stage.VISIT, TODAY, standing=Standing.DONE)
    planned = Appointment(Stage.VISIT, TODAY)
    assert falls_on([TODAY], [done, planned]) == [planned]


@given(school_dates, OFF, st.integers(0, 900))
@settings(max_examples=60, deadline=None)
def test_next_teaching_periods_are_on_school_days_in_order(
    day: date, off: tuple[date, ...], after: int
) -> None:
    around = surroundings(off, early=(day,), early_from=600)
    found = next_teaching(around, "Oak", ("p2", "p4"), day, after=after)
    assert all(at in around.school_days and at >= day for at, _ in found)
    assert all(period.name in ("Period 2", "Period 4") for _, period in found)
    assert all(at > day or after <= period.start < 600 for at, period in found)
    order = [(at, period.start) for at, period in found]
    assert order == sorted(order)
    assert len(found) <= 5


def test_without_bells_the_school_day_is_one_period() -> None:
    found = next_teaching(surroundings(), "Nowhere", (), FIRST, count=1)
    assert [(at, period.start, period.end) for at, period in found] == [(FIRST, 480, 900)]


def test_a_week_counts_coaching_support_and_duties_apart() -> None:
    entries = [
        Appointment(Stage.VISIT, TODAY, 600, 20, standing=Standing.DONE),
        Appointment(Stage.MEETING, TODAY, 700, 30),
        Appointment(Stage.VISIT, TODAY, 800, 20, standing=Standing.GHOST),
        Appointment(Stage.SUPPORT, TODAY, None, 45, words="mentor"),
        Appointment(Stage.RESPONSIBILITY, TODAY, 720, 25, words="lunch duty"),
        Appointment(Stage.RESPONSIBILITY, TODAY + timedelta(days=1), 720, 25, words="lunch duty"),
        Appointment(Stage.VISIT, TODAY + timedelta(days=7), 600, 20),
    ]
    first, second = weeks(entries, TODAY + timedelta(days=2), 2)
    assert (first.monday, first.coaching, first.support, first.other) == (TODAY, 50, 45, 50)
    assert first.duties == {"lunch duty": 50}
    assert first.percent == 34
    assert (second.coaching, second.percent) == (20, 100)
    assert weeks([], TODAY, 1)[0].percent is None
