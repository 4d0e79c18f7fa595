"""What the screens of Progress share: a heading, a list, and what is said of the row below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from coach_tui.presentation.text import visible_lines
from coach_tui.screens.base import NotDone
from coach_tui.screens.session import Session
from coach_tui.screens.teacher.actions import CoacheeActions
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.keyed_table import KeyedTable
from coach_tui.widgets.passage import Passage


class Listing(CoacheeActions):
    """A screen of one list. A subclass reads what it shows, shows it, and opens a row."""

    CSS_PATH = "progress.tcss"
    AUTO_FOCUS = "KeyedTable"

    CLOSES_WHEN_GONE: ClassVar[bool] = True
    """Whether it closes when what it is about is not there any more."""

    def list_widget(self) -> KeyedTable:
        """Return the list."""
        return KeyedTable(show_header=False)

    @property
    def selected_id(self) -> str | None:
        """The coachee that actions are about; None where there is none."""
        return None

    def compose(self) -> ComposeResult:
        """Lay out title, heading, list, what is said of the row, and keys."""
        yield TitleBar("")
        yield Passage("", id="listing-head", markup=False)
        yield self.list_widget()
        yield Static("", id="listing-empty", markup=False)
        yield Passage("", id="listing-foot", markup=False)
        bars = (place for place in self.PLACES if place not in ("list", "matrix"))
        yield KeyBar(*bars, keymap=self.session.settings.keys)

    def on_mount(self) -> None:
        """Read, and show."""
        for name in ("head", "empty", "foot"):
            self.query_one(f"#listing-{name}", Static).display = False
        self.read_again()

    async def on_desk_changed(self) -> None:
        """Read again, and show."""
        self.read_again()

    @work(exclusive=True, group="refresh", exit_on_error=False)
    async def read_again(self) -> None:
        """Read what is shown and show it; close when it is gone."""
        try:
            await self.read()
        except NotDone:
            if self.CLOSES_WHEN_GONE:
                self.dismiss()
            return
        if self.is_attached:
            self.show()
            self.say_of_row()

    async def read(self) -> None:
        """Read what is shown."""
        raise NotImplementedError

    def show(self) -> None:
        """Show what was read."""
        raise NotImplementedError

    def row_words(self) -> list[str]:
        """Return what is said of the row under the cursor, a line each."""
        return []

    def say_title(self, heading: str, aside: str = "") -> None:
        """Set the line at the top."""
        bar = self.query_one(TitleBar)
        bar.heading, bar.aside = heading, aside

    def put(self, name: str, lines: list[str]) -> None:
        """Put lines in the heading, the foot, or the place for an empty list; none hides it."""
        place = self.query_one(f"#listing-{name}", Static)
        place.display = bool(lines)
        text = "\n".join(visible_lines(line) for line in lines)
        place.update(Text(text, no_wrap=False, overflow="fold", end=""))

    def say_of_row(self) -> None:
        """Say what is to be said of the row under the cursor."""
        self.put("foot", self.row_words())

    @on(DataTable.RowHighlighted)
    def _row_changed(self) -> None:
        if self.is_attached:
            self.say_of_row()

    @on(DataTable.RowSelected)
    def _row_selected(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Open the row under the cursor."""

    def action_back(self) -> None:
        """Go back to where this was opened from."""
        self.dismiss()


class CoacheeListing(Listing):
    """A list that is about one coachee."""

    def __init__(self, session: Session, coachee: str) -> None:
        """Show what belongs to the coachee with this id."""
        super().__init__(session)
        self._coachee_id = coachee

    def draft_place(self) -> dict[str, str]:
        """Say where this is found again: here, not on the coachee's page."""
        return {**self.own_place(), "coachee": self._coachee_id}

    @classmethod
    async def again(cls, session: Session, place: Mapping[str, str]) -> Self:
        """Make the screen of a `draft_place`."""
        return cls(session, place["coachee"])

    @property
    def selected_id(self) -> str | None:
        """The coachee of this page."""
        return self._coachee_id
