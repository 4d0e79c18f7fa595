"""Where several lines are typed, shown literally."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import TextArea

from coach_tui.presentation.text import visible_in_place


class TextLines(TextArea):
    """Several lines, each shown sign for sign; tab goes to the next field."""

    takes_lines = True
    """Enter belongs to the text here (see `OneKeyAtATime`)."""

    def __init__(self, text: str, height: int | str) -> None:
        """Hold `text` in `height` terminal rows, or in what `1fr` leaves over."""
        super().__init__(text, compact=True, tab_behavior="focus")
        self.styles.height = height
        self.cursor_blink = False

    def get_line(self, line_index: int) -> Text:
        """Return a line as it is drawn."""
        return Text(visible_in_place(self.document.get_line(line_index)), end="", no_wrap=True)
