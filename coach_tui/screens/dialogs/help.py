"""`?`: every key of this place, with the user's own."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from coach_tui.presentation.commands import PLACES, commands_of, key_words, keys_of
from coach_tui.presentation.rows import aligned


class Help(ModalScreen[None]):
    """Lists the commands of the places that work here."""

    CSS_PATH = "help.tcss"
    BINDINGS = [
        Binding("escape,question_mark,f1,q,enter", "close", "Close"),
        Binding("j,down", "down", "Down", show=False),
        Binding("k,up", "up", "Up", show=False),
        Binding("g,home", "top", "First", show=False),
        Binding("G,end", "bottom", "Last", show=False),
    ]

    def __init__(self, places: tuple[str, ...], keymap: Mapping[str, str]) -> None:
        """Show the commands of `places`."""
        super().__init__()
        self._places, self._keymap = places, keymap

    def compose(self) -> ComposeResult:
        """Lay out one list."""
        with VerticalScroll(id="help-box"):
            yield Static("\n".join(self.lines()), markup=False)

    def lines(self) -> list[str]:
        """Return the text of the list."""
        lines = []
        for place in self._places:
            lines.append(PLACES[place])
            table = [
                (key_words(keys_of(one, self._keymap)), one.title, one.tooltip)
                for one in commands_of(place)
            ]
            lines += [f"  {row}" for row in aligned(table, (14, 14, 0))]
            lines.append("")
        lines.append("Escape closes this page.")
        return lines

    def action_close(self) -> None:
        """Close the page."""
        self.dismiss(None)

    def action_down(self) -> None:
        """Scroll down."""
        self.query_one("#help-box").scroll_down(animate=False)

    def action_up(self) -> None:
        """Scroll up."""
        self.query_one("#help-box").scroll_up(animate=False)

    def action_top(self) -> None:
        """Scroll to the first key."""
        self.query_one("#help-box").scroll_home(animate=False)

    def action_bottom(self) -> None:
        """Scroll to the last key."""
        self.query_one("#help-box").scroll_end(animate=False)
