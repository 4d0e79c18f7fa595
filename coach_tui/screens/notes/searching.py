"""Reading all notes and looking through them: what is found, its context, how far it is."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import DataTable, Input, Static

from coach_tui.domain.note_search import Asked, Found
from coach_tui.presentation.notes import asked_by, nothing_fits
from coach_tui.presentation.text import plural
from coach_tui.screens.notes.index import MOST, NotesIndex
from coach_tui.screens.session import Session
from coach_tui.screens.teacher.actions import CoacheeActions
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.inputs import FilterLine
from coach_tui.widgets.note_context import NoteContext
from coach_tui.widgets.notes_table import NotesTable, key_of

EMPTY = """No notes yet.

  2   go to the caseload; there o observes the teacher under the cursor
  O   enters an observation after the fact, from paper"""

SAY_AFTER, SOONER = 3000, 4
"""Observations after which it is said anew how many were read; and how many times as many must
be there before they are looked through again: soon enough to fill the screen, seldom enough that
drawing costs little."""

HINT = "words in a line, kind:quote speaker:s3 tag:probe teacher:ruiz date:2026-11"


class SearchingNotes(CoacheeActions):
    """Shows what was found; `refresh_notes` takes in what changed."""

    def __init__(self, session: Session) -> None:
        """Know nothing before it is read."""
        super().__init__(session)
        self.index = NotesIndex(self.perform)
        """All notes, as far as they are read."""
        self._found: dict[str, Found] = {}
        self._shown = Asked()
        self._is_reading = False

    def compose(self) -> ComposeResult:
        """Lay out title, search line, what was found, its context, keys."""
        yield TitleBar("Notes")
        yield FilterLine(hint=HINT)
        yield NotesTable()
        yield Static("", id="notes-empty", markup=False)
        yield NoteContext()
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
        await self.index.catch_up()
        if not self.index.is_being_read:
            self.search()
        elif not self._is_reading:
            self._is_reading = True
            self._read_all()

    @work(group="reading", exit_on_error=False)
    async def _read_all(self) -> None:
        """Read piece by piece: what is newest is there at once, and keys are answered meanwhile."""
        searched = said = 0
        try:
            while self.index.is_being_read:
                await self.index.read_on()
                read = self.index.read
                if read >= SOONER * searched:
                    searched = said = read
                    self.search()
                elif read >= said + SAY_AFTER:
                    said = read
                    self._show_aside()
        finally:
            self._is_reading = False
        self.search()
        if self.index.unreadable:
            count = plural(self.index.unreadable, "observation")
            self.complain(f"{count} cannot be read: leave the app and run coach-tui doctor")

    @property
    def _question(self) -> Asked:
        return asked_by(self.query_one(FilterLine).value, self.session.today())

    @work(exclusive=True, group="search", exit_on_error=False)
    async def search(self) -> None:
        """Look for what stands in the search line."""
        question = self._question
        found = await self.index.find(question)
        select = self._cursor_at(found, question)
        self._found = {key_of(one): one for one in found}
        self._shown = question
        self._show(found, question, select)

    def _cursor_at(self, found: list[Found], question: Asked) -> str | None:
        """Return where the cursor goes: another question begins with its newest answer.

        Back among the observations, it goes to the one that it was in; None leaves it.
        """
        if question == self._shown or not found:
            return None
        before = self.selected_observation
        keys = (key_of(one) for one in found)
        return next((key for key in keys if key == before), key_of(found[0]))

    @property
    def selected_observation(self) -> str | None:
        """The id of the observation under the cursor, or of the line's."""
        return None if self.selected is None else self.selected.kept.id

    def _show(self, found: list[Found], question: Asked, select: str | None) -> None:
        table, empty = self.query_one(NotesTable), self.query_one("#notes-empty", Static)
        table.show(found, self.index.names, self.session.today(), self.marked, select)
        # It keeps the focus: keys go on to be commands, and not words in the search line.
        table.set_class(not found, "-nothing")
        self.query_one(NoteContext).display, empty.display = bool(found), not found
        words = self._nothing(question)
        if words != empty.content:
            # Also the same words would have the whole screen laid out anew, at each key.
            empty.update(words)
        title = self.query_one(TitleBar)
        searched = bool(question.words or question.filters)
        if searched or self.index.is_whole:
            what = "line" if question.is_of_lines else "observation"
            count = f"the newest {MOST} {what}s" if len(found) == MOST else plural(len(found), what)
            title.heading = f"Notes · {count}{' found' if searched else ', newest first'}"
        else:
            title.heading = "Notes · newest first"
        self._show_aside()
        self._show_context()

    @property
    def marked(self) -> frozenset[str]:
        """The keys of the rows that are marked."""
        return frozenset()

    def _nothing(self, question: Asked) -> str:
        if question.words or question.filters:
            return nothing_fits(question, self.index.names.values(), self.index.is_whole)
        return EMPTY if self.index.is_whole else ""

    def _show_aside(self) -> None:
        self.query_one(TitleBar).aside = self.aside()

    def aside(self) -> str:
        """Say how many notes there are, or how many of them were read so far."""
        index = self.index
        if index.is_whole:
            return plural(len(index.newest_first), "observation")
        return f"reading {index.read} of {index.total} notes" if index.total else ""

    @on(DataTable.RowHighlighted)
    def _show_context(self) -> None:
        self.query_one(NoteContext).found = self.selected

    @on(Input.Changed)
    def _narrow(self) -> None:
        self.search()

    @on(Input.Submitted)
    def _to_the_list(self) -> None:
        self.query_one(NotesTable).focus()

    @property
    def selected(self) -> Found | None:
        """What is under the cursor."""
        key = self.query_one(NotesTable).current_key
        return None if key is None else self._found.get(key)

    @property
    def selected_id(self) -> str | None:
        """Whose notes are under the cursor."""
        return None if self.selected is None else self.selected.kept.coachee

    def action_search(self) -> None:
        """Type what to look for."""
        self.query_one(FilterLine).focus()
