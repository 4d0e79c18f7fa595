"""The written follow-up to the teacher, praise first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from coach_tui.domain.enumerations import LineKind
from coach_tui.domain.following_up import FollowUp, Praise
from coach_tui.domain.preparing import with_time
from coach_tui.domain.records import ActionStep, NoteLine
from coach_tui.presentation import dates
from coach_tui.presentation.documents import Document
from coach_tui.presentation.text import plural

Local = Callable[[datetime], datetime]

_SPOKE = {"T": "you", "C": "I", "S": "a student", "G": "a group"}


def follow_up_document(
    of: FollowUp, met_on: date, local: Local, next_visit: date | None = None
) -> Document:
    """Return the follow-up of the meeting on `met_on`; parts that are empty are left out."""
    document = Document(f"After our meeting, {dates.full(met_on)}")
    if of.praise:
        document = document.heading("What I saw")
        for praise in of.praise:
            document = document.item(praise_words(praise, local))
    if of.goal:
        document = document.heading("Your goal").paragraph(of.goal)
        if of.indicator:
            document = document.paragraph(f"What we look for: {of.indicator}")
    if of.step is not None:
        document = _with_step(document, of.step)
    if next_visit is not None:
        document = document.heading("Next").paragraph(f"I come by on {dates.full(next_visit)}.")
    return document


def _with_step(document: Document, step: ActionStep) -> Document:
    document = document.heading("The step we agreed").paragraph(step.text)
    if step.lesson is not None:
        label = f", {step.lesson.label}" if step.lesson.label.strip() else ""
        document = document.item(f"When: {dates.full(step.lesson.date)}{label}")
    if step.success.strip():
        document = document.item(f"What success looks like: {step.success}")
    if step.practiced:
        document = document.item("We practiced it together.")
    return document


def praise_words(praise: Praise, local: Local) -> str:
    """Return a sentence of praise; a note line as it was taken is told: `At 9:14 you said: ...`."""
    line = praise.line
    if line is None or praise.text != with_time(line, local):
        return praise.text
    return told(line, local)


def told(line: NoteLine, local: Local) -> str:
    """Return a note line as it is told to the teacher."""
    at = local(line.time)
    begin = f"At {at.hour}:{at.minute:02}"
    text = line.text.strip()
    who = _SPOKE.get(line.speaker[:1], "") if len(line.speaker) < 2 else line.speaker
    if line.kind is LineKind.QUOTE:
        quoted = text if text[:1] in ('"', "\u201c") else f'"{text}"'
        return f"{begin} {who} said: {quoted}" if who else f"{begin}: {quoted}"
    return f"{begin}, {who}: {text}" if who else f"{begin}: {text}"


def left_out_words(of: FollowUp) -> list[str]:
    """Return what stayed with the coach: `2 inferences`, `1 question`."""
    return [plural(count, why, _PLURALS.get(why, "")) for why, count in of.left_out.items()]


_PLURALS = {
    "sentence with a level that you alone named": "sentences with a level that you alone named",
    "sentence whose note line is gone": "sentences whose note line is gone",
    "potential focus": "potential focuses",
}
