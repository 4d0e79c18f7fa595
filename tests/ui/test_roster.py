"""Importing a roster in the app: shown first, then all of it or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach_tui.screens.caseload import CaseloadScreen
from coach_tui.screens.dialogs.form import Form
from coach_tui.screens.roster import RosterScreen
from tests.ui.driving import WIDE, desk_in, opened, press, screen_text, set_up, type_text

ROSTER = "Teacher,Campus,Rm\nAna Ruiz,Oak Elementary,12\nBen Cole,Pine Middle,B4\n,Oak,9\n"


@pytest.fixture
def roster(folder: Path, tmp_path: Path) -> Path:
    """Return a roster of two teachers and a row without a name; the store is set up."""
    set_up(folder)
    path = tmp_path / "r.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


async def test_a_roster_is_shown_first_and_imported_in_one_go(folder: Path, roster: Path) -> None:
    async with opened(folder, size=WIDE) as (app, pilot):
        await press(pilot, "i")
        await type_text(pilot, str(roster))
        await press(pilot, "enter")
        shown = screen_text(app)
        assert "2 to add, 0 to change, 0 skipped, 1 bad" in shown
        assert "name = Teacher" in shown
        assert "building = Campus" in shown
        assert "BAD" in shown
        assert desk_in(folder).coachees.all() == [], "looking changes nothing"
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, CaseloadScreen)
        assert "Ana Ruiz" in screen_text(app)
        await press(pilot, "u")
        assert "Nobody is on your caseload yet" in screen_text(app)


async def test_importing_the_same_file_again_has_nothing_to_add(folder: Path, roster: Path) -> None:
    async with opened(folder, size=WIDE) as (app, pilot):
        for expected in ("2 to add", "0 to add, 0 to change, 2 skipped"):
            await press(pilot, "i")
            await type_text(pilot, str(roster))
            await press(pilot, "enter")
            assert expected in screen_text(app)
            await press(pilot, "ctrl+s")
    assert len(desk_in(folder).coachees.all()) == 2


async def test_leaving_imports_nothing(folder: Path, roster: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(pilot, "i")
        await type_text(pilot, str(roster))
        await press(pilot, "enter", "escape")
        assert isinstance(app.screen, CaseloadScreen)
    assert desk_in(folder).coachees.all() == []


async def test_a_file_that_is_none_is_named_and_asked_for_again(
    folder: Path, roster: Path, tmp_path: Path
) -> None:
    async with opened(folder) as (app, pilot):
        await press(pilot, "i")
        await type_text(pilot, str(tmp_path / "missing.csv"))
        await press(pilot, "enter")
        assert isinstance(app.screen, Form)
        assert "no file" in screen_text(app)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, CaseloadScreen)


async def test_a_wrong_guess_is_put_right(folder: Path, tmp_path: Path) -> None:
    set_up(folder)
    path = tmp_path / "odd.csv"
    path.write_text("Teacher,Place\nAna Ruiz,Oak\n", encoding="utf-8")
    async with opened(folder, size=WIDE) as (app, pilot):
        await press(pilot, "i")
        await type_text(pilot, str(path))
        await press(pilot, "enter")
        assert "Not used: Place" in screen_text(app)
        await press(pilot, "f2", *["tab"] * 5, "p")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, RosterScreen)
        assert "building = Place" in screen_text(app)
        await press(pilot, "ctrl+s")
    assert desk_in(folder).coachees.all()[0].building == "Oak"
