"""Planning: the stages of a cycle get their day and time, move, and are cancelled (seed 001)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from coach_tui.coaching.action_steps import ActionSteps
from coach_tui.coaching.clock import wall_moment
from coach_tui.coaching.cycling import Cycling
from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.observing import Observing
from coach_tui.domain.enumerations import CoacheeState, CycleStage
from coach_tui.domain.planning.appointments import LENGTHS, Appointment, Stage
from coach_tui.domain.records import Coachee, Cycle, PlannedDates, UpcomingLesson
from coach_tui.domain.transitions import CYCLE, check

_FIELDS = {Stage.VISIT: "observation", Stage.MEETING: "meeting", Stage.CHECK_BACK: "check_back"}
"""The stages that have a time of their own, and how their fields in a cycle begin."""


@dataclass(frozen=True)
class Time:
    """When something is to be: the day, the minute it begins, its minutes, the period's name.

    `start` is None for a day without a time, `minutes` None for the usual length of its stage.
    """

    day: date
    start: int | None = None
    minutes: int | None = None
    period: str = ""


class Planning:
    """Verbs that put the stages of cycles on days. Conflicts are named elsewhere, never forbidden.

    What cannot be: a day that has passed, a time that clocks skip, a coachee who is closed, a
    stage for which the cycle is not ready. Then `ValueError` is raised and nothing is changed.
    """

    def __init__(self, ledger: Ledger, cycling: Cycling, observing: Observing) -> None:
        """Save through `ledger`; `observing` makes new cycles."""
        self._ledger, self._cycling, self._observing = ledger, cycling, observing
        self._steps = ActionSteps(ledger)

    def plan(self, person: str, stage: Stage, when: Time) -> Cycle:
        """Plan a stage of a coachee's cycle: a visit begins a new one, or takes up a missed one."""
        coachee = self._coachee(person)
        self._check_time(when)
        cycle = self._cycle_for(coachee, stage)
        words = f"Plan a {stage.value} with {coachee.name}"
        self._ledger.save(words, _with_time(cycle, stage, when))
        return self._ledger.store.require(Cycle, cycle.id)

    def plan_next_visit(self, person: str, when: Time) -> Cycle:
        """Plan the next visit of a coachee, or move the one that is planned."""
        coachee = self._coachee(person)
        self._check_time(when)
        cycle = self._cycling.planned(person) or self._observing.new_cycle(person)
        self._ledger.save(f"Plan a visit to {coachee.name}", _with_time(cycle, Stage.VISIT, when))
        return self._ledger.store.require(Cycle, cycle.id)

    def move(self, shown: Appointment, when: Time) -> Cycle:
        """Move a planned entry; raises `ValueError` when it is no longer where it was shown."""
        self._ledger.poll()
        coachee = self._coachee(shown.person)
        self._check_time(when)
        cycle = self._as_shown(shown)
        words = f"Move the {shown.stage.value} with {coachee.name}"
        self._ledger.save(words, _with_time(cycle, shown.stage, when))
        return self._ledger.store.require(Cycle, cycle.id)

    def move_all(self, moves: Sequence[tuple[Appointment, Appointment]]) -> int:
        """Move several entries in one transaction; returns how many."""
        self._ledger.poll()
        changed: dict[str, Cycle] = {}
        for shown, place in moves:
            cycle = changed.get(shown.record) or self._as_shown(shown)
            when = Time(place.day, place.start, _own_length(place), place.period)
            self._check_time(when)
            changed[cycle.id] = _with_time(cycle, shown.stage, when)
        if changed:
            self._ledger.save(f"Move {len(moves)} appointments", *changed.values())
        return len(moves)

    def cancel(self, shown: Appointment, reason: str) -> None:
        """Cancel the cycle of an entry with its reason, which is kept."""
        self._ledger.poll()
        cycle = self._as_shown(shown)
        coachee = self._ledger.store.require(Coachee, cycle.coachee)
        if not reason.strip():
            raise ValueError("a cycle is cancelled with its reason")
        check(CYCLE, f"cycle {cycle.number}", cycle.stage, CycleStage.CANCELLED)
        cancelled = cycle.changed(stage=CycleStage.CANCELLED, cancelled_because=reason)
        self._ledger.save(f"Cancel cycle {cycle.number} of {coachee.name}", cancelled)

    def unplan(self, shown: Appointment) -> None:
        """Take the day and time off a meeting or check back; the cycle goes on."""
        self._ledger.poll()
        cycle = self._as_shown(shown)
        field = _FIELDS[shown.stage]
        none = dict.fromkeys((field, f"{field}_time", f"{field}_minutes"))
        planned = cycle.planned.changed(**none, **{f"{field}_period": ""})
        name = self._ledger.store.require(Coachee, cycle.coachee).name
        words = f"Take the {shown.stage.value} with {name} off the calendar"
        self._ledger.save(words, cycle.changed(planned=planned))

    def accept(self, ghosts: Iterable[Appointment]) -> int:
        """Plan ghosts as they stand, in one transaction; returns how many."""
        self._ledger.poll()
        changed: dict[str, Cycle] = {}
        count = 0
        for ghost in ghosts:
            coachee = self._coachee(ghost.person)
            when = Time(ghost.day, ghost.start, _own_length(ghost), ghost.period)
            self._check_time(when)
            cycle = self._cycle_for(coachee, ghost.stage, taken=changed)
            changed[cycle.id] = _with_time(cycle, ghost.stage, when)
            count += 1
        if changed:
            self._ledger.save(f"Plan {count} from the calendar", *changed.values())
        return count

    def series(self, person: str, days: Sequence[date], when: Time) -> int:
        """Plan a visit on each of `days`, at the time of `when`; returns how many were new.

        A day on which a visit to this coachee is planned already is passed over.
        """
        coachee = self._coachee(person)
        planned = {
            cycle.planned.observation
            for cycle in self._cycling.of(person)
            if cycle.stage is CycleStage.PLANNED
        }
        changed: dict[str, Cycle] = {}
        for day in days:
            if day in planned:
                continue
            at = Time(day, when.start, when.minutes, when.period)
            self._check_time(at)
            cycle = self._new_cycle(person, changed)
            changed[cycle.id] = _with_time(cycle, Stage.VISIT, at)
        if changed:
            words = f"Plan {len(changed)} visits to {coachee.name}"
            self._ledger.save(words, *changed.values())
        return len(changed)

    def _coachee(self, person: str) -> Coachee:
        coachee = self._ledger.store.require(Coachee, person)
        if coachee.state is CoacheeState.CLOSED:
            raise ValueError(
                f"{coachee.name} was closed: open {coachee.name} again to plan anything"
            )
        return coachee

    def _check_time(self, when: Time) -> None:
        if when.day < self._ledger.today():
            raise ValueError(f"{when.day} has passed: plan for today or later")
        if when.start is not None:
            wall_moment(self._ledger.clock, when.day, when.start)

    def _as_shown(self, shown: Appointment) -> Cycle:
        """Return the cycle of an entry, which must still stand where it was shown."""
        cycle = self._ledger.store.require(Cycle, shown.record)
        if cycle.stage is CycleStage.CANCELLED:
            raise ValueError("this cycle was cancelled meanwhile: nothing was changed")
        if shown.stage is Stage.LESSON:
            step = cycle.action_step
            there = step.lesson.date if step and step.lesson else None
        else:
            there = getattr(cycle.planned, _FIELDS[shown.stage])
        if there != shown.day:
            where = "taken off" if there is None else f"moved to {there}"
            raise ValueError(f"it was {where} meanwhile: nothing was changed")
        return cycle

    def _cycle_for(
        self, coachee: Coachee, stage: Stage, taken: dict[str, Cycle] | None = None
    ) -> Cycle:
        """Return the cycle that a new entry of `stage` belongs to, those of `taken` as changed."""
        changed = taken or {}
        cycles = [changed.get(one.id, one) for one in self._cycling.of(coachee.id)]
        if stage is Stage.VISIT:
            return self._missed(cycles) or self._new_cycle(coachee.id, changed)
        if stage is Stage.MEETING:
            waiting = [one for one in cycles if one.stage is CycleStage.OBSERVED]
            ahead = [one for one in cycles if one.stage is CycleStage.PLANNED]
            if not waiting and not ahead:
                raise ValueError(f"{coachee.name} has no cycle that waits for a meeting")
            return waiting[-1] if waiting else ahead[0]
        holder = self._steps.open(coachee.id)
        if holder is None:
            raise ValueError(f"{coachee.name} has no open action step to check back on")
        return changed.get(holder.id, holder)

    def _missed(self, cycles: list[Cycle]) -> Cycle | None:
        """Return the oldest cycle whose visit was planned for a day that passed, and not begun."""
        today = self._ledger.today()
        missed = [
            one
            for one in cycles
            if one.stage is CycleStage.PLANNED
            and (one.planned.observation is None or one.planned.observation < today)
        ]
        begun = {one.cycle for one in self._observing.of(missed[0].coachee)} if missed else set()
        return next((one for one in missed if one.id not in begun), None)

    def _new_cycle(self, person: str, changed: dict[str, Cycle]) -> Cycle:
        """Return a new cycle, numbered after those that are about to be saved too."""
        cycle = self._observing.new_cycle(person)
        ahead = sum(1 for one in changed.values() if one.coachee == person and not one.revision)
        return cycle.changed(number=cycle.number + ahead)


