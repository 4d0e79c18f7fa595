"""Where one line is typed: shown literally, pasted whole."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.widgets import Input

from coach_tui.presentation.text import visible_in_place


class LineInput(Input):
    """One line. What it holds is shown sign for sign; pasted lines are joined by a space."""

    def __init__(
        self, value: str = "", *, hint: str = "", secret: bool = False, id: str | None = None
    ) -> None:
        """Hold `value`; `hint` stands where nothing was typed; a `secret` is shown as dots."""
        shown = visible_in_place(hint)
        super().__init__(value, placeholder=shown, password=secret, id=id, compact=True)
        self.cursor_blink = False

    @property
    def _value(self) -> Text:
        """What is drawn: stored control characters must not reach the terminal."""
        shown = "•" * len(self.value) if self.password else visible_in_place(self.value)
        return Text(shown, no_wrap=True, overflow="ignore", end="")

    def _on_paste(self, event: events.Paste) -> None:
        """Take in all that was pasted; Textual's own input keeps the first line only."""
        event.prevent_default()
        event.stop()
        self.paste(event.text.splitlines())

    def paste(self, lines: list[str]) -> None:
        """Put the lines where the cursor stands, or in place of what is selected."""
        self.replace(" ".join(line for line in lines if line), *sorted(self.selection))
