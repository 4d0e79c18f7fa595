"""Drawing a widget at once, where the next frame would come too late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widget import Widget

DIRTY, DRAW = "_dirty_widgets", "_on_timer_update"
"""What Textual calls the widgets that a screen draws in its next frame, and drawing them."""


def draw_now(screen: Screen[Any], widget: Widget) -> None:
    """Draw what a widget of a screen has asked to be drawn anew, without waiting for the frame.

    Textual has no public way. Where it has these names no more, the frame draws it, a little
    later; tests/ui/test_observe_drawing.py says so then.
    """
    dirty, draw = getattr(screen, DIRTY, None), getattr(screen, DRAW, None)
    if isinstance(dirty, set) and callable(draw):
        # What a widget asked for is known to its screen only after it was idle.
        dirty.add(widget)
        draw()
