"""A week: the bells' periods by days, what is planned in each, and what is free."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from rich.segment import Segment
from rich.style import Style

from coach_tui.domain.planning.appointments import Appointment, Standing
from coach_tui.presentation.calendar.month import label_rows
from coach_tui.presentation.calendar.week import Row, cell_words, is_free, row_of
from coach_tui.presentation.dates import MONTHS, WEEKDAYS
from coach_tui.presentation.text import cut, width
from coach_tui.widgets.day_grid import DayGrid, filled

LABEL = 15
"""Columns for the name of a period and its times."""

MOST_ROWS = 4


class Column:
    """A day of the week: whether school is held, what it is called, and its entries."""

    __slots__ = ("day", "entries", "is_school", "label")

    def __init__(
        self, day: date, is_school: bool, label: str, entries: Sequence[Appointment]
    ) -> None:
        """Hold the values."""
        self.day, self.is_school, self.label, self.entries = day, is_school, label, entries


class WeekGrid(DayGrid):
    """Rows of periods, columns of days. Free periods of school days say so."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(id="week-grid")
        self._columns: Sequence[Column] = ()
        self._rows: Sequence[Row] = ()
        self._name_of: Callable[[str], str] = str
        self._today = self._cursor = date.min
        self._row = 0
        self._chosen: Appointment | None = None

    def show(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        name: Callable[[str], str],
        *,
        today: date,
        cursor: date,
        row: int,
        chosen: Appointment | None,
    ) -> None:
        """Show these days and periods; the cursor stands on a day and a row."""
        self._columns, self._rows, self._name_of = columns, rows, name
        self._today, self._cursor, self._row, self._chosen = today, cursor, row, chosen
        self.lay_out()

    def lay_out(self) -> None:
        """Compose the lines for the room there is; rows scroll so that the cursor's is seen."""
        if not self._columns or not self.size.width:
            return
        height = max(self.size.height - 1, 2)
        rows = min(max(height // max(len(self._rows), 1), 2), MOST_ROWS)
        shown = max(height // rows, 1)
        begin = min(max(self._row - shown + 1, 0), max(len(self._rows) - shown, 0))
        size = (self.size.width - LABEL) // len(self._columns)
        lines = [self._head(size)]
        for number in range(begin, min(begin + shown, len(self._rows))):
            lines += self._period(number, size, rows)
        self.draw(self.strips_of(lines))

    def _head(self, size: int) -> list[Segment]:
        line = [filled("", LABEL, self.style_of("head"))]
        for column in self._columns:
            day = column.day
            words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
            name = "today" if day == self._today else "head"
            name = "cursor" if day == self._cursor else name
            if day == self._today:
                words += " today" if size > len(words) + 6 else "*"
            line.append(filled(words, size, self.style_of(name)))
        return line

    def _period(self, number: int, size: int, rows: int) -> list[list[Segment]]:
        row = self._rows[number]
        head, faint = self.style_of("head"), self.style_of("faint")
        mark = ">" if number == self._row else " "
        first = [filled(f"{mark}{cut(row.name, LABEL - 2)}", LABEL, head)]
        second = [filled(f" {row.times}", LABEL, faint)]
        lines = [first, second, *([filled("", LABEL, faint)] for _ in range(rows - 2))]
        for column in self._columns:
            cell = self._cell(column, number, size, rows)
            for line, part in zip(lines, cell, strict=True):
                line.extend(part)
        return lines

    def _cell(self, column: Column, number: int, size: int, rows: int) -> list[list[Segment]]:
        row = self._rows[number]
        here = column.day == self._cursor and number == self._row
        base = self.style_of("cursor" if here else "plain" if column.is_school else "faint")
        inside = [one for one in column.entries if row_of(self._rows, one) == number]
        lines = [self._entry(one, size, base) for one in inside[: rows - 1]]
        more = len(inside) - (rows - 1)
        if more == 1:
            lines.append(self._entry(inside[rows - 1], size, base))
        elif more > 1:
            lines.append([filled(f"+{more} more", size, base)])
        if not inside:
            words = label_rows(self._empty(column, row, number), size - 1, rows)
            lines = [[filled(line, size, base)] for line in words]
        lines += [[filled("", size, base)] for _ in range(rows - len(lines))]
        return lines

    def _empty(self, column: Column, row: Row, number: int) -> str:
        if not column.is_school:
            first = next((n for n, one in enumerate(self._rows) if one.period), 0)
            return column.label or "no school" if number == first else ""
        return "· free" if is_free(row, column.entries) else ""

    def _entry(self, one: Appointment, size: int, base: Style) -> list[Segment]:
        style = base
        if one is self._chosen:
            style = self.style_of("chosen")
        elif one.standing is Standing.GHOST:
            style = base + Style(italic=True)
        text = cut(cell_words(one, self._name_of(one.person)), size - 1)
        return [Segment(text, style), Segment(" " * max(size - width(text), 0), base)]
