"""What every test stands on: a machine with nothing of the developer's own in it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# A test must not depend on how fast the machine is.
settings.register_profile("coach-tui", deadline=None)
settings.load_profile("coach-tui")

_SET_ASIDE = ("CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "FORCE_COLOR", "LINES", "NO_COLOR")
_TEXTUAL = ("TEXTUAL", "TEXTUAL_ANIMATIONS", "TEXTUAL_DRIVER", "TEXTUAL_FILTERS", "TEXTUAL_THEME")


@pytest.fixture(scope="session", autouse=True)
def nothing_waits_for_the_disk() -> Iterator[None]:
    """Let a confirmed write in this process be one that was handed to the system.

    No test cuts the power. Those that record or fail the calls still see every one of them, and the
    program run as a process of its own waits as it does for a coach.
    """
    with pytest.MonkeyPatch.context() as patch:
        for name in ("fsync", "fdatasync"):
            if hasattr(os, name):
                patch.setattr(os, name, lambda descriptor: None)
        yield


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a home and a store of its own, and a terminal without wishes."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for folder in ("CACHE", "CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{folder}_HOME", str(home / folder.lower()))
    monkeypatch.setenv("COACH_TUI_HOME", str(tmp_path / "store"))
    for name in (*_SET_ASIDE, *_TEXTUAL):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder for a store, which does not exist yet."""
    return tmp_path / "caseload"


@pytest.fixture
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Argon2id cost next to nothing in this process: what it costs is not what is tested."""
    from coach_tui.store.encryption import wrapping

    monkeypatch.setattr(wrapping, "_MEMORY", 64)
    monkeypatch.setattr(wrapping, "_ITERATIONS", 1)
