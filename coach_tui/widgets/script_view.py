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
    ScriptView { height: 1fr; background: $background; scrollbar-size-vertical: 1; }
    """

    def __init__(self, local: Callable[[datetime], datetime], *, id: str | None = None) -> None:
        """Show times as `local` turns them."""
        super().__init__(id=id)
        self._local = local
        self._lines: list[NoteLine] = []
        self._waiting: list[str] = []
        self._rows: list[Text] = []
        self._wrapped_for = 0

    def show(self, lines: tuple[NoteLine, ...], waiting: tuple[str, ...] = ()) -> None:
        """Show `lines`, then those that are being saved, and scroll to the newest."""
        known = len(self._lines)
        grown = (
            self._wrapped_for == self.scrollable_content_region.width
            and not self._waiting
            and list(lines[:known]) == self._lines
        )
        self._lines, self._waiting = list(lines), list(waiting)
        if grown:
            self._add_rows(lines[known:], self._wrapped_for)
        else:
            self._wrap()
        self._settle()

    def on_resize(self) -> None:
        """Wrap again when the width changed."""
        if self.scrollable_content_region.width != self._wrapped_for:
            self._wrap()
            self._settle()

    def _settle(self) -> None:
        self.virtual_size = Size(self._wrapped_for, len(self._rows))
        self.call_after_refresh(self.scroll_end, animate=False)
        self.refresh()

    def _wrap(self) -> None:
        self._wrapped_for = self.scrollable_content_region.width
        self._rows = []
        if self._wrapped_for > 0:
            self._add_rows(self._lines, self._wrapped_for)

    def _add_rows(self, lines: list[NoteLine] | tuple[NoteLine, ...], width: int) -> None:
        for line in lines:
            stamp = f"{dates.clock(self._local(line.time))} {line_sign(line):3} "
            style = "italic" if line.kind.value in ("question", "inference") else ""
            self._add(stamp, line_words(line), width, style)
        for words in self._waiting:
            self._add("not yet      ", words, width, "dim")

    def _add(self, stamp: str, words: str, width: int, style: str) -> None:
        text = Text(words, style=style, end="")
        room = max(width - GUTTER, 10)
        console = self.app.console
        for number, row in enumerate(text.wrap(console, room) or [text]):
            lead = stamp if number == 0 else " " * GUTTER
            self._rows.append(Text.assemble((f"{lead:{GUTTER}}", "dim"), row, end=""))

    def render_line(self, y: int) -> Strip:
        """Return one row of the screen."""
        row = self.scroll_offset.y + y
        width = self.size.width
        style: Style = self.rich_style
        if not 0 <= row < len(self._rows):
            return Strip.blank(width, style)
        segments = list(self._rows[row].render(self.app.console))
        strip = Strip(Segment.apply_style(segments, style))
        return strip.adjust_cell_length(width, style)
