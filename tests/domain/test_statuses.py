"""The derived statuses of domain.md section 5 that need no evidence, at their edges."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_tui.domain.enumerations import CoacheeState, PlanPart, ReleasePhase
from coach_tui.domain.facts import CoacheeFacts
from coach_tui.domain.growth import GoalFacts
from coach_tui.domain.school_days import SchoolDays
from coach_tui.domain.standing import SORTS, Standing, ordered, stand
from coach_tui.domain.statuses import (
    Due,
    DueState,
    Owed,
    OwedKind,
    Rules,
    due,
    groups_not_seen,
    next_due,
    next_visit,
    owed,
    urgency,
)
from tests.support import FIRST_DAY, LAST_DAY, TODAY, facts, school_days

YEAR = school_days()
RULES = Rules()
EMPTY = SchoolDays(TODAY, TODAY, ())


def day(month: int, number: int) -> date:
    return date(2026 if month > 7 else 2027, month, number)


def found(today: date, **fields: Any) -> tuple[str, date | None, int]:
    status = due(facts(**fields), YEAR, today, RULES)
    return status.state.value, status.day, status.days_over


def kinds(today: date, **fields: Any) -> list[str]:
    return [one.kind.value for one in owed(facts(**fields), YEAR, today, RULES)]


def one_owed(today: date, **fields: Any) -> Owed:
    (one,) = owed(facts(**fields), YEAR, today, RULES)
    return one


# --------------------------------------------------------------------------------- not launched


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (FIRST_DAY - timedelta(days=1), "not due"),
        (FIRST_DAY, "not launched"),
        (TODAY, "not launched"),
        (LAST_DAY, "not launched"),
        (LAST_DAY + timedelta(days=1), "not due"),
        (LAST_DAY + timedelta(days=30), "not due"),
    ],
)
def test_not_launched_from_the_first_school_day_on(today: date, state: str) -> None:
    unlaunched = {"state": "not_launched", "launch_complete": False}
    assert found(today, **unlaunched) == (state, None, 0)
    assert found(today, **unlaunched, last_observation=day(9, 1))[0] == state


def test_the_year_begins_with_its_first_school_day_not_its_first_date() -> None:
    from_saturday = SchoolDays(date(2026, 8, 29), LAST_DAY)
    unlaunched = facts(state="not_launched", launch_complete=False)
    for today, state in ((30, DueState.NOT_DUE), (31, DueState.NOT_LAUNCHED)):
        assert due(unlaunched, from_saturday, date(2026, 8, today), RULES).state is state


def test_without_a_school_year_nothing_is_due() -> None:
    for fields in ({}, {"launch_complete": False, "state": "not_launched"}):
        status = due(facts(**fields), EMPTY, TODAY, RULES)
        assert (status.state, status.day) == (DueState.NOT_DUE, None)


def test_who_was_launched_and_not_made_active_is_met_like_the_others() -> None:
    assert found(day(9, 22), state="not_launched") == ("due", day(9, 22), 0)


# ------------------------------------------------------------------------------------- next due


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        ({}, day(9, 22)),
        ({"last_observation": day(10, 5)}, day(10, 19)),
        ({"last_meeting": day(10, 7)}, day(10, 21)),
        ({"last_observation": day(10, 5), "last_meeting": day(10, 7)}, day(10, 21)),
        ({"last_observation": day(10, 9), "last_meeting": day(10, 7)}, day(10, 23)),
        ({"last_meeting": day(11, 12)}, day(11, 30)),
        ({"last_meeting": day(12, 8)}, day(1, 4)),
        ({"last_meeting": day(6, 1)}, None),
        ({"launch_date": None}, None),
    ],
)
def test_next_due_counts_from_the_newest_contact(
    contacts: dict[str, date], expected: date | None
) -> None:
    assert next_due(facts(**contacts), YEAR) == expected


@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        ("weekly", day(11, 19)),
        ("biweekly", day(11, 30)),
        ("monthly", day(12, 14)),
        ("every 3 school days", day(11, 17)),
    ],
)
def test_next_due_follows_the_cadence(cadence: str, expected: date) -> None:
    assert next_due(facts(cadence=cadence, last_meeting=day(11, 12)), YEAR) == expected


# Due on Monday 30 November, the first school day after the break (25 to 27 November).
MET = {"last_meeting": day(11, 16)}


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (day(11, 19), ("on track", day(11, 30), 0)),
        (day(11, 20), ("on track", day(11, 30), 0)),
        (day(11, 23), ("due soon", day(11, 30), 0)),
        (day(11, 24), ("due soon", day(11, 30), 0)),
        (day(11, 26), ("due soon", day(11, 30), 0)),
        (day(11, 29), ("due soon", day(11, 30), 0)),
        (day(11, 30), ("due", day(11, 30), 0)),
        (day(12, 1), ("overdue", day(11, 30), 1)),
        (day(12, 4), ("overdue", day(11, 30), 4)),
        (day(12, 6), ("overdue", day(11, 30), 4)),
        (day(12, 7), ("overdue", day(11, 30), 5)),
        (day(12, 18), ("overdue", day(11, 30), 14)),
        (day(1, 3), ("overdue", day(11, 30), 14)),
        (day(1, 4), ("overdue", day(11, 30), 15)),
    ],
)
def test_due_soon_due_and_overdue_count_school_days(
    today: date, expected: tuple[str, date, int]
) -> None:
    assert found(today, **MET) == expected


def test_due_on_a_friday_is_not_overdue_over_the_weekend() -> None:
    friday = {"last_meeting": day(10, 2)}
    assert found(day(10, 16), **friday) == ("due", day(10, 16), 0)
    assert found(day(10, 18), **friday) == ("due", day(10, 16), 0)
    assert found(day(10, 19), **friday) == ("overdue", day(10, 16), 1)


def test_before_the_first_day_and_after_the_last() -> None:
    before = {"launch_date": day(8, 3)}
    assert found(FIRST_DAY - timedelta(days=1), **before) == ("not due", None, 0)
    assert found(FIRST_DAY, **before) == ("due", FIRST_DAY, 0)
    last = {"last_meeting": day(5, 28)}
    assert found(LAST_DAY, **last) == ("due", LAST_DAY, 0)
    assert found(LAST_DAY, last_meeting=day(5, 3))[0] == "overdue"
    for late in (1, 60):
        summer = LAST_DAY + timedelta(days=late)
        assert found(summer, **last) == ("not due", None, 0)
        assert found(summer, last_meeting=day(5, 3)) == ("not due", None, 0)
        assert found(summer, state="paused") == ("paused", None, 0)
    assert found(LAST_DAY, last_meeting=day(6, 1)) == ("not due", None, 0)


@pytest.mark.parametrize("state", ["proposed", "paused", "released", "closed"])
def test_who_is_not_being_coached_is_never_due(state: str) -> None:
    for fields in (MET, {"launch_complete": False}):
        assert found(day(1, 4), state=state, **fields) == (state, None, 0)


@pytest.mark.parametrize("soon", [0, 1, 5])
def test_how_soon_is_soon_can_be_set(soon: int) -> None:
    rules = Rules(soon_days=soon)
    due_day = next_due(facts(**MET), YEAR)
    assert due_day is not None
    day_before = YEAR.add(due_day, -(soon + 1))
    assert day_before is not None
    assert due(facts(**MET), YEAR, day_before, rules).state is DueState.LATER
    if soon:
        edge = YEAR.add(due_day, -soon)
        assert edge is not None
        assert due(facts(**MET), YEAR, edge, rules).state is DueState.DUE_SOON


# ----------------------------------------------------------------------------------------- owed


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (day(11, 17), None),
        (day(11, 18), None),
        (day(11, 19), 3),
        (day(11, 22), 4),
        (day(11, 29), 6),
        (day(11, 30), 7),
    ],
)
def test_feedback_is_owed_after_two_school_days(today: date, days: int | None) -> None:
    seen = {"unanswered_observation": day(11, 16), "last_observation": day(11, 16)}
    if days is None:
        assert kinds(today, **seen) == []
        return
    one = one_owed(today, **seen)
    assert (one.kind, one.since, one.days) == (OwedKind.FEEDBACK, day(11, 16), days)


def test_a_break_gives_no_time_for_feedback_and_takes_none() -> None:
    seen = {"unanswered_observation": day(11, 24)}
    assert kinds(day(11, 29), **seen) == []
    assert kinds(day(12, 1), **seen) == []
    assert kinds(day(12, 2), **seen) == ["feedback owed"]


@pytest.mark.parametrize(
    ("today", "days"),
    [(day(11, 19), None), (day(11, 20), None), (day(11, 21), 0), (day(11, 23), 1)],
)
def test_check_back_once_the_lesson_has_passed(today: date, days: int | None) -> None:
    lesson = {"open_step_lesson": day(11, 20)}
    if days is None:
        assert kinds(today, **lesson) == []
        return
    one = one_owed(today, **lesson)
    assert (one.kind, one.since, one.days) == (OwedKind.CHECK_BACK, day(11, 20), days)


def test_an_incomplete_plan_names_its_parts_once_the_launch_is_complete() -> None:
    missing = (PlanPart.FOCUS.value, PlanPart.GRADUAL_RELEASE.value)
    one = one_owed(TODAY, plan_missing=missing)
    assert (one.kind, one.names) == (OwedKind.PLAN_INCOMPLETE, missing)
    unlaunched = {"launch_complete": False, "state": "not_launched"}
    assert kinds(TODAY, plan_missing=missing, **unlaunched) == []
    assert kinds(TODAY, plan_missing=()) == []


def test_groups_are_looked_for_in_the_last_three_observations() -> None:
    groups = ("EL", "IEP")
    assert groups_not_seen(facts(priority_groups=groups), RULES) == ()
    two = (("EL",), ())
    assert groups_not_seen(facts(priority_groups=groups, check_ins=two), RULES) == ()
    three = ((), ("EL",), ())
    assert groups_not_seen(facts(priority_groups=groups, check_ins=three), RULES) == ("IEP",)
    too_long_ago = ((), (), (), ("EL", "IEP"))
    assert groups_not_seen(facts(priority_groups=groups, check_ins=too_long_ago), RULES) == groups
    assert groups_not_seen(facts(check_ins=too_long_ago), RULES) == ()
    one = one_owed(TODAY, priority_groups=groups, check_ins=three)
    assert (one.kind, one.names) == (OwedKind.GROUPS_NOT_SEEN, ("IEP",))


def test_a_group_written_with_other_capitals_was_seen() -> None:
    seen = (("el students",),) * 3
    assert groups_not_seen(facts(priority_groups=("EL Students",), check_ins=seen), RULES) == ()


def test_how_many_observations_are_looked_through_can_be_set() -> None:
    known = facts(priority_groups=("EL",), check_ins=((),))
    assert groups_not_seen(known, Rules(observations_for_groups=1)) == ("EL",)


def test_a_running_observation_is_told_whatever_the_state() -> None:
    running = {"running": "now", "running_since": day(11, 20)}
    for state in CoacheeState:
        one = one_owed(TODAY, state=state.value, **running)
        assert (one.kind, one.since, one.days) == (OwedKind.RUNNING, day(11, 20), 1)


EVERYTHING: dict[str, Any] = {
    "running": "now",
    "running_since": day(11, 20),
    "unanswered_observation": day(11, 2),
    "open_step_lesson": day(11, 4),
    "plan_missing": ("self-assessment",),
    "priority_groups": ("EL",),
    "check_ins": ((), (), ()),
    "goals": (GoalFacts("g", day(9, 14), ("video",), {"observation": day(9, 15)}),),
    "need": "things change",
    "need_since": day(11, 20),
}


def test_everything_owed_is_told_most_urgent_first() -> None:
    of_the_released = OwedKind.NEEDS_REENTRY
    of_the_active = (OwedKind.EVIDENCE_GAP, OwedKind.EVIDENCE_STALE)
    told = [kind for kind in OwedKind if kind is not of_the_released]
    assert kinds(TODAY, **EVERYTHING) == [kind.value for kind in told]
    told = [kind for kind in told if kind not in of_the_active]
    assert kinds(TODAY, **EVERYTHING, state="paused") == [kind.value for kind in told]


def test_a_released_coachee_with_a_pressing_need_needs_re_entry() -> None:
    assert kinds(TODAY, **EVERYTHING, state="released") == [
        "observation not ended",
        "needs re-entry",
    ]


@pytest.mark.parametrize("state", ["proposed", "closed"])
def test_who_is_not_coached_owes_only_the_end_of_an_observation(state: str) -> None:
    assert kinds(TODAY, **EVERYTHING, state=state) == ["observation not ended"]


def test_the_next_visit_is_the_next_planned_or_the_newest_missed() -> None:
    def visit(*planned: date) -> date | None:
        return next_visit(facts(planned=planned), TODAY)

    assert visit() is None
    assert visit(TODAY) == TODAY
    assert visit(day(11, 2), day(11, 24), day(12, 1)) == day(11, 24)
    assert visit(day(11, 2), day(11, 9)) == day(11, 9)


@pytest.mark.parametrize(
    "wrong",
    [
        {"soon_days": -1},
        {"soon_days": 21},
        {"soon_days": True},
        {"soon_days": 2.0},
        {"soon_days": "2"},
        {"feedback_days": 21},
        {"feedback_days": None},
        {"observations_for_groups": 0},
        {"observations_for_groups": 11},
        {"gap_days": -1},
        {"stale_days": 0},
        {"triangulated_days": 401},
        {"held_days": 1.5},
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_by_name(wrong: dict[str, Any]) -> None:
    (name,) = wrong
    with pytest.raises(ValueError, match=f"{name} is a whole number from"):
        Rules(**wrong)


# ------------------------------------------------------------------------------------- standing

some_days = st.none() | st.dates(FIRST_DAY - timedelta(days=30), LAST_DAY + timedelta(days=30))
states = st.sampled_from([state.value for state in CoacheeState])
phases = st.sampled_from([phase.value for phase in ReleasePhase])


@st.composite
def caseloads(draw: st.DrawFn) -> list[CoacheeFacts]:
    return [
        facts(
            id=f"id-{number}",
            name=draw(st.sampled_from(["Ana", "ana", "Bo", "Éloïse"])),
            building=draw(st.sampled_from(["", "Oak", "elm"])),
            state=draw(states),
            phase=draw(phases),
            cadence=draw(st.sampled_from(["weekly", "monthly", "every 3 school days"])),
            launch_complete=draw(st.booleans()),
            last_meeting=draw(some_days),
            last_observation=draw(some_days),
            unanswered_observation=draw(some_days),
            open_step_lesson=draw(some_days),
            plan_missing=draw(st.sampled_from([(), ("self-assessment",)])),
        )
        for number in range(draw(st.integers(0, 6)))
    ]


todays = st.dates(FIRST_DAY - timedelta(days=40), LAST_DAY + timedelta(days=40))


def ids_of(rows: list[Standing]) -> list[str]:
    return [row.facts.id for row in rows]


@given(caseload=caseloads(), today=todays, data=st.data())
def test_the_order_is_total_whatever_the_order_that_came_in(
    caseload: list[CoacheeFacts], today: date, data: st.DataObject
) -> None:
    rows = stand(caseload, YEAR, today, RULES)
    shuffled = data.draw(st.permutations(caseload))
    assert ids_of(stand(shuffled, YEAR, today, RULES)) == ids_of(rows)
    assert sorted(ids_of(rows)) == [one.id for one in caseload]
    for by in SORTS:
        again = ordered(data.draw(st.permutations(rows)), by)
        assert ids_of(again) == ids_of(ordered(rows, by))


@given(caseload=caseloads(), today=todays, data=st.data())
def test_the_order_never_knows_a_release_phase(
    caseload: list[CoacheeFacts], today: date, data: st.DataObject
) -> None:
    other = [CoacheeFacts.from_plain({**one.to_plain(), "phase": "?"}) for one in caseload]
    rows = stand(caseload, YEAR, today, RULES)
    for by in SORTS:
        expected = ids_of(ordered(rows, by))
        assert ids_of(ordered(stand(other, YEAR, today, RULES), by)) == expected


@given(caseload=caseloads(), today=todays)
def test_the_most_urgent_comes_first(caseload: list[CoacheeFacts], today: date) -> None:
    rows = stand(caseload, YEAR, today, RULES)
    places = [(list(DueState).index(row.due.state), -row.due.days_over) for row in rows]
    assert places == sorted(places)


def test_the_sorts_are_by_urgency_building_and_name_and_never_by_a_level() -> None:
    assert SORTS == ("urgency", "building", "name")
    for by in ("level", "phase", "Name", ""):
        with pytest.raises(ValueError, match="sorted by urgency, building, name"):
            ordered([], by)


def test_nothing_that_ranks_a_teacher_is_kept_of_one() -> None:
    """Rule R1: no score, rating, rank or level anywhere that a caseload could be sorted by."""
    names = {*CoacheeFacts.__slots__, *Standing.__slots__, *Due.__slots__, *Owed.__slots__}
    ranking = ("score", "rank", "rating", "level", "points", "grade", "total", "average")
    told = {name for name in names if any(word in name for word in ranking)}
    assert told == {"change_level"}


def test_urgency_is_the_due_state_then_the_days_then_what_presses() -> None:
    def pressing(*kinds: OwedKind) -> tuple[Owed, ...]:
        return tuple(Owed(kind) for kind in kinds)

    in_order = [
        urgency(Due(DueState.OVERDUE, TODAY, 9), ()),
        urgency(Due(DueState.OVERDUE, TODAY, 3), pressing(OwedKind.FEEDBACK, OwedKind.CHECK_BACK)),
        urgency(Due(DueState.OVERDUE, TODAY, 3), pressing(OwedKind.FEEDBACK)),
        urgency(Due(DueState.OVERDUE, TODAY, 3), pressing(OwedKind.PLAN_INCOMPLETE)),
        urgency(Due(DueState.DUE, TODAY), ()),
        urgency(Due(DueState.NOT_LAUNCHED), ()),
        urgency(Due(DueState.DUE_SOON, TODAY), ()),
        urgency(Due(DueState.LATER, TODAY), pressing(OwedKind.FEEDBACK)),
        urgency(Due(DueState.LATER, TODAY), ()),
        urgency(Due(DueState.CLOSED), ()),
    ]
    assert in_order == sorted(in_order)


def test_by_building_the_ties_go_by_name() -> None:
    caseload = [
        facts(id="1", name="Cy", building="Oak"),
        facts(id="2", name="bo", building="oak"),
        facts(id="3", name="Ana", building="Elm"),
        facts(id="4", name="Ana", building="Oak"),
    ]
    rows = stand(caseload, YEAR, TODAY, RULES)
    assert ids_of(ordered(rows, "building")) == ["3", "4", "2", "1"]
    assert ids_of(ordered(rows, "name")) == ["3", "4", "2", "1"]


@pytest.mark.parametrize(
    ("fields", "needs"),
    [
        ({"last_meeting": day(11, 16)}, False),
        ({"last_meeting": day(10, 5)}, True),
        ({"last_meeting": day(11, 16), "unanswered_observation": day(11, 16)}, True),
        ({"last_meeting": day(11, 16), "open_step_lesson": day(11, 20)}, True),
        ({"last_meeting": day(11, 16), "running": "x", "running_since": TODAY}, True),
        ({"last_meeting": day(11, 16), "plan_missing": ("growth goals",)}, False),
        ({"launch_complete": False, "state": "not_launched"}, False),
    ],
)
def test_what_needs_attention(fields: dict[str, Any], needs: bool) -> None:
    (row,) = stand([facts(**fields)], YEAR, TODAY, RULES)
    assert row.needs_attention is needs
