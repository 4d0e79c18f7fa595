"""A page to read over the screen: lines of text, closed by Escape."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from coach_tui.presentation.text import visible_lines


class Page(ModalScreen[None]):
    """Shows `lines`; there is nothing to answer."""

    CSS_PATH = "page.tcss"
    BINDINGS = [
        Binding("escape,q,enter", "close", "Close"),
        Binding("j,down", "down", "Down", show=False),
        Binding("k,up", "up", "Up", show=False),
    ]

    def __init__(self, lines: Sequence[str]) -> None:
        """Show `lines`, the user's words among them literal."""
        super().__init__()
        self._text = "\n".join(visible_lines(line) for line in lines)

    def compose(self) -> ComposeResult:
        """Lay out the text."""
        with VerticalScroll(id="page-box"):
            yield Static(Text(f"{self._text}\n\nEscape closes this page.", overflow="fold"))

    def action_close(self) -> None:
        """Close the page."""
        self.dismiss(None)

    def action_down(self) -> None:
        """Scroll down."""
        self.query_one("#page-box").scroll_down(animate=False)

    def action_up(self) -> None:
        """Scroll up."""
        self.query_one("#page-box").scroll_up(animate=False)
