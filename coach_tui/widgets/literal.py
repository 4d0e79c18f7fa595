"""User text on the screen: always literal, never markup."""

from __future__ import annotations

from rich.text import Text

from coach_tui.presentation.text import visible


def literal(text: str, style: str = "", *, wrap: bool = False) -> Text:
    """Return `text` for a cell or a label: control characters shown, brackets left alone."""
    return Text(visible(text), style=style, no_wrap=not wrap, overflow="ellipsis", end="")
