"""When something is to be, as people type it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_tui.domain.planning.bells import Bells, Period
from coach_tui.presentation.bells import read_bells
from coach_tui.presentation.phrases import When, read_when, when_words
from coach_tui.presentation.times import clock, read_time
from tests.support import HOSTILE

TODAY = date(2026, 11, 24)
"""A Tuesday."""

CEDAR = tuple(Period(f"Period {n}", 480 + n * 50, 523 + n * 50, "Cedar") for n in range(1, 8))
OAK = (
    Period("Morning block", 495, 555, "Oak"),
    Period("Reading", 555, 615, "Oak"),
    Period("Specials 1", 765, 805, "Oak"),
    Period("Specials 2", 805, 845, "Oak"),
)
BELLS = Bells((*CEDAR, *OAK, Period("Team time", 890, 930, "Cedar")))


def read(text: str, building: str = "Cedar", day: date | None = None) -> When:
    return read_when(text, TODAY, BELLS, building, day=day)


@pytest.mark.parametrize(
    ("text", "day", "start", "minutes", "period"),
    [
        ("tue 10:15", date(2026, 12, 1), 615, None, "Period 2"),
        ("next thu p3", date(2026, 12, 3), 630, None, "Period 3"),
        ("this thu 3rd period", date(2026, 11, 26), 630, None, "Period 3"),
        ("tomorrow 2nd period 20m", date(2026, 11, 25), 580, 20, "Period 2"),
        ("3 dec", date(2026, 12, 3), None, None, ""),
        ("dec 3, period 4 for 15 min", date(2026, 12, 3), 680, 15, "Period 4"),
        ("3 dec 9:40-10:10", date(2026, 12, 3), 580, 30, "Period 2"),
        ("3 dec from 9:40 to 10:10", date(2026, 12, 3), 580, 30, "Period 2"),
        ("fri 1:30", date(2026, 11, 27), 810, None, "Period 6"),
        ("fri 1:30 am", date(2026, 11, 27), 90, None, ""),
        ("fri at 2pm 1h", date(2026, 11, 27), 840, 60, "Period 7"),
        ("tomorrow at 9", date(2026, 11, 25), 540, None, "Period 1"),
        ("tomorrow 9", date(2026, 11, 25), 540, None, "Period 1"),
        ("dec 3 9 20 min", date(2026, 12, 3), 540, 20, "Period 1"),
        ("fri 2", date(2026, 11, 27), 840, None, "Period 7"),
        ("fri 9-9:40", date(2026, 11, 27), 540, 40, "Period 1"),
        ("2026-12-03 9:40", date(2026, 12, 3), 580, None, "Period 2"),
        ("next week wednesday at 1:15", date(2026, 12, 2), 795, None, "Period 6"),
        ("a week from tuesday 10:15", date(2026, 12, 8), 615, None, "Period 2"),
        ("noon tomorrow 1h15m", date(2026, 11, 25), 720, 75, "Period 4"),
        ("in 2 weeks 12:10 a.m.", date(2026, 12, 8), 10, None, ""),
        ("today team time", TODAY, 890, None, "Team time"),
    ],
)
def test_what_people_type(
    text: str, day: date, start: int | None, minutes: int | None, period: str
) -> None:
    assert read(text) == When(day, start, minutes, period)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("fri reading", "Reading"),
        ("fri specials 2", "Specials 2"),
        ("mon morning", "Morning block"),
    ],
)
def test_periods_have_the_names_of_the_building(text: str, period: str) -> None:
    assert read(text, "oak ").period == period


def test_a_phrase_without_a_day_means_the_day_at_hand() -> None:
    day = date(2026, 12, 9)
    assert read("p3", day=day) == When(day, 630, None, "Period 3")
    assert read("10:15 25m", day=day) == When(day, 615, 25, "Period 2")
    assert read("fri", day=day).day == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "write tue 10:15"),
        ("31 february 10:00", "names no day and time: write tue 10:15"),
        ("29 feb 2027", "names no day and time"),
        ("fri p9", "there is no p9 in Cedar: there are Period 1, Period 2"),
        ("fri 12th period", "there is no 12th period in Cedar"),
        ("fri 10:30-10:15", "the end .10:15. comes before the start"),
        ("fri 25:00", "25:00 is no time of day"),
        ("fri 10:75", "10:75 is no time of day"),
        ("fri 13pm", "no time of day"),
        ("fri 0am", "no time of day"),
        ("9:00 10:00 fri", "two times"),
        ("fri 9:40-10:10 20m", "an end or a length, not both"),
        ("fri 9:40 0m", "from 1 minute to 8 hours"),
        ("fri 9:40 9h", "from 1 minute to 8 hours"),
        ("fri 8:00-17:00", "at most 8 hours"),
        ("P 4 fri 13:00", "13:00 is not in Period 4"),
        ("20m fri", "say at what time"),
        ("p3", "say the day"),
        ("10:15", "say the day"),
        ("in 9999 days", "names no day and time"),
        ("in 9 months", "names no day and time"),
        ("next blursday 9:00", "names no day and time"),
        ("x" * 10_000, "too long"),
    ],
)
def test_what_cannot_be_understood_says_what_can_be(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said) as caught:
        read(text)
    assert len(str(caught.value)) < 260


def test_a_building_without_bells_asks_for_a_time() -> None:
    with pytest.raises(
        ValueError, match=r"no bell schedule is known in Elsewhere.*Calendar \(3\), Y, 4"
    ):
        read_when("fri p2", TODAY, Bells(), "Elsewhere")


def test_hostile_words_are_only_words() -> None:
    for words in HOSTILE:
        with pytest.raises(ValueError, match="write tue"):
            read(words)


@given(st.text(max_size=40) | st.from_regex(r"\A[0-9a-z :.\-]{1,30}\Z"))
@settings(max_examples=150, deadline=None)
def test_any_words_are_a_time_or_a_refusal(text: str) -> None:
    try:
        found = read(text)
    except ValueError:
        return
    assert found.start is None or 0 <= found.start < 24 * 60
    assert found.minutes is None or 0 < found.minutes <= 8 * 60


@given(
    st.integers(0, 300).map(lambda away: TODAY + timedelta(days=away)),
    st.integers(7 * 60, 23 * 60),
    st.integers(1, 480),
)
@settings(max_examples=80, deadline=None)
def test_what_is_written_out_is_read_back(day: date, start: int, minutes: int) -> None:
    text = f"{day.isoformat()} {clock(start)} {minutes}m"
    found = read(text)
    assert (found.day, found.start, found.minutes) == (day, start, minutes)


def test_what_was_understood_is_said_in_full() -> None:
    words = when_words(When(date(2026, 12, 1), 615, None, "Period 2"), TODAY, 20)
    assert words == "Tue 1 Dec 2026, in 7 days · 10:15-10:35 · Period 2"
    assert when_words(When(TODAY), TODAY, 20).endswith("no time yet")


def test_times_of_day() -> None:
    assert read_time("") is None
    assert read_time(" 2PM ") == 840
    assert read_time("13:05") == 785
    with pytest.raises(ValueError, match="write a time of day"):
        read_time("late")


def test_the_bells_take_hours_without_minutes() -> None:
    typed = "Period 4 11:10-11:58\n5 12-12:48\nGrades 3-5 1-1:45 pm"
    assert read_bells(typed) == [("Period 4", 670, 718), ("5", 720, 768), ("Grades 3-5", 780, 825)]
