"""Every command of the app, once: footer, help, palette, keymap file and docs/keys.md read it.

A command's `id` is `place.action`; the screen of that place has a method `action_<action>`.
Users give a command another key by its id (`[keys]` in the settings file). Plain.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class Command:
    """One thing a coach can do: its id, default keys (comma-separated), title and tooltip.

    `footer` says whether it is one of the five or six that the footer holds at 80 columns.
    """

    __slots__ = ("footer", "id", "keys", "title", "tooltip")

    def __init__(self, id: str, keys: str, title: str, tooltip: str, footer: bool = False) -> None:
        """Hold the values."""
        self.id, self.keys, self.title, self.tooltip = id, keys, title, tooltip
        self.footer = footer

    @property
    def place(self) -> str:
        """Where the command works."""
        return self.id.partition(".")[0]

    @property
    def action(self) -> str:
        """What the command does, as the name of an action method."""
        return self.id.partition(".")[2]


PLACES: Mapping[str, str] = {
    "app": "Anywhere",
    "list": "In every list",
    "caseload": "Caseload",
    "coachee": "A teacher or team",
    "observe": "Observation",
    "roster": "Roster import",
    "form": "Forms and questions",
    "welcome": "Welcome",
}
"""The places and their titles, in the order that help and docs/keys.md show them."""

COMMANDS: tuple[Command, ...] = (
    Command("app.caseload", "2", "Caseload", "Go to the caseload"),
    Command("app.help", "question_mark", "Help", "All keys of this place", footer=True),
    Command("app.undo", "u", "Undo", "Take back the last change made here"),
    Command("app.command_palette", "ctrl+p", "Find", "Find any command or teacher"),
    Command("app.theme", "f9", "Theme", "Next theme: dark, light, high contrast, terminal"),
    Command("app.quit", "q,ctrl+q", "Quit", "Close the app; everything is saved", footer=True),
    Command("list.down", "j,down", "Down", "One row down"),
    Command("list.up", "k,up", "Up", "One row up"),
    Command("list.top", "g,home", "First", "To the first row"),
    Command("list.bottom", "G,end", "Last", "To the last row"),
    Command("caseload.open", "enter", "Open", "Open the teacher's page", footer=True),
    Command("caseload.observe", "o", "Observe", "Write observation notes", footer=True),
    Command("caseload.note", "n", "Quick note", "Add one line to the observation notes"),
    Command("caseload.meet", "m", "Meeting", "Record a feedback meeting and its action step"),
    Command("caseload.visit", "s", "Plan visit", "Plan or move the next visit"),
    Command("caseload.add", "a", "Add", "Add a teacher or a team", footer=True),
    Command("caseload.edit", "e", "Edit", "Edit name, building and how you coach"),
    Command("caseload.move", "t", "State", "Pause, resume, release, close or re-open"),
    Command("caseload.year", "Y", "School year", "You, your school year and its days off"),
    Command("caseload.roster", "i", "Import", "Import a roster from a file"),
    Command(
        "caseload.filter", "slash", "Filter", "Show only rows that hold the words", footer=True
    ),
    Command("caseload.sort", "S", "Sort", "By urgency, by building, by name"),
    Command("coachee.back", "escape", "Back", "Back to the caseload", footer=True),
    Command("coachee.change", "enter", "Edit", "Edit the field or open the entry", footer=True),
    Command("coachee.tick", "space", "Tick", "Tick or untick the item", footer=True),
    Command("coachee.observe", "o", "Observe", "Write observation notes", footer=True),
    Command("coachee.note", "n", "Quick note", "Add one line to the observation notes"),
    Command("coachee.meet", "m", "Meeting", "Record a feedback meeting and its action step"),
    Command("coachee.check_back", "c", "Check back", "Say what became of the action step"),
    Command("coachee.visit", "s", "Plan visit", "Plan or move the next visit"),
    Command("coachee.move", "t", "State", "Pause, resume, release, close or re-open"),
    Command("coachee.phase", "r", "Release phase", "Move the gradual release, with a reason"),
    Command("coachee.switch", "tab", "Timeline", "Between the page and the timeline"),
    Command("observe.submit", "enter", "Save line", "Stamp the line and save it", footer=True),
    Command("observe.end", "f4", "End", "End the observation", footer=True),
    Command("observe.back", "escape", "Leave", "Leave it running and go back", footer=True),
    Command(
        "observe.details", "f2", "Details", "Lesson, materials, students, modality", footer=True
    ),
    Command("observe.groups", "f3", "Groups", "Check in with the priority groups", footer=True),
    Command("observe.page_up", "pageup", "Earlier lines", "Scroll the script up"),
    Command("observe.page_down", "pagedown", "Later lines", "Scroll the script down"),
    Command("roster.apply", "ctrl+s", "Import", "Import what the table shows", footer=True),
    Command("roster.columns", "f2", "Columns", "Say which column is what", footer=True),
    Command("roster.back", "escape", "Back", "Leave without importing", footer=True),
    Command("form.save", "ctrl+s", "Save", "Save and close", footer=True),
    Command("form.cancel", "escape", "Cancel", "Close without saving", footer=True),
    Command("welcome.begin", "enter", "Begin", "Your name and your school year", footer=True),
    Command("welcome.add", "a", "Add", "Begin the caseload with one teacher", footer=True),
    Command("welcome.roster", "i", "Import", "Begin with a file", footer=True),
    Command("welcome.sample", "d", "Sample", "Look at a made-up caseload", footer=True),
)


def commands_of(place: str) -> tuple[Command, ...]:
    """Return the commands of one place, in the order they are shown."""
    return tuple(command for command in COMMANDS if command.place == place)


_KEY_WORDS = {"question_mark": "?", "slash": "/", "pageup": "PageUp", "pagedown": "PageDown"}


def key_words(keys: str) -> str:
    """Return keys as people write them: `? or f1`, `ctrl+s`."""
    return " or ".join(_KEY_WORDS.get(key, key) for key in keys.split(","))


def keys_of(command: Command, keymap: Mapping[str, str]) -> str:
    """Return the keys of a command: the user's when the keymap names it, else the default."""
    return keymap.get(command.id, command.keys)


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
