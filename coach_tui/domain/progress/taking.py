"""The facts of growth, taken from the stored documents of one coachee. Plain."""

from __future__ import annotations

from datetime import date

from coach_tui.domain.growth import GoalFacts
from coach_tui.domain.progress.fidelity import fidelity, newest_cycle
from coach_tui.domain.progress.grounds import Grounds
from coach_tui.domain.progress.levels import held_since
from coach_tui.domain.progress.matrix import column_of
from coach_tui.domain.progress.readiness import NEXT, checklist

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Document = Mapping[str, Any]

PRESSING_NEEDS = ("things go wrong", "things change")
"""The two moments of need with the most impact (seed 004): they can re-open a released coachee."""

_AGREED = ("agreed", "active", "met", "revised")


class Belongings:
    """Everything stored that belongs to one coachee, as documents; cancelled cycles left out."""

    __slots__ = ("assessments", "coachee", "cycles", "evidence", "goals", "observations")

    def __init__(
        self,
        coachee: Document,
        cycles: Sequence[Document],
        observations: Sequence[Document],
        goals: Sequence[Document] = (),
        evidence: Sequence[Document] = (),
        assessments: Sequence[Document] = (),
    ) -> None:
        """Hold the documents."""
        self.coachee, self.cycles, self.observations = coachee, cycles, observations
        self.goals, self.evidence, self.assessments = goals, evidence, assessments


def growth_facts(of: Belongings) -> dict[str, Any]:
    """Return the fields of `CoacheeFacts` that are about growth."""
    cycle = newest_cycle(of.cycles)
    held = None if cycle is None else fidelity(of.coachee, cycle, of.observations)
    need = reentry_need(of.coachee, of.cycles)
    active = [goal for goal in of.goals if goal["state"] == "active"]
    ready_from, level_held = _ready(of, active)
    return {
        "goals": tuple(goal_facts(goal, of.evidence) for goal in active),
        "ready_from": ready_from,
        "held_since": level_held,
        "practices_missing": () if held is None else held.missing,
        "need": "" if need is None else need[0],
        "need_since": None if need is None else need[1],
    }


def goal_facts(goal: Document, evidence: Sequence[Document]) -> GoalFacts:
    """Return the plain values of one active goal."""
    newest: dict[str, date] = {}
    for item in evidence:
        if item["goal"] == goal["id"]:
            column, day = column_of(item).value, date.fromisoformat(item["date"])
            newest[column] = max(day, newest.get(column, day))
    planned = dict.fromkeys(column_of(mode).value for mode in goal["planned_modes"])
    return GoalFacts(goal["id"], active_since(goal), planned, newest)


def active_since(goal: Document) -> date:
    """Return the day an active goal became active; without a history, the day it was agreed on."""
    for change in reversed(goal["history"]):
        if change["state"] == "active":
            return date.fromisoformat(change["date"])
    return date.fromisoformat(goal["agreed_on"])


def _ready(of: Belongings, active: Sequence[Document]) -> tuple[date | None, date | None]:
    """Return from which day one goal says that the coachee is ready for the next phase.

    And, for the release, since when its level is held: how long it must be is a setting, which
    facts do not know.
    """
    phases = of.coachee["phases"]
    target = NEXT.get(phases[-1]["phase"] if phases else "1")
    if target is None:
        return None, None
    found = []
    for goal in active:
        grounds = Grounds(of.coachee, goal, of.goals, of.cycles, of.evidence)
        ready_from = checklist(target, grounds, held_days=0).ready_from
        if ready_from is not None:
            held = held_since(grounds.evidence, grounds.levels) if target == "released" else None
            found.append((ready_from, held))
    return min(found, key=lambda one: one[0], default=(None, None))


def reentry_need(coachee: Document, cycles: Sequence[Document]) -> tuple[str, date] | None:
    """Return the newest pressing moment of need since the release, and its day; None for none."""
    if coachee["state"] != "released":
        return None
    released = [one["date"] for one in coachee["states"] if one["state"] == "released"]
    since = released[-1] if released else ""
    found = [
        (need["date"], need["moment"])
        for need in coachee.get("needs") or ()
        if need["moment"] in PRESSING_NEEDS and need["date"] >= since
    ]
    for cycle in cycles:
        meeting = cycle["meeting"]
        day = meeting["date"] if meeting else str(cycle["created_at"])[:10]
        if cycle["moment_of_need"] in PRESSING_NEEDS and day > since:
            found.append((day, cycle["moment_of_need"]))
    if not found:
        return None
    day, moment = max(found)
    return moment, date.fromisoformat(day)


def filled_parts(of: Belongings) -> tuple[str, ...]:
    """Return the parts of the coaching plan that other records make complete.

    Growth goals by one that was agreed, methods of data collection by its planned modes, the
    self-assessment by one that was made, the gradual-release plan by the day it was shared.
    """
    agreed = [goal for goal in of.goals if goal["state"] in _AGREED]
    filled = {
        "self-assessment": bool(of.assessments),
        "growth goals": bool(agreed),
        "data collection": any(goal["planned_modes"] for goal in agreed),
        "gradual-release plan": of.coachee["plan"]["release_plan_shared_on"] is not None,
    }
    return tuple(part for part, there in filled.items() if there)
