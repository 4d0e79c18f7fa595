"""The commands of the feedback meeting and the launch conversation. Plain."""

from __future__ import annotations

from coach_tui.presentation.commands.command import Command

MEETING = (
    Command("meeting.change", "enter", "Edit", "Edit the sentence, or what is shown", footer=True),
    Command("meeting.tick", "space", "Done", "Mark the step as done, or not", footer=True),
    Command("meeting.held", "h", "Said", "Note what was said in this step", footer=True),
    Command("meeting.prompts", "i", "Prompts", "Questions for this step; one becomes a sentence"),
    Command("meeting.end", "f4", "End", "The meeting was held: end it", footer=True),
    Command("meeting.follow_up", "f", "Write", "The follow-up to the teacher", footer=True),
    Command("meeting.back", "escape", "Back", "Leave; everything is kept", footer=True),
    Command("meeting.add", "a", "Add", "Add a sentence to this step"),
    Command("meeting.drop", "d,delete", "Take out", "Take the sentence out of this step"),
    Command("meeting.step", "x", "Action step", "Write down the one action step"),
    Command("meeting.about", "f2", "About", "Day, minutes, delivery, alliance building, a note"),
    Command("meeting.engagement", "f3", "Engagement", "Review who takes part from a distance"),
)

LAUNCH = (
    Command("launch.change", "enter", "Note", "Write down what was said on this item", footer=True),
    Command("launch.tick", "space", "Done", "Mark the item as done, or not", footer=True),
    Command("launch.about", "f2", "About", "Day, minutes, who was there", footer=True),
    Command("launch.end", "f4", "End", "End the conversation", footer=True),
    Command("launch.back", "escape", "Back", "Leave; everything is kept", footer=True),
)
