"""The ruler of the scripting line: a bare Textual `Input` that appends each line to a file.

Enter writes the same bytes that are typed, with one fdatasync, and shows them above.
"""

from __future__ import annotations

import os
import sys

from textual.app import App, ComposeResult
from textual.widgets import Input, Static

READY = "bare input"
TAKEN = r"\A"
"""What stands before the words of a line that was taken: nothing, at the top of the screen."""


class BareInput(App[None]):
    """One line to type in, and what was typed last."""

    def compose(self) -> ComposeResult:
        yield Static(READY, markup=False)
        line = Input(compact=True)
        line.cursor_blink = False
        yield line

    def on_mount(self) -> None:
        self._file = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        os.write(self._file, event.value.encode() + b"\n")
        os.fdatasync(self._file)
        self.query_one(Static).update(event.value)
        event.input.value = ""


if __name__ == "__main__":
    BareInput().run()
