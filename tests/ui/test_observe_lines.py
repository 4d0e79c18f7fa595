"""Finished lines: where they come from, where the coach stands among them, edits that outlive."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from coach_tui.app import CoachApp
from coach_tui.coaching.script_lines import plain
from coach_tui.domain.records import NoteLine
from coach_tui.screens.observe import ObserveScreen
from tests.ui.driving import (
    NOW,
    clock,
    desk_in,
    front,
    observations,
    opened,
    press,
    screen_text,
    settle,
    type_text,
)
from tests.ui.killing import die, kept


def asked(line: NoteLine) -> list[tuple[str, str]]:
    """Return the questions that stand on a line: code and words."""
    return [(mark.code, line.text[mark.start : mark.end]) for mark in line.marks]


async def test_a_line_is_stored_alike_typed_in_the_script_or_as_a_quick_note(
    ana: Path,
) -> None:
    async with opened(ana) as (_, pilot):
        await press(pilot, "o")
        await type_text(pilot, "a S3 was bored +praise +grade-3")
        await press(pilot, "enter", "escape", "escape", "n")
        await type_text(pilot, "a S3 was bored +praise +grade-3")
        await press(pilot, "ctrl+s")
    one, other = observations(ana)[0].lines
    assert asked(one) == [("LI02", "bored")]
    assert one == other.changed(id=one.id)


async def test_what_is_asked_of_lines_follows_their_words_through_split_and_join(
    ana: Path,
) -> None:
    async with opened(ana) as (_, pilot):
        await press(pilot, "o")
        await type_text(pilot, "S3 was bored and S4 was confused")
        await press(pilot, "enter", "up", "x")
        await press(pilot, *["right"] * len("S3 was bored "), "enter")
        assert [asked(line) for line in observations(ana)[0].lines] == [
            [("LI02", "bored")],
            [("LI02", "confused")],
        ]
        await press(pilot, "ampersand")
    (joined,) = observations(ana)[0].lines
    assert asked(joined) == [("LI02", "bored"), ("LI02", "confused")]


def texts(folder: Path) -> list[str]:
    """Return the words of the newest observation's lines."""
    return [line.text for line in observations(folder)[0].lines]


async def come_back(app: CoachApp, pilot: Pilot[Any]) -> Input:
    """Wait until the app is back in the notes that were written in; returns their line."""
    for _ in range(200):
        if isinstance(app.screen, ObserveScreen):
            break
        await pilot.pause(0.02)
    await settle(pilot)
    return front(app, ObserveScreen).line


def a_second_later(pilot: Pilot[Any]) -> None:
    """Move the app's clock on: no two lines are begun at the same moment."""
    clock = pilot.app.session.clock  # type: ignore[attr-defined]  # the app under test has one
    clock.moment += timedelta(seconds=1)


async def editing(pilot: Pilot[Any], folder: Path, *, ended: bool = False) -> None:
    """Write two lines, go back to the first, and put words before it that are not saved."""
    await press(pilot, "o")
    for words in ("t good morning", "S3 waits"):
        await type_text(pilot, words)
        await press(pilot, "enter")
    if ended:
        await press(pilot, "f4")
    else:
        a_second_later(pilot)
        await type_text(pilot, "half a li")
        await press(pilot, "up")
    await press(pilot, "g", "e", "end")
    await type_text(pilot, " class")
    assert texts(folder) == ["good morning", "waits"]


@pytest.mark.parametrize("ended", [False, True])
async def test_a_line_under_edit_comes_back_as_it_stood_when_the_app_died(
    ana: Path, ended: bool
) -> None:
    async with opened(ana) as (app, pilot):
        await editing(pilot, ana, ended=ended)
        die(ana, app)
    async with opened(ana) as (again, pilot):
        line = await come_back(again, pilot)
        assert (line.value, line.cursor_position) == ("t good morning class", 20)
        assert "Editing 09:14:05" in screen_text(again)
        await press(pilot, "enter")
        assert texts(ana) == ["good morning class", "waits"]
        await press(pilot, "escape")
        assert isinstance(again.screen, ObserveScreen) is not ended, "old notes are read again"
        assert ended or line.value == "half a li"
        again.session.drafts.flush()
        assert "t good morning class" not in kept(ana)


