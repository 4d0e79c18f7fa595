"""Mode 4: all notes, newest first; words narrow them down to lines while they are typed."""

from __future__ import annotations

from textual import on, work
from textual.widgets import DataTable

from coach_tui.screens.notes.marking import MarkingNotes
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.one_key import ACTIONS


class NotesScreen(MarkingNotes):
    """Observations and quick notes of everyone, and what stands in them."""

    CSS_PATH = "notes.tcss"
    BINDINGS = bindings("notes", "teacher")
    PLACES = ("notes", "teacher", "list", "app")
    AUTO_FOCUS = "NotesTable"

    @on(DataTable.RowSelected)
    def _open_row(self) -> None:
        self.action_open()

    def history_of(self) -> tuple[str, str, str] | None:
        """Return the observation under the cursor."""
        one = self.selected
        if one is None:
            return None
        name = self.index.names.get(one.kept.coachee, "")
        return f"notes on {name}", "observations", one.kept.id

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_open(self) -> None:
        """Open the notes under the cursor, at the line that was found."""
        one = self.selected
        if one is not None:
            coachee = await self._selected()
            self.open_observation(coachee, one.kept.id, at_line=one.line)

    def action_page(self) -> None:
        """Open the page of the teacher under the cursor."""
        if self.selected_id is not None:
            from coach_tui.screens.coachee.screen import CoacheeScreen

            self.app.push_screen(CoacheeScreen(self.session, self.selected_id))

    def action_practice(self) -> None:
        """Show how notes are taken, over time: the coach's own business."""
        from coach_tui.screens.notes.practice import PracticeScreen

        self.app.push_screen(PracticeScreen(self.session))
