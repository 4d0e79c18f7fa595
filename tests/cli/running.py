"""Running the command line as its users do: a process, its two streams, its exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def coach(
    store: Path, *words: str, given: str | bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `coach-tui` over `store` with `given` as its standard input (nothing: an empty one)."""
    content = given.encode() if isinstance(given, str) else given or b""
    done = subprocess.run(
        [sys.executable, "-m", "coach_tui", *words],
        env={**os.environ, "COACH_TUI_HOME": str(store), **environment},
        input=content,
        capture_output=True,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )
