"""Before something is shared: its exact text is shown, changed, confirmed and logged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from coach_tui.app import CoachApp
from coach_tui.domain.records import Coachee
from coach_tui.presentation.documents import Document
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.dialogs import share as dialogs_share
from coach_tui.screens.dialogs.picker import Picker
from coach_tui.screens.dialogs.share import ShareDialog, share
from coach_tui.widgets.text_lines import TextLines
from tests.ui.driving import (
    HOSTILE,
    WIDE,
    add,
    desk_in,
    front,
    opened,
    press,
    screen_text,
    set_up,
    settle,
    type_text,
)

FOLLOW_UP = (
    Document("Follow-up").paragraph("You waited as Denise Okafor did.").quote("T [inaudible]")
)


async def ask(
    app: CoachApp, pilot: Pilot[Any], reader: Coachee, document: Document = FOLLOW_UP
) -> ShareDialog:
    """Open the dialog over the caseload."""
    screen = front(app, CoachScreen)
    screen.run_worker(share(screen, "follow-up", reader, document, ["3 inferences"]))
    await settle(pilot)
    return front(app, ShareDialog)


async def test_a_text_is_read_changed_and_written_to_a_file(folder: Path, tmp_path: Path) -> None:
    set_up(folder)
    ana = add(folder, "Ana Ruiz")
    add(folder, "Denise Okafor")
    async with opened(folder) as (app, pilot):
        dialog = await ask(app, pilot, ana)
        shown = screen_text(app)
        assert "Share with Ana Ruiz: follow-up" in shown
        assert "Left out: 3 inferences" in shown
        assert "Okafor" not in shown
        await press(pilot, "ctrl+home")
        await type_text(pilot, "Thank you")
        text = dialog.text
        await press(pilot, "f5", "ctrl+u")
        await type_text(pilot, str(tmp_path / "out.md"))
        await press(pilot, "enter")
        assert (tmp_path / "out.md").read_text(encoding="utf-8") == text
        assert text.startswith("Thank you# Follow-up")
        assert "[a colleague]" in text
        assert not isinstance(app.screen, ShareDialog)
    logged = desk_in(folder).sharing.with_coachee(ana.id)
    assert [one.text for one in logged] == [text]


async def test_a_copy_is_logged_and_a_full_name_is_asked_about_once(folder: Path) -> None:
    set_up(folder)
    ana = add(folder, "Ana Ruiz")
    async with opened(folder) as (app, pilot):
        await ask(app, pilot, ana, Document("Follow-up").paragraph("Then Maria Lopez said 4."))
        await press(pilot, "f3")
        assert "Maria Lopez: a full name?" in screen_text(app)
        assert desk_in(folder).sharing.with_coachee(ana.id) == []
        await press(pilot, "f3")
        assert not isinstance(app.screen, ShareDialog)
    (logged,) = desk_in(folder).sharing.with_coachee(ana.id)
    assert (logged.channel, app.clipboard) == ("clipboard", logged.text)


async def test_names_the_app_does_not_know_are_pointed_to_as_long_as_they_stand_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs_share, "RESTS", 0)
    set_up(folder)
    ana = add(folder, "Ana Ruiz")
    add(folder, "Wei Li")
    written = Document("Follow-up").paragraph(
        "You asked Marcus, then [red]Priya[/red], as Li does."
    )
    async with opened(folder) as (app, pilot):
        dialog = await ask(app, pilot, ana, written)
        assert "Still named here: Marcus, Priya?" in screen_text(app)
        dialog.query_one(TextLines).text = "You asked S3"
        await settle(pilot)
        assert "Still named here" not in screen_text(app)


async def test_changes_are_thrown_away_only_when_asked_twice(folder: Path) -> None:
    set_up(folder)
    ana = add(folder, "Ana Ruiz")
    async with opened(folder, size=WIDE) as (app, pilot):
        dialog = await ask(app, pilot, ana, Document(HOSTILE[0]).paragraph(HOSTILE[0]))
        await press(pilot, "f2")
        assert dialog.text.startswith(HOSTILE[0])
        await type_text(pilot, "mine ")
        await press(pilot, "f2")
        assert dialog.text.startswith("mine")
        await press(pilot, "f2")
        assert dialog.text.startswith("<!doctype html>")
        assert "[/red]" in dialog.text
        await type_text(pilot, "x")
        await press(pilot, "escape")
        assert app.screen is dialog
        await press(pilot, "escape")
        assert app.screen is not dialog
    assert desk_in(folder).sharing.with_coachee(ana.id) == []


async def test_the_picker_finds_by_a_few_letters(folder: Path) -> None:
    set_up(folder)
    picked: list[str | None] = []
    async with opened(folder) as (app, pilot):
        options = [("a", "Ana Ruiz", "Oak"), ("b", HOSTILE[0], "Elm"), ("c", "Denise Okafor", "")]
        app.push_screen(Picker("Who?", options), picked.append)
        await settle(pilot)
        assert HOSTILE[0] in screen_text(app)
        await type_text(pilot, "oka")
        assert "Ana Ruiz" not in screen_text(app)
        await press(pilot, "enter")
        app.push_screen(Picker("Who?", options), picked.append)
        await settle(pilot)
        await press(pilot, "down", "enter")
        app.push_screen(Picker("Who?", options), picked.append)
        await settle(pilot)
        await type_text(pilot, "zzz")
        await press(pilot, "enter", "escape")
    assert picked == ["c", "b", None]
