"""Where something fits in a day: overlapping nothing, with time to travel."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from coach_tui.domain.planning.appointments import Appointment, Stage
from coach_tui.domain.planning.bells import Bells, Period
from coach_tui.domain.planning.conflicts import Surroundings
from coach_tui.domain.planning.slots import DayPlan, teaching_periods
from tests.domain.planning.worlds import BUILDINGS
from tests.support import school_days

DAY = date(2026, 12, 1)
TRAVEL = 15

places = st.sampled_from((*BUILDINGS, ""))
taken = st.lists(
    st.builds(
        lambda start, minutes, building: Appointment(
            Stage.VISIT, DAY, start, minutes, building=building
        ),
        st.integers(420, 700),
        st.integers(5, 60),
        places,
    ),
    max_size=6,
)


def goes(start: int, minutes: int, building: str, others: list[Appointment]) -> bool:
    """Whether something fits there, said in the plainest way."""
    for other in others:
        assert other.start is not None
        way = TRAVEL if building and other.building and building != other.building else 0
        end = other.start + other.minutes
        if start < end + way and other.start < start + minutes + way:
            return False
    return True


@given(taken, places, st.integers(400, 650), st.integers(10, 120), st.integers(5, 40))
@settings(max_examples=150, deadline=None)
def test_the_first_minute_that_fits_is_found(
    others: list[Appointment], building: str, begin: int, room: int, minutes: int
) -> None:
    fit = DayPlan(others, TRAVEL).fit(begin, begin + room, minutes, building)
    fitting = [
        start
        for start in range(begin, begin + room - minutes + 1)
        if goes(start, minutes, building, others)
    ]
    assert (None if fit is None else fit[0]) == (fitting[0] if fitting else None)


@given(taken, places, st.integers(400, 700))
@settings(max_examples=80, deadline=None)
def test_the_changes_of_building_are_counted_over_the_whole_day(
    others: list[Appointment], building: str, begin: int
) -> None:
    fit = DayPlan(others, TRAVEL).fit(begin, begin + 60, 10, building)
    if fit is None:
        return
    start, changes = fit

    def count(days: list[Appointment]) -> int:
        # Two that begin at the same minute are visited by their end, then by their place.
        in_order = sorted(days, key=lambda one: (one.start, one.end, one.building.casefold()))
        route = [one.building for one in in_order]
        known = [one for one in route if one]
        return sum(one != other for one, other in pairwise(known))

    visit = Appointment(Stage.VISIT, DAY, start, 10, building=building)
    assert changes == count([*others, visit]) - count(others)


def test_lunch_is_no_time_to_observe_unless_the_teacher_is_observed_then() -> None:
    bells = Bells(
        [Period("Period 4", 600, 650), Period("Lunch A", 650, 680), Period("P5", 680, 730)]
    )
    around = Surroundings(school_days(), bells)
    assert [one.name for one in teaching_periods(around, "", ())] == ["Period 4", "P5"]
    assert [one.name for one in teaching_periods(around, "", ("Lunch A",))] == ["Lunch A"]
