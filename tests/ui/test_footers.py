"""The line of keys at the bottom holds all of its keys at home, 80 columns."""

from __future__ import annotations

import pytest

from coach_tui.presentation.commands import commands_of, key_words


@pytest.mark.parametrize(
    "places",
    [
        ("today", "teacher", "app"),
        ("caseload", "teacher", "app"),
        ("coachee", "teacher", "app"),
        ("observe",),
        ("script", "app"),
        ("notes", "teacher", "app"),
        ("practice", "app"),
        ("meeting", "app"),
        ("launch", "app"),
        ("progress", "teacher", "app"),
        ("growth", "teacher", "app"),
        ("goal", "app"),
        ("evidence", "app"),
        ("release", "teacher", "app"),
        ("watch", "teacher", "app"),
        ("profiles", "app"),
        ("assessment", "app"),
        ("coaching_plan", "app"),
        ("lines",),
        ("roster",),
        ("welcome", "app"),
    ],
    ids=lambda places: places[0],
)
def test_a_footer_fits_into_eighty_columns(places: tuple[str, ...]) -> None:
    shown = [
        f"{key_words(command.keys.split(',')[0])} {command.title}"
        for place in places
        for command in commands_of(place)
        if command.footer
    ]
    assert len("  ".join(shown)) <= 78
