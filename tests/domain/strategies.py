"""Hypothesis strategies for whole records: whatever a person may type, in every field.

Each record is drawn as the plain document that a store would hold, then read by its own rules,
so that what is drawn is what the rules allow.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from coach_tui.domain import enumerations as lists
from coach_tui.domain import records as r
from coach_tui.domain.records import Record
from tests.support import HOSTILE, NOW

Drawn = st.SearchStrategy[Any]
Documents = st.SearchStrategy[dict[str, Any]]

typed: st.SearchStrategy[str] = st.one_of(
    st.sampled_from([text for text in HOSTILE if len(text) < 1000]),
    st.text(st.characters(codec="utf-8"), max_size=12),
)
"""What a person may write: any characters but halves of one."""

names = typed.map(str.strip).filter(lambda text: bool(text.strip()) and text == text.strip())
lines = typed.filter(lambda text: bool(text.strip()))
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
moments = st.timedeltas(timedelta(-2500), timedelta(2500)).map(lambda away: NOW + away)
ids = st.from_regex(r"\A[A-Za-z0-9_-]{1,12}\Z")
counts = st.integers(0, 500)
cadences = st.sampled_from(["weekly", "biweekly", "monthly", "every 3 school days"])


def few(of: Drawn, *, most: int = 2, unique: bool = False) -> Drawn:
    return st.lists(of, max_size=most, unique=unique)


def made(kind: Callable[..., Any], /, **fields: Drawn) -> Drawn:
    return st.builds(kind, **fields)


ticks = made(r.TickedNote, done=st.booleans(), note=typed)
references = made(r.LineReference, observation=ids, line=ids)
spans = st.tuples(days, st.integers(0, 399)).flatmap(
    lambda two: made(
        r.DateSpan,
        first=st.just(two[0]),
        last=st.just(two[0] + timedelta(days=two[1])),
        label=typed,
    )
)
planned_modes = st.sampled_from(lists.EvidenceMode).flatmap(
    lambda mode: made(
        r.PlannedMode,
        mode=st.just(mode),
        kind=(
            st.sampled_from(lists.StudentEvidenceKind)
            if mode is lists.EvidenceMode.STUDENT_EVIDENCE
            else st.none()
        ),
    )
)
note_lines = made(
    r.NoteLine,
    id=ids,
    time=moments,
    offset=st.floats(0, 1e6, allow_nan=False),
    speaker=st.sampled_from(["", "T", "C", "S", "S3", "G2"]),
    kind=st.sampled_from(lists.LineKind),
    text=lines,
    tags=few(st.sampled_from(lists.LineTag)),
    labels=few(names),
    marks=few(made(r.Mark, code=st.just("LI04"), start=counts, end=counts)),
    dismissed=few(st.just("LI02")),
)
periods = st.tuples(st.times(), st.times()).filter(lambda two: two[0] != two[1])
sentences = made(
    r.Sentence, text=names, source=st.just(lists.SentenceSource.LINE), line=references
) | made(r.Sentence, text=names, source=st.just(lists.SentenceSource.GOAL))
step_of_meeting = made(
    r.StepOfMeeting,
    prepared=typed,
    sentences=few(sentences),
    held=typed,
    lines=few(references),
    done=st.booleans(),
)


def launches(*, complete: bool) -> Drawn:
    one = made(r.TickedNote, done=st.just(True), note=typed) if complete else ticks
    return made(
        r.LaunchConversation,
        date=days if complete else st.none() | days,
        minutes=st.integers(0, 1440),
        records_explained=st.booleans(),
        present=few(names),
        items=st.fixed_dictionaries(dict.fromkeys(lists.LaunchItem, one)),
    )


@st.composite
def coachees(draw: st.DrawFn) -> dict[str, Any]:
    state = draw(st.sampled_from(lists.CoacheeState))
    kind = draw(st.sampled_from(lists.CoacheeKind))
    history = draw(few(days))
    phases = sorted(draw(st.lists(days, max_size=3)))
    return {
        "name": draw(names),
        "kind": kind,
        "key": draw(typed),
        "members": draw(few(names)) if kind is lists.CoacheeKind.TEAM else [],
        "building": draw(typed),
        "room": draw(typed),
        "grade_band": draw(typed),
        "content_areas": draw(few(names)),
        "periods": draw(few(names)),
        "structure": draw(st.sampled_from(lists.Structure)),
        "change_level": draw(st.sampled_from(lists.ChangeLevel)),
        "enrollment": draw(st.sampled_from(lists.Enrollment)),
        "delivery": draw(st.sampled_from(lists.Delivery)),
        "cadence": draw(cadences),
        "state": state,
        "states": [
            r.StateChange(date=day, state=state, reason=draw(typed)) for day in sorted(history)
        ],
        "phases": [
            r.PhaseChange(date=day, phase=phase, reason="they tried it alone")
            for day, phase in zip(phases, lists.ReleasePhase, strict=False)
        ],
        "needs": draw(
            few(
                made(r.NeedNoted, date=days, moment=st.sampled_from(lists.MomentOfNeed), note=typed)
            )
        ),
        "priority_groups": [
            r.PriorityGroup(label=label, how_many=draw(st.none() | counts))
            for label in draw(st.lists(names, max_size=2, unique_by=str.casefold))
        ],
        "launch": draw(launches(complete=state is lists.CoacheeState.ACTIVE)),
        "plan": draw(
            made(
                r.CoachingPlan,
                parts=st.fixed_dictionaries(dict.fromkeys(lists.PlanPart, ticks)),
                release_plan_shared_on=st.none() | days,
            )
        ),
        "barriers": draw(few(made(r.Barrier, text=names, resolved_on=st.none() | days))),
        "reciprocal_pair": draw(st.none() | st.just("somebody-else")),
        "note": draw(typed),
    }


meetings = made(
    r.FeedbackMeeting,
    date=days,
    minutes=st.integers(0, 1440),
    delivery=st.sampled_from(lists.Delivery),
    held=st.just(True),
    steps=st.fixed_dictionaries(dict.fromkeys(lists.MeetingStep, step_of_meeting)),
    engagement_review=st.none()
    | made(r.EngagementReview, source=typed, reviewed=st.booleans(), flagged=typed),
    follow_up_sent_on=st.none() | days,
    note=typed,
    begun=st.none() | moments,
    taken=few(references),
    drawn_on=st.booleans(),
    present=few(names),
)


@st.composite
def contacts(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(lists.ContactKind))
    coachee = None if kind.counted_as is None else draw(ids)
    return {
        "kind": kind,
        "date": draw(days),
        "minutes": draw(st.integers(0, 1440)),
        "channel": draw(typed),
        "note": draw(typed),
        "coachee": coachee,
        "cycle": draw(st.none() | ids) if coachee else None,
        "present": draw(few(names)),
        "time": draw(st.none() | st.times()),
        "weekdays": draw(few(st.integers(0, 6))),
        "building": draw(typed),
    }


@st.composite
def steps(draw: st.DrawFn, *, checked: bool) -> r.ActionStep:
    state = lists.StepState.CHECKED_BACK
    if not checked:
        state = draw(st.sampled_from([one for one in lists.StepState if one is not state]))
    result = r.CheckBack(
        date=draw(days), result=draw(st.sampled_from(lists.CheckBackResult)), note=draw(typed)
    )
    return r.ActionStep(
        text=draw(names),
        lesson=draw(st.none() | made(r.UpcomingLesson, date=days, label=typed)),
        success=draw(typed),
        practiced=draw(st.booleans()),
        state=state,
        check_back=result if checked else None,
    )


@st.composite
def cycles(draw: st.DrawFn) -> dict[str, Any]:
    stage = draw(st.sampled_from(lists.CycleStage))
    checked = stage in (lists.CycleStage.CHECKED_BACK, lists.CycleStage.CLOSED)
    early = stage in (lists.CycleStage.PLANNED, lists.CycleStage.OBSERVED)
    cancelled = stage is lists.CycleStage.CANCELLED
    return {
        "coachee": draw(ids),
        "goal": draw(st.none() | ids),
        "number": draw(st.integers(1, 40)),
        "prep": draw(made(r.Prep, materials_reviewed=st.none() | st.booleans())),
        "planned": draw(
            made(
                r.PlannedDates,
                observation=st.none() | days,
                observation_time=st.none() | st.times(),
                observation_period=typed,
                observation_minutes=st.none() | st.integers(0, 1440),
                meeting=st.none() | days,
                meeting_period=typed,
                check_back=st.none() | days,
                check_back_time=st.none() | st.times(),
            )
        ),
        "supports": draw(few(st.sampled_from(lists.Support))),
        "alliance_note": draw(typed),
        "meeting": None if early else draw(meetings),
        "action_step": None if early else draw(steps(checked=checked)),
        "moment_of_need": draw(st.none() | st.sampled_from(lists.MomentOfNeed)),
        "stage": stage,
        "cancelled_because": draw(lines) if cancelled else "",
    }


@st.composite
def observations(draw: st.DrawFn) -> dict[str, Any]:
    start, end = sorted(draw(st.tuples(moments, moments)))
    pause = sorted(draw(st.tuples(moments, moments)))
    total = draw(st.integers(1, 40))
    return {
        "coachee": draw(ids),
        "cycle": draw(st.none() | ids),
        "date": draw(days),
        "start": start,
        "end": draw(st.sampled_from([None, end])),
        "pauses": [r.Pause(start=pause[0], end=pause[1]), r.Pause(start=pause[0])],
        "modality": draw(st.sampled_from(lists.Modality)),
        "technique": draw(typed),
        "delivery": draw(st.none() | st.sampled_from(lists.Delivery)),
        "from_paper": draw(st.booleans()),
        "quick_notes": draw(st.booleans()),
        "lesson": draw(typed),
        "materials": draw(typed),
        "students": draw(st.none() | counts),
        "lines": draw(st.lists(note_lines, max_size=3, unique_by=lambda line: line.id)),
        "tallies": draw(few(made(r.Tally, label=names, presses=few(moments)))),
        "snapshots": [r.OnTaskSnapshot(time=start, on=draw(st.integers(0, total)), total=total)],
        "talk": [r.Talk(who=draw(st.sampled_from(lists.Talking)), start=start, end=end)],
        "waits": [r.WaitTime(start=start, end=draw(st.sampled_from([None, end])))],
        "look_fors": draw(few(made(r.LookForTick, label=names, count=counts))),
        "check_ins": draw(few(made(r.GroupCheckIn, group=names, seen=st.booleans()))),
        "potential_focus": draw(typed),
        "key_lever": draw(typed),
        "before_launch_because": draw(typed),
    }


@st.composite
def calendars(draw: st.DrawFn) -> dict[str, Any]:
    first = draw(st.dates(date(2020, 1, 1), date(2034, 1, 1)))
    length = draw(st.integers(0, 400))
    bells = [sorted(draw(periods)) for _ in range(draw(st.integers(0, 2)))]
    return {
        "first_day": first,
        "last_day": date.fromordinal(first.toordinal() + length),
        "weekdays": draw(st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True)),
        "days_off": draw(few(spans)),
        "early_release": draw(few(days)),
        "early_release_at": draw(st.none() | st.times()),
        "travel_minutes": draw(st.integers(0, 240)),
        "busy_from": draw(typed),
        "periods": [
            r.Period(name=str(n), start=start, end=end) for n, (start, end) in enumerate(bells)
        ],
        "holidays_of": draw(typed),
    }


@st.composite
def evidence(draw: st.DrawFn) -> dict[str, Any]:
    mode = draw(planned_modes)
    return {
        "goal": draw(ids),
        "mode": mode.mode,
        "kind": mode.kind,
        "date": draw(days),
        "gathered_by": draw(st.sampled_from(lists.Party)),
        "what": draw(lines),
        "reference": draw(typed),
        "observation_lines": draw(few(references)),
        "level": draw(
            st.none() | made(r.NamedLevel, level=names, named_by=st.sampled_from(lists.Party))
        ),
        "reflection": draw(typed),
        "next_step": draw(typed),
        "next_step_chosen_by": draw(st.none() | st.sampled_from(lists.Party)),
    }


@st.composite
def goals(draw: st.DrawFn) -> dict[str, Any]:
    state = draw(st.sampled_from(lists.GoalState))
    return {
        "coachee": draw(ids),
        "statement": draw(names),
        "focus": draw(made(r.Focus, level=st.sampled_from(lists.FocusLevel), area=typed)),
        "function": draw(
            st.none() | made(r.FunctionReference, profile=names, version=names, function=names)
        ),
        "baseline_level": draw(typed),
        "target_level": draw(typed),
        "indicator": draw(typed),
        "student_outcome": draw(
            st.none() | made(r.StudentOutcome, measure=names, baseline=typed, target=typed)
        ),
        "chosen_by": draw(st.sampled_from(lists.Party)),
        "agreed_on": draw(days),
        "due": draw(st.none() | days),
        "planned_modes": draw(few(planned_modes, unique=True)),
        "state": state,
        "history": [r.GoalChange(date=draw(days), state=state, reason=draw(typed))],
        "follows": draw(st.none() | ids),
        "levels": draw(few(names, unique=True)),
        "reviews": draw(
            few(
                made(
                    r.GoalReview,
                    date=days,
                    outcome=st.sampled_from(lists.ReviewOutcome),
                    words=typed,
                    chosen_by=st.sampled_from(lists.Party),
                )
            )
        ),
    }


@st.composite
def profiles(draw: st.DrawFn) -> dict[str, Any]:
    levels = draw(st.lists(names, min_size=1, max_size=4, unique=True))
    keys = draw(st.lists(names, min_size=1, max_size=2, unique=True))
    return {
        "profile": draw(names),
        "version": draw(names),
        "title": draw(names),
        "foundations": draw(typed),
        "levels": [r.Level(name=level, advice=draw(typed)) for level in levels],
        "functions": [
            r.EssentialFunction(
                key=key,
                title=draw(names),
                items=draw(few(names)),
                descriptors={levels[0]: draw(typed)},
                look_fors=draw(few(names)),
                examples=draw(few(names)),
            )
            for key in keys
        ],
    }


@st.composite
def surveys(draw: st.DrawFn) -> dict[str, Any]:
    distribution = draw(st.lists(counts, min_size=5, max_size=5))
    return {
        "building": draw(names),
        "window": draw(names),
        "scale": draw(names),
        "anchor": draw(typed),
        "n": sum(distribution),
        "mean": draw(st.none() | st.floats(1, 5)),
        "distribution": distribution,
    }


def _record(kind: type[Record], fields: Documents) -> st.SearchStrategy[Record]:
    def whole(drawn: tuple[dict[str, Any], str, datetime, datetime, int]) -> Record:
        own, id, created, updated, revision = drawn
        return kind(id=id, created_at=created, updated_at=updated, revision=revision, **own)

    return st.tuples(fields, ids, moments, moments, counts).map(whole)


EXAMPLES: dict[type[Record], st.SearchStrategy[Record]] = {
    r.Coach: _record(
        r.Coach,
        st.fixed_dictionaries(
            {
                "name": names,
                "role": st.sampled_from(lists.CoachRole),
                "buildings": few(names),
                "weekly_hours": st.none() | st.floats(0, 168),
                "prerequisites": made(r.Prerequisites, content_expertise=st.booleans()),
            }
        ),
    ),
    r.District: _record(
        r.District,
        st.fixed_dictionaries(
            {
                "name": names,
                "commitment": st.none() | st.sampled_from(lists.Commitment),
                "coaching_model": made(r.CoachingModel, name=typed, vision=typed),
                "goals": few(names),
                "plan_items": few(
                    made(
                        r.PlanItem,
                        key=names,
                        owner=typed,
                        due=st.none() | days,
                        state=st.just(lists.PlanItemState.REVISIT),
                        revisit_on=days,
                        note=typed,
                    )
                ),
            }
        ),
    ),
    r.SchoolCalendar: _record(r.SchoolCalendar, calendars()),
    r.Coachee: _record(r.Coachee, coachees()),
    r.GrowthGoal: _record(r.GrowthGoal, goals()),
    r.Cycle: _record(r.Cycle, cycles()),
    r.Observation: _record(r.Observation, observations()),
    r.Evidence: _record(r.Evidence, evidence()),
    r.PracticeProfile: _record(r.PracticeProfile, profiles()),
    r.SelfAssessment: _record(
        r.SelfAssessment,
        st.fixed_dictionaries(
            {
                "coachee": st.none() | ids,
                "profile": names,
                "version": names,
                "window": st.sampled_from(lists.AssessmentWindow),
                "date": days,
                "named_by": st.sampled_from(lists.Party),
                "levels": st.lists(
                    made(r.SelfAssessedLevel, function=names, level=st.none() | names),
                    max_size=3,
                    unique_by=lambda one: one.function,
                ),
                "note": typed,
            }
        ),
    ),
    r.Contact: _record(r.Contact, contacts()),
    r.Survey: _record(r.Survey, surveys()),
    r.CalendarFeed: _record(
        r.CalendarFeed,
        st.fixed_dictionaries(
            {
                "events": few(
                    made(
                        r.SentEvent,
                        uid=names,
                        sequence=counts,
                        title=typed,
                        place=typed,
                        starts=st.none() | moments,
                        first=st.none() | days,
                        free=st.booleans(),
                        cancelled=st.booleans(),
                        changed_at=moments,
                    )
                )
            }
        ),
    ),
    r.Share: _record(
        r.Share,
        st.fixed_dictionaries(
            {
                "what": names,
                "recipient": names,
                "shared_at": moments,
                "text": typed,
                "sha256": st.just("0f" * 32),
            }
        ),
    ),
}
"""A strategy for each kind of record."""

records = st.one_of(*EXAMPLES.values())
