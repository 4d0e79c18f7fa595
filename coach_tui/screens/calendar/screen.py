"""The calendar: three views of the same days over one cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta

from textual import on, work
from textual.app import ComposeResult
from textual.timer import Timer
from textual.widgets import DataTable, Static
from textual.worker import WorkerError

from coach_tui.coaching.planning.days import Days
from coach_tui.domain.planning.appointments import Appointment
from coach_tui.presentation.calendar.month import month_title, months_away
from coach_tui.presentation.calendar.signs import LEGEND, sentence
from coach_tui.presentation.calendar.week import Row, row_of, rows_of
from coach_tui.presentation.dates import full, with_relative
from coach_tui.presentation.reading import read_date
from coach_tui.presentation.text import cut
from coach_tui.screens.calendar.arranging import ArrangingOnCalendar
from coach_tui.screens.calendar.looking_after import LookingAfterCalendar
from coach_tui.screens.calendar.opening import OpeningFromCalendar
from coach_tui.screens.calendar.pages import (
    agenda_rows,
    buildings_of,
    day_of,
    label_of,
    month_cells,
    taught,
    week_columns,
    week_entries,
)
from coach_tui.screens.session import Session
from coach_tui.widgets.agenda_table import AgendaTable
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.day_detail import DayDetail
from coach_tui.widgets.field import Field
from coach_tui.widgets.literal import literal
from coach_tui.widgets.month_grid import MonthGrid
from coach_tui.widgets.one_key import ACTIONS
from coach_tui.widgets.week_grid import WeekGrid

VIEWS = ("month", "week", "agenda")
QUIET = 0.1
"""Seconds without a turn after which the months beside the one shown are made ready."""
WIDGETS = {"month": "month-grid", "week": "week-grid", "agenda": "agenda-table"}


class CalendarScreen(OpeningFromCalendar, ArrangingOnCalendar, LookingAfterCalendar):
    """Month, week and agenda over one cursor: a day, a period in the week, and an entry of it."""

    BLANK = True
    CSS_PATH = "calendar.tcss"
    BINDINGS = bindings("calendar")
    PLACES = ("calendar", "app")
    AUTO_FOCUS = "MonthGrid"

    def __init__(self, session: Session) -> None:
        """Begin with today, in the month."""
        super().__init__(session)
        self._view = VIEWS[0]
        self._row = 0
        self._building = ""
        self._agenda_first = session.today()
        self._told = ""
        self._soon: Timer | None = None

    def draft_place(self) -> dict[str, str]:
        """Say which day and entry the cursor stands on."""
        place = {"screen": f"{type(self).__module__}:{type(self).__qualname__}"}
        return {**place, "day": self.cursor.isoformat(), "entry": self.chosen_key}

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

    def _go(self, day: date, step: int = 1) -> None:
        """Put the cursor on a day, within the years that a calendar can show."""
        low, high = date(date.min.year + 2, 1, 1), date(date.max.year - 2, 12, 31)
        self.cursor = min(max(day, low), high)
        self.chosen_key = ""
        self.show()

    def _step(self, count: int) -> None:
        self._go(self.cursor + timedelta(days=count))

    def action_left(self) -> None:
        """Go a day back."""
        self._step(-1)

    def action_right(self) -> None:
        """Go a day on."""
        self._step(1)

    def action_up(self) -> None:
        """Go a week back; in the week a period up, in the agenda a row up."""
        self._up_or_down(-1)

    def action_down(self) -> None:
        """Go a week on; in the week a period down, in the agenda a row down."""
        self._up_or_down(1)

    def _up_or_down(self, step: int) -> None:
        if self._view == "month":
            self._step(7 * step)
        elif self._view == "week" and self.days is not None:
            self._row = min(max(self._row + step, 0), len(self._rows(self.days)) - 1)
            self.chosen_key = ""
            self.show()
        elif self._view == "agenda":
            table = self.query_one(AgendaTable)
            table.move_cursor(row=table.cursor_row + step, animate=False)

    def action_following(self) -> None:
        """Go to the next month or week."""
        self._turn(1)

    def action_preceding(self) -> None:
        """Go to the month or week before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        if self._view == "month":
            self._go(months_away(self.cursor, step))
        else:
            self._step(7 * step)

    def action_today(self) -> None:
        """Go to today."""
        self._go(self.session.today())

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_go_to(self) -> None:
        """Ask for a date and go there."""
        today = self.session.today()
        answers = await self._ask(
            "Go to",
            [Field("day", "Day", hint="fri, 3 dec, 2027-01-15")],
            self.readable({"day": read_date}),
            None,
        )
        self._go(read_date(answers["day"], today))

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

    def action_building(self) -> None:
        """Show the bells of the next building."""
        if self.days is None:
            return
        monday = self.cursor - timedelta(days=self.cursor.weekday())
        entries = self.days.between(monday, monday + timedelta(days=6))
        names = buildings_of(self.days, entries)
        here = names.index(self._building) if self._building in names else -1
        self._building = names[(here + 1) % len(names)]
        self.show()

    def action_choose(self) -> None:
        """Choose the next entry under the cursor."""
        self._choose(1)

    def action_choose_back(self) -> None:
        """Choose the entry before."""
        self._choose(-1)

    def _choose(self, step: int) -> None:
        if self.days is None:
            return
        here = self._under_cursor(self.days)
        keys = [one.key for one in here]
        if keys:
            at = keys.index(self.chosen_key) if self.chosen_key in keys else -1
            self.chosen_key = keys[(at + step) % len(keys)]
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
