"""The script of an observation: its lines, wrapped, newest at the bottom, one of them chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from coach_tui.domain.records import NoteLine
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.script_rows import ScriptRows


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

    class Chosen(Message):
        """Another line was chosen."""

    class NextKey(Message):
        """The key that was waited for."""

        def __init__(self, key: str) -> None:
            """Hold the key."""
            super().__init__()
            self.key = key

    def __init__(self, local: Callable[[datetime], datetime], *, id: str | None = None) -> None:
        """Show times as `local` turns them."""
        super().__init__(id=id)
        self._rows = ScriptRows(local, lambda text, room: text.wrap(self.app.console, room))
        self._waiting: tuple[str, ...] = ()
        self._waiting_rows: list[Text] = []
        self._chosen: str | None = None
        self.takes_next_key = False
        """Whether the next key is asked for by a command, and no command itself."""

    @property
    def offsets(self) -> bool:
        """Whether the time since the start stands beside the time of day."""
        return self._rows.offsets

    @offsets.setter
    def offsets(self, shown: bool) -> None:
        self._rows.offsets = shown

    @property
    def _lines(self) -> tuple[NoteLine, ...]:
        return self._rows.lines

    def show(
        self, lines: tuple[NoteLine, ...], waiting: tuple[str, ...] = (), *, to_end: bool = True
    ) -> None:
        """Show `lines`, then those that are being saved; scroll to the newest, or to the chosen."""
        place, before, waited = self._place, self._shown, self._waiting_rows
        first = self._rows.show(lines, self.scrollable_content_region.width)
        if self._chosen is not None and self._place is None and lines:
            self._chosen = lines[min(place or 0, len(lines) - 1)].id
        if waiting != self._waiting:
            self._wait_for(waiting)
        is_same = first == len(self._rows) and before == self._shown
        if is_same and waited is self._waiting_rows:
            first = before
        self._settle(first, max(before, self._shown), to_end=to_end and not self.has_focus)

    def _wait_for(self, waiting: tuple[str, ...]) -> None:
        self._waiting = waiting
        self._waiting_rows = [
            row for words in waiting for row in self._rows.wrapped("not yet", words, "dim")
        ]

    @property
    def _shown(self) -> int:
        return len(self._rows) + len(self._waiting_rows)

    def on_resize(self) -> None:
        """Wrap again when the width changed; keep the newest in sight when the height did."""
        width = self.scrollable_content_region.width
        if width != self._rows.width:
            self._rows.show(self._lines, width)
            self._wait_for(self._waiting)
        self._settle(0, self._shown, to_end=not self.has_focus)
        self.refresh()

    def _settle(self, first: int, end: int, *, to_end: bool) -> None:
        """Bring into view what is to be seen, and draw the rows from `first` to before `end`.

        The newest line is not held at the very bottom: when it reaches it, half a page is turned.
        So a new line is one row to draw, and over a slow connection it costs no whole page.
        """
        top, height = self._turned(self._shown)
        if (self._rows.width, height) != self.virtual_size:
            self.virtual_size = Size(self._rows.width, height)
        before = self.scroll_offset.y
        if not to_end:
            self.call_after_refresh(self._show_chosen)
            self.refresh()
            return
        self.scroll_to(y=top, animate=False, force=True, immediate=True)
        first = max(first, top)
        if not before == top == self.scroll_offset.y:
            self.refresh()
        elif first < end:
            self.refresh(Region(0, first - top, self.size.width, end - first))

    def _turned(self, shown: int) -> tuple[int, int]:
        """Return the top row of the last page, and how many rows there are with its empty ones."""
        page = max(self.scrollable_content_region.height, 1)
        if shown <= page:
            return 0, page
        step = max(page // 2, 1)
        top = -(-(shown - page) // step) * step
        return top, top + page

    @property
    def chosen(self) -> NoteLine | None:
        """The line that is chosen, None when there is none."""
        place = self._place
        return None if place is None else self._lines[place]

    @property
    def _place(self) -> int | None:
        return None if self._chosen is None else self._rows.place_of(self._chosen)

    def choose(self, place: int) -> None:
        """Choose the line at a place, the nearest there is, and bring it into view."""
        if not self._lines:
            self._chosen = None
            return
        self._chosen = self._lines[min(max(place, 0), len(self._lines) - 1)].id
        self._show_chosen()
        self.refresh()
        self.post_message(self.Chosen())

    def choose_last(self) -> None:
        """Choose the newest line."""
        self.choose(len(self._lines) - 1)

    def choose_id(self, id: str) -> None:
        """Choose the line with this id, when it is there."""
        place = self._rows.place_of(id)
        if place is not None:
            self.choose(place)

    def _show_chosen(self) -> None:
        place = self._place
        if place is None:
            return
        first, last = self._rows.span(place)
        region = Region(0, first, 1, last - first)
        self.scroll_to_region(region, animate=False, force=True)

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
        if row < len(self._rows):
            self.choose(self._rows.line_at(row))

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
        row = self._rows.span(self._place)[0] + rows
        self.choose(self._rows.line_at(max(row, 0)))

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
        if place is not None and self._rows.line_at(row) == place:
            style += self.get_component_rich_style("script-view--chosen", partial=True)
        segments = list(text.render(self.app.console))
        strip = Strip(Segment.apply_style(segments, style))
        return strip.adjust_cell_length(width, style)
