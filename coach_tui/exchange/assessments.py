"""Self-assessments (SAPP) from a table: one row a person, or a row a person and function.

Columns: who (a name or roster id), window, optionally date and note, and either a column for each
essential function (its key or title) or the two columns function and level.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from coach_tui.domain.enumerations import AssessmentWindow
from coach_tui.domain.names import plain
from coach_tui.domain.records import EssentialFunction, PracticeProfile
from coach_tui.exchange.errors import ExchangeError, quoted
from coach_tui.exchange.tables import Table, TableRow

_WHO = ("who", "name", "teacher", "educator", "team", "teacher or team", "id", "key")
_WINDOW = ("window", "time", "when", "administration")
_DATE = ("date", "day", "completed", "completed on")
_NOTE = ("note", "comment", "comments", "notes")
_FUNCTION = ("function", "essential function", "ef")
_LEVEL = ("level", "rating", "response")
_NOT = ("", "not looked at", "n a", "na", "none")
_MOST_REFUSED = 200


@dataclass(frozen=True)
class AssessmentRow:
    """One person's assessment as it would be saved; `levels` by the key of their function."""

    line_number: int
    coachee: str
    window: AssessmentWindow
    day: date
    levels: dict[str, str | None] = field(repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True)
class AssessmentPlan:
    """What an import would do: the rows that can be taken, and why others cannot, by line."""

    rows: tuple[AssessmentRow, ...]
    refused: tuple[tuple[int, str], ...] = ()


@dataclass
class _Columns:
    """Which column is what, by its place."""

    who: int
    window: int
    day: int | None
    note: int | None
    functions: dict[int, str]
    function: int | None
    level: int | None


def plan_assessments(
    table: Table, profile: PracticeProfile, people: Mapping[str, Sequence[str]], today: date
) -> AssessmentPlan:
    """Say what importing `table` would do.

    `people` holds ids by folded name or roster id. A row that names nobody, or two, and a level
    the profile does not have, are refused by line. Raises `ExchangeError` when columns are missing.
    """
    columns = _columns(table.header, profile)
    found: dict[tuple[str, AssessmentWindow, date], AssessmentRow] = {}
    refused: list[tuple[int, str]] = []
    for row in table.rows:
        try:
            one = _row(row, columns, profile, people, today)
        except ValueError as error:
            if len(refused) < _MOST_REFUSED:
                refused.append((row.line_number, str(error)))
            continue
        key = (one.coachee, one.window, one.day)
        before = found.get(key)
        if before is not None:
            note = " ".join(part for part in (before.note, one.note) if part)
            levels = {**before.levels, **one.levels}
            one = AssessmentRow(before.line_number, *key, levels, note)
        found[key] = one
    rows = [row for row in found.values() if any(row.levels.values())]
    return AssessmentPlan(tuple(rows), tuple(refused))


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", text.casefold()).split())


def _columns(header: Sequence[str], profile: PracticeProfile) -> _Columns:
    names = [_folded(name) for name in header]

    def place(known: Sequence[str]) -> int | None:
        return next((names.index(one) for one in known if one in names), None)

    who, window = place(_WHO), place(_WINDOW)
    functions = {}
    for index, name in enumerate(names):
        named = _function(name, profile.functions)
        if named is not None and index not in (who, window):
            functions[index] = named.key
    function, level = place(_FUNCTION), place(_LEVEL)
    if who is None:
        raise ExchangeError("The table has no column for who it is: call one name, or id.")
    if window is None:
        raise ExchangeError("The table has no column window: baseline, interim or end.")
    if not functions and (function is None or level is None):
        known = ", ".join(one.key for one in profile.functions)
        raise ExchangeError(
            f"The table has no column for an essential function ({known}), "
            "nor the two columns function and level."
        )
    return _Columns(who, window, place(_DATE), place(_NOTE), functions, function, level)


def _function(name: str, functions: Sequence[EssentialFunction]) -> EssentialFunction | None:
    """Return the function that a folded name is the key, the title or the number of."""
    for number, function in enumerate(functions, 1):
        title = _folded(function.title)
        spellings = (_folded(function.key), title, f"ef{number}", f"ef {number}")
        if name in spellings or name == f"{number} {title}":
            return function
    return None


def _row(
    row: TableRow,
    columns: _Columns,
    profile: PracticeProfile,
    people: Mapping[str, Sequence[str]],
    today: date,
) -> AssessmentRow:
    if row.problem:
        raise ValueError(row.problem)
    cells = row.cells
    called = " ".join(cells[columns.who].casefold().split())
    ids = set(people.get(called) or people.get(plain(called), ()))
    if len(ids) != 1:
        said = "nobody on the caseload is called" if not ids else "two or more are called"
        raise ValueError(f"{said} {quoted(cells[columns.who])}")
    return AssessmentRow(
        row.line_number,
        ids.pop(),
        _window(cells[columns.window]),
        _day(cells[columns.day] if columns.day is not None else "", today),
        _levels(cells, columns, profile),
        cells[columns.note].strip() if columns.note is not None else "",
    )


def _window(text: str) -> AssessmentWindow:
    try:
        return AssessmentWindow(_folded(text))
    except ValueError:
        raise ValueError(f"the window is baseline, interim or end, not {quoted(text)}") from None


def _day(text: str, today: date) -> date:
    words = text.strip()
    if not words:
        return today
    try:
        if "/" in words:
            month, day, year = (int(part) for part in words.split("/"))
            found = date(year + 2000 if year < 100 else year, month, day)
        else:
            found = date.fromisoformat(words[:10])
    except ValueError:
        raise ValueError(f"{quoted(text)} is no date: write 2026-09-15 or 9/15/2026") from None
    if found > today:
        raise ValueError(f"the date {found} is to come")
    return found


def _levels(
    cells: Sequence[str], columns: _Columns, profile: PracticeProfile
) -> dict[str, str | None]:
    if columns.functions:
        named = {key: cells[index] for index, key in columns.functions.items()}
    else:
        assert columns.function is not None  # the columns were checked
        assert columns.level is not None
        function = _function(_folded(cells[columns.function]), profile.functions)
        if function is None:
            raise ValueError(
                f"{quoted(cells[columns.function])} is no essential function of the profile"
            )
        named = {function.key: cells[columns.level]}
    return {key: _level(text, profile) for key, text in named.items()}


def _level(text: str, profile: PracticeProfile) -> str | None:
    words = _folded(text)
    if words in _NOT:
        return None
    for number, level in enumerate(profile.levels, 1):
        name = _folded(level.name)
        if words in (name, f"{number} {name}"):
            return level.name
    known = ", ".join(level.name for level in profile.levels)
    raise ValueError(f"{quoted(text)} is no level of the profile: {known}, or nothing")
