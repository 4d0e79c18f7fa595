"""Mode 4: all notes, newest first; words narrow them down to lines while they are typed."""

from __future__ import annotations

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.widgets import DataTable, Input, Static

from coach_tui.domain.note_search import Found, asked
from coach_tui.presentation.notes import context_lines
from coach_tui.presentation.text import plural
from coach_tui.screens.notes.index import MOST, NotesIndex
from coach_tui.screens.session import Session
from coach_tui.screens.teacher.actions import CoacheeActions
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.inputs import LineInput
from coach_tui.widgets.notes_table import NotesTable, key_of
from coach_tui.widgets.one_key import ACTIONS

EMPTY = """No notes yet.

  2   go to the caseload; there o observes the teacher under the cursor
  O   enters an observation after the fact, from paper"""

SAY_AFTER = 1000
"""Observations after which it is said anew how many were read."""

HINT = "words in a line, kind:quote speaker:s3 tag:probe teacher:ruiz date:2026-11"


class SearchLine(LineInput):
    """The line that is searched for while it is typed."""

    BINDINGS = [("escape", "clear", "Clear"), ("down", "leave", "To the list")]

    def action_clear(self) -> None:
        """Empty the line and go back to the list."""
        self.value = ""
        self.action_leave()

    def action_leave(self) -> None:
        """Go to the list; the words stay."""
        self.screen.query_one(NotesTable).focus()


class NotesScreen(CoacheeActions):
    """Observations and quick notes of everyone, and what stands in them."""

    CSS_PATH = "notes.tcss"
    BINDINGS = bindings("notes", "teacher")
    PLACES = ("notes", "teacher", "list", "app")
    AUTO_FOCUS = "NotesTable"

    def __init__(self, session: Session) -> None:
        """Know nothing before it is read."""
        super().__init__(session)
        self._index = NotesIndex(self.perform)
        self._found: dict[str, Found] = {}
        self._is_reading = False

    def compose(self) -> ComposeResult:
        """Lay out title, search line, what was found, its context, keys."""
        yield TitleBar("Notes")
        yield SearchLine(hint=HINT)
        yield NotesTable()
        yield Static("", id="notes-empty", markup=False)
        yield Static("", id="notes-context", markup=False)
        yield KeyBar("notes", "teacher", "app", keymap=self.session.settings.keys)

    def on_mount(self) -> None:
        """Begin to read all notes."""
        self.refresh_notes()

    async def on_desk_changed(self) -> None:
        """Read again what changed."""
        self.refresh_notes()

    @work(exclusive=True, group="refresh", exit_on_error=False)
    async def refresh_notes(self) -> None:
        """Read what changed, and look again."""
        await self.perform(lambda desk: desk.poll())
        await self._index.catch_up()
        if not self._index.is_being_read:
            self.search()
        elif not self._is_reading:
            self._is_reading = True
            self._read_all()

    @work(group="reading", exit_on_error=False)
    async def _read_all(self) -> None:
        """Read piece by piece: what is newest is there at once, and keys are answered meanwhile."""
        searched = said = 0
        try:
            while self._index.is_being_read:
                await self._index.read_on()
                read = self._index.read
                if read >= 2 * searched:
                    # Seldom enough that drawing costs little, soon enough to fill the screen.
                    searched = said = read
                    self.search()
                elif read >= said + SAY_AFTER:
                    said = read
                    self._show_aside()
        finally:
            self._is_reading = False
        self.search()
        if self._index.unreadable:
            count = plural(self._index.unreadable, "observation")
            self.complain(f"{count} cannot be read: leave the app and run coach-tui doctor")

    @work(exclusive=True, group="search", exit_on_error=False)
    async def search(self) -> None:
        """Look for what stands in the search line."""
        question = asked(self.query_one(SearchLine).value)
        found = await self._index.find(question)
        self._found = {key_of(one): one for one in found}
        self._show(found)

    def _show(self, found: list[Found]) -> None:
        table, empty = self.query_one(NotesTable), self.query_one("#notes-empty", Static)
        table.show(found, self._index.names, self.session.today())
        nothing = not found
        table.display, empty.display = not nothing, nothing
        searched = bool(self.query_one(SearchLine).value.strip())
        empty.update(self._nothing(searched))
        title = self.query_one(TitleBar)
        if searched or self._index.is_whole:
            what = "line" if found and found[0].line is not None else "observation"
            count = f"the newest {MOST} {what}s" if len(found) == MOST else plural(len(found), what)
            title.heading = f"Notes · {count}{' found' if searched else ', newest first'}"
        else:
            title.heading = "Notes · newest first"
        self._show_aside()
        self._show_context()

    def _nothing(self, searched: bool) -> str:
        if not self._index.is_whole:
            return ""
        return "No line fits. Escape shows all notes again." if searched else EMPTY

    def _show_aside(self) -> None:
        index = self._index
        self.query_one(TitleBar).aside = (
            plural(len(index.newest_first), "observation")
            if index.is_whole
            else f"reading {index.read} of {index.total} notes"
        )

    @on(DataTable.RowHighlighted)
    def _show_context(self) -> None:
        one = self.selected
        lines = context_lines(one) if one is not None else []
        words = Text("\n".join(lines), no_wrap=True, overflow="ellipsis")
        self.query_one("#notes-context", Static).update(words)

    @on(Input.Changed)
    def _narrow(self) -> None:
        self.search()

    @on(Input.Submitted)
    def _to_the_list(self) -> None:
        self.query_one(NotesTable).focus()

    @on(DataTable.RowSelected)
    def _open_row(self) -> None:
        self.action_open()

    @property
    def selected(self) -> Found | None:
        """What is under the cursor."""
        key = self.query_one(NotesTable).current_key
        return None if key is None else self._found.get(key)

    @property
    def selected_id(self) -> str | None:
        """Whose notes are under the cursor."""
        return None if self.selected is None else self.selected.kept.coachee

    def history_of(self) -> tuple[str, str, str] | None:
        """Return the observation under the cursor."""
        one = self.selected
        if one is None:
            return None
        name = self._index.names.get(one.kept.coachee, "")
        return f"notes on {name}", "observations", one.kept.id

    def action_search(self) -> None:
        """Type what to look for."""
        self.query_one(SearchLine).focus()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_open(self) -> None:
        """Open the notes under the cursor, at the line that was found."""
        one = self.selected
        if one is not None:
            coachee = await self._selected()
            self.open_observation(coachee, one.kept.id, at_line=one.line)

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_link(self) -> None:
        """Link the line under the cursor to a goal as evidence."""
        from coach_tui.screens.observe.linking import link

        one = self.selected
        if one is None or one.line is None:
            self.tell("Search for a line first: / and a word of it")
            return
        seen = await self.perform(lambda desk: desk.observing.get(one.kept.id))
        if one.line < len(seen.lines):
            await link(self, seen, [seen.lines[one.line].id])

    def action_page(self) -> None:
        """Open the page of the teacher under the cursor."""
        if self.selected_id is not None:
            from coach_tui.screens.coachee.screen import CoacheeScreen

            self.app.push_screen(CoacheeScreen(self.session, self.selected_id))

    def action_practice(self) -> None:
        """Show how notes are taken, over time: the coach's own business."""
        from coach_tui.screens.notes.practice import PracticeScreen

        self.app.push_screen(PracticeScreen(self.session))
