"""Observation notes: start, type lines, end, go on (seed 001; domain.md sections 3 and 6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from coach_tui.coaching.ledger import Ledger
from coach_tui.domain.enumerations import CycleStage, LineKind
from coach_tui.domain.facts import QUICK_NOTES
from coach_tui.domain.records import Coachee, Cycle, NoteLine, Observation, Pause
from coach_tui.domain.transitions import CYCLE, check

LONGEST_RUN = timedelta(hours=12)
"""An observation older than this is not continued by a quick note."""


class LaunchFirst(ValueError):
    """An observation before the launch conversation needs a reason (rule R6); it never blocks."""


class Observing:
    """Verbs about an observation and its script.

    A line is in the store, durably, when `add_line` returns.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Save through `ledger`."""
        self._ledger = ledger

    def get(self, id: str) -> Observation:
        """Return an observation; raises `NotFound`."""
        return self._ledger.store.require(Observation, id)

    def of(self, coachee: str) -> list[Observation]:
        """Return a coachee's observations, newest first."""
        found = self._ledger.store.where(Observation, coachee=coachee)
        return sorted(found, key=lambda one: (one.start, one.id), reverse=True)

    def running(self, coachee: str) -> Observation | None:
        """Return the observation of a coachee that was not ended, None when there is none."""
        return next((one for one in self.of(coachee) if one.end is None), None)

    def start(self, coachee: Coachee, because: str = "") -> Observation:
        """Start an observation, or return the one that is still running.

        It belongs to the earliest planned cycle, or begins a new one. Raises `LaunchFirst` when
        the launch conversation is not complete and `because` gives no reason (rule R6).
        """
        running = self.running(coachee.id)
        if running is not None:
            return running
        if not coachee.launch.complete and not because.strip():
            raise LaunchFirst(f"{coachee.name} has not had the launch conversation")
        now = self._ledger.clock.now()
        cycle = self._planned_cycle(coachee.id) or self.new_cycle(coachee.id)
        observation = Observation(
            id=self._ledger.new_id(),
            created_at=now,
            updated_at=now,
            coachee=coachee.id,
            cycle=cycle.id,
            date=self._ledger.today(),
            start=now,
            before_launch_because="" if coachee.launch.complete else because,
        )
        new = [observation] if cycle.revision else [observation, cycle]
        self._ledger.save(f"Start observing {coachee.name}", *new)
        return self.get(observation.id)

    def add_line(self, id: str, text: str, begun: datetime) -> Observation:
        """Add a line that was begun at the moment `begun`; returns the observation as stored."""
        return self.add_lines(id, [(text, begun)])

    def add_lines(self, id: str, lines: Iterable[tuple[str, datetime]]) -> Observation:
        """Add several lines in one transaction, in their order."""
        observation = self.get(id)
        added = list(observation.lines)
        for text, begun in lines:
            added.append(self._line(observation, added, text, begun))
        self._ledger.save("Note line", observation.changed(lines=tuple(added)))
        return self.get(id)

    def _line(
        self, observation: Observation, before: list[NoteLine], text: str, begun: datetime
    ) -> NoteLine:
        last = max((int(line.id) for line in before if line.id.isdigit()), default=0)
        return NoteLine(
            id=f"{last + 1:04}",
            time=begun,
            offset=max((begun - observation.start).total_seconds(), 0.0),
            kind=LineKind.ACTION,
            text=text,
        )

    def describe(self, observation: Observation, **fields: Any) -> Observation:
        """Replace what is said of the observation: lesson, materials, students, check-ins ..."""
        current = self.get(observation.id)
        self._ledger.save("Observation details", current.changed(**fields))
        return self.get(observation.id)

    def end(self, id: str) -> Observation:
        """End the observation now; its cycle has been observed."""
        observation = self.get(id)
        if observation.end is not None:
            return observation
        now = max(self._ledger.clock.now(), observation.start)
        records: list[Observation | Cycle] = [observation.changed(end=now)]
        cycle = self._cycle_of(observation)
        if cycle is not None and cycle.stage is CycleStage.PLANNED:
            check(CYCLE, f"cycle {cycle.number}", cycle.stage, CycleStage.OBSERVED)
            records.append(cycle.changed(stage=CycleStage.OBSERVED))
        self._ledger.save("End the observation", *records)
        return self.get(id)

    def go_on(self, id: str) -> Observation:
        """Open an ended observation again; the time between is a pause."""
        observation = self.get(id)
        if observation.end is None:
            return observation
        now = max(self._ledger.clock.now(), observation.end)
        pause = Pause(start=observation.end, end=now)
        self._ledger.save(
            "Go on observing", observation.changed(end=None, pauses=(*observation.pauses, pause))
        )
        return self.get(id)

    def note(self, coachee: Coachee, lines: Iterable[str]) -> Observation:
        """Add lines to the running observation, else to the quick notes of today.

        Raises `ValueError` when no line says anything.
        """
        now = self._ledger.clock.now()
        texts = [(line, now) for line in lines if line.strip()]
        if not texts:
            raise ValueError("the note is empty")
        running = self.running(coachee.id)
        if running is not None and now - running.start < LONGEST_RUN:
            return self.add_lines(running.id, texts)
        quick = self._quick_notes_of_today(coachee.id)
        observation = quick or Observation(
            id=self._ledger.new_id(),
            created_at=now,
            updated_at=now,
            coachee=coachee.id,
            date=self._ledger.today(),
            start=now,
            end=now,
            technique=QUICK_NOTES,
        )
        added = list(observation.lines)
        for text, begun in texts:
            added.append(self._line(observation, added, text, begun))
        # The clock may have been set back since the note before: a note is never refused for it.
        end = max(now, observation.end or observation.start)
        self._ledger.save(
            f"Note on {coachee.name}", observation.changed(lines=tuple(added), end=end)
        )
        return self.get(observation.id)

    def _quick_notes_of_today(self, coachee: str) -> Observation | None:
        day = self._ledger.today()
        of_today = (one for one in self.of(coachee) if one.date == day)
        return next((one for one in of_today if one.technique == QUICK_NOTES), None)

    def _cycle_of(self, observation: Observation) -> Cycle | None:
        if observation.cycle is None:
            return None
        return self._ledger.store.get(Cycle, observation.cycle)

    def _planned_cycle(self, coachee: str) -> Cycle | None:
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
