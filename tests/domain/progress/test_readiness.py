"""Readiness is a checklist with its proofs; fidelity is about the coach's own cycle."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_tui.domain.enumerations import (
    CoacheeState,
    CriticalPractice,
    CycleStage,
    EvidenceColumn,
    MomentOfNeed,
    Party,
    ReleasePhase,
    ReviewOutcome,
    Support,
)
from coach_tui.domain.progress.checklists import Checklist
from coach_tui.domain.progress.fidelity import fidelity, newest_cycle
from coach_tui.domain.progress.grounds import Grounds
from coach_tui.domain.progress.levels import DOCUMENT_LEVELS, floor, reaches
from coach_tui.domain.progress.matrix import cells
from coach_tui.domain.progress.readiness import TARGETS, checklist
from coach_tui.domain.progress.taking import Belongings, filled_parts, growth_facts, reentry_need
from coach_tui.domain.records import GoalReview, NeedNoted, Pause, PhaseChange, StateChange
from tests.domain.progress.samples import Document, documents, goal, item, planned, turn
from tests.support import NOW, TODAY, launched, moment, observation

DAY = date(2026, 10, 5)
PROFICIENT = "proficient"


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def teacher(phase: str = "1", on: date = DAY) -> Document:
    order = list(ReleasePhase)
    steps = order[: order.index(ReleasePhase(phase)) + 1]
    changes = tuple(PhaseChange(date=on, phase=step, reason="seen twice") for step in steps)
    return documents(launched(phases=changes))[0]


def grounds(
    *,
    cycles: list[Document] | None = None,
    evidence: list[Document] | None = None,
    of: Document | None = None,
    goals: list[Document] | None = None,
) -> Grounds:
    own = goals or [goal()]
    return Grounds(of or teacher(), own[0], own, cycles or [], evidence or [])


def lines(found: Checklist, today: date = TODAY) -> list[bool]:
    return [one.met(today) for one in found.requirements]


# ------------------------------------------------------------------------------------- the matrix


def test_a_cell_says_how_many_how_fresh_and_by_whom() -> None:
    found = cells(
        goal(planned_modes=planned("video", "discourse", "student work")),
        [
            item(day(1), "discourse", gathered_by=Party.COACH),
            item(day(9), "discourse", gathered_by=Party.TEACHER),
            item(day(4), "observation"),
            item(day(4), "student work", goal="another"),
        ],
    )
    assert [cell.column for cell in found] == list(EvidenceColumn)
    assert [cell.count for cell in found] == [1, 0, 2, 0, 0]
    assert [cell.planned for cell in found] == [False, True, True, True, False]
    assert (found[2].newest, found[2].by) == (day(9), ("teacher", "coach"))


# -------------------------------------------------------------------------------------- phase two


def test_ready_for_phase_2_by_modeling_a_tried_step_and_a_level() -> None:
    cycles = [
        turn(1, day(1), "kept", supports=(Support.MODELING,)),
        turn(2, day(9), "agreed"),
    ]
    found = checklist("2", grounds(cycles=cycles, evidence=[item(day(5), level=PROFICIENT)]))
    assert lines(found) == [True, True, True]
    assert found.ready_from == day(5)
    proofs = [[(proof.kind, proof.id) for proof in one.proofs] for one in found.requirements]
    assert proofs == [
        [("cycle", "cycle-1")],
        [("cycle", "cycle-1")],
        [("evidence", f"obs-{day(5)}")],
    ]


def test_modeling_of_another_goal_or_of_a_planned_visit_is_none() -> None:
    modeling: dict[str, Any] = {"supports": (Support.MODELING,)}
    for cycles, met in (
        ([turn(1, day(1), goal="another", **modeling)], False),
        ([turn(1, day(1), goal=None, **modeling)], True),
        ([turn(1, day(1), stage=CycleStage.PLANNED, meeting=None, **modeling)], False),
    ):
        assert lines(checklist("2", grounds(cycles=cycles)))[0] is met


def test_modeling_of_a_goal_that_was_revised_into_this_one_counts() -> None:
    cycles = [turn(1, day(1), goal="before", supports=(Support.MODELING,))]
    own = [goal(follows="before"), goal("before", follows=None)]
    assert lines(checklist("2", grounds(cycles=cycles, goals=own)))[0]


@pytest.mark.parametrize(
    ("level", "named_by", "met"),
    [
        ("close to proficient", Party.TEACHER, True),
        ("exemplary", Party.TOGETHER, True),
        ("far from proficient", Party.TEACHER, False),
        ("exemplary", Party.COACH, False),
        ("no such level", Party.TEACHER, False),
    ],
)
def test_a_level_counts_when_the_teacher_or_both_named_it(
    level: str, named_by: Party, met: bool
) -> None:
    evidence = [item(day(1), level=level, named_by=named_by)]
    assert lines(checklist("2", grounds(evidence=evidence)))[2] is met


def test_other_profiles_have_other_levels() -> None:
    three = ("emerging", "developing", "achieving")
    assert floor(three, "close to proficient") == "developing"
    assert floor(three, "proficient") == "achieving"
    assert floor(DOCUMENT_LEVELS, "proficient") == "proficient"
    assert floor(("a", "b", "c", "d", "e"), "proficient") == "d"
    assert floor(("only",), "close to proficient") == "only"
    assert not reaches("proficient", "proficient", three)


# ------------------------------------------------------------------------------------ phase three


def ready_for_3() -> tuple[list[Document], list[Document]]:
    cycles = [turn(n, day(n), "kept") for n in (1, 2, 3)]
    evidence = [
        item(day(1), "journaling"),
        item(day(2), "discourse", PROFICIENT),
        item(day(3), "observation", "exemplary", next_step="ask twice"),
    ]
    evidence[-1]["next_step_chosen_by"] = "teacher"
    return cycles, evidence


def test_ready_for_phase_3_and_each_line_can_fail_alone() -> None:
    cycles, evidence = ready_for_3()
    whole = checklist("3", grounds(cycles=cycles, evidence=evidence))
    assert lines(whole) == [True] * 5
    assert whole.ready(TODAY)
    assert whole.ready_from == day(3)

    def without(line: int, changed: list[Document], turns: list[Document] = cycles) -> None:
        found = lines(checklist("3", grounds(cycles=turns, evidence=changed)))
        assert found[line] is False
        assert sum(found) >= 3

    without(0, evidence, [*cycles, turn(4, day(4), "dropped")])
    without(0, evidence, cycles[:2])
    without(1, [*evidence, item(day(4), level="close to proficient")])
    without(2, [one for one in evidence if one["kind"] is None] + [item(day(2), "video")])
    without(3, evidence[1:])
    without(4, [*evidence, item(day(5), next_step="smaller", next_step_chosen_by=Party.COACH)])


def test_a_step_that_is_open_or_parked_says_nothing_yet() -> None:
    cycles, evidence = ready_for_3()
    for state in ("agreed", "practiced", "parked"):
        turns = [*cycles, turn(4, day(4), state)]
        assert lines(checklist("3", grounds(cycles=turns, evidence=evidence)))[0]


def test_a_next_step_of_a_review_counts_as_one() -> None:
    cycles, evidence = ready_for_3()
    review = GoalReview(
        date=day(9), outcome=ReviewOutcome.NEXT_STEP, words="more talk", chosen_by=Party.COACH
    )
    own = [goal(reviews=(review,))]
    found = checklist("3", grounds(cycles=cycles, evidence=evidence, goals=own))
    assert lines(found) == [True, True, True, True, False]
    assert found.requirements[4].proofs[0].kind == "goal"


# ---------------------------------------------------------------------------------------- release


def test_ready_to_release_by_the_teachers_own_evidence_and_a_level_that_is_held() -> None:
    of = teacher("3", day(0))
    by_teacher = {"gathered_by": Party.TEACHER}
    evidence = [
        item(day(-5), "video", "far from proficient", **by_teacher),
        item(day(2), "video", PROFICIENT, **by_teacher),
        item(day(9), "journaling", **by_teacher),
    ]
    found = checklist("released", grounds(of=of, evidence=evidence))
    assert found.ready_from == day(32)
    assert lines(found, day(31)) == [True, False]
    assert lines(found, day(32)) == [True, True]
    fallen = [*evidence, item(day(12), level="close to proficient")]
    assert lines(checklist("released", grounds(of=of, evidence=fallen)), day(90)) == [True, False]
    early = checklist("released", grounds(of=teacher("2"), evidence=evidence))
    assert lines(early, day(90)) == [False, True]


def test_an_unknown_phase_has_no_checklist() -> None:
    with pytest.raises(KeyError):
        checklist("4", grounds())


columns = st.sampled_from([column.value for column in EvidenceColumn])
levels = st.sampled_from(["", *DOCUMENT_LEVELS])
items = st.builds(
    lambda n, column, level, by, id: item(
        day(n), column, level, gathered_by=by, named_by=by, id=f"i{id}"
    ),
    st.integers(0, 60),
    columns,
    levels,
    st.sampled_from(Party),
    st.integers(0, 10**6),
)
turns = st.builds(
    lambda n, step: turn(n, day(n), step),
    st.integers(1, 40),
    st.sampled_from([None, "agreed", "parked", "tried", "kept", "dropped"]),
)


@given(
    evidence=st.lists(items, max_size=6),
    cycles=st.lists(turns, max_size=4),
    phase=st.sampled_from(["1", "2", "3"]),
    data=st.data(),
)
@settings(max_examples=60)
def test_a_tick_has_proofs_and_no_order_changes_it(
    evidence: list[Document], cycles: list[Document], phase: str, data: st.DataObject
) -> None:
    of = teacher(phase)
    shuffled = data.draw(st.permutations(evidence))
    for target in TARGETS:
        found = checklist(target, grounds(of=of, cycles=cycles, evidence=evidence))
        again = checklist(target, grounds(of=of, cycles=cycles[::-1], evidence=shuffled))
        assert again.ready_from == found.ready_from or _same_numbers(cycles)
        known = {one["id"] for one in (*evidence, *cycles)}
        for line in found.requirements:
            assert line.since is None or line.proofs
            assert {proof.id for proof in line.proofs} <= known
            assert not any("named by coach" in proof.words for proof in line.proofs)


def _same_numbers(cycles: list[Document]) -> bool:
    numbers = [one["number"] for one in cycles]
    return len(set(numbers)) != len(numbers)


# ----------------------------------------------------------------------- fidelity, facts, re-entry


def test_fidelity_asks_for_modeling_in_phase_1_only_and_minutes_are_its_dose() -> None:
    pause = Pause(start=moment(DAY, 9, 5), end=moment(DAY, 9, 10))
    seen = documents(observation(DAY, cycle="cycle-1", pauses=(pause,)))
    held = turn(1, day(1), alliance_note="asked about the move")
    held["meeting"]["minutes"] = 25
    first = fidelity(teacher("1"), held, seen)
    assert first.practices[CriticalPractice.MODELING] is False
    assert (first.missing, first.minutes) == (("modeling",), 40)
    second = fidelity(teacher("2"), held, [])
    assert second.practices[CriticalPractice.MODELING] is None
    assert second.missing == ("observation",)


def test_the_newest_cycle_is_the_last_with_feedback() -> None:
    cycles = [turn(1, day(1)), turn(2, day(3)), turn(3, day(5), stage=CycleStage.PLANNED)]
    cycles[2]["meeting"] = None
    found = newest_cycle(cycles)
    assert found is not None
    assert found["number"] == 2
    assert newest_cycle([]) is None


def test_facts_of_growth_say_when_readiness_begins() -> None:
    cycles, evidence = ready_for_3()
    of = Belongings(teacher("2"), cycles, [], [goal()], evidence)
    found = growth_facts(of)
    assert (found["ready_from"], found["held_since"]) == (day(3), None)
    assert [one.id for one in found["goals"]] == ["goal"]
    assert found["goals"][0].newest["discourse"] == day(2)
    assert growth_facts(Belongings(teacher("released"), cycles, [], [goal()]))["ready_from"] is None


def test_other_records_fill_the_parts_of_the_plan() -> None:
    def filled(**fields: Any) -> tuple[str, ...]:
        made = {"coachee": teacher(), "cycles": [], "observations": [], **fields}
        return filled_parts(Belongings(**made))

    assert filled() == ()
    assert filled(goals=[goal(state="draft")]) == ()
    assert filled(goals=[goal()]) == ("growth goals",)
    modes = planned("video")
    assert filled(goals=[goal(planned_modes=modes)]) == ("growth goals", "data collection")
    assert filled(assessments=[{"id": "a"}]) == ("self-assessment",)


def released(*needs: NeedNoted) -> Document:
    change = StateChange(date=day(10), state=CoacheeState.RELEASED)
    return documents(launched(state=CoacheeState.RELEASED, states=(change,), needs=needs))[0]


def test_only_a_pressing_need_since_the_release_asks_for_re_entry() -> None:
    wrong = MomentOfNeed.THINGS_GO_WRONG
    assert reentry_need(released(), []) is None
    assert reentry_need(released(NeedNoted(date=day(9), moment=wrong)), []) is None
    need = NeedNoted(date=day(12), moment=MomentOfNeed.LEARNING_MORE)
    assert reentry_need(released(need), []) is None
    assert reentry_need(released(NeedNoted(date=day(12), moment=wrong)), []) == (
        "things go wrong",
        day(12),
    )
    later = turn(9, day(20), moment_of_need=MomentOfNeed.THINGS_CHANGE)
    assert reentry_need(released(), [later]) == ("things change", day(20))
    assert reentry_need(teacher(), [later]) is None
    assert NOW.date() == TODAY
