"""Statuses as glyph and word, and dates as people say them."""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_tui.domain.enumerations import CoacheeState, ReleasePhase
from coach_tui.domain.statuses import Due, DueState, Owed, OwedKind
from coach_tui.presentation import dates
from coach_tui.presentation.statuses import (
    GLYPHS,
    due_mark,
    due_sentence,
    due_words,
    owed_marks,
    owed_sentence,
    phase_words,
    state_words,
)
from coach_tui.presentation.text import width
from tests.presentation.test_text import orders
from tests.support import HOSTILE, TODAY

MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize("state", DueState)
def test_a_status_is_one_glyph_of_one_column_and_its_word(state: DueState) -> None:
    glyph = GLYPHS[state]
    assert len(glyph) == 1
    assert width(glyph) == 1
    assert unicodedata.east_asian_width(glyph) not in ("W", "F")
    assert due_mark(Due(state, MONDAY)) == f"{glyph} {state.value}"
    assert due_words(Due(state)) == state.value
    assert due_sentence(Due(state, MONDAY), TODAY)
    assert due_sentence(Due(state), TODAY)


def test_every_glyph_means_one_thing() -> None:
    assert GLYPHS.keys() == set(DueState)
    assert len(set(GLYPHS.values())) == len(GLYPHS)


@pytest.mark.parametrize(
    ("due", "sentence"),
    [
        (
            Due(DueState.OVERDUE, MONDAY, 1),
            "overdue by 1 school day, was due Mon 16 Nov 2026",
        ),
        (
            Due(DueState.OVERDUE, MONDAY, 5),
            "overdue by 5 school days, was due Mon 16 Nov 2026",
        ),
        (Due(DueState.DUE, TODAY), "due, today"),
        (Due(DueState.DUE, date(2026, 11, 21)), "due, 2 days ago"),
        (Due(DueState.DUE_SOON, date(2026, 11, 24)), "due soon, tomorrow"),
        (Due(DueState.LATER, date(2027, 1, 4)), "next due Mon 4 Jan 2027"),
        (Due(DueState.NOT_LAUNCHED), "the launch conversation is not complete"),
        (Due(DueState.PAUSED), "paused"),
    ],
)
def test_a_status_says_why(due: Due, sentence: str) -> None:
    assert due_sentence(due, TODAY) == sentence


def test_overdue_says_how_many_days() -> None:
    assert due_mark(Due(DueState.OVERDUE, MONDAY, 12)) == "▲ overdue 12"


def test_what_is_owed_is_short_in_a_row_and_full_in_a_sentence() -> None:
    owing = [
        Owed(OwedKind.RUNNING, MONDAY, 3),
        Owed(OwedKind.FEEDBACK, MONDAY, 1),
        Owed(OwedKind.CHECK_BACK, MONDAY, 5),
        Owed(OwedKind.NEEDS_REENTRY, MONDAY, 5, ("things change",)),
        Owed(OwedKind.EVIDENCE_GAP, names=("discourse", "student work")),
        Owed(OwedKind.EVIDENCE_STALE, MONDAY, 25),
        Owed(OwedKind.PLAN_INCOMPLETE, names=("self-assessment", "growth goals")),
        Owed(OwedKind.GROUPS_NOT_SEEN, names=("EL",)),
    ]
    assert owed_marks(owing) == (
        "▶ not ended, feedback, check back, ↺ re-entry, ✗ gap, ≈ stale, plan, groups"
    )
    assert [owed_sentence(item) for item in owing] == [
        "an observation of Mon 16 Nov 2026 was not ended",
        "feedback owed: observed Mon 16 Nov 2026, 1 school day ago",
        "check back: the lesson of Mon 16 Nov 2026 has passed",
        "needs re-entry: things change, Mon 16 Nov 2026",
        "evidence gap: discourse, student work",
        "evidence stale: the newest is of Mon 16 Nov 2026, 25 school days ago",
        "plan incomplete: self-assessment, growth goals",
        "priority groups not seen: EL",
    ]
    assert owed_marks(()) == ""
    assert {item.kind for item in owing} == set(OwedKind)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_group_with_a_hostile_name_orders_no_terminal(text: str) -> None:
    assert orders(owed_sentence(Owed(OwedKind.GROUPS_NOT_SEEN, names=(text,)))) == set()


def test_every_state_and_phase_has_words() -> None:
    assert [state_words(state.value) for state in CoacheeState] == [
        *("proposed", "not launched", "active", "paused", "released", "closed")
    ]
    assert [phase_words(phase.value) for phase in ReleasePhase] == [
        *("phase 1, coach models", "phase 2, coach supports", "phase 3, coach releases"),
        "released",
    ]


@pytest.mark.parametrize(
    ("day", "short"),
    [
        (None, "–"),
        (date(2026, 11, 4), " 4 Nov"),
        (date(2026, 11, 23), "23 Nov"),
        (date(2027, 1, 4), " 4 Jan"),
        (TODAY - timedelta(days=300), "27 Jan"),
        (TODAY - timedelta(days=301), "26 Jan 2026"),
        (TODAY + timedelta(days=301), "20 Sep 2027"),
        (date(2025, 2, 1), "1 Feb 2025"),
    ],
)
def test_a_short_date_has_its_year_when_it_is_far(day: date | None, short: str) -> None:
    assert dates.short(day, TODAY) == short


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "in 2 days"),
        (-2, "2 days ago"),
        (14, "in 14 days"),
        (-14, "14 days ago"),
        (15, "Tue 8 Dec 2026"),
        (-15, "Sun 8 Nov 2026"),
    ],
)
def test_a_near_date_is_said_by_how_far_it_is(away: int, words: str) -> None:
    day = TODAY + timedelta(days=away)
    assert dates.relative(day, TODAY) == words
    both = dates.with_relative(day, TODAY)
    assert both == (words if abs(away) > 14 else f"{dates.full(day)}, {words}")


@given(day=st.dates(), today=st.dates())
def test_every_date_can_be_said(day: date, today: date) -> None:
    assert dates.full(day).endswith(f" {day.year}")
    assert dates.short(day, today)
    assert dates.relative(day, today)
    assert dates.with_relative(day, today).startswith(dates.full(day))


def test_a_time_of_day_is_to_the_second() -> None:
    assert dates.clock(datetime(2026, 11, 23, 9, 4, 5, 999_999, tzinfo=UTC)) == "09:04:05"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "under 1 min"), (59.9, "under 1 min"), (60, "1 min"), (1079.9, "17 min")],
)
def test_a_length_of_time_is_in_whole_minutes(seconds: float, words: str) -> None:
    assert dates.minutes(seconds) == words
