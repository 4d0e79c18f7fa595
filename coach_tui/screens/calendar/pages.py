"""The days as the grids want them: cells of a month, columns of a week, rows of an agenda."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from rich.text import Text

from coach_tui.coaching.caseload import Caseload
from coach_tui.coaching.planning.days import Days
from coach_tui.domain.planning.appointments import Appointment
from coach_tui.domain.statuses import DueState, OwedKind
from coach_tui.presentation.calendar.month import WEEKS, Cell, first_shown
from coach_tui.presentation.calendar.signs import glyph, standing_words, time_words, title
from coach_tui.presentation.calendar.week import week_days
from coach_tui.presentation.dates import full, relative
from coach_tui.presentation.statuses import due_sentence, owed_sentence
from coach_tui.presentation.text import visible
from coach_tui.widgets.literal import literal
from coach_tui.widgets.week_grid import Column

AGENDA_DAYS = 42
"""Days that the agenda lists."""

OWED, DAY = "owed", "day"

Row = tuple[str, tuple[Text, ...]]


def taught(days: Days) -> list[bool]:
    """Return for each weekday whether school is held on it."""
    calendar = days.calendar
    weekdays = (0, 1, 2, 3, 4) if calendar is None else calendar.weekdays
    return [n in weekdays for n in range(7)]


def label_of(days: Days, day: date) -> str:
    """Return what a day without lessons, or with fewer, is called."""
    surroundings = days.surroundings
    if day in surroundings.names_off:
        return surroundings.names_off[day] or "day off"
    return "early release" if day in surroundings.early else ""


def month_cells(days: Days, cursor: date) -> list[Cell]:
    """Return the six weeks around the month of `cursor`."""
    first, weekdays = first_shown(cursor), taught(days)
    return [
        Cell(
            day,
            day.month == cursor.month,
            day in days.surroundings.school_days,
            label_of(days, day) if weekdays[day.weekday()] else "",
            days.on(day),
        )
        for day in (first + timedelta(days=n) for n in range(7 * WEEKS))
    ]


def week_columns(days: Days, cursor: date) -> list[Column]:
    """Return the days of the week of `cursor`, with what takes the coach's time elsewhere."""
    shown = week_days(cursor, taught(days), lambda day: bool(days.on(day)))
    return [
        Column(
            day,
            day in days.surroundings.school_days,
            label_of(days, day),
            week_entries(days, day),
        )
        for day in shown
    ]


def week_entries(days: Days, day: date) -> list[Appointment]:
    """Return what stands on a day, and what other calendars take of it."""
    return [*days.on(day), *(one for one in days.busy if one.day == day)]


def buildings_of(days: Days, entries: Iterable[Appointment]) -> list[str]:
    """Return the buildings to show a week in: those of its entries, the busiest first."""
    counts: dict[str, int] = {}
    for one in entries:
        if one.building:
            counts[one.building] = counts.get(one.building, 0) + 1
    known = days.surroundings.bells.buildings()
    found = sorted(counts, key=lambda name: (-counts[name], name))
    return [*found, *(name for name in known if name not in counts)] or [""]


def agenda_rows(days: Days, caseload: Caseload | None, first: date) -> list[Row]:
    """Return what is owed, then the days from `first` on that hold anything, each with a heading.

    Keys are `owed/<coachee>/<n>`, `day/<date>`, and the key of an entry.
    """
    rows = list(_owed_rows(caseload, days.today)) if first <= days.today else []
    for n in range(AGENDA_DAYS):
        day = first + timedelta(days=n)
        entries, label = days.on(day), label_of(days, day)
        if not entries and not label and day != first:
            continue
        away = relative(day, days.today) if abs((day - days.today).days) <= 14 else ""
        heading = " · ".join(part for part in (full(day), away, visible(label)) if part)
        rows.append((f"{DAY}/{day.isoformat()}", _cells(literal(heading, "bold"))))
        rows += [_entry_row(days, one) for one in entries]
    return rows


def _cells(first: Text) -> tuple[Text, ...]:
    return (first,)


def _entry_row(days: Days, one: Appointment) -> Row:
    about = (standing_words(one), visible(one.period), visible(one.building))
    words = " · ".join((title(one, days.name(one.person)), *filter(None, about)))
    when = time_words(one)
    style = "italic dim" if one.standing.value == "ghost" else ""
    return one.key, _cells(literal(f"  {glyph(one)} {when:12} {words}", style))


def _owed_rows(caseload: Caseload | None, today: date) -> Iterator[Row]:
    """Yield a heading and a line for everyone who is overdue, or owed feedback or a check back."""
    pressing = (OwedKind.RUNNING, OwedKind.FEEDBACK, OwedKind.CHECK_BACK)
    found: list[Row] = []
    for row in caseload.rows if caseload is not None else ():
        facts = row.facts
        words = [owed_sentence(one) for one in row.owed if one.kind in pressing]
        if row.due.state is DueState.OVERDUE:
            words.insert(0, due_sentence(row.due, today))
        found += [
            (f"{OWED}/{facts.id}/{n}", _cells(literal(f"  ! {visible(facts.name)}: {line}")))
            for n, line in enumerate(words)
        ]
    if found:
        yield f"{DAY}/{today.isoformat()}/{OWED}", _cells(literal("Owed now", "bold"))
        yield from found


def day_of(key: str) -> date | None:
    """Return the day that a row of the agenda is about, None for what is owed."""
    parts: Sequence[str] = key.split("/")
    if parts[0] == OWED or parts[-1] == OWED:
        return None
    return date.fromisoformat(parts[-1])
