"""The screen of a locked caseload: covered by a key or when nobody is there, opened by words."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach_tui.app import CoachApp
from coach_tui.coaching.desk import Desk, open_desk
from coach_tui.coaching.settings import Settings
from coach_tui.screens.dialogs.form import Form
from coach_tui.screens.dialogs.help import Help
from coach_tui.screens.dialogs.locked import LockedScreen
from coach_tui.store.encryption.key_file import KeyFile
from tests.ui.driving import (
    add_launched,
    clock,
    desk_in,
    opened,
    press,
    screen_text,
    set_up,
    settle,
    type_text,
)

WORDS = "correct horse battery"


def files_with(folder: Path, words: bytes) -> list[Path]:
    """Return the files below that hold these words."""
    return [path for path in folder.rglob("*") if path.is_file() and words in path.read_bytes()]


@pytest.fixture
def locked(folder: Path, cheap_keys: None) -> CoachApp:
    """Return the app over a locked store with one teacher."""
    set_up(folder)
    add_launched(folder)
    desk = desk_in(folder)
    caseload = desk.caseload()
    desk.lock(WORDS)
    desk.close()
    cipher = KeyFile.read(str(folder)).open(WORDS)

    def opened() -> Desk:
        rules = Settings().rules
        return open_desk(str(folder), clock(), rules, "test", create=False, cipher=cipher)

    return CoachApp(opened, Settings(lock_after=1), clock(), caseload)


async def test_the_screen_is_covered_and_what_was_typed_stays(
    locked: CoachApp, folder: Path
) -> None:
    async with locked.run_test(size=(80, 24)) as pilot:
        while not locked._has_passphrase:
            await pilot.pause(0.02)
        await settle(pilot)
        await press(pilot, "n")
        await type_text(pilot, "zebrafish")
        locked.session.drafts.flush()
        assert files_with(folder, b"zebrafish") == []
        locked._touched_at -= 61
        locked.lock_when_idle()
        await settle(pilot)
        assert isinstance(locked.screen, LockedScreen)
        assert "Ana" not in screen_text(locked)
        assert "zebrafish" not in screen_text(locked)
        await press(pilot, "ctrl+p", "escape", "2", "u", "f7")
        assert isinstance(locked.screen, LockedScreen)
        await type_text(pilot, "wrong words")
        await press(pilot, "enter")
        assert "does not open" in screen_text(locked)
        await pilot.press("ctrl+u")
        await type_text(pilot, WORDS)
        assert WORDS not in screen_text(locked)
        await press(pilot, "enter")
        await settle(pilot)
        assert isinstance(locked.screen, Form)
        assert locked.screen.answers["text"] == "zebrafish"
        await type_text(pilot, "s")
        await press(pilot, "ctrl+o")
        assert isinstance(locked.screen, LockedScreen)
        form = locked.screen_stack[-2]
        assert isinstance(form, Form)
        # What was at work when it was covered goes on below: a dialog opens, a form closes.
        locked.push_screen(Help(("app",), {}))
        await settle(pilot)
        assert isinstance(locked.screen, LockedScreen)
        assert "Find any command" not in screen_text(locked)
        locked.screen_stack[-2].dismiss(None)
        form.dismiss(None)
        await locked.go_to_mode("calendar")
        await settle(pilot)
        assert isinstance(locked.screen, LockedScreen)
        assert locked.screen_stack[-2] is not form
        await type_text(pilot, WORDS)
        await press(pilot, "enter")
        await settle(pilot)
        assert not locked.is_covered
        await press(pilot, "ctrl+o")
        assert locked.is_covered


async def test_without_a_passphrase_the_key_says_how_to_get_one(folder: Path) -> None:
    set_up(folder)
    async with opened(folder) as (app, pilot):
        await press(pilot, "ctrl+o")
        assert not isinstance(app.screen, LockedScreen)
        app._touched_at -= 100_000
        app.lock_when_idle()
        await settle(pilot)
        assert not isinstance(app.screen, LockedScreen)
