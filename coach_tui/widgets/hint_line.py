"""What is said between the script and the line being typed: a question, what a key would do."""

from __future__ import annotations

from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget


class HintLine(Widget):
    """One row, or a few while there is a choice; drawn anew only when its words change."""

    DEFAULT_CSS = """
    HintLine {
        height: auto; min-height: 1; max-height: 7; padding: 0 1;
        background: $background; color: $text-muted;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        """Begin empty."""
        super().__init__(id=id)
        self._words = Text("", end="")

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.plain

    def say(self, words: Text | str) -> None:
        """Say something else; user text in it was made visible by who composed it."""
        text = Text(words, style="dim", end="") if isinstance(words, str) else words
        if (text.plain, text.spans, text.style) == (
            self._words.plain,
            self._words.spans,
            self._words.style,
        ):
            return
        text.no_wrap, text.overflow = True, "ellipsis"
        grows = text.plain.count("\n") != self._words.plain.count("\n")
        self._words = text
        self.refresh(layout=grows)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the rows: lines are cut, never wrapped, so that the script stays where it is."""
        return self._words.plain.count("\n") + 1

    def render(self) -> Text:
        """Return the words, cut at the edge."""
        return self._words
