"""What importing a roster would do, row by row, before anything is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from coach_tui.domain.enumerations import CoacheeKind, CoacheeState
from coach_tui.domain.records import Coachee
from coach_tui.exchange.column_names import RosterField
from coach_tui.exchange.columns import (
    ColumnMapping,
    choose_columns,
    column_name,
    guess_columns,
    header_score,
)
from coach_tui.exchange.errors import ExchangeError, quoted, shortened
from coach_tui.exchange.files import FilePath, extension_of, read_file, shown_path
from coach_tui.exchange.people import folded, folded_name
from coach_tui.exchange.recognition import Ambiguous, Entry, KnownPeople
from coach_tui.exchange.roster_plan import Add, Bad, Change, Outcome, RosterPlan, Skip
from coach_tui.exchange.roster_rows import Person, broken_rules, new_coachee, read_row
from coach_tui.exchange.tables import Table, table_from_bytes

__all__ = [
    "Add",
    "Bad",
    "Change",
    "ColumnMapping",
    "Outcome",
    "RosterField",
    "RosterPlan",
    "Skip",
    "choose_columns",
    "guess_columns",
    "plan_import",
    "read_roster",
    "roster_from_bytes",
]


def read_roster(
    path: FilePath, *, sheet: str | None = None, overrides: Mapping[str, str] | None = None
) -> Table:
    """Read the roster at `path`; its header is the row that names the columns of a roster.

    `overrides` are those of `choose_columns`. Raises `ExchangeError`.
    """
    return roster_from_bytes(
        read_file(path),
        name=shown_path(path),
        extension=extension_of(path),
        sheet=sheet,
        overrides=overrides,
    )


def roster_from_bytes(
    content: bytes,
    *,
    name: str = "The file",
    extension: str = "",
    sheet: str | None = None,
    overrides: Mapping[str, str] | None = None,
) -> Table:
    """Read a roster from a file's content, as from standard input. Raises `ExchangeError`."""
    named = {folded(column) for column in (overrides or {}).values() if column.strip()}

    def score(cells: Sequence[str]) -> int:
        known = header_score(cells)
        return known + len(named & {folded(cell) for cell in cells})

    return table_from_bytes(content, name=name, extension=extension, sheet=sheet, score=score)


def plan_import(
    table: Table,
    columns: ColumnMapping,
    existing: Sequence[Coachee],
    *,
    new_id: Callable[[], str],
    now: datetime,
) -> RosterPlan:
    """Say what importing `table` would do to the caseload `existing`.

    `columns` come from `guess_columns` or `choose_columns`; `new_id` makes an id for each coachee
    that is added; `now` is their time. Importing the same table again adds and changes nothing.
    Raises `ExchangeError` when no column holds a name.
    """
    if not columns.has_name:
        there = ", ".join(
            quoted(column_name(columns.header, place), 30)
            for place in range(len(columns.header))[:20]
        )
        raise ExchangeError(
            f"No column is known to hold the names: there is {there}. "
            "Say which column is the name, or rename it to Name."
        )
    outcomes: dict[int, Outcome] = {}
    people = []
    for row in table.rows:
        read = read_row(row, columns, now)
        if isinstance(read, Person):
            people.append(read)
        else:
            outcomes[row.line_number] = read
    known = KnownPeople(existing, (person.key for person in people))
    planner = _Planner(known, new_id, now)
    outcomes |= planner.plan(people)
    return RosterPlan(tuple(outcomes[row.line_number] for row in table.rows), columns)


@dataclass(frozen=True)
class _Group:
    """The rows of a file that one key shows to be about one person, the first of them in front."""

    person: Person
    again: tuple[Person, ...] = ()
    others_with_its_key: tuple[Person, ...] = ()


class _Planner:
    """Places rows one after another, each on the caseload as the rows before it left it."""

    def __init__(self, known: KnownPeople, new_id: Callable[[], str], now: datetime) -> None:
        self._known, self._new_id, self._now = known, new_id, now
        self._outcomes: dict[int, Outcome] = {}

    def plan(self, people: Sequence[Person]) -> dict[int, Outcome]:
        """Return the outcome of each row by its line number.

        Rows are placed from the surest to the least sure: those that a key recognises, those that
        bring a new key, those with a building, and the rest. So the order in which they stand in
        the file decides as little as can be, and a second import finds everybody where the first
        one left them.
        """
        waves: tuple[list[_Group], ...] = ([], [], [], [])
        for group in _groups(people):
            waves[self._wave(group.person)].append(group)
        for wave in waves:
            self._place_all(wave)
        return self._outcomes

    def _wave(self, person: Person) -> int:
        if person.key:
            return 0 if self._known.has_key(person.key) else 1
        return 2 if person.building else 3

    def _place_all(self, wave: Sequence[_Group]) -> None:
        """Place each group; what is unclear is tried again as long as others make it clearer."""
        waiting = list(wave)
        while waiting:
            unclear = [group for group in waiting if not self._place(group)]
            if len(unclear) == len(waiting):
                return
            waiting = unclear

    def _place(self, group: _Group) -> bool:
        person = group.person
        line_number = person.line_number
        for other in group.others_with_its_key:
            why = f"line {line_number} has the same key and another name"
            self._outcomes[other.line_number] = Bad(other.line_number, other.name, why)
        try:
            entry = self._known.find(person.name, person.building, person.key)
        except Ambiguous as error:
            self._outcomes[line_number] = _unclear(person, error)
            for row in group.again:
                why = f"twice in this file: line {line_number}, which is unclear"
                self._outcomes[row.line_number] = Bad(row.line_number, row.name, why)
            return False
        if entry is None:
            entry = self._add(person)
        elif entry.line_number is None:
            self._change(person, entry)
        else:
            self._outcomes[line_number] = _twice(person, entry)
        for row in group.again:
            self._outcomes[row.line_number] = _twice(row, entry)
        return True

    def _add(self, person: Person) -> Entry:
        coachee = new_coachee(person, self._new_id(), self._now)
        self._outcomes[person.line_number] = Add(person.line_number, coachee)
        return self._known.add(coachee, person.line_number)

    def _change(self, person: Person, entry: Entry) -> None:
        entry.line_number = person.line_number
        self._outcomes[person.line_number] = self._changed(person, entry)

    def _changed(self, person: Person, entry: Entry) -> Change | Skip | Bad:
        before = entry.coachee
        news = _news(before, person)
        if not news:
            return Skip(person.line_number, before.name, _nothing_new(before))
        try:
            after = before.changed(**news, updated_at=max(self._now, before.updated_at))
        except ValidationError as error:
            return Bad(person.line_number, person.name, broken_rules(error))
        self._known.replace(entry, after)
        return Change(person.line_number, before, after, tuple(news))


def _groups(people: Sequence[Person]) -> list[_Group]:
    by_key: dict[str, list[Person]] = {}
    for person in people:
        own = person.key.casefold() or f"\n{person.line_number}"
        by_key.setdefault(own, []).append(person)
    groups = []
    for first, *more in by_key.values():
        name = folded_name(first.name)
        again = tuple(row for row in more if folded_name(row.name) == name)
        others = tuple(row for row in more if folded_name(row.name) != name)
        building = next((row.building for row in (first, *again) if row.building), "")
        groups.append(_Group(first.with_building(building), again, others))
    return groups


def _twice(person: Person, entry: Entry) -> Skip:
    why = f"twice in this file: line {entry.line_number}"
    left_out = ", ".join(name.replace("_", " ") for name in _news(entry.coachee, person))
    if left_out:
        why += f"; not taken from this line: {left_out}"
    return Skip(person.line_number, person.name, why)


def _unclear(person: Person, error: Ambiguous) -> Bad:
    could_be = " or ".join(_shown(coachee) for coachee in error.candidates)
    why = f"could be {could_be}: give the building or the key of one"
    return Bad(person.line_number, person.name, why)


def _news(before: Coachee, person: Person) -> dict[str, Any]:
    """Return the fields that the row would change.

    A name or a building that is spelled a little differently is not news; a note of the coach's
    own is never written over; and who has members is a team.
    """
    values = dict(person.values)
    if "members" in values:
        values["kind"] = CoacheeKind.TEAM
    elif before.members:
        values.pop("kind", None)
    return {
        name: value
        for name, value in values.items()
        if not _is_same(name, getattr(before, name), value)
    }


def _is_same(name: str, old: Any, new: Any) -> bool:
    if name == "name":
        return folded_name(old) == folded_name(new)
    if name == "building":
        return folded(old) == folded(new)
    if name == "key":
        return bool(old.strip().casefold() == new.casefold())
    return old == new or (name == "note" and bool(old.strip()))


def _nothing_new(coachee: Coachee) -> str:
    states = (CoacheeState.PAUSED, CoacheeState.RELEASED, CoacheeState.CLOSED)
    state = f" ({coachee.state.value})" if coachee.state in states else ""
    return f"already on the caseload{state}, nothing new"


def _shown(coachee: Coachee) -> str:
    details = [shortened(part, 30) for part in (coachee.building, coachee.key) if part.strip()]
    where = ", ".join(details) or "no building"
    return f"{shortened(coachee.name)} ({where})"
