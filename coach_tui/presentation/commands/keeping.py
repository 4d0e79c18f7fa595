"""The commands about what was typed and what was changed. Plain."""

from __future__ import annotations

from coach_tui.presentation.commands.command import Command

HISTORY = (
    Command("history.restore", "enter", "Put back", "Put it back as it was then", footer=True),
    Command("history.back", "escape", "Back", "Go back", footer=True),
)

LOCKED = (
    Command("locked.open", "enter", "Open", "Open the screen with the passphrase", footer=True),
    Command("locked.quit", "ctrl+q", "Quit", "Close the app", footer=True),
)

UNSAVED = (
    Command(
        "unsaved.take_up", "enter", "Take up", "Open the form again with its text", footer=True
    ),
    Command("unsaved.copy", "y", "Copy", "Send the text to the terminal's clipboard", footer=True),
    Command("unsaved.write", "w", "To a file", "Write the text to a file of yours", footer=True),
    Command("unsaved.discard", "d", "Discard", "Throw the text away; asks once", footer=True),
    Command("unsaved.later", "escape", "Later", "Leave it for another time", footer=True),
)
