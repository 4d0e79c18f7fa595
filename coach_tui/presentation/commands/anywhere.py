"""The commands of the app and of every list. Plain."""

from __future__ import annotations

from coach_tui.presentation.commands.command import Command

VIEWS = (
    Command("app.today", "1", "Today", "What is owed and due now"),
    Command("app.caseload", "2", "Caseload", "Go to the caseload"),
    Command("app.calendar", "3", "Calendar", "Go to the calendar"),
    Command("app.notes", "4", "Notes", "Go to all notes, and search them"),
    Command("app.progress", "5", "Progress", "Go to goals and their evidence"),
)
"""The views on the number keys, in the order of their keys."""

APP = (
    *VIEWS,
    Command("app.help", "question_mark", "Help", "All keys of this place", footer=True),
    Command("app.undo", "u", "Undo", "Take back the last change made here"),
    Command("app.redo", "ctrl+r", "Redo", "Do again what was undone last"),
    Command("app.history", "H,f8", "History", "What became of the selected record, and when"),
    Command("app.lock_screen", "ctrl+o", "Cover", "Cover the screen until the passphrase is given"),
    Command("app.unsaved", "f7", "Unsaved text", "What was typed before and not saved"),
    Command("app.command_palette", "ctrl+p", "Find", "Find any command or teacher"),
    Command("app.theme", "f9", "Theme", "Next theme: dark, light, high contrast, terminal"),
    Command("app.quit", "q,ctrl+q", "Quit", "Close the app; everything is saved", footer=True),
    Command("app.how_to_leave", "ctrl+c", "How to leave", "Say how to leave; nothing ends by it"),
)

LIST = (
    Command("list.down", "j,down", "Down", "One row down"),
    Command("list.up", "k,up", "Up", "One row up"),
    Command("list.top", "g,home", "First", "To the first row"),
    Command("list.bottom", "G,end", "Last", "To the last row"),
)