async def test_a_half_typed_line_that_was_saved_since_its_draft_is_not_taken_up(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "haf typed")
        app.session.drafts.flush()
        (draft,) = (ana / "drafts").glob("*.json")
        before = draft.read_bytes()
        await press(pilot, "home", "right", "right", "l", "end", "full_stop", "enter")
        assert texts(ana) == ["half typed."]
        die(ana, app)
        draft.with_name("killed.json").write_bytes(before)
    async with opened(ana) as (again, pilot):
        line = await come_back(again, pilot)
        assert line.value == ""
        a_second_later(pilot)
        await type_text(pilot, "next")
        await press(pilot, "enter")
    assert texts(ana) == ["half typed.", "next"]


async def test_what_is_left_to_type_of_a_paste_comes_back(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "S3 ")
        a_second_later(pilot)
        front(app, ObserveScreen).line.paste(["waits", "it dou"])
        await settle(pilot)
        assert texts(ana) == ["waits"]
        die(ana, app)
    async with opened(ana) as (again, pilot):
        assert (await come_back(again, pilot)).value == "it dou"


async def test_lines_pasted_into_an_answer_stay_in_it_as_one(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await editing(pilot, ana)
        line = front(app, ObserveScreen).line

        async def paste(text: str) -> None:
            pilot.app.post_message(events.Paste(text))
            await settle(pilot)

        await paste(" PASTE one\nPASTE two\n")
        assert line.value == "t good morning class PASTE one PASTE two"
        assert texts(ana) == ["good morning", "waits"]
        await press(pilot, "enter")
        assert texts(ana) == ["good morning class PASTE one PASTE two", "waits"]
        await press(pilot, "escape")
        assert line.value == "half a li"
        await press(pilot, "ctrl+t", "k")
        await paste("18/22\nof all\n")
        assert line.value == "18/22 of all"
        await press(pilot, "escape")
        assert line.value == "half a li"
        await paste("ne\nnext\n")
        assert (line.value, texts(ana)[1:]) == ("", ["waits", "half a line", "next"])


@pytest.mark.parametrize(("key", "first"), [("enter", "good morning class"), ("escape", "theirs")])
async def test_a_line_that_was_changed_meanwhile_is_shown_before_an_edit_is_put_over_it(
    ana: Path, key: str, first: str
) -> None:
    async with opened(ana) as (app, pilot):
        await editing(pilot, ana)
        die(ana, app)
    desk = desk_in(ana)
    desk.scripts.edit(observations(ana)[0].id, "0001", plain("theirs", NOW))
    desk.close()
    async with opened(ana) as (again, pilot):
        line = await come_back(again, pilot)
        assert line.value == "t good morning class"
        assert "Meanwhile 09:14:05 became: theirs" in screen_text(again)
        await press(pilot, key)
        assert texts(ana)[0] == first


async def test_a_line_that_another_session_changes_under_an_edit_is_asked_about(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await editing(pilot, ana)
        theirs, id = desk_in(ana), observations(ana)[0].id
        theirs.scripts.edit(id, "0001", plain("theirs", NOW))
        await press(pilot, "enter")
        assert texts(ana)[0] == "theirs"
        assert "Meanwhile 09:14:05 became: theirs" in screen_text(app)
        await press(pilot, "enter")
        assert texts(ana)[0] == "good morning class"
        await press(pilot, "j", "e")
        await type_text(pilot, " again")
        theirs.poll()
        theirs.scripts.delete(id, "0002")
        theirs.close()
        await press(pilot, "enter")
        assert "09:14:05 was taken out meanwhile" in screen_text(app)
        await press(pilot, "enter")
        assert texts(ana) == ["good morning class", "waits again"]
        await press(pilot, "g", "e")
        await type_text(pilot, "!")
        await press(pilot, "f4")
    ended = observations(ana)[0]
    assert ended.end is not None
    assert texts(ana) == ["good morning class!", "waits again", "half a li"]


async def test_a_question_that_was_dismissed_does_not_come_back(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "S4 was confused")
        await press(pilot, "enter")
        a_second_later(pilot)
        await type_text(pilot, "S3 was bored")
        assert "bored: " in screen_text(app)
        await press(pilot, "ctrl+g", "up", "e")
        assert "confused: " not in screen_text(app), "the prompt of the edit stands there"
        await press(pilot, "ctrl+g")
        await type_text(pilot, " today")
        die(ana, app)
    async with opened(ana) as (app, pilot):
        line = await come_back(app, pilot)
        assert line.value == "S4 was confused today"
        await press(pilot, "enter")
        assert observations(ana)[0].lines[0].dismissed == ("confused",)
        await press(pilot, "escape")
        assert line.value == "S3 was bored"
        assert "bored: " not in screen_text(app)
        await press(pilot, "enter")
    first, second = observations(ana)[0].lines
    assert (first.marks, second.marks, second.dismissed) == ((), (), ("bored",))


@pytest.mark.parametrize("ended", [False, True])
async def test_a_question_on_a_finished_line_is_dismissed_there(ana: Path, ended: bool) -> None:
    async with opened(ana, size=(120, 40)) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "S3 was bored and confused")
        await press(pilot, "enter", "f4" if ended else "up")
        assert "bored: " in screen_text(app)
        assert "ctrl+g Not here" in screen_text(app)
        await press(pilot, "ctrl+g")
        assert "confused: " in screen_text(app)
        await press(pilot, "ctrl+g")
        assert "confused: " not in screen_text(app)
        assert "ctrl+g" not in screen_text(app)
        (line,) = observations(ana)[0].lines
        assert (line.marks, line.dismissed) == ((), ("bored", "confused"))
        await press(pilot, "u")
        assert asked(observations(ana)[0].lines[0]) == [("LI02", "confused")]


async def test_a_line_that_is_made_an_inference_keeps_every_word(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        line = front(app, ObserveScreen).line
        for typed, kept_words in (
            ("S3 looks bored", "S3 looks bored"),
            ("s3 it seems easy", "S3: it seems easy"),
            ("# 3/4 seem bored", "3/4 seem bored"),
        ):
            await type_text(pilot, typed)
            await press(pilot, "ctrl+l")
            assert line.value == f"! {kept_words}"
            await press(pilot, "enter")
            newest = observations(ana)[0].lines[-1]
            assert (newest.kind.value, newest.speaker, newest.text) == ("inference", "", kept_words)


async def test_a_line_that_is_evidence_is_not_edited_into_an_inference(ana: Path) -> None:
    desk = desk_in(ana)
    desk.goals.create(desk.coachees.all()[0], statement="Students explain their thinking")
    desk.close()
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "s3 it doubles")
        await press(pilot, "enter", "up", "l", "e", "ctrl+u")
        before = observations(ana)[0]
        await type_text(pilot, "! S3 is lazy")
        await press(pilot, "enter")
        assert "this line is evidence for a goal" in screen_text(app)
        line = front(app, ObserveScreen).line
        assert (line.value, line.has_focus) == ("! S3 is lazy", True)
        assert observations(ana)[0] == before
        await press(pilot, "escape", "e")
        assert line.value == "s3 it doubles"


async def test_a_finished_script_is_read_from_its_first_line_or_where_it_was_left(
    ana: Path,
) -> None:
    def place() -> str:
        chosen = front(app, ObserveScreen).script.chosen
        return "" if chosen is None else chosen.id

    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        for words in ("one", "two", "three"):
            await type_text(pilot, words)
            await press(pilot, "enter")
        await press(pilot, "up")
        assert place() == "0003", "while it runs, the newest"
        await press(pilot, "escape", "f4")
        assert place() == "0003", "where she wrote last"
        for keys, then in (("", "0001"), ("j", "0002"), ("G", "0001")):
            await press(pilot, *keys, "escape", "4", "enter")
            assert place() == then, keys


async def test_running_notes_are_open_once_and_old_ones_leave_their_draft_alone(ana: Path) -> None:
    at = clock()
    desk = desk_in(ana, at)
    (teacher,) = desk.coachees.all()
    desk.observing.note(teacher, ["an old note"])
    desk.close()
    at.moment += timedelta(minutes=5)
    async with opened(ana, at=at) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "first")
        await press(pilot, "enter")
        await type_text(pilot, "half a li")
        running = app.screen
        await press(pilot, "up", "4", "G", "enter")
        assert "an old note" in screen_text(app)
        app.session.drafts.flush()
        assert "half a li" in kept(ana)
        await press(pilot, "escape", "g", "enter")
        assert app.screen is running
        await press(pilot, "escape")
        assert front(app, ObserveScreen).line.value == "half a li"


async def test_notes_that_another_session_ends_take_what_is_being_typed(ana: Path) -> None:
    async with opened(ana) as (_, pilot):
        await press(pilot, "o")
        await type_text(pilot, "first")
        await press(pilot, "enter")
        await type_text(pilot, "quick de")
        theirs = desk_in(ana)
        theirs.observing.end(observations(ana)[0].id)
        theirs.close()
        await pilot.pause(1.2)
        await type_text(pilot, "cision")
        await press(pilot, "enter")
        await type_text(pilot, "done")
        await press(pilot, "enter")
    assert texts(ana) == ["first", "quick decision", "done"]
    assert observations(ana)[0].end is not None
