"""Preparing the six steps of feedback and reflection from what is there (seed 001).

Nothing is invented: a sentence is a note line, words of the goal, a reflection, what the coach
herself noted as a potential focus, or a lesson of the calendar; a step without any is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from coach_tui.domain.enumerations import LineKind, LineTag, MeetingStep, SentenceSource
from coach_tui.domain.records import (
    FeedbackMeeting,
    GrowthGoal,
    LineReference,
    NoteLine,
    Observation,
    Sentence,
    StepOfMeeting,
)

_TAGS = {
    MeetingStep.PRAISE: frozenset({LineTag.PRAISE, LineTag.CELEBRATE}),
    MeetingStep.PROBE: frozenset({LineTag.PROBE}),
    MeetingStep.GOALS: frozenset({LineTag.GOAL}),
    MeetingStep.ACTION_STEP: frozenset({LineTag.STEP}),
}
"""Which tags of a line speak for which step."""

PRIVATE_KINDS = frozenset({LineKind.INFERENCE, LineKind.QUESTION})
"""Kinds of lines that are never shared by default (rule R3)."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a meeting is prepared from.

    `observations` of this cycle and the quick notes since the last meeting; `reflection` the
    newest one on the goal's evidence; `lessons` the next ones of the teacher, as words;
    `practice` a prompt for practicing, of the question bank; `spoken_of` the lines, by observation
    and id, that an earlier meeting was prepared with.
    """

    observations: tuple[Observation, ...] = ()
    goal: GrowthGoal | None = None
    reflection: str = ""
    lessons: tuple[str, ...] = ()
    practice: str = ""
    spoken_of: frozenset[tuple[str, str]] = frozenset()


def said(line: NoteLine) -> str:
    """Return a line as it is read aloud: who, and the words, quoted when they were said."""
    text = line.text.strip()
    if line.kind is LineKind.QUOTE and text[:1] not in ('"', "\u201c"):
        text = f'"{text}"'
    return f"{line.speaker} {text}" if line.speaker else text


def with_time(line: NoteLine, local: Callable[[datetime], datetime]) -> str:
    """Return a line with the time of day it was begun: `9:14 T "what do you notice?"`."""
    begun = local(line.time)
    return f"{begun.hour}:{begun.minute:02} {said(line)}"


def prepared(
    meeting: FeedbackMeeting, material: Material, local: Callable[[datetime], datetime]
) -> FeedbackMeeting:
    """Return `meeting` with what the material adds to its steps.

    Lines that were taken before do not come again, whatever became of their sentences; the other
    sources speak once, when the meeting is first prepared.
    """
    taken = {*material.spoken_of, *_places(meeting.taken)}
    found: dict[MeetingStep, list[Sentence]] = {step: [] for step in MeetingStep}
    lines = []
    for observation in sorted(material.observations, key=lambda one: (one.start, one.id)):
        for line in observation.lines:
            steps = [step for step in MeetingStep if speaks_for(line, step)]
            place = LineReference(observation=observation.id, line=line.id)
            if not steps or (place.observation, place.line) in taken:
                continue
            lines.append(place)
            sentence = Sentence(text=with_time(line, local), source=SentenceSource.LINE, line=place)
            for step in steps:
                found[step].append(sentence)
    if not meeting.drawn_on:
        for step, sentence in _of_the_rest(material):
            found[step].append(sentence)
    elif not lines:
        return meeting
    return meeting.changed(
        drawn_on=True,
        taken=(*meeting.taken, *lines),
        steps={step: _with(meeting.steps[step], found[step]) for step in MeetingStep},
    )


def speaks_for(line: NoteLine, step: MeetingStep) -> bool:
    """Whether a line belongs under a step of the meeting: by its tags, questions by their kind."""
    if step is MeetingStep.PROBE and line.kind is LineKind.QUESTION:
        return True
    return bool(_TAGS.get(step, frozenset()) & set(line.tags))


def with_goal(meeting: FeedbackMeeting, goal: GrowthGoal, reflection: str) -> FeedbackMeeting:
    """Return `meeting` about another goal: what it said of a goal gives way, all else stays."""
    step = meeting.steps[MeetingStep.GOALS]
    of_a_goal = (SentenceSource.GOAL, SentenceSource.REFLECTION)
    kept = tuple(one for one in step.sentences if one.source not in of_a_goal)
    about = tuple(_about_the_goal(goal, reflection))
    changed = step.changed(sentences=(*kept, *about))
    return meeting.changed(steps={**meeting.steps, MeetingStep.GOALS: changed})


def _about_the_goal(goal: GrowthGoal, reflection: str) -> Iterator[Sentence]:
    yield Sentence(text=f"Goal: {goal.statement}", source=SentenceSource.GOAL)
    if goal.indicator.strip():
        words = f"What we look for: {goal.indicator}"
        yield Sentence(text=words, source=SentenceSource.GOAL)
    if reflection.strip():
        yield Sentence(text=reflection, source=SentenceSource.REFLECTION)


def _of_the_rest(material: Material) -> Iterator[tuple[MeetingStep, Sentence]]:
    if material.goal is not None:
        for sentence in _about_the_goal(material.goal, material.reflection):
            yield MeetingStep.GOALS, sentence
    for observation in material.observations:
        for source, words in (
            (SentenceSource.POTENTIAL_FOCUS, observation.potential_focus),
            (SentenceSource.KEY_LEVER, observation.key_lever),
        ):
            if words.strip():
                yield _own(MeetingStep.ACTION_STEP, source, words)
    for lesson in material.lessons:
        yield _own(MeetingStep.APPLY, SentenceSource.CALENDAR, lesson)
    if material.practice.strip():
        yield _own(MeetingStep.PRACTICE, SentenceSource.QUESTIONS, material.practice)


def _own(step: MeetingStep, source: SentenceSource, text: str) -> tuple[MeetingStep, Sentence]:
    return step, Sentence(text=text, source=source)


def _with(step: StepOfMeeting, added: list[Sentence]) -> StepOfMeeting:
    if not added:
        return step
    known = set(_places(step.lines))
    new = [one.line for one in added if one.line is not None and one_place(one.line) not in known]
    return step.changed(sentences=(*step.sentences, *added), lines=(*step.lines, *new))


def one_place(line: LineReference) -> tuple[str, str]:
    """Return what names a line: its observation and its id."""
    return line.observation, line.line


def _places(lines: Iterable[LineReference]) -> Iterator[tuple[str, str]]:
    return (one_place(line) for line in lines)


MISSING = {
    MeetingStep.PRAISE: "No line is tagged +praise. Tag one in the notes, or add a sentence.",
    MeetingStep.PROBE: "No question (?) and no line tagged +probe. The prompts may help.",
    MeetingStep.GOALS: "No growth goal is chosen. What would the teacher like to work on?",
    MeetingStep.ACTION_STEP: "No line is tagged +step, and no potential focus was noted.",
    MeetingStep.APPLY: "No lesson is known from the calendar. Ask for the next one.",
    MeetingStep.PRACTICE: "Nothing to practice yet: choose the action step first.",
}
"""What an empty step says is missing."""
