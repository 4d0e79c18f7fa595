"""Where one line is typed: shown literally, pasted whole; one of them narrows a list."""

from __future__ import annotations

from typing import Self

from rich.text import Text
from textual import events
from textual.geometry import Region
from textual.widgets import Input

from coach_tui.presentation.text import visible_in_place
from coach_tui.widgets.keyed_table import KeyedTable


class LineInput(Input):
    """One line. What it holds is shown sign for sign; pasted lines are joined by a space."""

    def __init__(
        self, value: str = "", *, hint: str = "", secret: bool = False, id: str | None = None
    ) -> None:
        """Hold `value`; `hint` stands where nothing was typed; a `secret` is shown as dots."""
        shown = visible_in_place(hint)
        super().__init__(
            value,
            placeholder=shown,
            password=secret,
            id=id,
            compact=True,
            select_on_focus=False,  # the first key would wipe out what stands there
        )
        self.cursor_blink = False

    @property
    def _value(self) -> Text:
        """What is drawn: stored control characters must not reach the terminal."""
        shown = "•" * len(self.value) if self.password else visible_in_place(self.value)
        return Text(shown, no_wrap=True, overflow="ignore", end="")

    _typing = False

    def _watch_value(self, value: str) -> None:
        """Take the new value in; Textual would lay the whole screen out anew at each key.

        A line that takes the width it is given never changes its size.
        """
        self._typing = True
        try:
            super()._watch_value(value)
        finally:
            self._typing = False

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw the line anew, and lay the screen out unless a key is all that happened."""
        layout = layout and not self._typing
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _on_paste(self, event: events.Paste) -> None:
        """Take in all that was pasted; Textual's own input keeps the first line only."""
        event.prevent_default()
        event.stop()
        self.paste(event.text.splitlines())

    def paste(self, lines: list[str]) -> None:
        """Put the lines where the cursor stands, or in place of what is selected."""
        self.replace(" ".join(line for line in lines if line), *sorted(self.selection))


class FilterLine(LineInput):
    """The line that narrows the screen's list while it is typed."""

    BINDINGS = [("escape", "clear", "Clear"), ("down", "leave", "To the list")]

    def action_clear(self) -> None:
        """Empty the line and go back to the list."""
        self.value = ""
        self.screen.query_one(KeyedTable).focus()

    def action_leave(self) -> None:
        """Go to the list; the words stay. Where they find nothing there is none to go to."""
        table = self.screen.query_one(KeyedTable)
        if table.row_count:
            table.focus()
