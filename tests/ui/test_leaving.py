"""Ctrl+C, which everybody tries first in a terminal: it ends nothing, and says what does."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from coach_tui.app import CoachApp
from coach_tui.coaching.settings import Settings
from tests.ui.driving import opened, press, type_text


def said(app: CoachApp) -> list[str]:
    """Return what was said about leaving, and forget it."""
    words = [one.message for one in app._notifications if "closes the app" in one.message]
    app.clear_notifications()
    return words


async def test_ctrl_c_says_how_to_leave_wherever_it_is_pressed(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        for way in ((), ("question_mark",), ("escape", "n"), ("escape", "ctrl+p")):
            await press(pilot, *way, "ctrl+c")
            assert len(said(app)) == 1, way
        await press(pilot, "escape", "o")
        await type_text(pilot, "half a li")
        await press(pilot, "ctrl+c")
        assert [words.count("ctrl+q") for words in said(app)] == [1]
        assert app.screen.query_one(Input).value == "half a li"
        await press(pilot, "shift+left", "ctrl+c")
        assert len(said(app)) == 1
        assert app.clipboard == "i", "selected text is copied as well"
        await press(pilot, "end", "enter", "up", "ctrl+c")
        assert len(said(app)) == 1


async def test_it_names_the_coachs_own_key(ana: Path) -> None:
    settings = Settings(keys={"app.quit": "f11"})
    async with opened(ana, settings=settings) as (app, pilot):
        await press(pilot, "ctrl+c")
        assert "f11 closes the app" in said(app)[0]
