"""Feedback meetings in the six steps of seed 001, resting on the lines of their observation."""

from __future__ import annotations

from coach_tui.coaching.sample.content import fill
from coach_tui.coaching.sample.setting import Row, Setting, in_turn
from coach_tui.coaching.sample.turns import CLASS, Turn
from coach_tui.domain.enumerations import Delivery, LineKind, LineTag, MeetingStep, SentenceSource
from coach_tui.domain.preparing import with_time
from coach_tui.domain.records import (
    EngagementReview,
    FeedbackMeeting,
    LineReference,
    NoteLine,
    Observation,
    Sentence,
    StepOfMeeting,
)

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PREPARED = (MeetingStep.PRAISE, MeetingStep.PROBE)
"""The steps that rest on lines: those a meeting to come is prepared with."""

_PRACTICED, _FOLLOWED_UP = 0.85, 0.6
"""How often the action step was practiced in the meeting, and a written follow-up was sent."""


def meeting_of(
    row: Row, setting: Setting, turn: Turn, day: int, observation: Observation
) -> FeedbackMeeting:
    """Return the meeting of a visit, in six steps; one that is still to come is prepared."""
    held = turn.visit.met is not None
    talk = setting.library.talk
    is_virtual = row.person.delivery is Delivery.HYBRID and turn.number % 2 == 1
    steps = _steps(row, setting, turn, observation)
    if not held:
        steps = {
            name: step.changed(held="", done=False) if name in _PREPARED else StepOfMeeting()
            for name, step in steps.items()
        }
    sent = held and row.random.random() < _FOLLOWED_UP
    return FeedbackMeeting(
        date=setting.day(day),
        minutes=row.random.randint(12, 30) if held else 0,
        delivery=Delivery.VIRTUAL if is_virtual else Delivery.IN_PERSON,
        held=held,
        steps=steps,
        engagement_review=_engagement(setting, turn) if held and is_virtual else None,
        follow_up_sent_on=setting.day(day) if sent else None,
        note=in_turn(talk.meeting.notes, turn.number + row.number) if held else "",
        taken=tuple(line for step in steps.values() for line in step.lines),
        drawn_on=held,
    )


def _engagement(setting: Setting, turn: Turn) -> EngagementReview:
    review = in_turn(setting.library.talk.cycle.engagement, turn.number // 2)
    return EngagementReview(
        source=review.source, reviewed=True, flagged=review.flagged, next_step=review.next
    )


def _steps(
    row: Row, setting: Setting, turn: Turn, observation: Observation
) -> dict[MeetingStep, StepOfMeeting]:
    talk = setting.library.talk.meeting
    thread, idea, random = turn.thread, turn.step, row.random
    place = (turn.number + row.number) % len(thread.probes)
    praise = _tagged(observation, LineTag.PRAISE)
    step = fill(idea.text, random, CLASS, {})
    practiced = random.random() < _PRACTICED
    practice = (
        fill(idea.practice, random, CLASS, {}) if practiced else random.choice(talk.not_practiced)
    )
    held = {
        MeetingStep.PRAISE: _praise(row, setting, turn, observation, praise),
        MeetingStep.PROBE: f"T: '{thread.answers[place]}'",
        MeetingStep.GOALS: in_turn(talk.goals_held, turn.number).replace(
            "{indicator}", thread.indicator[:1].lower() + thread.indicator[1:]
        ),
        MeetingStep.ACTION_STEP: step,
        MeetingStep.APPLY: _apply(row, setting, turn),
        MeetingStep.PRACTICE: practice,
    }
    own = {
        MeetingStep.PROBE: thread.probes[place],
        MeetingStep.ACTION_STEP: f"Offer two: {step} Or T's own idea.",
    }
    cited = {MeetingStep.PRAISE: praise, MeetingStep.PROBE: _tagged(observation, LineTag.PROBE)}
    return {
        name: StepOfMeeting(
            sentences=_sentences(setting, observation, cited.get(name, []), own.get(name, "")),
            held=held[name],
            lines=tuple(_place(observation, line) for line in cited.get(name, [])),
            done=practiced if name is MeetingStep.PRACTICE else True,
        )
        for name in MeetingStep
    }


def _sentences(
    setting: Setting, observation: Observation, lines: list[NoteLine], own: str
) -> tuple[Sentence, ...]:
    """Return a step's sentences: its note lines with their times, then the coach's own words."""
    zone = setting.schooling.timezone
    taken = tuple(
        Sentence(
            text=with_time(line, lambda moment: moment.astimezone(zone)),
            source=SentenceSource.LINE,
            line=_place(observation, line),
        )
        for line in lines
    )
    return (*taken, Sentence(text=own)) if own else taken


def _place(observation: Observation, line: NoteLine) -> LineReference:
    return LineReference(observation=observation.id, line=line.id)


def _tagged(observation: Observation, tag: LineTag) -> list[NoteLine]:
    return [line for line in observation.lines if tag in line.tags]


def _said(line: NoteLine) -> str:
    """Return a line as it is read aloud: the words, or who did what."""
    if line.kind is LineKind.QUOTE or not line.speaker:
        return line.text
    return f"{line.speaker} {line.text}"


def _praise(
    row: Row, setting: Setting, turn: Turn, observation: Observation, praise: list[NoteLine]
) -> str:
    talk = setting.library.talk.meeting
    line = praise[0] if praise else observation.lines[0]
    local = line.time.astimezone(setting.schooling.timezone)
    return fill(
        in_turn(talk.praise_held, turn.number),
        row.random,
        CLASS,
        {
            "clock": f"{local.hour}:{local.minute:02}",
            "line": _said(line),
            "reply": in_turn(talk.praise_reply, turn.number + row.number),
        },
    )


def _apply(row: Row, setting: Setting, turn: Turn) -> str:
    if turn.visit.lesson is None:
        return ""
    return fill(
        in_turn(setting.library.talk.meeting.apply_held, turn.number + row.number),
        row.random,
        CLASS,
        {
            "lesson": turn.next_lesson(row, setting),
            "day": _WEEKDAYS[setting.day(turn.visit.lesson).weekday()],
        },
    )
