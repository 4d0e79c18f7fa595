"""The script of an observation: its lines, wrapped, newest at the bottom, one of them chosen."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import datetime
from itertools import accumulate

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from coach_tui.domain.records import NoteLine
from coach_tui.presentation import dates
from coach_tui.presentation.observation import line_sign, line_words
from coach_tui.presentation.observing import offset_words
from coach_tui.widgets.bindings import bindings

GUTTER = 20
"""Columns for the time, the offset and the sign, before the words."""

_Shown = tuple[str, str]
"""What is drawn of a line: its gutter and its words."""


class ScriptView(ScrollView, can_focus=True):
    """Draws only the rows that are seen; a line is wrapped once, when it comes or the width does.

    Lines that the disk does not have yet are shown with `not yet` instead of their time. While it
    has the focus one line is chosen, by its id: it stays chosen when others come, go or move.
    """

    BINDINGS = bindings("list")

    COMPONENT_CLASSES = {"script-view--chosen"}

    DEFAULT_CSS = """
    ScriptView {
        height: 1fr; background: $background; scrollbar-size-vertical: 1;
        overflow-x: hidden; overflow-y: scroll;
    }
    ScriptView > .script-view--chosen { background: $primary-muted; text-style: bold; }
    """

    class PastEnd(Message):
        """Down was pressed on the last line."""

    class NextKey(Message):
        """The key that was waited for."""

        def __init__(self, key: str) -> None:
            """Hold the key."""
            super().__init__()
            self.key = key

    def __init__(self, local: Callable[[datetime], datetime], *, id: str | None = None) -> None:
        """Show times as `local` turns them."""
        super().__init__(id=id)
        self._local = local
        self._lines: tuple[NoteLine, ...] = ()
        self._places: dict[str, int] = {}
        self._waiting: tuple[str, ...] = ()
        self._rows: list[Text] = []
        self._ends: list[int] = []
        self._of_lines: list[list[Text]] = []
        self._drawn: list[Text] = []
        self._waiting_rows: list[Text] = []
        self._wraps: dict[_Shown, list[Text]] = {}
        self._wrapped_for = 0
        self._chosen: str | None = None
        self.offsets = True
        """Whether the time since the start stands beside the time of day."""
        self.takes_next_key = False
        """Whether the next key is asked for by a command, and no command itself."""

    def show(
        self, lines: tuple[NoteLine, ...], waiting: tuple[str, ...] = (), *, to_end: bool = True
    ) -> None:
        """Show `lines`, then those that are being saved; scroll to the newest, or to the chosen."""
        place = self._place
        before, self._lines, self._waiting = self._lines, lines, waiting
        self._places = {line.id: number for number, line in enumerate(lines)}
        if self._chosen is not None and self._place is None and lines:
            self._chosen = lines[min(place or 0, len(lines) - 1)].id
        self._wrap(before)
        self._settle(to_end=to_end and not self.has_focus)

    def on_resize(self) -> None:
        """Wrap again when the width changed; keep the newest in sight when the height did."""
        if self.scrollable_content_region.width != self._wrapped_for:
            self._wrap()
        self._drawn = []
        self._settle(to_end=not self.has_focus)

    def _settle(self, *, to_end: bool) -> None:
        """Bring into view what is to be seen, and draw what changed.

        The newest line is not held at the very bottom: when it reaches it, half a page is turned.
        So a new line is one row to draw, and over a slow connection it costs no whole page.
        """
        self._waiting_rows = [
            row for words in self._waiting for row in self._wrapped(("not yet", words), "dim")
        ]
        shown = len(self._rows) + len(self._waiting_rows)
        top, height = self._turned(shown)
        if (self._wrapped_for, height) != self.virtual_size:
            self.virtual_size = Size(self._wrapped_for, height)
        before = self.scroll_offset.y
        if to_end:
            self.scroll_to(y=top, animate=False, force=True, immediate=True)
        else:
            self.call_after_refresh(self._show_chosen)
        first = self._first_changed()
        if to_end and before == top == self.scroll_offset.y and first >= top:
            self.refresh(Region(0, first - top, self.size.width, max(height - first, 1)))
        else:
            self.refresh()
        self._drawn = self._rows

    def _turned(self, shown: int) -> tuple[int, int]:
        """Return the top row of the last page, and how many rows there are with its empty ones."""
        page = max(self.scrollable_content_region.height, 1)
        if shown <= page:
            return 0, shown
        step = max(page // 2, 1)
        top = -(-(shown - page) // step) * step
        return top, top + page

    def _first_changed(self) -> int:
        """Return the first row that is not as it was drawn."""
        same = 0
        for old, new in zip(self._drawn, self._rows, strict=False):
            if old is not new:
                return same
            same += 1
        return same

    def _wrap(self, before: tuple[NoteLine, ...] = ()) -> None:
        """Wrap the lines; those that are the very ones of `before` are wrapped already."""
        width = self.scrollable_content_region.width
        if width != self._wrapped_for:
            self._wraps, before = {}, ()
        self._wrapped_for = width
        if width <= 0:
            self._of_lines, self._rows, self._ends = [], [], []
            return
        same = 0
        for old, new in zip(before, self._lines, strict=False):
            if old is not new:
                break
            same += 1
        self._of_lines = self._of_lines[:same]
        self._of_lines += [self._rows_of(line) for line in self._lines[len(self._of_lines) :]]
        self._rows = [row for rows in self._of_lines for row in rows]
        self._ends = list(accumulate(map(len, self._of_lines)))

    def _rows_of(self, line: NoteLine) -> list[Text]:
        time = dates.clock(self._local(line.time))
        offset = offset_words(line.offset) if self.offsets else ""
        style = "italic" if line.kind.value in ("question", "inference") else ""
        shown = (f"{time} {offset:>6} {line_sign(line):3} ", line_words(line) + style)
        rows = self._wraps.get(shown)
        if rows is None:
            rows = self._wraps[shown] = self._wrapped((shown[0], line_words(line)), style)
        return rows

    def _wrapped(self, shown: _Shown, style: str) -> list[Text]:
        stamp, words = shown
        text = Text(words, style=style, end="")
        room = max(self._wrapped_for - GUTTER, 10)
        fits = len(words) <= room and words.isascii()
        rows = [text] if fits else list(text.wrap(self.app.console, room)) or [text]
        return [
            Text.assemble((f"{'' if number else stamp:{GUTTER}}", "dim"), row, end="")
            for number, row in enumerate(rows)
        ]

    @property
    def chosen(self) -> NoteLine | None:
        """The line that is chosen, None when there is none."""
        place = self._place
        return None if place is None else self._lines[place]

    @property
    def _place(self) -> int | None:
        return None if self._chosen is None else self._places.get(self._chosen)

    def choose(self, place: int) -> None:
        """Choose the line at a place, the nearest there is, and bring it into view."""
        if not self._lines:
            self._chosen = None
            return
        self._chosen = self._lines[min(max(place, 0), len(self._lines) - 1)].id
        self._show_chosen()
        self.refresh()

    def choose_last(self) -> None:
        """Choose the newest line."""
        self.choose(len(self._lines) - 1)

    def choose_id(self, id: str) -> None:
        """Choose the line with this id, when it is there."""
        for place, line in enumerate(self._lines):
            if line.id == id:
                self.choose(place)

    def _show_chosen(self) -> None:
        place = self._place
        if place is None:
            return
        first, last = self._span(place)
        region = Region(0, first, 1, last - first)
        self.scroll_to_region(region, animate=False, force=True)

    def _span(self, place: int) -> tuple[int, int]:
        return (self._ends[place - 1] if place else 0), self._ends[place]

    def on_focus(self) -> None:
        """Choose the newest line when none is chosen."""
        if self._place is None:
            self.choose_last()
        self.refresh()

    def on_blur(self) -> None:
        """Show no line as chosen while something else has the focus."""
        self.takes_next_key = False
        self.refresh()

    def on_key(self, event: events.Key) -> None:
        """Hand on the key that a command waits for."""
        if self.takes_next_key:
            self.takes_next_key = False
            event.stop()
            event.prevent_default()
            self.post_message(self.NextKey(event.character or event.key))

    def on_click(self, event: events.Click) -> None:
        """Choose the line that was pointed at."""
        row = self.scroll_offset.y + event.get_content_offset_capture(self).y
        if self._ends and row < self._ends[-1]:
            self.choose(bisect_right(self._ends, row))

    def action_down(self) -> None:
        """Choose the next line; after the last one says so."""
        place = self._place
        if place is None or place + 1 >= len(self._lines):
            self.post_message(self.PastEnd())
        else:
            self.choose(place + 1)

    def action_up(self) -> None:
        """Choose the line before."""
        self.choose((self._place or 0) - 1)

    def action_top(self) -> None:
        """Choose the first line."""
        self.choose(0)

    def action_bottom(self) -> None:
        """Choose the last line."""
        self.choose_last()

    def page(self, direction: int) -> None:
        """Move a page up (-1) or down (1): the chosen line with it, while one is."""
        if not self.has_focus or self._place is None:
            (self.scroll_page_down if direction > 0 else self.scroll_page_up)(animate=False)
            return
        rows = max(self.scrollable_content_region.height - 1, 1) * direction
        row = self._span(self._place)[0] + rows
        self.choose(bisect_right(self._ends, max(row, 0)))

    def render_line(self, y: int) -> Strip:
        """Return one row of the screen."""
        row = self.scroll_offset.y + y
        width = self.size.width
        style: Style = self.rich_style
        saved = len(self._rows)
        if not 0 <= row < saved + len(self._waiting_rows):
            return Strip.blank(width, style)
        text = self._rows[row] if row < saved else self._waiting_rows[row - saved]
        place = self._place if self.has_focus and row < saved else None
        if place is not None and self._span(place)[0] <= row < self._span(place)[1]:
            style += self.get_component_rich_style("script-view--chosen", partial=True)
        segments = list(text.render(self.app.console))
        strip = Strip(Segment.apply_style(segments, style))
        return strip.adjust_cell_length(width, style)
