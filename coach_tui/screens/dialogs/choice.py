"""A question with a few answers, picked by cursor or by its number."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import DataTable, Label

from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal
from coach_tui.widgets.passage import Passage


class Pick(ModalScreen[str | None]):
    """Asks `question`; the answer is the key of what was picked, None when it was cancelled."""

    CSS_PATH = "choice.tcss"
    BINDINGS = [*bindings("form")]

    def __init__(self, question: str, options: Sequence[tuple[str, str]], intro: str = "") -> None:
        """Offer `options`, each a key and the words that are shown."""
        super().__init__()
        self._question, self._options, self._intro = question, list(options), intro

    def compose(self) -> ComposeResult:
        """Lay out the question and its answers."""
        with Vertical(id="pick-box"):
            yield Passage(literal(self._question, "bold", wrap=True), id="pick-question")
            if self._intro:
                yield Label(literal(self._intro, wrap=True), id="pick-intro")
            table = KeyedTable(id="pick-options", show_header=False)
            table.styles.height = min(len(self._options), 14)
            yield table
        yield Label("enter picks · escape cancels", id="pick-keys", markup=False)

    def on_mount(self) -> None:
        """Show the answers, numbered as far as there are digits."""
        table = self.query_one(KeyedTable)
        table.shape([Column("", 2), Column("", 0)])
        table.fill(
            [
                (key, (literal(str(n) if n < 10 else ""), literal(words)))
                for n, (key, words) in enumerate(self._options, start=1)
            ]
        )
        table.focus()

    def on_key(self, event: events.Key) -> None:
        """Pick by number."""
        if event.character and event.character.isdecimal():
            index = int(event.character) - 1
            if 0 <= index < len(self._options):
                event.stop()
                self.dismiss(self._options[index][0])

    @on(DataTable.RowSelected)
    def _picked(self) -> None:
        self.dismiss(self.query_one(KeyedTable).current_key)

    def action_save(self) -> None:
        """Pick what is under the cursor."""
        self._picked()

    def action_cancel(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
