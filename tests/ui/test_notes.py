"""Mode 4: all notes, searched while typing, opened at the line, linked to a goal."""

from __future__ import annotations

from pathlib import Path

from coach_tui.coaching.script_lines import Line
from coach_tui.domain.scripting import read
from coach_tui.screens.observe import ObserveScreen
from tests.ui.driving import (
    NOW,
    add_launched,
    desk_in,
    opened,
    press,
    screen_text,
    set_up,
    type_text,
)


async def test_without_a_note_it_says_what_to_press(folder: Path) -> None:
    set_up(folder)
    async with opened(folder) as (app, pilot):
        await press(pilot, "4")
        assert "No notes yet" in screen_text(app)
        await press(pilot, "enter", "l", "y")
        assert "No visit has notes yet" in screen_text(app)
        await press(pilot, "escape", "2")


async def test_words_find_lines_that_are_opened_where_they_stand_and_linked(folder: Path) -> None:
    set_up(folder)
    for name in ("Ana Ruiz", "Ben [/] Cole"):
        add_launched(folder, name)
    desk = desk_in(folder)
    ana, ben = desk.coachees.all()
    goal = desk.goals.create(ana, statement="Students explain")
    seen = desk.observing.start(ana)
    lines = ["t what [/red] do you notice?", "s3 it doubles", "! bored"]
    desk.scripts.write(seen.id, [Line(read(line), NOW) for line in lines])
    desk.observing.end(seen.id)
    desk.observing.note(ben, ["the wall doubles as a board"])
    async with opened(folder) as (app, pilot):
        await press(pilot, "4")
        shown = screen_text(app)
        assert "2 observations, newest first" in shown
        assert "quick notes · 1 line" in shown
        await press(pilot, "slash")
        await type_text(pilot, "doubles")
        assert "2 lines found" in screen_text(app)
        await type_text(pilot, " speaker:s3")
        await press(pilot, "enter")
        shown = screen_text(app)
        assert "1 line found" in shown
        assert '▸ S3  "it doubles"' in shown
        assert 'T   "what [/red] do you notice?"' in shown, "with the line before it"
        await press(pilot, "l", "enter")
        screen = app.screen
        assert isinstance(screen, ObserveScreen)
        assert screen.script.chosen is not None
        assert screen.script.chosen.text == "it doubles"
        desk_now = desk_in(folder)
        desk_now.scripts.write(seen.id, [Line(read("and later a tripling"), NOW)])
        await press(pilot, "escape")
        await press(pilot, "slash", "escape", "slash")
        await type_text(pilot, "tripling")
        assert "1 line found" in screen_text(app)
    (item,) = desk_in(folder).evidence.of(goal.id)
    assert [one.line for one in item.observation_lines] == ["0002"]
    assert item.kind is not None
    assert item.kind.value == "classroom discourse"
