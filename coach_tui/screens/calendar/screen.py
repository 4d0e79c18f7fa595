"""The calendar: three views of the same days over one cursor."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import DataTable, Static
from textual.worker import WorkerError

from coach_tui.presentation.calendar.signs import LEGEND
from coach_tui.presentation.calendar.week import row_of
from coach_tui.screens.calendar.arranging import ArrangingOnCalendar
from coach_tui.screens.calendar.cursor import CursorOnCalendar
from coach_tui.screens.calendar.looking_after import LookingAfterCalendar
from coach_tui.screens.calendar.opening import OpeningFromCalendar
from coach_tui.screens.calendar.pages import day_of
from coach_tui.screens.calendar.showing import VIEWS
from coach_tui.screens.session import Session
from coach_tui.widgets.agenda_table import AgendaTable
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.day_detail import DayDetail
from coach_tui.widgets.month_grid import MonthGrid
from coach_tui.widgets.week_grid import WeekGrid

WIDGETS = {"month": "month-grid", "week": "week-grid", "agenda": "agenda-table"}


class CalendarScreen(
    OpeningFromCalendar, ArrangingOnCalendar, LookingAfterCalendar, CursorOnCalendar
):
    """Month, week and agenda over one cursor: a day, a period in the week, and an entry of it."""

    BLANK = True
    CSS_PATH = "calendar.tcss"
    BINDINGS = bindings("calendar")
    PLACES = ("calendar", "app")
    AUTO_FOCUS = "MonthGrid"

    def __init__(self, session: Session) -> None:
        """Begin with today, in the month."""
        super().__init__(session)
        self._told = ""

    def draft_place(self) -> dict[str, str]:
        """Say which day and entry the cursor stands on."""
        return {**self.own_place(), "day": self.cursor.isoformat(), "entry": self.chosen_key}

    async def resume(self, place: Mapping[str, str]) -> None:
        """Go to the day and entry where something was begun."""
        self.cursor = date.fromisoformat(place.get("day", self.cursor.isoformat()))
        self.chosen_key = place.get("entry", "")
        with suppress(WorkerError):  # another look at the store took its place, and shows as much
            await self.read_days().wait()

    def compose(self) -> ComposeResult:
        """Lay out title, the three views, the day beside them, status, legend and keys.

        On the screen itself: each container around them would be drawn line by line too.
        """
        yield TitleBar("Calendar")
        for view in (MonthGrid(), WeekGrid(), AgendaTable()):
            view.display = view.id == WIDGETS[self._view]
            yield view
        yield DayDetail()
        yield Static("", id="calendar-status", markup=False)
        yield Static(LEGEND, id="calendar-legend", markup=False)
        yield KeyBar("calendar", "app", keymap=self.session.settings.keys)

    def on_mount(self) -> None:
        """Read the days."""
        self.read_days()

    async def on_desk_changed(self) -> None:
        """Read the days again."""
        self.read_days()

    @work(exclusive=True, group="refresh", exit_on_error=False)
    async def read_days(self) -> None:
        """Take what the store holds now, and show it."""
        self.days = await self.days_now()
        await self.session.refresh_caseload()
        if self.days.trouble and self.days.trouble != self._told:
            self._told = self.days.trouble
            self.complain(self._told)
        self.show()

    def action_view(self) -> None:
        """Go on to the next view; the day and the entry stay."""
        self._view = VIEWS[(VIEWS.index(self._view) + 1) % len(VIEWS)]
        for view in (MonthGrid, WeekGrid, AgendaTable):
            widget = self.query_one(view)
            widget.display = widget.id == WIDGETS[self._view]
        self.query_one(f"#{WIDGETS[self._view]}").focus()
        self.query_one("#calendar-legend").display = self._view != "agenda"
        self.set_class(self._view == "agenda", "-agenda")
        if self._view == "week" and self.days is not None and self.chosen is not None:
            self._row = row_of(self._rows(self.days), self.chosen)
        if self._view == "agenda":
            self._agenda_first = min(self.cursor, self.session.today())
            if self.cursor >= self._agenda_first + timedelta(days=42):
                self._agenda_first = self.cursor
        self.show()

    @on(DataTable.RowHighlighted)
    def _agenda_moved(self, event: DataTable.RowHighlighted) -> None:
        key = self.query_one(AgendaTable).current_key
        if self._view != "agenda" or key is None or self.days is None:
            return
        day = day_of(key)
        self.cursor = day or self.cursor
        self.chosen_key = key if self.days.is_entry(key) else ""
        self._show_day(self.days)

    @on(DataTable.RowSelected)
    def _agenda_opened(self) -> None:
        self.action_open()
