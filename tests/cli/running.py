"""Running the command line as its users do: a process, its two streams, its exit code."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import termios
from pathlib import Path


def coach(
    store: Path,
    *words: str,
    given: str | bytes | None = None,
    program: str | None = None,
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """Run `coach-tui` over `store` with `given` as its standard input (nothing: an empty one).

    `program` is run in its place.
    """
    content = given.encode() if isinstance(given, str) else given or b""
    done = subprocess.run(
        [sys.executable, *(("-m", "coach_tui") if program is None else ("-c", program)), *words],
        env={**os.environ, "COACH_TUI_HOME": str(store), **environment},
        input=content,
        capture_output=True,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def at_terminal(
    store: Path, *words: str, question: bytes = b"", typed: bytes = b""
) -> tuple[int, bytes]:
    """Run `coach-tui` over `store` at a terminal; returns its exit code and what was shown.

    `typed` is typed when `question` is shown; the terminal does not echo it.
    """
    ours, theirs = pty.openpty()
    modes = termios.tcgetattr(theirs)
    modes[3] &= ~termios.ECHO
    termios.tcsetattr(theirs, termios.TCSANOW, modes)
    process = subprocess.Popen(
        [sys.executable, "-m", "coach_tui", *words],
        env={**os.environ, "COACH_TUI_HOME": str(store)},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while piece := _read(ours):
        shown += piece
        if question and shown.endswith(question):
            os.write(ours, typed)
    os.close(ours)
    return process.wait(), shown


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        # What Linux answers when nobody holds the other end any more.
        return b""
