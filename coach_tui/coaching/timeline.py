"""Everything that happened with one coachee, newest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from coach_tui.domain.enumerations import CycleStage, SentenceSource, StepState
from coach_tui.domain.lengths import whole_minutes
from coach_tui.domain.records import (
    Coachee,
    Contact,
    Cycle,
    Evidence,
    FeedbackMeeting,
    GrowthGoal,
    Observation,
    StepOfMeeting,
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry: its day, what kind it is, a title, what more there is to say, and its record.

    What the entry opens is named by its id: an `observation`, the `cycle` of a meeting, an action
    step or a check back, a `contact`, a `goal` or an item of `evidence`; None for other kinds.
    """

    day: date
    kind: str
    title: str
    detail: str = ""
    observation: str | None = None
    cycle: str | None = None
    contact: str | None = None
    goal: str | None = None
    evidence: str | None = None

    @property
    def record(self) -> tuple[str, str] | None:
        """Table and id of the record that the entry is about; None for the coachee's own."""
        held = (
            ("observations", self.observation),
            ("cycles", self.cycle),
            ("contacts", self.contact),
            ("goals", self.goal),
            ("evidence", self.evidence),
        )
        return next(((table, id) for table, id in held if id is not None), None)


def timeline(
    coachee: Coachee,
    cycles: list[Cycle],
    observations: list[Observation],
    goals: list[GrowthGoal],
    evidence: list[Evidence],
    contacts: list[Contact] | None = None,
    *,
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
        *(_of_contact(contact) for contact in contacts or ()),
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
    for noted in coachee.needs:
        said = ": ".join(part for part in (noted.moment.value, noted.note) if part)
        found.append(Happening(noted.date, "need", "Moment of need", said))
    if coachee.plan.release_plan_shared_on is not None:
        found.append(Happening(coachee.plan.release_plan_shared_on, "plan", "Release plan shared"))
    return found


def _of_goal(goal: GrowthGoal) -> list[Happening]:
    found = []
    if goal.agreed_on is not None:
        found.append(Happening(goal.agreed_on, "goal", "Goal agreed", goal.statement, goal=goal.id))
    found.extend(
        Happening(
            change.date,
            "goal",
            f"Goal {change.state.value.replace('_', ' ')}",
            change.reason,
            goal=goal.id,
        )
        for change in goal.history
        if change.state.value not in ("draft", "agreed")
    )
    for review in goal.reviews:
        words = f": {review.words}" if review.words.strip() else ""
        said = f"{review.outcome.value}{words}"
        found.append(Happening(review.date, "goal", "Goal reviewed", said, goal=goal.id))
    return found


def _of_evidence(item: Evidence) -> Happening:
    mode = item.kind.value if item.kind is not None else item.mode.value
    said = item.what or item.reference
    return Happening(item.date, "evidence", f"Evidence: {mode}", said, evidence=item.id)


def _of_cycle(cycle: Cycle, local: Callable[[datetime], datetime]) -> list[Happening]:
    found = []
    if cycle.stage is CycleStage.PLANNED and cycle.planned.observation is not None:
        found.append(Happening(cycle.planned.observation, "planned", "Visit planned"))
    if cycle.stage is CycleStage.CANCELLED:
        day = cycle.planned.observation or local(cycle.updated_at).date()
        found.append(
            Happening(day, "cancelled", f"Cycle {cycle.number} cancelled", cycle.cancelled_because)
        )
    if cycle.meeting is not None:
        found.extend(_of_meeting(cycle, cycle.meeting))
    if cycle.action_step is not None and cycle.action_step.check_back is not None:
        back = cycle.action_step.check_back
        title = f"Step {back.result.value}"
        found.append(Happening(back.date, "check back", title, back.note, cycle=cycle.id))
    return found


def _of_meeting(cycle: Cycle, meeting: FeedbackMeeting) -> list[Happening]:
    """Return the meeting - one that is only prepared too - and the step agreed in it."""
    day = meeting.date
    length = f"{meeting.minutes} min" if meeting.minutes else ""
    said = " · ".join(part for part in (length, meeting.note) if part)
    title = "Feedback meeting" if meeting.held else "Meeting prepared"
    shown = meeting.held or _was_prepared(cycle, meeting)
    found = [Happening(day, "meeting", title, said, cycle=cycle.id)] if shown else []
    if cycle.action_step is not None:
        step = cycle.action_step
        words = f"(parked) {step.text}" if step.state is StepState.PARKED else step.text
        found.append(Happening(day, "step", "Action step", words, cycle=cycle.id))
    return found


def _was_prepared(cycle: Cycle, meeting: FeedbackMeeting) -> bool:
    """Whether the coach put anything down for a meeting that was not held.

    Opening it to look fills it with what the notes, the goal and the calendar hold.
    """
    said = meeting.note or meeting.begun or meeting.present or meeting.engagement_review
    return bool(said or cycle.alliance_note or cycle.action_step) or any(
        step.held or step.done or step.prepared or _has_own_words(step)
        for step in meeting.steps.values()
    )


def _has_own_words(step: StepOfMeeting) -> bool:
    return any(one.source is SentenceSource.OWN for one in step.sentences)


def _of_contact(contact: Contact) -> Happening:
    length = f"{contact.minutes} min" if contact.minutes else ""
    counted = "" if contact.counted_as is None else f"counted as {contact.counted_as.value}"
    said = " · ".join(part for part in (length, counted, contact.note) if part)
    title = contact.kind.value.capitalize()
    return Happening(contact.date, "contact", title, said, contact=contact.id)


def _of_observation(observation: Observation) -> Happening:
    lines = len(observation.lines)
    words = f"{lines} line" if lines == 1 else f"{lines} lines"
    if observation.end is None:
        detail = f"{words} · not ended"
    else:
        seconds = observation.duration(observation.end).total_seconds()
        detail = f"{words} · {whole_minutes(seconds)} min"
    if observation.lesson:
        detail = f"{detail} · {observation.lesson}"
    title = "Quick notes" if observation.quick_notes else "Observation"
    return Happening(observation.date, "observation", title, detail, observation.id)
