"""What every record shares: identity, times in UTC, and how it is read and written."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    model_validator,
)

LONGEST_SPAN = 400
"""Calendar days that days off may span: a typo must not name a thousand years of them."""

READING = {"reading": True}
"""The validation context in which unknown keys, of a newer version, are kept."""


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("the moment lies outside of the calendar's years in UTC") from None


def _without_zone(of_day: time) -> time:
    if of_day.tzinfo is not None:
        raise ValueError("a time of the school day is local, without a time zone")
    return of_day


def _storable(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("the text holds half of a character (a lone surrogate)") from None
    return text


Day = date
"""A plain date; the name `date` itself belongs to the fields of records."""

Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A point in time: aware, kept in UTC."""

LocalTime = Annotated[time, AfterValidator(_without_zone)]
"""A time of the school day, as the clock on the wall shows it."""

Text = Annotated[str, AfterValidator(_storable)]
"""Whatever the user wrote, stored exactly."""

Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_storable)
]
"""Words that must say something: not empty, no space around them."""

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
"""What names a record, or a line of one."""

Count = Annotated[int, Field(ge=0)]
"""A number of things, never negative."""


class Part(BaseModel):
    """A part of a record. Strict when written, tolerant of unknown keys when read.

    Parts and records never change: `changed` makes another one and checks all its rules again.
    """

    model_config = ConfigDict(extra="allow", frozen=True, hide_input_in_errors=True)

    @model_validator(mode="after")
    def _no_unknown_field_is_written(self, info: ValidationInfo) -> Self:
        unknown = self.__pydantic_extra__
        if unknown and info.context is not READING:
            raise ValueError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        return self

    def changed(self, **fields: Any) -> Self:
        """Return this with `fields` replaced and every rule checked.

        Raises `ValueError` (pydantic's own is one) when the result would break a rule or a field
        is unknown. Keys of a newer version, kept when reading, stay.
        """
        unknown = fields.keys() - type(self).model_fields.keys()
        if unknown:
            raise ValueError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        values = {name: getattr(self, name) for name in type(self).model_fields}
        kept = self.__pydantic_extra__ or {}
        return type(self).model_validate({**values, **kept, **fields}, context=READING)


class Record(Part):
    """One document of the store.

    `id` is unique in its table; `created_at` and `updated_at` are aware UTC; `revision` is the
    store's sequence number at the last change, 0 for a record that was never saved.
    """

    table: ClassVar[str]
    """The name of the table that holds records of this kind."""

    id: Id
    created_at: Moment
    updated_at: Moment
    revision: Count = 0

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> Self:
        """Read a stored document; unknown keys are kept. Raises `pydantic.ValidationError`."""
        return cls.model_validate(document, context=READING)

    def to_document(self) -> dict[str, Any]:
        """Return plain JSON values: what the store writes, unknown keys included."""
        return self.model_dump(mode="json")


class DateSpan(Part):
    """Days from `first` to `last`, both included, at most 400, and what they are called."""

    first: Day
    last: Day
    label: Text = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"the days off end ({self.last}) before they begin ({self.first})")
        if (self.last - self.first).days >= LONGEST_SPAN:
            raise ValueError(f"days off span at most {LONGEST_SPAN} days")
        return self
