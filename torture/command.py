"""The program as its users run it: a process over a store."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from coach_tui.cli.secrets import FILE as PASSPHRASE_FILE
from torture.recording import files_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIXED_CLOCK = (
    "import sys\n"
    "from datetime import UTC, datetime\n"
    "from coach_tui.cli.main import main\n"
    "from coach_tui.coaching.clock import SettableClock\n"
    "sys.exit(main(sys.argv[1:], SettableClock(datetime(2025, 10, 1, 12, 0, tzinfo=UTC), UTC)))\n"
)
"""The program on one day, so that an export does not hold the moment at which it was made."""


class Failed(Exception):
    """A command did not do what it was asked for; says which, and what it said."""


def coach(
    store: Path, *words: str, umask: int = 0o077, passphrase: Path | None = None, given: str = ""
) -> bytes:
    """Run a command of the program over `store`; return what it printed. Raises `Failed`."""
    environment = {**os.environ, "COACH_TUI_HOME": str(store)}
    if passphrase is not None:
        environment[PASSPHRASE_FILE] = str(passphrase)
    done = subprocess.run(
        [sys.executable, "-c", FIXED_CLOCK, *words],
        capture_output=True,
        check=False,
        cwd=store.parent,
        env=environment,
        input=given.encode(),
        umask=umask,
    )
    if done.returncode not in (0, 1):
        raise Failed(f"{words[0]} ended with {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield path and content of every file, of a pressed one as it is and unpressed."""
    import gzip

    for path, content in files_in(folder):
        yield path, content
        if path.endswith(".gz"):
            yield path, gzip.decompress(content)


def traces(folder: Path, words: tuple[str, ...]) -> list[str]:
    """Return which of the words stand in which files, in whatever case."""
    return [
        f"{word!r} in {path}"
        for path, content in contents(folder)
        for word in words
        if word.lower().encode() in content.lower() or word.lower() in path.lower()
    ]
