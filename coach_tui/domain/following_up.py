"""What of a feedback meeting may go to the teacher in writing (rules R2, R3, R5).

Facts and agreements only: praise that rests on evidence or is the coach's own words, the agreed
goal where the meeting came to it, the one action step. Inferences, questions, what the coach noted
for herself, and levels that she alone named stay, and are counted so that she is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coach_tui.domain.enumerations import LineKind, MeetingStep, SentenceSource
from coach_tui.domain.preparing import PRIVATE_KINDS
from coach_tui.domain.records import (
    ActionStep,
    Cycle,
    FeedbackMeeting,
    GrowthGoal,
    NoteLine,
    Observation,
    Sentence,
)

_OWN = (SentenceSource.POTENTIAL_FOCUS, SentenceSource.KEY_LEVER)
"""What a coach noted for herself: hers until it is agreed (domain.md section 6)."""


GOAL_NOT_SPOKEN_OF = "goal, its step not marked as done"
"""Why the goal stays where other steps of the meeting are marked as done: nobody spoke of it."""


@dataclass(frozen=True, slots=True)
class Praise:
    """One sentence of praise, and the note line it rests on (None for the coach's own words)."""

    text: str
    line: NoteLine | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The parts of a follow-up, praise first. `left_out` counts what stayed, by what it is."""

    praise: tuple[Praise, ...]
    goal: str
    indicator: str
    step: ActionStep | None
    left_out: Mapping[str, int]


class _Door:
    """Lets words out, or counts why they stay."""

    def __init__(self, private_levels: Iterable[str]) -> None:
        self.kept: Counter[str] = Counter()
        self._levels = [level.casefold() for level in private_levels if level.strip()]

    def keep(self, why: str) -> None:
        self.kept[why] += 1

    def passes(self, text: str) -> bool:
        """Whether words that are not tied to a line may leave."""
        begin = text.lstrip()[:1]
        if begin == "!":
            self.keep("inference")
        elif begin == "?":
            self.keep("question")
        elif any(level in text.casefold() for level in self._levels):
            self.keep("sentence with a level that you alone named")
        else:
            return bool(begin)
        return False


def follow_up(
    cycle: Cycle,
    observations: Mapping[str, Observation],
    goal: GrowthGoal | None,
    private_levels: Iterable[str] = (),
) -> FollowUp:
    """Return what of the meeting of `cycle` goes to the teacher.

    `observations` by their ids; `private_levels` are the levels that the coach alone named.
    """
    door = _Door(private_levels)
    praise = []
    if cycle.meeting is not None:
        for sentence in cycle.meeting.steps[MeetingStep.PRAISE].preparation:
            line = _line(sentence, observations)
            if _may_leave(sentence, line, door):
                praise.append(Praise(sentence.text, line))
        for step, of in cycle.meeting.steps.items():
            if step is not MeetingStep.PRAISE:
                for sentence in of.preparation:
                    _count(sentence, _line(sentence, observations), door)
    agreed = goal if goal is not None and goal.agreed_on is not None else None
    if agreed is not None and not _spoke_of(cycle.meeting, MeetingStep.GOALS):
        door.keep(GOAL_NOT_SPOKEN_OF)
        agreed = None
    return FollowUp(
        praise=tuple(praise),
        goal=_passed(agreed.statement if agreed else "", door),
        indicator=_passed(agreed.indicator if agreed else "", door),
        step=_step(cycle.action_step, door),
        left_out=dict(door.kept),
    )


def _spoke_of(meeting: FeedbackMeeting | None, step: MeetingStep) -> bool:
    """Whether the meeting came to a step: marked as done, or noted what was said in it.

    Where no step at all is marked, the coach does not mark them, and that says nothing.
    """
    if meeting is None or not any(one.done for one in meeting.steps.values()):
        return True
    return meeting.steps[step].done or bool(meeting.steps[step].held.strip())


def _line(sentence: Sentence, observations: Mapping[str, Observation]) -> NoteLine | None:
    if sentence.line is None or sentence.line.observation not in observations:
        return None
    lines = observations[sentence.line.observation].lines
    return next((line for line in lines if line.id == sentence.line.line), None)


def _may_leave(sentence: Sentence, line: NoteLine | None, door: _Door) -> bool:
    if sentence.line is not None and line is None:
        door.keep("sentence whose note line is gone")
        return False
    if _count(sentence, line, door):
        return False
    return door.passes(sentence.text)


def _count(sentence: Sentence, line: NoteLine | None, door: _Door) -> bool:
    """Count a sentence that stays whatever its words are; returns whether it is one."""
    if line is not None and line.kind in PRIVATE_KINDS:
        door.keep("inference" if line.kind is LineKind.INFERENCE else "question")
    elif sentence.source in _OWN:
        door.keep(sentence.source.value)
    else:
        return False
    return True


def _passed(text: str, door: _Door) -> str:
    return text if text.strip() and door.passes(text) else ""


def _step(step: ActionStep | None, door: _Door) -> ActionStep | None:
    if step is None or not door.passes(step.text):
        return None
    return step.changed(success=_passed(step.success, door))
