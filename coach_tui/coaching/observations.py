"""The observations of a coachee: which there are, which one runs, which was forgotten."""

from __future__ import annotations

from datetime import date, timedelta

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

    def cycle_for(self, coachee: str, day: date) -> Cycle:
        """Return the cycle that a visit on `day` begins, as it is to be saved.

        It is the one planned for that day, else the oldest that is overdue by then, else one that
        has no day. A visit planned for a later day stays planned (decision 50): then it is a new
        cycle.
        """
        waiting = self._waiting(coachee)
        due = [one for one in waiting if not _is_after(one, day)]
        if not due:
            return self.new_cycle(coachee)
        found = min(due, key=lambda one: (one.planned.observation != day, *_in_order(one)))
        return self._numbered(found, waiting)

    def stays_planned(self, coachee: str, day: date) -> date | None:
        """Return the day of the next visit planned for later that one on `day` does not begin.

        None where there is none, or where the visit begins one that is planned.
        """
        waiting = self._waiting(coachee)
        if not all(_is_after(one, day) for one in waiting):
            return None
        return min(waiting, key=_in_order).planned.observation if waiting else None

    def _waiting(self, coachee: str) -> list[Cycle]:
        """Return the planned cycles whose visit was not begun."""
        observed = {one.cycle for one in self.of(coachee)}
        return [
            cycle
            for cycle in self._ledger.store.where(Cycle, coachee=coachee)
            if cycle.stage is CycleStage.PLANNED and cycle.id not in observed
        ]

    def _numbered(self, cycle: Cycle, waiting: list[Cycle]) -> Cycle:
        """Return a cycle that begins now with a number after those that were begun before it.

        "The last three cycles" are those of the last numbers, and visits come in another order
        than they were planned in.
        """
        ahead = {one.id for one in waiting}
        begun = [
            one.number
            for one in self._ledger.store.where(Cycle, coachee=cycle.coachee)
            if one.id not in ahead and one.stage is not CycleStage.CANCELLED
        ]
        if cycle.number > max(begun, default=0):
            return cycle
        return cycle.changed(number=self.new_cycle(cycle.coachee).number)

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


def _is_after(cycle: Cycle, day: date) -> bool:
    """Whether a cycle's visit is planned for a day after `day`."""
    planned = cycle.planned.observation
    return planned is not None and planned > day


def _in_order(cycle: Cycle) -> tuple[str, int]:
    """Return what orders planned visits: by their days, those without one last."""
    return str(cycle.planned.observation), cycle.number
