"""Every command of the app, once: footer, help, palette, keymap file and docs/keys.md read it.

A command's `id` is `place.action`; the screen of that place has a method `action_<action>`.
Users give a command another key by its id (`[keys]` in the settings file). Each module here holds
the commands of a few places. Plain.
"""

from __future__ import annotations

from coach_tui.presentation.commands.anywhere import APP, LIST, VIEWS
from coach_tui.presentation.commands.calendar import (
    CALENDAR,
    DISTRICT,
    PLAN,
    PROPOSED,
    SEND,
    TIME_SHARE,
)
from coach_tui.presentation.commands.caseload import CASELOAD, ROSTER, WELCOME
from coach_tui.presentation.commands.coachee import COACHEE, TEACHER
from coach_tui.presentation.commands.command import Command
from coach_tui.presentation.commands.forms import FORM, SHARE
from coach_tui.presentation.commands.keeping import HISTORY, LOCKED, UNSAVED
from coach_tui.presentation.commands.meeting import LAUNCH, MEETING
from coach_tui.presentation.commands.notes import NOTES, PRACTICE
from coach_tui.presentation.commands.observe import ASKED, MORE, OBSERVE, SCRIPT
from coach_tui.presentation.commands.progress import COMMANDS_OF_PROGRESS, PLACES_OF_PROGRESS
from coach_tui.presentation.commands.today import TODAY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

PLACES: Mapping[str, str] = {
    "app": "Anywhere",
    "list": "In every list",
    "teacher": "On a teacher or team, anywhere",
    "today": "Today",
    "caseload": "Caseload",
    "coachee": "A teacher's or team's page",
    "calendar": "Calendar",
    "plan": "Saying when",
    "proposed": "What is proposed",
    "district": "A district's calendar",
    "time_share": "Your time by week",
    "send": "What leaves for other calendars",
    "observe": "Observation: while typing",
    "asked": "Observation: when a question stands under the line",
    "more": "Observation: after ctrl+t, while typing",
    "script": "Observation: on a finished line",
    "notes": "Notes",
    "practice": "Your note-taking",
    "meeting": "Feedback meeting",
    "launch": "Launch conversation",
    **PLACES_OF_PROGRESS,
    "roster": "Roster import",
    "form": "Forms and questions",
    "share": "Before something is shared",
    "history": "The history of a record",
    "unsaved": "Unsaved text",
    "locked": "While the screen is locked",
    "welcome": "Welcome",
}
"""The places and their titles, in the order that help and docs/keys.md show them."""

COMMANDS: tuple[Command, ...] = (
    *APP,
    *LIST,
    *TEACHER,
    *TODAY,
    *CASELOAD,
    *COACHEE,
    *CALENDAR,
    *PLAN,
    *PROPOSED,
    *DISTRICT,
    *TIME_SHARE,
    *SEND,
    *OBSERVE,
    *ASKED,
    *MORE,
    *SCRIPT,
    *NOTES,
    *PRACTICE,
    *MEETING,
    *LAUNCH,
    *COMMANDS_OF_PROGRESS,
    *ROSTER,
    *FORM,
    *SHARE,
    *HISTORY,
    *UNSAVED,
    *LOCKED,
    *WELCOME,
)
"""All commands, in the order of their places."""

__all__ = [
    "COMMANDS",
    "PLACES",
    "VIEWS",
    "Command",
    "commands_of",
    "key_words",
    "keys_after_leader",
    "keys_of",
    "keys_page",
    "unknown_ids",
]


def commands_of(place: str) -> tuple[Command, ...]:
    """Return the commands of one place, in the order they are shown."""
    return tuple(command for command in COMMANDS if command.place == place)


_KEY_WORDS = {
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
    "slash": "/",
    "ampersand": "&",
    "pageup": "PageUp",
    "pagedown": "PageDown",
}


def key_words(keys: str) -> str:
    """Return keys as people write them: `? or f1`, `ctrl+s`."""
    return " or ".join(_KEY_WORDS.get(key, key) for key in keys.split(","))


def keys_of(command: Command, keymap: Mapping[str, str]) -> str:
    """Return the keys of a command: the user's when the keymap names it, else the default."""
    return keymap.get(command.id, command.keys)


def keys_after_leader(action: str, keymap: Mapping[str, str]) -> str:
    """Return the leader key and the key of a command after it, as people write them: `ctrl+t v`."""
    named = {command.id: command for command in COMMANDS}
    both = (keys_of(named[id], keymap) for id in ("observe.more", f"more.{action}"))
    return " ".join(key_words(keys.split(",")[0]) for keys in both)


def unknown_ids(keymap: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of a keymap that are no command's, to be told to the user."""
    known = {command.id for command in COMMANDS}
    return tuple(sorted(keymap.keys() - known))


def keys_page(keymap: Mapping[str, str]) -> str:
    """Return docs/keys.md: every command, its keys and its id, by place, as Markdown."""
    lines = [
        "# Keys",
        "",
        "Made by `coach-tui keys --markdown`; the ids are for `[keys]` in settings.",
    ]
    for place, title in PLACES.items():
        lines += [
            "",
            f"## {title}",
            "",
            "| key | command | what it does | id |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| {key_words(keys_of(c, keymap))} | {c.title} | {c.tooltip} | `{c.id}` |"
            for c in commands_of(place)
        ]
    return "\n".join(lines) + "\n"
