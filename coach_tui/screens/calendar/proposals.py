"""What is proposed: visits of a catch-up week, or new places for what a day off displaces."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from coach_tui.coaching.planning.days import Days
from coach_tui.coaching.planning.suggesting import proposed_week
from coach_tui.domain.planning.appointments import Appointment
from coach_tui.domain.planning.share import monday_of
from coach_tui.presentation.calendar.signs import glyph, time_words, title
from coach_tui.presentation.dates import WEEKDAYS, full, short
from coach_tui.presentation.text import plural, visible
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.session import Session
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS
from coach_tui.widgets.passage import Passage

RULE = (
    "Longest overdue first. Each visit takes the free, observable period that adds the fewest "
    "changes of building; then the earliest. Never a day off, never two things at once, and no "
    "more than your coaching hours leave."
)


def _day_words(day: date) -> str:
    """Return a day as `Tue 1 Dec`."""
    return f"{WEEKDAYS[day.weekday()]} {short(day, day).strip()}"


class ProposalsScreen(CoachScreen):
    """A list of proposals, accepted one by one or all; nothing is planned before that."""

    CSS_PATH = "calendar.tcss"
    BINDINGS = bindings("proposed")
    PLACES = ("proposed", "list", "app")
    AUTO_FOCUS = "KeyedTable"

    def __init__(self, session: Session) -> None:
        """Begin with nothing proposed."""
        super().__init__(session)
        self.entries: list[Appointment] = []

    def compose(self) -> ComposeResult:
        """Lay out title, what it is about, the list and the keys."""
        yield TitleBar("")
        yield Passage("", id="proposals-words", markup=False)
        yield KeyedTable()
        yield KeyBar("proposed", "app", keymap=self.session.settings.keys)

    def on_mount(self) -> None:
        """Propose."""
        self.propose()

    async def on_desk_changed(self) -> None:
        """Propose again from what is there now."""
        self.propose()

    @work(exclusive=True, group="refresh", exit_on_error=False)
    async def propose(self) -> None:
        """Work out the proposals, and show them."""
        await self.work_out()

    async def work_out(self) -> None:
        """Work out the proposals of this kind, and list them."""
        raise NotImplementedError

    async def accept(self, entries: Sequence[Appointment]) -> None:
        """Save these proposals."""
        raise NotImplementedError

    def cells(self, one: Appointment) -> tuple[str, ...]:
        """Return the columns of a proposal."""
        raise NotImplementedError

    COLUMNS: tuple[Column, ...] = ()

    def list_entries(self, heading: str, *words: str) -> None:
        """Show the proposals under a heading, with what there is to say of them, a line each."""
        self.query_one(TitleBar).heading = heading
        lines = Text("\n").join([literal(line, wrap=True) for line in words])
        self.query_one("#proposals-words", Static).update(lines)
        table = self.query_one(KeyedTable)
        table.shape(self.COLUMNS)
        table.fill(
            [(one.key, tuple(literal(cell) for cell in self.cells(one))) for one in self.entries]
        )

    @on(DataTable.RowSelected)
    def _selected_row(self) -> None:
        self.action_accept()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_accept(self) -> None:
        """Accept the proposal under the cursor."""
        key = self.query_one(KeyedTable).current_key
        wanted = [one for one in self.entries if one.key == key]
        if wanted:
            await self.accept(wanted)

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_accept_all(self) -> None:
        """Accept everything that is shown."""
        if self.entries:
            await self.accept(self.entries)

    def action_back(self) -> None:
        """Leave; what was not accepted stays as it is."""
        self.app.pop_screen()

    def action_following(self) -> None:
        """Propose what comes next, where there is anything."""

    def action_preceding(self) -> None:
        """Propose what came before, where there was anything."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer other weeks only where proposals are about a week."""
        if action in ("following", "preceding"):
            return isinstance(self, CatchUpScreen)
        return super().check_action(action, parameters)


