"""Whether an action step is bite-sized (seed 001, step 4 of the meeting): a mark, never a refusal.

Plain.
"""

from __future__ import annotations

import re
from enum import StrEnum

LONGEST = 25
"""Words of a step that can be kept in mind while a lesson is taught."""

_CLAUSE = re.compile(
    r"[.;:!?]+\s+|\s*\n+\s*|,?\s+(?:and then|and after that|and|then|also|plus)\s+"
)
_QUOTED = re.compile("\"[^\"]*\"|\u201c[^\u201d]*\u201d|(?<!\\w)'[^']*'(?!\\w)")
_LISTED = re.compile(r"(?m)^\s*(?:[-*\u2022]|\d+[.)])\s+")

_VERBS = """
    add allow ask assign begin bring build call check choose circulate cold-call collect confer
    count cue demonstrate display end explain give greet group hand have hold invite keep leave let
    listen look make mark model monitor move name narrate note open pair pass pause plan point post
    practice praise prepare press prompt provide put read reduce rehearse remind repeat rephrase
    restate review say scan script send set share show sit stand start state stop tell thank track
    try turn use wait walk watch write
"""
_BEGINS_A_STEP = frozenset(_VERBS.split())
"""Verbs that an action step begins with; `and` between two of them joins two steps."""


class SizeMark(StrEnum):
    """Why a step may be more than one bite."""

    LONG = "long"
    TWO = "two steps in one"


def size_marks(text: str) -> tuple[SizeMark, ...]:
    """Return the marks of an action step; none when it reads as one bite.

    What stands in quotation marks is what will be said, and is not looked into.
    """
    spoken = _QUOTED.sub(" this ", text)
    marks = []
    if len(spoken.split()) > LONGEST:
        marks.append(SizeMark.LONG)
    if _holds_two(spoken):
        marks.append(SizeMark.TWO)
    return tuple(marks)


def _holds_two(text: str) -> bool:
    if len(_LISTED.findall(text)) > 1:
        return True
    clauses = [_LISTED.sub("", clause).split() for clause in _CLAUSE.split(text)]
    return sum(1 for words in clauses if words and _is_verb(words[0])) > 1


def _is_verb(word: str) -> bool:
    return word.strip("\"'(").casefold() in _BEGINS_A_STEP
