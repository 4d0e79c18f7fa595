"""What the screen of a launch conversation shows: the items, their notes, what may be asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Self

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import DataTable, Static

from coach_tui.coaching.launching import WHAT_IS_KEPT
from coach_tui.domain.enumerations import LaunchItem
from coach_tui.domain.records import Coachee
from coach_tui.presentation.launch import ABOUT, RECORDS, LaunchRow, launch_rows, launch_words
from coach_tui.presentation.text import visible, visible_lines
from coach_tui.screens.base import NotDone
from coach_tui.screens.meeting.sheet import read_bank
from coach_tui.screens.teacher.actions import CoacheeActions
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal

if TYPE_CHECKING:
    from coach_tui.coaching.questions import Questions
    from coach_tui.screens.session import Session

PLACE_OF_ITEM = dict(
    zip(LaunchItem, ("trust", "expectations", "reflection", "students"), strict=True)
)
"""Where the question bank keeps the prompts of each item."""


class OnALaunch(CoacheeActions):
    """The four items as a list; below it the note in full, and what may be asked."""

    def __init__(self, session: Session, coachee: Coachee, bank: Questions) -> None:
        """Show the launch conversation with `coachee`, with the prompts of `bank`."""
        super().__init__(session)
        self._coachee, self._bank = coachee, bank
        self._coachee_id = coachee.id
        self._rows: list[LaunchRow] = []

    @classmethod
    async def opened(cls, session: Session, coachee: str) -> Self:
        """Read the coachee and the prompts, and make the screen; raises when she is gone."""
        bank = await read_bank(session)
        return cls(session, await session.perform(lambda desk: desk.coachees.get(coachee)), bank)

    @property
    def selected_id(self) -> str | None:
        """The coachee of this conversation."""
        return self._coachee_id

    def draft_place(self) -> dict[str, str]:
        """Say with whom, and which row: what is typed is taken up again there."""
        key = self.query_one(KeyedTable).current_key or ""
        return {**self.own_place(), "coachee": self._coachee_id, "field": key}

    @classmethod
    async def again(cls, session: Session, place: Mapping[str, str]) -> Self:
        """Make the conversation that was open; raises when the coachee is gone."""
        return await cls.opened(session, place.get("coachee", ""))

    async def resume(self, place: Mapping[str, str]) -> None:
        """Put the cursor on the row that was being written."""
        await self._take_anew()
        if place.get("field"):
            self.query_one(KeyedTable).go_to(place["field"])

    def compose(self) -> ComposeResult:
        """Lay out title, items, the note in full, and keys."""
        yield TitleBar("Launch conversation")
        with Horizontal(id="launch-body"):
            yield KeyedTable(id="launch-items", show_header=False)
            with VerticalScroll(id="launch-detail", can_focus=False):
                yield Static("", id="launch-words", markup=False)
                yield Static("", id="launch-prompts", markup=False)
        yield KeyBar("launch", "app", keymap=self.session.settings.keys)

    def on_mount(self) -> None:
        """Show the conversation as it was read."""
        if self._bank.problem:
            self.complain(f"Your own questions are not used: {self._bank.problem}")
        self._show()

    async def on_desk_changed(self) -> None:
        """Read the coachee again."""
        await self._take_anew()

    async def _take_anew(self) -> None:
        try:
            self._coachee = await self.perform(lambda desk: desk.coachees.get(self._coachee_id))
        except NotDone:
            self.dismiss()
            return
        self._show()

    def _show(self) -> None:
        coachee = self._coachee
        if not self.is_attached:
            return
        title = self.query_one(TitleBar)
        title.heading = f"Launch conversation · {coachee.name}"
        title.aside = launch_words(coachee)
        self._rows = launch_rows(coachee)
        table = self.query_one(KeyedTable)
        table.shape([Column("", 3), Column("", 50), Column("", 0)])
        table.fill([(row.key, _cells(row)) for row in self._rows])
        self._show_row()

    @property
    def _row(self) -> LaunchRow | None:
        key = self.query_one(KeyedTable).current_key
        return next((row for row in self._rows if row.key == key), None)

    @on(DataTable.RowHighlighted)
    def _show_row(self) -> None:
        row = self._row
        if row is None:
            return
        words = WHAT_IS_KEPT if row.key == RECORDS else row.words
        self.query_one("#launch-words", Static).update(Text(visible_lines(words)))
        self.query_one("#launch-prompts", Static).update(Text(self._asked(row)))

    def _asked(self, row: LaunchRow) -> str:
        if row.key in (RECORDS, ABOUT):
            return ""
        asked = self._bank.of(PLACE_OF_ITEM[LaunchItem(row.key)])
        return "\n".join(f"Ask: {visible(question.text)}" for question in asked)


def _cells(row: LaunchRow) -> tuple[Text, ...]:
    tick = "" if row.done is None else "[x]" if row.done else "[ ]"
    return literal(tick), literal(row.label, "bold"), literal(row.words)
