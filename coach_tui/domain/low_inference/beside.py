"""What stands beside a word and answers its question: a count, a time, a child. Plain."""

from __future__ import annotations

import re
from bisect import bisect_right

from coach_tui.domain.low_inference.words import key_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    Question: TypeAlias = Callable[[str], object]

_UNITS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_TEENS = "thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_NUMBER = rf"(?:\d+|(?:{_TENS})[ -](?:{_UNITS})|{_UNITS}|{_TEENS}|{_TENS})"

_CLAUSE = re.compile(r"[;—–\n]|[.!?…](?=\s|$)")
"""Where a clause ends. A comma does not end it: `most, 18/24, wrote`."""

_COUNT = re.compile(
    rf"\b\d+\s*/\s*\d+\b|\b{_NUMBER}\s+(?:out\s+)?of\s+(?:the\s+|those\s+|these\s+)?{_NUMBER}\b"
    r"|\b\d+\s*%|\(\s*\d+\b",
    re.IGNORECASE,
)
"""`6/24`, `6 of 24`, `six out of the twenty`, `25 %`, and a number in brackets: `several (4)`."""

_TIME = re.compile(
    rf"\b\d{{1,2}}:\d{{2}}|\b(?:{_NUMBER}|half)(?:\.\d+)?\s*-?"
    r"(?:s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|x|times)\b"
    r"|\bminutes?\s+\d|\b\d{1,2}\s*[ap]\.?m\b",
    re.IGNORECASE,
)
"""`9:14`, `9 am`, `3 min`, `20 s`, `six times`, `minute 6`."""

_STUDENT = re.compile(r"\b(?:S\d*|Ss|G\d+)\b")
"""A speaker that is a student or a group: `S`, `S3`, `Ss`, `G2`."""


_COUNTABLE = re.compile(
    rf"\d|[\"“”„«‘]|\b(?i:{_UNITS}|{_TEENS}|{_TENS}|once|twice)\b|\b(?:T|C|S|Ss)\b|(?:^|\s)'\w"
)
"""A digit, a number word, a quotation, a speaker: `T`, `S`, `Ss`; `S3` has a digit."""


class Clauses:
    """The clauses of a line: what each says is found once, however many words ask."""

    __slots__ = ("_answers", "_children", "_ends", "_text")

    def __init__(self, text: str, children: frozenset[str]) -> None:
        """Find where the clauses of `text` end; `children` are words for students."""
        self._text, self._children = text, children
        self._ends = [found.end() for found in _CLAUSE.finditer(text)]
        self._answers: dict[tuple[int, Question], bool] = {}

    def has_count(self, start: int) -> bool:
        """Whether how many of how many is said in the clause of the character at `start`."""
        return self._answer(start, _COUNT.search)

    def has_time(self, start: int) -> bool:
        """Whether a clock time, a duration or a number of times is said there."""
        return self._answer(start, _TIME.search)

    def has_student(self, start: int) -> bool:
        """Whether a student is there: as a speaker, or by one of the words for students."""
        return self._answer(start, _STUDENT.search) or self._answer(start, self._has_child)

    def _answer(self, start: int, question: Question) -> bool:
        place = bisect_right(self._ends, start)
        if (place, question) not in self._answers:
            first = self._ends[place - 1] if place else 0
            last = self._ends[place] if place < len(self._ends) else len(self._text)
            self._answers[place, question] = bool(question(self._text[first:last]))
        return self._answers[place, question]

    def _has_child(self, clause: str) -> bool:
        return not self._children.isdisjoint(key_of(clause))


def is_countable(text: str) -> bool:
    """Whether there is a digit, a number word, a quotation or a speaker in the line."""
    return _COUNTABLE.search(text) is not None
