"""School days against the plainest count there is: one day after the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_tui.domain.school_days import MONDAY_TO_FRIDAY, SchoolDays, days_from

ONE = timedelta(days=1)


class Naive:
    """A school year as the list of its days, gone through from one end."""

    def __init__(
        self, first: date, last: date, weekdays: frozenset[int], off: frozenset[date]
    ) -> None:
        self.days: list[date] = []
        day = first
        while day <= last:
            if day.weekday() in weekdays and day not in off:
                self.days.append(day)
            day += ONE

    def on_or_after(self, day: date) -> date | None:
        return next((one for one in self.days if one >= day), None)

    def on_or_before(self, day: date) -> date | None:
        return next((one for one in reversed(self.days) if one <= day), None)

    def add(self, day: date, count: int) -> date | None:
        if count == 0:
            return self.on_or_after(day)
        ahead = [one for one in self.days if one > day]
        behind = [one for one in reversed(self.days) if one < day]
        found = ahead if count > 0 else behind
        return found[abs(count) - 1] if len(found) >= abs(count) else None

    def between(self, start: date, end: date) -> int:
        if end < start:
            return -self.between(end, start)
        return sum(1 for one in self.days if start < one <= end)


Year = tuple[SchoolDays, Naive, date]


@st.composite
def years(draw: st.DrawFn) -> Year:
    """A year, the same done naively, and a day in it or near it."""
    first = draw(st.dates(date(2023, 6, 1), date(2029, 1, 1)))
    last = first + timedelta(days=draw(st.integers(0, 300)))
    weekdays = draw(st.just(MONDAY_TO_FRIDAY) | st.frozensets(st.integers(0, 6)))
    near = st.integers(-15, 315).map(lambda n: first + timedelta(days=n))
    breaks = draw(st.lists(st.tuples(near, st.integers(0, 20)), max_size=4))
    off = frozenset(day + timedelta(days=n) for day, length in breaks for n in range(length))
    return SchoolDays(first, last, weekdays, off), Naive(first, last, weekdays, off), draw(near)


@given(year=years(), count=st.integers(-60, 60))
def test_adding_agrees_with_counting_day_by_day(year: Year, count: int) -> None:
    days, naive, day = year
    assert days.add(day, count) == naive.add(day, count)


@given(year=years(), other=st.integers(-330, 330))
def test_counting_between_agrees_with_counting_day_by_day(year: Year, other: int) -> None:
    days, naive, day = year
    end = day + timedelta(days=other)
    assert days.between(day, end) == naive.between(day, end)
    assert days.between(end, day) == -days.between(day, end)


@given(year=years())
def test_the_nearest_school_days_agree_with_looking_day_by_day(year: Year) -> None:
    days, naive, day = year
    assert days.on_or_after(day) == naive.on_or_after(day)
    assert days.on_or_before(day) == naive.on_or_before(day)
    assert (day in days) == (day in naive.days)
    assert len(days) == len(naive.days)
    assert days.has_begun(day) == any(one <= day for one in naive.days)


@given(year=years(), count=st.integers(1, 60))
def test_what_was_added_is_counted_between(year: Year, count: int) -> None:
    days, _, day = year
    later = days.add(day, count)
    if later is not None:
        assert later in days
        assert later > day
        assert days.between(day, later) == count
    earlier = days.add(day, -count)
    if earlier is not None and day in days:
        assert earlier in days
        assert days.between(earlier, day) == count
        assert days.add(earlier, count) == day


@given(year=years())
@settings(max_examples=30)
def test_a_year_is_walked_in_order_without_a_gap(year: Year) -> None:
    days, naive, _ = year
    walked: list[date] = []
    day = days.on_or_after(days.first)
    while day is not None:
        walked.append(day)
        day = days.add(day, 1)
    assert walked == naive.days


FALL = SchoolDays(
    date(2027, 12, 13),
    date(2028, 3, 3),
    days_off=days_from(date(2027, 12, 20), date(2027, 12, 31)),
)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (FALL.add(date(2027, 12, 17), 1), date(2028, 1, 3)),
        (FALL.add(date(2028, 1, 3), -1), date(2027, 12, 17)),
        (FALL.add(date(2027, 12, 25), 1), date(2028, 1, 3)),
        (FALL.on_or_after(date(2027, 12, 18)), date(2028, 1, 3)),
        (FALL.on_or_before(date(2028, 1, 2)), date(2027, 12, 17)),
        (FALL.between(date(2027, 12, 17), date(2028, 1, 4)), 2),
        (FALL.between(date(2027, 12, 18), date(2028, 1, 2)), 0),
        (FALL.add(date(2028, 2, 28), 1), date(2028, 2, 29)),
        (FALL.add(date(2028, 2, 28), 2), date(2028, 3, 1)),
        (FALL.between(date(2028, 2, 28), date(2028, 3, 1)), 2),
        (FALL.add(date(2028, 3, 3), 1), None),
        (FALL.add(date(2027, 12, 13), -1), None),
        (FALL.on_or_after(date(2028, 3, 4)), None),
        (FALL.on_or_before(date(2027, 12, 12)), None),
        (FALL.add(date.min, 1), date(2027, 12, 13)),
        (FALL.add(date.max, -1), date(2028, 3, 3)),
        (FALL.add(date.min, 0), date(2027, 12, 13)),
        (FALL.add(date.max, 0), None),
        (FALL.between(date.min, date.max), len(FALL)),
    ],
)
def test_the_turn_of_the_year_a_break_and_a_leap_day(found: object, expected: object) -> None:
    assert found == expected


def test_weekdays_may_be_others() -> None:
    sunday_to_thursday = SchoolDays(date(2026, 11, 1), date(2026, 11, 30), (6, 0, 1, 2, 3))
    assert date(2026, 11, 22) in sunday_to_thursday
    assert date(2026, 11, 27) not in sunday_to_thursday
    assert sunday_to_thursday.add(date(2026, 11, 26), 1) == date(2026, 11, 29)


def test_a_year_without_a_school_day_answers_nothing() -> None:
    empty = SchoolDays(date(2026, 11, 21), date(2026, 11, 22))
    assert len(empty) == 0
    assert not empty.has_begun(date.max)
    for answer in (empty.add(date.min, 1), empty.add(date.max, -1), empty.on_or_after(date.min)):
        assert answer is None
    assert empty.between(date.min, date.max) == 0
    assert len(SchoolDays(date(2026, 1, 1), date(2026, 12, 31), ())) == 0


def test_the_year_begins_on_its_first_school_day() -> None:
    from_saturday = SchoolDays(date(2026, 8, 29), date(2026, 12, 18))
    assert not from_saturday.has_begun(date(2026, 8, 30))
    assert from_saturday.has_begun(date(2026, 8, 31))


def test_days_off_outside_of_the_year_change_nothing() -> None:
    off = days_from(date(2025, 1, 1), date(2026, 8, 30))
    year = SchoolDays(date(2026, 8, 31), date(2026, 9, 4), days_off=off)
    assert len(year) == 5


@pytest.mark.parametrize(
    "make",
    [
        lambda: SchoolDays(date(2026, 9, 1), date(2026, 8, 31)),
        lambda: SchoolDays(date(2026, 9, 1), date(2026, 9, 30), (7,)),
        lambda: SchoolDays(date(2026, 9, 1), date(2026, 9, 30), (-1,)),
    ],
)
def test_an_impossible_year_is_refused(make: Callable[[], SchoolDays]) -> None:
    with pytest.raises(ValueError, match=r"ends|numbered"):
        make()


def test_days_from_holds_both_ends() -> None:
    assert days_from(date(2027, 12, 31), date(2028, 1, 1)) == [
        date(2027, 12, 31),
        date(2028, 1, 1),
    ]
    assert days_from(date(2028, 1, 1), date(2028, 1, 1)) == [date(2028, 1, 1)]
    assert days_from(date(2028, 1, 2), date(2028, 1, 1)) == []
