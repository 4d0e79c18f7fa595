"""One of many, found by typing a few of its letters."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import DataTable, Input, Label

from coach_tui.screens.closeness import closeness
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.inputs import LineInput
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal
from coach_tui.widgets.passage import Passage

Option = tuple[str, str, str]
"""A key, the words it is found by, and what is said beside them."""


class Picker(ModalScreen[str | None]):
    """Asks which of `options`; answers with its key, None when it was cancelled.

    Typing narrows the list to what holds the letters in their order, the closest first.
    """

    CSS_PATH = "picker.tcss"
    BINDINGS = bindings("form")
    AUTO_FOCUS = "LineInput"

    def __init__(self, question: str, options: Sequence[Option]) -> None:
        """Ask `question`."""
        super().__init__()
        self._question, self._options = question, list(options)

    def compose(self) -> ComposeResult:
        """Lay out the question, the line to type in, and what matches."""
        with Vertical(id="picker-box"):
            yield Passage(literal(self._question, "bold", wrap=True), id="picker-question")
            yield LineInput(hint="type a few letters")
            yield KeyedTable(id="picker-options", show_header=False)
        yield Label("enter picks · escape cancels", id="picker-keys", markup=False)

    def on_mount(self) -> None:
        """Show everything."""
        table = self.query_one(KeyedTable)
        table.can_focus = False
        table.shape([Column("", 34), Column("", 0)])
        self._show("")

    def _show(self, typed: str) -> None:
        shown = self._matching(typed.strip())
        self.query_one(KeyedTable).fill(
            [(key, (literal(words), literal(about, "dim"))) for key, words, about in shown]
        )

    def _matching(self, typed: str) -> list[Option]:
        if not typed:
            return self._options
        close = closeness(typed)
        options = [(close(option[1]), option) for option in self._options]
        options.sort(key=lambda one: -one[0])
        return [option for score, option in options if score > 0]

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._show(event.value)
        self.query_one(KeyedTable).move_cursor(row=0)

    def on_key(self, event: events.Key) -> None:
        """Move in the list while the line keeps the focus."""
        table = self.query_one(KeyedTable)
        if event.key == "down":
            table.action_cursor_down()
        elif event.key == "up":
            table.action_cursor_up()
        else:
            return
        event.stop()

    @on(Input.Submitted)
    @on(DataTable.RowSelected)
    def _picked(self) -> None:
        self.action_save()

    def action_save(self) -> None:
        """Pick what is under the cursor; where nothing matches, nothing is picked."""
        table = self.query_one(KeyedTable)
        if table.row_count:
            self.dismiss(table.current_key)

    def action_cancel(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
