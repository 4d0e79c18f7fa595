"""Nothing leaks: no note text in what the program prints when it fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.driving import (
    add_launched,
    app_over,
    press,
    said,
    set_up,
    settle,
    type_text,
)

SECRET = "S3 said the quiet part"


async def test_a_crash_names_kind_and_place_but_no_note_text(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("COACH_TUI_DEBUG", raising=False)
    set_up(folder)
    add_launched(folder)
    app = app_over(folder)

    def crash(*anything: object) -> None:
        note = SECRET
        raise RuntimeError(note)

    async def type_and_crash() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "o")
            await type_text(pilot, SECRET)
            monkeypatch.setattr(type(app.screen), "action_page_up", crash)
            await pilot.press("pageup")
            await pilot.pause()

    with pytest.raises(RuntimeError):
        await type_and_crash()
    printed = "".join(str(part) for part in app._exit_renderables)
    captured = capsys.readouterr()
    everything = printed + captured.out + captured.err
    assert "RuntimeError" in everything
    assert SECRET not in everything


async def test_an_unexpected_error_of_a_verb_is_told_without_its_words_and_the_app_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(folder)
    add_launched(folder)
    app = app_over(folder)

    def crash(*anything: object) -> None:
        raise RuntimeError(SECRET)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        monkeypatch.setattr("coach_tui.coaching.observing.Observing.running", crash)
        await press(pilot, "o")
        shown = said(app)
        assert "RuntimeError" in shown
        assert SECRET not in shown
        assert app.is_running
