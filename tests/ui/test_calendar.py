"""Mode 3, the calendar: by keys, asserting on what is shown and what is stored."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from textual.geometry import Region

from coach_tui.app import CoachApp
from coach_tui.coaching.planning import busy, year
from coach_tui.domain.enumerations import CycleStage
from coach_tui.domain.records import Period
from coach_tui.exchange.calendars.district import read_district
from coach_tui.exchange.calendars.reading import read_calendars
from coach_tui.screens.calendar.district import DistrictScreen
from coach_tui.screens.calendar.proposals import CatchUpScreen, DisplacedScreen
from coach_tui.screens.calendar.screen import CalendarScreen
from coach_tui.screens.calendar.sending import SendingScreen
from coach_tui.screens.dialogs.form import Form
from coach_tui.screens.dialogs.plan import PlanDialog
from coach_tui.store.errors import StoreFull
from coach_tui.store.journal_file import JournalFile
from coach_tui.widgets.day_detail import DayDetail
from coach_tui.widgets.day_grid import DayGrid
from coach_tui.widgets.inputs import LineInput
from coach_tui.widgets.month_grid import MonthGrid
from tests.exchange.calendars.files import calendar, event
from tests.ui.driving import (
    HOME,
    HOSTILE,
    WIDE,
    add_launched,
    app_over,
    cycles,
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
from tests.ui.killing import die, kept, offered

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store with two active teachers in two buildings with bells."""
    path = tmp_path / "caseload"
    set_up(path)
    desk = desk_in(path)
    for building in ("Oak", "Elm"):
        desk.school_years.set_bells(
            building,
            [
                Period(
                    name=f"Period {n}", start=time(7 + n), end=time(7 + n, 50), building=building
                )
                for n in range(1, 8)
            ],
        )
    desk.close()
    for name, building in (("Ana Ruiz", "Oak"), ("Bo Lind", "Elm")):
        add_launched(path, name, building=building, room="12")
    return path


async def test_the_three_views_keep_the_day(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(pilot, "3")
        shown = screen_text(app)
        for word in ("November 2026", "Monday", "Wednesday", "Friday", ">23 today", "Thanksgiving"):
            assert word in shown
        assert "○ visit □ meeting" in shown
        assert "◌AR" in shown
        assert "due, not planned" in shown
        await press(pilot, "l", "j", "w")
        shown = screen_text(app)
        assert "week of Mon 30 Nov 2026" in shown
        assert "8:00-8:50" in shown
        assert "· free" in shown
        await press(pilot, "w")
        assert "Tue 1 Dec 2026" in screen_text(app)
        await press(pilot, "w", "n")
        assert "January 2027" in screen_text(app) or "December 2026" in screen_text(app)
        await press(pilot, "t")
        assert ">23 today" in screen_text(app)
        await press(pilot, "g")
        await type_text(pilot, "3 mar 2027")
        await press(pilot, "enter")
        assert "March 2027" in screen_text(app)
        assert front(app, CalendarScreen).cursor == date(2027, 3, 3)


@pytest.mark.parametrize("kind", [MonthGrid, DayDetail])
async def test_what_changes_is_drawn_and_no_other_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, kind: type[DayGrid]
) -> None:
    async with opened(folder, size=WIDE) as (app, pilot):
        await press(pilot, "3")
        grid = app.screen.query_one(kind)
        for key in ("n", "p", "l", "j"):
            drawn: list[Region] = []
            before = [grid.render_line(y) for y in range(grid.size.height)]
            monkeypatch.setattr(grid, "refresh", lambda *regions, to=drawn: to.extend(regions))
            await press(pilot, key)
            after = [grid.render_line(y) for y in range(grid.size.height)]
            changed = [y for y, line in enumerate(before) if line != after[y]]
            assert 0 < len(changed) < len(after)
            assert drawn == [Region(0, y, grid.size.width, 1) for y in changed]
        monkeypatch.undo()
        whole: list[Region] = []
        monkeypatch.setattr(grid, "refresh", lambda *regions, **_: whole.append(Region()))
        await press(pilot, "f9")
        assert whole


