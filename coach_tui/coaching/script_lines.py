"""Lines on their way into a script: what was typed, when it was begun, and their numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from coach_tui.domain.enumerations import LineKind, LineTag
from coach_tui.domain.records import Mark, NoteLine, Observation
from coach_tui.domain.scripting import Typed


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was typed and understood, the moment it was begun, and what was asked of it.

    `marks` are those of the low-inference check that stand, `dismissed` the words or codes that
    the coach said no to on this line.
    """

    typed: Typed
    begun: datetime
    marks: tuple[Mark, ...] = ()
    dismissed: tuple[str, ...] = ()


def plain(text: str, begun: datetime) -> Line:
    """Return a line whose words mean nothing but themselves: an action of nobody."""
    return Line(Typed(text), begun)


def numbered(
    observation: Observation, before: Iterable[NoteLine], lines: Iterable[Line]
) -> tuple[NoteLine, ...]:
    """Return the lines that stand `before`, then `lines`, with ids that follow the highest."""
    kept = tuple(before)
    return (*kept, *following(observation, kept, lines))


def following(
    observation: Observation, before: Iterable[NoteLine], lines: Iterable[Line]
) -> tuple[NoteLine, ...]:
    """Return `lines` as they are kept after those that stand `before`, with ids that follow."""
    ids = [line.id for line in before]
    last = max([int(id) for id in ids if id.isascii() and id.isdecimal()], default=0)
    return tuple(
        note_line(observation, f"{number:04}", line) for number, line in enumerate(lines, last + 1)
    )


def note_line(observation: Observation, id: str, line: Line) -> NoteLine:
    """Return the line as it is kept in this observation."""
    typed = line.typed
    return NoteLine(
        id=id,
        time=line.begun,
        offset=max((line.begun - observation.start).total_seconds(), 0.0),
        speaker=typed.speaker,
        kind=LineKind(typed.kind),
        text=typed.text,
        tags=tuple(LineTag(tag) for tag in typed.tags),
        labels=typed.labels,
        marks=line.marks,
        dismissed=line.dismissed,
    )


def as_typed(line: NoteLine) -> Typed:
    """Return what was understood of a kept line."""
    tags = tuple(tag.value for tag in line.tags)
    return Typed(line.text, line.speaker, line.kind.value, tags, line.labels)
