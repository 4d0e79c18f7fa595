"""Mode 4: all notes, searched while typing, opened at the line, linked to a goal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from coach_tui.coaching.script_lines import Line
from coach_tui.coaching.settings import Settings
from coach_tui.domain.scripting import read
from coach_tui.screens.caseload import CaseloadScreen
from coach_tui.screens.observe import ObserveScreen
from tests.ui.driving import (
    NOW,
    add_launched,
    desk_in,
    opened,
    press,
    said,
    screen_text,
    set_up,
    settle,
    type_text,
)


async def test_without_a_note_it_says_what_to_press(folder: Path) -> None:
    set_up(folder)
    async with opened(folder) as (app, pilot):
        await press(pilot, "4")
        await settle(pilot)
        assert "No notes yet" in screen_text(app)
        await press(pilot, "enter", "l", "y")
        assert "No visit has notes yet" in screen_text(app)
        await press(pilot, "escape", "2")
        assert isinstance(app.screen, CaseloadScreen), "as the empty screen says"


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


def two_visits(folder: Path) -> str:
    """Write two visits to Ana, who has a goal, and quick notes on Ben; return the goal's id."""
    set_up(folder)
    ana, ben = (add_launched(folder, name) for name in ("Ana Ruiz", "Ben Cole"))
    desk = desk_in(folder)
    goal = desk.goals.create(ana, statement="Students explain")
    scripts = (["t who doubles?", "s3 it doubles"], ["a S doubles a row", "? who doubled it"])
    for hours, lines in enumerate(scripts, start=-2):
        seen = desk.observing.start(ana, at=NOW + timedelta(hours=hours))
        desk.scripts.write(seen.id, [Line(read(line), NOW) for line in lines])
        desk.observing.end(seen.id)
    desk.observing.note(ben, ["the wall doubles as a board"])
    desk.close()
    return goal.id


async def test_marked_lines_of_several_visits_are_linked_and_undone_as_one(folder: Path) -> None:
    goal = two_visits(folder)
    async with opened(folder) as (app, pilot):
        await press(pilot, "4", "space")
        assert "Search for a line first" in said(app)
        await press(pilot, "slash")
        await type_text(pilot, "teacher:ana doubles")
        await press(pilot, "enter", "space", "space")
        shown = screen_text(app)
        assert "● 2 lines marked" in shown
        assert shown.count("●") == 3, "once in the title, once at each line"
        await press(pilot, "slash", "ctrl+u")
        await type_text(pilot, "it doubles")
        assert "● 2 lines marked" in screen_text(app), "another search leaves the marks"
        await press(pilot, "enter", "space", "l")
        assert "3 lines linked" in said(app)
        assert "marked" not in screen_text(app)
        items = desk_in(folder).evidence.of(goal)
        lines = sorted(len(one.observation_lines) for one in items)
        assert lines == [1, 1, 1], "each visit and each column its own"
        assert len({one.observation_lines[0].observation for one in items}) == 2
        await press(pilot, "u")
        assert desk_in(folder).evidence.of(goal) == []


async def test_what_cannot_be_evidence_or_is_of_somebody_else_is_not_marked(folder: Path) -> None:
    goal = two_visits(folder)
    async with opened(folder) as (app, pilot):
        await press(pilot, "4", "slash")
        await type_text(pilot, "kind:question")
        await press(pilot, "enter", "space")
        assert "a question or an inference is no evidence" in said(app)
        await press(pilot, "l")
        assert desk_in(folder).evidence.of(goal) == []
        await press(pilot, "slash", "ctrl+u")
        await type_text(pilot, "teacher:ben doubles")
        await press(pilot, "enter", "space", "slash", "ctrl+u")
        await type_text(pilot, "teacher:ana doubles")
        await press(pilot, "enter", "space")
        assert "The marked lines are of Ben Cole" in said(app)
        assert "● 1 line marked" in screen_text(app)
        await press(pilot, "escape", "g", "space")
        assert "● 1 line marked" in screen_text(app), "escape took the other one's mark back"
        await press(pilot, "g", "space", "escape")
        assert "3 observations, newest first" in screen_text(app), "and then shows all again"


async def test_a_search_begins_with_the_newest_and_ends_where_the_cursor_was(folder: Path) -> None:
    two_visits(folder)
    async with opened(folder) as (app, pilot):
        await press(pilot, "4", "G", "slash")
        await type_text(pilot, "doubles")
        context = screen_text(app).splitlines()[-5:]
        assert any("▸" in row and "the wall doubles" in row for row in context)
        await press(pilot, "down", "G")
        await press(pilot, "escape")
        context = screen_text(app).splitlines()[-5:]
        assert any('"who doubles?"' in row for row in context), "the visit of the last line"


async def test_a_marked_line_that_was_changed_meanwhile_is_not_linked(folder: Path) -> None:
    goal = two_visits(folder)
    async with opened(folder) as (app, pilot):
        await press(pilot, "4", "slash")
        await type_text(pilot, "it doubles")
        await press(pilot, "enter", "space")
        desk = desk_in(folder)
        of_ana = desk.observing.of(desk.goals.get(goal).coachee)
        seen = next(one for one in of_ana if one.lines[1].text == "it doubles")
        desk.scripts.edit(seen.id, "0002", Line(read("s3 it triples"), NOW))
        await press(pilot, "l")
        assert "changed meanwhile" in said(app)
        assert desk_in(folder).evidence.of(goal) == []


async def test_a_filter_that_cannot_fit_says_why(folder: Path) -> None:
    two_visits(folder)
    async with opened(folder) as (app, pilot):
        await press(pilot, "4", "slash")
        await type_text(pilot, "kind:foo date:soon speeker:s3 teacher:[/]")
        shown = screen_text(app)
        assert "kind: there is quote, action, count" in shown
        assert "date: soon is none" in shown
        assert "speeker: is looked for as a word" in shown
        assert "teacher: nobody's name has [/] in it" in shown
        await press(pilot, "ctrl+u")
        await type_text(pilot, 'date:"23 nov"')
        assert "3 observations found" in screen_text(app)


async def test_how_notes_are_taken_is_counted_again_after_a_change(
    folder: Path, tmp_path: Path
) -> None:
    two_visits(folder)
    (tmp_path / "low_inference.toml").write_text("[LI01\n", encoding="utf-8")
    async with opened(folder, settings=Settings(directory=str(tmp_path))) as (app, pilot):
        await press(pilot, "4", "y")
        await settle(pilot)
        assert "low_inference.toml" in said(app)
        assert screen_text(app).count("2 of 2") == 2
        desk = desk_in(folder)
        seen = desk.observing.get(desk.notes.newest(2)[0].id)
        desk.scripts.write(seen.id, [Line(read("a S was engaged"), NOW)])
        desk.close()
        await press(pilot, "enter", "escape")
        await settle(pilot)
        assert "2 of 3" in screen_text(app)
