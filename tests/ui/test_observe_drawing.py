"""A stamped line is drawn at once, by names of Textual's own: a test says when they go."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual._compositor import CompositorUpdate
from textual.screen import Screen

from coach_tui.coaching.script_lines import plain
from coach_tui.screens.observe import ObserveScreen
from coach_tui.widgets import drawing
from tests.ui.driving import (
    NOW,
    desk_in,
    front,
    observations,
    opened,
    press,
    screen_text,
    type_text,
)


async def test_a_stamped_line_is_drawn_before_anything_else_is_done(
    ana: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "first")
        await press(pilot, "enter")
        theirs = desk_in(ana)
        saved = theirs.scripts.write(observations(ana)[0].id, [plain("zebrafish", NOW)])
        theirs.close()
        drawn: list[str] = []

        def show(screen: Screen[object], update: object) -> None:
            if isinstance(update, CompositorUpdate):
                drawn.append(update.render_segments(app.console))

        with monkeypatch.context() as watched:
            watched.setattr(app, "_display", show)
            front(app, ObserveScreen).show_stamped(saved)
            assert "zebrafish" in "".join(drawn), (
                "Textual has changed how a screen draws: look at widgets/drawing.py"
            )
        assert len(drawn) == 1


@pytest.mark.parametrize("name", ["DIRTY", "DRAW"])
async def test_without_those_names_the_next_frame_draws_it(
    ana: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(drawing, name, "gone in a later Textual")
    async with opened(ana) as (app, pilot):
        await press(pilot, "o")
        await type_text(pilot, "first")
        await press(pilot, "enter")
        assert "09:14:05   0:00     first" in screen_text(app)
