"""What a form asks for, before there is a widget that asks it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """What a form asks: its name, label, first value, and how it is answered.

    With `choices` it is one of them; with `lines` it is a text of several lines; else one line.
    `hint` stands in an empty field. A `secret` is shown as dots and never kept as a draft.
    """

    name: str
    label: str
    value: str = ""
    choices: tuple[str, ...] = ()
    lines: int = 1
    hint: str = ""
    secret: bool = False
