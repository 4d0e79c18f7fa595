"""Threads: what a teacher and the coach work on, its action steps and its evidence."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from coach_tui.coaching.sample.content import Shape, words_needed
from coach_tui.domain.enumerations import EvidenceMode, FocusLevel, StudentEvidenceKind
from coach_tui.domain.records import PlannedMode

LEVELS = ("far from proficient", "close to proficient", "proficient", "exemplary")
"""The levels of seed 004, lowest first."""


class Outcome(Shape):
    """What should change for students."""

    measure: str
    baseline: str
    target: str


class StepIdea(Shape):
    """An action step and what can become of it."""

    text: str = Field(min_length=1)
    success: str
    practice: str
    kept: str
    adjusted: str


class EvidenceIdea(Shape):
    """What a piece of evidence is, and what was thought about it; both may be empty."""

    what: str = Field(min_length=1)
    reflection: str = ""
    next: str = ""


class EvidenceIdeas(Shape):
    """Evidence by mode; student evidence is discourse and work apart."""

    observation: tuple[EvidenceIdea, ...] = Field(min_length=1)
    video: tuple[EvidenceIdea, ...] = Field(min_length=1)
    discourse: tuple[EvidenceIdea, ...] = Field(min_length=1)
    work: tuple[EvidenceIdea, ...] = Field(min_length=1)
    journal: tuple[EvidenceIdea, ...] = Field(min_length=1)

    def of(self, planned: PlannedMode) -> tuple[EvidenceIdea, ...]:
        """Return the ideas for one cell of the matrix of modes."""
        if planned.kind is not None:
            return self.discourse if planned.kind is StudentEvidenceKind.DISCOURSE else self.work
        by_mode = {
            EvidenceMode.OBSERVATION: self.observation,
            EvidenceMode.VIDEO: self.video,
            EvidenceMode.JOURNALING: self.journal,
        }
        return by_mode[planned.mode]


def _planned(words: str) -> PlannedMode:
    kinds = {kind.value: kind for kind in StudentEvidenceKind}
    if words in kinds:
        return PlannedMode(mode=EvidenceMode.STUDENT_EVIDENCE, kind=kinds[words])
    return PlannedMode(mode=EvidenceMode(words))


class Thread(Shape):
    """One growth goal in the making, with all that is said on the way."""

    key: str
    level: FocusLevel
    area: str
    function: str
    statement: str = Field(min_length=1)
    baseline: str
    target: str
    indicator: str
    outcome: Outcome
    modes: tuple[str, ...] = Field(min_length=2)
    focus: str
    lever: str
    look_fors: tuple[str, ...] = Field(min_length=2)
    probes: tuple[str, ...] = Field(min_length=2)
    answers: tuple[str, ...]
    steps: tuple[StepIdea, ...] = Field(min_length=4)
    evidence: EvidenceIdeas
    met: str
    revised: str
    set_aside: str

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if len(self.probes) != len(self.answers):
            raise ValueError(f"{self.key}: as many answers as probes are needed")
        strange = {self.baseline, self.target} - set(LEVELS)
        if strange:
            raise ValueError(f"{self.key}: no level is called {sorted(strange)}")
        texts = [words for step in self.steps for words in step.model_dump().values()]
        if any(words_needed(words) - {"students"} for words in texts):
            raise ValueError(f"{self.key}: a step knows no words but numbers")
        for words in self.modes:
            _planned(words)
        return self

    @property
    def planned_modes(self) -> tuple[PlannedMode, ...]:
        """The planned modes as records hold them."""
        return tuple(_planned(words) for words in self.modes)


class Threads(Shape):
    """The file threads.toml."""

    thread: tuple[Thread, ...]
