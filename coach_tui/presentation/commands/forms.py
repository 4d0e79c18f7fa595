"""The commands of forms and questions, and of what is looked at before it is shared. Plain."""

from __future__ import annotations

from coach_tui.presentation.commands.command import Command

FORM = (
    Command("form.save", "ctrl+s", "Save", "Save and close", footer=True),
    Command("form.cancel", "escape", "Cancel", "Close without saving", footer=True),
)

SHARE = (
    Command("share.file", "f5", "To a file", "Write this text to a new file", footer=True),
    Command("share.copy", "f3", "Copy", "Send this text to the clipboard", footer=True),
    Command("share.format", "f2", "Format", "Markdown, plain text or a web page", footer=True),
    Command("share.cancel", "escape", "Cancel", "Close; nothing is shared", footer=True),
)
