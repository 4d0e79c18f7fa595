"""Running the command line as its users do: a process, its two streams, its exit code."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
import termios
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from coach_tui.cli.main import main


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


def coach_here(
    store: Path, *words: str, given: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `coach-tui` as `coach` does, but in this process: where a test is about what was done."""
    streams = [io.TextIOWrapper(io.BytesIO(given.encode()), "utf-8")]
    streams += [io.TextIOWrapper(io.BytesIO(), "utf-8", newline="\n") for _ in range(2)]
    with (
        mock.patch.dict(os.environ, {"COACH_TUI_HOME": str(store), **environment}),
        mock.patch.object(sys, "stdin", streams[0]),
        redirect_stdout(streams[1]),
        redirect_stderr(streams[2]),
    ):
        code = main(list(words))
    for stream in streams:
        stream.flush()
        stream.seek(0)
    _, output, errors = (stream.read() for stream in streams)
    return subprocess.CompletedProcess(words, code, output, errors)


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
