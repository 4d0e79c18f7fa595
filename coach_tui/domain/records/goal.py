"""Growth goals and the evidence gathered toward them (seed 004)."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import model_validator

from coach_tui.domain.enumerations import (
    EvidenceMode,
    FocusLevel,
    GoalState,
    Party,
    ReviewOutcome,
    StudentEvidenceKind,
)
from coach_tui.domain.records.base import Day, Id, Label, Part, Record, Statement, Text, Wording
from coach_tui.domain.records.cycle import LineReference


class Focus(Part):
    """What a goal is about: an educator's practice or the system, and the area (seed 000)."""

    level: FocusLevel = FocusLevel.EDUCATOR
    area: Label = ""


class FunctionReference(Part):
    """An essential function of one version of a practice profile."""

    profile: Wording
    version: Wording
    function: Wording


class StudentOutcome(Part):
    """What should change for students, and how it is measured."""

    measure: Statement
    baseline: Text = ""
    target: Text = ""


class PlannedMode(Part):
    """A mode of evidence that is planned; student evidence says which kind."""

    mode: EvidenceMode
    kind: StudentEvidenceKind | None = None

    @model_validator(mode="after")
    def _only_student_evidence_has_a_kind(self) -> Self:
        if (self.mode is EvidenceMode.STUDENT_EVIDENCE) != (self.kind is not None):
            raise ValueError("student evidence is discourse or work; no other mode has a kind")
        return self


class GoalChange(Part):
    """One dated change of a goal's state; `met` keeps its reflection (domain.md section 4)."""

    date: Day
    state: GoalState
    reason: Text = ""


class GoalReview(Part):
    """A walk through the goal's evidence and what came of it, with who chose that (seed 004)."""

    date: Day
    outcome: ReviewOutcome
    words: Text = ""
    chosen_by: Party = Party.TOGETHER


class GrowthGoal(Record):
    """A growth goal, chosen with the teacher. Levels are words of the profile, never numbers.

    `agreed_on` is needed from the state agreed on: the coach sees a potential focus, the teacher
    chooses (domain.md section 6). `follows` is the goal that this one revises. `levels` are those
    of the profile's version, lowest first, so that they outlive it; none means the documents' own.
    """

    table: ClassVar[str] = "goals"

    coachee: Id
    statement: Statement
    focus: Focus = Focus()
    function: FunctionReference | None = None
    baseline_level: Text = ""
    target_level: Text = ""
    indicator: Text = ""
    student_outcome: StudentOutcome | None = None
    chosen_by: Party = Party.TOGETHER
    agreed_on: Day | None = None
    due: Day | None = None
    planned_modes: tuple[PlannedMode, ...] = ()
    state: GoalState = GoalState.DRAFT
    history: tuple[GoalChange, ...] = ()
    follows: Id | None = None
    levels: tuple[Wording, ...] = ()
    reviews: tuple[GoalReview, ...] = ()

    @model_validator(mode="after")
    def _keeps_the_rules(self) -> Self:
        if self.state is not GoalState.DRAFT and self.agreed_on is None:
            raise ValueError("a goal is agreed on a date before it is worked on")
        if len(set(self.planned_modes)) != len(self.planned_modes):
            raise ValueError("a mode of evidence is planned twice")
        if self.history and self.history[-1].state is not self.state:
            raise ValueError("the goal's state is the last of its history")
        return self


class NamedLevel(Part):
    """A level of a practice profile and who named it (rule R5)."""

    level: Wording
    named_by: Party

    @property
    def is_private(self) -> bool:
        """Whether the coach alone put it down: then it is private and labelled so."""
        return self.named_by is Party.COACH


class Evidence(Record):
    """One item of evidence toward a goal, in words or by reference, never a file's content.

    `observation_lines` are the lines it points to; only lines linked here count as classroom
    discourse (domain.md section 6).
    """

    table: ClassVar[str] = "evidence"

    goal: Id
    mode: EvidenceMode
    kind: StudentEvidenceKind | None = None
    date: Day
    gathered_by: Party = Party.TOGETHER
    what: Text = ""
    reference: Text = ""
    observation_lines: tuple[LineReference, ...] = ()
    level: NamedLevel | None = None
    reflection: Text = ""
    next_step: Text = ""
    next_step_chosen_by: Party | None = None

    @model_validator(mode="after")
    def _keeps_the_rules(self) -> Self:
        if (self.mode is EvidenceMode.STUDENT_EVIDENCE) != (self.kind is not None):
            raise ValueError("student evidence is discourse or work; no other mode has a kind")
        if not (self.what.strip() or self.reference.strip() or self.observation_lines):
            raise ValueError("evidence says what it is, refers to it, or points to lines")
        return self


class SelfAssessedLevel(Part):
    """The level of one essential function; None is "not looked at", which is no level."""

    function: Wording
    level: Wording | None = None
