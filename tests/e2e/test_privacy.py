"""What others can see: the terminal's title, and the list of processes of the machine."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.running import coach
from tests.e2e.test_terminal import terminal

SAID = "S3 said the quiet part"

CONTROL_STRING = re.compile(
    rb"(?:\x1b[\]PX^_k]|\xc2[\x90\x98\x9d\x9e\x9f])(.*?)(?:\x07|\x1b\\|$)", re.DOTALL
)
"""What a terminal takes as an order with words in it: a title, a notification, the clipboard."""

PROCESSES = Path("/proc")


def family(pid: int) -> list[int]:
    """Return a process and all that it started, and they, as far as they live."""
    found = [pid]
    for one in found:
        for children in (PROCESSES / str(one) / "task").glob("*/children"):
            found += [int(child) for child in children.read_text().split()]
    return found


@pytest.mark.skipif(not PROCESSES.exists(), reason="the list of processes is read from /proc")
def test_neither_titles_nor_processes_tell_of_whom_or_what_the_notes_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, editor = tmp_path / "store", tmp_path / "editor"
    editor.write_text("#!/bin/sh\necho the editor is open\nread line\n")
    editor.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(editor))
    assert coach(store, "sample", "--coachees", "1").returncode == 0
    (row,) = json.loads(coach(store, "status", "--all", "--json").stdout)["coachees"]
    with terminal(store, 120, 40) as opened:
        opened.wait_for("q Quit")
        opened.type("o")
        opened.wait_for("Enter saves the line")
        opened.type(f"{SAID}\r")
        opened.wait_for("1 line")
        opened.type("\x14e")
        opened.wait_for("the editor is open")
        commands = [
            (PROCESSES / str(pid) / "cmdline").read_bytes().decode() for pid in family(opened.pid)
        ]
        opened.type("\r")
        opened.wait_for("Nothing was changed")
    private = (*row["name"].split(), "quiet")
    drawn = opened.sent.decode()
    assert all(word in drawn for word in private), "they were there to be told"
    assert any(str(editor) in command for command in commands)
    told = b"\n".join(CONTROL_STRING.findall(opened.sent)).decode("utf-8", "replace")
    for word in private:
        assert word not in told
        assert not any(word in command for command in commands)


def test_a_title_would_be_found() -> None:
    for order in (b"\x1b]0;Ana Ruiz\x07", b"\x1b]2;Ana Ruiz\x1b\\", b"\x1bkAna Ruiz"):
        assert b"Ana Ruiz" in b"".join(CONTROL_STRING.findall(b"drawn " + order + b""))
