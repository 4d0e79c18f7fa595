"""The observations of a coachee: which there are, which one runs, which was forgotten."""

from __future__ import annotations

from datetime import timedelta

from coach_tui.coaching.ledger import Ledger
from coach_tui.domain.enumerations import CycleStage, LineKind
from coach_tui.domain.records import Cycle, Observation

LONGEST_RUN = timedelta(hours=12)
"""An observation that runs for this long was forgotten, like one of an earlier day."""


class Observations:
    """What verbs about observations look at first."""

    def __init__(self, ledger: Ledger) -> None:
        """Save through `ledger`."""
        self._ledger = ledger

    def get(self, id: str) -> Observation:
        """Return an observation; raises `NotFound`."""
        return self._ledger.store.require(Observation, id)

    def find(self, id: str) -> Observation | None:
        """Return an observation, None when there is none (any more)."""
        return self._ledger.store.get(Observation, id)

    def of(self, coachee: str) -> list[Observation]:
        """Return a coachee's observations, newest first."""
        found = self._ledger.store.where(Observation, coachee=coachee)
        return sorted(found, key=lambda one: (one.start, one.id), reverse=True)

    def running(self, coachee: str) -> Observation | None:
        """Return the observation of a coachee that was not ended, None when there is none.

        Quick notes never run.
        """
        return next(iter(self._running(coachee)), None)

    def _running(self, coachee: str) -> list[Observation]:
        return [one for one in self.of(coachee) if one.end is None and not one.quick_notes]

    def is_forgotten(self, observation: Observation) -> bool:
        """Whether an observation that runs was left running: since yesterday, or for too long."""
        if observation.date < self._ledger.today():
            return True
        return self._ledger.clock.now() - observation.start >= LONGEST_RUN

    def forgotten(self, coachee: str) -> Observation | None:
        """Return the observation that was left running, None when there is none.

        It began on an earlier local day, or `LONGEST_RUN` ago.
        """
        return next((one for one in self._running(coachee) if self.is_forgotten(one)), None)

    def knows_prefixes(self, coachee: str) -> bool:
        """Whether three different ways of beginning a line were used with this coachee lately."""
        used = {
            (line.kind, line.speaker[:1])
            for seen in self.of(coachee)[:5]
            for line in seen.lines
            if line.speaker or line.kind is not LineKind.ACTION
        }
        return len(used) >= 3

    def cycle_of(self, observation: Observation) -> Cycle | None:
        """Return the cycle an observation belongs to, None when it belongs to none."""
        if observation.cycle is None:
            return None
        return self._ledger.store.get(Cycle, observation.cycle)

    def planned_cycle(self, coachee: str) -> Cycle | None:
        """Return the earliest planned cycle that was not observed yet, None when there is none."""
        observed = {one.cycle for one in self.of(coachee)}
        planned = [
            cycle
            for cycle in self._ledger.store.where(Cycle, coachee=coachee)
            if cycle.stage is CycleStage.PLANNED and cycle.id not in observed
        ]
        return min(planned, key=lambda c: (str(c.planned.observation), c.number), default=None)

    def new_cycle(self, coachee: str) -> Cycle:
        """Return a new cycle of a coachee, with the next number, not yet saved."""
        now = self._ledger.clock.now()
        cycles = self._ledger.store.where(Cycle, coachee=coachee)
        return Cycle(
            id=self._ledger.new_id(),
            created_at=now,
            updated_at=now,
            coachee=coachee,
            number=max((cycle.number for cycle in cycles), default=0) + 1,
        )
