"""What is typed is there again after the app died, in its form, and gone once it is saved."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest

import coach_tui.screens
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.dialogs.form import Form
from coach_tui.screens.dialogs.unsaved import Unsaved
from coach_tui.store.encryption.key_file import KeyFile
from coach_tui.store.errors import StoreFull
from coach_tui.store.journal_file import JournalFile
from coach_tui.widgets.inputs import LineInput
from coach_tui.widgets.page_table import PageTable
from tests.ui.driving import (
    HOME,
    HOSTILE,
    app_over,
    desk_in,
    front,
    opened,
    press,
    screen_text,
    settle,
    type_text,
)
from tests.ui.killing import die, kept, offered


async def test_a_half_typed_note_opens_again_where_it_was(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "n")
        await type_text(pilot, "T [inaudible] 14/24")
        die(ana, app)
    assert kept(ana) == ["T [inaudible] 14/24"]
    async with opened(ana) as (again, pilot):
        await offered(pilot)
        front(again, Unsaved)
        assert "Quick note on Ana Ruiz" in screen_text(again)
        assert "T [inaudible] 14/24" in screen_text(again)
        await press(pilot, "enter")
        await settle(pilot)
        assert front(again, Form).answers == {"text": "T [inaudible] 14/24"}
        assert kept(ana) == ["T [inaudible] 14/24"], "until it is saved it stays a draft"
        await press(pilot, "ctrl+s")
        assert not isinstance(again.screen, Form)
        again.session.drafts.flush()
    assert kept(ana) == []
    lines = desk_in(ana).observing.of(desk_in(ana).coachees.all()[0].id)[0].lines
    assert [line.text for line in lines] == ["T [inaudible] 14/24"]


async def test_a_draft_of_one_killed_between_its_save_and_its_end_says_so(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "n")
        await type_text(pilot, "zebrafish")
        app.session.drafts.drop = lambda key: None  # type: ignore[method-assign]
        await press(pilot, "ctrl+s")
        await press(pilot, "enter")
        app.screen.query_one(PageTable).go_to("note")
        await press(pilot, "enter")
        await type_text(pilot, "Prefers")
        await press(pilot, "ctrl+s")
        die(ana, app)
    assert desk_in(ana).coachees.all()[0].note == "Prefers"
    async with opened(ana) as (again, pilot):
        await offered(pilot)
        assert "It was just being saved" in screen_text(again)
        await press(pilot, "enter")
        await settle(pilot)
        assert "it was just being saved" in screen_text(again)
        await press(pilot, "escape", "escape", "f7", "enter")
        await settle(pilot)
        assert front(again, Form).answers == {"note": "Prefers"}
        assert "This was saved already" in screen_text(again)


async def test_what_could_not_be_saved_is_not_said_to_be(
    ana: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "n")
        await type_text(pilot, "zebrafish")
        with monkeypatch.context() as full:

            def no_room(*_: object) -> None:
                raise StoreFull("coach.journal.jsonl")

            full.setattr(JournalFile, "append", no_room)
            await press(pilot, "ctrl+s")
            assert "Not saved: No room to save" in screen_text(app)
        (draft,) = app.session.drafts._held.values()
        assert not draft.saving
        await press(pilot, "ctrl+s")
        assert not isinstance(app.screen, Form)
    lines = desk_in(ana).observing.of(desk_in(ana).coachees.all()[0].id)[0].lines
    assert [line.text for line in lines] == ["zebrafish"]


async def test_what_another_session_makes_unreadable_is_said_once(
    ana: Path, cheap_keys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(ana) as (app, _):
        await app.session.perform(lambda desk: desk.poll())
        other = desk_in(ana)
        # As one does that takes no notice of this session's sign of life.
        file, _, cipher = KeyFile.new("correct horse battery")
        file.write(str(ana))
        other._journal().rewrite(cipher)
        said: list[str] = []
        monkeypatch.setattr(app, "complain", said.append)
        for _ in range(3):
            await app._look().wait()
        (words,) = (one for one in said if "cannot be read again" in one)
        assert "locked" in words


async def test_the_field_of_a_page_opens_again(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "enter")
        app.screen.query_one(PageTable).go_to("note")
        await press(pilot, "enter")
        await type_text(pilot, "Prefers")
        die(ana, app)
    async with opened(ana) as (again, pilot):
        await offered(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert front(again, Form).answers == {"note": "Prefers"}


async def test_later_discard_and_a_look_again(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "a")
        await type_text(pilot, "Someone new")
        die(ana, app)
    async with opened(ana) as (again, pilot):
        await offered(pilot)
        await press(pilot, "escape")
        assert not isinstance(again.screen, Unsaved)
        assert "Someone new" in kept(ana)
        await press(pilot, "f7", "enter")
        await settle(pilot)
        assert front(again, Form).answers["name"] == "Someone new"
        die(ana, again)
    async with opened(ana) as (again, pilot):
        await offered(pilot)
        await press(pilot, "escape")
        await press(pilot, "f7", "d")
        assert "discard once more" in screen_text(again)
        assert "Someone new" in kept(ana)
        await press(pilot, "d")
        assert not isinstance(again.screen, Unsaved)
        assert kept(ana) == []
        await press(pilot, "f7")
        assert not isinstance(again.screen, Unsaved)


async def test_a_teacher_that_is_gone_leaves_the_words_to_be_copied(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "n")
        await type_text(pilot, "words")
        die(ana, app)
    path = ana / "drafts" / "killed.json"
    coachee = desk_in(ana).coachees.all()[0].id
    path.write_text(path.read_text().replace(coachee, "nobody"))
    async with opened(ana) as (again, pilot):
        await offered(pilot)
        await press(pilot, "enter")
        assert not isinstance(again.screen, Form)
        assert kept(ana) == ["words"]
        await press(pilot, "f7", "w")
        line = front(again, Form).query_one(LineInput)
        line.value = str(ana / "out.txt")
        await press(pilot, "ctrl+s")
    assert (ana / "out.txt").read_text() == "Quick note on Ana Ruiz\nLine: words\n"
    assert (ana / "out.txt").stat().st_mode & 0o777 == 0o600


async def test_cancelling_twice_throws_the_draft_away_and_no_change_keeps_none(ana: Path) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "n", "escape")
        assert not isinstance(app.screen, Form)
        await press(pilot, "n", "x")
        app.session.drafts.flush()
        assert kept(ana) == ["x"]
        await press(pilot, "escape")
        assert "cancel once more to throw them away" in screen_text(app)
        await press(pilot, "y")
        assert "cancel once more" not in screen_text(app)
        await press(pilot, "escape")
        assert "cancel once more" in screen_text(app), "what was typed since was not asked about"
        await press(pilot, "escape")
        assert not isinstance(app.screen, Form)
        app.session.drafts.flush()
        assert kept(ana) == []


@pytest.mark.parametrize("text", ["".join(HOSTILE[:4]), HOSTILE[4]])
async def test_hostile_text_is_offered_literally(ana: Path, text: str) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "n")
        app.screen.query_one(LineInput).value = text
        await settle(pilot)
        die(ana, app)
    async with opened(ana) as (again, pilot):
        await offered(pilot)
        front(again, Unsaved)
        assert "\x1b" not in screen_text(again)
        await press(pilot, "enter")
        await settle(pilot)
        assert front(again, Form).answers["text"] == text


def test_every_screen_can_be_made_again_from_its_place() -> None:
    for module in pkgutil.walk_packages(coach_tui.screens.__path__, "coach_tui.screens."):
        importlib.import_module(module.name)
    for kind in _screens(CoachScreen):
        if kind.__subclasses__() or not kind.__module__.startswith("coach_tui."):
            continue
        needed = [
            one
            for one in list(inspect.signature(kind).parameters.values())[1:]
            if one.default is inspect.Parameter.empty and one.kind is one.POSITIONAL_OR_KEYWORD
        ]
        own = any("again" in vars(one) for one in kind.__mro__ if one is not CoachScreen)
        assert own or not needed, f"{kind.__name__} does not say how it is made again"


def _screens(kind: type[CoachScreen]) -> list[type[CoachScreen]]:
    below = kind.__subclasses__()
    return below + [each for one in below for each in _screens(one)]


async def test_what_is_said_in_passing_covers_no_error_of_a_long_form(ana: Path) -> None:
    app = app_over(ana)
    async with app.run_test(size=HOME, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "Y")
        app.complain(f"What you type is not being kept as a draft: {'No room. ' * 20}")
        await press(pilot, "ctrl+u", "ctrl+s")
        shown = screen_text(app)
        assert "not being kept" in shown
        assert "✗ Your name: please write your name" in shown
        assert "tab next" in shown
