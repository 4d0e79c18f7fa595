"""The lines of a script as rows of a screen: wrapped for a width, each line once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import datetime

from rich.text import Text

from coach_tui.domain.records import NoteLine
from coach_tui.presentation import dates
from coach_tui.presentation.observation import line_sign, line_words
from coach_tui.presentation.observing import offset_words

GUTTER = 20
"""Columns for the time, the offset and the sign, before the words."""

_Shown = tuple[str, str, str]
"""What is drawn of a line: its gutter, its words and their style."""


class ScriptRows:
    """Rows that are kept while lines come: only those that are others than before are wrapped.

    `width` is in columns, 0 before it is known: then there are no rows. `offsets` says whether the
    time since the start stands beside the time of day. `wrap` breaks a text into rows of at most
    so many columns.
    """

    def __init__(
        self, local: Callable[[datetime], datetime], wrap: Callable[[Text, int], Iterable[Text]]
    ) -> None:
        """Show times as `local` turns them."""
        self._local, self._wrap = local, wrap
        self.width = 0
        self.offsets = True
        self.lines: tuple[NoteLine, ...] = ()
        self._rows: list[Text] = []
        self._ends: list[int] = []
        self._places: dict[str, int] = {}
        self._wraps: dict[_Shown, list[Text]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, row: int) -> Text:
        return self._rows[row]

    def show(self, lines: tuple[NoteLine, ...], width: int) -> int:
        """Wrap `lines` for `width`; return the first row that is not as it was."""
        if width != self.width:
            self._wraps = {}
            same, self.width = 0, width
        else:
            same = self._same(lines)
        self.lines = lines
        self._place_from(same)
        if width <= 0:
            self._rows, self._ends = [], []
            return 0
        first = self._ends[same - 1] if same else 0
        before = self._rows[first:]
        del self._ends[same:], self._rows[first:]
        for line in lines[same:]:
            self._rows += self._rows_of(line)
            self._ends.append(len(self._rows))
        # A script that was read anew has other lines, and the very same rows.
        for old, new in zip(before, self._rows[first:], strict=False):
            if old is not new:
                break
            first += 1
        return first

    def _same(self, lines: tuple[NoteLine, ...]) -> int:
        """Return how many lines at the beginning are the very ones that are wrapped."""
        same = 0
        for old, new in zip(self.lines, lines, strict=False):
            if old is not new:
                break
            same += 1
        return min(same, len(self._ends))

    def _place_from(self, same: int) -> None:
        if same < len(self._places):
            self._places, same = {}, 0
        for place, line in enumerate(self.lines[same:], same):
            self._places[line.id] = place

    def _rows_of(self, line: NoteLine) -> list[Text]:
        time = dates.clock(self._local(line.time))
        offset = offset_words(line.offset) if self.offsets else ""
        style = "italic" if line.kind.value in ("question", "inference") else ""
        shown = (f"{time} {offset:>6} {line_sign(line):3} ", line_words(line), style)
        rows = self._wraps.get(shown)
        if rows is None:
            rows = self._wraps[shown] = self.wrapped(*shown)
        return rows

    def wrapped(self, stamp: str, words: str, style: str) -> list[Text]:
        """Return the rows of words in this style with `stamp` in the gutter of the first."""
        text = Text(words, style=style, end="")
        room = max(self.width - GUTTER, 10)
        fits = len(words) <= room and words.isascii()
        rows = [text] if fits else list(self._wrap(text, room)) or [text]
        return [
            Text.assemble((f"{'' if number else stamp:{GUTTER}}", "dim"), row, end="")
            for number, row in enumerate(rows)
        ]

    def place_of(self, id: str) -> int | None:
        """Return the place of the line with this id, None when it is not there."""
        return self._places.get(id)

    def span(self, place: int) -> tuple[int, int]:
        """Return the first row of the line at a place, and the first after it."""
        return (self._ends[place - 1] if place else 0), self._ends[place]

    def line_at(self, row: int) -> int:
        """Return the place of the line that a row belongs to, that after the last for none."""
        return bisect_right(self._ends, row)
