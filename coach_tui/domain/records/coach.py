"""The coach, and the contacts and responsibilities that are her own."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from coach_tui.domain.enumerations import CoachRole, ContactKind, CountedAs
from coach_tui.domain.records.base import Day, Id, LocalTime, Name, Part, Record, Text, Wording


class Prerequisites(Part):
    """The two standing prerequisites for coaching (seed 001)."""

    content_expertise: bool = False
    knows_the_materials: bool = False


class Coach(Record):
    """The one person whose caseload this is. `weekly_hours` are hours for coaching in a week."""

    table: ClassVar[str] = "coach"

    name: Name
    role: CoachRole = CoachRole.INSTRUCTIONAL_COACH
    buildings: tuple[Name, ...] = ()
    weekly_hours: Annotated[float, Field(ge=0, le=168, allow_inf_nan=False)] | None = None
    prerequisites: Prerequisites = Prerequisites()


class Contact(Record):
    """A contact with a teacher or team, one of the coach's own, or another responsibility.

    `minutes` are whole minutes. With a teacher (`coachee`) it is a planning, a check-in, modeling
    ...; `cycle` is the cycle it belongs to, `present` the members of a team who were there. Seeds
    003 and 004: every coach needs a mentor. With `weekdays`, counted from Monday 0, it comes again
    on each of them until the day `until`, on school days.
    """

    table: ClassVar[str] = "contacts"

    kind: ContactKind
    date: Day
    minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    channel: Text = ""
    note: Text = ""
    time: LocalTime | None = None
    weekdays: tuple[Annotated[int, Field(ge=0, le=6)], ...] = ()
    until: Day | None = None
    building: Text = ""
    coachee: Id | None = None
    cycle: Id | None = None
    present: tuple[Wording, ...] = ()

    @model_validator(mode="after")
    def _keeps_the_rules(self) -> Self:
        if self.until is not None and self.until < self.date:
            raise ValueError(f"the last day ({self.until}) comes before the first ({self.date})")
        if (self.kind.counted_as is None) != (self.coachee is None):
            raise ValueError(f"{self.kind.value} does not fit who the contact was with")
        if self.cycle is not None and self.coachee is None:
            raise ValueError("only a contact with a teacher belongs to a cycle")
        return self

    @property
    def counted_as(self) -> CountedAs | None:
        """Session or meeting (domain.md section 6); None for the coach's own contacts."""
        return self.kind.counted_as
