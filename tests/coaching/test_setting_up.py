"""The first run: the school year that is proposed, its breaks and holidays, and what is saved."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from coach_tui.coaching.desk import Desk, empty_desk
from coach_tui.coaching.setting_up import (
    SUMMER_BEGINS,
    proposed_breaks,
    proposed_year,
    public_holidays,
    spans,
)
from coach_tui.domain.enumerations import CoachRole
from coach_tui.domain.records import DateSpan, SchoolCalendar
from coach_tui.domain.statuses import Rules
from coach_tui.presentation.reading import read_span
from tests.support import FIRST_DAY, LAST_DAY, NOW, TODAY, clock

FIRST, LAST = FIRST_DAY, LAST_DAY


def new_desk() -> Desk:
    return empty_desk(clock(), Rules())


def begin(of: Desk, **given: Any) -> SchoolCalendar:
    year = {"first": FIRST, "last": LAST, "holidays_of": "", "breaks": []}
    role = CoachRole.PEER_COACH
    of.setting_up.begin(**{"name": "Dana Whitfield", "role": role, **year, **given})
    calendar = of.setting_up.calendar
    assert calendar is not None
    return calendar


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 11, 23), date(2026, 8, 31), date(2027, 6, 11)),
        (date(2026, 6, 14), date(2025, 8, 25), date(2026, 6, 5)),
        (date(2026, 6, 15), date(2026, 8, 31), date(2027, 6, 11)),
        (date(2027, 1, 1), date(2026, 8, 31), date(2027, 6, 11)),
        (date(2028, 2, 29), date(2027, 8, 30), date(2028, 6, 9)),
    ],
)
def test_the_year_proposed_is_the_one_that_runs_or_is_about_to(
    today: date, first: date, last: date
) -> None:
    assert proposed_year(today) == (first, last)


@given(today=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
@example(today=date(2027, 6, 11))
def test_every_day_has_a_school_year(today: date) -> None:
    first, last = proposed_year(today)
    assert first.weekday() == 0
    assert (first.month, 25 <= first.day <= 31) == (8, True)
    assert last.weekday() == 4
    assert (last.month, 5 <= last.day <= 11) == (6, True)
    assert last.year == first.year + 1
    in_summer = (6, 5) <= (today.month, today.day) < (9, 1)
    assert first <= today <= last or in_summer
    if (today.month, today.day) >= SUMMER_BEGINS:
        assert last > today
    breaks = proposed_breaks(first, last)
    assert [one.label for one in breaks] == ["Thanksgiving break", "Winter break"]
    days_off = [day for one in breaks for day in (one.first, one.last)]
    assert days_off == sorted(days_off)
    thanksgiving, winter = breaks
    assert (thanksgiving.first.weekday(), thanksgiving.last.weekday()) == (2, 4)
    assert 22 <= (thanksgiving.last.day - 1) <= 28
    assert (winter.first.weekday(), winter.last.weekday()) == (0, 4)
    assert winter.first <= date(first.year, 12, 25) <= winter.last


def test_breaks_outside_of_the_year_are_not_proposed() -> None:
    assert proposed_breaks(date(2027, 1, 11), date(2027, 6, 11)) == ()
    only_one = proposed_breaks(date(2026, 8, 31), date(2026, 12, 22))
    assert [one.label for one in only_one] == ["Thanksgiving break"]


def test_the_proposal_can_be_read_back_as_it_is_written() -> None:
    proposed = new_desk().setting_up.as_it_stands()
    assert (proposed.first, proposed.last) == (FIRST, LAST)
    assert (proposed.name, proposed.role) == ("", CoachRole.INSTRUCTIONAL_COACH)
    assert (proposed.weekdays, proposed.holidays_of) == ((0, 1, 2, 3, 4), "US")
    assert read_back(proposed.days_off) == proposed_breaks(FIRST, LAST)
    assert proposed.days_off == (
        "2026-11-25 to 2026-11-27 Thanksgiving break\n2026-12-21 to 2027-01-01 Winter break"
    )


def read_back(days_off: str) -> tuple[DateSpan, ...]:
    return spans(read_span(line, TODAY) for line in days_off.splitlines())


def test_what_was_saved_can_be_read_back_as_it_stands() -> None:
    of = new_desk()
    breaks = [
        (date(2026, 12, 21), date(2027, 1, 1), "Winter [break]"),
        (date(2026, 10, 9), date(2026, 10, 9), "Back to school night"),
        (date(2027, 3, 15), date(2027, 3, 19), ""),
    ]
    calendar = begin(of, holidays_of="US-MO", breaks=breaks, weekdays=(0, 1, 2, 3))
    stands = of.setting_up.as_it_stands()
    assert (stands.name, stands.role) == ("Dana Whitfield", CoachRole.PEER_COACH)
    assert (stands.first, stands.last, stands.weekdays) == (FIRST, LAST, (0, 1, 2, 3))
    assert read_back(stands.days_off) == calendar.days_off
    again = begin(
        of,
        holidays_of=stands.holidays_of,
        breaks=[read_span(line, TODAY) for line in stands.days_off.splitlines()],
        weekdays=stands.weekdays,
    )
    assert again.days_off == calendar.days_off
    assert again.holidays_of == "US-MO"


def names(place: str) -> dict[date, str]:
    return {span.first: span.label for span in public_holidays(place, FIRST, LAST)}


def test_public_holidays_are_school_days_by_their_names() -> None:
    found = names("US")
    assert found[date(2026, 9, 7)] == "Labor Day"
    assert found[date(2026, 11, 26)] == "Thanksgiving Day"
    assert found[date(2027, 1, 1)] == "New Year's Day"
    assert date(2026, 7, 4) not in found
    assert all(FIRST <= day <= LAST and day.weekday() < 5 for day in found)
    assert list(found) == sorted(found)
    assert names(" us ") == found


def test_a_state_has_holidays_of_its_own() -> None:
    missouri = names("us-mo")
    assert missouri[date(2027, 5, 7)].startswith("Truman Day")
    assert date(2027, 5, 7) not in names("US")
    assert names("CA-ON")[date(2026, 10, 12)] == "Thanksgiving Day"


@pytest.mark.parametrize(
    "place",
    ["XX", "US-XX", "-MO", "", "Missouri", "PUBLIC", "JAN", "HOLIDAY_NAME_DELIMITER", "US-MO-1"],
)
def test_holidays_of_an_unknown_place_are_refused_by_its_name(place: str) -> None:
    with pytest.raises(ValueError, match="no holidays are known for"):
        public_holidays(place, FIRST, LAST)


def test_the_coach_and_the_year_are_saved_at_once() -> None:
    assert new_desk().setting_up.coach is None
    of = new_desk()
    calendar = begin(of, breaks=[(date(2026, 12, 21), date(2027, 1, 1), "Winter break")])
    coach = of.setting_up.coach
    assert coach is not None
    assert (coach.name, coach.role) == ("Dana Whitfield", CoachRole.PEER_COACH)
    assert (calendar.first_day, calendar.last_day) == (FIRST, LAST)
    assert [one.label for one in calendar.days_off] == ["Winter break"]
    assert of.is_set_up
    assert of.ledger.undo() == "Set up"
    assert of.setting_up.calendar is None


def test_own_breaks_cover_public_holidays_and_days_off_are_in_order() -> None:
    winter = (date(2026, 12, 21), date(2027, 1, 1), "Winter break")
    thanksgiving = (date(2026, 11, 25), date(2026, 11, 27), "Thanksgiving break")
    calendar = begin(new_desk(), holidays_of=" us-mo ", breaks=[winter, thanksgiving])
    labels = [one.label for one in calendar.days_off]
    assert calendar.holidays_of == "US-MO"
    assert labels.count("Thanksgiving Day") == 0
    assert labels.count("Christmas Day") == 0
    assert any(label.startswith("Truman Day") for label in labels)
    firsts = [one.first for one in calendar.days_off]
    assert firsts == sorted(firsts)
    days = calendar.school_days()
    assert date(2026, 11, 26) not in days
    assert date(2027, 5, 7) not in days
    assert date(2026, 11, 24) in days


def test_beginning_again_replaces_what_was_there() -> None:
    of = new_desk()
    before = begin(of, holidays_of="US")
    again = begin(of, name="D. Whitfield", last=date(2027, 6, 4), weekdays=(0, 1, 2, 3, 4, 5))
    assert (again.id, again.last_day, again.days_off) == (before.id, date(2027, 6, 4), ())
    assert again.weekdays == (0, 1, 2, 3, 4, 5)
    coach = of.setting_up.coach
    assert coach is not None
    assert coach.name == "D. Whitfield"
    assert len(of.ledger.store.all(SchoolCalendar)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"first": LAST, "last": FIRST},
        {"last": date(2028, 1, 1)},
        {"last": date(9999, 12, 31), "holidays_of": "US"},
        {"holidays_of": "XX"},
        {"holidays_of": "PUBLIC"},
        {"weekdays": ()},
        {"weekdays": (7,)},
        {"breaks": [(date(2027, 1, 1), date(2026, 12, 21), "Winter break")]},
        {"breaks": [(date(2026, 12, 21), date(3026, 12, 21), "Winter break")]},
    ],
)
def test_a_wrong_answer_saves_nothing(wrong: dict[str, Any]) -> None:
    of = new_desk()
    with pytest.raises(ValueError, match=r".") as refused:
        begin(of, **wrong)
    assert "Winter break" not in str(refused.value)
    assert not of.is_set_up
    assert of.ledger.last is None
    begin(of)
    with pytest.raises(ValueError, match=r"."):
        begin(of, **wrong)
    calendar = of.setting_up.calendar
    assert calendar is not None
    assert calendar.last_day == LAST


def test_breaks_become_records() -> None:
    (one,) = spans([(FIRST, LAST, "Long")])
    assert (one.first, one.last, one.label) == (FIRST, LAST, "Long")
    with pytest.raises(ValidationError):
        spans([(LAST, FIRST, "Backwards")])


def test_the_first_run_has_the_time_of_the_clock() -> None:
    of = new_desk()
    begin(of)
    coach = of.setting_up.coach
    assert coach is not None
    assert coach.created_at == coach.updated_at == NOW
