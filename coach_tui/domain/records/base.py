"""What every record shares: identity, times in UTC, and how it is read and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
from pydantic_core import PydanticCustomError

LONGEST_SPAN = 400
"""Calendar days that days off may span: a typo must not name a thousand years of them."""

LONGEST_NAME = 200
"""Characters of a name that is written: of a person, a team, a building, a period, a profile."""

LONGEST_STATEMENT = 500
"""Characters of a goal's statement that is written."""


@dataclass(frozen=True)
class Known:
    """The validation context of what was written before: unknown keys, of a newer version, stay.

    So do names that are longer than what is written today: those of `held`, all with `any_length`.
    """

    any_length: bool = False
    held: frozenset[str] = frozenset()


READING = Known(any_length=True)
"""The context in which stored documents are read."""

IMPORTING = Known()
"""The context in which documents of a file are read: they are about to be written."""


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


def _at_most(characters: int) -> AfterValidator:
    def checked(text: str, info: ValidationInfo) -> str:
        known = info.context
        stays = isinstance(known, Known) and (known.any_length or text in known.held)
        if len(text) > characters and not stays:
            raise PydanticCustomError(
                "too_long",
                "at most {most} characters, and this has {length}",
                {"most": characters, "length": len(text)},
            )
        return text

    return AfterValidator(checked)


Day = date
"""A plain date; the name `date` itself belongs to the fields of records."""

Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A point in time: aware, kept in UTC."""

LocalTime = Annotated[time, AfterValidator(_without_zone)]
"""A time of the school day, as the clock on the wall shows it."""

Text = Annotated[str, AfterValidator(_storable)]
"""Whatever the user wrote, stored exactly."""

Wording = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_storable)
]
"""Words that must say something: not empty, no space around them."""

Name = Annotated[Wording, _at_most(LONGEST_NAME)]
"""What something is called: a line at most. Where it only refers to a name, it is `Wording`."""

Label = Annotated[Text, _at_most(LONGEST_NAME)]
"""A name that may be left empty, such as a building's or a room's."""

Statement = Annotated[Wording, _at_most(LONGEST_STATEMENT)]
"""A sentence or two, such as a goal's."""

Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
"""What names a record, or a line of one."""

Count = Annotated[int, Field(ge=0)]
"""A number of things, never negative."""


def _long_names(values: Iterable[object]) -> Iterator[str]:
    """Yield the texts among `values`, and in tuples of texts, that no name is written with now."""
    for value in values:
        texts = value if isinstance(value, tuple) and value and isinstance(value[0], str) else ()
        if isinstance(value, str):
            texts = (value,)
        yield from (text for text in texts if len(text) > LONGEST_NAME)


class Part(BaseModel):
    """A part of a record. Strict when written, tolerant of unknown keys when read.

    Parts and records never change: `changed` makes another one and checks all its rules again.
    """

    model_config = ConfigDict(extra="allow", frozen=True, hide_input_in_errors=True)

    @model_validator(mode="after")
    def _no_unknown_field_is_written(self, info: ValidationInfo) -> Self:
        unknown = self.__pydantic_extra__
        if unknown and not isinstance(info.context, Known):
            raise ValueError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        return self

    def changed(self, **fields: Any) -> Self:
        """Return this with `fields` replaced and every rule checked.

        Raises `ValueError` (pydantic's own is one) when the result would break a rule or a field
        is unknown. Keys of a newer version, kept when reading, stay; so do long names it has.
        """
        unknown = fields.keys() - type(self).model_fields.keys()
        if unknown:
            raise ValueError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        values = {name: getattr(self, name) for name in type(self).model_fields}
        kept = self.__pydantic_extra__ or {}
        context = Known(held=frozenset(_long_names(values.values())))
        return type(self).model_validate({**values, **kept, **fields}, context=context)


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
    label: Label = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"the days off end ({self.last}) before they begin ({self.first})")
        if (self.last - self.first).days >= LONGEST_SPAN:
            raise ValueError(f"days off span at most {LONGEST_SPAN} days")
        return self
