"""A coachee's page as a table: section, label with its tick, words."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from coach_tui.presentation.coachee import Line
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal

LABEL = 32
"""Columns for a label with its tick."""

HEADING = "heading:"
"""How the key of a section's heading begins; every other key is a field."""


class PageTable(KeyedTable):
    """A heading for each section, and one row a field below it."""

    def __init__(self, *, id: str | None = None) -> None:
        """Begin empty, without a header: the labels say what each row is."""
        super().__init__(id=id, show_header=False)

    def show(self, lines: Sequence[Line]) -> None:
        """Show the lines; each row's key is its field."""
        self.shape([Column("", LABEL), Column("", 0)])
        rows: list[tuple[str, tuple[Text, ...]]] = []
        section = ""
        for line in lines:
            if line.section != section:
                section = line.section
                rows.append((HEADING + section, (literal(section, "bold"), literal(""))))
            label = f"  {line.tick} {line.label}" if line.tick else f"  {line.label}"
            rows.append((line.field, (literal(label), literal(line.words))))
        begun = self.current_key is not None
        self.fill(rows)
        if not begun and lines:
            self.go_to(lines[0].field)

    @property
    def field(self) -> str | None:
        """The field under the cursor; None on a heading."""
        key = self.current_key
        return None if key is None or key.startswith(HEADING) else key
