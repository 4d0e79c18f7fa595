"""The written follow-up to the teacher, praise first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
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

_SIGNS = {"T": "you", "C": "me", "S": "a student", "G": "a group"}
"""Whom the first letter of a sign in the script stands for, as the teacher reads it."""

_QUOTED = re.compile(r'"[^"]*"|\u201c[^\u201d]*\u201d')
_SIGN = re.compile(r"(?<![\w'\u2019-])(?:[TC]|[SG]\d{0,3})(?![\w'\u2019-])")
"""A sign among the words of a line; a letter that is part of a word, such as `T-shirt`, is none."""


def follow_up_document(
    of: FollowUp, met_on: date, local: Local, next_visit: date | None = None
) -> Document:
    """Return the follow-up of the meeting on `met_on`; parts that are empty are left out."""
    document = Document(f"After our meeting, {dates.full(met_on)}")
    if of.praise:
        document = document.heading("What I saw")
        for praise in of.praise:
            document = document.item(praise_words(praise, local))
        signs = _signs_in(of.praise, local)
        if signs:
            document = document.paragraph(f"From my notes: {', '.join(signs)}.")
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
    """Return a note line as it is told to the teacher; its own words stay as they were taken.

    What somebody said reads `At 9:14 you said: "..."`. What somebody did is told as it stands in
    the notes, who first: `At 9:14: T says "..."`; its verb fits no other word for who.
    """
    at = local(line.time)
    begin = f"At {at.hour}:{at.minute:02}"
    text = line.text.strip()
    if line.kind is not LineKind.QUOTE:
        return f"{begin}: {line.speaker} {text}" if line.speaker else f"{begin}: {text}"
    who = _SPOKE.get(line.speaker, line.speaker)
    quoted = text if text[:1] in ('"', "\u201c") else f'"{text}"'
    return f"{begin} {who} said: {quoted}" if who else f"{begin}: {quoted}"


def _signs_in(sentences: Iterable[Praise], local: Local) -> list[str]:
    """Return whom the signs stand for that these sentences use: `T is you`."""
    shown: dict[str, None] = {}
    for one in sentences:
        if one.line is not None:
            words = _QUOTED.sub("", praise_words(one, local))
            known = ("T", one.line.speaker)
            shown.update(dict.fromkeys(sign for sign in _SIGN.findall(words) if sign in known))
    return [f"{sign} is {_SIGNS[sign[0]]}" for sign in shown]


def left_out_words(of: FollowUp) -> list[str]:
    """Return what stayed with the coach: `2 inferences`, `1 question`."""
    return [plural(count, why, _PLURALS.get(why, "")) for why, count in of.left_out.items()]


_PLURALS = {
    "sentence with a level that you alone named": "sentences with a level that you alone named",
    "sentence whose note line is gone": "sentences whose note line is gone",
    "potential focus": "potential focuses",
}
