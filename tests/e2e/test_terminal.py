"""The real program in a real terminal: a pty, its keys, its screen, and `kill -9`."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyte
import pytest

from tests.cli.running import coach

PATIENCE = 60.0
"""Seconds until a screen that does not come is an error: a bound, not a measure."""

COACH = [sys.executable, "-m", "coach_tui"]


class Terminal:
    """A program in a pty, and the screen that its bytes draw."""

    def __init__(self, store: Path, columns: int = 80, lines: int = 24) -> None:
        """Start the app over `store`."""
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = b""
        """All that the program sent, as it reached the terminal."""
        self.pid, self._handle = pty.fork()
        if self.pid == 0:
            environment = {**os.environ, "COACH_TUI_HOME": str(store), "TERM": "xterm-256color"}
            os.execve(sys.executable, COACH, environment)
        size = struct.pack("HHHH", lines, columns, 0, 0)
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, size)

    def read(self, seconds: float) -> bytes:
        """Draw what comes within `seconds`; returns the bytes."""
        read = b""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([self._handle], [], [], left)
            if not ready:
                break
            try:
                piece = os.read(self._handle, 65536)
            except OSError:
                break
            if not piece:
                break
            read += piece
            self.sent += piece
            self._stream.feed(piece)
        return read

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self.screen.display)

    def wait_for(self, words: str) -> None:
        """Read until the screen shows `words`."""
        until = time.monotonic() + PATIENCE
        while words not in self.text:
            if time.monotonic() > until:
                raise AssertionError(f"{words!r} did not come:\n{self.text}")
            self.read(0.1)

    def type(self, keys: str) -> None:
        """Send keys."""
        os.write(self._handle, keys.encode())

    def kill(self) -> None:
        """End the program at once, as a power cut would."""
        os.kill(self.pid, signal.SIGKILL)
        self.ended()

    def close(self) -> None:
        """Close the terminal, as when a connection drops: what runs in it is hung up on."""
        os.close(self._handle)
        self._handle = -1

    def ended(self) -> int:
        """Wait for the end; returns the exit code, negative for a signal."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self._handle < 0:
                time.sleep(0.05)
            else:
                self.read(0.05)
            done, status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                if self._handle >= 0:
                    self.close()
                return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"the program did not end:\n{self.text}")


