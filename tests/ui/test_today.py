"""Mode 1: what is owed and due now; Enter does it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from coach_tui.app import CoachApp
from coach_tui.domain.enumerations import CoacheeState, ContactKind
from coach_tui.domain.today import TodayGroup
from coach_tui.widgets.today_table import TodayTable
from tests.support import hold_meeting, launch, plan_visit
from tests.ui.driving import (
    HOSTILE,
    add,
    add_launched,
    desk_in,
    opened,
    press,
    screen_text,
    set_up,
    type_text,
)


def go_to(app: CoachApp, group: TodayGroup) -> None:
    """Put the cursor on the first task of a group."""
    caseload = app.session.caseload
    assert caseload is not None
    key = next(task.key for task in caseload.tasks() if task.group is group)
    app.screen.query_one(TodayTable).go_to(key)


async def test_each_row_is_done_with_enter_and_goes_when_it_is_done(folder: Path) -> None:
    set_up(folder)
    ana = add_launched(folder)
    ben = add(folder, "Ben Cole", launch=launch())
    desk = desk_in(folder)
    hold_meeting(desk, ana, date(2026, 11, 18), step="Wait 3 s", lesson=date(2026, 11, 20))
    desk.close()
    async with opened(folder) as (app, pilot):
        await press(pilot, "1")
        shown = screen_text(app)
        for words in ("Check back", "the lesson of Fri 20 Nov 2026", "is the coaching", "mentor"):
            assert words in shown
        assert "what became of the action step?" in " ".join(shown.split())
        await press(pilot, "enter")
        assert "Wait 3 s" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert "Check back" not in screen_text(app)
        go_to(app, TodayGroup.READY)
        await press(pilot, "enter", "1")
        assert desk_in(folder).coachees.get(ben.id).state is CoacheeState.ACTIVE
        go_to(app, TodayGroup.OWN)
        await press(pilot, "enter", "tab", "tab")
        await type_text(pilot, "30")
        await press(pilot, "ctrl+s")
        (own,) = desk_in(folder).contacts.own()
        assert (own.kind, own.minutes) == (ContactKind.MENTOR, 30)
        assert "Your own support" not in screen_text(app)


async def test_after_a_visit_the_cursor_stays_with_the_teacher_and_her_meeting(
    folder: Path,
) -> None:
    set_up(folder)
    ana = add_launched(folder)
    add_launched(folder, "Bo Lee")
    desk = desk_in(folder)
    plan_visit(desk, ana, date(2026, 11, 23))
    desk.close()
    async with opened(folder) as (app, pilot):
        await press(pilot, "1", "enter")
        await type_text(pilot, "T waits")
        await press(pilot, "enter", "f4", "m")
        assert "Feedback meeting · Ana Ruiz" in screen_text(app)
        await press(pilot, "escape", "escape")
        assert "observed today: the meeting is to come" in screen_text(app)
        await press(pilot, "enter")
        assert "Feedback meeting · Ana Ruiz" in screen_text(app)


async def test_an_empty_day_says_so_kindly_and_what_to_press(folder: Path) -> None:
    set_up(folder)
    desk = desk_in(folder)
    desk.contacts.add(ContactKind.MENTOR, date(2026, 11, 20), None)
    desk.close()
    async with opened(folder) as (app, pilot):
        await press(pilot, "1")
        assert "Nothing is owed, and nothing is planned for today" in screen_text(app)
        await press(pilot, "enter", "e", "o", "2")
        assert "Caseload" in screen_text(app)


async def test_a_name_is_never_markup(folder: Path) -> None:
    set_up(folder)
    for text in HOSTILE:
        add(folder, text, building=text, room=text)
    async with opened(folder) as (app, pilot):
        await press(pilot, "1")
        shown = screen_text(app)
        assert "[/] [red]x[/red]" in shown
        assert "\x1b" not in shown