def _own_length(one: Appointment) -> int | None:
    return None if one.minutes == LENGTHS[one.stage] else one.minutes


def _with_time(cycle: Cycle, stage: Stage, when: Time) -> Cycle:
    """Return a cycle with a stage of it at another time."""
    if stage is Stage.LESSON:
        return _with_lesson(cycle, when.day)
    field = _FIELDS.get(stage)
    if field is None:
        raise ValueError(f"{stage.value} is no stage of a cycle")
    at = None if when.start is None else time(when.start // 60, when.start % 60)
    fields: dict[str, Any] = {
        field: when.day,
        f"{field}_time": at,
        f"{field}_period": when.period,
        f"{field}_minutes": when.minutes,
    }
    planned: PlannedDates = cycle.planned.changed(**fields)
    return cycle.changed(planned=planned)


def _with_lesson(cycle: Cycle, day: date) -> Cycle:
    step = cycle.action_step
    if step is None or not step.is_open:
        raise ValueError("only the lesson of an open action step moves")
    lesson = step.lesson or UpcomingLesson(date=day)
    if cycle.meeting is not None and day < cycle.meeting.date:
        raise ValueError(f"the lesson ({day}) comes before the meeting ({cycle.meeting.date})")
    return cycle.changed(action_step=step.changed(lesson=lesson.changed(date=day)))
