"""What was counted and timed in an observation, beside its script."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Static


class SummaryPanel(Static, can_focus=False):
    """A column of lines at the right edge."""

    DEFAULT_CSS = """
    SummaryPanel {
        dock: right; width: 36; height: 1fr; padding: 0 1; background: $surface;
        border-left: vkey $panel; overflow-y: auto; scrollbar-size-vertical: 1;
    }
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__("", markup=False)
        self._lines: list[str] = []

    def show(self, lines: list[str]) -> None:
        """Show `lines`; those that begin a part stand at the edge, what belongs to it under it."""
        if lines == self._lines:
            return
        self._lines = lines
        self.update(
            Text("\n").join(
                Text(line, style="" if line.startswith(" ") else "bold") for line in lines
            )
        )
