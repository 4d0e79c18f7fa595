"""A session that is killed, and what is found of what was typed in it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from coach_tui.app import CoachApp
from coach_tui.screens.dialogs.unsaved import Unsaved
from tests.ui.driving import settle


def die(folder: Path, app: CoachApp) -> None:
    """Leave the draft file as a killed session does, under a name of its own."""
    app.session.drafts.flush()
    for path in list((folder / "drafts").glob("test.json")):
        os.replace(path, path.with_name("killed.json"))


def kept(folder: Path) -> list[str]:
    """Return every text that stands in a draft file."""
    texts = []
    for path in sorted((folder / "drafts").glob("*.json")):
        for one in json.loads(path.read_text(encoding="utf-8"))["drafts"]:
            texts += [text for _, _, text in one["fields"]]
    return texts


async def offered(pilot: Pilot[Any]) -> None:
    """Wait until the store is open and what was left is offered."""
    for _ in range(500):
        await settle(pilot)
        if isinstance(pilot.app.screen, Unsaved):
            return
        await pilot.pause(0.02)
    raise AssertionError("nothing was offered")
