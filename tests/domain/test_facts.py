"""What is known of a coachee, taken from the documents that the store holds."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_tui.domain.enumerations import (
    CheckBackResult,
    CoacheeKind,
    CycleStage,
    EvidenceColumn,
    GoalState,
    PlanPart,
    ReleasePhase,
    StepState,
)
from coach_tui.domain.facts import CoacheeFacts
from coach_tui.domain.growth import GoalFacts
from coach_tui.domain.records import (
    ActionStep,
    CheckBack,
    Coachee,
    CoachingPlan,
    Cycle,
    Evidence,
    GroupCheckIn,
    GrowthGoal,
    Observation,
    PhaseChange,
    PlannedDates,
    PriorityGroup,
    Record,
    UpcomingLesson,
)
from coach_tui.domain.taking import LATEST_OBSERVATIONS, facts_of
from tests.domain.strategies import EXAMPLES, cadences, days, typed
from tests.support import (
    TODAY,
    coachee,
    cycle,
    facts,
    launch,
    launched,
    meeting,
    moment,
    observation,
    ticked,
)

ago = timedelta


def taken(
    of: Coachee,
    cycles: tuple[Cycle, ...] = (),
    observations: tuple[Observation, ...] = (),
    goals: tuple[GrowthGoal, ...] = (),
    evidence: tuple[Evidence, ...] = (),
) -> CoacheeFacts:
    def documents(records: tuple[Record, ...]) -> list[dict[str, Any]]:
        return [json.loads(json.dumps(record.to_document())) for record in records]

    (document,) = documents((of,))
    owned = (documents(records) for records in (cycles, observations, goals, evidence))
    return facts_of(document, *owned)


def day(number: int) -> date:
    return date(2026, 11, number)


def step(lesson: date | None = None, state: StepState = StepState.AGREED) -> ActionStep:
    back = CheckBack(date=TODAY, result=CheckBackResult.KEPT)
    return ActionStep(
        text="Ask, wait, ask again",
        state=state,
        lesson=None if lesson is None else UpcomingLesson(date=lesson),
        check_back=back if state is StepState.CHECKED_BACK else None,
    )


def held(number: int, on: date, **fields: Any) -> Cycle:
    return cycle(number, **{"stage": CycleStage.FEEDBACK_HELD, "meeting": meeting(on), **fields})


def applying(number: int, on: date, of: ActionStep) -> Cycle:
    return held(number, on, stage=CycleStage.APPLYING, action_step=of)


def test_somebody_new_is_known_by_the_defaults() -> None:
    found = taken(coachee())
    assert found == CoacheeFacts(
        id="ana",
        name="Ana Ruiz",
        kind="educator",
        structure="individual",
        change_level="individual",
        state="not_launched",
        cadence="biweekly",
        phase="1",
        plan_missing=tuple(part.value for part in PlanPart),
    )
    assert found.last_contact is None


def test_the_words_of_a_coachee_are_taken_as_they_are_stored() -> None:
    of = launched(
        kind=CoacheeKind.TEAM,
        building="Oak",
        structure="peer-to-peer",
        change_level="systems",
        cadence="every 3 days",
        phases=(PhaseChange(date=day(2), phase=ReleasePhase.COACH_SUPPORTS),),
        priority_groups=(PriorityGroup(label="EL"), PriorityGroup(label="IEP", how_many=3)),
        plan=CoachingPlan(parts={part: ticked(part is PlanPart.FOCUS) for part in PlanPart}),
    )
    found = taken(of)
    assert (found.kind, found.building, found.structure) == ("team", "Oak", "peer-to-peer")
    assert (found.change_level, found.cadence) == ("systems", "every 3 school days")
    assert (found.phase, found.priority_groups) == ("2", ("EL", "IEP"))
    assert found.plan_missing == tuple(part.value for part in list(PlanPart)[1:])


@pytest.mark.parametrize("done", range(5))
def test_a_launch_is_complete_with_date_and_four_items(done: int) -> None:
    assert taken(coachee(launch=launch(day(2), done=done))).launch_complete is (done == 4)
    assert not taken(coachee(launch=launch(None, done=done))).launch_complete
    assert taken(coachee(launch=launch(day(2), done=done))).launch_date == day(2)


def test_the_newest_held_meeting_counts_and_one_to_come_does_not() -> None:
    planned = cycle(3, meeting=meeting(day(30), held=False))
    assert taken(launched(), (held(1, day(4)), held(2, day(18)), planned)).last_meeting == day(18)
    assert taken(launched(), (planned,)).last_meeting is None


def test_an_observation_waits_for_the_meeting_of_its_cycle() -> None:
    seen = (observation(day(10), cycle="cycle-1"),)
    assert taken(launched(), (cycle(1),), seen).unanswered_observation == day(10)
    assert taken(launched(), (held(1, day(12)),), seen).unanswered_observation is None
    assert taken(launched(), (cycle(1), held(2, day(12))), seen).unanswered_observation is None
    assert taken(launched(), (held(2, day(9)),), seen).unanswered_observation == day(10)


def test_a_meeting_of_the_same_day_is_not_about_another_cycle() -> None:
    """A meeting at eight is not about what is seen at ten, in a new cycle."""
    seen = (observation(day(10), cycle="cycle-2"),)
    cycles = (held(1, day(10)), cycle(2, stage=CycleStage.OBSERVED))
    assert taken(launched(), cycles, seen).unanswered_observation == day(10)
    answered = (held(1, day(10)), held(2, day(10)))
    assert taken(launched(), answered, seen).unanswered_observation is None


def test_an_observation_of_a_cancelled_cycle_owes_no_feedback() -> None:
    seen = (observation(day(10), cycle="cycle-1"),)
    called_off = cycle(1, stage=CycleStage.CANCELLED, cancelled_because="snow")
    found = taken(launched(), (called_off,), seen)
    assert found.unanswered_observation is None
    assert found.last_observation == day(10)


def test_the_first_that_waits_is_told_and_the_last_is_the_last_contact() -> None:
    seen = (observation(day(12)), observation(day(10)), observation(day(3)))
    found = taken(launched(), (held(1, day(5)),), seen)
    assert found.unanswered_observation == day(10)
    assert found.last_observation == day(12)
    assert found.last_contact == day(12)


def test_an_observation_of_no_cycle_is_answered_by_a_later_meeting() -> None:
    seen = (observation(day(10)),)
    assert taken(launched(), (), seen).unanswered_observation == day(10)
    for number in (10, 11):
        assert taken(launched(), (held(1, day(number)),), seen).unanswered_observation is None


def test_a_running_observation_is_no_contact_yet() -> None:
    found = taken(launched(), (), (observation(day(20), end=None, id="now"),))
    assert (found.running, found.running_since) == ("now", day(20))
    assert found.last_observation is None
    assert found.unanswered_observation is None


def test_the_newest_of_two_running_is_told() -> None:
    seen = tuple(observation(day(n), end=None, id=f"seen-{n}") for n in (20, 18))
    assert taken(launched(), (), seen).running == "seen-20"


def test_observations_of_one_second_are_in_their_order() -> None:
    start = moment(day(10))
    halves = (
        observation(day(10), id="b", start=start, end=None),
        observation(day(10), id="a", start=start + ago(milliseconds=500), end=None),
    )
    assert taken(launched(), (), halves).running == "a"


def test_quick_notes_are_no_visit() -> None:
    """A line jotted down puts off nothing that is due, and nobody waits for feedback on it."""
    seen = (
        observation(day(3), cycle="cycle-1", check_ins=(GroupCheckIn(group="EL"),)),
        observation(day(20), quick_notes=True),
    )
    found = taken(launched(), (held(1, day(4)),), seen)
    assert found.last_observation == day(3)
    assert found.unanswered_observation is None
    assert found.check_ins == (("EL",),)
    assert found.last_contact == day(4)


def test_quick_notes_never_run() -> None:
    seen = (observation(day(20), quick_notes=True, end=None, id="now"),)
    assert taken(launched(), (), seen).running is None


def test_an_observation_of_before_there_were_quick_notes_is_a_visit() -> None:
    document = json.loads(json.dumps(observation(day(10)).to_document()))
    del document["quick_notes"]
    found = facts_of(json.loads(json.dumps(launched().to_document())), [], [document])
    assert found.last_observation == day(10)


def test_the_groups_seen_are_those_of_the_newest_observations() -> None:
    seen = tuple(
        observation(
            day(n),
            check_ins=(
                GroupCheckIn(group=f"G{n}"),
                GroupCheckIn(group="unseen", seen=False, trend="absent"),
            ),
        )
        for n in range(1, 15)
    )
    found = taken(launched(), (), seen)
    assert found.check_ins == tuple((f"G{n}",) for n in range(14, 14 - LATEST_OBSERVATIONS, -1))


@pytest.mark.parametrize("state", StepState)
def test_the_lesson_of_an_open_step_is_told(state: StepState) -> None:
    found = taken(launched(), (applying(1, day(4), step(day(9), state)),))
    is_open = state not in (StepState.CHECKED_BACK, StepState.PARKED)
    assert found.open_step_lesson == (day(9) if is_open else None)


def test_a_step_without_a_lesson_has_nothing_to_check_back_on() -> None:
    assert taken(launched(), (applying(1, day(4), step()),)).open_step_lesson is None


def test_planned_visits_are_told_in_their_order_until_they_are_begun() -> None:
    def planned(number: int, on: date, stage: CycleStage = CycleStage.PLANNED) -> Cycle:
        return cycle(number, stage=stage, planned=PlannedDates(observation=on))

    cycles = (
        planned(1, day(30)),
        planned(2, day(24)),
        planned(3, day(2), CycleStage.OBSERVED),
        planned(4, day(23)),
        cycle(5),
    )
    begun = (observation(day(23), end=None, cycle="cycle-4"),)
    assert taken(launched(), cycles, begun).planned == (day(24), day(30))


def test_a_cancelled_cycle_owes_and_plans_nothing() -> None:
    called_off: dict[str, Any] = {"stage": CycleStage.CANCELLED, "cancelled_because": "snow"}
    cycles = (
        cycle(1, planned=PlannedDates(observation=day(24)), **called_off),
        cycle(2, action_step=step(day(9)), **called_off),
    )
    found = taken(launched(), cycles)
    assert found.planned == ()
    assert found.open_step_lesson is None


maybe = st.none() | days

any_facts = st.builds(
    CoacheeFacts,
    id=typed,
    name=typed,
    kind=typed,
    building=typed,
    structure=typed,
    change_level=typed,
    state=typed,
    cadence=cadences,
    phase=st.sampled_from(["1", "2", "3", "released"]),
    launch_complete=st.booleans(),
    launch_date=maybe,
    plan_missing=st.lists(typed, max_size=2).map(tuple),
    priority_groups=st.lists(typed, max_size=2).map(tuple),
    check_ins=st.lists(st.lists(typed, max_size=2).map(tuple), max_size=3).map(tuple),
    last_meeting=maybe,
    last_observation=maybe,
    unanswered_observation=maybe,
    open_step_lesson=maybe,
    planned=st.lists(days, max_size=2).map(tuple),
    running=st.none() | typed,
    running_since=maybe,
    goals=st.lists(
        st.builds(
            GoalFacts,
            typed,
            days,
            st.lists(st.sampled_from(EvidenceColumn), max_size=2),
            st.dictionaries(st.sampled_from(EvidenceColumn), days, max_size=2),
        ),
        max_size=2,
    ).map(tuple),
    ready_from=maybe,
    held_since=maybe,
    practices_missing=st.lists(typed, max_size=2).map(tuple),
    need=typed,
    need_since=maybe,
)


@given(one=any_facts)
@settings(max_examples=60)
def test_facts_come_back_from_plain_values_and_json(one: CoacheeFacts) -> None:
    plain = one.to_plain()
    assert CoacheeFacts.from_plain(plain) == one
    assert CoacheeFacts.from_plain(json.loads(json.dumps(plain))) == one


@given(
    of=EXAMPLES[Coachee],
    cycles=st.lists(EXAMPLES[Cycle], max_size=2),
    seen=st.lists(EXAMPLES[Observation], max_size=2),
    goals=st.lists(EXAMPLES[GrowthGoal], max_size=2),
    evidence=st.lists(EXAMPLES[Evidence], max_size=4),
)
@settings(max_examples=30)
def test_facts_can_be_taken_of_all_that_the_records_allow(
    of: Coachee,
    cycles: list[Cycle],
    seen: list[Observation],
    goals: list[GrowthGoal],
    evidence: list[Evidence],
) -> None:
    evidence = [item.changed(goal=goals[0].id) for item in evidence if goals]
    found = taken(of, tuple(cycles), tuple(seen), tuple(goals), tuple(evidence))
    assert found.launch_complete == of.launch.complete
    assert set(found.plan_missing) <= {part.value for part in of.plan.missing}
    active = [goal.id for goal in goals if goal.state is GoalState.ACTIVE]
    assert [goal.id for goal in found.goals] == active
    assert found.phase == of.phase.value
    running = [one.id for one in seen if one.end is None and not one.quick_notes]
    assert found.running in running if running else found.running is None
    assert CoacheeFacts.from_plain(json.loads(json.dumps(found.to_plain()))) == found


@pytest.mark.parametrize(
    "broken",
    [
        {"launch_date": "soon"},
        {"launch_date": 5},
        {"planned": None},
        {"planned": ["2026-02-30"]},
        {"check_ins": [3]},
    ],
)
def test_what_is_no_facts_is_refused(broken: dict[str, Any]) -> None:
    with pytest.raises((TypeError, ValueError)):
        CoacheeFacts.from_plain({**facts().to_plain(), **broken})


def test_facts_that_lack_something_are_refused() -> None:
    plain = facts().to_plain()
    del plain["running"]
    with pytest.raises(KeyError):
        CoacheeFacts.from_plain(plain)


def test_facts_differ_by_any_value_and_name_nobody() -> None:
    assert facts() == facts()
    assert facts() != facts(building="Oak")
    assert facts() != "ana"
    assert "Ruiz" not in repr(facts())
    with pytest.raises(TypeError):
        hash(facts())
