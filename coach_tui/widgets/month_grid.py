"""A month: a cell a day, days off dimmed and named, today marked, the cursor's day in front."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from coach_tui.domain.planning.appointments import Appointment, Stage, Standing
from coach_tui.presentation.calendar.month import (
    ROWS,
    WEEKS,
    Cell,
    Sign,
    column_widths,
    day_names,
    label_rows,
    tokens,
)
from coach_tui.presentation.calendar.signs import token
from coach_tui.presentation.dates import MONTHS
from coach_tui.presentation.text import visible, width
from coach_tui.widgets.day_grid import DayGrid, filled

MOST_ROWS = 6
"""Terminal rows of a day at most, where there is room for more than three."""


GHOST = Style(italic=True)
STYLES = ("plain", "faint", "head", "today", "cursor", "chosen")


class MonthGrid(DayGrid):
    """Six weeks of cells. Which day and entry is chosen is said by whoever shows it."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(id="month-grid")
        self._cells: Sequence[Cell] = ()
        self._taught: Sequence[bool] = (True,) * 7
        self._name_of: Callable[[str], str] = str
        self._today = self._cursor = date.min
        self._chosen = -1
        self._signs: dict[tuple[Stage, Standing, str], tuple[str, int]] = {}
        self._styles: dict[str, Style] = {}
        self._drawn: dict[tuple[date, bool], list[list[Segment]]] = {}
        self._weeks: dict[tuple[tuple[date, bool], ...], list[Strip]] = {}
        self._head: list[Strip] | None = None
        self._drawn_for: tuple[object, ...] = ()

    def show(
        self,
        cells: Sequence[Cell],
        taught: Sequence[bool],
        name: Callable[[str], str],
        *,
        today: date,
        cursor: date,
        chosen: int,
    ) -> None:
        """Show six weeks of `cells`; `chosen` numbers the entry chosen on the cursor's day."""
        if name != self._name_of:
            self._signs = {}
        self._cells, self._taught, self._name_of = cells, taught, name
        self._today, self._cursor, self._chosen = today, cursor, chosen
        self.lay_out()

    def lay_out(self) -> None:
        """Compose the lines for the room there is."""
        if not self._cells or not self.size.width:
            return
        self._styles = {name: self.style_of(name) for name in STYLES}
        self._styles["ghost"] = self._styles["plain"] + GHOST
        self._styles["cursor ghost"] = self._styles["cursor"] + GHOST
        rows = self._rows_of_a_day
        widths = column_widths(self.size.width, self._taught)
        self._forget_others(rows, tuple(widths))
        if self._head is None:
            self._head = self.strips_of([self._names(widths)])
        strips = [*self._head]
        for week in self._weeks_that_fit(rows):
            strips += self._week(self._cells[7 * week : 7 * week + 7], widths, rows)
        self.draw(strips)

    def prepare(self, cells: Sequence[Cell]) -> None:
        """Compose the weeks of another month, so that turning to it finds them ready to be written.

        It must be of the same days as the month shown.
        """
        if not self._drawn_for or not self.size.width:
            return
        rows, widths = self._rows_of_a_day, column_widths(self.size.width, self._taught)
        for week in range(WEEKS):
            for strip in self.finished(self._week(cells[7 * week : 7 * week + 7], widths, rows)):
                strip.render(self.app.console)

    @property
    def _rows_of_a_day(self) -> int:
        return min(max((self.size.height - 1) // WEEKS, ROWS), MOST_ROWS)

    def _week(self, cells: Sequence[Cell], widths: Sequence[int], rows: int) -> list[Strip]:
        """Return the lines of a week, composed once as long as the cursor stands elsewhere."""
        key = tuple((cell.day, cell.in_month) for cell in cells)
        here = any(cell.day == self._cursor for cell in cells)
        known = None if here else self._weeks.get(key)
        if known is None:
            parts = [self._cell(cell, size, rows) for cell, size in zip(cells, widths, strict=True)]
            lines = [[segment for part in parts for segment in part[row]] for row in range(rows)]
            known = self.strips_of(lines)
            if not here:
                self._weeks[key] = known
        return known

    def _names(self, widths: Sequence[int]) -> list[Segment]:
        head = self._styles["head"]
        names = day_names(widths)
        return [filled(f" {name}", size, head) for name, size in zip(names, widths, strict=True)]

    def _weeks_that_fit(self, rows: int) -> range:
        """Return the weeks to show: all six, or in a low terminal those around the cursor's."""
        fit = max((self.size.height - 1) // rows, 1)
        here = next((n for n, cell in enumerate(self._cells) if cell.day == self._cursor), 0) // 7
        begin = min(max(here - fit // 2, 0), max(WEEKS - fit, 0))
        return range(begin, min(begin + fit, WEEKS))

    def _forget_others(self, rows: int, widths: tuple[int, ...]) -> None:
        """Keep the cells that were composed only for these very days, in this room, so styled."""
        drawn_for = (self._name_of, self._today, rows, widths, self._styles["plain"])
        if drawn_for != self._drawn_for:
            self._drawn, self._weeks, self._head = {}, {}, None
            self._drawn_for = drawn_for

    def _sign(self, one: Appointment) -> tuple[str, int]:
        """Return an entry's sign and its width; each is worked out once."""
        key = (one.stage, one.standing, one.person or one.words)
        known = self._signs.get(key)
        if known is None:
            text = token(one, self._name_of(one.person))
            known = self._signs[key] = (text, width(text))
        return known

    def _cell(self, cell: Cell, size: int, rows: int) -> list[list[Segment]]:
        """Return the rows of a day, composed once as long as the cursor stands elsewhere."""
        if cell.day == self._cursor:
            return self._composed(cell, size, rows)
        key = (cell.day, cell.in_month)
        known = self._drawn.get(key)
        if known is None:
            known = self._drawn[key] = self._composed(cell, size, rows)
        return known

    def _composed(self, cell: Cell, size: int, rows: int) -> list[list[Segment]]:
        """Return the rows of a day: its number and name, then its entries."""
        here = cell.day == self._cursor
        base = self._styles["cursor" if here else self._plain(cell)]
        lines = [self._number(cell, size, base)]
        if cell.label and not cell.entries:
            words = label_rows(cell.label, size - 1, rows - 1)
            lines += [[filled(f" {line}", size, base)] for line in words]
        elif cell.entries:
            chosen = self._chosen if here else -1
            fitted = tokens(cell, size - 2, rows - 1, self._sign, chosen)
            lines += [self._entries(cell, row, size, base, chosen) for row in fitted]
        lines += [[Segment(" " * size, base)] for _ in range(rows - len(lines))]
        return lines

    @staticmethod
    def _plain(cell: Cell) -> str:
        return "plain" if cell.in_month and cell.is_school else "faint"

    def _number(self, cell: Cell, size: int, base: Style) -> list[Segment]:
        """Return the first row: the number, marked for today; the month where it begins."""
        words = str(cell.day.day)
        if cell.day.day == 1:
            words = f"{words} {MONTHS[cell.day.month - 1]}"
        sign = ">" if cell.day == self._cursor else " "
        if cell.day == self._today:
            words = f"{words} today" if size > len(words) + 7 else f"{words}*"
            style = base if cell.day == self._cursor else self._styles["today"]
            rest = " " * max(size - 1 - len(words), 0)
            return [Segment(sign, base), Segment(words, style), Segment(rest, base)]
        if cell.label and cell.entries:
            short = "early" if cell.is_school else "off"
            fits = width(visible(cell.label)) < size - len(words) - 1
            return [filled(f"{sign}{words} {cell.label if fits else short}", size, base)]
        return [Segment(f"{sign}{words}".ljust(size), base)]

    def _entries(
        self, cell: Cell, row: Sequence[Sign], size: int, base: Style, chosen: int
    ) -> list[Segment]:
        """Return a row of entries, the chosen one in front, ghosts set apart."""
        picked = cell.entries[chosen] if 0 <= chosen < len(cell.entries) else None
        ghost = self._styles["cursor ghost" if base is self._styles["cursor"] else "ghost"]
        line: list[Segment] = []
        words, style, used = " ", base, 1
        for text, columns, one in row:
            wanted = base
            if one is not None and one is picked:
                wanted = self._styles["chosen"]
            elif one is not None and one.standing is Standing.GHOST:
                wanted = ghost
            if wanted is not style:
                line.append(Segment(words, style))
                words, style = "", wanted
            words += text
            if wanted is self._styles["chosen"]:
                line.append(Segment(words, style))
                words, style = "", base
            words += " "
            used += columns + 1
        line.append(Segment(words, style))
        if used < size:
            line.append(Segment(" " * (size - used), base))
        return line
