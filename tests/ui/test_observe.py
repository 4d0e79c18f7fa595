"""Observation notes: typed, stamped, saved at Enter, found again."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from coach_tui.app import CoachApp
from coach_tui.coaching.caseload import read_caseload
from coach_tui.coaching.desk import open_desk
from coach_tui.coaching.planning.planning import Time
from coach_tui.coaching.settings import Settings
from coach_tui.domain.enumerations import Modality
from coach_tui.screens.caseload import CaseloadScreen
from coach_tui.screens.dialogs.form import Form
from coach_tui.screens.observe import ObserveScreen
from coach_tui.store.errors import StoreFull
from tests.support import add_lines
from tests.ui.driving import (
    NOW,
    add,
    burst,
    clock,
    desk_in,
    observations,
    opened,
    press,
    screen_text,
    set_up,
    settle,
    type_text,
)


async def test_a_line_is_stamped_with_the_time_it_was_begun_and_stored_at_enter(ana: Path) -> None:
    at = clock()
    async with opened(ana, at=at) as (app, pilot):
        await press(pilot, "o")
        assert isinstance(app.screen, ObserveScreen)
        await type_text(pilot, "T")
        at.moment = NOW + timedelta(seconds=20)
        await type_text(pilot, " 14/24 hands up")
        await press(pilot, "enter")
        assert "09:14:05   0:00     T 14/24 hands up" in screen_text(app)
        stored = observations(ana)[0]
        assert [line.text for line in stored.lines] == ["T 14/24 hands up"]
        assert stored.lines[0].time == NOW
        assert stored.date == date(2026, 11, 23)
        assert stored.end is None


@pytest.mark.parametrize("keys", [["o"], ["enter", "O"]])
async def test_a_drop_in_leaves_the_visit_of_a_later_day_planned(
    ana: Path, keys: list[str]
) -> None:
    desk = desk_in(ana)
    teacher = desk.coachees.all()[0]
    desk.planning.plan_next_visit(teacher.id, Time(date(2026, 12, 8)))
    desk.close()
    async with opened(ana) as (app, pilot):
        await press(pilot, *keys)
        if "O" in keys:
            for answer in ("today", "9:00", "10"):
                await type_text(pilot, answer)
                await press(pilot, "enter")
            await press(pilot, "ctrl+s")
        assert isinstance(app.screen, ObserveScreen)
        assert "The visit planned for Tue 8 Dec stays planned" in screen_text(app)
        await type_text(pilot, "T reads aloud")
        await press(pilot, "enter", "f4", "escape")
        assert app.session.caseload is not None
        (row,) = app.session.caseload.rows
        days = (row.facts.last_observation, row.next_visit)
        assert days == (date(2026, 11, 23), date(2026, 12, 8))


async def test_ended_and_opened_again_it_goes_on(ana: Path) -> None:
    at = clock()
    async with opened(ana, at=at) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "first")
        at.moment = NOW + timedelta(minutes=20)
        await press(pilot, "enter", "f4")
        assert observations(ana)[0].end == at.moment
        await press(pilot, "escape", "enter", "tab", "enter")
        assert isinstance(app.screen, ObserveScreen)
        at.moment = NOW + timedelta(minutes=30)
        await type_text(pilot, "stray")
        await press(pilot, "f5", "space", "z")
        assert observations(ana)[0].end is not None, "old notes are there to be read"
        await press(pilot, "c")
        await type_text(pilot, "second")
        await press(pilot, "enter", "f4")
    stored = observations(ana)
    assert len(stored) == 1
    assert [line.text for line in stored[0].lines] == ["first", "second"]
    assert stored[0].duration(at.now()) == timedelta(minutes=20)


async def test_leaving_saves_a_half_typed_line_and_keeps_the_observation_running(
    ana: Path,
) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "half a li")
        await press(pilot, "escape", "escape")
        assert "▶ not ended" in screen_text(app)
        await press(pilot, "o")
        assert "half a li" in screen_text(app)
    stored = observations(ana)
    assert len(stored) == 1
    assert stored[0].end is None


async def test_closed_in_the_middle_of_a_line_the_app_comes_back_to_it(ana: Path) -> None:
    at = clock()
    async with opened(ana, at=at) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "first")
        await press(pilot, "enter")
        at.moment = NOW + timedelta(seconds=30)
        await type_text(pilot, "last words")
        await press(pilot, "left", "left")
        await app.action_quit()
    app.session.close()
    at.moment = NOW + timedelta(minutes=3)
    rules = Settings().rules
    again = CoachApp(
        lambda: open_desk(str(ana), at, rules, "another", create=False),
        Settings(),
        at,
        read_caseload(str(ana), at, rules),
    )
    async with again.run_test(size=(80, 24)) as pilot:
        for _ in range(100):
            if isinstance(again.screen, ObserveScreen):
                break
            await pilot.pause(0.05)
        await settle(pilot)
        assert isinstance(again.screen, ObserveScreen)
        line = again.screen.query_one(Input)
        assert (line.value, line.cursor_position) == ("last words", 8)
        assert "3 min" in screen_text(again)
        await press(pilot, "enter")
    lines = observations(ana)[0].lines
    assert [line.text for line in lines] == ["first", "last words"]
    assert lines[1].time == NOW + timedelta(seconds=30), "the line's time is when it was begun"


async def test_lines_that_cannot_be_saved_stay_in_sight_and_are_tried_again(
    ana: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*anything: object) -> None:
        raise StoreFull("the store")

    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        with monkeypatch.context() as patched:
            patched.setattr("coach_tui.coaching.scripts.Scripts.write", full)
            for words in ("first", "second"):
                await type_text(pilot, words)
                await press(pilot, "enter")
            assert screen_text(app).count("not yet") == 2
            assert "2 lines not saved yet, tried again" in screen_text(app)
            assert screen_text(app).count("No room to save in the store") == 1
            patched.setattr("coach_tui.coaching.counting.Counting.press", full)
            await press(pilot, "f5")
            assert "What the last key does was not done either" in screen_text(app)
            assert not app.screen.query("Toast"), "nothing stands over the line or its keys"
            await press(pilot, "escape", "escape")
            assert isinstance(app.screen, ObserveScreen), "leaving waits for what is not saved"
        await type_text(pilot, "third")
        await press(pilot, "enter")
        assert "not yet" not in screen_text(app)
        assert "not saved" not in screen_text(app)
    assert [line.text for line in observations(ana)[0].lines] == ["first", "second", "third"]


async def test_lines_that_arrive_in_one_burst_keep_their_order_and_their_ends(ana: Path) -> None:
    async with opened(ana) as (_, pilot):
        keys = [key for n in range(30) for key in (*str(n), "enter")]
        await burst(pilot, "o", *keys)
    assert [line.text for line in observations(ana)[0].lines] == [str(n) for n in range(30)]


async def test_leaving_in_the_same_burst_loses_nothing_and_doubles_nothing(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await burst(pilot, *"oone", "enter", *"two", "enter", *"half", "escape", "escape")
        assert isinstance(app.screen, CaseloadScreen)
        await burst(pilot, *"othree", "f4", "f4")
    lines = observations(ana)[0].lines
    assert [line.text for line in lines] == ["one", "two", "half", "three"]


async def test_letters_typed_ahead_are_notes_and_not_commands(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await burst(pilot, *"oquick", "space", *"look", "enter")
        assert app.is_running
    assert [line.text for line in observations(ana)[0].lines] == ["quick look"]


async def test_every_pasted_line_is_a_line_and_the_last_can_be_gone_on_with(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "S3 ")
        app.post_message(events.Paste("it doubles\n\nT nods\nand then"))
        await settle(pilot)
        assert app.screen.query_one(Input).value == "and then"
        await type_text(pilot, " sits")
        await press(pilot, "enter")
    lines = observations(ana)[0].lines
    said = [(line.speaker, line.kind.value, line.text) for line in lines]
    assert said == [
        ("S3", "action", "it doubles"),
        ("T", "action", "nods"),
        ("", "action", "and then sits"),
    ]


async def test_an_observation_of_another_day_is_asked_about(ana: Path) -> None:
    at = clock()
    async with opened(ana, at=at) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "monday")
        await press(pilot, "enter", "escape", "escape")
        at.moment = NOW + timedelta(days=7)
        await press(pilot, "o")
        assert "was not ended" in screen_text(app)
        await press(pilot, "1")
        await type_text(pilot, "a week later")
        await press(pilot, "enter", "f4")
    newest, oldest = observations(ana)
    assert [line.text for line in oldest.lines] == ["monday"]
    assert oldest.end == NOW
    assert [line.text for line in newest.lines] == ["a week later"]


async def test_before_the_launch_a_reason_is_asked_and_kept_but_nothing_is_blocked(
    folder: Path,
) -> None:
    set_up(folder)
    add(folder, "Ben Cole")
    async with opened(folder) as (app, pilot):
        await press(pilot, "o")
        assert isinstance(app.screen, Form)
        await press(pilot, "enter")
        assert "say why" in screen_text(app)
        await type_text(pilot, "covering for the mentor")
        await press(pilot, "enter")
        assert isinstance(app.screen, ObserveScreen)
        assert observations(folder) == [], "it begins with its first line"
        await type_text(pilot, "first")
        await press(pilot, "enter")
    assert observations(folder)[0].before_launch_because == "covering for the mentor"


async def test_details_and_check_ins_are_kept(ana: Path) -> None:
    async with opened(ana) as (_, pilot):
        await press(pilot, "o", "f2")
        await type_text(pilot, "Fractions [4.NF.2]")
        await press(pilot, "tab", "tab")
        await type_text(pilot, "24")
        await press(pilot, "tab", "right", "ctrl+s")
        await press(pilot, "f3", "space", "tab")
        await type_text(pilot, "3 of 4 spoke")
        await press(pilot, "ctrl+s")
    stored = observations(ana)[0]
    assert (stored.lesson, stored.students) == ("Fractions [4.NF.2]", 24)
    assert stored.modality is Modality.SYNCHRONOUS_WHOLE_CLASS
    assert [(one.group, one.trend) for one in stored.check_ins] == [
        ("Multilingual learners", "3 of 4 spoke")
    ]


async def test_a_quick_note_goes_into_todays_notes_without_leaving_the_caseload(ana: Path) -> None:
    async with opened(ana) as (_, pilot):
        for words in ("first word", "second word"):
            await press(pilot, "n")
            await type_text(pilot, words)
            await press(pilot, "enter")
    stored = observations(ana)
    assert len(stored) == 1
    assert [line.text for line in stored[0].lines] == ["first word", "second word"]
    assert stored[0].end is not None


async def test_a_script_of_many_lines_shows_its_newest(ana: Path) -> None:
    desk = desk_in(ana)
    coachee = desk.coachees.all()[0]
    running = desk.observing.start(coachee)
    add_lines(desk, running.id, [(f"line number {n}", NOW) for n in range(2000)])
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        assert "line number 1999" in screen_text(app)
        await press(pilot, "pageup")
        assert "line number 1999" not in screen_text(app)
        assert "line number 1970" in screen_text(app)
        await press(pilot, "pagedown")
        assert "line number 1999" in screen_text(app)


async def test_keys_that_edit_keep_their_place_among_the_letters_of_a_burst(ana: Path) -> None:
    async with opened(ana) as (_, pilot):
        await press(pilot, "o")
        await burst(
            pilot, *"abd", "backspace", *"c", "home", *"x", "ctrl+u", *"y", "end", *"z", "enter"
        )
    assert [line.text for line in observations(ana)[0].lines] == ["yabcz"]
