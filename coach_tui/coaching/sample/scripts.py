"""Lesson scripts: what a coach wrote while she watched, ready to be placed in time."""

from __future__ import annotations

import re
from random import Random
from typing import Any, NamedTuple, Self

from pydantic import Field, model_validator

from coach_tui.coaching.sample.content import Shape, fill, words_needed
from coach_tui.domain.enumerations import LineKind, LineTag, Modality

_SPOKEN = re.compile(r"(T|S[0-9]*|G[0-9]*) (says|does)")
_UNSPOKEN = {
    "setting": LineKind.ENVIRONMENT,
    "count": LineKind.COUNT,
    "question": LineKind.QUESTION,
    "inference": LineKind.INFERENCE,
}
_KEPT_TAGS = frozenset({LineTag.PRAISE, LineTag.PROBE})
_SLACK = 6
"""How many lines of a script an observation may leave out."""


class ScriptLine(Shape):
    """One line; in the file it is a list: who and what, text, tags."""

    speaker: str
    kind: LineKind
    text: str = Field(min_length=1)
    tags: tuple[LineTag, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _from_list(cls, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        if len(value) < 2 or not all(isinstance(part, str) for part in value):
            raise ValueError("a line is a list of words: who and what, text, tags")
        code, text, *tags = value
        spoken = _SPOKEN.fullmatch(code)
        if spoken:
            kind = LineKind.QUOTE if spoken[2] == "says" else LineKind.ACTION
            return {"speaker": spoken[1], "kind": kind, "text": text, "tags": tags}
        if code not in _UNSPOKEN:
            raise ValueError(f"{code!r} is not who and what, such as 'T says' or 'count'")
        return {"speaker": "", "kind": _UNSPOKEN[code], "text": text, "tags": tags}


class Said(NamedTuple):
    """A line whose places are filled."""

    speaker: str
    kind: LineKind
    text: str
    tags: tuple[LineTag, ...]


class Lesson(Shape):
    """A lesson in which a script is used: its label, materials, and words for the lines."""

    label: str = Field(min_length=1)
    materials: str
    words: dict[str, str]


class Script(Shape):
    """A lesson's notes, with places for the lesson's words and for counts."""

    key: str
    modality: Modality = Modality.IN_PERSON
    technique: str
    students: tuple[int, int]
    snapshots: bool = False
    tallies: tuple[str, ...]
    trends: tuple[str, ...] = Field(min_length=1)
    lessons: tuple[Lesson, ...] = Field(min_length=3)
    lines: tuple[ScriptLine, ...] = Field(min_length=12, max_length=30)

    @model_validator(mode="after")
    def _all_places_can_be_filled(self) -> Self:
        needed = {name for line in self.lines for name in words_needed(line.text)} - {"students"}
        for lesson in self.lessons:
            missing = needed - lesson.words.keys()
            if missing:
                raise ValueError(f"{self.key}, {lesson.label}: no word for {sorted(missing)}")
        strange = {name for trend in self.trends for name in words_needed(trend)}
        if strange - {"part", "size"}:
            raise ValueError(f"{self.key}: a trend knows only {{part}} and {{size}}")
        return self

    def render(self, lesson: Lesson, random: Random, students: int, most: int) -> list[Said]:
        """Return the lines of one observation, at most `most`, with their places filled.

        The first line, and the lines for praise and for probing, are always among them.
        """
        free = [
            index
            for index, line in enumerate(self.lines)
            if index and not _KEPT_TAGS.intersection(line.tags)
        ]
        wanted = min(len(self.lines) - random.randrange(_SLACK), most)
        dropped = set(random.sample(free, min(len(free), max(len(self.lines) - wanted, 0))))
        return [
            Said(
                line.speaker,
                line.kind,
                _sentence(fill(line.text, random, students, lesson.words), line.kind),
                line.tags,
            )
            for index, line in enumerate(self.lines)
            if index not in dropped
        ]


def _sentence(text: str, kind: LineKind) -> str:
    """Return `text` with a capital at its beginning where somebody speaks."""
    return text[:1].upper() + text[1:] if kind is LineKind.QUOTE else text


class Scripts(Shape):
    """The file scripts.toml."""

    script: tuple[Script, ...]

    @model_validator(mode="after")
    def _keys_are_different(self) -> Self:
        keys = [script.key for script in self.script]
        if len(set(keys)) != len(keys):
            raise ValueError("two scripts have the same key")
        return self
