"""The cursor of the calendar: by days, weeks and months, to a date, from entry to entry."""

from __future__ import annotations

from datetime import date, timedelta

from textual import work

from coach_tui.presentation.calendar.month import months_away
from coach_tui.presentation.reading import read_date
from coach_tui.screens.calendar.pages import buildings_of
from coach_tui.screens.calendar.showing import ShowingDays
from coach_tui.widgets.agenda_table import AgendaTable
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS


class CursorOnCalendar(ShowingDays):
    """Puts the cursor elsewhere and shows the days there."""

    def _go(self, day: date) -> None:
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
