"""Everything that happened with one coachee, newest first."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coach_tui.coaching.timeline import Happening, timeline
from coach_tui.domain import records as r
from coach_tui.domain.enumerations import (
    CheckBackResult,
    CoacheeState,
    CycleStage,
    EvidenceMode,
    GoalState,
    MeetingStep,
    MomentOfNeed,
    ReleasePhase,
    SentenceSource,
    StepState,
    StudentEvidenceKind,
)
from tests.domain.strategies import EXAMPLES
from tests.support import (
    NOW,
    add_launched,
    clock,
    coachee,
    cycle,
    desk,
    hold_meeting,
    launched,
    meeting,
    moment,
    note_line,
    observation,
)

BASE: dict[str, Any] = {"id": "one", "created_at": NOW, "updated_at": NOW}


def day(number: int) -> date:
    return date(2026, 11, number)


def happened(of: r.Coachee, **found: Any) -> list[Happening]:
    nothing: dict[str, Any] = {"cycles": [], "observations": [], "goals": [], "evidence": []}
    return timeline(of, **{**nothing, **found}, local=clock().local)


def titles(of: r.Coachee, **found: Any) -> list[str]:
    return [one.title for one in happened(of, **found)]


def test_with_somebody_new_nothing_happened() -> None:
    assert happened(coachee()) == []


def test_a_cycle_in_its_days() -> None:
    step = r.ActionStep(
        text="wait 3 s",
        state=StepState.CHECKED_BACK,
        check_back=r.CheckBack(date=day(20), result=CheckBackResult.KEPT, note="9 hands"),
    )
    done = cycle(
        1,
        stage=CycleStage.CHECKED_BACK,
        planned=r.PlannedDates(observation=day(9)),
        meeting=meeting(day(12), minutes=25, note="she chose"),
        action_step=step,
    )
    seen = observation(day(10), lesson="Fractions", lines=(note_line(),))
    found = happened(launched(), cycles=[done], observations=[seen])
    assert [(one.day, one.title, one.detail) for one in found] == [
        (day(20), "Step kept", "9 hands"),
        (day(12), "Action step", "wait 3 s"),
        (day(12), "Feedback meeting", "25 min · she chose"),
        (day(10), "Observation", "1 line · 20 min · Fractions"),
        (date(2026, 9, 8), "Launch conversation", "4 of 4 items"),
    ]
    assert [one.observation for one in found] == [None, None, None, seen.id, None]


def test_on_one_day_what_comes_later_in_a_cycle_comes_first() -> None:
    held = cycle(
        1,
        stage=CycleStage.APPLYING,
        meeting=meeting(day(10)),
        action_step=r.ActionStep(text="wait 3 s"),
    )
    early = observation(day(10), id="early", start=moment(day(10), 8), end=moment(day(10), 8, 20))
    late = observation(day(10), id="late", start=moment(day(10), 9), end=moment(day(10), 9, 20))
    for order in ([early, late], [late, early]):
        found = happened(launched(), cycles=[held], observations=order)[:-1]
        assert [one.observation or one.title for one in found] == [
            "Action step",
            "Feedback meeting",
            "late",
            "early",
        ]


def test_an_observation_that_runs_says_so() -> None:
    (found, *_) = happened(launched(), observations=[observation(end=None)])
    assert found.detail == "0 lines · not ended"


def test_a_visit_is_planned_until_it_is_observed() -> None:
    planned = r.PlannedDates(observation=day(30))
    assert titles(coachee(), cycles=[cycle(1, planned=planned)]) == ["Visit planned"]
    observed = cycle(1, planned=planned, stage=CycleStage.OBSERVED)
    assert titles(coachee(), cycles=[observed]) == []


def test_a_meeting_that_is_only_prepared_is_not_said_to_be_held() -> None:
    prepared = cycle(1, meeting=meeting(day(30), held=False, note="bring the exit tickets"))
    assert titles(coachee(), cycles=[prepared]) == ["Meeting prepared"]


def test_a_meeting_that_was_only_looked_at_did_not_happen() -> None:
    drawn = r.Sentence(text="Growth goal: more turns", source=SentenceSource.GOAL)
    own = r.Sentence(text="Ask about turns")
    steps = {step: r.StepOfMeeting() for step in MeetingStep}
    for sentences, shown in (((drawn,), []), ((drawn, own), ["Meeting prepared"])):
        steps[MeetingStep.GOALS] = r.StepOfMeeting(sentences=sentences)
        looked_at = cycle(1, meeting=meeting(day(30), held=False, steps=steps))
        assert titles(coachee(), cycles=[looked_at]) == shown


def test_a_cancelled_cycle_is_told_on_its_day_where_the_coach_works() -> None:
    off: dict[str, Any] = {"stage": CycleStage.CANCELLED, "cancelled_because": "snow"}
    planned = cycle(1, planned=r.PlannedDates(observation=day(30)), **off)
    late = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    undated = cycle(2, updated_at=late, **off)
    found = happened(coachee(), cycles=[planned, undated])
    assert [(one.day, one.title, one.detail) for one in found] == [
        (day(30), "Cycle 1 cancelled", "snow"),
        (day(19), "Cycle 2 cancelled", "snow"),
    ]


def test_states_and_phases_are_told_with_their_reasons() -> None:
    states = (
        r.StateChange(date=day(2), state=CoacheeState.RELEASED, reason="holds the level"),
        r.StateChange(
            date=day(16),
            state=CoacheeState.ACTIVE,
            reason="new grade",
            moment_of_need=MomentOfNeed.THINGS_CHANGE,
        ),
    )
    phases = (
        r.PhaseChange(date=day(1), phase=ReleasePhase.COACH_RELEASES),
        r.PhaseChange(date=day(2), phase=ReleasePhase.RELEASED, reason="alone"),
    )
    found = happened(launched(states=states, phases=phases))[:-1]
    assert [(one.title, one.detail) for one in found] == [
        ("Active", "moment of need: things change · new grade"),
        ("Released", "alone"),
        ("Released", "holds the level"),
        ("Phase 3", ""),
    ]


def test_goals_and_evidence_are_told() -> None:
    goal = r.GrowthGoal(
        **BASE,
        coachee="ana",
        statement="more students explain",
        agreed_on=day(2),
        state=GoalState.MET,
        history=(
            r.GoalChange(date=day(2), state=GoalState.AGREED),
            r.GoalChange(date=day(20), state=GoalState.MET, reason="9 of 22"),
        ),
    )
    work = r.Evidence(
        **BASE,
        goal="one",
        mode=EvidenceMode.STUDENT_EVIDENCE,
        kind=StudentEvidenceKind.WORK,
        date=day(9),
        reference="folder 3",
    )
    video = r.Evidence(**BASE, goal="one", mode=EvidenceMode.VIDEO, date=day(8), what="4 min")
    found = happened(coachee(), goals=[goal], evidence=[video, work])
    assert [(one.title, one.detail) for one in found] == [
        ("Goal met", "9 of 22"),
        ("Evidence: student work", "folder 3"),
        ("Evidence: video recording themselves", "4 min"),
        ("Goal agreed", "more students explain"),
    ]


@given(
    of=EXAMPLES[r.Coachee],
    cycles=st.lists(EXAMPLES[r.Cycle], max_size=2),
    seen=st.lists(EXAMPLES[r.Observation], max_size=2),
    goals=st.lists(EXAMPLES[r.GrowthGoal], max_size=1),
    evidence=st.lists(EXAMPLES[r.Evidence], max_size=1),
)
@settings(max_examples=25)
def test_whatever_the_records_allow_has_a_timeline_newest_first(
    of: r.Coachee,
    cycles: list[r.Cycle],
    seen: list[r.Observation],
    goals: list[r.GrowthGoal],
    evidence: list[r.Evidence],
) -> None:
    found = happened(of, cycles=cycles, observations=seen, goals=goals, evidence=evidence)
    days = [one.day for one in found]
    assert days == sorted(days, reverse=True)
    assert [one.observation for one in found].count(None) == len(found) - len(seen)


def test_the_desk_gathers_what_is_one_coachees_own() -> None:
    of = desk()
    ana, bo = add_launched(of), add_launched(of, "Bo Lee")
    of.observing.end(of.observing.start(ana).id)
    hold_meeting(of, bo, day(23), step="wait 3 s")
    goal = r.GrowthGoal(**BASE, coachee=ana.id, statement="x", agreed_on=day(2), state="agreed")
    proof = r.Evidence(**BASE, goal=goal.id, mode="journaling", date=day(3), what="an entry")
    of.ledger.save("Goal", goal, proof)
    assert [one.title for one in of.timeline(ana)] == [
        "Observation",
        "Evidence: journaling",
        "Goal agreed",
        "Launch conversation",
    ]
