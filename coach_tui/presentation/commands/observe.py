"""The commands of an observation. Plain."""

from __future__ import annotations

from coach_tui.presentation.commands.command import Command

OBSERVE = (
    Command("observe.submit", "enter", "Save line", "Stamp the line and save it", footer=True),
    Command("observe.end", "f4", "End", "End the observation", footer=True),
    Command("observe.back", "escape", "Leave", "Leave it running and go back", footer=True),
    Command(
        "observe.details", "f2", "Details", "Lesson, materials, students, modality", footer=True
    ),
    Command("observe.groups", "f3", "Groups", "Check in with the priority groups", footer=True),
    Command("observe.page_up", "pageup", "Earlier lines", "Scroll the script up"),
    Command("observe.page_down", "pagedown", "Later lines", "Scroll the script down"),
)
