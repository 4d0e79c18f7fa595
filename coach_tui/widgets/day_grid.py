"""What the grids of the calendar share: lines that are composed once and drawn as they are."""

from __future__ import annotations

from itertools import zip_longest
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from coach_tui.presentation.text import cut, visible


class DayGrid(Widget, can_focus=True):
    """A grid of days drawn line by line: turning a month is one repaint of ready lines.

    Styles come from the theme through component classes; weight and a frame of signs say the same
    without colour.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--head",
        "grid--today",
        "grid--cursor",
        "grid--chosen",
        "grid--faint",
        "grid--plain",
    }

    DEFAULT_CSS = """
    DayGrid { height: 1fr; width: 1fr; background: $background; color: $foreground; }
    DayGrid > .grid--plain { color: $foreground; background: $background; }
    DayGrid > .grid--head { color: $foreground; background: $background; text-style: bold; }
    DayGrid > .grid--today {
        color: $accent; background: $background; text-style: bold underline;
    }
    DayGrid > .grid--cursor {
        color: $foreground; background: $primary-muted; text-style: bold;
    }
    DayGrid > .grid--chosen {
        color: $foreground; background: $primary-muted; text-style: bold reverse;
    }
    DayGrid > .grid--faint { color: $text-muted; background: $background; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        """Begin empty."""
        super().__init__(id=id)
        self._strips: list[Strip] = []
        self._below = Strip([])
        self._known_styles: dict[str, Style] = {}
        self._background: Color | None = None

    def notify_style_update(self) -> None:
        """Take the styles anew: the theme is another one.

        Those of the component classes follow this one: lines composed now would have the old ones.
        """
        super().notify_style_update()
        self._known_styles.clear()
        self._background = None
        self._below = Strip([])
        if self.is_attached:
            self.call_next(self.lay_out)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out again in the room there is."""
        self.lay_out()

    def lay_out(self) -> None:
        """Compose the lines for the room there is."""
        raise NotImplementedError

    def style_of(self, name: str) -> Style:
        """Return the style of a component class, by its name without `grid--`."""
        known = self._known_styles.get(name)
        if known is None:
            known = self.get_component_rich_style(f"grid--{name}")
            self._known_styles[name] = known
        return known

    def strips_of(self, lines: list[list[Segment]]) -> list[Strip]:
        """Return these lines ready to be drawn, each filled up to the width there is."""
        plain, width = self.style_of("plain"), self.size.width
        return [Strip(line).adjust_cell_length(width, plain).simplify() for line in lines]

    def empty_line(self) -> list[Segment]:
        """Return what stands on a line below the last one."""
        return []

    def draw(self, strips: list[Strip]) -> None:
        """Show these lines, empty ones below them; only those that changed are drawn."""
        width, height = self.size
        before, self._strips = self._strips, strips
        if self._below.cell_length != width:  # other room, or other styles
            self._below = self.strips_of([self.empty_line()])[0]
            self.refresh()
            return
        lines = zip_longest(before[:height], strips[:height], fillvalue=self._below)
        changed = [y for y, (old, new) in enumerate(lines) if old is not new and old != new]
        if changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def render_line(self, y: int) -> Strip:
        """Return one line."""
        return self._strips[y] if y < len(self._strips) else self._below

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the lines of `crop` as they are: a grid has no border, padding or tint to add."""
        strips = self.finished([self.render_line(y) for y in crop.line_range])
        first, last = crop.column_span
        if (first, last) != (0, self.size.width):
            strips = [strip.crop(first, last) for strip in strips]
        return strips

    def finished(self, strips: list[Strip]) -> list[Strip]:
        """Return lines with the app's filters over them; a line keeps what became of it."""
        if self._background is None:
            self._background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, self._background) for strip in strips]
        return strips


def filled(text: str, columns: int, style: Style) -> Segment:
    """Return a segment of exactly so many columns, what is too long with an ellipsis."""
    shown = visible(text)
    if cell_len(shown) > columns:
        shown = cut(shown, columns)
    return Segment(set_cell_size(shown, columns), style)
