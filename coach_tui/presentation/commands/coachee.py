"""What can be done on a teacher or team: from anywhere, and on the page of one. Plain."""

from __future__ import annotations

from coach_tui.presentation.commands.command import Command

TEACHER = (
    Command("teacher.observe", "o", "Observe", "Write observation notes", footer=True),
    Command("teacher.note", "n", "Quick note", "Add one line to the observation notes"),
    Command("teacher.past", "O", "Past notes", "Enter an observation after the fact, from paper"),
    Command("teacher.meet", "m", "Meeting", "Prepare and hold the feedback meeting"),
    Command("teacher.check_back", "c", "Check back", "Say what became of the action step"),
    Command("teacher.launch", "L", "Launch", "The launch conversation, item by item"),
    Command("teacher.contact", "C", "Contact", "Write down a planning, check-in, modeling ..."),
    Command("teacher.visit", "s", "Plan visit", "Plan or move the next visit"),
    Command("teacher.move", "t", "State", "Pause, resume, release, close or re-open"),
    Command("teacher.evidence", "v", "Evidence", "Add evidence toward a growth goal"),
    Command("teacher.progress", "p", "Progress", "Goals, evidence, readiness, plan"),
    Command("teacher.phase", "r", "Release phase", "Move the gradual release, with a reason"),
)
"""Wherever one teacher or team is selected; a place of its own leaves out none of these keys."""

COACHEE = (
    Command("coachee.back", "escape", "Back", "Back to the caseload", footer=True),
    Command("coachee.change", "enter", "Edit", "Edit the field or open the entry", footer=True),
    Command("coachee.tick", "space", "Tick", "Tick or untick the item", footer=True),
    Command("coachee.switch", "tab", "Timeline", "Between the page and the timeline"),
)
