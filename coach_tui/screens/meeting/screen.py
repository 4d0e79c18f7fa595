"""The feedback meeting: its six steps in order, prepared, held, ended."""

from __future__ import annotations

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import DataTable, Static

from coach_tui.presentation.meeting import (
    ABOUT,
    ACTION,
    CHECK_BACK,
    ENGAGEMENT,
    GOAL,
    HELD,
    MISSED,
    SENTENCE,
    STEP,
    done_words,
    rows_of,
)
from coach_tui.presentation.text import visible
from coach_tui.screens.meeting.agreeing import AgreeingOnAStep
from coach_tui.screens.meeting.ending import EndingTheMeeting
from coach_tui.screens.meeting.stepping import SteppingMeeting
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.keyed_table import WIDE_FROM
from coach_tui.widgets.literal import literal
from coach_tui.widgets.meeting_table import MeetingTable
from coach_tui.widgets.one_key import ACTIONS


class MeetingScreen(SteppingMeeting, AgreeingOnAStep, EndingTheMeeting):
    """The steps as a list; below it, or beside it with room, the row in full and the prompts."""

    CSS_PATH = "meeting.tcss"
    BINDINGS = bindings("meeting", "teacher")
    PLACES = ("meeting", "teacher", "list", "app")
    AUTO_FOCUS = "MeetingTable"

    def compose(self) -> ComposeResult:
        """Lay out title, steps, the row in full, and keys."""
        yield TitleBar("Feedback meeting")
        with Horizontal(id="meeting-body"):
            yield MeetingTable(id="meeting-steps")
            with VerticalScroll(id="meeting-detail", can_focus=False):
                yield Static("", id="meeting-words", markup=False)
                yield Static("", id="meeting-origin", markup=False)
                yield Static("", id="meeting-prompts", markup=False)
        yield KeyBar("meeting", "app", keymap=self.session.settings.keys)

    def on_mount(self) -> None:
        """Show the meeting as it was read."""
        if self._bank.problem:
            self.complain(f"Your own questions are not used: {self._bank.problem}")
        self.show_sheet()

    async def on_desk_changed(self) -> None:
        """Take in what changed elsewhere."""
        await self.take_anew()

    def show_sheet(self) -> None:
        """Show the meeting as it is now."""
        sheet = self._sheet
        if not self.is_attached:
            return
        self._rows = rows_of(
            sheet.coachee,
            sheet.cycle,
            sheet.meeting,
            sheet.observations,
            sheet.practices,
            sheet.goal,
        )
        title = self.query_one(TitleBar)
        title.heading = f"Feedback meeting · {sheet.coachee.name} · cycle {sheet.cycle.number}"
        title.aside = done_words(sheet.meeting)
        self.query_one(MeetingTable).show(self._rows)
        self._show_row()

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        self._show_row()

    def _show_row(self) -> None:
        """Show the row under the cursor in full, where it came from, and the step's prompts."""
        row = self.row
        words = "" if row is None else row.words or row.label
        origin = "" if row is None else row.origin
        self.query_one("#meeting-words", Static).update(literal(words, wrap=True))
        self.query_one("#meeting-origin", Static).update(literal(origin, "dim", wrap=True))
        self.query_one("#meeting-prompts", Static).update(self._asked())

    def _asked(self) -> Text:
        """Return the prompts of the step: all with room, else one, by the row."""
        row = self.row
        if row is None or row.step is None:
            return Text()
        asked = [visible(question.text) for question in self.asked(row.step)]
        if asked and self.size.width < WIDE_FROM:
            return Text(f"Ask: {asked[row.place % len(asked)]} (i: all of them)")
        return Text("\n".join(f"Ask: {words}" for words in asked))

    def on_resize(self) -> None:
        """Show as many prompts as there is room for."""
        self._show_row()

    @on(DataTable.RowSelected)
    def _selected_row(self) -> None:
        self.action_change()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_change(self) -> None:
        """Edit what the cursor is on: a sentence, what was said, the action step, the meeting."""
        row = self.row
        if row is None:
            return
        if row.kind == SENTENCE:
            await self._edit_sentence()
        elif row.kind in (HELD, STEP) and row.step is not None:
            await self._write_held(row.step)
        elif row.kind == ACTION:
            await self._write_step()
        elif row.kind == CHECK_BACK:
            await self._correct_check_back()
        elif row.kind == ENGAGEMENT:
            await self._review_engagement()
        elif row.kind == ABOUT:
            await self._describe()
        elif row.kind == GOAL:
            await self._choose_goal()
        elif row.kind == MISSED:
            self.tell("a adds a sentence here, i shows questions to ask")

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_meet(self) -> None:
        """Say that this is the meeting: the key works everywhere else."""
        self.tell("This is the meeting: f4 ends it, escape leaves it; everything is kept")

    def action_back(self) -> None:
        """Leave; everything is kept."""
        self.dismiss()
