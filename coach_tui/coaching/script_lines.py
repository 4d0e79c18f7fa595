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
    kept = list(before)
    last = max(
        (int(line.id) for line in kept if line.id.isascii() and line.id.isdecimal()), default=0
    )
    for number, line in enumerate(lines, last + 1):
        kept.append(note_line(observation, f"{number:04}", line))
    return tuple(kept)


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
