"""The app and an editor in one real terminal, and every way in which both may end."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.running import coach
from tests.e2e.test_terminal import Terminal, terminal


def test_an_editor_that_is_missing_leaves_the_screen_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    monkeypatch.setenv("VISUAL", str(tmp_path / "missing"))
    assert coach(store, "sample", "--coachees", "1").returncode == 0
    with terminal(store) as shown:
        shown.wait_for("overdue")
        shown.type("o")
        shown.wait_for("Enter saves the line")
        shown.type("half a\x14e")
        shown.wait_for("cannot be run")
        shown.type(" line")
        shown.wait_for("half a line")
        shown.type("\x11")
        assert shown.ended() == 0


ENDINGS: dict[str, Callable[[Terminal], None]] = {
    "terminated": lambda shown: os.kill(shown.pid, signal.SIGTERM),
    "closed": lambda shown: shown.close(),
    "killed": lambda shown: os.kill(shown.pid, signal.SIGKILL),
}


def handed_out(store: Path) -> list[Path]:
    """Return what stands among the drafts for an editor."""
    return list((store / "drafts").glob("*.editing"))


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_was_saved_in_an_editor_outlives_the_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    store, editor = tmp_path / "store", tmp_path / "editor"
    editor.write_text(
        '#!/bin/sh\nprintf "s3 it doubles\\\\n" >> "$1"\n'
        f"echo $$ > {tmp_path}/pid\necho EDITOR IS OPEN\nexec sleep 600\n",
        encoding="utf-8",
    )
    editor.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(editor))
    assert coach(store, "sample", "--coachees", "1").returncode == 0
    with terminal(store) as shown:
        shown.wait_for("overdue")
        shown.type("o")
        shown.wait_for("Enter saves the line")
        shown.type("half a line\x14e")
        shown.wait_for("EDITOR IS OPEN")
        shown.type("\x03")
        assert len(handed_out(store)) == 1
        ENDINGS[ending](shown)
        shown.ended()
    if ending == "killed":
        with suppress(ProcessLookupError):
            os.kill(int((tmp_path / "pid").read_text(encoding="utf-8")), signal.SIGKILL)
    else:
        assert handed_out(store) == [], "it is a draft by now"
    monkeypatch.setenv("EDITOR", "true")
    with terminal(store) as again:
        again.wait_for("in your editor")
        assert handed_out(store) == []
        again.type("\r")
        again.wait_for('S3  "it doubles"')
        again.wait_for("half a line")
        again.type("\x11")
        assert again.ended() == 0
    assert handed_out(store) == []
