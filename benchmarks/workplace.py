"""Where the measured programs run: this interpreter, a throw-away home, stores made by a seed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Workplace:
    """A folder for one run of the benchmarks; everything measured reads and writes below it."""

    folder: Path

    @property
    def python(self) -> str:
        """The interpreter that runs the rulers and the program alike."""
        return sys.executable

    @property
    def program(self) -> str:
        """The installed `coach-tui` of that interpreter."""
        found = Path(sys.executable).parent / "coach-tui"
        if not found.exists():
            raise SystemExit(f"There is no {found}: run `make bench`, which installs it first.")
        return str(found)

    def environment(self, store: Path | None = None) -> dict[str, str]:
        """Return the variables of a plain terminal, with `store` as the coach's store."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        return {
            "COACH_TUI_HOME": str(store or self.folder / "no store"),
            "COLORTERM": "truecolor",
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "PATH": os.defpath,
            "TERM": "xterm-256color",
        }

    def sample(self, coachees: int, years: int) -> Path:
        """Return the folder of a store with the sample generator's `coachees` and `years`."""
        store = self.folder / f"{coachees} coachees, {years} years"
        if store.exists():
            return store
        command = [self.program, "sample", "--coachees", str(coachees), "--years", str(years)]
        made = subprocess.run(
            command,
            capture_output=True,
            check=False,
            cwd=self.folder,
            encoding="utf-8",
            env=self.environment(store),
            stdin=subprocess.DEVNULL,
        )
        if made.returncode:
            shutil.rmtree(store, ignore_errors=True)
            raise SystemExit(f"coach-tui sample failed: {made.stderr.strip()}")
        return store
