"""The commands of Today. Plain."""

from __future__ import annotations

from coach_tui.presentation.commands.command import Command

TODAY = (
    Command("today.do", "enter", "Do it", "Do what the row asks for", footer=True),
    Command("today.page", "e", "Page", "Open the page of the teacher", footer=True),
    Command("today.own", "w", "Own contact", "Write down your own mentor, network, training ..."),
)
