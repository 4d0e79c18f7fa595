"""The commands of forms and questions. Plain."""

from __future__ import annotations

from coach_tui.presentation.commands.command import Command

FORM = (
    Command("form.save", "ctrl+s", "Save", "Save and close", footer=True),
    Command("form.cancel", "escape", "Cancel", "Close without saving", footer=True),
)
