"""The line of a script: typed, pasted as many, and listening for one key after the leader."""

from __future__ import annotations

from textual import events
from textual.message import Message

from coach_tui.widgets.inputs import LineInput


class ScriptInput(LineInput):
    """Of several pasted lines each but the last is a line of its own, while it `takes_several`.

    Where it does not, what is asked for is one line, and what is pasted stays in it. While
    `takes_next_key` is set, the next key is asked for by a command and is no letter.
    """

    class Pasted(Message):
        """Whole lines were pasted."""

        def __init__(self, lines: list[str]) -> None:
            """Hold the lines, in their order."""
            super().__init__()
            self.lines = lines

    class NextKey(Message):
        """The key that was waited for."""

        def __init__(self, key: str) -> None:
            """Hold the key."""
            super().__init__()
            self.key = key

    takes_next_key = False
    takes_several = True

    def on_mount(self) -> None:
        """Keep the cursor where it was when the focus comes back: nothing is typed over."""
        self.select_on_focus = False

    async def _on_key(self, event: events.Key) -> None:
        if self.takes_next_key:
            self.takes_next_key = False
            event.stop()
            event.prevent_default()
            named = event.key == "question_mark" or not event.is_printable
            self.post_message(self.NextKey(event.key if named else event.character or event.key))
            return
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        """Take in all that was pasted; of many lines that end, none is left to type."""
        event.prevent_default()
        event.stop()
        lines = event.text.splitlines()
        ends = len(lines) > 1 and event.text[-1:] in ("\n", "\r")
        self.paste([*lines, ""] if ends else lines)

    def paste(self, lines: list[str]) -> None:
        """Join what stands there with the first line; keep the last to go on typing."""
        if len(lines) < 2 or not self.takes_several:
            super().paste(lines)
            return
        start, end = sorted(self.selection)
        before, after = self.value[:start], self.value[end:]
        self.value = lines[-1] + after
        self.cursor_position = len(lines[-1])
        self.post_message(self.Pasted([before + lines[0], *lines[1:-1]]))

    def hold(self, text: str, cursor: int | None = None) -> None:
        """Hold another text, with the cursor at a place in it, at its end without one."""
        self.value = text
        self.cursor_position = len(text) if cursor is None else min(cursor, len(text))
