"""What was counted and timed in an observation, beside its script."""

from __future__ import annotations

from itertools import zip_longest

from rich.text import Text
from textual.geometry import Region
from textual.widget import Widget


class SummaryPanel(Widget, can_focus=False):
    """A column of lines at the right edge; only the rows that changed are drawn anew."""

    DEFAULT_CSS = """
    SummaryPanel {
        dock: right; width: 36; height: 1fr; padding: 0 1; background: $surface;
        border-left: vkey $panel; overflow: hidden;
    }
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._lines: list[str] = []

    def show(self, lines: list[str]) -> None:
        """Show `lines`; those that begin a part stand at the edge, what belongs to it under it."""
        before, self._lines = self._lines, lines
        changed = [y for y, pair in enumerate(zip_longest(before, lines)) if pair[0] != pair[1]]
        if changed:
            self.refresh(*(Region(0, y, self.size.width + 2, 1) for y in changed))

    def render(self) -> Text:
        """Return the lines, cut at the edge."""
        rows = (Text(line, style="" if line[:1] == " " else "bold") for line in self._lines)
        text = Text("\n", no_wrap=True, overflow="ellipsis", end="").join(rows)
        text.no_wrap, text.overflow = True, "ellipsis"
        return text
