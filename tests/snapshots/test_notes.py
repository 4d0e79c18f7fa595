"""Pictures of all notes and of how they are taken: none, a few, too much and hostile text."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from coach_tui.coaching.script_lines import Line
from coach_tui.domain.scripting import read
from tests.snapshots.test_screens import SMALL_AND_WIDE, Compare, fill
from tests.ui.driving import (
    HOSTILE,
    NOW,
    add_launched,
    app_over,
    desk_in,
    press,
    set_up,
    settle,
    type_text,
)

Size = tuple[int, int]


async def rest(pilot: Pilot[Any]) -> None:
    """Wait until everything is read, looked through, counted and shown."""
    await settle(pilot)
    while at_work := [one for one in pilot.app.workers if not one.is_finished]:
        await pilot.app.workers.wait_for_complete(at_work)
        await settle(pilot)


def notes(snap_compare: Compare, folder: Path, size: Size, *keys: str, words: str = "") -> bool:
    """Compare the notes after searching for `words`, then pressing `keys`."""

    async def drive(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await press(pilot, "4")
        await rest(pilot)
        if words:
            await press(pilot, "slash")
            await type_text(pilot, words)
            await press(pilot, "enter")
        await press(pilot, *keys)
        await rest(pilot)
        pilot.app.clear_notifications()
        await settle(pilot)

    return snap_compare(app_over(folder), terminal_size=size, run_before=drive)


def hostile(folder: Path) -> None:
    """Write notes on two teachers with hostile names, in which each line tries something."""
    set_up(folder)
    for number, name in enumerate(HOSTILE[:2]):
        teacher = add_launched(folder, name)
        desk = desk_in(folder)
        begun = NOW - timedelta(days=1 + number)
        seen = desk.observing.enter(teacher, begun.date(), begun, 20)
        desk.observing.describe(seen, lesson=HOSTILE[number + 2])
        lines = [Line(read(f"s3 {text} doubles +praise"), begun) for text in HOSTILE]
        desk.scripts.write(seen.id, lines)
        desk.close()


@SMALL_AND_WIDE
def test_none(snap_compare: Compare, folder: Path, size: Size) -> None:
    set_up(folder)
    assert notes(snap_compare, folder, size)


@SMALL_AND_WIDE
def test_more_than_fit(snap_compare: Compare, folder: Path, size: Size) -> None:
    fill(folder).close()
    assert notes(snap_compare, folder, size, "j", "j")


@SMALL_AND_WIDE
def test_lines_marked(snap_compare: Compare, folder: Path, size: Size) -> None:
    fill(folder).close()
    keys = ("j", "space", "j", "space", "space")
    words = "teacher:okafor kind:quote you"
    assert notes(snap_compare, folder, size, *keys, words=words)


@SMALL_AND_WIDE
def test_filters_that_cannot_fit(snap_compare: Compare, folder: Path, size: Size) -> None:
    hostile(folder)
    words = "kind:praise date:soon speeker:s3 tag:x modality:zoom teacher:[/b]"
    assert notes(snap_compare, folder, size, words=words)


@SMALL_AND_WIDE
@pytest.mark.parametrize("words", ["", "doubles"], ids=["visits", "lines"])
def test_hostile(snap_compare: Compare, folder: Path, size: Size, words: str) -> None:
    hostile(folder)
    keys = ("j", "j", "j", "j", "space", "k") if words else ("j",)
    assert notes(snap_compare, folder, size, *keys, words=words)


@SMALL_AND_WIDE
def test_practice(snap_compare: Compare, folder: Path, size: Size) -> None:
    fill(folder).close()
    assert notes(snap_compare, folder, size, "y", "j")


@SMALL_AND_WIDE
def test_practice_of_nothing(snap_compare: Compare, folder: Path, size: Size) -> None:
    set_up(folder)
    assert notes(snap_compare, folder, size, "y")


@SMALL_AND_WIDE
def test_practice_hostile(snap_compare: Compare, folder: Path, size: Size) -> None:
    hostile(folder)
    assert notes(snap_compare, folder, size, "y")
