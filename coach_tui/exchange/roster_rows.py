"""One row of a roster: whom it is about and what it says of them, or why it is about nobody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from coach_tui.domain.enumerations import CoacheeKind
from coach_tui.domain.records import Coachee
from coach_tui.exchange.column_names import RosterField
from coach_tui.exchange.columns import ColumnMapping
from coach_tui.exchange.errors import quoted
from coach_tui.exchange.people import turned
from coach_tui.exchange.roster_plan import Bad, Skip
from coach_tui.exchange.tables import TableRow
from coach_tui.exchange.values import UnknownValue, read_value

_TOTALS = re.compile(
    r"(?:grand )?(?:total|totals|subtotal|count)(?: (?:teachers|educators|staff|rows|records))?"
    r"(?: ?:? ?[\d.,]+)?"
)
_PRINTED = re.compile(
    r"(?:page|printed|generated|exported|report (?:date|run|generated)|run date|as of)\b.*\d.*"
)
_NUMBER = re.compile(r"[\d.,\s%-]+")
_NAME_FIELDS = (RosterField.NAME, RosterField.FIRST_NAME, RosterField.LAST_NAME)


@dataclass(frozen=True)
class Person:
    """A usable row: whom it is about, and the values of the record's fields that it gives."""

    line_number: int
    values: dict[str, Any] = field(repr=False)

    @property
    def name(self) -> str:
        """Whom the row is about."""
        return str(self.values["name"])

    @property
    def building(self) -> str:
        """The building the row gives, or nothing."""
        return str(self.values.get("building", ""))

    @property
    def key(self) -> str:
        """The key the row gives, or nothing."""
        return str(self.values.get("key", ""))

    def with_building(self, building: str) -> Person:
        """Return this row with a building, where it gives none itself."""
        if self.building or not building:
            return self
        return Person(self.line_number, {**self.values, "building": building})


def read_row(row: TableRow, columns: ColumnMapping, now: datetime) -> Person | Skip | Bad:
    """Read one row of a roster, or say why it is about nobody or cannot be taken."""
    cells = columns.cells(row.cells)
    name = _name(cells)
    if row.problem:
        return Bad(row.line_number, name, row.problem)
    no_person = _no_person(row, columns, cells, name)
    if no_person:
        return Skip(row.line_number, name, no_person)
    if not name:
        return Bad(row.line_number, name, "no name")
    values: dict[str, Any] = {}
    for roster_field, cell in cells.items():
        if roster_field in _NAME_FIELDS:
            continue
        try:
            value = read_value(roster_field, cell)
        except UnknownValue as error:
            column = quoted(columns.used[roster_field])
            return Bad(row.line_number, name, f"{column}: {error}")
        if value != ():
            values[roster_field.value] = value
    is_person = values.get("kind") is not CoacheeKind.TEAM and "members" not in values
    values["name"] = turned(name) if is_person else name
    person = Person(row.line_number, values)
    try:
        new_coachee(person, "check", now)
    except ValidationError as error:
        return Bad(row.line_number, name, broken_rules(error))
    return person


def _name(cells: Mapping[RosterField, str]) -> str:
    whole = cells.get(RosterField.NAME, "").strip()
    parts = (cells.get(RosterField.FIRST_NAME, ""), cells.get(RosterField.LAST_NAME, ""))
    return whole or " ".join(part.strip() for part in parts if part.strip())


def _no_person(
    row: TableRow, columns: ColumnMapping, cells: Mapping[RosterField, str], name: str
) -> str:
    """Say why a row is not about anybody: the header again, or a line at the foot of a report."""
    pairs = zip(row.cells, columns.header, strict=True)
    if all(" ".join(cell.split()).casefold() == title.casefold() for cell, title in pairs):
        return "the header again"
    others = [cell for roster_field, cell in cells.items() if roster_field not in _NAME_FIELDS]
    if not all(_NUMBER.fullmatch(cell) for cell in others):
        return ""
    words = " ".join(name.casefold().replace(":", " : ").split()).replace(" :", ":")
    if _TOTALS.fullmatch(words.rstrip(": ")):
        return "a line of totals, not a person"
    if not others and _PRINTED.fullmatch(words):
        return "a line about the report, not a person"
    return ""


def new_coachee(person: Person, id: str, now: datetime) -> Coachee:
    """Return the coachee that a row describes. Raises `pydantic.ValidationError`."""
    kind = CoacheeKind.TEAM if "members" in person.values else CoacheeKind.EDUCATOR
    identity = {"id": id, "created_at": now, "updated_at": now}
    return Coachee.model_validate({"kind": kind, **person.values, **identity})


def broken_rules(error: ValidationError) -> str:
    """Return which rules of a record were broken, in one line."""
    reasons = []
    for problem in error.errors(include_url=False, include_input=False, include_context=False):
        where = " ".join(str(part).replace("_", " ") for part in problem["loc"][:1])
        why = problem["msg"].removeprefix("Value error, ")
        reasons.append(f"{where}: {why}" if where else why)
    return "; ".join(reasons)
