"""Goals, evidence and cycles of one teacher, as the store's documents."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from coach_tui.domain.enumerations import (
    CheckBackResult,
    CycleStage,
    EvidenceColumn,
    GoalState,
    Party,
    StepState,
)
from coach_tui.domain.progress.matrix import MODES
from coach_tui.domain.records import (
    ActionStep,
    CheckBack,
    Evidence,
    GrowthGoal,
    NamedLevel,
    PlannedMode,
    Record,
)
from tests.support import NOW, cycle, meeting

Document = dict[str, Any]


def documents(*records: Record) -> list[Document]:
    return [json.loads(json.dumps(record.to_document())) for record in records]


def planned(*columns: str) -> tuple[PlannedMode, ...]:
    found = [MODES[EvidenceColumn(column)] for column in columns]
    return tuple(PlannedMode(mode=mode, kind=kind) for mode, kind in found)


def goal(id: str = "goal", **fields: Any) -> Document:
    own = {"id": id, "created_at": NOW, "updated_at": NOW, "coachee": "ana"}
    worked = {"statement": "S explain", "state": GoalState.ACTIVE, "agreed_on": date(2026, 9, 14)}
    return documents(GrowthGoal(**{**own, **worked, **fields}))[0]


def item(day: date, column: str = "observation", level: str = "", **fields: Any) -> Document:
    mode, kind = MODES[EvidenceColumn(column)]
    named_by = fields.pop("named_by", Party.TEACHER)
    own = {
        "id": fields.pop("id", f"{column[:3]}-{day}"),
        "created_at": NOW,
        "updated_at": NOW,
        "goal": "goal",
        "mode": mode,
        "kind": kind,
        "date": day,
        "what": "what was seen",
        "level": NamedLevel(level=level, named_by=named_by) if level else None,
    }
    return documents(Evidence(**{**own, **fields}))[0]


def turn(
    number: int, day: date, step: str | None = None, goal: str | None = "goal", **fields: Any
) -> Document:
    """A cycle with feedback on `day`; `step` is what became of its action step."""
    action = None
    if step is not None:
        checked = step in ("kept", "adjusted", "dropped")
        back = CheckBack(date=day, result=CheckBackResult(step)) if checked else None
        state = StepState.CHECKED_BACK if checked else StepState(step)
        action = ActionStep(text=f"step {number}", state=state, check_back=back)
    own = {"meeting": meeting(day), "stage": CycleStage.FEEDBACK_HELD, "goal": goal}
    return documents(cycle(number, **{**own, "action_step": action, **fields}))[0]
