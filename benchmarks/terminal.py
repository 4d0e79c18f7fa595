"""A terminal of 120 columns and 40 lines that notes what a program writes, and when.

What is written is only noted while the program works; it is drawn, with pyte, when the program has
been quiet for a while. So the drawing takes nothing from the program that is measured.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pyte

if TYPE_CHECKING:
    from benchmarks.commands import Command

COLUMNS = 120
LINES = 40
QUIET = 0.15
"""Seconds without a byte after which what was written is drawn and looked at."""


class _Screen(pyte.Screen):
    """A screen that passes over the private sequences pyte takes for colours or reports."""

    def select_graphic_rendition(self, *attributes: int, **words: Any) -> None:
        if not words.get("private"):
            super().select_graphic_rendition(*attributes)

    def report_device_status(self, mode: int, **words: Any) -> None:
        if not words.get("private"):
            super().report_device_status(mode)


class Terminal:
    """A program in a pty. Use it as a context: leaving ends the program."""

    def __init__(self, command: Command, folder: Path) -> None:
        self._command = command
        self._folder = folder
        self._screen = _Screen(COLUMNS, LINES)
        self._stream = pyte.ByteStream(self._screen)
        self.process = 0
        self._file = -1
        self._started = 0.0

    def __enter__(self) -> Self:
        """Start the program; the clock of `first_seen` begins here."""
        arguments, environment = self._command.arguments, self._command.environment
        self._started = time.perf_counter()
        self.process, self._file = pty.fork()
        if not self.process:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
            os.chdir(self._folder)
            os.execve(arguments[0], arguments, environment)
        return self

    def __exit__(self, *_: object) -> None:
        """End the program and wait until it is gone."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self._file)

    @property
    def text(self) -> str:
        """What stands on the screen now, a line a row."""
        return "\n".join(self._screen.display)

    def press(self, keys: bytes) -> None:
        """Type `keys`."""
        os.write(self._file, keys)

    def written(self, seconds: float | None = None) -> list[tuple[float, bytes]]:
        """Return what the program writes, each piece with its time on the clock of perf_counter.

        Reads for `seconds`, or, without them, until the program has been quiet for QUIET seconds.
        """
        pieces: list[tuple[float, bytes]] = []
        end = None if seconds is None else time.perf_counter() + seconds
        while True:
            wait = QUIET if end is None else end - time.perf_counter()
            if wait <= 0 or not select.select([self._file], [], [], wait)[0]:
                return pieces
            try:
                piece = os.read(self._file, 65536)
            except OSError:
                raise SystemExit(f"The program ended early; its screen:\n{self.text}") from None
            pieces.append((time.perf_counter(), piece))

    def draw(self, pieces: list[tuple[float, bytes]]) -> None:
        """Draw what was written."""
        for _, piece in pieces:
            self._stream.feed(piece)

    def first_seen(self, marker: str, limit: float = 30.0) -> float:
        """Return the seconds from the start until the piece that put `marker` on the screen came.

        Raises SystemExit after `limit` seconds without it.
        """
        while time.perf_counter() - self._started < limit:
            pieces = self.written()
            seen = None
            for piece in pieces:
                self.draw([piece])
                if seen is None and marker in self.text:
                    seen = piece[0] - self._started
            if seen is not None:
                return seen
        raise SystemExit(f"{marker!r} was not on the screen after {limit:g} s:\n{self.text}")

    def settle(self, seconds: float = 1.0) -> None:
        """Wait until the program has written nothing for `seconds`."""
        while pieces := self.written(seconds):
            self.draw(pieces)

    def memory(self) -> int | None:
        """Return the peak resident memory of the program in kB; None where there is no /proc."""
        try:
            lines = Path(f"/proc/{self.process}/status").read_text(encoding="ascii").splitlines()
        except FileNotFoundError:
            return None
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))

    def processor_seconds(self) -> float | None:
        """Return the processor time of the program in seconds; None where there is no /proc."""
        try:
            state = Path(f"/proc/{self.process}/stat").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        user, system = state.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
