"""The feedback meeting as rows: each step with its sentences, what was said, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coach_tui.domain.bite_size import size_marks
from coach_tui.domain.critical_practices import CyclePractices
from coach_tui.domain.enumerations import LineKind, MeetingStep, SentenceSource
from coach_tui.domain.preparing import MISSING, PRIVATE_KINDS
from coach_tui.domain.records import (
    ActionStep,
    Coachee,
    Cycle,
    FeedbackMeeting,
    GrowthGoal,
    NoteLine,
    Observation,
    Sentence,
)
from coach_tui.presentation import dates

STEP, SENTENCE, HELD, MISSED, ACTION, CHECK_BACK, ABOUT, GOAL, ENGAGEMENT, PRACTICE, HEADING = (
    *("step", "sentence", "held", "missing", "action", "check back"),
    *("about", "goal", "engagement", "practice", "heading"),
)
"""What a row is; a step's number and a sentence's place follow in its key."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it is, of which step (None for none), its label, words, and where from.

    `place` is the sentence's place in its step; `done` the tick of a step.
    """

    kind: str
    label: str
    words: str = ""
    step: MeetingStep | None = None
    place: int = 0
    origin: str = ""
    done: bool | None = None

    @property
    def key(self) -> str:
        """What names the row in the list, the same after a change."""
        step = "" if self.step is None else self.step.value
        return f"{self.kind}:{step}:{self.place}:{'' if self.step else self.label}"


def rows_of(
    coachee: Coachee,
    cycle: Cycle,
    meeting: FeedbackMeeting,
    observations: Mapping[str, Observation],
    practices: CyclePractices,
    goal: GrowthGoal | None = None,
) -> list[Row]:
    """Return every row of the meeting, the six steps first, in their order."""
    rows: list[Row] = []
    for number, step in enumerate(MeetingStep, start=1):
        rows.extend(_step_rows(number, step, meeting, cycle, observations))
    rows.append(Row(HEADING, "About the meeting"))
    words = "none chosen" if goal is None else goal.statement
    rows.append(Row(GOAL, "Growth goal", words, origin="enter chooses among the active ones"))
    rows.extend(_about(coachee, cycle, meeting))
    rows.append(Row(HEADING, "This cycle"))
    rows.extend(_practices(practices))
    return rows


def _step_rows(
    number: int,
    step: MeetingStep,
    meeting: FeedbackMeeting,
    cycle: Cycle,
    observations: Mapping[str, Observation],
) -> Iterator[Row]:
    of = meeting.steps[step]
    yield Row(STEP, f"{number} {step.value.capitalize()}", step=step, done=of.done)
    for place, sentence in enumerate(of.preparation):
        origin = origin_of(sentence, observations)
        line = line_of(sentence, observations)
        sign = "" if line is None else _PRIVATE_SIGNS.get(line.kind, "")
        yield Row(SENTENCE, sign, sentence.text, step, place, origin)
    yield from _of_action_step(step, cycle.action_step)
    if of.held.strip():
        yield Row(HELD, "said", of.held, step, origin="as it was held; h changes it")
    missing = not of.preparation and not of.held.strip() and not _has_its_part(step, cycle)
    if missing and not meeting.held:
        yield Row(MISSED, "", MISSING[step], step, origin="a adds a sentence, i shows prompts")


_PRIVATE_SIGNS = {LineKind.INFERENCE: "!", LineKind.QUESTION: "?"}
"""The sign of a line that is never shared by itself, as it is typed in the notes."""


def _has_its_part(step: MeetingStep, cycle: Cycle) -> bool:
    action = cycle.action_step
    if action is None:
        return False
    if step is MeetingStep.APPLY:
        return action.lesson is not None
    return step in (MeetingStep.ACTION_STEP, MeetingStep.PRACTICE)


def _of_action_step(step: MeetingStep, action: ActionStep | None) -> Iterator[Row]:
    """Return what the action step says under the three steps that are about it."""
    if action is None:
        if step is MeetingStep.ACTION_STEP:
            yield Row(ACTION, "step", "not agreed yet", step, origin="enter writes it down")
        return
    if step is MeetingStep.ACTION_STEP:
        marks = ", ".join(mark.value for mark in size_marks(action.text))
        origin = action.state.value.replace("_", " ")
        if marks:
            origin = f"{origin}; reads as {marks}: is it one bite?"
        yield Row(ACTION, "step", action.text, step, origin=origin)
        if action.success.strip():
            yield Row(ACTION, "success", action.success, step, 1, "what success looks like")
        if action.check_back is not None:
            back = action.check_back
            words = f"{back.result.value}, {dates.full(back.date)}"
            said = f"{words}: {back.note}" if back.note.strip() else words
            yield Row(CHECK_BACK, "back", said, step, origin="enter corrects it")
    elif step is MeetingStep.APPLY:
        yield Row(ACTION, "lesson", _lesson(action), step, origin="enter changes it")
    elif step is MeetingStep.PRACTICE:
        words = "practiced in the meeting" if action.practiced else "not practiced yet"
        yield Row(ACTION, "practice", words, step, origin="enter changes it")


def _lesson(action: ActionStep) -> str:
    if action.lesson is None:
        return "no day chosen: then nobody is reminded to check back"
    label = f", {action.lesson.label}" if action.lesson.label else ""
    return f"{dates.full(action.lesson.date)}{label}"


def _about(coachee: Coachee, cycle: Cycle, meeting: FeedbackMeeting) -> Iterator[Row]:
    held = dates.full(meeting.date) if meeting.held else "not yet: f4 ends the meeting"
    yield Row(ABOUT, "Held", held)
    yield Row(ABOUT, "Minutes", str(meeting.minutes or "–"))
    yield Row(ABOUT, "Delivery", meeting.delivery.value)
    if coachee.kind.value == "team":
        yield Row(ABOUT, "Who was there", ", ".join(meeting.present) or "–")
    yield Row(ABOUT, "Alliance building", cycle.alliance_note or "–")
    yield Row(ABOUT, "Note", meeting.note or "–")
    if meeting.delivery.value == "virtual" or meeting.engagement_review is not None:
        yield Row(ENGAGEMENT, "Engagement review", _engagement(meeting))
    sent = meeting.follow_up_sent_on
    words = "not sent yet: f writes it" if sent is None else f"sent {dates.full(sent)}"
    yield Row(ABOUT, "Follow-up", words)


def _engagement(meeting: FeedbackMeeting) -> str:
    review = meeting.engagement_review
    if review is None:
        return "not looked at: who takes part from a distance, and who does not?"
    parts = (
        review.source,
        "reviewed" if review.reviewed else "not reviewed",
        review.flagged and f"flagged: {review.flagged}",
        review.next_step and f"next: {review.next_step}",
    )
    return " · ".join(part for part in parts if part)


def _practices(of: CyclePractices) -> Iterator[Row]:
    for one in of.practices:
        if one.present:
            words = "✓ there"
        elif one.why:
            words = f"○ not yet ({one.why})"
        else:
            words = "- not called for"
        yield Row(PRACTICE, one.kind.value.capitalize(), words)
    if of.minutes:
        yield Row(PRACTICE, "Time in it", f"{of.minutes} min")


def line_of(sentence: Sentence, observations: Mapping[str, Observation]) -> NoteLine | None:
    """Return the note line a sentence came from; None when it has none, or it is gone."""
    if sentence.line is None or sentence.line.observation not in observations:
        return None
    lines = observations[sentence.line.observation].lines
    return next((line for line in lines if line.id == sentence.line.line), None)


def origin_of(sentence: Sentence, observations: Mapping[str, Observation]) -> str:
    """Return where a sentence came from, in words, and whether it stays with the coach."""
    if sentence.line is None:
        if sentence.source in (SentenceSource.POTENTIAL_FOCUS, SentenceSource.KEY_LEVER):
            return f"your {sentence.source.value}: stays with you until it is agreed"
        own = sentence.source is SentenceSource.OWN
        return "in your own words" if own else f"from {sentence.source.value}"
    line = line_of(sentence, observations)
    if line is None:
        return "from a note line that is not there any more"
    observation = observations[sentence.line.observation]
    what = f"from line {line.id.lstrip('0') or line.id} of {dates.full(observation.date)}"
    kind = f"{what}, {line.kind.value}"
    return f"{kind}: never shared by itself" if line.kind in PRIVATE_KINDS else kind


def done_words(meeting: FeedbackMeeting) -> str:
    """Return how far the meeting is: `held Mon 23 Nov 2026`, `prepared`, `2 of 6 steps done`."""
    if meeting.held:
        return f"held {dates.full(meeting.date)}"
    done = sum(step.done for step in meeting.steps.values())
    return f"{done} of 6 steps done" if done or meeting.begun else "prepared"
