"""The line at the top of a screen and the line of keys at its bottom."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from coach_tui.presentation.commands import VIEWS, commands_of, key_words, keys_of
from coach_tui.widgets.literal import literal


class TitleBar(Widget):
    """One line: a title at the left, what to know at the right."""

    DEFAULT_CSS = """
    TitleBar { dock: top; height: 1; background: $panel; color: $foreground; padding: 0 1; }
    """

    heading: reactive[str] = reactive("")
    """What this screen is about."""
    aside: reactive[str] = reactive("")
    """What to know about it, at the right; it gives way when there is no room."""

    def __init__(self, heading: str = "", aside: str = "") -> None:
        """Begin with `heading` and `aside`."""
        super().__init__()
        self.set_reactive(TitleBar.heading, heading)
        self.set_reactive(TitleBar.aside, aside)

    def render(self) -> Text:
        """Return the line."""
        left = literal(self.heading, "bold")
        right = literal(self.aside)
        room = self.size.width - cell_len(left.plain) - cell_len(right.plain)
        if room < 2:
            left.truncate(max(self.size.width, 1), overflow="ellipsis")
            return left
        return Text.assemble(left, " " * room, right, no_wrap=True, end="")


class KeyBar(Widget):
    """The five or six keys of a place, with the user's own keys where she has some."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; background: $panel; color: $foreground; padding: 0 1; }
    """

    def __init__(self, *places: str, keymap: Mapping[str, str]) -> None:
        """Show the footer commands of `places`, in their order."""
        super().__init__()
        self._places, self._keymap = places, keymap

    def show_places(self, *places: str) -> None:
        """Show the footer commands of other places."""
        if places != self._places:
            self._places = places
            self.refresh()

    def render(self) -> Text:
        """Return as many keys as fit, and where there is room the views at the right."""
        line = self._keys()
        for views in self._views():
            room = self.size.width - cell_len(line.plain) - cell_len(views.plain)
            if room >= 0:
                return Text.assemble(line, " " * room, views, no_wrap=True, end="")
        return line

    def _views(self) -> list[Text]:
        """Return how the views on the number keys are told, the longest first."""
        if "app" not in self._places or "welcome" in self._places:
            return []
        keys = [key_words(keys_of(view, self._keymap)) for view in VIEWS]
        whole = Text("  ").join(
            Text.assemble((key, "bold"), f" {view.title}")
            for key, view in zip(keys, VIEWS, strict=True)
        )
        return [whole, Text.assemble((f"{keys[0]}-{keys[-1]}", "bold"), " Go to")]

    def _keys(self) -> Text:
        line = Text(no_wrap=True, end="")
        for place in self._places:
            for command in commands_of(place):
                if not command.footer or self.screen.check_action(command.action, ()) is False:
                    continue
                key = key_words(keys_of(command, self._keymap).split(",")[0])
                part = Text.assemble((key, "bold"), f" {command.title}  ")
                if cell_len(line.plain) + cell_len(part.plain.rstrip()) > self.size.width:
                    return line
                line.append_text(part)
        return line
