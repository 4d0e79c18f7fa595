"""How often a coachee is met: every spelling, and the day that follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from coach_tui.domain.cadence import next_due, normalise
from coach_tui.domain.school_days import SchoolDays
from tests.domain.test_school_days import Year, years
from tests.support import school_days

EVERY_DAY = SchoolDays(date(2023, 1, 1), date(2029, 12, 31), range(7))


@pytest.mark.parametrize(
    ("words", "cadence"),
    [
        *((one, "weekly") for one in ("weekly", "Weekly ", "every week", "1 week", "once a week")),
        *((one, "biweekly") for one in ("biweekly", "bi-weekly", "BIWEEKLY", "fortnightly")),
        *((one, "biweekly") for one in ("every 2 weeks", "2 weeks", "every two weeks")),
        ("every  other\tweek", "biweekly"),
        *((one, "monthly") for one in ("monthly", "every month", "once a month")),
        *((one, "every 3 school days") for one in ("3", "3 days", "every 3 days", "003")),
        *((one, "every 3 school days") for one in ("every 3 school days", "Every 3 SCHOOL days")),
        *((one, "every 3 weeks") for one in ("every 3 weeks", "Every three weeks", "3 wks")),
        *((one, "biweekly") for one in ("every other week", "twice a month", "2x/month")),
        ("every four weeks", "monthly"),
        ("1 day", "every 1 school days"),
        ("every 1 school day", "every 1 school days"),
        ("100", "every 100 school days"),
    ],
)
def test_a_cadence_has_one_spelling(words: str, cadence: str) -> None:
    assert normalise(words) == cadence
    assert normalise(cadence) == cadence


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("9" * 5000, id="5000 digits"),
        "every every 3",
        "",
        " ",
        "0",
        "101",
        "-3",
        "3.5",
        "every",
        "days",
        "often",
        "٣",
        "every 0 days",
        "every 21 weeks",
        "every -3 weeks",
        "1-0",
    ],
)
def test_other_words_are_no_cadence_and_are_not_repeated(words: str) -> None:
    with pytest.raises(ValueError, match="write weekly, biweekly, monthly") as refused:
        normalise(words)
    assert len(str(refused.value)) < 200


@given(words=st.text(max_size=30))
@example(words="every \x00 days")
def test_any_words_are_a_cadence_or_refused_by_name(words: str) -> None:
    found = _normalised(words)
    assert found is None or normalise(found) == found


def _normalised(words: str) -> str | None:
    try:
        return normalise(words)
    except ValueError:
        return None


@pytest.mark.parametrize(
    ("after", "due"),
    [
        (date(2027, 1, 31), date(2027, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2028, 1, 29), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 3, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2026, 11, 30), date(2026, 12, 30)),
        (date(2026, 3, 31), date(2026, 4, 30)),
        (date(2026, 12, 1), date(2027, 1, 1)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(after: date, due: date) -> None:
    assert next_due("monthly", after, EVERY_DAY) == due


@pytest.mark.parametrize(
    ("cadence", "after", "due"),
    [
        ("weekly", date(2026, 11, 13), date(2026, 11, 20)),
        ("weekly", date(2026, 11, 18), date(2026, 11, 30)),
        ("weekly", date(2026, 11, 14), date(2026, 11, 23)),
        ("biweekly", date(2026, 12, 10), date(2027, 1, 4)),
        ("monthly", date(2026, 11, 30), date(2027, 1, 4)),
        ("every 1 school days", date(2026, 11, 24), date(2026, 11, 30)),
        ("every 3 school days", date(2026, 11, 23), date(2026, 12, 1)),
        ("3", date(2026, 11, 28), date(2026, 12, 2)),
        ("every 3 weeks", date(2026, 11, 5), date(2026, 11, 30)),
        ("weekly", date(2026, 6, 1), date(2026, 8, 31)),
        ("weekly", date(2027, 6, 4), date(2027, 6, 11)),
        ("weekly", date(2027, 6, 7), None),
        ("every 100 school days", date(2027, 6, 1), None),
    ],
)
def test_what_is_due_moves_to_the_next_school_day(
    cadence: str, after: date, due: date | None
) -> None:
    assert next_due(cadence, after, school_days()) == due


@pytest.mark.parametrize("cadence", ["weekly", "biweekly", "monthly", "every 100 school days"])
@pytest.mark.parametrize("after", [date.max, date(9999, 12, 1), date.min])
def test_a_contact_at_the_end_of_time_is_no_accident(cadence: str, after: date) -> None:
    due = next_due(cadence, after, school_days())
    assert due is None or due in school_days()


@given(
    year=years(),
    cadence=st.sampled_from(["weekly", "biweekly", "monthly"]) | st.integers(1, 100).map(str),
)
def test_the_due_day_is_the_first_school_day_that_is_late_enough(year: Year, cadence: str) -> None:
    days, naive, after = year
    due = next_due(cadence, after, days)
    if cadence.isdigit():
        assert due == naive.add(after, int(cadence))
        return
    least = {"weekly": 7, "biweekly": 14, "monthly": 28}[cadence]
    if due is None:
        assert naive.on_or_after(after + timedelta(days=31)) is None
        return
    assert due in days
    assert due >= after + timedelta(days=least)
    most = {"weekly": 7, "biweekly": 14, "monthly": 31}[cadence]
    assert due == naive.on_or_after(due)
    assert due <= (naive.on_or_after(after + timedelta(days=most)) or date.max)


def test_a_wrong_cadence_has_no_due_day() -> None:
    with pytest.raises(ValueError, match="cadence"):
        next_due("now and then", date(2026, 11, 23), school_days())
