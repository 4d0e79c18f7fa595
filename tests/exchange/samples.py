"""Files and records that the tests of this folder share."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from openpyxl import Workbook

from coach_tui.domain.records import Coachee
from coach_tui.exchange.columns import choose_columns
from coach_tui.exchange.errors import ExchangeError
from coach_tui.exchange.roster import plan_import, roster_from_bytes
from coach_tui.exchange.roster_plan import RosterPlan
from coach_tui.exchange.tables import Table

Read = TypeVar("Read")

NOW = datetime(2026, 8, 24, 13, 0, tzinfo=UTC)
LATER = datetime(2026, 9, 1, 13, 0, tzinfo=UTC)

FIRST_NAMES = ("Ana", "Beatriz", "Chloé", "DeShawn", "Eoin", "Fatima", "Grace", "Hùng")
LAST_NAMES = ("O’Neil", "García Márquez", "Smith-Jones", "Nguyễn", "Łukasz")
FORTY_HEADER = (
    "Employee ID", "Last Name", "First Name", "School", "Rm #", "Grade(s)", "Subject(s)",
    "Period(s)", "Frequency", "Delivery", "Hire Date", "Notes",
)  # fmt: skip


def ids() -> Callable[[], str]:
    """Return a maker of ids that are the same in every run."""
    numbers = itertools.count(1)
    return lambda: f"id-{next(numbers):06d}"


def read_or_refused(read: Callable[[], Read]) -> Read | None:
    """Return what is read, or None where it was refused with the one error, in one line."""
    try:
        return read()
    except ExchangeError as error:
        if "\n" in str(error) or not str(error):
            raise AssertionError("a refusal is one line") from error
        return None


def coachee(id: str, name: str, **fields: object) -> Coachee:
    """Make a stored coachee."""
    own = {"id": id, "name": name, "created_at": NOW, "updated_at": NOW, "revision": 7}
    return Coachee.model_validate(own | fields)


def roster(text: str | bytes, **options: str) -> Table:
    """Read a roster from its text."""
    content = text.encode() if isinstance(text, str) else text
    return roster_from_bytes(content, **options)  # type: ignore[arg-type]


def planned(
    text: str | Table,
    existing: Iterable[Coachee] = (),
    *,
    overrides: Mapping[str, str] | None = None,
    new_id: Callable[[], str] | None = None,
    now: datetime = LATER,
) -> RosterPlan:
    """Plan the import of a roster."""
    table = text if isinstance(text, Table) else roster(text)
    columns = choose_columns(table.header, overrides or {})
    return plan_import(table, columns, tuple(existing), new_id=new_id or ids(), now=now)


def saved(existing: Iterable[Coachee], plan: RosterPlan) -> tuple[Coachee, ...]:
    """Return the caseload after the plan's records were saved."""
    after = {one.id: one for one in existing}
    after |= {one.id: one for one in plan.records()}
    return tuple(after.values())


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Write an XLSX file with openpyxl: rows of values for each sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def forty_teachers() -> list[tuple[str, ...]]:
    """Return 40 rows under `FORTY_HEADER`, each another teacher."""
    names = itertools.product(FIRST_NAMES, LAST_NAMES)
    return [
        (
            f"{10_000 + number}", last, first, ("Oak Elementary", "Elm Middle")[number % 2],
            f"{100 + number}", ("K-2", "3-5", "6-8")[number % 3],
            ("Math; Science", "ELA/Reading", "Art")[number % 3], ("1, 3", "2", "")[number % 3],
            ("Weekly", "Bi-weekly", "Monthly")[number % 3],
            ("In Person", "Virtual", "Hybrid")[number % 3], "8/15/2019",
            ('said "hello", then left', "", "first line\nsecond line")[number % 3],
        )
        for number, (first, last) in enumerate(names)
    ]  # fmt: skip


def as_exported(rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """Write rows as a spreadsheet program does: quotes where needed, Windows line ends."""
    return "".join(delimiter.join(_cell(cell, delimiter) for cell in row) + "\r\n" for row in rows)


def _cell(cell: str, delimiter: str) -> str:
    if any(mark in cell for mark in (delimiter, '"', "\n")):
        return '"' + cell.replace('"', '""') + '"'
    return cell
