"""Evidence gap, stale and triangulated: by example and by property."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_tui.domain.enumerations import EvidenceColumn
from coach_tui.domain.growth import (
    STUDENT_COLUMNS,
    GoalFacts,
    Sign,
    gaps,
    is_triangulated,
    signs,
    stale_since,
)
from coach_tui.domain.statuses import Rules
from tests.support import FIRST_DAY, LAST_DAY, TODAY, facts, school_days

YEAR, RULES = school_days(), Rules()
ago = timedelta


def test_a_gap_is_quiet_for_ten_school_days() -> None:
    since = YEAR.add(TODAY, -9)
    assert since is not None
    wanting = GoalFacts("g", since, ("discourse", "student work"))
    assert gaps(wanting, YEAR, TODAY, RULES) == ()
    tomorrow = YEAR.add(TODAY, 1)
    assert tomorrow is not None
    assert gaps(wanting, YEAR, tomorrow, RULES) == ("discourse", "student work")


def test_discourse_and_work_are_gaps_apart_and_unplanned_modes_are_none() -> None:
    since = TODAY - ago(days=60)
    newest = {"discourse": TODAY - ago(days=50)}
    goal = GoalFacts("g", since, ("observation", "discourse", "student work"), newest)
    assert gaps(goal, YEAR, TODAY, RULES) == ("observation", "student work")
    assert gaps(GoalFacts("g", since), YEAR, TODAY, RULES) == ()


@pytest.mark.parametrize(
    ("cadence", "limit"),
    [("weekly", 20), ("biweekly", 20), ("monthly", 40), ("every 15 school days", 30)],
)
def test_evidence_is_stale_after_two_cadences_and_twenty_days_at_least(
    cadence: str, limit: int
) -> None:
    at_the_limit, over = (YEAR.add(TODAY, -count) for count in (limit, limit + 1))
    assert at_the_limit is not None
    assert over is not None
    for newest, told in ((at_the_limit, None), (over, over)):
        goal = GoalFacts("g", FIRST_DAY, (), {"video": newest, "observation": FIRST_DAY})
        assert stale_since(goal, cadence, YEAR, TODAY, RULES) == told


def test_without_any_evidence_nothing_is_stale() -> None:
    assert stale_since(GoalFacts("g", FIRST_DAY), "weekly", YEAR, TODAY, RULES) is None


@pytest.mark.parametrize(
    ("columns", "triangulated"),
    [
        (("observation", "video", "discourse"), True),
        (("observation", "journaling", "student work"), True),
        (("observation", "video", "journaling"), False),
        (("observation", "discourse", "student work"), False),
        (("observation", "video", "discourse", "student work"), True),
    ],
)
def test_three_modes_with_student_evidence_are_triangulated(
    columns: tuple[str, ...], triangulated: bool
) -> None:
    goal = GoalFacts("g", FIRST_DAY, (), dict.fromkeys(columns, TODAY - ago(days=60)))
    assert is_triangulated(goal, TODAY, RULES) is triangulated
    assert not is_triangulated(goal, TODAY + ago(days=1), RULES)


days = st.dates(FIRST_DAY, LAST_DAY)
goal_facts = st.builds(
    GoalFacts,
    st.just("g"),
    days,
    st.lists(st.sampled_from(EvidenceColumn), unique=True).map(tuple),
    st.dictionaries(st.sampled_from(EvidenceColumn), days),
)


@given(goal=goal_facts, today=days, more=st.sampled_from(EvidenceColumn))
@settings(max_examples=80)
def test_more_evidence_never_makes_a_gap_or_takes_triangulation_away(
    goal: GoalFacts, today: date, more: EvidenceColumn
) -> None:
    richer = GoalFacts(goal.id, goal.since, goal.planned, {**goal.newest, more: today})
    assert set(gaps(richer, YEAR, today, RULES)) <= set(gaps(goal, YEAR, today, RULES)) - {more}
    assert stale_since(richer, "weekly", YEAR, today, RULES) is None
    assert is_triangulated(richer, today, RULES) >= is_triangulated(goal, today, RULES)


@given(goal=goal_facts, today=days)
@settings(max_examples=80)
def test_statuses_agree_with_what_they_say(goal: GoalFacts, today: date) -> None:
    assert not set(gaps(goal, YEAR, today, RULES)) & goal.newest.keys()
    if is_triangulated(goal, today, RULES):
        assert set(STUDENT_COLUMNS) & goal.newest.keys()
        assert len(goal.newest) >= 3
    stale = stale_since(goal, "biweekly", YEAR, today, RULES)
    assert stale is None or stale == max(goal.newest.values())
    assert GoalFacts.from_plain(goal.to_plain()) == goal


def test_signs_are_of_the_active_and_name_the_next_phase_only() -> None:
    def shown(**fields: object) -> tuple[Sign, ...]:
        return signs(facts(ready_from=TODAY, **fields), TODAY, RULES)

    assert shown() == (Sign.READY_FOR_2,)
    assert shown(phase="2") == (Sign.READY_FOR_3,)
    assert shown(phase="3", held_since=TODAY - ago(days=30)) == (Sign.READY_TO_RELEASE,)
    assert shown(phase="3", held_since=TODAY - ago(days=29)) == ()
    assert shown(phase="released") == ()
    assert shown(state="paused") == shown(state="released") == ()
    assert signs(facts(ready_from=TODAY + ago(days=1)), TODAY, RULES) == ()
