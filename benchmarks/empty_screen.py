"""The ruler of a page that is turned: an empty `Screen` that is drawn anew at each key."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

TITLE = "An empty screen"


class Empty(Screen[None]):
    """Nothing on it; `n` draws all of it once more."""

    BINDINGS: ClassVar[list[BindingType]] = [("n", "draw", "Draw")]

    def compose(self) -> ComposeResult:
        return ()

    def action_draw(self) -> None:
        self.refresh()


class EmptyScreen(App[None]):
    """An app with one empty screen."""

    TITLE = TITLE

    def on_mount(self) -> None:
        self.push_screen(Empty())


if __name__ == "__main__":
    EmptyScreen().run()
