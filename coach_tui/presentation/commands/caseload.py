"""The commands of the caseload, of a roster import and of the first run. Plain."""

from __future__ import annotations

from coach_tui.presentation.commands.command import Command

CASELOAD = (
    Command("caseload.open", "enter", "Open", "Open the teacher's page", footer=True),
    Command("caseload.add", "a", "Add", "Add a teacher or a team", footer=True),
    Command("caseload.edit", "e", "Edit", "Edit name, building and how you coach"),
    Command("caseload.year", "Y", "School year", "You, your school year and its days off"),
    Command("caseload.roster", "i", "Import", "Import a roster from a file"),
    Command(
        "caseload.filter", "slash", "Filter", "Show only rows that hold the words", footer=True
    ),
    Command("caseload.sort", "S", "Sort", "By urgency, by building, by name"),
)

ROSTER = (
    Command("roster.apply", "ctrl+s", "Import", "Import what the table shows", footer=True),
    Command("roster.columns", "f2", "Columns", "Say which column is what", footer=True),
    Command("roster.back", "escape", "Back", "Leave without importing", footer=True),
)

WELCOME = (
    Command("welcome.begin", "enter", "Begin", "Your name and your school year", footer=True),
    Command("welcome.add", "a", "Add", "Begin the caseload with one teacher", footer=True),
    Command("welcome.roster", "i", "Import", "Begin with a file", footer=True),
    Command("welcome.year", "Y", "School year", "Change your name, your school year, its days off"),
    Command("welcome.sample", "d", "Sample", "Look at a made-up caseload", footer=True),
)
