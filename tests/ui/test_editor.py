"""The coach's own editor: what it leaves, and the terminal back whatever becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from textual.app import App

from coach_tui.screens.editor import EditedFile, NoEditor, edit


class Terminal:
    """An app that steps aside as Textual's does: it comes back only where nothing is raised."""

    is_aside = False

    @contextmanager
    def suspend(self) -> Iterator[None]:
        self.is_aside = True
        yield
        self.is_aside = False


@pytest.mark.parametrize(
    ("script", "trouble", "left"),
    [
        ('echo more >> "$1"', "", "notes\nmore\n"),
        ('echo more >> "$1"; kill -9 $$', "ended with an error", "notes\nmore\n"),
        ('kill -INT $PPID; sleep 0.1; echo more >> "$1"', "", "notes\nmore\n"),
        (None, "No such file", "notes\n"),
        ('rm "$1"', "cannot be read again", None),
        ("printf '\\377' > \"$1\"", "not UTF-8", None),
    ],
)
def test_the_terminal_comes_back_whatever_the_editor_does(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str | None,
    trouble: str,
    left: str | None,
) -> None:
    editor = tmp_path / "my editor"
    if script is not None:
        editor.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        editor.chmod(0o700)
    monkeypatch.setenv("VISUAL", f"'{editor}'")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    terminal, file = Terminal(), EditedFile("notes\n")
    if trouble:
        with pytest.raises(NoEditor, match=trouble):
            edit(cast(App[str], terminal), file)
    else:
        assert edit(cast(App[str], terminal), file) == left
    assert not terminal.is_aside
    if left is not None:
        assert file.read() == left
    file.remove()
    assert list(tmp_path.glob("coach-tui-*")) == []
