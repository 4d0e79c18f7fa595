"""The coach's own editor in the app's terminal, for a while; the app stays awake behind it."""

from __future__ import annotations

import asyncio
import os
import shlex
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

if TYPE_CHECKING:
    from asyncio.subprocess import Process

    from coach_tui.screens.ending import WithEnding

CHOSEN_BY = ("VISUAL", "EDITOR")
"""The variables that name the editor, the first that is set."""

USUAL = ("vi", "nano", "vim", "nvim", "micro", "emacs", "joe")
"""Editors that are looked for, in this order, where no variable names one."""

_CHOOSE = "set VISUAL or EDITOR to an editor that is installed, such as nano"

PATIENCE = 1.0
"""Seconds that an editor has to end by itself, and after each signal, when the app ends."""

LOOK = 0.3
"""Seconds to see whether an editor that ended with an error was hung up on, and the app too."""


class NoEditor(Exception):
    """No editor could be opened; the message says why, and what to do."""


class AppEnds(Exception):
    """The app ends while the editor is open; what stands in the file is kept already."""


def editor_command() -> list[str]:
    """Return the command of VISUAL, else EDITOR, else the first usual editor that is there.

    Raises `NoEditor` for one that cannot be understood, and where there is none.
    """
    for name in CHOSEN_BY:
        chosen = os.environ.get(name, "").strip()
        if not chosen:
            continue
        try:
            command = shlex.split(chosen)
        except ValueError as error:
            raise NoEditor(
                f"{name} cannot be understood ({str(error).lower()}): {chosen}"
            ) from None
        if command and command[0]:
            return command
    found = next((name for name in USUAL if shutil.which(name)), None)
    if found is None:
        raise NoEditor(f"No editor was found here: {_CHOOSE}")
    return [found]


class Guest:
    """The program that has the terminal, and what is to be done with what it wrote."""

    def __init__(self, process: Process, put_by: Callable[[], object]) -> None:
        """Watch `process`; `put_by` keeps what it wrote when the app ends first."""
        self._process, self._put_by = process, put_by
        self._is_seen_off, self._is_kept = False, asyncio.Event()

    async def ended(self) -> int:
        """Wait for the program to end; returns its status. Raises `AppEnds`."""
        status = await self._process.wait()
        if status and not self._is_seen_off:
            # A hang-up reaches both, and it may have been the first to hear of it.
            await asyncio.sleep(LOOK)
        if self._is_seen_off:
            await self._is_kept.wait()
            raise AppEnds
        return status

    async def see_off(self) -> None:
        """Let the program end, more and more firmly, and keep what it wrote: the app ends."""
        self._is_seen_off = True
        ended = asyncio.ensure_future(self._process.wait())
        for asked in (None, signal.SIGHUP, signal.SIGTERM, signal.SIGKILL):
            if asked is not None:
                with suppress(ProcessLookupError):
                    self._process.send_signal(asked)
            await asyncio.wait([ended], timeout=PATIENCE)
            if ended.done():
                break
        try:
            self._put_by()
        finally:
            self._is_kept.set()


async def run_editor(app: WithEnding, path: str, put_by: Callable[[], object]) -> int:
    """Open the editor on the file and wait; returns its status.

    The event loop runs on, so that a hang-up is heard. Raises `NoEditor`, and `AppEnds` after
    `put_by` was called.
    """
    command = editor_command()
    with stepped_aside(app):
        try:
            process = await asyncio.create_subprocess_exec(*command, path)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise NoEditor(f"{command[0]} cannot be run ({reason}): {_CHOOSE}") from None
        app.guest = guest = Guest(process, put_by)
        try:
            return await guest.ended()
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.send_signal(signal.SIGHUP)
            app.guest = None


@contextmanager
def stepped_aside(app: WithEnding) -> Iterator[None]:
    """Give the terminal away; it is taken back whatever happens, but for when the app ends.

    Nothing is drawn meanwhile. Keys that interrupt are the other program's. A terminal that is
    gone is not taken back: then the app ends too. Raises `NoEditor` where it cannot be given.
    """
    with ExitStack() as stack:
        app.begin_standing_aside()
        stack.callback(app.end_standing_aside)
        aside = ExitStack()
        try:
            aside.enter_context(app.suspend())
        except SuspendNotSupported:
            raise NoEditor("The app cannot step aside for an editor here") from None
        before = [(name, signal.signal(name, handler)) for name, handler in WHILE_ASIDE]
        try:
            yield
        finally:
            for name, handler in before:
                signal.signal(name, handler)
            if app.is_hanging_up or not _has_terminal():
                app.hang_up()
                # Where nothing can be shown any more, nothing is drawn.
                stack.pop_all()
                aside.pop_all()
            aside.close()


def _nothing(number: int, frame: object) -> None:
    """Leave a key that interrupts to the program that has the terminal."""


WHILE_ASIDE = (
    # Not ignored: that, the editor would inherit.
    (signal.SIGINT, _nothing),
    (signal.SIGQUIT, _nothing),
    # The system stops both together, or neither where no shell could let them go on.
    (signal.SIGTSTP, signal.SIG_DFL),
)
"""What the keys mean to the app that send signals, while another program has the terminal."""


def _has_terminal() -> bool:
    return sys.__stdin__ is not None and sys.__stdin__.isatty()
