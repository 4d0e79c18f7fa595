"""A few lines of text in the room there is: where it goes on, its last line says so."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.visual import Visual
from textual.widgets import Static


class Passage(Static):
    """Text that wraps, as high as it needs and at most as its `max-height` allows."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines all of the text takes."""
        return len(self._lines(width))

    def on_resize(self, event: events.Resize) -> None:
        """Cut the text anew for the room there is."""
        self.refresh()

    def render(self) -> Visual:
        """Return the lines that there is room for."""
        width, height = self.content_size
        lines = self._lines(width)
        if not height or len(lines) <= height:
            return self.visual
        ending = lines[height - 1].rstrip().truncate(width - 1).append("…")
        return Content("\n").join([*lines[: height - 1], ending])

    def _lines(self, width: int) -> list[Content]:
        text = self.visual
        return text.wrap(width) if width and isinstance(text, Content) else []
