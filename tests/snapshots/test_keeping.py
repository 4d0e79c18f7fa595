"""Pictures of what keeps words: unsaved text, history, two sessions, the covered screen."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from coach_tui.screens.dialogs.locked import LockedScreen
from coach_tui.screens.dialogs.merge import Clash, Merge
from coach_tui.screens.dialogs.unsaved import Unsaved
from tests.snapshots.test_screens import SMALL_AND_WIDE, Compare
from tests.ui.driving import HOSTILE, add, app_over, desk_in, press, set_up, settle, type_text


@pytest.fixture
def ana(tmp_path: Path) -> Path:
    """Return a store with one teacher."""
    folder = tmp_path / "caseload"
    set_up(folder)
    add(folder, "Ana Ruiz", building="Oak Elementary")
    return folder


@SMALL_AND_WIDE
def test_history(snap_compare: Compare, ana: Path, size: tuple[int, int]) -> None:
    desk = desk_in(ana)
    for number, note in enumerate(HOSTILE):
        now = desk.coachees.all()[0]
        desk.coachees.edit(now, note=note[:300], room=str(number))
    desk.ledger.undo()
    desk.close()

    async def drive(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await press(pilot, "2", "H", "j", "j")

    assert snap_compare(app_over(ana), terminal_size=size, run_before=drive)


async def type_and_die(folder: Path) -> None:
    """Leave two drafts behind, as a killed session does."""
    app = app_over(folder)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "n")
        await type_text(pilot, "T [inaudible] 14/24 hands up")
        app.session.drafts.keep("other", "Notes on Ana Ruiz", [("text", "Line", HOSTILE[0])])
        app.session.drafts.flush()
        os.replace(folder / "drafts" / "test.json", folder / "drafts" / "killed.json")


@SMALL_AND_WIDE
def test_unsaved_text(snap_compare: Compare, ana: Path, size: tuple[int, int]) -> None:
    async def drive(pilot: Pilot[Any]) -> None:
        while not isinstance(pilot.app.screen, Unsaved):
            await pilot.pause(0.02)
        await settle(pilot)

    asyncio.run(type_and_die(ana))
    assert snap_compare(app_over(ana), terminal_size=size, run_before=drive)


@SMALL_AND_WIDE
def test_two_sessions(snap_compare: Compare, ana: Path, size: tuple[int, int]) -> None:
    clashes = [
        Clash("room", "Room", "12b", "14", " / "),
        Clash("note", "Note", "Prefers mornings\n[/red]", HOSTILE[1] + "\nand more", "\n"),
        Clash("kind", "Kind", "team", "teacher", None),
    ]

    async def drive(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await pilot.app.push_screen(Merge(clashes, {}))
        await press(pilot, "right", "right")

    assert snap_compare(app_over(ana), terminal_size=size, run_before=drive)


@SMALL_AND_WIDE
def test_covered(snap_compare: Compare, ana: Path, size: tuple[int, int]) -> None:
    app = app_over(ana)

    async def drive(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await app.push_screen(LockedScreen(app.session))
        await type_text(pilot, "secret")

    assert snap_compare(app, terminal_size=size, run_before=drive)
