"""Practice profiles, self-assessment with them, surveys of a building, and what was shared."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self

from pydantic import Field, StringConstraints, model_validator

from coach_tui.domain.enumerations import AssessmentWindow, Party
from coach_tui.domain.records.base import (
    Day,
    Id,
    Moment,
    Name,
    Part,
    Record,
    Statement,
    Text,
    Wording,
)
from coach_tui.domain.records.goal import SelfAssessedLevel


class Level(Part):
    """One level of a profile, with advice for a teacher who stands there."""

    name: Name
    advice: Text = ""


class EssentialFunction(Part):
    """An essential function: items, descriptors by level, look-fors, examples of evidence."""

    key: Name
    title: Statement
    items: tuple[Wording, ...] = ()
    descriptors: dict[Wording, Text] = Field(default_factory=dict)
    look_fors: tuple[Wording, ...] = ()
    examples: tuple[Wording, ...] = ()


class PracticeProfile(Record):
    """A practice profile (seed 004, "Practice Profiles"). Levels are ordered lowest first."""

    table: ClassVar[str] = "profiles"

    profile: Name
    version: Name
    title: Name
    foundations: Text = ""
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    functions: Annotated[tuple[EssentialFunction, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _keeps_the_rules(self) -> Self:
        levels = [level.name for level in self.levels]
        if len(set(levels)) != len(levels):
            raise ValueError("two levels have the same name")
        keys = [function.key for function in self.functions]
        if len(set(keys)) != len(keys):
            raise ValueError("two essential functions have the same key")
        for function in self.functions:
            if not function.descriptors.keys() <= set(levels):
                raise ValueError("an essential function describes a level that is not there")
        return self


class SelfAssessment(Record):
    """A self-assessment with a practice profile (SAPP, seed 004).

    `coachee` is None when it is the coach's own.
    """

    table: ClassVar[str] = "self_assessments"

    coachee: Id | None = None
    profile: Wording
    version: Wording
    window: AssessmentWindow
    date: Day
    named_by: Party = Party.TEACHER
    levels: tuple[SelfAssessedLevel, ...] = ()
    note: Text = ""

    @model_validator(mode="after")
    def _each_function_once(self) -> Self:
        functions = [level.function for level in self.levels]
        if len(set(functions)) != len(functions):
            raise ValueError("an essential function is assessed twice")
        return self


class Survey(Record):
    """One scale of the CWIS for a building: aggregates only, imported (seed 004).

    `mean` lies on the five-point scale; `distribution` counts the answers 1 to 5.
    """

    table: ClassVar[str] = "surveys"

    building: Name
    window: Name
    scale: Name
    anchor: Text = ""
    n: Annotated[int, Field(ge=0)]
    mean: Annotated[float, Field(ge=1, le=5, allow_inf_nan=False)] | None = None
    distribution: tuple[int, int, int, int, int] | None = None

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.distribution is None:
            return self
        if min(self.distribution) < 0 or sum(self.distribution) != self.n:
            raise ValueError("the five counts add up to the number of answers")
        return self


class Share(Record):
    """What left the private plane, to whom, when, and its exact text (rule R2).

    `channel` is the way it took: a file or the clipboard.
    """

    table: ClassVar[str] = "shares"

    what: Wording
    recipient: Wording
    coachee: Id | None = None
    channel: Text = ""
    shared_at: Moment
    text: Text
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
