"""Showing the days of the calendar: the view in front, the day under the cursor, its entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from textual.timer import Timer
from textual.widgets import Static

from coach_tui.coaching.planning.days import Days
from coach_tui.domain.planning.appointments import Appointment
from coach_tui.presentation.calendar.month import month_title, months_away
from coach_tui.presentation.calendar.signs import sentence
from coach_tui.presentation.calendar.week import Row, row_of, rows_of
from coach_tui.presentation.dates import full, with_relative
from coach_tui.presentation.text import cut
from coach_tui.screens.calendar.chosen import ChosenOnCalendar
from coach_tui.screens.calendar.pages import (
    agenda_rows,
    buildings_of,
    label_of,
    month_cells,
    taught,
    week_columns,
    week_entries,
)
from coach_tui.screens.session import Session
from coach_tui.widgets.agenda_table import AgendaTable
from coach_tui.widgets.bars import TitleBar
from coach_tui.widgets.day_detail import DayDetail
from coach_tui.widgets.literal import literal
from coach_tui.widgets.month_grid import MonthGrid
from coach_tui.widgets.week_grid import WeekGrid

VIEWS = ("month", "week", "agenda")
QUIET = 0.1
"""Seconds without a turn after which the months beside the one shown are made ready."""


class ShowingDays(ChosenOnCalendar):
    """Month, week or agenda, over one cursor: a day, a period in the week, and an entry of it."""

    def __init__(self, session: Session) -> None:
        """Begin with today, in the month."""
        super().__init__(session)
        self._view = VIEWS[0]
        self._row = 0
        self._building = ""
        self._agenda_first = session.today()
        self._soon: Timer | None = None

    def show(self) -> None:
        """Show the view in front, with the cursor where it stands."""
        days = self.days
        if days is None or not self.is_attached:
            return
        self._settle_choice(days)
        views = {"month": self._show_month, "week": self._show_week, "agenda": self._show_agenda}
        with self.app.batch_update():  # one frame, whatever of it changed
            views[self._view](days)
            self._show_day(days)

    def _settle_choice(self, days: Days) -> None:
        """Keep the chosen entry while it is there, else choose the first of what is under the
        cursor.
        """
        here = self._under_cursor(days)
        if not any(one.key == self.chosen_key for one in here):
            self.chosen_key = here[0].key if here else ""

    def _under_cursor(self, days: Days) -> Sequence[Appointment]:
        """Return the entries that tab goes through: of the day, or in the week of the period."""
        if self._view != "week":
            return days.on(self.cursor)
        rows = self._rows(days)
        chosen = self.chosen
        if chosen is not None and chosen.day == self.cursor:
            self._row = row_of(rows, chosen)
        self._row = min(self._row, len(rows) - 1)
        entries = week_entries(days, self.cursor)
        return [one for one in entries if row_of(rows, one) == self._row]

    def _rows(self, days: Days) -> list[Row]:
        monday = self.cursor - timedelta(days=self.cursor.weekday())
        entries = days.between(monday, monday + timedelta(days=6))
        names = buildings_of(days, entries)
        if self._building not in names:
            self._building = names[0]
        return rows_of(days.surroundings.bells, self._building, entries)

    def _show_month(self, days: Days) -> None:
        entries = days.on(self.cursor)
        chosen = next((n for n, one in enumerate(entries) if one.key == self.chosen_key), -1)
        self.query_one(MonthGrid).show(
            month_cells(days, self.cursor),
            taught(days),
            days.name,
            today=days.today,
            cursor=self.cursor,
            chosen=chosen,
        )
        self._say_title(month_title(self.cursor), days)
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(QUIET, self._prepare)

    def _prepare(self) -> None:
        """Compose the months before and after while nobody types: they are turned to next."""
        if self.days is None or self._view != "month":
            return
        for step in (1, -1):
            cells = month_cells(self.days, months_away(self.cursor, step))
            self.query_one(MonthGrid).prepare(cells)

    def _show_week(self, days: Days) -> None:
        rows = self._rows(days)
        self.query_one(WeekGrid).show(
            week_columns(days, self.cursor),
            rows,
            days.name,
            today=days.today,
            cursor=self.cursor,
            row=self._row,
            chosen=self.chosen,
        )
        monday = self.cursor - timedelta(days=self.cursor.weekday())
        place = f" · bells of {self._building}" if self._building else ""
        self._say_title(f"week of {full(monday)}{place}", days)

    def _show_agenda(self, days: Days) -> None:
        if not self._agenda_first <= self.cursor < self._agenda_first + timedelta(days=42):
            self._agenda_first = self.cursor
        rows = agenda_rows(days, self.session.caseload, self._agenda_first)
        key = self.chosen_key or f"day/{self.cursor.isoformat()}"
        self.query_one(AgendaTable).show(rows, key)
        self._say_title(f"agenda from {full(self._agenda_first)}", days)

    def _say_title(self, words: str, days: Days) -> None:
        title = self.query_one(TitleBar)
        title.heading = f"Calendar · {words}"
        title.aside = full(days.today)

    def _show_day(self, days: Days) -> None:
        chosen = self.chosen
        here = self._under_cursor(days)
        words = with_relative(self.cursor, days.today)
        label = label_of(days, self.cursor)
        known = days.surroundings.school_days
        if label:
            words = f"{words} · {label}"
        elif not known.first <= self.cursor <= known.last:
            words = f"{words} · outside the school calendar (Y changes it)"
        status = words
        if chosen is not None:
            count = [one.key for one in here].index(chosen.key) + 1 if chosen in here else 0
            of = f" ({count}/{len(here)})" if len(here) > 1 else ""
            status = f"{sentence(chosen, days.name(chosen.person))}{of}"
        room = max(self.size.width - 2, 10)
        line = self.query_one("#calendar-status", Static)
        line.update(literal(cut(status, room)), layout=False)
        self.query_one(DayDetail).show(words, days.on(self.cursor), chosen, days.name)

    @property
    def period_under_cursor(self) -> str:
        """What the week's cursor says of the time: the name of a period, else nothing."""
        if self._view != "week" or self.days is None:
            return ""
        rows = self._rows(self.days)
        row = rows[min(self._row, len(rows) - 1)]
        return row.name if row.times else ""

    @property
    def selected_id(self) -> str | None:
        """The id of the coachee of the chosen entry, or of the row that says what is owed."""
        key = self.query_one(AgendaTable).current_key if self._view == "agenda" else None
        if key is not None and key.startswith("owed/"):
            return key.split("/")[1]
        chosen = self.chosen
        return chosen.person if chosen is not None and chosen.person else None
