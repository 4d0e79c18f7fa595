"""How the coach takes notes, over time: hers alone, a grade of nobody, never exported."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from coach_tui.coaching import lexicon
from coach_tui.domain.low_inference import check
from coach_tui.domain.note_taking import Line, Taken, taken
from coach_tui.presentation import dates
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.session import Session
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk
    from coach_tui.coaching.lexicon import CheckWords
    from coach_tui.domain.records import Observation

NEWEST, AT_ONCE = 60, 20
"""Visits that are looked at, the newest, and how many before they are shown."""

INTRO = (
    "Your notes of each visit, newest first: lines nothing was asked about, and how many "
    "quotations, counts and times there were in ten minutes. For your eyes; it says nothing of "
    "any teacher."
)
COLUMNS = (("Visit", 12), ("Teacher", 20), ("No mark", 10), ("Quotes", 8), ("Counts", 8))


@dataclass(frozen=True)
class Visit:
    """A visit and what was counted in its notes."""

    observation: Observation
    name: str
    counted: Taken


class PracticeScreen(CoachScreen):
    """One row a visit, by time and nothing else."""

    CSS_PATH = "practice.tcss"
    BINDINGS = bindings("practice")
    PLACES = ("practice", "list", "app")
    AUTO_FOCUS = "KeyedTable"

    def __init__(self, session: Session) -> None:
        """Know nothing before it is read."""
        super().__init__(session)
        self._visits: list[Visit] = []

    def compose(self) -> ComposeResult:
        """Lay out title, what it is, the visits, keys."""
        yield TitleBar("Your note-taking", "private: yours alone")
        yield Static(INTRO, id="practice-intro", markup=False)
        yield KeyedTable()
        yield Static("", id="practice-empty", markup=False)
        yield KeyBar("practice", "app", keymap=self.session.settings.keys)

    def on_mount(self) -> None:
        """Look through the newest notes."""
        self._read()

    async def on_desk_changed(self) -> None:
        """Count again: lines may have been changed where a visit was opened."""
        self._read()

    @work(exclusive=True, group="refresh", exit_on_error=False)
    async def _read(self) -> None:
        await self.perform(lambda desk: desk.poll())
        found = await self.perform(_newest)
        directory, now = self.session.settings.directory, self.session.clock.now()
        words, trouble = await asyncio.to_thread(lexicon.read_anyway, directory)
        if trouble and not self._visits:
            self.complain(f"{trouble}; counted with the words that came with the app")
        table, empty = self.query_one(KeyedTable), self.query_one("#practice-empty", Static)
        table.shape([*(Column(*one) for one in COLUMNS), Column("Times", 0)])
        table.display, empty.display = bool(found), not found
        empty.update("No visit has notes yet. Escape goes back; 2 is the caseload, o observes.")
        # A long script takes a while: what fills the screen is shown before the rest is counted.
        # Later everything is there already, and stays until all of it was counted anew.
        at_once = NEWEST if self._visits else AT_ONCE
        visits: list[Visit] = []
        for first in range(0, len(found), at_once):
            some = found[first : first + at_once]
            visits += await asyncio.to_thread(_counted, some, words, now)
            self._visits = visits
            table.fill([(one.observation.id, self._cells(one)) for one in visits])

    def _cells(self, one: Visit) -> tuple[Text, ...]:
        counted = one.counted
        rates = (counted.quotes, counted.counts, counted.times)
        return (
            literal(dates.short(one.observation.date, self.session.today())),
            literal(one.name),
            literal(f"{counted.without_mark} of {counted.lines}"),
            *(literal(_rate(counted.in_ten_minutes(number))) for number in rates),
        )

    @on(DataTable.RowSelected)
    def _selected_row(self) -> None:
        self.action_open()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_open(self) -> None:
        """Open the notes of the visit under the cursor."""
        from coach_tui.screens.observe import ObserveScreen, Opening

        key = self.query_one(KeyedTable).current_key
        visit = next((one for one in self._visits if one.observation.id == key), None)
        if visit is None:
            return
        seen = visit.observation
        coachee = await self.perform(lambda desk: desk.coachees.get(seen.coachee))
        self.app.push_screen(ObserveScreen(self.session, Opening(coachee, seen.id)))

    def action_back(self) -> None:
        """Go back to the notes."""
        self.dismiss()


def _rate(number: float | None) -> str:
    return "–" if number is None else f"{number:.1f}"


def _newest(desk: Desk) -> list[tuple[Observation, str]]:
    """Return the newest visits that have notes, with whose they are."""
    names = desk.notes.names()
    return [(one, names.get(one.coachee, "")) for one in desk.notes.newest(NEWEST)]


def _counted(found: list[tuple[Observation, str]], words: CheckWords, now: datetime) -> list[Visit]:
    return [Visit(seen, name, _taken(seen, words, now)) for seen, name in found]


def _taken(seen: Observation, words: CheckWords, now: datetime) -> Taken:
    def asks(line: Line) -> bool:
        return bool(
            check(
                line.text,
                lexicon=words.lexicon,
                speaker=line.speaker,
                kind=line.kind,
                allowed=words.allowed,
                dismissed=line.dismissed,
            )
        )

    lines = (Line(one.text, one.speaker, one.kind.value, one.dismissed) for one in seen.lines)
    return taken(lines, seen.duration(now).total_seconds(), asks)
