"""Notes as a table: an observation a row, or a line a row where lines are looked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from coach_tui.domain.note_search import Found
from coach_tui.presentation.notes import found_words
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal

MARK = "●"


class NotesTable(KeyedTable):
    """A row's key is the observation and, for a line, its place in it."""

    _words: Mapping[str, tuple[str, ...]] = {}

    def show(
        self,
        found: Sequence[Found],
        names: Mapping[str, str],
        today: date,
        marked: Collection[str] = (),
        select: str | None = None,
    ) -> None:
        """Show what was found, with days as seen from `today`; `marked` are keys of rows.

        `select` is the key of the row that the cursor goes to.
        """
        self.shape([Column("", 1), Column("Day", 11), Column("Teacher", 18), Column("Notes", 0)])
        self._words = {key_of(one): found_words(one, names, today) for one in found}
        self.mark(marked, select)

    def mark(self, marked: Collection[str], select: str | None = None) -> None:
        """Show the same rows, those with the keys `marked` as marked."""
        self.fill(
            [
                (key, (literal(MARK if key in marked else ""), *map(literal, words)))
                for key, words in self._words.items()
            ],
            select,
        )


def key_of(found: Found) -> str:
    """Return the key of a row."""
    return found.kept.id if found.line is None else f"{found.kept.id}:{found.line}"
