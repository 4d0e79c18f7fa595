"""What was counted and timed in an observation, beside its script."""

from __future__ import annotations

from itertools import zip_longest

from rich.text import Text
from textual.geometry import Region
from textual.widget import Widget

from coach_tui.presentation.text import cut


class SummaryPanel(Widget, can_focus=False):
    """A column of lines at the right edge; only the rows that changed are drawn anew.

    Where there are more lines than rows it is turned a page at a time: it never has the focus.
    """

    DEFAULT_CSS = """
    SummaryPanel {
        dock: right; width: 38; height: 1fr; padding: 0 1; background: $surface;
        border-left: vkey $panel; overflow: hidden;
    }
    """

    def __init__(self, turn_with: str) -> None:
        """Begin empty; `turn_with` is the key that turns the page, as it is told."""
        super().__init__()
        self._turn_with = turn_with
        self._lines: list[str] = []
        self._drawn: list[str] = []
        self._top = 0
        self.tallest = 0
        """Rows it had at most in this terminal: a longer hint that comes and goes turns no page."""

    def show(self, lines: list[str]) -> None:
        """Show `lines`; those that begin a part stand at the edge, what belongs to it under it."""
        self._lines = lines
        self._draw()

    def turn(self) -> bool:
        """Turn to the next page; returns whether there was one. After the last comes the first."""
        page = self._page
        is_last = self._top + page >= len(self._lines)
        self._top = 0 if is_last else self._top + page
        self._draw()
        return not is_last

    @property
    def _page(self) -> int:
        """How many lines are shown at once: the last row says that there are more."""
        self.tallest = height = max(self.content_size.height, self.tallest, 1)
        return height if len(self._lines) <= height else max(height - 1, 1)

    def _rows(self) -> list[str]:
        page = self._page
        if page >= len(self._lines) or self._top >= len(self._lines):
            self._top = 0
        rows = self._lines[self._top : self._top + page]
        left = len(self._lines) - self._top - page
        if left > 0:
            rows.append(f"▾ {left} more rows: {self._turn_with}")
        elif self._top:
            rows += [""] * (page - len(rows))
            rows.append(f"▴ the end; {self._turn_with} hides it")
        return rows

    def _draw(self) -> None:
        before, self._drawn = self._drawn, self._rows()
        pairs = zip_longest(before, self._drawn)
        changed = [y for y, pair in enumerate(pairs) if pair[0] != pair[1]]
        if changed:
            self.refresh(*(Region(0, y, self.size.width + 2, 1) for y in changed))

    def on_resize(self) -> None:
        """Show the same page, as much of it as there is room for."""
        self._draw()

    def render(self) -> Text:
        """Return the rows, cut at the edge."""
        width = max(self.content_size.width, 1)
        rows = (
            Text(cut(line, width), style="" if line[:1] == " " else "bold") for line in self._rows()
        )
        return Text("\n", no_wrap=True, end="").join(rows)
