"""The second ruler: the least that Textual can show, one line of text on an empty screen."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

MARKER = "The empty app is here"


class Empty(App[None]):
    """An app without bindings, theme or state of its own."""

    def compose(self) -> ComposeResult:
        yield Static(MARKER)


if __name__ == "__main__":
    Empty().run()
