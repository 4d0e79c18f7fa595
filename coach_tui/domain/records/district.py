"""The district: its commitment, coaching model, goals and plan (seeds 000, 003, 004)."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import model_validator

from coach_tui.domain.enumerations import Commitment, PlanItemState
from coach_tui.domain.records.base import Day, Label, Name, Part, Record, Statement, Text, Wording


class CoachingModel(Part):
    """The model that the district adopted: its vision, outcomes and roles (seed 003)."""

    name: Label = ""
    vision: Text = ""
    targeted_outcomes: Text = ""
    roles: Text = ""


class PlanItem(Part):
    """One item of the district's checklists (domain.md section 9)."""

    key: Wording
    owner: Text = ""
    due: Day | None = None
    state: PlanItemState = PlanItemState.NOT_STARTED
    revisit_on: Day | None = None
    note: Text = ""

    @model_validator(mode="after")
    def _revisit_has_a_date(self) -> Self:
        if (self.state is PlanItemState.REVISIT) != (self.revisit_on is not None):
            raise ValueError("an item to revisit has its date, and no other item has one")
        return self


class District(Record):
    """The one district this caseload belongs to; `goals` are what coaching plans align to."""

    table: ClassVar[str] = "district"

    name: Name
    commitment: Commitment | None = None
    coaching_model: CoachingModel = CoachingModel()
    goals: tuple[Statement, ...] = ()
    plan_items: tuple[PlanItem, ...] = ()
