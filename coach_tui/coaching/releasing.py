"""Gradual release: readiness with its proofs, moments of need, the watch list (seeds 002, 004)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from coach_tui.coaching.ledger import Ledger
from coach_tui.domain.enumerations import CoacheeState, GoalState, MomentOfNeed, ReleasePhase
from coach_tui.domain.progress.checklists import Checklist
from coach_tui.domain.progress.fidelity import Fidelity, fidelity
from coach_tui.domain.progress.grounds import Grounds
from coach_tui.domain.progress.readiness import NEXT, TARGETS, checklist
from coach_tui.domain.progress.taking import reentry_need
from coach_tui.domain.records import (
    Coachee,
    Cycle,
    Evidence,
    GrowthGoal,
    NeedNoted,
    Observation,
    Record,
)
from coach_tui.domain.statuses import Rules


@dataclass(frozen=True)
class GoalReadiness:
    """What one active goal says of each phase; `lists` in the order 2, 3, released."""

    goal: GrowthGoal
    lists: tuple[Checklist, ...]


@dataclass(frozen=True)
class Watched:
    """A released coachee, since when, and the pressing moment of need since, if there is one."""

    coachee: Coachee
    since: date | None
    need: tuple[str, date] | None


class Releasing:
    """Verbs about the release of responsibility. Nothing advances by itself (rule R8)."""

    def __init__(self, ledger: Ledger, rules: Rules) -> None:
        """Save through `ledger`."""
        self._ledger, self._rules = ledger, rules

    def readiness(self, coachee: Coachee) -> list[GoalReadiness]:
        """Return the checklists of a coachee, for each active goal."""
        plain = coachee.to_document()
        goals = self._ledger.store.where(GrowthGoal, coachee=coachee.id)
        cycles = _plain(self._ledger.store.where(Cycle, coachee=coachee.id))
        found = []
        for goal in goals:
            if goal.state is not GoalState.ACTIVE:
                continue
            evidence = _plain(self._ledger.store.where(Evidence, goal=goal.id))
            grounds = Grounds(plain, goal.to_document(), _plain(goals), cycles, evidence)
            held = self._rules.held_days
            lists = tuple(checklist(target, grounds, held) for target in TARGETS)
            found.append(GoalReadiness(goal, lists))
        return found

    def next_target(self, coachee: Coachee) -> str | None:
        """Return the phase that comes next for a coachee, None for a released one."""
        return NEXT.get(coachee.phase.value)

    def fidelity(self, coachee: Coachee) -> list[Fidelity]:
        """Return what each cycle with feedback, or with an observation, held; newest first."""
        plain = coachee.to_document()
        seen = _plain(self._ledger.store.where(Observation, coachee=coachee.id))
        cycles = self._ledger.store.where(Cycle, coachee=coachee.id)
        begun = [one for one in cycles if one.stage.value not in ("planned", "cancelled")]
        begun.sort(key=lambda one: one.number, reverse=True)
        return [fidelity(plain, one.to_document(), seen) for one in begun]

    def note_need(
        self, coachee: Coachee, moment: MomentOfNeed, note: str, day: date | None = None
    ) -> Coachee:
        """Note a moment of need; a pressing one after a release proposes re-entry.

        Raises `ValueError` for a day to come.
        """
        day = day or self._ledger.today()
        if day > self._ledger.today():
            raise ValueError(f"a moment of need is noted once it was there, and {day} is to come")
        needs = (*coachee.needs, NeedNoted(date=day, moment=moment, note=note))
        self._ledger.save(f"Moment of need of {coachee.name}", coachee.changed(needs=needs))
        return self._ledger.store.require(Coachee, coachee.id)

    def watch_list(self) -> list[Watched]:
        """Return everybody who was released, by name: they stay in sight."""
        released = [
            one
            for one in self._ledger.store.all(Coachee)
            if one.state is CoacheeState.RELEASED
            or (one.state is not CoacheeState.CLOSED and one.phase is ReleasePhase.RELEASED)
        ]
        watched = []
        for one in sorted(released, key=lambda one: (one.name.casefold(), one.id)):
            days = [change.date for change in one.states if change.state is CoacheeState.RELEASED]
            days += [p.date for p in one.phases if p.phase is ReleasePhase.RELEASED]
            cycles = _plain(self._ledger.store.where(Cycle, coachee=one.id))
            need = reentry_need(one.to_document(), cycles)
            watched.append(Watched(one, max(days, default=None), need))
        return watched


def _plain(records: list[Any]) -> list[dict[str, Any]]:
    documents: list[Record] = records
    return [record.to_document() for record in documents]
