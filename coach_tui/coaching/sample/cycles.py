"""Cycles: planned visits, supports, action steps and their check backs."""

from __future__ import annotations

from datetime import datetime, time
from random import Random

from coach_tui.coaching.sample.content import fill
from coach_tui.coaching.sample.meetings import meeting_of
from coach_tui.coaching.sample.setting import Row, Setting, in_turn
from coach_tui.coaching.sample.turns import CLASS, Turn
from coach_tui.coaching.sample.visits import Visit
from coach_tui.domain.enumerations import (
    CheckBackResult,
    CycleStage,
    MeetingStep,
    MomentOfNeed,
    ReleasePhase,
    StepState,
    Support,
)
from coach_tui.domain.records import (
    ActionStep,
    CheckBack,
    Cycle,
    FeedbackMeeting,
    Observation,
    PlannedDates,
    Prep,
    UpcomingLesson,
)

_SUPPORTS: dict[ReleasePhase, tuple[tuple[Support, ...], ...]] = {
    ReleasePhase.COACH_MODELS: (
        (Support.MODELING,),
        (Support.MODELING, Support.GUIDED_PRACTICE),
        (Support.MODELING, Support.RESOURCES),
    ),
    ReleasePhase.COACH_SUPPORTS: (
        (Support.CO_TEACHING,),
        (Support.GUIDED_PRACTICE,),
        (),
        (Support.GUIDED_PRACTICE, Support.RESOURCES),
    ),
    ReleasePhase.COACH_RELEASES: ((), (Support.RESOURCES,), (Support.TECHNICAL_ASSISTANCE,)),
    ReleasePhase.RELEASED: ((),),
}
_NEEDS: dict[ReleasePhase, tuple[MomentOfNeed | None, ...]] = {
    ReleasePhase.COACH_MODELS: (MomentOfNeed.FIRST_TIME, MomentOfNeed.LEARNING_MORE),
    ReleasePhase.COACH_SUPPORTS: (
        MomentOfNeed.LEARNING_MORE,
        MomentOfNeed.APPLYING,
        MomentOfNeed.APPLYING,
        MomentOfNeed.THINGS_CHANGE,
    ),
    ReleasePhase.COACH_RELEASES: (MomentOfNeed.APPLYING, None),
    ReleasePhase.RELEASED: (None,),
}


def cycle_of(row: Row, setting: Setting, turn: Turn, id: str, observation: Observation) -> Cycle:
    """Return the cycle of a visit that has taken place."""
    phase = row.phase(turn.number)
    visit = turn.visit
    made = made_at(setting, visit)
    # A meeting that is still to come was agreed for the day after the visit.
    meeting_day = visit.observed + 1 if visit.met is None else visit.met
    meeting_time = _meeting_time(row, setting, turn, meeting_day)
    meeting = meeting_of(row, setting, turn, meeting_day, observation)
    touched = max(filter(None, (visit.observed, visit.met, visit.checked)))
    return Cycle(
        id=id,
        created_at=made,
        updated_at=max(setting.written_up(touched, 900), observation.updated_at),
        coachee=row.id,
        goal=turn.span.goal.id,
        number=turn.cycle_number,
        prep=_prep(row.random),
        planned=PlannedDates(
            observation=observation.date,
            observation_time=turn.booking.clock,
            observation_period=turn.booking.period,
            meeting=setting.day(meeting_day),
            meeting_time=meeting_time,
        ),
        supports=in_turn(_SUPPORTS[phase], turn.number),
        alliance_note=in_turn(setting.library.talk.cycle.alliance, turn.number + row.number * 3),
        meeting=meeting,
        action_step=_action_step(row, setting, turn, meeting),
        moment_of_need=in_turn(_NEEDS[phase], turn.number),
        stage=_stage(row, turn),
    )


def made_at(setting: Setting, visit: Visit) -> datetime:
    """Return when the cycle of a visit was planned: the afternoon of the school day before."""
    return setting.written_up(visit.observed - 1)