@contextmanager
def terminal(store: Path, columns: int = 80, lines: int = 24) -> Iterator[Terminal]:
    """Run the app for a while; it is killed when the test leaves it open."""
    opened = Terminal(store, columns, lines)
    try:
        yield opened
    finally:
        with suppress(ProcessLookupError, ChildProcessError, OSError):
            opened.kill()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Return a folder for the store."""
    return tmp_path / "store"


def test_from_nothing_to_a_note_that_is_found_again_after_a_kill(store: Path) -> None:
    with terminal(store) as first:
        first.wait_for("Welcome to coach-tui")
        first.type("\r")
        first.wait_for("Your name")
        first.type("Dana Whitfield\x13")
        first.wait_for("You are set up")
        first.type("a")
        first.wait_for("Content areas")
        first.type("Ana Ruiz\x13")
        first.wait_for("Ana Ruiz           –")
        first.type("o")
        first.wait_for("before the launch conversation?")
        first.type("she asked me in\r")
        first.wait_for("Enter saves the line")
        first.type("T 14/24 hands up [/red]\r")
        first.wait_for("T 14/24 hands up [/red]")
        first.wait_for("1 line")
        first.kill()
    assert "T 14/24 hands up [/red]" in (store / "coach.journal.jsonl").read_text(encoding="utf-8")
    shown = coach(store, "show", "ruiz")
    assert shown.returncode == 0
    assert "T 14/24 hands up [/red]" in shown.stdout
    assert "not ended" in coach(store, "status").stdout
    with terminal(store) as again:
        again.wait_for("Ana Ruiz")
        again.type("o")
        again.wait_for("T 14/24 hands up [/red]")
        again.type("\x1b")
        again.wait_for("Escape again leaves the notes")
        again.type("\x1b")
        again.wait_for("Caseload")
        again.type("q")
        assert again.ended() == 0


def test_a_closed_terminal_loses_no_half_typed_line(store: Path) -> None:
    assert coach(store, "sample", "--coachees", "4").returncode == 0
    with terminal(store) as opened:
        opened.wait_for("Caseload · 4 rows")
        opened.wait_for("overdue")
        opened.type("o")
        opened.wait_for("Enter saves the line")
        opened.type("half a line when the line dropped")
        opened.wait_for("line dropped")
        os.kill(opened.pid, signal.SIGHUP)
        opened.ended()
    with terminal(store) as again:
        again.wait_for("half a line when the line dropped")
        again.type("!\r")
        again.wait_for("line dropped!")
        again.wait_for("1 line")


def test_a_killed_form_is_offered_again_while_another_session_lives(store: Path) -> None:
    assert coach(store, "sample", "--coachees", "2").returncode == 0
    with terminal(store) as living, terminal(store) as dying:
        for one in (living, dying):
            one.wait_for("q Quit")
            one.type("2")
            one.wait_for("Caseload · 2 rows")
            one.type("a")
            one.wait_for("Add a teacher or a team")
        living.type("Lee Livingstone")
        living.wait_for("Lee Livingstone")
        dying.type("Kim Killick")
        dying.wait_for("Kim Killick")
        dying.read(0.4)
        dying.kill()
        with terminal(store) as again:
            again.wait_for("Typed before, and not saved")
            again.wait_for("Kim Killick")
            assert "Livingstone" not in again.text
            again.type("\r")
            again.wait_for("not saved yet")
            again.wait_for("Kim Killick")
            again.type("\x13")
            again.wait_for("Kim Killick is on the caseload")
        living.type("\x13")
        living.wait_for("Lee Livingstone is on the caseload")
    shown = coach(store, "status", "--json").stdout
    assert "Kim Killick" in shown
    assert "Lee Livingstone" in shown
    assert not list((store / "drafts").glob("*.json"))


def test_stored_control_codes_never_reach_the_terminal(store: Path) -> None:
    assert coach(store, "sample", "--coachees", "1").returncode == 0
    text = (store / "coach.json").read_text(encoding="utf-8")
    name = json.loads(text)["coachees"].popitem()[1]["name"]
    hostile = "\\u001b]0;PWNED\\u0007\\u009b31m"
    (store / "coach.json").write_text(text.replace(name, f"A {hostile}"), encoding="utf-8")
    with terminal(store, 120, 40) as opened:
        opened.wait_for("q Quit")
        sent = opened.read(1.0)
        opened.type("e")
        sent += opened.read(3.0)
        assert "Edit A" in opened.text
    assert b"]0;PWNED" not in sent.replace("\u241b]0;PWNED".encode(), b"")
    assert "\x9b".encode() not in sent


def test_killed_at_any_moment_of_its_start_the_store_opens(store: Path) -> None:
    assert coach(store, "sample", "--coachees", "4").returncode == 0
    for tenths in range(0, 20, 3):
        with terminal(store) as opened:
            opened.read(tenths / 10)
            opened.kill()
        assert coach(store, "status").returncode == 0


def test_the_caseload_fits_both_sizes_and_is_silent_when_nobody_types(store: Path) -> None:
    assert coach(store, "sample").returncode == 0
    for columns, lines in ((80, 24), (120, 40)):
        with terminal(store, columns, lines) as opened:
            opened.wait_for("Caseload · 16 rows")
            opened.wait_for("q Quit")
            opened.read(3.0)
            assert opened.read(2.0) == b"", "idle, the app sends nothing to the terminal"


def test_it_works_without_colour(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert coach(store, "sample").returncode == 0
    monkeypatch.setenv("NO_COLOR", "1")
    with terminal(store) as opened:
        opened.wait_for("▲ overdue")


def test_without_a_terminal_the_app_says_so_in_one_line(store: Path) -> None:
    answer = coach(store)
    assert answer.returncode == 2
    assert answer.stderr.count("\n") == 1
    assert "needs a terminal" in answer.stderr
