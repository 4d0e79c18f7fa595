"""One key each: counts and times while a half-typed line stands there, and finished lines."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from coach_tui.coaching import lexicon_own
from coach_tui.coaching.lexicon_tables import LexiconError
from coach_tui.coaching.settings import Settings
from coach_tui.domain.enumerations import LineTag, Talking
from coach_tui.presentation.commands import PLACES, commands_of
from coach_tui.screens.dialogs.help import Help
from coach_tui.screens.observe import ObserveScreen
from tests.ui.driving import (
    NOW,
    burst,
    clock,
    front,
    observations,
    opened,
    press,
    screen_text,
    type_text,
)


async def test_keys_count_and_time_while_a_half_typed_line_stands_there(ana: Path) -> None:
    at = clock()
    async with opened(ana, at=at) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "s3 it dou")
        await press(pilot, "f5", "f5", "f6")
        await burst(pilot, "ctrl+t", "t")
        at.moment = NOW + timedelta(seconds=40)
        await burst(pilot, "ctrl+t", "s", "ctrl+t", "4", "ctrl+t", "g", "2")
        await press(pilot, "ctrl+t")
        assert "3 praise" in screen_text(app)
        assert "k on task" in screen_text(app)
        await press(pilot, "k")
        await type_text(pilot, "18 of 22")
        await press(pilot, "enter")
        line = app.screen.query_one(Input)
        assert (line.value, line.cursor_position) == ("s3 it dou", 9)
        await type_text(pilot, "bles")
        await press(pilot, "enter")
    seen = observations(ana)[0]
    assert {one.label: len(one.presses) for one in seen.tallies} == {
        "open question": 2,
        "closed question": 1,
        "redirection": 1,
    }
    assert [(one.who, one.end) for one in seen.talk] == [
        (Talking.TEACHER, at.moment),
        (Talking.STUDENTS, None),
    ]
    assert [(one.on, one.total) for one in seen.snapshots] == [(18, 22)]
    assert [one.group for one in seen.check_ins] == ["Grade 3"]
    assert [(one.speaker, one.text, one.time) for one in seen.lines] == [("S3", "it doubles", NOW)]


async def test_the_question_under_a_line_is_dismissed_allowed_or_taken_for_an_inference(
    ana: Path, tmp_path: Path
) -> None:
    async with opened(ana, settings=Settings(directory=str(tmp_path / "own"))) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "S3 was bored, chaotic start")
        assert "bored: What did you see or hear" in screen_text(app)
        await press(pilot, "ctrl+g")
        assert "chaotic: What did T or S say or do?" in screen_text(app)
        await press(pilot, "ctrl+y")
        assert "chaotic:" not in screen_text(app)
        await press(pilot, "enter")
        await type_text(pilot, "chaotic and bored")
        assert "bored: What did you see" in screen_text(app), "dismissed for the other line only"
        await press(pilot, "ctrl+l", "enter")
    first, second = observations(ana)[0].lines
    assert (first.marks, first.dismissed) == ((), ("bored",))
    assert (second.kind.value, second.text) == ("inference", "chaotic and bored")
    own = (tmp_path / "own" / "low_inference.toml").read_text(encoding="utf-8")
    assert own == 'allow = ["chaotic"]\n'


def test_a_phrase_is_added_to_what_the_coach_wrote_herself(tmp_path: Path) -> None:
    file = tmp_path / "low_inference.toml"
    written = '# mine\nallow = [ # fine here\n  "engaged columns",\n]\n\n[LI01]\nwords = ["meh"]\n'
    file.write_text(written, encoding="utf-8")
    for _ in range(2):
        lexicon_own.allow(str(tmp_path), 'the "big" one')
    assert file.read_text(encoding="utf-8") == written.replace(
        "[ #", '["the \\"big\\" one",  #', 1
    ).replace('one",  # fine', 'one",  # fine')
    file.write_text("allow = nonsense", encoding="utf-8")
    with pytest.raises(LexiconError):
        lexicon_own.allow(str(tmp_path), "x")
    assert file.read_text(encoding="utf-8") == "allow = nonsense"


async def test_finished_lines_are_edited_tagged_split_joined_moved_and_taken_out(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        for words in ("t what do you notice?", "it doubles", "14/24"):
            await type_text(pilot, words)
            await press(pilot, "enter")
        await type_text(pilot, "half a line +gra")
        assert "tab +grade-3" in screen_text(app)
        await press(pilot, "tab", "up", "k", "enter")
        line = app.screen.query_one(Input)
        assert line.value == "it doubles"
        await press(pilot, "home")
        await type_text(pilot, "s3 ")
        await press(pilot, "enter", "t", "p")
        await press(pilot, "t", "l", "2")
        assert [one.text for one in observations(ana)[0].lines][1] == "it doubles"
        assert observations(ana)[0].lines[1].tags == (LineTag.PRAISE, LineTag.PRIORITY_GROUP)
        assert observations(ana)[0].lines[1].labels == ("Grade 3",)
        await press(pilot, "x", "right", "right", "enter")
        assert [one.text for one in observations(ana)[0].lines] == [
            *("what do you notice?", "it", "doubles", "14/24"),
        ]
        await press(pilot, "ampersand", "K")
        assert [one.text for one in observations(ana)[0].lines][:2] == [
            "it doubles",
            "what do you notice?",
        ]
        await press(pilot, "d", "u", "u", "escape")
        assert line.value == "half a line +grade-3 "
        assert line.has_focus
        await press(pilot, "enter")
    seen = observations(ana)[0]
    assert [one.text for one in seen.lines] == [
        *("what do you notice?", "it doubles", "14/24", "half a line"),
    ]
    assert seen.lines[1].speaker == "S3"
    assert seen.lines[3].labels == ("Grade 3",)


async def test_paper_notes_have_the_times_that_stand_on_the_paper(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "O")
        await type_text(pilot, "20 nov")
        await press(pilot, "tab")
        await type_text(pilot, "1:05 pm")
        await press(pilot, "tab")
        await type_text(pilot, "25")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, ObserveScreen)
        for words in ("1:06 t what do you notice?", "13:08:30 # 14/24", "s3 it doubles"):
            await type_text(pilot, words)
            await press(pilot, "enter")
            assert "not within" not in screen_text(app)
        await type_text(pilot, "12:58 T greets at the door")
        await press(pilot, "enter")
        words = "12:58 is not within the visit, 13:05 to 13:30; it was kept as it stands"
        assert words in screen_text(app)
        await press(pilot, "f4")
        assert "within 15–30" in screen_text(app)
        assert not app.screen.query_one(Input).display
    seen = observations(ana)[0]
    assert seen.end is not None
    assert [(one.offset, one.text) for one in seen.lines] == [
        *((60, "what do you notice?"), (210, "14/24"), (210, "it doubles")),
        (0, "greets at the door"),
    ]


async def test_opened_and_left_empty_there_was_no_visit(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o", "escape", "o")
        await type_text(pilot, "x")
        await press(pilot, "enter", "up", "d", "escape", "f4")
        assert not isinstance(app.screen, ObserveScreen)
    with pytest.raises(IndexError):
        observations(ana)[0]


async def test_f1_shows_every_key_of_the_script_and_leaves_the_half_typed_line(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "half a li")
        for way, back in ((("f1",), "f1"), (("ctrl+t", "question_mark"), "escape")):
            await press(pilot, *way)
            shown = front(app, Help).lines()
            for place in ("observe", "asked", "more", "script"):
                assert PLACES[place] in shown
                for command in commands_of(place):
                    assert any(command.title in row and command.tooltip in row for row in shown)
            assert "Observation: while typing" in screen_text(app)
            await press(pilot, back)
            assert front(app, ObserveScreen).line.value == "half a li"


async def test_linking_a_line_says_what_it_is_evidence_of_now(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "s3 it doubles")
        await press(pilot, "enter", "up", "l")
        assert "There is no open goal to link it to" in screen_text(app)
        goal = await app.session.perform(
            lambda desk: desk.goals.create(desk.coachees.all()[0], statement="S [respond] to S")
        )
        await press(pilot, "l")
        words = "1 line linked as classroom discourse · u takes it back · goal: S [respond] to S"
        assert words[:76] in screen_text(app)
        assert len(await app.session.perform(lambda desk: desk.evidence.of(goal.id))) == 1
        await press(pilot, "u")
        assert await app.session.perform(lambda desk: desk.evidence.of(goal.id)) == []


@pytest.mark.parametrize("size", [(60, 15), (80, 24)])
async def test_the_whole_summary_can_be_reached_by_one_key_while_a_line_is_typed(
    ana: Path, size: tuple[int, int]
) -> None:
    settings = Settings(counters=tuple(f"counter {n}" for n in range(1, 10)))
    async with opened(ana, size=size, settings=settings) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "s3 it dou")
        await press(pilot, "f5")
        assert "◔ 0 min, under 15" in screen_text(app), "the clock stands there at any width"
        pages: list[str] = []
        while not pages or " rows: ctrl+t v" in pages[-1]:
            await press(pilot, "ctrl+t", "v")
            pages.append(screen_text(app))
            assert len(pages) < 6
        assert all("s3 it dou" in page for page in pages)
        assert "the end; ctrl+t v hides it" in pages[-1]
        both = "\n".join(pages)
        for words in ("counter 1 ", "counter 9", "Wait times", "– priority groups checked in with"):
            assert both.count(words) == 1, words
        await press(pilot, "ctrl+t", "v")
        assert "This visit" not in screen_text(app)


async def test_the_screen_says_quietly_how_a_line_is_taken(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        for typed, said in (("s3 it", "S3 says"), ("T walks", "T does"), ("e desks", "room")):
            await type_text(pilot, typed)
            assert said in screen_text(app)
            await press(pilot, "ctrl+u")
        await type_text(pilot, "t minus ten")
        assert "says" not in screen_text(app)


async def test_the_leader_key_begins_again_and_what_was_counted_is_told(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "half a li")
        await burst(pilot, "ctrl+t", "n", "ctrl+t", "k")
        assert "On task of all" in screen_text(app)
        assert "Enter saves the line" not in screen_text(app)
        await type_text(pilot, "18/22")
        await press(pilot, "enter")
        assert "on task: 18/22; it stands in the summary (ctrl+t v)" in screen_text(app)
        await burst(pilot, "ctrl+t", "n", "2")
        await type_text(pilot, "3 of 5 pairs")
        await press(pilot, "enter")
        assert "✓ checked in with Grade 3: 3 of 5 pairs" in screen_text(app)
        await burst(pilot, "ctrl+t", "z")
        assert "z is none of these keys; ctrl+t shows them again" in screen_text(app)
        assert front(app, ObserveScreen).line.value == "half a li"


async def test_prompts_go_on_after_their_interval_was_changed(ana: Path) -> None:
    at = clock()
    async with opened(ana, at=at) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "T: look")
        await press(pilot, "enter")
        screen = front(app, ObserveScreen)
        at.moment = NOW + timedelta(minutes=14)
        await burst(pilot, "ctrl+t", "i")
        screen.look_at_clock()
        await burst(pilot, "ctrl+t", "i")
        assert "A prompt every 5 minutes" in screen_text(app)
        at.moment = NOW + timedelta(minutes=15)
        screen.look_at_clock()
        assert "15 min: how many are on task? ctrl+t k" in screen._prompt


async def test_after_an_edit_the_coach_is_among_the_lines_where_she_was(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        for number in range(22):
            await type_text(pilot, f"line {number}")
            await pilot.press("enter")
        await type_text(pilot, "half a li")
        await press(pilot, "up", "g", "e")
        await type_text(pilot, "!")
        await press(pilot, "enter")
        assert "     line 0!" in screen_text(app)
        for leave in ("e", "x"):
            await press(pilot, leave, "escape")
            assert "     line 0!" in screen_text(app), leave
            assert app.focused is front(app, ObserveScreen).script
        await press(pilot, "x", "right", "right", "right", "right", "right", "enter")
        assert "     line\n" in screen_text(app)
        await press(pilot, "escape")
        assert front(app, ObserveScreen).line.value == "half a li"


async def test_one_escape_never_leaves_notes_that_are_being_taken(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        screen = front(app, ObserveScreen)
        await press(pilot, "escape")
        assert app.screen is not screen
        await press(pilot, "o")
        screen = front(app, ObserveScreen)
        await type_text(pilot, "t one")
        await press(pilot, "enter")
        await burst(pilot, "ctrl+t", "v")
        assert screen.panel.display
        await press(pilot, "escape")
        assert (app.screen, screen.panel.display) == (screen, False)
        await press(pilot, "escape")
        assert app.screen is screen
        assert "Escape again leaves the notes" in screen_text(app)
        await type_text(pilot, "t two")
        await press(pilot, "escape")
        assert app.screen is screen
        await press(pilot, "enter", "escape", "escape")
        assert app.screen is not screen
    assert [line.text for line in observations(ana)[0].lines] == ["one", "two"]


async def test_the_header_says_whose_talk_is_timed(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        await burst(pilot, "ctrl+t", "s")
        await press(pilot)
        assert "▶ student talk · ◔ 0 min" in screen_text(app)


async def test_what_is_asked_of_finished_lines_is_shown_and_gone_to_names_first(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        for words in ("S3 was bored", "# 14/24 hands up", "Maria Lopez waits", "S4 was engaged"):
            await type_text(pilot, words)
            await press(pilot, "enter")
        await press(pilot, "up")
        assert "engaged: What were they doing?" in screen_text(app)
        await press(pilot, "escape", "f4", "k", "k")
        assert "3 lines ask for another look (1 name or diagnosis): n" in screen_text(app)
        script = front(app, ObserveScreen).script
        asked = []
        for _ in range(4):
            await press(pilot, "n")
            assert script.chosen is not None
            asked.append(script.chosen.text)
        assert asked == ["Maria Lopez waits", "was bored", "was engaged", "Maria Lopez waits"]
        assert "Maria Lopez: A number or initials?" in screen_text(app)
        assert "notes taken" in screen_text(app)
        await press(pilot, "question_mark")
        assert front(app, Help).lines()[0] == PLACES["script"], "she is on a finished line"
        assert PLACES["more"] not in front(app, Help).lines()


async def test_a_draft_that_is_found_late_stands_before_what_was_typed_since(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        screen = front(app, ObserveScreen)
        await type_text(pilot, "half a li")
        screen.line.hold("more")
        for key in screen._draft_keys:
            app.session.drafts.wait_again(key)
        await screen.resume({})
        assert screen.line.value == "half a li more"
        await screen.resume({})
        assert screen.line.value == "half a li more"