async def test_another_theme_colours_the_days_at_once(folder: Path) -> None:
    async with opened(folder, size=WIDE) as (app, pilot):
        await press(pilot, "3")
        for _ in range(2):
            await press(pilot, "f9")
            for grid in (app.screen.query_one(MonthGrid), app.screen.query_one(DayDetail)):
                for y in (0, 2, grid.size.height - 1):
                    style = list(grid.render_line(y))[-1].style
                    assert style is not None
                    assert style.bgcolor == grid.background_colors[1].rich_color


async def test_a_ghost_is_planned_moved_and_cancelled_by_keys(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(pilot, "3")
        await press(pilot, "a")
        front(app, PlanDialog)
        await press(pilot, "ctrl+u")
        await type_text(pilot, "fri p9")
        assert "there is no p9 in Oak" in screen_text(app)
        await press(pilot, "enter")
        front(app, PlanDialog)
        await press(pilot, "ctrl+u")
        await type_text(pilot, "thu 10:15")
        assert "day off: Thanksgiving" in screen_text(app)
        await press(pilot, "enter")
        front(app, PlanDialog)
        assert "no school (Thanksgiving): enter again plans it" in screen_text(app)
        assert cycles(folder) == []
        await press(pilot, "ctrl+u")
        await type_text(pilot, "tomorrow p3 25m")
        assert "Tue 24 Nov 2026, tomorrow · 10:00-10:25 · Period 3" in screen_text(app)
        await press(pilot, "enter")
        front(app, CalendarScreen)
        assert "10:00-10:25 · visit · Ana Ruiz" in screen_text(app)
        await press(pilot, "shift+right")
        (cycle,) = cycles(folder)
        assert cycle.planned.observation == date(2026, 11, 25)
        assert cycle.planned.observation_minutes == 25
        await press(pilot, "shift+right")
        assert "day off: Thanksgiving" in said(app)
        await press(pilot, "u", "h", "x")
        front(app, Form)
        await press(pilot, "enter")
        assert "give the reason" in screen_text(app)
        await type_text(pilot, "field trip")
        await press(pilot, "enter")
    (cycle,) = cycles(folder)
    assert (cycle.stage, cycle.cancelled_because) == (CycleStage.CANCELLED, "field trip")
    assert cycle.planned.observation == date(2026, 11, 25)


async def test_somebody_is_picked_and_planned_where_the_week_is_free(folder: Path) -> None:
    async with opened(folder, size=WIDE) as (app, pilot):
        await press(pilot, "3")
        await press(pilot, "l", "w", "j", "j", "j")
        assert ">Period" in screen_text(app)
        await press(pilot, "a")
        await type_text(pilot, "bo")
        await press(pilot, "enter")
        front(app, PlanDialog)
        assert "Plan a visit: Bo Lind" in screen_text(app)
        assert "Period 3" in screen_text(app)
        await press(pilot, "enter")
        assert "10:00-10:20  visit · Bo Lind" in screen_text(app)
    (cycle,) = cycles(folder)
    assert (cycle.planned.observation, cycle.planned.observation_time) == (TUESDAY, time(10))


async def test_a_half_typed_time_opens_again_where_it_was(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(pilot, "3")
        await press(pilot, "a")
        await press(pilot, "ctrl+u")
        await type_text(pilot, "mon p3 25")
        die(folder, app)
    assert kept(folder) == ["mon p3 25"]
    async with opened(folder) as (again, pilot):
        await offered(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert front(again, PlanDialog).query_one(LineInput).value == "mon p3 25"
        await press(pilot, "m", "enter")
        front(again, CalendarScreen)
        again.session.drafts.flush()
    assert kept(folder) == []
    (cycle,) = cycles(folder)
    assert (cycle.planned.observation, cycle.planned.observation_minutes) == (
        date(2026, 11, 30),
        25,
    )


async def test_a_typed_time_is_thrown_away_only_when_asked_twice(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(pilot, "3", "a", "down", "escape")
        front(app, CalendarScreen)
        await press(pilot, "a", "ctrl+u")
        await type_text(pilot, "fri [p3]")
        await press(pilot, "escape")
        assert "fri [p3] is not saved: once more throws it away" in screen_text(app)
        await press(pilot, "4", "down")
        line = front(app, PlanDialog).query_one(LineInput)
        assert "fri" not in line.value
        await press(pilot, "up")
        assert line.value == "fri [p3]4"
        await press(pilot, "down", "escape")
        assert "fri [p3]4 is not saved" in screen_text(app)
        await press(pilot, "escape")
        front(app, CalendarScreen)
        app.session.drafts.flush()
    assert kept(folder) == []
    assert cycles(folder) == []


async def test_a_time_killed_between_its_save_and_its_end_says_so(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(pilot, "3", "a", "ctrl+u")
        await type_text(pilot, "mon p3")
        app.session.drafts.drop = lambda key: None  # type: ignore[method-assign]
        await press(pilot, "enter")
        front(app, CalendarScreen)
        die(folder, app)
    assert len(cycles(folder)) == 1
    again = app_over(folder)
    async with again.run_test(size=(80, 24)) as pilot:
        await offered(pilot)
        assert "It was just being saved" in screen_text(again)


async def test_a_large_calendar_holds_up_no_verb_and_what_it_lacks_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.parent / "other.ics"
    good = event("1", "Dentist", "20261124T160000Z", "20261124T163000Z")
    path.write_bytes(calendar(good, event("2", "Nobody [knows] when", "nonsense")))
    desk = desk_in(folder)
    desk.school_years.set_surroundings(15, str(path))
    desk.close()
    threads: list[str] = []
    reading, read = threading.Event(), read_calendars

    def slow(*asked: Any) -> object:
        threads.append(threading.current_thread().name)
        assert reading.wait(10)
        return read(*asked)

    monkeypatch.setattr(busy, "read_calendars", slow)
    async with app_over(folder).run_test(size=(80, 24), notifications=True) as pilot:
        app = pilot.app
        assert isinstance(app, CoachApp)
        await press(pilot, "3")
        while not threads:
            await pilot.pause(0.01)
        assert await app.session.perform(lambda desk: len(desk.coachees.all())) == 2
        reading.set()
        while not isinstance(app.screen, CalendarScreen) or app.screen.days is None:
            await pilot.pause(0.01)
        await settle(pilot)
        assert "the dates of one event cannot be read" in app.screen.days.trouble
        assert "[knows]" in screen_text(app)
        assert [one.words for one in app.screen.days.busy] == ["Dentist"]
        await press(pilot, "r", "v", "v", "v")
    assert len(threads) == 1
    assert not threads[0].startswith("desk")


async def test_files_of_others_are_never_read_where_verbs_run(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.parent / "other.ics"
    path.write_bytes(calendar(event("1", "Dentist", "20261124T160000Z", "20261124T163000Z")))
    desk = desk_in(folder)
    desk.school_years.set_surroundings(15, str(path))
    desk.close()
    threads: list[str] = []

    def told(read: Callable[..., object]) -> Callable[..., object]:
        def reading(*asked: object) -> object:
            threads.append(threading.current_thread().name)
            return read(*asked)

        return reading

    monkeypatch.setattr(busy, "read_calendars", told(read_calendars))
    monkeypatch.setattr(year, "read_district", told(read_district))
    async with opened(folder) as (app, pilot):
        await press(pilot, "3")
        path.write_bytes(calendar(event("2", "No School", "20261202")))
        await press(pilot, "I")
        front(app, SendingScreen)
        await press(pilot, "escape", "Y", "6")
        await type_text(pilot, str(path))
        await press(pilot, "enter")
        front(app, DistrictScreen)
    assert len(threads) == 3, "at the start, when the file changed, and for the district"
    assert not any(name.startswith("desk") for name in threads)


async def test_the_catch_up_week_is_accepted_one_by_one_or_all(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(pilot, "3")
        await press(pilot, "c")
        front(app, CatchUpScreen)
        shown = screen_text(app)
        assert "2 visits" in shown
        assert "Longest overdue first" in shown
        assert cycles(folder) == []
        await press(pilot, "enter")
        assert len(cycles(folder)) == 1
        await press(pilot, "A")
        assert len(cycles(folder)) == 2
        assert "Nobody is due" in screen_text(app)
        await press(pilot, "escape")
        front(app, CalendarScreen)


async def test_a_series_and_a_snow_day_that_moves_one_of_it(folder: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(pilot, "3")
        await press(pilot, "S")
        await press(pilot, "ctrl+u")
        await type_text(pilot, "weekly")
        await press(pilot, "tab", "tab", "ctrl+u")
        await type_text(pilot, "2026-12-18")
        await press(pilot, "tab")
        await type_text(pilot, "p2")
        await press(pilot, "ctrl+s")
        assert "Plan 4 visits to Ana Ruiz?" in screen_text(app)
        await press(pilot, "escape")
        assert front(app, Form).answers["time"] == "p2", "what was typed stays"
        await press(pilot, "ctrl+s", "enter")
        days = [one.planned.observation for one in cycles(folder)]
        assert days == [
            date(2026, 11, 23),
            date(2026, 11, 30),
            date(2026, 12, 7),
            date(2026, 12, 14),
        ]
        await press(pilot, "g")
        await type_text(pilot, "2026-12-07")
        await press(pilot, "enter", "Y", "2", "ctrl+s")
        front(app, DisplacedScreen)
        assert "Snow day · 1 appointment to move" in screen_text(app)
        await press(pilot, "A")
        days = [one.planned.observation for one in cycles(folder)]
        assert date(2026, 12, 8) in days
        assert date(2026, 12, 7) not in days
        await press(pilot, "escape")
        assert "Snow day" in screen_text(app)


async def test_forms_killed_before_and_after_their_save_lose_nothing_and_tell(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(folder) as (app, pilot):
        await press(pilot, "3", "S", "ctrl+u")
        await type_text(pilot, "weekly")
        await press(pilot, "tab", "tab", "ctrl+u")
        await type_text(pilot, "2026-12-18")
        await press(pilot, "ctrl+s")
        die(folder, app)  # asked whether to plan them
    assert cycles(folder) == []
    async with opened(folder) as (app, pilot):
        await offered(pilot)
        assert "just being saved" not in screen_text(app)
        await press(pilot, "enter")
        assert front(app, Form).answers["until"] == "2026-12-18"
        app.session.drafts.drop = lambda key: None  # type: ignore[method-assign]
        await press(pilot, "ctrl+s", "enter")
        front(app, CalendarScreen)
        die(folder, app)
    assert len(cycles(folder)) == 4
    async with opened(folder) as (app, pilot):
        await offered(pilot)
        assert "It was just being saved" in screen_text(app)
        await press(pilot, "d", "d", "3", "Y", "2", "ctrl+u")
        await type_text(pilot, "Flood")

        def killed(*_: object) -> None:
            die(folder, app)
            raise StoreFull("coach.journal.jsonl")

        monkeypatch.setattr(JournalFile, "append", killed)
        await press(pilot, "ctrl+s")
        assert front(app, Form).answers["label"] == "Flood"
    left = json.loads((folder / "drafts" / "killed.json").read_bytes())
    assert [one["saving"] for one in left["drafts"]] == [True]
    assert left["drafts"][0]["fields"][0][2] == "Flood"


async def test_duties_share_of_time_and_a_file_that_leaves(folder: Path, tmp_path: Path) -> None:
    async with opened(folder) as (app, pilot):
        await press(pilot, "3")
        await press(pilot, "d")
        await type_text(pilot, "Lunch duty")
        await press(pilot, "tab", "tab")
        await type_text(pilot, "11:45")
        await press(pilot, "tab", "tab")
        await type_text(pilot, "mon tue")
        await press(pilot, "ctrl+s")
        assert "#LD" in screen_text(app)
        await press(pilot, "T")
        assert "Lunch duty 1 h 00" in screen_text(app)
        await press(pilot, "escape", "a", "ctrl+u")
        await type_text(pilot, "tomorrow 9:00")
        await press(pilot, "enter", "I")
        shown = screen_text(app)
        assert "1 event: 1 new" in shown
        assert "Visit, room 12" in shown
        assert "Ana" not in shown
        await press(pilot, "d")
        assert "Lunch duty" in screen_text(app)
        await press(pilot, "d", "enter", "ctrl+u")
        await type_text(pilot, str(tmp_path / "x.ics"))
        await press(pilot, "enter")
        front(app, CalendarScreen)
    assert b"SUMMARY:Visit\\, room 12" in (tmp_path / "x.ics").read_bytes()


async def test_a_districts_file_is_shown_before_anything_is_taken(
    folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "district.ics"
    path.write_bytes(
        calendar(event("1", "No School [/]", "20261202"), event("2", "Fair", "20261203"))
    )
    async with opened(folder) as (app, pilot):
        await press(pilot, "3")
        await press(pilot, "Y", "6")
        await type_text(pilot, str(path))
        await press(pilot, "enter")
        assert "[x] day off" in screen_text(app)
        assert "No School [/]" in screen_text(app)
        await press(pilot, "j", "space", "k", "A")
        desk = desk_in(folder)
        taken = desk.school_years.calendar()
        desk.close()
        assert date(2026, 12, 2) not in taken.school_days()
        assert date(2026, 12, 3) not in taken.school_days()
        assert [span.label for span in taken.days_off][1:] == ["No School [/]", "Fair"]


async def test_hostile_words_stand_literally_on_every_view(folder: Path) -> None:
    desk = desk_in(folder)
    for n, words in enumerate(HOSTILE):
        if words.strip():
            desk.duties.put(words, date(2026, 11, 23), time(8 + n), 30, building=words)
    desk.close()
    add_launched(folder, HOSTILE[1], building=HOSTILE[0], room=HOSTILE[2])
    for size in (HOME, WIDE):
        async with opened(folder, size=size) as (app, pilot):
            await press(pilot, "3")
            for keys in (
                ("tab", "tab"),
                ("w", "j", "tab"),
                ("w", "j", "j"),
                ("w", "T"),
                ("escape",),
            ):
                await press(pilot, *keys)
                shown = screen_text(app)
                assert "\x1b" not in shown
                assert all(len(line) <= size[0] for line in shown.splitlines())
            await press(pilot, "I", "d", "n")
            assert "\x1b" not in screen_text(app)


async def test_without_anybody_it_says_what_to_do(tmp_path: Path) -> None:
    set_up(tmp_path / "empty")
    async with opened(tmp_path / "empty") as (app, pilot):
        await press(pilot, "3")
        assert "Mon 23 Nov 2026, today" in screen_text(app)
        await press(pilot, "tab", "x", "shift+left", "enter")
        assert "Nobody is on your caseload yet" in said(app)
        await press(pilot, "c")
        assert "Nobody is due" in screen_text(app)


async def test_in_a_low_terminal_the_cursors_week_is_shown(folder: Path) -> None:
    async with opened(folder, size=(60, 14)) as (app, pilot):
        await press(pilot, "3")
        assert ">23" in screen_text(app)
        await press(pilot, "g")
        await type_text(pilot, "2028-02-29")
        await press(pilot, "enter")
        assert ">29" in screen_text(app)
        assert "outside the school calendar" in screen_text(app)
