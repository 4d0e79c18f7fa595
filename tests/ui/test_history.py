"""Undo, redo and the history of a record, by keys."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from coach_tui.coaching.desk import Desk
from coach_tui.screens.dialogs.choice import Pick
from coach_tui.screens.history.screen import HistoryScreen
from coach_tui.widgets.keyed_table import KeyedTable
from tests.ui.driving import HOSTILE, desk_in, opened, press, said, screen_text


def move(desk: Desk, room: str) -> None:
    """Give the teacher another room."""
    desk.coachees.edit(desk.coachees.all()[0], room=room)


async def test_undo_redo_history_and_putting_back(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "ctrl+r")
        for text in ("12", *HOSTILE[:2]):
            await app.session.perform(partial(move, room=text))
        await press(pilot, "u")
        assert desk_in(ana).coachees.all()[0].room == HOSTILE[0]
        await press(pilot, "ctrl+r")
        assert desk_in(ana).coachees.all()[0].room == HOSTILE[1]
        await press(pilot, "u", "H")
        assert isinstance(app.screen, HistoryScreen)
        shown = screen_text(app)
        assert "History · Ana Ruiz" in shown
        assert "Undo: Edit Ana Ruiz" in shown
        assert "this session" in shown
        assert f"room: {HOSTILE[0]}" not in shown.split("Undo: Edit")[0]
        assert "\x1b" not in shown
        table = app.screen.query_one(KeyedTable)
        while "12 → [/]" not in screen_text(app):
            before = table.cursor_row
            await press(pilot, "j")
            assert table.cursor_row > before
        await press(pilot, "j", "enter")
        assert isinstance(app.screen, Pick)
        assert "→ 12" in screen_text(app)
        await press(pilot, "enter")
        assert desk_in(ana).coachees.all()[0].room == "12"
        await press(pilot, "u")
        assert desk_in(ana).coachees.all()[0].room == HOSTILE[0]
        await press(pilot, "escape")
        assert not isinstance(app.screen, HistoryScreen)


async def test_undo_after_a_restart_names_the_key_that_reaches_further_back(ana: Path) -> None:
    desk = desk_in(ana)
    move(desk, "12")
    desk.close()
    async with opened(ana) as (app, pilot):
        await press(pilot, "u")
        assert "since the app was opened: H shows what a record was before" in said(app)
    assert desk_in(ana).coachees.all()[0].room == "12"


async def test_another_sessions_change_while_deciding_is_not_overwritten(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        for text in ("12", "13"):
            await app.session.perform(partial(move, room=text))
        await press(pilot, "H", "j", "enter")
        assert isinstance(app.screen, Pick)
        other = desk_in(ana)
        other.coachees.edit(other.coachees.all()[0], building="Elm")
        other.close()
        await press(pilot, "enter")
        kept = desk_in(ana).coachees.all()[0]
        assert (kept.room, kept.building) == ("13", "Elm")
