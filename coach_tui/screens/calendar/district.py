"""A district's calendar before anything of it is taken: which entries are days off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import on, work
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import DataTable, Static

from coach_tui.coaching.planning.year import EARLY, OFF, OTHER, DistrictDay
from coach_tui.coaching.refusals import REFUSALS
from coach_tui.presentation.dates import full
from coach_tui.presentation.errors import explain
from coach_tui.presentation.text import plural
from coach_tui.screens.session import Session
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS

KINDS = (OFF, EARLY, OTHER)
WORDS = {OFF: "[x] day off", EARLY: "[/] early release", OTHER: "[ ] neither"}
INTRO = "What each entry seems to say goes by its words. Space changes it; A takes what is marked."


class DistrictScreen(ModalScreen[bool]):
    """Entries of the file, each a day off, an early release, or neither; the coach decides."""

    CSS_PATH = "district.tcss"
    BINDINGS = bindings("district")
    AUTO_FOCUS = "KeyedTable"

    def __init__(self, session: Session, found: Sequence[DistrictDay]) -> None:
        """Show `found`."""
        super().__init__()
        self._session, self._found = session, list(found)

    def compose(self) -> ComposeResult:
        """Lay out title, words, list and keys."""
        yield TitleBar("The district's calendar")
        yield Static(INTRO, id="district-words", markup=False)
        yield KeyedTable(show_header=False)
        yield KeyBar("district", keymap=self._session.settings.keys)

    def on_mount(self) -> None:
        """Show the entries."""
        self.query_one(KeyedTable).shape([Column("", 18), Column("", 34), Column("", 0)])
        self._show()

    def _show(self) -> None:
        counts = {kind: sum(one.kind == kind for one in self._found) for kind in KINDS}
        title = self.query_one(TitleBar)
        off = plural(counts[OFF], "entry is days off", "entries are days off")
        title.aside = f"{off}, {counts[EARLY]} early"
        self.query_one(KeyedTable).fill(
            [
                (str(n), (literal(WORDS[one.kind]), literal(_days(one)), literal(one.label)))
                for n, one in enumerate(self._found)
            ]
        )

    @on(DataTable.RowSelected)
    def action_kind(self) -> None:
        """Say that the entry is the next of: day off, early release, neither."""
        table = self.query_one(KeyedTable)
        if table.current_key is None:
            return
        number = int(table.current_key)
        one = self._found[number]
        kind = KINDS[(KINDS.index(one.kind) + 1) % len(KINDS)]
        self._found[number] = replace(one, kind=kind)
        self._show()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_take(self) -> None:
        """Take what is marked into the school calendar."""
        wanted = [one for one in self._found if one.kind != OTHER]
        try:
            off, early = await self._session.perform(
                lambda desk: desk.school_years.take_district(wanted)
            )
        except REFUSALS as error:
            self.app.notify(explain(error), markup=False, severity="error", timeout=10)
            return
        words = f"{plural(off, 'entry', 'entries')} of days off and {early} early releases are new"
        self.app.notify(words, markup=False)
        self.dismiss(True)

    def action_back(self) -> None:
        """Leave; nothing of it is taken."""
        self.dismiss(False)


def _days(one: DistrictDay) -> str:
    return full(one.first) if one.first == one.last else f"{full(one.first)} - {full(one.last)}"
