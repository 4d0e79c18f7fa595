"""Everything that happened with one coachee, newest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from coach_tui.domain.enumerations import CycleStage
from coach_tui.domain.records import Coachee, Cycle, Evidence, GrowthGoal, Observation


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry: its day, what kind it is, a title, what more there is to say, and its record.

    `observation` is the id of the observation that the entry opens, None for other kinds.
    """

    day: date
    kind: str
    title: str
    detail: str = ""
    observation: str | None = None


def timeline(
    coachee: Coachee,
    cycles: list[Cycle],
    observations: list[Observation],
    goals: list[GrowthGoal],
    evidence: list[Evidence],
    local: Callable[[datetime], datetime],
) -> list[Happening]:
    """Return what happened and what is planned, newest first.

    Within a day what comes later in a cycle comes first: the meeting before its observation.
    `local` gives a moment in the coach's time zone.
    """
    found = [
        *_of_coachee(coachee),
        *(one for goal in goals for one in _of_goal(goal)),
        *(_of_observation(one) for one in sorted(observations, key=lambda one: one.start)),
        *(one for cycle in cycles for one in _of_cycle(cycle, local)),
        *(_of_evidence(item) for item in evidence),
    ]
    return sorted(found, key=lambda one: one.day)[::-1]


def _of_coachee(coachee: Coachee) -> list[Happening]:
    found = []
    if coachee.launch.date is not None:
        done = sum(item.done for item in coachee.launch.items.values())
        found.append(
            Happening(coachee.launch.date, "launch", "Launch conversation", f"{done} of 4 items")
        )
    for state in coachee.states:
        need = f"moment of need: {state.moment_of_need.value}" if state.moment_of_need else ""
        words = state.state.value.replace("_", " ")
        why = " · ".join(part for part in (need, state.reason) if part)
        found.append(Happening(state.date, "state", words.capitalize(), why))
    for phase in coachee.phases:
        words = "Released" if phase.phase.value == "released" else f"Phase {phase.phase.value}"
        found.append(Happening(phase.date, "release", words, phase.reason))
    if coachee.plan.release_plan_shared_on is not None:
        found.append(Happening(coachee.plan.release_plan_shared_on, "plan", "Release plan shared"))
    return found


def _of_goal(goal: GrowthGoal) -> list[Happening]:
    found = []
    if goal.agreed_on is not None:
        found.append(Happening(goal.agreed_on, "goal", "Goal agreed", goal.statement))
    found.extend(
        Happening(
            change.date, "goal", f"Goal {change.state.value.replace('_', ' ')}", change.reason
        )
        for change in goal.history
        if change.state.value not in ("draft", "agreed")
    )
    return found


def _of_evidence(item: Evidence) -> Happening:
    mode = item.kind.value if item.kind is not None else item.mode.value
    return Happening(item.date, "evidence", f"Evidence: {mode}", item.what or item.reference)


def _of_cycle(cycle: Cycle, local: Callable[[datetime], datetime]) -> list[Happening]:
    found = []
    if cycle.stage is CycleStage.PLANNED and cycle.planned.observation is not None:
        found.append(Happening(cycle.planned.observation, "planned", "Visit planned"))
    if cycle.stage is CycleStage.CANCELLED:
        day = cycle.planned.observation or local(cycle.updated_at).date()
        found.append(
            Happening(day, "cancelled", f"Cycle {cycle.number} cancelled", cycle.cancelled_because)
        )
    if cycle.meeting is not None and cycle.meeting.held:
        length = f"{cycle.meeting.minutes} min" if cycle.meeting.minutes else ""
        said = " · ".join(part for part in (length, cycle.meeting.note) if part)
        found.append(Happening(cycle.meeting.date, "meeting", "Feedback meeting", said))
        if cycle.action_step is not None:
            words = cycle.action_step.text
            found.append(Happening(cycle.meeting.date, "step", "Action step", words))
    if cycle.action_step is not None and cycle.action_step.check_back is not None:
        back = cycle.action_step.check_back
        found.append(Happening(back.date, "check back", f"Step {back.result.value}", back.note))
    return found


def _of_observation(observation: Observation) -> Happening:
    lines = len(observation.lines)
    words = f"{lines} line" if lines == 1 else f"{lines} lines"
    if observation.end is None:
        detail = f"{words} · not ended"
    else:
        seconds = observation.duration(observation.end).total_seconds()
        detail = f"{words} · {round(seconds / 60)} min"
    if observation.lesson:
        detail = f"{detail} · {observation.lesson}"
    title = "Quick notes" if observation.quick_notes else "Observation"
    return Happening(observation.date, "observation", title, detail, observation.id)
