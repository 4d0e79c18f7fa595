"""The script of an observation: its lines, wrapped, newest at the bottom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from coach_tui.domain.records import NoteLine
from coach_tui.presentation import dates
from coach_tui.presentation.observation import line_sign, line_words

GUTTER = 13
"""Columns for the time and the sign, before the words."""


class ScriptView(ScrollView, can_focus=False):
    """Draws only the rows that are seen; a line is wrapped once, when it comes or the width does.

    Lines that the disk does not have yet are shown with `not yet` instead of their time.
    """

    DEFAULT_CSS = """
    ScriptView {
        height: 1fr; background: $background; scrollbar-size-vertical: 1;
        overflow-x: hidden; overflow-y: scroll;
    }
    """

    def __init__(self, local: Callable[[datetime], datetime], *, id: str | None = None) -> None:
        """Show times as `local` turns them."""
        super().__init__(id=id)
        self._local = local
        self._lines: tuple[NoteLine, ...] = ()
        self._waiting: tuple[str, ...] = ()
        self._rows: list[Text] = []
        self._waiting_rows: list[Text] = []
        self._wrapped_for = 0

    def show(self, lines: tuple[NoteLine, ...], waiting: tuple[str, ...] = ()) -> None:
        """Show `lines`, then those that are being saved, and scroll to the newest."""
        before, self._lines, self._waiting = self._lines, lines, waiting
        known = len(before)
        same = [(one.id, one.text) for one in lines[:known]] == [(o.id, o.text) for o in before]
        if same and self._wrapped_for == self.scrollable_content_region.width:
            self._add_rows(lines[known:])
        else:
            self._wrap()
        self._settle()

    def on_resize(self) -> None:
        """Wrap again when the width changed."""
        if self.scrollable_content_region.width != self._wrapped_for:
            self._wrap()
            self._settle()

    def _settle(self) -> None:
        self._waiting_rows = [
            row for words in self._waiting for row in self._wrapped("not yet", words, "dim")
        ]
        rows = len(self._rows) + len(self._waiting_rows)
        self.virtual_size = Size(self._wrapped_for, rows)
        self.call_after_refresh(self.scroll_end, animate=False)
        self.refresh()

    def _wrap(self) -> None:
        self._wrapped_for = self.scrollable_content_region.width
        self._rows = []
        if self._wrapped_for > 0:
            self._add_rows(self._lines)

    def _add_rows(self, lines: tuple[NoteLine, ...]) -> None:
        for line in lines:
            stamp = f"{dates.clock(self._local(line.time))} {line_sign(line):3} "
            style = "italic" if line.kind.value in ("question", "inference") else ""
            self._rows.extend(self._wrapped(stamp, line_words(line), style))

    def _wrapped(self, stamp: str, words: str, style: str) -> list[Text]:
        text = Text(words, style=style, end="")
        room = max(self._wrapped_for - GUTTER, 10)
        return [
            Text.assemble((f"{'' if number else stamp:{GUTTER}}", "dim"), row, end="")
            for number, row in enumerate(text.wrap(self.app.console, room) or [text])
        ]

    def render_line(self, y: int) -> Strip:
        """Return one row of the screen."""
        row = self.scroll_offset.y + y
        width = self.size.width
        style: Style = self.rich_style
        saved = len(self._rows)
        if not 0 <= row < saved + len(self._waiting_rows):
            return Strip.blank(width, style)
        text = self._rows[row] if row < saved else self._waiting_rows[row - saved]
        segments = list(text.render(self.app.console))
        strip = Strip(Segment.apply_style(segments, style))
        return strip.adjust_cell_length(width, style)
