"""An observation and its low-inference notes (seed 001; domain.md sections 3 and 7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from coach_tui.domain.enumerations import Delivery, LineKind, LineTag, Modality, Talking
from coach_tui.domain.records.base import Count, Day, Id, Moment, Part, Record, Text, Wording

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]

Speaker = Annotated[str, StringConstraints(pattern=r"^(T|C|S[0-9]*|G[0-9]*)?$")]
"""T teacher, C coach, S a student, S3 the third, G2 the second group; empty for nobody."""


def _says_something(text: str) -> str:
    if not text.strip():
        raise ValueError("a line says something")
    return text


Words = Annotated[Text, AfterValidator(_says_something)]
"""What was seen or heard, stored exactly; not blank."""


class Mark(Part):
    """A mark of the low-inference check: its code, and where in the line (characters)."""

    code: Annotated[str, StringConstraints(pattern=r"^LI[0-9]{2}$")]
    start: Count
    end: Count


class NoteLine(Part):
    """One line of the script. `time` is when the line was begun, `offset` seconds from the start.

    A line is evidence or inference by its kind, never both (rule R3).
    """

    id: Id
    time: Moment
    offset: Seconds = 0.0
    speaker: Speaker = ""
    kind: LineKind = LineKind.ACTION
    text: Words
    tags: tuple[LineTag, ...] = ()
    labels: tuple[Wording, ...] = ()
    """Which look-for or priority group a tag means."""
    marks: tuple[Mark, ...] = ()
    dismissed: tuple[Text, ...] = ()


class Pause(Part):
    """Time in which nothing was observed; `end` is open while it lasts."""

    start: Moment
    end: Moment | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end is not None and self.end < self.start:
            raise ValueError("a pause ends before it begins")
        return self


class Talk(Part):
    """Who was heard from `start` on; `end` is open while it lasts."""

    who: Talking
    start: Moment
    end: Moment | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end is not None and self.end < self.start:
            raise ValueError("talk ends before it begins")
        return self


class WaitTime(Part):
    """The time from a question to what followed it; `end` is open while it lasts."""

    start: Moment
    end: Moment | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end is not None and self.end < self.start:
            raise ValueError("a wait ends before it begins")
        return self


class Tally(Part):
    """A counter and the moments it was pressed."""

    label: Wording
    presses: tuple[Moment, ...] = ()


class OnTaskSnapshot(Part):
    """How many of how many students were on task at a moment."""

    time: Moment
    on: Count
    total: Annotated[int, Field(ge=1)]

    @model_validator(mode="after")
    def _no_more_than_there_are(self) -> Self:
        if self.on > self.total:
            raise ValueError(f"{self.on} of {self.total} students cannot be on task")
        return self


class LookForTick(Part):
    """A look-for of the goal's practice profile, and how often it was seen."""

    label: Wording
    count: Count = 0


class GroupCheckIn(Part):
    """A check-in with a priority group: whether it was seen, and the trend noted (seed 001)."""

    group: Wording
    seen: bool = True
    trend: Text = ""


class Observation(Record):
    """15 to 30 minutes of instruction, and what was seen and heard (seed 001).

    `date` is the school day it belongs to, as the coach's wall shows it; `end` is None while it
    runs. Potential focus and key lever are the coach's own until they are
    agreed (domain.md section 6). `before_launch_because` is the reason that rule R6 asks for.
    `quick_notes` marks the single notes of a day, outside a visit: no contact, never running, and
    no feedback is owed on them. `from_paper` marks one that was entered after the fact: it never
    runs, and its times are as they were typed.
    """

    table: ClassVar[str] = "observations"

    coachee: Id
    cycle: Id | None = None
    date: Day
    start: Moment
    end: Moment | None = None
    pauses: tuple[Pause, ...] = ()
    modality: Modality = Modality.IN_PERSON
    technique: Text = ""
    delivery: Delivery | None = None
    from_paper: bool = False
    quick_notes: bool = False
    lesson: Text = ""
    materials: Text = ""
    students: Count | None = None
    lines: tuple[NoteLine, ...] = ()
    tallies: tuple[Tally, ...] = ()
    snapshots: tuple[OnTaskSnapshot, ...] = ()
    talk: tuple[Talk, ...] = ()
    waits: tuple[WaitTime, ...] = ()
    look_fors: tuple[LookForTick, ...] = ()
    check_ins: tuple[GroupCheckIn, ...] = ()
    potential_focus: Text = ""
    key_lever: Text = ""
    before_launch_because: Text = ""

    @model_validator(mode="after")
    def _keeps_the_rules(self) -> Self:
        if self.end is not None and self.end < self.start:
            raise ValueError("the observation ends before it begins")
        ids = {line.id for line in self.lines}
        if len(ids) != len(self.lines):
            raise ValueError("two lines have the same id")
        return self

    def refuse_more(self, lines: Sequence[NoteLine]) -> None:
        """Raise `ValueError` for new lines with which it would break a rule."""
        ids = {line.id for line in (*self.lines, *lines)}
        if len(ids) != len(self.lines) + len(lines):
            raise ValueError("two lines have the same id")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was put down: it was opened, and is no visit."""
        seen = (self.lines, self.snapshots, self.talk, self.waits, self.check_ins)
        counted = (
            *(tally.presses for tally in self.tallies),
            *(tick.count for tick in self.look_fors),
        )
        said = (self.technique, self.lesson, self.materials, self.potential_focus, self.key_lever)
        return not (any(seen) or any(counted) or any(said) or self.students is not None)

    @property
    def is_paused(self) -> bool:
        """Whether a pause lasts."""
        return self.end is None and any(pause.end is None for pause in self.pauses)

    def duration(self, now: datetime) -> timedelta:
        """Return the time observed up to its end, or up to `now`, without the pauses."""
        until = self.end or now
        paused = sum((((pause.end or until) - pause.start) for pause in self.pauses), timedelta())
        return max(until - self.start - paused, timedelta())
