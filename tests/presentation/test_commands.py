"""The one list of commands: ids, places, keys, and the page that is made of it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from coach_tui.presentation.commands import (
    COMMANDS,
    PLACES,
    Command,
    commands_of,
    key_words,
    keys_of,
    keys_page,
    unknown_ids,
)

KEYS_PAGE = Path(__file__).parents[2] / "docs" / "keys.md"

WITH_LISTS = ("caseload", "coachee", "roster", "script", "notes", "practice")
"""Places that hold a list: its keys work there too."""

ON_A_TEACHER = ("caseload", "coachee", "notes")
"""Places where one teacher is selected: what can be done on a teacher works there too."""

MODAL = ("form", "unsaved", "share", "more", "locked")
"""Places in front of everything else: there the keys of the app do nothing."""


def test_every_command_has_its_own_id_of_a_known_place() -> None:
    ids = [command.id for command in COMMANDS]
    assert len(set(ids)) == len(ids)
    for command in COMMANDS:
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", command.id)
        assert command.place in PLACES
        assert command.id == f"{command.place}.{command.action}"
        assert command.title
        assert command.tooltip
        assert "|" not in command.title + command.tooltip


def test_every_place_has_commands_in_the_order_they_are_shown() -> None:
    for place in PLACES:
        assert commands_of(place)
    shown = [command for place in PLACES for command in commands_of(place)]
    assert shown == list(COMMANDS)
    assert commands_of("nowhere") == ()


def keys_in(*places: str) -> Counter[str]:
    return Counter(
        key for place in places for command in commands_of(place) for key in command.keys.split(",")
    )


@pytest.mark.parametrize("place", PLACES)
def test_a_key_does_one_thing_in_one_place(place: str) -> None:
    together = [place]
    if place not in MODAL and place != "app":
        together.append("app")
    if place in WITH_LISTS:
        together.append("list")
    if place in ON_A_TEACHER:
        together.append("teacher")
    twice = [key for key, count in keys_in(*together).items() if count > 1]
    assert twice == []


@pytest.mark.parametrize("place", PLACES)
def test_the_footer_holds_at_most_six(place: str) -> None:
    assert sum(command.footer for command in commands_of(place)) <= 6


def test_keys_are_names_without_spaces() -> None:
    for command in COMMANDS:
        for key in command.keys.split(","):
            assert re.fullmatch(r"[a-zA-Z0-9_]+|ctrl\+[a-z]|shift\+[a-z]+", key), command.id


def test_keys_are_shown_as_people_write_them() -> None:
    assert key_words("question_mark") == "?"
    assert key_words("slash,ctrl+s") == "/ or ctrl+s"
    assert key_words("j,down") == "j or down"


def test_the_users_keys_take_the_place_of_the_defaults() -> None:
    command = Command("caseload.open", "enter", "Open", "Open the page")
    assert keys_of(command, {}) == "enter"
    assert keys_of(command, {"caseload.open": "x,y", "other": "z"}) == "x,y"
    assert "| x or y | Open |" in keys_page({"caseload.open": "x,y"})


def test_ids_that_are_no_commands_are_told_in_order() -> None:
    assert unknown_ids({"caseload.open": "x", "zoo": "y", "app.nap": "z"}) == ("app.nap", "zoo")
    assert unknown_ids({}) == ()


def test_the_page_of_keys_is_up_to_date() -> None:
    """Made anew by `python -m coach_tui keys --markdown > docs/keys.md`."""
    assert KEYS_PAGE.read_text(encoding="utf-8") == keys_page({})


def test_the_page_of_keys_is_a_table_for_each_place() -> None:
    page = keys_page({})
    assert [line[3:] for line in page.splitlines() if line.startswith("## ")] == [*PLACES.values()]
    rows = [line for line in page.splitlines() if line.endswith("` |")]
    assert len(rows) == len(COMMANDS)
    assert all(line.count("|") == 5 for line in rows)
