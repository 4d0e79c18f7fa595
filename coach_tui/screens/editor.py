"""The coach's own editor on a text, and the text back: nothing of it is lost on the way."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import subprocess
import tempfile

from textual.app import App, SuspendNotSupported


class NoEditor(Exception):
    """No editor could be opened; the message says why."""


class EditedFile:
    """A text in a file of the owner's only, as long as it is not stored safely."""

    def __init__(self, text: str) -> None:
        """Write `text` to a new file, mode 0600, in a new folder, mode 0700."""
        place = os.environ.get("XDG_RUNTIME_DIR")
        usable = place is not None and os.path.isdir(place) and os.access(place, os.W_OK)
        self._folder = tempfile.mkdtemp(prefix="coach-tui-", dir=place if usable else None)
        self.path = os.path.join(self._folder, "notes.txt")
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())

    def read(self) -> str:
        """Return what stands in the file; raises `NoEditor` when it cannot be read as text."""
        try:
            with open(self.path, "rb") as file:
                return file.read().decode("utf-8-sig")
        except OSError as error:
            raise NoEditor(f"the text cannot be read again: {error.strerror}") from None
        except UnicodeDecodeError:
            raise NoEditor("the text is not UTF-8 any more") from None

    def remove(self) -> None:
        """Take the file away, and what editors leave beside it: the text is stored safely."""
        with contextlib.suppress(OSError):
            for name in os.listdir(self._folder):
                os.unlink(os.path.join(self._folder, name))
            os.rmdir(self._folder)


def editor_command() -> list[str]:
    """Return the command of VISUAL, else EDITOR, else vi. Raises `NoEditor` for one unreadable."""
    chosen = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip() or "vi"
    try:
        return shlex.split(chosen)
    except ValueError as error:
        raise NoEditor(f"VISUAL or EDITOR cannot be understood: {error}") from None


def _run(command: list[str]) -> tuple[int, str]:
    """Run a command to its end; returns its exit code, and why it could not be begun, if so.

    ctrl+c belongs to the editor: the terminal sends it to this program too, which goes on waiting.
    """
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        return subprocess.run(command, check=False).returncode, ""
    except OSError as error:
        return 0, error.strerror or "it cannot be begun"
    finally:
        signal.signal(signal.SIGINT, before)


def edit(app: App[str], file: EditedFile) -> str:
    """Open the editor on the file and wait; returns the text as it stands then.

    The event loop waits too: the terminal is the editor's. Raises `NoEditor`.
    """
    command = editor_command()
    try:
        with app.suspend():
            # Textual takes the terminal back only where nothing is raised in here.
            code, trouble = _run([*command, file.path])
    except SuspendNotSupported:
        raise NoEditor("the app cannot step aside for an editor here") from None
    if trouble:
        raise NoEditor(f"{command[0]}: {trouble}")
    if code != 0:
        raise NoEditor(f"{command[0]} ended with an error")
    return file.read()
