"""What stands around a line that was found: one line before it, itself, what follows."""

from __future__ import annotations

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from coach_tui.domain.note_search import Found
from coach_tui.presentation.notes import INDENT, context_lines


class NoteContext(Widget):
    """As many lines as there are rows; the one that was found has two rows if it needs them."""

    DEFAULT_CSS = """
    NoteContext {
        height: 5; padding: 0 1; border-top: hkey $panel; color: $text-muted;
    }
    """

    found: reactive[Found | None] = reactive(None)
    """What was found; None shows nothing."""

    def render(self) -> Text:
        """Return the lines, each cut to one row but the one that was found."""
        found, width = self.found, max(self.size.width, 1)
        if found is None:
            return Text("")
        rows: list[Text] = []
        for words, is_found in context_lines(found):
            line = Text(words, no_wrap=True, end="")
            rows += self._in_two(line, width) if is_found else [line]
        for row in rows:
            row.truncate(width, overflow="ellipsis")
        return Text("\n", end="", no_wrap=True).join(rows[: self.size.height])

    def _in_two(self, line: Text, width: int) -> list[Text]:
        head, words = line.plain[:INDENT], line.plain[INDENT:]
        rows = Text(words).wrap(self.app.console, max(width - INDENT, 1))
        first = rows[0].plain if rows else ""
        rest = words[len(first) :].strip()
        if not rest:
            return [line]
        return [
            Text(begun + shown, no_wrap=True, end="")
            for begun, shown in ((head, first), (" " * INDENT, rest))
        ]
