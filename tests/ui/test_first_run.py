"""The first run: from no store to a caseload."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from coach_tui.app import SAMPLE
from coach_tui.screens.caseload import CaseloadScreen
from coach_tui.screens.dialogs.form import Form
from coach_tui.screens.welcome import WelcomeScreen
from tests.ui.driving import desk_in, opened, press, screen_text, set_up, type_text


async def test_the_welcome_asks_who_the_coach_is_and_then_offers_three_ways(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        assert isinstance(app.screen, WelcomeScreen)
        assert "a   add a teacher" not in screen_text(app)
        await press(pilot, "enter")
        await type_text(pilot, "Dana Whitfield")
        await press(pilot, "ctrl+s")
        shown = screen_text(app)
        assert "a   add a teacher" in shown
        assert "i   import a roster" in shown
        assert "d   look at a made-up caseload" in shown
        await press(pilot, "Y")
        assert isinstance(app.screen, Form)
        await press(pilot, "tab", "end", "space", "tab")
        assert "2026-08-31" in screen_text(app)
        await type_text(pilot, "x")
        assert app.screen.answers["first"] == "2026-08-31x", "a key wipes out nothing"
        assert "ctrl+u empty a line" in screen_text(app).splitlines()[-1]
        assert "enter Begin" not in screen_text(app)
        await press(pilot, "escape", "escape")
    desk = desk_in(folder)
    coach, calendar = desk.setting_up.coach, desk.setting_up.calendar
    assert coach is not None
    assert coach.name == "Dana Whitfield"
    assert calendar is not None
    assert calendar.first_day.isoformat() == "2026-08-31"
    assert {span.label for span in calendar.days_off} >= {"Labor Day", "Winter break"}


async def test_a_coach_without_a_name_is_asked_again_and_nothing_is_saved(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(pilot, "enter", "ctrl+s")
        assert isinstance(app.screen, Form)
        assert "please write your name" in screen_text(app)
    assert desk_in(folder).setting_up.coach is None


async def test_a_school_year_that_is_none_is_named(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(pilot, "enter")
        await type_text(pilot, "Dana")
        inputs = list(app.screen.query(Input))
        for value, words in (
            ("2026-02-31", "is no date"),
            ("2025-06-01", "ends after it begins"),
            ("2029-06-01", "at most 400 days"),
        ):
            inputs[2].value = value
            await press(pilot, "ctrl+s")
            assert words in screen_text(app).replace("\n", " ")
        inputs[2].value = "2027-06-04"
        inputs[4].value = "ZZ-QQ"
        await press(pilot, "ctrl+s")
        assert "no holidays are known" in screen_text(app)
    assert desk_in(folder).setting_up.coach is None


async def test_the_sample_can_be_looked_at_before_anything_is_set_up(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(pilot, "d")
    assert app.return_value == SAMPLE


async def test_add_from_the_welcome_opens_the_caseload_with_its_form(folder: Path) -> None:
    set_up(folder)
    async with opened(folder) as (app, pilot):
        assert isinstance(app.screen, CaseloadScreen)
        assert "Nobody is on your caseload yet" in screen_text(app)
        await press(pilot, "a")
        await type_text(pilot, "Ana Ruiz")
        await press(pilot, "ctrl+s")
        assert "Ana Ruiz" in screen_text(app)
    assert [one.name for one in desk_in(folder).coachees.all()] == ["Ana Ruiz"]


async def test_the_school_year_is_changed_later_and_days_off_survive(folder: Path) -> None:
    set_up(folder)
    async with opened(folder) as (app, pilot):
        await press(pilot, "Y")
        assert "2026-11-26 to 2026-11-27 Thanksgiving" in screen_text(app)
        inputs = list(app.screen.query(Input))
        inputs[3].value = "mon tue thu"
        inputs[4].value = "US"
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, CaseloadScreen)
        await press(pilot, "Y")
        inputs = list(app.screen.query(Input))
        inputs[3].value = "sometimes"
        await press(pilot, "ctrl+s")
        assert "write the days" in screen_text(app)
    calendar = desk_in(folder).setting_up.calendar
    assert calendar is not None
    assert calendar.weekdays == (0, 1, 3)
    assert {span.label for span in calendar.days_off} >= {"Thanksgiving", "Labor Day"}
