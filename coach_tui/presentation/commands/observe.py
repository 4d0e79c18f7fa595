"""The commands of an observation: while typing, after the leader key, on a finished line. Plain."""

from __future__ import annotations

from coach_tui.presentation.commands.command import Command

OBSERVE = (
    Command("observe.submit", "enter", "Save line", "Stamp the line and save it"),
    Command("observe.lines", "up", "Lines", "Go up to the finished lines", footer=True),
    Command("observe.more", "ctrl+t", "Count ...", "Count, time, check in; then one key", True),
    Command("observe.details", "f2", "Details", "Lesson, materials, students, focus", footer=True),
    Command("observe.end", "f4", "End", "End the observation", footer=True),
    Command(
        "observe.back",
        "escape",
        "Leave",
        "Close a question or the summary; twice: leave it running and go back",
        footer=True,
    ),
    Command("observe.help", "f1", "Help", "All keys of this place", footer=True),
    Command("observe.groups", "f3", "Groups", "Check in with the priority groups, with trends"),
    Command("observe.count_first", "f5", "Count 1", "One more of the first counter"),
    Command("observe.count_second", "f6", "Count 2", "One more of the second counter"),
    Command("observe.count_third", "f10", "Count 3", "One more of the third counter"),
    Command("observe.count_fourth", "f12", "Count 4", "One more of the fourth counter"),
    Command("observe.complete", "tab", "Complete", "Complete the tag after a +"),
    Command("observe.page_up", "pageup", "Earlier lines", "Scroll the script up"),
    Command("observe.page_down", "pagedown", "Later lines", "Scroll the script down"),
)

ASKED = (
    Command("asked.not_here", "ctrl+g", "Not here", "The question does not fit this line", True),
    Command("asked.allow", "ctrl+y", "Never ask", "Never ask about these words again", True),
    Command("asked.infer", "ctrl+l", "Make it !", "Make the line being typed an inference", True),
)

MORE = (
    Command("more.count", "1,2,3,4,5,6,7,8,9", "Count", "One more of the counter of that number"),
    Command("more.teacher_talk", "t", "Teacher talk", "The teacher is heard from now on"),
    Command("more.student_talk", "s", "Student talk", "Students are heard from now on"),
    Command("more.silence", "q", "Silence", "Nobody is heard from now on"),
    Command("more.stop_talk", "x", "Stop talk", "Stop the clock of talk"),
    Command("more.wait", "w", "Wait time", "Begin to wait after a question; again: it is over"),
    Command("more.on_task", "k", "On task", "How many of how many are on task"),
    Command("more.group", "g", "Check in", "Check in with a priority group"),
    Command("more.group_note", "n", "Trend", "Check in with a group, and note a trend"),
    Command("more.look_for", "l", "Look-for", "One more sight of a look-for"),
    Command("more.pause", "p", "Pause", "Pause, or go on"),
    Command("more.interval", "i", "Prompts", "Be asked every 3, 5 or 10 minutes, or never"),
    Command("more.summary", "v", "Summary", "Show what was counted, its next page, or hide it"),
    Command("more.editor", "e", "Editor", "The whole script in your own editor"),
    Command("more.undo", "u", "Undo", "Take back the last change"),
    Command("more.help", "question_mark", "Help", "All keys of this place"),
)

SCRIPT = (
    Command("script.edit", "e", "Edit", "Edit the line in the input below", footer=True),
    Command("script.tag", "t", "Tag", "Tag the line, then one key", footer=True),
    Command("script.link", "l", "Link", "Link the line to a goal as evidence", footer=True),
    Command("script.delete", "d,delete", "Delete", "Take the line out"),
    Command("script.meet", "m", "Meeting", "The feedback meeting about this visit", footer=True),
    Command("script.go_on", "c", "Go on", "Go on with an ended observation", footer=True),
    Command("script.export", "X", "Export", "To a file, or shared with a preview", footer=True),
    Command("script.next_asked", "n", "Next question", "To the next line that asks for a look"),
    Command("script.split", "x", "Split", "Make two lines of one"),
    Command("script.join", "ampersand", "Join", "Join the line and the next"),
    Command("script.earlier", "K", "Move up", "Move the line before the one above"),
    Command("script.later", "J", "Move down", "Move the line after the one below"),
    Command("script.editor", "E", "Editor", "The whole script in your own editor"),
    Command("script.summary", "v", "Summary", "Show what was counted, its next page, or hide it"),
)
