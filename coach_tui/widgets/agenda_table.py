"""The agenda: headings of days, and their entries below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from coach_tui.widgets.keyed_table import Column, KeyedTable


class AgendaTable(KeyedTable, inherit_bindings=False):
    """One row a line; its keys are those of the screen, which knows days as well as rows."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self) -> None:
        """Begin empty, without a header."""
        super().__init__(id="agenda-table", show_header=False)

    def show(self, rows: Sequence[tuple[str, tuple[Text, ...]]], key: str) -> None:
        """Show the rows, with the cursor on `key`; where it is not among them, on what it was."""
        self.shape([Column("", 0)])
        known = {row for row, _ in rows}
        self.fill(rows, select=key if key in known else None)
