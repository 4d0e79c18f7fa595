"""The line in which words are looked for while they are typed."""

from __future__ import annotations

from coach_tui.widgets.inputs import LineInput
from coach_tui.widgets.notes_table import NotesTable

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
