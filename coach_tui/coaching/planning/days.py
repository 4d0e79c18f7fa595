"""What stands on which day, kept in step with the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from coach_tui.coaching.clock import Clock, today
from coach_tui.domain.facts import CoacheeFacts
from coach_tui.domain.planning.appointments import Appointment, in_order
from coach_tui.domain.planning.bells import Bells
from coach_tui.domain.planning.conflicts import Surroundings
from coach_tui.domain.planning.entries import of_contact, of_cycle, of_observation
from coach_tui.domain.planning.ghosts import ghosts
from coach_tui.domain.records import Coach, Coachee, Contact, Cycle, Observation, SchoolCalendar
from coach_tui.domain.school_days import SchoolDays
from coach_tui.domain.statuses import Rules
from coach_tui.store.engine import Change, Document
from coach_tui.store.errors import ChangesForgotten
from coach_tui.store.records import RecordStore

_AHEAD = timedelta(days=400)
"""How far other responsibilities are laid out where no school year says how far."""

Place = tuple[str, str]
"""The table and id of a record."""


@dataclass(frozen=True)
class Days:
    """Every day as it stands at one sequence of the store, for the screens; never changed.

    `by_day` holds the entries of a day in order, ghosts included; `people` the coachees as they are
    stored, by id; `hours` what the coach has for coaching in a week; `trouble` why her busy times
    could not be read.
    """

    sequence: int
    today: date
    now: int
    surroundings: Surroundings
    people: Mapping[str, Document]
    facts: Mapping[str, CoacheeFacts]
    by_day: Mapping[date, list[Appointment]]
    calendar: SchoolCalendar | None
    hours: float | None
    busy: tuple[Appointment, ...] = ()
    trouble: str = ""

    def on(self, day: date) -> list[Appointment]:
        """Return the entries of a day, by time."""
        return self.by_day.get(day, [])

    def between(self, first: date, last: date) -> list[Appointment]:
        """Return the entries from `first` to `last`, by day and time."""
        count = (last - first).days + 1
        return [one for n in range(count) for one in self.on(first + timedelta(days=n))]

    def taken(self, first: date, last: date) -> list[Appointment]:
        """Return what takes the coach's time in these days: entries that are no ghosts, and busy
        times.
        """
        planned = [one for one in self.between(first, last) if one.standing.value != "ghost"]
        return [*planned, *(one for one in self.busy if first <= one.day <= last)]

    def name(self, person: str) -> str:
        """Return the name of a coachee; empty for the coach's own entries."""
        document = self.people.get(person)
        return "" if document is None else str(document["name"])

    def find(self, key: str) -> Appointment | None:
        """Return the entry with this key, None when there is none."""
        try:
            day = date.fromisoformat(key.rpartition("/")[2])
        except ValueError:
            return None
        return next((one for one in self.on(day) if one.key == key), None)

    def is_entry(self, key: str) -> bool:
        """Whether there is an entry with this key."""
        return self.find(key) is not None


