"""Observation notes: start, type lines, end, go on (seed 001; domain.md sections 3 and 6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.refusals import ChangedMeanwhile
from coach_tui.coaching.script_lines import Line, numbered, plain
from coach_tui.domain.enumerations import CycleStage, LineKind, Modality
from coach_tui.domain.records import (
    Coachee,
    Cycle,
    Observation,
    Pause,
    PlannedDates,
)
from coach_tui.domain.transitions import CYCLE, check

LONGEST_RUN = timedelta(hours=12)
"""An observation that runs for this long was forgotten, like one of an earlier day."""


class LaunchFirst(ValueError):
    """An observation before the launch conversation needs a reason (rule R6); it never blocks."""


class Forgotten(ValueError):
    """An observation of an earlier day was never ended: say when, before another is started."""

    def __init__(self, observation: Observation) -> None:
        """Hold the observation that still runs."""
        self.observation = observation
        super().__init__(f"the observation of {observation.date} was never ended: end it first")


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

    def _is_forgotten(self, observation: Observation) -> bool:
        if observation.date < self._ledger.today():
            return True
        return self._ledger.clock.now() - observation.start >= LONGEST_RUN

    def forgotten(self, coachee: str) -> Observation | None:
        """Return the observation that was left running, None when there is none.

        It began on an earlier local day, or `LONGEST_RUN` ago.
        """
        return next((one for one in self._running(coachee) if self._is_forgotten(one)), None)

    def end_at_last_line(self, id: str) -> Observation:
        """End a forgotten observation when its last line was begun; its cycle has been observed.

        At its start when it has no line; never before it was last known to be ended. An
        observation that has its end is returned as it is.
        """
        observation = self.get(id)
        if observation.end is not None:
            return observation
        known = [
            observation.start,
            *(line.time for line in observation.lines),
            *(pause.start for pause in observation.pauses),
        ]
        end = min(max(known), self._now_or(observation.start))
        pauses = tuple(
            pause if pause.end is not None and pause.end <= end else pause.changed(end=end)
            for pause in observation.pauses
            if pause.start < end
        )
        return self._ended(observation.changed(pauses=pauses), end)

    def start(self, coachee: Coachee, because: str = "", at: datetime | None = None) -> Observation:
        """Start an observation, or return the one that is still running.

        It begins at the moment `at`, now without one, and belongs to the earliest planned cycle,
        or begins a new one. Raises `LaunchFirst` when the launch conversation is not complete and
        `because` gives no reason (rule R6), and `Forgotten` when the one that runs was left
        running on an earlier day.
        """
        running = self.running(coachee.id)
        if running is not None:
            if self._is_forgotten(running):
                raise Forgotten(running)
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
            start=min(at or now, now),
            before_launch_because="" if coachee.launch.complete else because,
        )
        new = [observation] if cycle.revision else [observation, cycle]
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

        Its cycle, the earliest planned or a new one, has been observed with it. Raises
        `LaunchFirst` as `start` does, and `ValueError` for one that would end in the future.
        """
        if not coachee.launch.complete and not because.strip():
            raise LaunchFirst(f"{coachee.name} has not had the launch conversation")
        now, end = self._ledger.clock.now(), start + timedelta(minutes=minutes)
        if end > now:
            raise ValueError("an observation that is entered after the fact has ended by now")
        cycle = self._planned_cycle(coachee.id) or self.new_cycle(coachee.id)
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

    def add_line(self, id: str, text: str, begun: datetime) -> Observation:
        """Add a line that was begun at the moment `begun`; returns the observation as stored."""
        return self.add_lines(id, [(text, begun)])

    def add_lines(self, id: str, lines: Iterable[tuple[str, datetime]]) -> Observation:
        """Add several lines in one transaction, in their order."""
        observation = self.get(id)
        typed = (plain(text, begun) for text, begun in lines)
        added = numbered(observation, observation.lines, typed)
        self._ledger.save("Note line", observation.changed(lines=added))
        return self.get(id)

    def knows_prefixes(self, coachee: str) -> bool:
        """Whether three different ways of beginning a line were used with this coachee lately."""
        used = {
            (line.kind, line.speaker[:1])
            for seen in self.of(coachee)[:5]
            for line in seen.lines
            if line.speaker or line.kind is not LineKind.ACTION
        }
        return len(used) >= 3

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

    def end(self, id: str) -> Observation:
        """End the observation now; its cycle has been observed."""
        observation = self.get(id)
        if observation.end is not None:
            return observation
        return self._ended(observation, self._now_or(observation.start))

    def finish(self, id: str) -> Observation | None:
        """End the observation; one that nothing was put down in is taken away, and is no visit.

        Returns None when it was taken away, with the cycle that was begun for it alone.
        """
        observation = self.get(id)
        if not observation.is_empty:
            return self.end(id)
        cycle = self._cycle_of(observation)
        going: list[Observation | Cycle] = [observation]
        if cycle is not None and self._was_begun_for(cycle, observation):
            going.append(cycle)
        self._ledger.save("Leave an empty observation", deleted=going)
        return None

    def _was_begun_for(self, cycle: Cycle, observation: Observation) -> bool:
        """Whether nothing but this observation was ever put down in the cycle."""
        bare = Cycle(
            id=cycle.id,
            created_at=cycle.created_at,
            updated_at=cycle.updated_at,
            revision=cycle.revision,
            coachee=cycle.coachee,
            number=cycle.number,
        )
        others = [one for one in self.of(cycle.coachee) if one.cycle == cycle.id]
        return cycle == bare and cycle.planned == PlannedDates() and others == [observation]

    def _now_or(self, earliest: datetime) -> datetime:
        """Return this moment; `earliest` where the clock was set back before it."""
        return max(self._ledger.clock.now(), earliest)

    def _ended(self, observation: Observation, end: datetime) -> Observation:
        records: list[Observation | Cycle] = [observation.changed(end=end)]
        cycle = self._cycle_of(observation)
        if cycle is not None and cycle.stage is CycleStage.PLANNED:
            check(CYCLE, f"cycle {cycle.number}", cycle.stage, CycleStage.OBSERVED)
            records.append(cycle.changed(stage=CycleStage.OBSERVED))
        self._ledger.save("End the observation", *records)
        return self.get(observation.id)

    def go_on(self, id: str) -> Observation:
        """Open an ended observation again; the time between is a pause. Quick notes never run."""
        observation = self.get(id)
        if observation.end is None or observation.quick_notes:
            return observation
        self._ledger.save("Go on observing", self._continued(observation))
        return self.get(id)

    def _continued(self, observation: Observation) -> Observation:
        """Return an ended observation running again; the time between is a pause."""
        if observation.end is None:
            return observation
        now = max(self._ledger.clock.now(), observation.end)
        pause = Pause(start=observation.end, end=now)
        return observation.changed(end=None, pauses=(*observation.pauses, pause))

    def note(self, coachee: Coachee, lines: Iterable[str | Line]) -> Observation:
        """Add lines to the running observation, else to the quick notes of today.

        Raises `ValueError` when no line says anything.
        """
        now = self._ledger.clock.now()
        typed = [line if isinstance(line, Line) else plain(line, now) for line in lines]
        typed = [line for line in typed if line.typed.text.strip()]
        if not typed:
            raise ValueError("the note is empty")
        running = self.running(coachee.id)
        if running is not None and not self._is_forgotten(running):
            added = numbered(running, running.lines, typed)
            self._ledger.save("Note line", running.changed(lines=added))
            return self.get(running.id)
        quick = self._quick_notes_of_today(coachee.id)
        observation = quick or Observation(
            id=self._ledger.new_id(),
            created_at=now,
            updated_at=now,
            coachee=coachee.id,
            date=self._ledger.today(),
            start=now,
            end=now,
            quick_notes=True,
        )
        added = numbered(observation, observation.lines, typed)
        # The clock may have been set back since the note before: a note is never refused for it.
        end = self._now_or(observation.end or observation.start)
        self._ledger.save(f"Note on {coachee.name}", observation.changed(lines=added, end=end))
        return self.get(observation.id)

    def _quick_notes_of_today(self, coachee: str) -> Observation | None:
        day = self._ledger.today()
        of_today = (one for one in self.of(coachee) if one.date == day)
        return next((one for one in of_today if one.quick_notes), None)

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
