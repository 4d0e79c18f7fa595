"""The commands of the notes mode. Plain."""

from __future__ import annotations

from coach_tui.presentation.commands.command import Command

NOTES = (
    Command("notes.open", "enter", "Open", "Open the notes, at the line", footer=True),
    Command("notes.search", "slash", "Search", "Look for words in all lines", footer=True),
    Command("notes.mark", "space", "Mark", "Mark the line, or take its mark back", footer=True),
    Command("notes.link", "l", "Link", "Link the marked lines to a goal as evidence", footer=True),
    Command("notes.clear", "escape", "Clear", "Take the marks back, then show all notes again"),
    Command("notes.page", "e", "Page", "Open the teacher's page"),
    Command("notes.practice", "y", "Your notes", "How you take notes, over time; yours alone"),
)

PRACTICE = (
    Command("practice.open", "enter", "Open", "Open the notes of this visit", footer=True),
    Command("practice.back", "escape", "Back", "Back to the notes", footer=True),
)
