"""The record of a coachee: who, how, launch, plan, phases and states."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from coach_tui.coaching.sample.people import Standing
from coach_tui.coaching.sample.setting import Row, Setting, in_turn
from coach_tui.coaching.sample.threads import Thread
from coach_tui.domain.enumerations import CoacheeState, LaunchItem, PlanPart
from coach_tui.domain.records import (
    Barrier,
    Coachee,
    CoachingPlan,
    LaunchConversation,
    PhaseChange,
    PriorityGroup,
    StateChange,
    TickedNote,
)

_STATES = {
    Standing.NOT_LAUNCHED: CoacheeState.NOT_LAUNCHED,
    Standing.PAUSED: CoacheeState.PAUSED,
    Standing.RELEASED: CoacheeState.RELEASED,
}


def coachee_of(row: Row, setting: Setting, thread: Thread | None) -> Coachee:
    """Return the coachee; `thread` is what the newest goal is about, None where there is none."""
    person = row.person
    return Coachee(
        id=row.id,
        created_at=row.made,
        updated_at=max(row.made, setting.written_up(_last_change(row, setting))),
        name=person.name,
        kind=person.kind,
        key=f"AV-{1000 + row.number}",
        members=person.members,
        building=row.building.name,
        room=person.room,
        grade_band=person.grade_band,
        content_areas=person.content_areas,
        periods=person.periods,
        structure=person.structure,
        change_level=person.change_level,
        enrollment=person.enrollment,
        delivery=person.delivery,
        cadence=row.cadence,
        state=_STATES.get(person.standing, CoacheeState.ACTIVE),
        states=_states(row, setting),
        phases=_phases(row, setting),
        priority_groups=tuple(
            PriorityGroup(label=group.label, how_many=group.how_many) for group in person.groups
        ),
        launch=_launch(row, setting),
        plan=_plan(row, setting, thread),
        barriers=_barriers(row, setting),
        reciprocal_pair=row.partner,
        note=person.note,
    )


def _last_change(row: Row, setting: Setting) -> int:
    """Return the index of the school day on which something of the coachee changed last."""
    if row.launch is None:
        return setting.schooling.now - 1
    last = row.visits[-1].met or row.visits[-1].observed
    return min(last + 1, setting.schooling.now - 1)


def _launch(row: Row, setting: Setting) -> LaunchConversation:
    talk = setting.library.talk.launch
    number = row.number
    groups = ", ".join(group.label for group in row.person.groups) or "none named yet"
    notes = {
        LaunchItem.TRUST: in_turn(talk.trust, number),
        LaunchItem.EXPECTATIONS: in_turn(talk.expectations, number + 1),
        LaunchItem.REFLECTION: in_turn(talk.reflection, number + 2),
        LaunchItem.STUDENTS: in_turn(talk.students, number).replace("{groups}", groups),
    }
    done = list(LaunchItem)[: row.person.launch if row.launch is None else len(LaunchItem)]
    items = {
        item: TickedNote(done=True, note=notes[item]) if item in done else TickedNote()
        for item in LaunchItem
    }
    return LaunchConversation(date=_launch_day(row, setting, bool(done)), items=items)


def _launch_day(row: Row, setting: Setting, begun: bool) -> date | None:
    if row.launch is not None:
        return setting.day(row.launch)
    return setting.day(setting.schooling.now - 3) if begun else None


def _plan(row: Row, setting: Setting, thread: Thread | None) -> CoachingPlan:
    if thread is None or row.launch is None:
        return CoachingPlan()
    talk = setting.library.talk.plan
    *of_teachers, of_teams = setting.library.school.district.goals
    goals = [of_teams] if row.person.is_team else of_teachers
    number = row.number
    notes = {
        PlanPart.FOCUS: in_turn(talk.focus, number).replace("{goal}", in_turn(goals, number)),
        PlanPart.SELF_ASSESSMENT: in_turn(talk.self_assessment, number),
        PlanPart.GROWTH_GOALS: in_turn(talk.growth_goals, number).replace(
            "{statement}", thread.statement
        ),
        PlanPart.DATA_COLLECTION: in_turn(talk.data_collection, number).replace(
            "{modes}", ", ".join(thread.modes)
        ),
        PlanPart.GRADUAL_RELEASE: in_turn(talk.gradual_release, number),
    }
    missing = row.person.plan_missing
    return CoachingPlan(
        parts={
            part: TickedNote() if part in missing else TickedNote(done=True, note=notes[part])
            for part in PlanPart
        },
        release_plan_shared_on=(
            None if PlanPart.GRADUAL_RELEASE in missing else setting.day(row.launch + 9)
        ),
    )


def _phases(row: Row, setting: Setting) -> tuple[PhaseChange, ...]:
    if row.launch is None:
        return ()
    reasons = setting.library.talk.phase
    moves = [f"{old}>{new}" for old, new in pairwise(("start", *row.person.phases))]
    return tuple(
        PhaseChange(
            date=_phase_day(row, setting, begin),
            phase=phase,
            reason=in_turn(reasons[move], row.number),
        )
        for phase, begin, move in zip(row.person.phases, row.phase_begins(), moves, strict=True)
    )


def _phase_day(row: Row, setting: Setting, begin: int) -> date:
    """Return the day of the meeting before the visit with which a phase begins."""
    if begin == 0 or row.launch is None:
        return setting.day(row.launch or 0)
    before = row.visits[begin - 1]
    index = before.checked if begin == len(row.visits) else before.met
    return setting.day(before.observed if index is None else index)


def _states(row: Row, setting: Setting) -> tuple[StateChange, ...]:
    talk = setting.library.talk.state
    number = row.number
    made = row.made.astimezone(setting.schooling.timezone).date()
    states = [
        StateChange(date=made, state=CoacheeState.PROPOSED, reason=in_turn(talk.proposed, number)),
        StateChange(
            date=made, state=CoacheeState.NOT_LAUNCHED, reason=in_turn(talk.not_launched, number)
        ),
    ]
    if row.launch is None:
        return tuple(states)
    launched = setting.day(row.launch)
    states.append(
        StateChange(date=launched, state=CoacheeState.ACTIVE, reason=in_turn(talk.active, number))
    )
    last = setting.day(_last_change(row, setting))
    if row.person.standing is Standing.PAUSED:
        states.append(StateChange(date=last, state=CoacheeState.PAUSED, reason=row.person.pause))
    if row.person.standing is Standing.RELEASED:
        day = _phase_day(row, setting, len(row.visits))
        reason = in_turn(talk.released, number)
        states.append(StateChange(date=day, state=CoacheeState.RELEASED, reason=reason))
    return tuple(states)


def _barriers(row: Row, setting: Setting) -> tuple[Barrier, ...]:
    resolved = setting.day(setting.schooling.now - 15)
    return tuple(
        Barrier(text=barrier.text, resolved_on=resolved if barrier.resolved else None)
        for barrier in row.person.barriers
    )
