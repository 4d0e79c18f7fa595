"""What every command is given: store, clock, settings, and how to fail. Plain."""

from __future__ import annotations

import os
import sys

from coach_tui.coaching import settings
from coach_tui.presentation.text import visible
from coach_tui.store import paths

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from coach_tui.coaching.caseload import Caseload
    from coach_tui.coaching.clock import Clock
    from coach_tui.coaching.desk import Desk
    from coach_tui.coaching.settings import Settings

DONE, ATTENTION, USAGE, STORE_UNUSABLE = 0, 1, 2, 3
"""Exit codes: done; done but something asked about is wrong; usage; store unusable or locked, or a
failure that should not be."""

NO_STORE = "there is no caseload yet in {directory}: open coach-tui, or import a roster"


class Context:
    """The surroundings of one run of the command line."""

    def __init__(self, store: str | None, clock: Clock) -> None:
        """Use the folder of `--store` when it is given, else the one of the environment."""
        self.directory = paths.store_directory(store, os.environ)
        self.clock = clock

    @property
    def settings_directory(self) -> str:
        """Where settings are read from."""
        return paths.config_directory(os.environ)

    def settings(self) -> Settings:
        """Read the settings; raises `SettingsError`."""
        return settings.read(self.settings_directory)

    def caseload(self) -> Caseload | None:
        """Read the caseload as it stands today; None (and a line of error) without a store."""
        from coach_tui.coaching.caseload import read_caseload

        found = read_caseload(self.directory, self.clock, self.settings().rules)
        if found is None:
            self.fail(NO_STORE.format(directory=self.directory), STORE_UNUSABLE)
        return found

    def desk(self, *, create: bool = False) -> Desk:
        """Open the store with its verbs, and print what was found on opening as errors are.

        Raises the store's errors.
        """
        desk = self.quiet_desk(create=create)
        for notice in desk.notices:
            self.fail(notice, DONE)
        return desk

    def quiet_desk(self, *, create: bool) -> Desk:
        """Open the store for one who tells its notices; raises the store's errors."""
        from coach_tui.coaching.desk import open_desk
        from coach_tui.store.ids import new_session

        login = os.environ.get("LOGNAME") or os.environ.get("USER") or ""
        session = new_session(login, os.getpid())
        rules = self.settings().rules
        return open_desk(self.directory, self.clock, rules, session, create=create)

    def has_store(self) -> bool:
        """Whether there is a store in the folder."""
        return os.path.exists(os.path.join(self.directory, paths.SNAPSHOT))

    def fail(self, message: str, code: int) -> int:
        """Print one line of error and return the exit code."""
        print(f"coach-tui: {visible(message)}", file=sys.stderr)
        return code


def out(text: str = "") -> None:
    """Print a line. Its user text was made visible by whoever composed it."""
    print(text)


def out_json(shape: dict[str, Any]) -> None:
    """Print JSON values in ASCII: a note's control characters must not reach a terminal."""
    import json

    out(json.dumps(shape, indent=1))
