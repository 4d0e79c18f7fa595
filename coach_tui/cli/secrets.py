"""Passphrases: asked for at the terminal, or read from where a script put them. Plain.

Never from an argument: those stand in the list of processes and in the shell's history.
"""

from __future__ import annotations

import os

from coach_tui.store.errors import StoreError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

DESCRIPTOR = "COACH_TUI_PASSPHRASE_FD"
"""Names an open file descriptor from which secrets are read, one a line."""

FILE = "COACH_TUI_PASSPHRASE_FILE"
"""Names a file from which secrets are read, one a line; only its owner should be able to."""

LARGEST = 65536


class NobodyToAsk(StoreError):
    """There is no terminal, and no script says where the secret is."""

    def __init__(self) -> None:
        """Say where a script can put it."""
        super().__init__(
            "A passphrase is needed, and there is no terminal to ask for it; nothing was changed; "
            f"set {DESCRIPTOR} or {FILE}"
        )


class Secrets:
    """Where one run of a command gets its secrets from, in the order in which it asks."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        """Read what the environment names, when it is first asked for."""
        self._environ = environ
        self._lines: list[str] | None = None

    @property
    def scripted(self) -> bool:
        """Whether the environment says where secrets are: then nobody is asked."""
        return bool(self._environ.get(DESCRIPTOR) or self._environ.get(FILE))

    def ask(self, question: str) -> str:
        """Return the next secret. Raises `NobodyToAsk`."""
        if self.scripted:
            lines = self._read()
            if not lines:
                raise NobodyToAsk
            return lines.pop(0)
        return _at_the_terminal(question)

    def ask_new(self, question: str) -> str:
        """Return a new secret, typed twice alike; a script gives it once. Raises `ValueError`."""
        first = self.ask(question)
        if not self.scripted and self.ask("The same once more: ") != first:
            raise ValueError("those were not the same; nothing was changed")
        return first

    def _read(self) -> list[str]:
        if self._lines is None:
            try:
                self._lines = self._content().decode("utf-8").splitlines()
            except (OSError, OverflowError, ValueError):
                self._lines = []
        return self._lines

    def _content(self) -> bytes:
        descriptor = self._environ.get(DESCRIPTOR)
        if descriptor:
            with open(int(descriptor), "rb", closefd=False) as file:
                return file.read(LARGEST)
        with open(self._environ[FILE], "rb") as file:
            return file.read(LARGEST)


def _at_the_terminal(question: str) -> str:
    from getpass import getpass

    # getpass itself would go on with standard input, and show what is typed.
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        raise NobodyToAsk from None
    try:
        return getpass(question)
    except EOFError:
        raise NobodyToAsk from None