class CatchUpScreen(ProposalsScreen):
    """A week that clears what is due, as ghosts, by the rule that stands above it."""

    COLUMNS = (Column("Day", 11), Column("Time", 14), Column("Who", 26), Column("Where", 0))

    def __init__(self, session: Session, day: date | None = None) -> None:
        """Propose the week of `day`; on a weekend, the next one."""
        super().__init__(session)
        day = day or session.today()
        self._monday = monday_of(day + timedelta(days=2) if day.weekday() > 4 else day)
        self._days: Days | None = None

    async def work_out(self) -> None:
        """Work out the week, and show it."""
        days = self._days = await self.days_now()
        week = [self._monday + timedelta(days=n) for n in range(7)]
        proposal = proposed_week(days, week)
        self.entries = proposal.visits
        words = [RULE]
        if not proposal.visits and not proposal.left_out:
            words = ["Nobody is due by the end of this week without a visit. n proposes the next."]
        left = [f"{days.name(id)}: {why}" for id, why in proposal.left_out]
        if left:
            words.append(f"No place for {plural(len(left), 'teacher')}: {'; '.join(left)}")
        self.list_entries(
            f"Catch up · week of {full(self._monday)} · {plural(len(self.entries), 'visit')}",
            *words,
        )

    def cells(self, one: Appointment) -> tuple[str, ...]:
        """Return day, time, who and where."""
        days = self._days
        name = "" if days is None else days.name(one.person)
        where = " · ".join(part for part in (one.period, one.building) if part)
        return _day_words(one.day), f"{glyph(one)} {time_words(one)}", name, where

    async def accept(self, entries: Sequence[Appointment]) -> None:
        """Plan these visits in one transaction."""
        wanted = list(entries)
        count = await self.perform(lambda desk: desk.planning.accept(wanted))
        self.tell(f"{plural(count, 'visit')} planned (u undoes it)")
        self.propose()

    def action_following(self) -> None:
        """Propose the next week."""
        self._monday += timedelta(weeks=1)
        self.propose()

    def action_preceding(self) -> None:
        """Propose the week before, but none that has passed."""
        self._monday = max(self._monday - timedelta(weeks=1), monday_of(self.session.today()))
        self.propose()


class DisplacedScreen(ProposalsScreen):
    """What falls on days that became days off, and where each could go."""

    COLUMNS = (Column("Stands on", 24), Column("Could go to", 14), Column("What", 0))

    def __init__(self, session: Session, label: str = "", days_off: Sequence[date] = ()) -> None:
        """Show what is planned on `days_off`, which are called `label`."""
        super().__init__(session)
        self._label, self._days_off = label, tuple(days_off)
        self._places: dict[str, Appointment | None] = {}
        self._days: Days | None = None

    async def work_out(self) -> None:
        """Find what stands on the days off, and where each could go."""
        from coach_tui.coaching.planning.suggesting import displaced

        days = self._days = await self.days_now()
        moves = displaced(days, self._days_off)
        self.entries = [one for one, _ in moves]
        self._places = {one.key: place for one, place in moves}
        words = "Each could go to the same time on the next school day that is free then."
        if not self.entries:
            words = "Nothing is planned on these days any more. Escape goes back."
        count = plural(len(self.entries), "appointment")
        self.list_entries(f"{visible(self._label)} · {count} to move", words)

    def cells(self, one: Appointment) -> tuple[str, ...]:
        """Return where it stands, where it could go, and what it is."""
        days, place = self._days, self._places.get(one.key)
        name = "" if days is None else days.name(one.person)
        to = "no place" if place is None else _day_words(place.day)
        return f"{_day_words(one.day)} {time_words(one)}", to, title(one, name)

    async def accept(self, entries: Sequence[Appointment]) -> None:
        """Move these entries in one transaction."""
        moves = [
            (one, place) for one in entries if (place := self._places.get(one.key)) is not None
        ]
        count = await self.perform(lambda desk: desk.planning.move_all(moves))
        self.tell(f"{plural(count, 'appointment')} moved (u undoes it)")
        self.propose()
