"""The caseload screen: rows, order, filter, states, undo, other sessions."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path

import pytest

from coach_tui.coaching.settings import Settings
from coach_tui.domain.enumerations import CoacheeKind, CoacheeState
from coach_tui.screens.caseload import CaseloadScreen
from coach_tui.screens.coachee.screen import CoacheeScreen
from coach_tui.screens.dialogs.plan import PlanDialog
from coach_tui.widgets.caseload_table import CaseloadTable
from coach_tui.widgets.inputs import LineInput
from tests.support import launch
from tests.ui.driving import (
    WIDE,
    add,
    add_launched,
    desk_in,
    front,
    opened,
    press,
    said,
    screen_text,
    set_up,
    settle,
    type_text,
)


@pytest.fixture
def caseload(folder: Path) -> Path:
    """Return a store with four coachees: overdue, due soon, on track, not launched."""
    set_up(folder)
    for name, building, day in (
        ("Zoe Adler", "Oak Elementary", date(2026, 10, 5)),
        ("Ben Cole", "Pine Middle", date(2026, 11, 10)),
        ("Ana Ruiz", "Oak Elementary", date(2026, 11, 20)),
    ):
        add_launched(folder, name, building=building, launch=launch(day))
    add(folder, "Grade 4 team", building="Pine Middle", kind=CoacheeKind.TEAM)
    return folder


def names_in(app_text: str) -> list[str]:
    """Return the names of the rows, from the top."""
    names = ("Zoe Adler", "Ben Cole", "Ana Ruiz", "Grade 4 team")
    rows = [line for line in app_text.splitlines()[2:] if line.strip()]
    return [name for line in rows for name in names if line.startswith(name)]


async def test_rows_are_sorted_by_urgency_then_by_building_then_by_name(caseload: Path) -> None:
    async with opened(caseload) as (app, pilot):
        assert names_in(screen_text(app)) == ["Zoe Adler", "Grade 4 team", "Ben Cole", "Ana Ruiz"]
        assert "▲ overdue 25" in screen_text(app)
        assert "◇ not launched" in screen_text(app)
        assert "◐ due soon" in screen_text(app)
        await press(pilot, "S")
        assert names_in(screen_text(app)) == ["Ana Ruiz", "Zoe Adler", "Ben Cole", "Grade 4 team"]
        await press(pilot, "S")
        assert names_in(screen_text(app)) == ["Ana Ruiz", "Ben Cole", "Grade 4 team", "Zoe Adler"]
        await press(pilot, "S")
        assert names_in(screen_text(app))[0] == "Zoe Adler"


async def test_the_filter_narrows_as_it_is_typed_and_escape_shows_everyone(caseload: Path) -> None:
    async with opened(caseload) as (app, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "building:oak over")
        assert names_in(screen_text(app)) == ["Zoe Adler"]
        await press(pilot, "escape")
        assert len(names_in(screen_text(app))) == 4
        await press(pilot, "slash")
        await type_text(pilot, "team")
        await press(pilot, "enter")
        assert names_in(screen_text(app)) == ["Grade 4 team"]
        assert app.focused is app.screen.query_one(CaseloadTable)


async def test_a_filter_that_nothing_holds_says_how_to_go_on(caseload: Path) -> None:
    async with opened(caseload) as (app, pilot):
        await press(pilot, "slash")
        await type_text(pilot, "zzz")
        assert "No row holds these words" in screen_text(app)
        await press(pilot, "down", "escape")
        assert len(names_in(screen_text(app))) == 4


async def test_the_cursor_stays_on_its_row_when_the_order_changes(caseload: Path) -> None:
    async with opened(caseload) as (app, pilot):
        await press(pilot, "j", "j")
        screen = app.screen
        assert isinstance(screen, CaseloadScreen)
        before = screen.selected_id
        await press(pilot, "S")
        assert screen.selected_id == before
        await press(pilot, "g")
        assert screen.query_one(CaseloadTable).cursor_row == 0
        await press(pilot, "G")
        assert screen.query_one(CaseloadTable).cursor_row == 3


async def test_pausing_takes_a_coachee_out_of_what_is_due_and_undo_brings_it_back(
    caseload: Path,
) -> None:
    async with opened(caseload) as (app, pilot):
        await press(pilot, "t", "1")
        await type_text(pilot, "family leave")
        await press(pilot, "enter")
        assert "= paused" in screen_text(app)
        paused = next(one for one in desk_in(caseload).coachees.all() if one.name == "Zoe Adler")
        assert paused.state is CoacheeState.PAUSED
        assert paused.states[-1].reason == "family leave"
        await press(pilot, "u")
        assert "▲ overdue 25" in screen_text(app)
    again = next(one for one in desk_in(caseload).coachees.all() if one.name == "Zoe Adler")
    assert again.state is CoacheeState.ACTIVE
    assert again.states == ()


async def test_a_coachee_who_is_not_launched_is_not_offered_active(caseload: Path) -> None:
    async with opened(caseload) as (app, pilot):
        await press(pilot, "j", "t")
        shown = screen_text(app)
        assert "Active comes after the launch conversation" in shown
        assert "Active: coaching goes on" not in shown


async def test_closing_hides_a_row_until_it_is_asked_for_and_re_opening_brings_it_back(
    caseload: Path,
) -> None:
    async with opened(caseload) as (app, pilot):
        await press(pilot, "t", "3", "enter")
        assert "Zoe Adler" not in names_in(screen_text(app))
        await press(pilot, "slash")
        await type_text(pilot, "closed")
        await press(pilot, "enter")
        assert names_in(screen_text(app)) == ["Zoe Adler"]
        await press(pilot, "t", "1", "enter")
    reopened = next(one for one in desk_in(caseload).coachees.all() if one.name == "Zoe Adler")
    assert reopened.state is CoacheeState.ACTIVE


async def test_enter_opens_the_page_and_escape_comes_back(caseload: Path) -> None:
    async with opened(caseload) as (app, pilot):
        await press(pilot, "enter")
        assert isinstance(app.screen, CoacheeScreen)
        assert "Zoe Adler · Oak Elementary" in screen_text(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, CaseloadScreen)


async def test_what_a_small_terminal_has_no_room_for_is_shown_to_go_on(caseload: Path) -> None:
    async with opened(caseload, size=(60, 15)) as (app, pilot):
        rows = screen_text(app).splitlines()[1:6]
        assert all(len(row) == 59 and row.endswith("…") for row in rows), rows
        await press(pilot, "L")
        shown = screen_text(app)
        assert "Reflection of practice, potential focus areas" in shown
        await press(pilot, "escape")
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert "plan" in screen_text(app).splitlines()[2]


async def test_a_passage_that_goes_on_says_so_in_its_last_line(caseload: Path) -> None:
    async with opened(caseload, size=(40, 15)) as (app, pilot):
        await press(pilot, "enter")
        owed = app.screen.query_one("#coachee-owed")
        lines = screen_text(app).splitlines()[1:4]
        assert owed.size.height == 3
        assert lines[-1].endswith("…")
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        assert "…" not in screen_text(app).splitlines()[1]


async def test_a_name_that_is_too_long_stays_in_the_form_with_the_reason(caseload: Path) -> None:
    async with opened(caseload) as (app, pilot):
        await press(pilot, "a")
        app.screen.query_one(LineInput).value = "x" * 201
        await press(pilot, "ctrl+s")
        assert "name: at most 200 characters, and this has 201" in screen_text(app)
        await press(pilot, "backspace", "ctrl+s")
        front(app, CaseloadScreen)
    assert "x" * 200 in [one.name for one in desk_in(caseload).coachees.all()]


async def test_a_planned_visit_is_shown_in_its_column(caseload: Path) -> None:
    async with opened(caseload) as (app, pilot):
        await press(pilot, "s")
        await type_text(pilot, "3 dec")
        await press(pilot, "enter")
        row = next(line for line in screen_text(app).splitlines() if line.startswith("Zoe Adler"))
        assert " 3 Dec" in row


async def test_a_day_that_is_none_is_named_and_nothing_is_planned(caseload: Path) -> None:
    async with opened(caseload) as (app, pilot):
        await press(pilot, "s")
        await type_text(pilot, "31 feb")
        await press(pilot, "enter")
        assert isinstance(app.screen, PlanDialog)
        assert "names no day and time" in screen_text(app)
    desk = desk_in(caseload)
    assert all(not desk.cycling.of(one.id) for one in desk.coachees.all())


async def test_what_another_session_saves_appears_and_the_cursor_stays(caseload: Path) -> None:
    async with opened(caseload) as (app, pilot):
        await press(pilot, "j")
        screen = app.screen
        assert isinstance(screen, CaseloadScreen)
        before = screen.selected_id
        add(caseload, "Newly Added", building="Oak Elementary")
        await screen.on_desk_changed()
        await settle(pilot)
        assert "Newly Added" in screen_text(app)
        assert screen.selected_id == before


async def test_undoing_what_another_session_changed_is_refused_and_said(caseload: Path) -> None:
    async with opened(caseload) as (app, pilot):
        await press(pilot, "t", "1", "enter")
        other = desk_in(caseload)
        theirs = next(one for one in other.coachees.all() if one.name == "Zoe Adler")
        other.coachees.edit(theirs, room="12")
        await press(pilot, "u")
        await settle(pilot)
        assert "Not undone" in said(app)
    kept = next(one for one in desk_in(caseload).coachees.all() if one.name == "Zoe Adler")
    assert (kept.room, kept.state) == ("12", CoacheeState.PAUSED)


async def test_a_key_can_be_rebound_by_its_commands_id(caseload: Path) -> None:
    async with opened(caseload, settings=Settings(keys={"caseload.sort": "f5"})) as (app, pilot):
        await press(pilot, "f5")
        assert "by building" in screen_text(app)
        await press(pilot, "S")
        assert "by building" in screen_text(app)


async def test_help_lists_the_keys_of_the_place(caseload: Path) -> None:
    async with opened(caseload, size=WIDE) as (app, pilot):
        await press(pilot, "question_mark")
        assert "Pause, resume, release, close or re-open" in screen_text(app)
        await press(pilot, "G")
        assert "Take back the last change" in screen_text(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, CaseloadScreen)


async def test_the_palette_finds_a_teacher(caseload: Path) -> None:
    async with opened(caseload, size=WIDE) as (app, pilot):
        await press(pilot, "ctrl+p")
        await type_text(pilot, "ben cole")
        await pilot.pause(0.3)
        await press(pilot, "enter")
        await settle(pilot)
        assert isinstance(app.screen, CoacheeScreen)
        assert "Ben Cole" in screen_text(app)


@pytest.mark.parametrize("theme", ["coach-dark", "coach-light", "coach-contrast", "coach-terminal"])
async def test_each_theme_shows_the_same_words(caseload: Path, theme: str) -> None:
    async with opened(caseload, settings=Settings(theme=theme)) as (app, _):
        assert app.theme == theme
        assert "▲ overdue 25" in screen_text(app)


async def test_the_collector_works_again_once_the_first_screen_is_there(caseload: Path) -> None:
    gc.disable()  # as the command leaves it
    try:
        async with opened(caseload) as (_, pilot):
            for _ in range(100):
                if gc.isenabled():
                    break
                await pilot.pause(0.05)
            assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
