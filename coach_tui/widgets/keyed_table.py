"""A table whose rows have keys: refilling it keeps the cursor on the row where it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.text import Text
from textual import events
from textual.coordinate import Coordinate
from textual.widgets import DataTable

from coach_tui.widgets.bindings import bindings

WIDE_FROM = 110
"""Terminal columns from which a screen shows more beside, never bigger."""


class Column(NamedTuple):
    """A column's heading and its width in terminal columns; 0 takes what is left."""

    heading: str
    width: int


class KeyedTable(DataTable[Text]):
    """A list of rows moved through with `j k g G` and the arrows.

    A row is drawn as one cell, its columns aligned in it: drawing a row costs one cell, not seven.
    """

    BINDINGS = bindings("list")

    DEFAULT_CSS = """
    KeyedTable {
        height: 1fr; background: $background; scrollbar-size-vertical: 1; overflow-x: hidden;
    }
    """

    def __init__(self, *, id: str | None = None, show_header: bool = True) -> None:
        """Begin empty."""
        super().__init__(
            id=id, cursor_type="row", show_header=show_header, cell_padding=0, zebra_stripes=False
        )
        self._columns_wanted: tuple[Column, ...] = ()
        self._shape: tuple[Column, ...] = ()
        self._room_shaped = 0
        self._is_too_wide = False
        self._rows_shown: dict[str, tuple[Text, ...]] = {}

    @property
    def room(self) -> int:
        """The terminal columns that rows can take: the width without the scrollbar."""
        return max(self.size.width - 1, 20)

    def on_resize(self, event: events.Resize) -> None:
        """Lay the columns out again for the new width."""
        self.lay_out()

    def lay_out(self) -> None:
        """Lay out the same columns in the room there is now."""
        self.shape(self._columns_wanted)

    def shape(self, columns: Sequence[Column]) -> None:
        """Lay out `columns` in the room there is; the rows that are shown stay.

        One terminal column is kept free after each; the open column takes what is left. Where there
        is no room for all of them, each row that goes on says so at its end.
        """
        self._columns_wanted = tuple(columns)
        fixed = sum(column.width + 1 for column in columns if column.width)
        laid_out = tuple(
            column if column.width else Column(column.heading, max(self.room - fixed - 1, 4))
            for column in columns
        )
        if laid_out == self._shape and self.room == self._room_shaped:
            return
        self._shape, self._room_shaped = laid_out, self.room
        self._is_too_wide = sum(column.width + 1 for column in laid_out) > self.room
        rows, self._rows_shown = self._rows_shown, {}
        key = self._key_at(list(rows), self.cursor_row)
        self.clear(columns=True)
        headings = tuple(Text(column.heading, end="") for column in laid_out)
        self.add_column(self._aligned(headings), width=self.room)
        self.fill(list(rows.items()), select=key)

    def fill(self, rows: Sequence[tuple[str, tuple[Text, ...]]], select: str | None = None) -> None:
        """Show `rows`, each a key and its cells; the cursor stays on its row, or near it."""
        wanted = select if select is not None else self.current_key
        where = self.cursor_row
        new = dict(rows)
        shown = self._rows_shown
        if list(new)[: len(shown)] == list(shown):
            self._update(new)
        else:
            shown = {}
        if not shown or len(new) > len(shown):
            with self.app.batch_update():
                if not shown:
                    self.clear()
                # Rows that come below leave those above where they are, and the view on them.
                for key in list(new)[len(shown) :]:
                    self.add_row(self._aligned(new[key]), key=key)
        self._rows_shown = new
        self._move_to(wanted, where)

    def _update(self, new: dict[str, tuple[Text, ...]]) -> None:
        for row, (key, before) in enumerate(self._rows_shown.items()):
            if new[key] != before:
                self.update_cell_at(Coordinate(row, 0), self._aligned(new[key]))

    def _aligned(self, cells: tuple[Text, ...]) -> Text:
        """Return the cells as one row: each cut or filled to its column, a space between."""
        row = Text(no_wrap=True, end="")
        for cell, column in zip(cells, self._shape, strict=True):
            fitted = cell.copy()
            fitted.truncate(column.width, overflow="ellipsis", pad=True)
            row.append_text(fitted)
            row.append(" ")
        if self._is_too_wide:
            row.rstrip()
            row.truncate(self.room, overflow="ellipsis")
        return row

    def _move_to(self, key: str | None, otherwise: int) -> None:
        keys = list(self._rows_shown)
        if not keys:
            return
        row = keys.index(key) if key in self._rows_shown else min(otherwise, len(keys) - 1)
        self.move_cursor(row=row, animate=False)

    def go_to(self, key: str) -> None:
        """Put the cursor on the row with `key`, when it is shown."""
        self._move_to(key, self.cursor_row)

    @property
    def current_key(self) -> str | None:
        """The key of the row under the cursor; None in an empty table."""
        return self._key_at(list(self._rows_shown), self.cursor_row)

    @staticmethod
    def _key_at(keys: list[str], row: int) -> str | None:
        return keys[row] if 0 <= row < len(keys) else None

    def action_down(self) -> None:
        """Move one row down."""
        self.action_cursor_down()

    def action_up(self) -> None:
        """Move one row up."""
        self.action_cursor_up()

    def action_top(self) -> None:
        """Move to the first row."""
        self.move_cursor(row=0, animate=False)

    def action_bottom(self) -> None:
        """Move to the last row."""
        self.move_cursor(row=self.row_count - 1, animate=False)
