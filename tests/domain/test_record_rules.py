"""The rules of each record: what breaks one cannot be made, and the refusal repeats no word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from coach_tui.domain import records as r
from coach_tui.domain.enumerations import (
    CheckBackResult,
    CoacheeKind,
    CoacheeState,
    CycleStage,
    EvidenceMode,
    GoalState,
    LaunchItem,
    MeetingStep,
    Party,
    PlanItemState,
    PlanPart,
    ReleasePhase,
    StepState,
    StudentEvidenceKind,
)
from tests.domain.test_record_basics import SECRET, words_of
from tests.support import (
    NOW,
    TODAY,
    coachee,
    cycle,
    launch,
    launched,
    meeting,
    note_line,
    observation,
    school_year,
    ticked,
)

BASE: dict[str, Any] = {"id": "one", "created_at": NOW, "updated_at": NOW}
BEFORE = TODAY - timedelta(days=1)

Make = Callable[[], object]


def step(**fields: Any) -> r.ActionStep:
    return r.ActionStep(**{"text": SECRET, **fields})


def checked() -> r.ActionStep:
    back = r.CheckBack(date=TODAY, result=CheckBackResult.KEPT)
    return step(state=StepState.CHECKED_BACK, check_back=back)


def goal(**fields: Any) -> r.GrowthGoal:
    return r.GrowthGoal(**{**BASE, "coachee": "ana", "statement": SECRET, **fields})


def evidence(**fields: Any) -> r.Evidence:
    own = {"goal": "goal", "mode": EvidenceMode.JOURNALING, "date": TODAY, "what": SECRET}
    return r.Evidence(**{**BASE, **own, **fields})


def profile(**fields: Any) -> r.PracticeProfile:
    own: dict[str, Any] = {
        "profile": "discourse",
        "version": "1",
        "title": SECRET,
        "levels": (r.Level(name="close"), r.Level(name="proficient")),
        "functions": (r.EssentialFunction(key="1", title=SECRET),),
    }
    return r.PracticeProfile(**{**BASE, **own, **fields})


def survey(**fields: Any) -> r.Survey:
    own = {"building": SECRET, "window": "Fall", "scale": "x", "n": 10}
    return r.Survey(**{**BASE, **own, **fields})


def phase(day: date, to: ReleasePhase, reason: str = SECRET) -> r.PhaseChange:
    return r.PhaseChange(date=day, phase=to, reason=reason)


BROKEN: dict[str, Make] = {
    "span backwards": lambda: r.DateSpan(first=TODAY, last=BEFORE, label=SECRET),
    "span of 401 days": lambda: r.DateSpan(
        first=TODAY, last=TODAY + timedelta(days=400), label=SECRET
    ),
    "period backwards": lambda: r.Period(name=SECRET, start="09:00", end="08:00"),
    "period without length": lambda: r.Period(name=SECRET, start="09:00", end="09:00"),
    "year backwards": lambda: school_year(first_day=TODAY, last_day=BEFORE),
    "year of 401 days": lambda: school_year(
        first_day=TODAY, last_day=TODAY + timedelta(days=401), holidays_of=SECRET
    ),
    "no weekday": lambda: school_year(weekdays=()),
    "weekday 7": lambda: school_year(weekdays=(0, 7)),
    "weekday -1": lambda: school_year(weekdays=(0, -1)),
    "weekday twice": lambda: school_year(weekdays=(0, 0)),
    "period twice": lambda: school_year(
        periods=tuple(r.Period(name=SECRET, start="08:00", end="09:00") for _ in range(2))
    ),
    "coach without a name": lambda: r.Coach(**BASE, name=" "),
    "negative hours": lambda: r.Coach(**BASE, name=SECRET, weekly_hours=-1),
    "more hours than a week": lambda: r.Coach(**BASE, name=SECRET, weekly_hours=168.5),
    "contact of two days": lambda: r.Contact(**BASE, kind="mentor", date=TODAY, minutes=1441),
    "contact of an unknown kind": lambda: r.Contact(**BASE, kind=SECRET, date=TODAY),
    "launch without an item": lambda: r.LaunchConversation(
        items={item: ticked() for item in list(LaunchItem)[1:]}
    ),
    "plan without a part": lambda: r.CoachingPlan(
        parts={part: ticked() for part in list(PlanPart)[1:]}
    ),
    "members of one person": lambda: coachee(SECRET, members=("Bo",)),
    "active without a launch": lambda: coachee(SECRET, state=CoacheeState.ACTIVE),
    "active with three items": lambda: launched(SECRET, launch=launch(done=3)),
    "active with no launch date": lambda: launched(SECRET, launch=launch(None)),
    "group twice": lambda: coachee(
        priority_groups=(r.PriorityGroup(label=SECRET), r.PriorityGroup(label=SECRET.upper()))
    ),
    "fewer than no students": lambda: r.PriorityGroup(label=SECRET, how_many=-1),
    "state not the last of its history": lambda: coachee(
        SECRET, states=(r.StateChange(date=TODAY, state=CoacheeState.PAUSED),)
    ),
    "phases out of order": lambda: coachee(
        SECRET,
        phases=(
            phase(TODAY, ReleasePhase.COACH_MODELS),
            phase(BEFORE, ReleasePhase.COACH_SUPPORTS),
        ),
    ),
    "phase skipped": lambda: coachee(
        SECRET,
        phases=(
            phase(BEFORE, ReleasePhase.COACH_MODELS),
            phase(TODAY, ReleasePhase.COACH_RELEASES),
        ),
    ),
    "phase without a reason": lambda: coachee(
        SECRET,
        phases=(
            phase(BEFORE, ReleasePhase.COACH_MODELS),
            phase(TODAY, ReleasePhase.COACH_SUPPORTS, " "),
        ),
    ),
    "a pair of one": lambda: coachee(SECRET, reciprocal_pair="ana"),
    "cadence of other words": lambda: coachee("Ana", cadence=SECRET),
    "meeting without a step": lambda: r.FeedbackMeeting(
        date=TODAY, steps={one: r.StepOfMeeting() for one in list(MeetingStep)[1:]}
    ),
    "meeting of two days": lambda: meeting(TODAY, minutes=1441, note=SECRET),
    "result without the state": lambda: step(
        check_back=r.CheckBack(date=TODAY, result=CheckBackResult.KEPT, note=SECRET)
    ),
    "state without the result": lambda: step(state=StepState.CHECKED_BACK),
    "cycle number 0": lambda: cycle(0),
    "cancelled without a reason": lambda: cycle(stage=CycleStage.CANCELLED),
    "cancelled with a blank reason": lambda: cycle(
        stage=CycleStage.CANCELLED, cancelled_because=" "
    ),
    "a reason, not cancelled": lambda: cycle(cancelled_because=SECRET),
    "feedback held without a meeting": lambda: cycle(stage=CycleStage.FEEDBACK_HELD),
    "feedback held in a meeting to come": lambda: cycle(
        stage=CycleStage.FEEDBACK_HELD, meeting=meeting(TODAY, held=False, note=SECRET)
    ),
    "applying without a step": lambda: cycle(
        stage=CycleStage.APPLYING, meeting=meeting(TODAY, note=SECRET)
    ),
    "applying without a meeting": lambda: cycle(stage=CycleStage.APPLYING, action_step=step()),
    "checked back without a result": lambda: cycle(
        stage=CycleStage.CHECKED_BACK, meeting=meeting(TODAY), action_step=step()
    ),
    "checked back without a meeting": lambda: cycle(
        stage=CycleStage.CHECKED_BACK, action_step=checked()
    ),
    "revisit without a date": lambda: r.PlanItem(key=SECRET, state=PlanItemState.REVISIT),
    "a date to revisit, done": lambda: r.PlanItem(
        key=SECRET, state=PlanItemState.DONE, revisit_on=TODAY
    ),
    "student evidence of no kind": lambda: r.PlannedMode(mode=EvidenceMode.STUDENT_EVIDENCE),
    "a journal of student work": lambda: evidence(kind=StudentEvidenceKind.WORK),
    "evidence of no kind": lambda: evidence(mode=EvidenceMode.STUDENT_EVIDENCE),
    "evidence that says nothing": lambda: evidence(what=" ", reference="\t"),
    "goal agreed on no day": lambda: goal(state=GoalState.AGREED),
    "mode planned twice": lambda: goal(planned_modes=(r.PlannedMode(mode=EvidenceMode.VIDEO),) * 2),
    "goal not the last of its history": lambda: goal(
        history=(r.GoalChange(date=TODAY, state=GoalState.AGREED, reason=SECRET),)
    ),
    "observation backwards": lambda: observation(end=NOW - timedelta(days=1), lesson=SECRET),
    "pause backwards": lambda: r.Pause(start=NOW, end=NOW - timedelta(seconds=1)),
    "line id twice": lambda: observation(lines=(note_line(SECRET), note_line("other"))),
    "more on task than there are": lambda: r.OnTaskSnapshot(time=NOW, on=21, total=20),
    "nobody to be on task": lambda: r.OnTaskSnapshot(time=NOW, on=0, total=0),
    "a line before the start": lambda: note_line(SECRET, offset=-0.5),
    "a student's name as speaker": lambda: note_line("x", speaker=SECRET),
    "speaker with a line break": lambda: note_line("x", speaker="T\n"),
    "a mark of another code": lambda: r.Mark(code=SECRET, start=0, end=1),
    "a mark before the line": lambda: r.Mark(code="LI01", start=-1, end=1),
    "fewer than no students there": lambda: observation(students=-1, lesson=SECRET),
    "profile without levels": lambda: profile(levels=()),
    "profile without functions": lambda: profile(functions=()),
    "level twice": lambda: profile(levels=(r.Level(name=SECRET), r.Level(name=SECRET))),
    "function twice": lambda: profile(functions=(r.EssentialFunction(key="1", title=SECRET),) * 2),
    "descriptor of no level": lambda: profile(
        functions=(r.EssentialFunction(key="1", title=SECRET, descriptors={SECRET: SECRET}),)
    ),
    "function assessed twice": lambda: r.SelfAssessment(
        **BASE,
        profile="p",
        version="1",
        window="baseline",
        date=TODAY,
        levels=(r.SelfAssessedLevel(function=SECRET),) * 2,
    ),
    "an assessed level without a name": lambda: r.SelfAssessedLevel(function="1", level=" "),
    "mean beyond the scale": lambda: survey(mean=5.1),
    "mean below the scale": lambda: survey(mean=0.9),
    "answers that do not add up": lambda: survey(distribution=(1, 2, 3, 4, 5)),
    "answers below none": lambda: survey(distribution=(11, -1, 0, 0, 0)),
    "four points": lambda: survey(distribution=(5, 5, 0, 0)),
    "share without its hash": lambda: r.Share(
        **BASE, what=SECRET, recipient=SECRET, shared_at=NOW, text=SECRET, sha256="0f"
    ),
}


@pytest.mark.parametrize("make", BROKEN.values(), ids=BROKEN.keys())
def test_what_breaks_a_rule_cannot_be_made_and_is_not_repeated(make: Make) -> None:
    with pytest.raises(ValidationError) as refused:
        make()
    assert SECRET not in words_of(refused.value)
    assert SECRET.upper() not in words_of(refused.value)
    assert refused.value.error_count() == 1


FINE: dict[str, Make] = {
    "span of one day": lambda: r.DateSpan(first=TODAY, last=TODAY),
    "span of 400 days": lambda: r.DateSpan(first=TODAY, last=TODAY + timedelta(days=399)),
    "year of 400 days": lambda: school_year(
        first_day=TODAY, last_day=TODAY + timedelta(days=400), days_off=()
    ),
    "year of one day": lambda: school_year(first_day=TODAY, last_day=TODAY),
    "periods of two buildings": lambda: school_year(
        periods=tuple(
            r.Period(name="1", start="08:00", end="09:00", building=where)
            for where in ("Oak", "Elm")
        )
    ),
    "team": lambda: coachee("Grade 4", kind=CoacheeKind.TEAM, members=("Bo", "Cy")),
    "paused before the launch was complete": lambda: coachee(state=CoacheeState.PAUSED),
    "first phase without a reason": lambda: coachee(
        phases=(r.PhaseChange(date=TODAY, phase=ReleasePhase.COACH_SUPPORTS),)
    ),
    "two phases on a day": lambda: coachee(
        phases=(
            phase(TODAY, ReleasePhase.COACH_MODELS),
            phase(TODAY, ReleasePhase.COACH_SUPPORTS),
        )
    ),
    "cancelled": lambda: cycle(stage=CycleStage.CANCELLED, cancelled_because="snow"),
    "checked back": lambda: cycle(
        stage=CycleStage.CHECKED_BACK, meeting=meeting(TODAY), action_step=checked()
    ),
    "evidence by reference": lambda: evidence(what="", reference="folder 3"),
    "evidence by lines": lambda: evidence(
        what="", observation_lines=(r.LineReference(observation="seen", line="0001"),)
    ),
    "both kinds of student evidence planned": lambda: goal(
        planned_modes=tuple(
            r.PlannedMode(mode=EvidenceMode.STUDENT_EVIDENCE, kind=kind)
            for kind in StudentEvidenceKind
        )
    ),
    "draft that was never agreed": goal,
    "speakers": lambda: [note_line("x", speaker=who) for who in ("", "T", "C", "S", "S12", "G2")],
    "nobody on task": lambda: r.OnTaskSnapshot(time=NOW, on=0, total=1),
    "observation without length": lambda: observation(start=NOW, end=NOW),
    "survey that nobody answered": lambda: survey(n=0, distribution=(0, 0, 0, 0, 0)),
}


@pytest.mark.parametrize("make", FINE.values(), ids=FINE.keys())
def test_what_keeps_the_rules_can_be_made(make: Make) -> None:
    assert make()


@pytest.mark.parametrize("state", [one for one in GoalState if one is not GoalState.DRAFT])
def test_a_goal_is_agreed_on_a_day_before_it_is_worked_on(state: GoalState) -> None:
    with pytest.raises(ValidationError, match="agreed on a date"):
        goal(state=state)
    assert goal(state=state, agreed_on=TODAY).state is state


def test_a_launch_is_complete_with_its_date_and_all_four_items() -> None:
    assert launch().complete
    assert not launch(None).complete
    assert not any(launch(done=done).complete for done in range(4))


def test_a_plan_names_its_missing_parts_in_their_order() -> None:
    assert r.CoachingPlan().missing == tuple(PlanPart)
    parts = {part: ticked(part is PlanPart.GROWTH_GOALS) for part in reversed(PlanPart)}
    missing = r.CoachingPlan(parts=parts).missing
    assert missing == tuple(part for part in PlanPart if part is not PlanPart.GROWTH_GOALS)


def test_the_phase_is_the_last_of_its_history_and_the_first_without_one() -> None:
    assert coachee().phase is ReleasePhase.COACH_MODELS
    history = (
        phase(BEFORE, ReleasePhase.COACH_SUPPORTS),
        phase(TODAY, ReleasePhase.COACH_MODELS),
    )
    assert coachee(phases=history).phase is ReleasePhase.COACH_MODELS


def test_a_step_is_open_until_it_is_checked_back_or_parked() -> None:
    assert all(step(state=one).is_open for one in (StepState.AGREED, StepState.PRACTICED))
    assert step(state=StepState.TRIED).is_open
    assert not step(state=StepState.PARKED).is_open
    assert not checked().is_open


def test_a_level_that_the_coach_alone_named_is_private() -> None:
    assert r.NamedLevel(level="close", named_by=Party.COACH).is_private
    assert not r.NamedLevel(level="close", named_by=Party.TEACHER).is_private
    assert not r.NamedLevel(level="close", named_by=Party.TOGETHER).is_private


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def seen(pauses: tuple[r.Pause, ...] = (), end: datetime | None = None) -> r.Observation:
    return observation(start=NOW, end=end, pauses=pauses)


def test_the_time_observed_leaves_out_the_pauses() -> None:
    pause = r.Pause(start=minutes(5), end=minutes(8))
    assert seen((pause,), minutes(20)).duration(minutes(99)) == timedelta(minutes=17)
    assert seen((pause,)).duration(minutes(10)) == timedelta(minutes=7)


def test_an_open_pause_lasts_until_now() -> None:
    open_pause = r.Pause(start=minutes(5))
    assert seen((open_pause,)).duration(minutes(30)) == timedelta(minutes=5)


def test_the_time_observed_is_never_negative() -> None:
    late = r.Pause(start=minutes(5), end=minutes(90))
    assert seen((late,), minutes(20)).duration(minutes(20)) == timedelta()
    assert seen().duration(minutes(-10)) == timedelta()


def test_days_off_outside_of_the_year_take_no_school_day() -> None:
    reaching_out = (
        r.DateSpan(first=date(2026, 7, 1), last=date(2026, 8, 31)),
        r.DateSpan(first=date(2027, 6, 10), last=date(2027, 8, 1)),
        r.DateSpan(first=date(2025, 1, 1), last=date(2025, 2, 1)),
    )
    days = school_year(days_off=reaching_out).school_days()
    assert (days.on_or_after(days.first), days.on_or_before(days.last)) == (
        date(2026, 9, 1),
        date(2027, 6, 9),
    )
    assert len(days) == len(school_year(days_off=()).school_days()) - 3


def test_a_calendar_gives_its_school_days() -> None:
    days = school_year().school_days()
    assert date(2026, 11, 24) in days
    assert date(2026, 11, 25) not in days
    assert date(2026, 11, 28) not in days
    assert date(2026, 11, 30) in days
    assert date(2026, 12, 31) not in days
    assert date(2027, 6, 11) in days
    assert date(2027, 6, 14) not in days