def cancelled_cycle(row: Row, setting: Setting, turn: Turn) -> Cycle:
    """Return a cycle that was planned for the day before the visit of `turn`, and cancelled."""
    day = turn.visit.observed - 1
    made = setting.schooling.moment(setting.day(day - 1), 8 * 60)
    return Cycle(
        id=row.new_id(made),
        created_at=made,
        updated_at=setting.schooling.moment(setting.day(day), 8 * 60),
        coachee=row.id,
        goal=turn.span.goal.id,
        number=turn.cycle_number,
        prep=_prep(row.random),
        planned=PlannedDates(observation=setting.day(day)),
        stage=CycleStage.CANCELLED,
        cancelled_because=in_turn(setting.library.talk.cycle.cancelled, turn.number + row.number),
    )


def planned_cycle(row: Row, setting: Setting, turn: Turn) -> Cycle:
    """Return a cycle whose visit is still to come, or was missed."""
    last = row.visits[-1]
    made = setting.written_up(last.observed if last.met is None else last.met, 1200)
    meeting = min(turn.visit.observed + 1, len(setting.schooling.days) - 1)
    return Cycle(
        id=row.new_id(made),
        created_at=made,
        updated_at=made,
        coachee=row.id,
        goal=turn.span.goal.id,
        number=turn.cycle_number,
        prep=Prep(materials_reviewed=row.random.random() < 0.5, texts_read=False),
        planned=PlannedDates(
            observation=setting.day(turn.visit.observed),
            observation_time=turn.booking.clock,
            observation_period=turn.booking.period,
            meeting=setting.day(meeting),
            meeting_time=_meeting_time(row, setting, turn, meeting),
        ),
    )


def _prep(random: Random) -> Prep:
    return Prep(
        materials_reviewed=True,
        texts_read=random.choice((True, True, None)),
        summative_task_done=random.choice((True, False, None, None)),
    )


def _stage(row: Row, turn: Turn) -> CycleStage:
    if turn.visit.met is None:
        return CycleStage.OBSERVED
    if turn.visit.checked is None:
        return CycleStage.APPLYING
    is_newest = turn.number == len(row.visits) - 1
    return CycleStage.CHECKED_BACK if is_newest else CycleStage.CLOSED


def _meeting_time(row: Row, setting: Setting, turn: Turn, day: int) -> time:
    """Find a time when both are free; after the visit where it is on the same day."""
    times = row.building.meeting_times
    starts = [clock.hour * 60 + clock.minute for clock in times]
    if day == turn.visit.observed:
        visited = turn.booking.start + turn.booking.minutes
        starts = [start for start in starts if start >= visited] or starts[-1:]
    row.random.shuffle(starts)
    start = setting.diary.book(setting.day(day), starts, 25)
    return time(start // 60, start % 60)


def _action_step(
    row: Row, setting: Setting, turn: Turn, meeting: FeedbackMeeting
) -> ActionStep | None:
    visit = turn.visit
    if visit.lesson is None:
        return None
    practiced = meeting.steps[MeetingStep.PRACTICE].done
    state = StepState.PRACTICED if practiced else StepState.AGREED
    back = None
    if visit.checked is not None:
        state = StepState.CHECKED_BACK
        back = _check_back(row, setting, turn, visit.checked)
    return ActionStep(
        text=meeting.steps[MeetingStep.ACTION_STEP].held,
        lesson=UpcomingLesson(date=setting.day(visit.lesson), label=turn.next_lesson(row, setting)),
        success=fill(turn.step.success, row.random, CLASS, {}),
        practiced=practiced,
        state=state,
        check_back=back,
    )


def _check_back(row: Row, setting: Setting, turn: Turn, day: int) -> CheckBack:
    kind = row.random.choices(
        (CheckBackResult.KEPT, CheckBackResult.ADJUSTED, CheckBackResult.DROPPED), (64, 32, 4)
    )[0]
    notes = {
        CheckBackResult.KEPT: turn.step.kept,
        CheckBackResult.ADJUSTED: turn.step.adjusted,
        CheckBackResult.DROPPED: in_turn(setting.library.talk.cycle.dropped, turn.number),
    }
    note = fill(notes[kind], row.random, CLASS, {})
    return CheckBack(date=setting.day(day), result=kind, note=note)
