"""One command: what footer, help, palette, keymap file and docs/keys.md all read. Plain."""

from __future__ import annotations


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
