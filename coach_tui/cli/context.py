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

    from coach_tui.cli.secrets import Secrets
    from coach_tui.coaching.caseload import Caseload
    from coach_tui.coaching.clock import Clock
    from coach_tui.coaching.desk import Desk
    from coach_tui.coaching.settings import Settings
    from coach_tui.store.encryption.cipher import Cipher

DONE, ATTENTION, USAGE, STORE_UNUSABLE = 0, 1, 2, 3
"""Exit codes: done; done but something asked about is wrong; usage; store unusable or locked, or a
failure that should not be."""

TRIES = 3
"""How often somebody at a terminal may type the passphrase."""

NO_STORE = "there is no caseload yet in {directory}: open coach-tui, or import a roster"


class Context:
    """The surroundings of one run of the command line."""

    def __init__(self, store: str | None, clock: Clock) -> None:
        """Use the folder of `--store` when it is given, else the one of the environment."""
        self.directory = paths.store_directory(store, os.environ)
        self.clock = clock
        self.cipher: Cipher | None = None
        self._secrets: Secrets | None = None

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
        from coach_tui.store.errors import KeyNeeded

        try:
            found = read_caseload(self.directory, self.clock, self.settings().rules)
        except KeyNeeded:
            return self.locked_caseload()
        if found is None:
            self.fail(NO_STORE.format(directory=self.directory), STORE_UNUSABLE)
        return found

    def locked_caseload(self) -> Caseload:
        """Read the caseload of a locked store, after its passphrase."""
        desk = self.desk()
        try:
            return desk.caseload()
        finally:
            desk.close()

    @property
    def secrets(self) -> Secrets:
        """Where passphrases come from."""
        if self._secrets is None:
            from coach_tui.cli.secrets import Secrets

            self._secrets = Secrets(os.environ)
        return self._secrets

    def cipher_of(self, directory: str) -> Cipher | None:
        """Return what opens the store in `directory`, None for one that is not locked.

        Asks for the passphrase; raises `WrongSecret` after the third wrong one, `NobodyToAsk`.
        """
        from coach_tui.coaching import locking

        if not locking.is_locked(directory):
            return None
        for _ in range(0 if self.secrets.scripted else TRIES - 1):
            try:
                return locking.open_with(directory, self.secrets.ask("Passphrase: "))
            except locking.WrongSecret as error:
                self.fail(str(error), STORE_UNUSABLE)
        return locking.open_with(directory, self.secrets.ask("Passphrase: "))

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

        rules = self.settings().rules
        if self.cipher is None and self.has_store():
            self.cipher = self.cipher_of(self.directory)
        return open_desk(
            self.directory, self.clock, rules, self.session(), create=create, cipher=self.cipher
        )

    def session(self) -> str:
        """Return a new name for this run of the program, after the person's login."""
        from coach_tui.store.ids import new_session

        return new_session(_login(), os.getpid())

    def has_remains(self) -> bool:
        """Whether there is anything that a store could be made of again, a backup for example."""
        names = (paths.JOURNAL, paths.BACKUPS)
        return any(os.path.lexists(os.path.join(self.directory, name)) for name in names)

    def has_store(self) -> bool:
        """Whether there is a store in the folder."""
        return os.path.exists(os.path.join(self.directory, paths.SNAPSHOT))

    def fail(self, message: str, code: int) -> int:
        """Print one line of error and return the exit code."""
        print(f"coach-tui: {visible(message)}", file=sys.stderr)
        return code


def _login() -> str:
    named = os.environ.get("LOGNAME") or os.environ.get("USER")
    if named:
        return named
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return ""


def out(text: str = "") -> None:
    """Print a line. Its user text was made visible by whoever composed it."""
    print(text)


def out_json(shape: dict[str, Any]) -> None:
    """Print JSON values in ASCII: a note's control characters must not reach a terminal."""
    import json

    out(json.dumps(shape, indent=1))