class DayBook:
    """Follows the store: after a change only the entries of what it touched are made anew."""

    def __init__(self, store: RecordStore, clock: Clock, rules: Rules) -> None:
        """Read from `store`; nothing is read before the first question."""
        self._store, self._clock, self._rules = store, clock, rules
        self._sequence = -1
        self._days: Days | None = None
        self._people: dict[str, Document] = {}
        self._cycles: dict[str, Document] = {}
        self._visits: dict[str, Document] = {}
        self._contacts: dict[str, Document] = {}
        self._entries: dict[Place, list[Appointment]] = {}

    def days(self, busy: Iterable[Appointment] = (), trouble: str = "") -> Days:
        """Return the days as they stand now."""
        here = today(self._clock)
        local = self._clock.local(self._clock.now())
        now = local.hour * 60 + local.minute
        held = tuple(busy)
        if self._days is None or self._sequence != self._store.sequence:
            self._follow()
        elif (self._days.today, self._days.busy) == (here, held):
            self._days = replace(self._days, now=now, trouble=trouble)
            return self._days
        self._days = replace(self._laid_out(here, now, held), trouble=trouble)
        return self._days

    def _follow(self) -> None:
        sequence = self._store.sequence
        changes: list[Change] | None = None
        if self._sequence >= 0:
            try:
                changes = self._store.changes(self._sequence)
            except ChangesForgotten:
                changes = None
        if changes is None:
            self._read_all()
        else:
            self._take(changes)
        self._sequence = sequence

    def _read_all(self) -> None:
        self._people, self._cycles, self._visits, self._contacts = (
            {str(one["id"]): one for one in self._store.documents(kind)}
            for kind in (Coachee, Cycle, Observation, Contact)
        )
        self._entries = {}
        begun = self._begun()
        for id in self._cycles:
            self._enter_cycle(id, begun)
        for id in self._visits:
            self._enter_visit(id)

    def _begun(self) -> set[Any]:
        return {one["cycle"] for one in self._visits.values() if not one.get("quick_notes")}

    def _take(self, changes: list[Change]) -> None:
        """Take in what changed; a coachee's building and a visit's cycle reach into others."""
        cycles: set[str] = set()
        for change in changes:
            kept = {
                Coachee.table: self._people,
                Cycle.table: self._cycles,
                Observation.table: self._visits,
                Contact.table: self._contacts,
            }.get(change.table)
            if kept is None:
                continue
            if change.after is None:
                kept.pop(change.id, None)
            else:
                kept[change.id] = change.after
            if change.table == Cycle.table:
                cycles.add(change.id)
            if change.table == Observation.table:
                self._enter_visit(change.id)
                documents = (change.before, change.after)
                cycles |= {str(one["cycle"]) for one in documents if one and one["cycle"]}
            if change.table == Coachee.table:
                of_them = self._cycles.items()
                cycles |= {id for id, one in of_them if one["coachee"] == change.id}
        begun = self._begun() if cycles else set()
        for id in cycles:
            self._enter_cycle(id, begun)

    def _enter_cycle(self, id: str, begun: set[Any]) -> None:
        document = self._cycles.get(id)
        if document is None:
            self._entries.pop((Cycle.table, id), None)
            return
        entries = list(of_cycle(document, id in begun, names=self._people))
        self._entries[Cycle.table, id] = entries

    def _enter_visit(self, id: str) -> None:
        self._entries.pop((Observation.table, id), None)
        document = self._visits.get(id)
        if document is None:
            return
        local = self._clock.local(datetime.fromisoformat(document["start"]))
        entry = of_observation(document, local.hour * 60 + local.minute)
        if entry is not None:
            self._entries[Observation.table, id] = [entry]

    def _laid_out(self, here: date, now: int, busy: tuple[Appointment, ...]) -> Days:
        calendar = next(iter(self._store.all(SchoolCalendar)), None)
        coach = next(iter(self._store.all(Coach)), None)
        if calendar is None:
            surroundings = Surroundings(SchoolDays(here, here, (), ()), Bells())
        else:
            surroundings = calendar.surroundings()
        facts = {one.id: one for one in self._store.facts()}
        by_day: dict[date, list[Appointment]] = {}
        for one in (
            *(entry for entries in self._entries.values() for entry in entries),
            *self._own(surroundings.school_days, here),
            *self._ghosts(facts.values(), surroundings.school_days, here),
        ):
            by_day.setdefault(one.day, []).append(one)
        return Days(
            sequence=self._sequence,
            today=here,
            now=now,
            surroundings=surroundings,
            people=dict(self._people),
            facts=facts,
            by_day={day: in_order(entries, self._name) for day, entries in by_day.items()},
            calendar=calendar,
            hours=None if coach is None else coach.weekly_hours,
            busy=busy,
        )

    def _name(self, person: str) -> str:
        document = self._people.get(person)
        return "" if document is None else str(document["name"])

    def _own(self, school_days: SchoolDays, here: date) -> Iterable[Appointment]:
        """Yield the coach's own entries; those that repeat, only on school days."""
        first = min(school_days.first, here)
        last = max(school_days.last, here + _AHEAD if len(school_days) == 0 else here)
        for document in self._contacts.values():
            if not document.get("weekdays"):
                yield from of_contact(document, date.min, date.max)
                continue
            for one in of_contact(document, first, last):
                if one.day in school_days:
                    yield one

    def _ghosts(
        self, facts: Iterable[CoacheeFacts], school_days: SchoolDays, here: date
    ) -> Iterable[Appointment]:
        if not school_days.first <= here <= school_days.last:
            return
        for one in facts:
            yield from ghosts(one, school_days, here, school_days.last, self._rules)
