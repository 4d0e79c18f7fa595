"""What can be done in the mode Progress: matrix, goals, evidence, release, profiles. Plain."""

from __future__ import annotations

from coach_tui.presentation.commands.command import Command

MATRIX = (
    Command("matrix.left", "h,left", "Left", "One column of evidence to the left"),
    Command("matrix.right", "l,right", "Right", "One column of evidence to the right"),
)
"""In the matrix of goals and evidence."""

PROGRESS = (
    Command("progress.open", "enter", "Open", "The evidence in the marked column", footer=True),
    Command(
        "progress.filter", "f", "Show", "Gaps, no student evidence, stale, to reflect, all", True
    ),
    Command("progress.watch", "w", "Watch list", "Who was released, and who needs you again", True),
    Command("progress.profiles", "P", "Profiles", "Practice profiles, and your own assessment"),
)
"""The matrix over the whole caseload."""

GROWTH = (
    Command("growth.open", "enter", "Open", "Open the goal, or the evidence in its column", True),
    Command("growth.add", "a", "New goal", "Write down a growth goal", footer=True),
    Command(
        "growth.readiness",
        "R",
        "Readiness",
        "The levels of support, and the proofs of readiness",
        footer=True,
    ),
    Command("growth.plan", "P", "Plan", "The coaching plan of five parts, to print or share", True),
    Command("growth.assess", "A", "Self-assess", "Self-assessment with a practice profile"),
    Command("growth.back", "escape", "Back", "Back to where you came from"),
)
"""The goals of one teacher or team."""

GOAL = (
    Command("goal.open", "enter", "Open", "Open the evidence", footer=True),
    Command("goal.evidence", "v", "Evidence", "Add evidence toward this goal", footer=True),
    Command(
        "goal.review", "r", "Review", "Walk through the evidence, and end in a step", footer=True
    ),
    Command("goal.edit", "e", "Edit", "Edit the goal", footer=True),
    Command("goal.move", "t", "State", "Agree, begin, met, revise, set aside"),
    Command("goal.column", "f", "Column", "All evidence, or that of one column"),
    Command("goal.picture", "i", "Picture", "Show or hide the picture over the year"),
    Command("goal.back", "escape", "Back", "Back to where you came from", footer=True),
)
"""One growth goal: its picture and its evidence."""

EVIDENCE = (
    Command("evidence.open", "enter", "Open", "Edit it, or open the observation", footer=True),
    Command("evidence.edit", "e", "Edit", "Edit all of it", footer=True),
    Command("evidence.take_out", "d,delete", "Take out", "Take the line out of it", footer=True),
    Command("evidence.back", "escape", "Back", "Back to the goal", footer=True),
)
"""One item of evidence."""

RELEASE = (
    Command("release.open", "enter", "Open", "Open the proof", footer=True),
    Command("release.need", "N", "Need", "Note a moment of need", footer=True),
    Command("release.back", "escape", "Back", "Back to where you came from", footer=True),
)
"""The ladder of the gradual release, readiness and its proofs."""

WATCH = (
    Command("watch.open", "enter", "Open", "Open the levels of support", footer=True),
    Command("watch.back", "escape", "Back", "Back to where you came from", footer=True),
)
"""Who was released."""

PROFILES = (
    Command("profiles.open", "enter", "Read", "Read the profile", footer=True),
    Command("profiles.take", "i", "File", "Take in a profile (.toml, .json)", footer=True),
    Command("profiles.write", "a", "Write", "Write one here, from a blank one", footer=True),
    Command("profiles.blank", "b", "Blank", "Write a blank profile to a file", footer=True),
    Command("profiles.assess", "A", "Assess", "Assess yourself with a profile", footer=True),
    Command("profiles.back", "escape", "Back", "Back to where you came from", footer=True),
)
"""The practice profiles."""

ASSESSMENT = (
    Command("assessment.open", "enter", "Open", "Change this assessment", footer=True),
    Command("assessment.add", "a", "New", "Assess with a practice profile", footer=True),
    Command("assessment.take", "i", "Import", "Take in assessments from a table", footer=True),
    Command("assessment.back", "escape", "Back", "Back to where you came from", footer=True),
)
"""Self-assessments of a teacher, a team, or the coach."""

COACHING_PLAN = (
    Command("coaching_plan.share", "S", "Share", "See the exact page, then share it", footer=True),
    Command("coaching_plan.open", "enter", "Edit", "Edit the part", footer=True),
    Command("coaching_plan.tick", "space", "Tick", "Say that the part is done", footer=True),
    Command("coaching_plan.back", "escape", "Back", "Back to where you came from", footer=True),
)
"""The coaching plan of five parts."""

LINES = (
    Command("lines.tick", "space", "Choose", "Choose the line, or not", footer=True),
    Command("lines.all", "a", "All", "Choose every line, or none", footer=True),
    Command("lines.older", "left_square_bracket", "Older", "An older observation", footer=True),
    Command("lines.newer", "right_square_bracket", "Newer", "A newer observation", footer=True),
    Command("lines.words", "w", "In words", "Say it in words instead", footer=True),
    Command("lines.save", "enter,ctrl+s", "Save", "Make the lines evidence", footer=True),
    Command("lines.cancel", "escape", "Cancel", "Close; nothing is saved"),
)
"""Choosing lines of a script as evidence."""

COMMANDS_OF_PROGRESS = (
    *PROGRESS,
    *MATRIX,
    *GROWTH,
    *GOAL,
    *EVIDENCE,
    *RELEASE,
    *WATCH,
    *PROFILES,
    *ASSESSMENT,
    *COACHING_PLAN,
    *LINES,
)
"""All of these, in the order of their places."""

PLACES_OF_PROGRESS = {
    "progress": "Progress of the caseload",
    "matrix": "In the matrix of evidence",
    "growth": "The goals of a teacher or team",
    "goal": "A growth goal",
    "evidence": "An item of evidence",
    "release": "Gradual release",
    "watch": "The watch list",
    "profiles": "Practice profiles",
    "assessment": "Self-assessment",
    "coaching_plan": "The coaching plan",
    "lines": "Lines as evidence",
}
"""The places and their titles."""
