"""User text is never markup: shown literally, stored exactly, wherever it can be written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from coach_tui.domain.enumerations import LaunchItem
from coach_tui.domain.records import Barrier, PriorityGroup, TickedNote
from coach_tui.presentation.text import visible
from tests.support import add_lines, as_before, hold_meeting, launch
from tests.ui.driving import (
    HOSTILE,
    NOW,
    WIDE,
    add_launched,
    desk_in,
    opened,
    press,
    screen_text,
    set_up,
    settle,
)


@pytest.mark.parametrize("text", HOSTILE, ids=["markup", "escape", "rtl", "emoji", "long", "tab"])
async def test_every_place_shows_it_literally_and_stores_it_exactly(
    folder: Path, text: str
) -> None:
    set_up(folder)
    complete = launch()
    items = {**complete.items, LaunchItem.TRUST: TickedNote(done=True, note=text)}
    coachee = add_launched(
        folder,
        text,
        building=text,
        room=text,
        note=text,
        content_areas=(text,),
        launch=complete.changed(items=items),
        priority_groups=(as_before(PriorityGroup, label=text),),
        barriers=(Barrier(text=text),),
    )
    desk = desk_in(folder)
    running = desk.observing.start(coachee)
    add_lines(desk, running.id, [(text, NOW)])
    desk.observing.end(running.id)
    hold_meeting(desk, coachee, date(2026, 11, 23), note=text, step=text)
    desk.observing.go_on(running.id)
    desk.close()
    begins = visible(text)[:5].rstrip()
    async with opened(folder, size=WIDE) as (app, pilot):
        assert begins in screen_text(app)
        await press(pilot, "slash", "x", "escape")
        await press(pilot, "enter")
        assert screen_text(app).count(begins) >= 4
        await press(pilot, "enter")
        assert app.screen.query_one(Input).value == text
        await press(pilot, "escape", "n")
        assert "tab next" in screen_text(app)
        await press(pilot, "escape", "o")
        assert begins in screen_text(app)
        await press(pilot, "f3", "escape", "escape", "t", "escape", "c", "escape", "escape")
        await press(pilot, "ctrl+p")
        await pilot.pause(0.2)
        await press(pilot, "escape")
        app.screen.tell(text)  # type: ignore[attr-defined]
        await settle(pilot)
        assert "\x1b" not in screen_text(app)
    desk = desk_in(folder)
    stored = desk.coachees.get(coachee.id)
    assert stored.name == text.strip()
    assert (stored.building, stored.room, stored.note) == (text, text, text)
    assert desk.observing.get(running.id).lines[0].text == text.strip()


@pytest.mark.parametrize("text", HOSTILE, ids=["markup", "escape", "rtl", "emoji", "long", "tab"])
async def test_a_typed_line_is_stored_exactly(folder: Path, text: str) -> None:
    set_up(folder)
    add_launched(folder)
    async with opened(folder) as (app, pilot):
        await press(pilot, "o")
        app.screen.query_one("#observe-input", Input).value = text
        await press(pilot, "enter")
    desk = desk_in(folder)
    lines = desk.observing.of(desk.coachees.all()[0].id)[0].lines
    assert [line.text for line in lines] == [text.strip()]
