"""Observation notes: start, type lines, end, go on (seed 001; domain.md sections 3 and 6)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from coach_tui.coaching.noting import Noting
from coach_tui.coaching.refusals import ChangedMeanwhile
from coach_tui.domain.enumerations import CycleStage, Modality
from coach_tui.domain.records import Coachee, Observation


class LaunchFirst(ValueError):
    """An observation before the launch conversation needs a reason (rule R6); it never blocks."""


class Forgotten(ValueError):
    """An observation of an earlier day was never ended: say when, before another is started."""

    def __init__(self, observation: Observation) -> None:
        """Hold the observation that still runs."""
        self.observation = observation
        super().__init__(f"the observation of {observation.date} was never ended: end it first")


class Observing(Noting):
    """Verbs about an observation as a whole; those about its lines are `Scripts`."""

    def start(self, coachee: Coachee, because: str = "", at: datetime | None = None) -> Observation:
        """Start an observation, or return the one that is still running.

        It begins at the moment `at`, now without one. It is the visit planned for today, or an
        overdue one, else one of its own: see `cycle_for`. Raises `LaunchFirst` when the launch
        conversation is not complete and `because` gives no reason (rule R6), and `Forgotten` when
        the one that runs was left running on an earlier day.
        """
        running = self.running(coachee.id)
        if running is not None:
            if self.is_forgotten(running):
                raise Forgotten(running)
            return running
        if not coachee.launch.complete and not because.strip():
            raise LaunchFirst(f"{coachee.name} has not had the launch conversation")
        now = self._ledger.clock.now()
        today = self._ledger.today()
        cycle = self.cycle_for(coachee.id, today)
        observation = Observation(
            id=self._ledger.new_id(),
            created_at=now,
            updated_at=now,
            coachee=coachee.id,
            cycle=cycle.id,
            date=today,
            start=min(at or now, now),
            before_launch_because="" if coachee.launch.complete else because,
        )
        new = [observation] if cycle == self.cycle_of(observation) else [observation, cycle]
        self._ledger.save(f"Start observing {coachee.name}", *new)
        return self.get(observation.id)

    def enter(
        self,
        coachee: Coachee,
        day: date,
        start: datetime,
        minutes: int,
        *,
        modality: Modality = Modality.IN_PERSON,
        because: str = "",
    ) -> Observation:
        """Enter an observation after the fact, from paper: it began at `start` and has ended.

        Its cycle, the one that a visit of that day begins, has been observed with it. Raises
        `LaunchFirst` as `start` does, and `ValueError` for one that would end in the future.
        """
        if not coachee.launch.complete and not because.strip():
            raise LaunchFirst(f"{coachee.name} has not had the launch conversation")
        now, end = self._ledger.clock.now(), start + timedelta(minutes=minutes)
        if end > now:
            raise ValueError("an observation that is entered after the fact has ended by now")
        cycle = self.cycle_for(coachee.id, day)
        observation = Observation(
            id=self._ledger.new_id(),
            created_at=now,
            updated_at=now,
            coachee=coachee.id,
            cycle=cycle.id,
            date=day,
            start=start,
            end=end,
            modality=modality,
            from_paper=True,
            before_launch_because="" if coachee.launch.complete else because,
        )
        observed = cycle.changed(stage=CycleStage.OBSERVED)
        self._ledger.save(f"Enter an observation of {coachee.name}", observation, observed)
        return self.get(observation.id)

    def describe(self, observation: Observation, **fields: Any) -> Observation:
        """Replace what is said of the observation: lesson, materials, students, check-ins ...

        `observation` is as the form showed it. Only the fields that differ from it are changed,
        on the record as it is now: lines that came meanwhile stay. Raises `ValueError`, and
        changes nothing, when another session changed one of those fields since.
        """
        self._ledger.poll()
        current = self.get(observation.id)
        asked = observation.changed(**fields)
        changes = {}
        for name in fields:
            shown, now, wanted = (getattr(one, name) for one in (observation, current, asked))
            if wanted in (shown, now):
                continue
            if now != shown:
                raise ChangedMeanwhile(
                    f"the {name.replace('_', ' ')} was changed meanwhile by another session; "
                    "nothing was saved: look at it again"
                )
            changes[name] = wanted
        if changes:
            self._ledger.save("Observation details", current.changed(**changes))
        return self.get(observation.id)
