"""A coachee's cycles: planning the visit, moving it, giving one up (seed 001)."""

from __future__ import annotations

from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.observing import Observing
from coach_tui.domain.enumerations import CycleStage
from coach_tui.domain.records import Coachee, Cycle
from coach_tui.domain.transitions import CYCLE, check


class Cycling:
    """Verbs about a coachee's cycles; stages move by the transitions of domain.md section 4."""

    def __init__(self, ledger: Ledger, observing: Observing) -> None:
        """Save through `ledger`; new cycles come from `observing`."""
        self._ledger, self._observing = ledger, observing

    def of(self, coachee: str) -> list[Cycle]:
        """Return a coachee's cycles, in the order of their numbers."""
        return sorted(
            self._ledger.store.where(Cycle, coachee=coachee), key=lambda cycle: cycle.number
        )

    def planned(self, coachee: str) -> Cycle | None:
        """Return the earliest cycle with a planned visit, None when nothing is planned.

        A visit that was begun, and whose observation still runs, is planned no longer.
        """
        begun = {observation.cycle for observation in self._observing.of(coachee)}
        waiting = [
            cycle
            for cycle in self.of(coachee)
            if cycle.stage is CycleStage.PLANNED
            and cycle.planned.observation is not None
            and cycle.id not in begun
        ]
        return min(waiting, key=lambda cycle: str(cycle.planned.observation), default=None)

    def cancel(self, coachee: Coachee, cycle: Cycle, reason: str) -> Cycle:
        """Cancel a cycle with its reason."""
        check(CYCLE, f"cycle {cycle.number}", cycle.stage, CycleStage.CANCELLED)
        cancelled = cycle.changed(stage=CycleStage.CANCELLED, cancelled_because=reason)
        self._ledger.save(f"Cancel cycle {cycle.number} of {coachee.name}", cancelled)
        return self._ledger.store.require(Cycle, cycle.id)
