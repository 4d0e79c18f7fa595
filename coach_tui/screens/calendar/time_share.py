"""The coach's own hours, week by week: coaching, her own support, other responsibilities."""

from __future__ import annotations

from datetime import date, timedelta

from textual import work
from textual.app import ComposeResult
from textual.widgets import Static

from coach_tui.coaching.planning.days import Days
from coach_tui.domain.planning.share import Week, monday_of, weeks
from coach_tui.presentation.dates import MONTHS
from coach_tui.presentation.text import visible
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.session import Session
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal

WEEKS = 12
STEP = 4
COLUMNS = (
    Column("Week of", 9),
    Column("Coaching", 9),
    Column("Support", 8),
    Column("Other", 8),
    Column("Coaching is", 12),
    Column("Other responsibilities", 0),
)
WORDS = (
    "Visits, meetings and check backs that are done or planned; your own support (mentor, network, "
    "training); other responsibilities (d on the calendar puts one down)."
)


class TimeShareScreen(CoachScreen):
    """Twelve weeks of the coach's own hours. It is about her time, never about a teacher."""

    CSS_PATH = "calendar.tcss"
    BINDINGS = bindings("time_share")
    PLACES = ("time_share", "list", "app")
    AUTO_FOCUS = "KeyedTable"

    def __init__(self, session: Session, day: date | None = None) -> None:
        """Begin some weeks before that of `day`."""
        super().__init__(session)
        self._first = monday_of(day or session.today()) - timedelta(weeks=STEP)

    def compose(self) -> ComposeResult:
        """Lay out title, words, weeks and keys."""
        yield TitleBar("Your time by week")
        yield Static(WORDS, id="time-share-words", markup=False)
        yield KeyedTable()
        yield KeyBar("time_share", "app", keymap=self.session.settings.keys)

    def on_mount(self) -> None:
        """Read the days."""
        self.read_days()

    async def on_desk_changed(self) -> None:
        """Read the days again."""
        self.read_days()

    @work(exclusive=True, group="refresh", exit_on_error=False)
    async def read_days(self) -> None:
        """Count the weeks, and show them."""
        days = await self.days_now()
        found = weeks(
            days.between(self._first, self._first + timedelta(weeks=WEEKS)), self._first, WEEKS
        )
        table = self.query_one(KeyedTable)
        table.shape(COLUMNS)
        table.fill(
            [(str(one.monday), tuple(literal(cell) for cell in _cells(one))) for one in found]
        )
        self._say_hours(days)

    def _say_hours(self, days: Days) -> None:
        hours = days.hours
        words = "" if hours is None else f"{hours:g} hours a week are yours for coaching"
        self.query_one(TitleBar).aside = words

    def action_following(self) -> None:
        """Show later weeks."""
        self._turn(STEP)

    def action_preceding(self) -> None:
        """Show earlier weeks."""
        self._turn(-STEP)

    def _turn(self, count: int) -> None:
        first = self._first + timedelta(weeks=count)
        if date.min.year + 2 < first.year < date.max.year - 2:
            self._first = first
            self.read_days()

    def action_back(self) -> None:
        """Go back to the calendar."""
        self.app.pop_screen()


def _cells(week: Week) -> tuple[str, ...]:
    day = week.monday
    share = "–" if week.percent is None else f"{week.percent} %"
    duties = ", ".join(
        f"{visible(label)} {_hours(minutes)}" for label, minutes in sorted(week.duties.items())
    )
    return (
        f"{day.day} {MONTHS[day.month - 1]}",
        _hours(week.coaching),
        _hours(week.support),
        _hours(week.other),
        share,
        duties,
    )


def _hours(minutes: int) -> str:
    """Return minutes as `1 h 20`; a dash for none."""
    if not minutes:
        return "–"
    return f"{minutes // 60} h {minutes % 60:02}" if minutes >= 60 else f"{minutes} min"
