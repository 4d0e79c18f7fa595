"""A row of the caseload: its cells, the filter, and columns that stay in line."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_tui.domain.standing import Standing, stand
from coach_tui.domain.statuses import DueState, Rules
from coach_tui.presentation.rows import HEADINGS, aligned, cells, matches, search_words
from coach_tui.presentation.text import width
from tests.presentation.test_text import orders
from tests.support import HOSTILE, TODAY, facts, school_days


def row(**fields: Any) -> Standing:
    (standing,) = stand([facts(**fields)], school_days(), TODAY, Rules())
    return standing


OVERDUE: dict[str, Any] = {
    "building": "Oak Hill",
    "structure": "peer-to-peer",
    "phase": "2",
    "last_meeting": date(2026, 11, 4),
    "last_observation": date(2026, 11, 3),
    "planned": (date(2026, 11, 24),),
    "unanswered_observation": date(2026, 11, 3),
    "plan_missing": ("growth goals",),
}


def test_a_row_says_who_where_what_is_due_and_what_is_owed() -> None:
    shown = cells(row(**OVERDUE), TODAY)
    assert len(shown) == len(HEADINGS)
    assert shown == (
        *("Ana Ruiz", "Oak Hill", "▲ overdue 3", " 4 Nov", "24 Nov", "2"),
        "feedback, plan",
    )


def test_what_is_not_known_is_a_dash() -> None:
    shown = cells(row(launch_complete=False, launch_date=None, state="not_launched"), TODAY)
    assert shown == ("Ana Ruiz", "–", "◇ not launched", "–", "–", "1", "")
    assert cells(row(phase="released", state="released"), TODAY)[5] == "–"


def test_no_cell_shows_a_level_or_a_number_that_ranks() -> None:
    """Rule R1: the only numbers are days, and the phase of the release."""
    assert HEADINGS == ("Name", "Building", "Due", "Last", "Next", "Phase", "Owed")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_order_no_terminal(text: str) -> None:
    shown = cells(row(name=text, building=text, priority_groups=(text,)), TODAY)
    assert all(orders(cell) == set() for cell in shown)
    assert all(orders(line) == set() for line in aligned([shown], (24, 18, 0, 0, 0, 0, 0)))


@pytest.mark.parametrize(
    "wanted",
    [
        *("", " ", "ana", "RUIZ", "ruiz ana", "oak", "overdue", "active", "feedback owed"),
        *("peer", "educator", "building:oak", "building:hill oak", "status:overdue"),
        *("status:feedback", "structure:peer", "name:ana building:oak", "phase:supports"),
        *("Building:OAK", "name:", "3"),
    ],
)
def test_a_filter_holds_when_every_word_does(wanted: str) -> None:
    assert matches(row(**OVERDUE), wanted)


@pytest.mark.parametrize(
    "wanted",
    ["bo", "ana bo", "building:ana", "name:oak", "status:ana", "nobody:ana", "building:oak elm"],
)
def test_a_filter_does_not_hold_when_one_word_does_not(wanted: str) -> None:
    assert not matches(row(**OVERDUE), wanted)


def test_a_colon_within_a_name_is_a_colon() -> None:
    assert matches(row(building="Wing B:2"), "b:2")
    assert not matches(row(building="Wing B:2"), "b:3")


@pytest.mark.parametrize("text", HOSTILE[:-1], ids=range(len(HOSTILE) - 1))
def test_a_hostile_word_is_found_as_it_is(text: str) -> None:
    for word in text.split():
        if ":" not in word:
            assert matches(row(name=f"a {text} b"), word)


def test_the_filter_looks_into_no_level() -> None:
    assert search_words(row(**OVERDUE)).keys() == {
        *("name", "building", "status", "structure", "phase")
    }


def test_every_state_can_be_filtered_by_its_words() -> None:
    for state in ("proposed", "paused", "released", "closed"):
        assert matches(row(state=state), f"status:{state}")
    assert matches(row(launch_complete=False, state="not_launched"), "not launched")
    assert DueState.NOT_LAUNCHED.value in search_words(row(launch_complete=False))["status"]


cell = st.text(st.characters(codec="utf-8"), max_size=15) | st.sampled_from(["漢字", "e\u0301"])


@given(
    rows=st.lists(st.tuples(cell, cell, cell), max_size=5),
    limits=st.tuples(st.integers(1, 12), st.integers(1, 12)),
)
def test_columns_stay_in_line_and_within_their_limits(
    rows: list[tuple[str, str, str]], limits: tuple[int, int]
) -> None:
    lines = aligned(rows, (*limits, 0))
    assert len(lines) == len(rows)
    tagged = aligned([(*row[:2], "|") for row in rows], (*limits, 0))
    places = {width(line.partition("|")[0]) for line in tagged if "|" not in line[:-1]}
    assert len(places) <= 1
    assert all(place <= sum(limits) + 4 for place in places)
    assert all(line == line.rstrip() for line in lines)


def test_columns_are_as_wide_as_what_they_hold() -> None:
    rows = [("Ana", "Oak", "x"), ("Bo Lee", "漢字漢字", "y"), ("", "", "")]
    assert aligned(rows, (5, 0, 0)) == ["Ana    Oak       x", "Bo L…  漢字漢字  y", ""]
    assert aligned([], (5, 0)) == []


def test_rows_and_limits_go_together() -> None:
    with pytest.raises(ValueError, match="zip"):
        aligned([("a", "b", "c")], (3, 0))
