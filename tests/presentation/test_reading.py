"""Dates, breaks, counts and lists as people type them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach_tui.presentation import dates
from coach_tui.presentation.reading import (
    DATE_HELP,
    read_count,
    read_date,
    read_list,
    read_optional_date,
    read_span,
)
from tests.support import HOSTILE, TODAY

NOV_23 = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-23", "20261123", " 2026-11-23 ", "23 nov", "23 NOV", "nov 23", "Nov 23,"),
        *("23 november", "November 23", "23 nov.", "23. nov", "23rd nov", "nov 23rd", "23 novem"),
        *("23 nov 2026", "nov 23 2026", "Nov 23, 2026", "23 nov 26", "23, nov, 2026"),
        *("11/23", "11/23/2026", "11/23/26", "today", "TODAY", " Today "),
        *("Mon 23 Nov 2026", "mon 23 nov", "Monday, November 23, 2026", "mon 11/23"),
        "mon 2026-11-23",
    ],
)
def test_one_day_in_many_spellings(text: str) -> None:
    assert read_date(text, TODAY) == NOV_23


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow", date(2026, 11, 24)),
        ("yesterday", date(2026, 11, 22)),
        ("mon", date(2026, 11, 30)),
        ("tue", date(2026, 11, 24)),
        ("Tues", date(2026, 11, 24)),
        ("thurs.", date(2026, 11, 26)),
        ("friday", date(2026, 11, 27)),
        ("SUN", date(2026, 11, 29)),
        ("1st dec", date(2026, 12, 1)),
        ("2nd dec", date(2026, 12, 2)),
        ("4th dec", date(2026, 12, 4)),
        ("sept 7", date(2026, 9, 7)),
        ("1/4", date(2027, 1, 4)),
        ("29 feb 2028", date(2028, 2, 29)),
        ("2/29/28", date(2028, 2, 29)),
        ("last tuesday", date(2026, 11, 17)),
        ("last Mon", date(2026, 11, 16)),
        ("next tue", date(2026, 12, 1)),
        ("next week wednesday", date(2026, 12, 2)),
        ("Wed of next week", date(2026, 12, 2)),
        ("last week fri", date(2026, 11, 20)),
        ("a week from tuesday", date(2026, 12, 1)),
        ("two weeks from today", date(2026, 12, 7)),
        ("3 days ago", date(2026, 11, 20)),
        ("in a week", date(2026, 11, 30)),
        ("end of january", date(2027, 1, 31)),
        ("the end of Sept", date(2026, 9, 30)),
        ("end of the month", date(2026, 11, 30)),
    ],
)
def test_other_days_as_they_are_said(text: str, day: date) -> None:
    assert read_date(text, TODAY) == day


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        (date(2026, 12, 28), "4 jan", date(2027, 1, 4)),
        (date(2026, 12, 28), "1/4", date(2027, 1, 4)),
        (date(2027, 1, 4), "18 dec", date(2026, 12, 18)),
        (date(2027, 1, 4), "dec 31", date(2026, 12, 31)),
        (date(2026, 12, 31), "jan 1", date(2027, 1, 1)),
        (date(2026, 11, 23), "30 may", date(2026, 5, 30)),
        (date(2026, 11, 23), "20 may", date(2027, 5, 20)),
        (date(2028, 1, 10), "29 feb", date(2028, 2, 29)),
        (date(2027, 6, 10), "29 feb", date(2028, 2, 29)),
        (date(2029, 1, 10), "29 feb", date(2028, 2, 29)),
    ],
)
def test_a_day_without_its_year_is_the_nearest(today: date, text: str, day: date) -> None:
    assert read_date(text, today) == day


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "31 feb", "feb 30", "29 feb", "29 feb 2027", "2/29/2027", "31 nov", "0 nov"),
        *("13/1", "11/31", "11/23/2026/5", "11/23/", "/", "11/", "11/23/206", "11/23/20266"),
        *("nov", "23", "23 23", "nov nov 23", "23 nov 2026 5", "nov 23 2026 2027", "2026 nov 23"),
        *("23 nov 206", "23 nov 2", "-1 nov", "1_1/23", "+1/2", "2026-02-30", "26-11-23"),
        *("money", "sunshine", "friend", "marigold 3", "mayor 5", "decide 4", "mo"),
        *("monday tuesday", "today tomorrow"),
        *("9" * 5000, "1/" + "9" * 30, "9" * 30 + "/1/1", "1/1/" + "9" * 30, "2026-W60-1"),
    ],
)
def test_what_names_no_day_is_refused_with_what_can_be_written(text: str) -> None:
    with pytest.raises(ValueError, match="is no date") as refused:
        read_date(text, TODAY)
    assert DATE_HELP in str(refused.value)
    assert len(str(refused.value)) < 200
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_names_no_day(text: str) -> None:
    for read in (read_date, read_span):
        with pytest.raises(ValueError, match=r"no date|not begin with a date") as refused:
            read(text, TODAY)
        assert str(refused.value).isprintable()


garbage = st.text(max_size=20) | st.lists(
    st.sampled_from(
        [*"0123456789/-., ", "nov", "feb", "mon", "today", "to", "2026", "31", "th", " ", "９", "²"]
    ),
    max_size=8,
).map("".join)
any_day = st.dates()


@given(text=garbage, today=any_day)
@example(text="tomorrow", today=date.max)
@example(text="mon", today=date.max)
@example(text="yesterday", today=date.min)
@example(text="1/1", today=date.max)
@example(text="1 jan", today=date.min)
@example(text="99999999999999999999/1/1", today=TODAY)
@settings(max_examples=300)
def test_garbage_raises_nothing_but_a_value_error(text: str, today: date) -> None:
    for read in (_date, _optional, _span, _count, _list):
        try:
            fine = read(text, today)
        except ValueError as error:
            fine = len(str(error)) < 250
        assert fine


def _date(text: str, today: date) -> bool:
    return isinstance(read_date(text, today), date)


def _optional(text: str, today: date) -> bool:
    return isinstance(read_optional_date(text, today), date | None)


def _span(text: str, today: date) -> bool:
    return len(read_span(text, today)) == 3


def _count(text: str, today: date) -> bool:
    return 0 <= read_count(text, 100) <= 100


def _list(text: str, today: date) -> bool:
    return all(read_list(text))


@given(day=any_day, today=st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_every_date_that_is_shown_can_be_typed_back(day: date, today: date) -> None:
    assert read_date(day.isoformat(), today) == day
    if day.year >= 1000:
        assert read_date(dates.full(day), today) == day
        assert read_date(f"{day.month}/{day.day}/{day.year}", today) == day
    near = today + timedelta(days=(day.toordinal() % 300) - 150)
    assert read_date(dates.short(near, today), today) == near


@given(today=st.dates(date(2000, 1, 1), date(2090, 1, 1)), weekday=st.integers(0, 6))
def test_a_weekday_is_the_next_one_and_never_today(today: date, weekday: int) -> None:
    day = read_date(dates.WEEKDAYS[weekday], today)
    assert day.weekday() == weekday
    assert 1 <= (day - today).days <= 7


def test_no_date_is_no_error_where_none_is_needed() -> None:
    assert read_optional_date(" ", TODAY) is None
    assert read_optional_date("23 nov", TODAY) == NOV_23
    with pytest.raises(ValueError, match="no date"):
        read_optional_date("soon", TODAY)


DEC_21, JAN_1 = date(2026, 12, 21), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2026-12-21 to 2027-01-01 Winter break", (DEC_21, JAN_1, "Winter break")),
        ("21 dec 2026 to 1 jan 2027 Winter break", (DEC_21, JAN_1, "Winter break")),
        ("Dec 21, 2026 TO Jan 1, 2027", (DEC_21, JAN_1, "")),
        ("21 dec to 1 jan", (DEC_21, JAN_1, "")),
        ("12/21 to 1/1 winter", (DEC_21, JAN_1, "winter")),
        ("Mon 21 Dec 2026 to Fri 1 Jan 2027 Winter", (DEC_21, JAN_1, "Winter")),
        ("21 dec", (DEC_21, DEC_21, "")),
        ("21 dec Teacher work day", (DEC_21, DEC_21, "Teacher work day")),
        ("21 dec Back to school night", (DEC_21, DEC_21, "Back to school night")),
        ("21 dec 2 hours early", (DEC_21, DEC_21, "2 hours early")),
        ("21 dec March meeting", (DEC_21, DEC_21, "March meeting")),
        ("2026-12-21   [red]  day ", (DEC_21, DEC_21, "[red] day")),
        ("fri Spring break", (date(2026, 11, 27), date(2026, 11, 27), "Spring break")),
        ("today to tomorrow", (TODAY, TODAY + timedelta(days=1), "")),
    ],
)
def test_a_break_is_its_days_and_its_name(text: str, span: tuple[date, date, str]) -> None:
    assert read_span(text, TODAY) == span


@given(today=st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_break_over_the_new_year_lies_in_one_winter(today: date) -> None:
    first, last, _ = read_span("21 dec to 1 jan", today)
    assert (last - first).days == 11


@pytest.mark.parametrize(
    "text",
    [
        *("", "Winter break", "Winter break 21 dec to 1 jan", "21 dec to", "21 dec to Winter"),
        *("to 1 jan", "21 dec Winter to 1 jan", "31 feb to 1 mar"),
    ],
)
def test_what_is_no_break_is_refused_and_no_word_dropped(text: str) -> None:
    with pytest.raises(ValueError, match="21 dec 2026 to 1 jan 2027 Winter break"):
        read_span(text, TODAY)


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), (" ", 0), ("0", 0), ("007", 7), (" 60 ", 60), ("0" * 5000, 0)]
)
def test_a_count_is_a_whole_number(text: str, count: int) -> None:
    assert read_count(text, 60) == count


@pytest.mark.parametrize("text", ["61", "-1", "1.5", "1_0", "٣", "²", "ten", "1e1", "9" * 5000])
def test_what_is_no_count_is_refused_with_its_limits(text: str) -> None:
    with pytest.raises(ValueError, match=r"^write a whole number from 0 to 60$"):
        read_count(text, 60)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        (" , ,\n", ()),
        ("Math", ("Math",)),
        ("Math,  ELA ,,Science", ("Math", "ELA", "Science")),
        ("one\ntwo\r\nthree,four", ("one", "two", "three", "four")),
        ("[red], [/]", ("[red]", "[/]")),
    ],
)
def test_a_list_is_what_stands_between_separators_and_line_breaks(
    text: str, parts: tuple[str, ...]
) -> None:
    assert read_list(text) == parts


def test_a_list_may_have_another_separator() -> None:
    assert read_list("Ruiz, Ana; Lee, Bo", ";") == ("Ruiz, Ana", "Lee, Bo")
