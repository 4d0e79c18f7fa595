"""Key bindings out of the one list of commands."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from coach_tui.presentation.commands import commands_of


def bindings(*places: str) -> list[BindingType]:
    """Return the bindings of `places`; the user's keymap finds them by the command's id.

    None has priority: a key with priority overtakes characters that were typed before it and
    still wait for their input.
    """
    return [
        Binding(
            command.keys,
            command.action,
            command.title,
            show=command.footer,
            tooltip=command.tooltip,
            id=command.id,
        )
        for place in places
        for command in commands_of(place)
    ]
