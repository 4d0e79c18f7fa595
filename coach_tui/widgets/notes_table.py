"""Notes as a table: an observation a row, or a line a row where lines are looked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rich.text import Text

from coach_tui.domain.note_search import Found
from coach_tui.presentation.notes import found_words
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal


class NotesTable(KeyedTable):
    """A row's key is the observation and, for a line, its place in it."""

    def show(self, found: Sequence[Found], names: Mapping[str, str], today: date) -> None:
        """Show what was found, with days as seen from `today`."""
        self.shape([Column("Day", 11), Column("Teacher", 18), Column("Notes", 0)])
        self.fill([(key_of(one), self._cells(one, names, today)) for one in found])

    def _cells(self, one: Found, names: Mapping[str, str], today: date) -> tuple[Text, ...]:
        return tuple(literal(words) for words in found_words(one, names, today))


def key_of(found: Found) -> str:
    """Return the key of a row."""
    return found.kept.id if found.line is None else f"{found.kept.id}:{found.line}"
