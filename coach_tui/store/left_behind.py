"""Drafts of sessions that died, and how it is known that a session lives."""

from __future__ import annotations

import fcntl
import os
import time
from typing import TYPE_CHECKING

from coach_tui.store import atomic, disk
from coach_tui.store.drafts import (
    ENDING,
    FOLDER,
    Draft,
    Sealing,
    bring_to_disk,
    decode,
    encode,
    unlink,
)
from coach_tui.store.edited_files import remove_folders, taken_in
from coach_tui.store.errors import Corrupt, StoreError
from coach_tui.store.ids import is_id
from coach_tui.store.paths import FILE_MODE

if TYPE_CHECKING:
    pass

_ALIVE = ".alive"
_OPEN_ALIVE = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


class Alive:
    """The lock that a living session holds beside its drafts; it ends with the process."""

    def __init__(self, directory: str, session: str) -> None:
        """Name the lock; `hold` takes it."""
        self.path = os.path.join(directory, session + _ALIVE)
        self._descriptor = -1

    def hold(self) -> bool:
        """Take the lock; False when another process has it, or there are no locks here."""
        descriptor = os.open(self.path, _OPEN_ALIVE, FILE_MODE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            there = os.stat(self.path, follow_symlinks=False)
            if os.path.samestat(there, os.fstat(descriptor)):
                self._descriptor = descriptor
                return True
        except OSError:
            pass
        disk.close_quietly(descriptor)
        return False

    def insist(self) -> None:
        """Take the lock of this very session: only one who looks around holds it, and briefly."""
        for _ in range(100):
            if self.hold():
                return
            time.sleep(0.01)

    def release(self, *, remove: bool) -> None:
        """Let go; `remove` when nothing of the session is left."""
        if self._descriptor < 0:
            return
        if remove:
            unlink(self.path)
        disk.close_quietly(self._descriptor)
        self._descriptor = -1


class LeftBehind:
    """The drafts of a session that died. While this is held, no other session takes them up."""

    def __init__(
        self,
        folder: str,
        alive: Alive,
        session: str,
        drafts: tuple[Draft, ...],
        sealing: Sealing | None,
    ) -> None:
        self._folder, self._alive, self._sealing = folder, alive, sealing
        self.session, self.drafts = session, drafts

    def discard(self, key: str) -> None:
        """Take one draft out of the file; the last takes the file along. Raises store errors."""
        left = tuple(one for one in self.drafts if one.key != key)
        path = os.path.join(self._folder, self.session + ENDING)
        if left:
            atomic.write(path, [encode(self.session, left, self._sealing)])
        else:
            unlink(path)
            bring_to_disk(None, self._folder)
            self._alive.release(remove=True)
        self.drafts = left

    def rewrite(self, sealing: Sealing | None) -> None:
        """Write the file anew, sealed by `sealing`. Raises the store's errors."""
        path = os.path.join(self._folder, self.session + ENDING)
        atomic.write(path, [encode(self.session, self.drafts, sealing)])
        self._sealing = sealing

    def release(self) -> None:
        """Let go: what is left can be taken up by whoever looks next."""
        self._alive.release(remove=False)


def left_behind(
    directory: str, sealing: Sealing | None = None, own: str = ""
) -> tuple[list[LeftBehind], list[str]]:
    """Return the drafts of dead sessions, held; and the paths of those that cannot be read.

    Files that a dead session was just writing are removed: the draft before stands beside them.
    What its editor left is taken into its drafts.
    """
    folder = os.path.join(directory, FOLDER)
    found, unreadable = [], []
    for session in sessions_in(folder):
        if session == own:
            continue
        alive = Alive(folder, session)
        try:
            if not alive.hold():
                continue
            path = os.path.join(folder, session + ENDING)
            atomic.remove_leftovers(path)
            drafts = _settled(folder, session, _read(path, sealing), sealing)
        except Corrupt as error:
            unreadable.append(error.place)
            alive.release(remove=False)
            continue
        except (OSError, StoreError):
            alive.release(remove=False)
            continue
        if drafts:
            found.append(LeftBehind(folder, alive, session, drafts, sealing))
        else:
            unlink(path)
            alive.release(remove=True)
    return found, unreadable


def living(directory: str, own: str = "") -> list[str]:
    """Return the sessions other than `own` that live, as far as they said so, in order."""
    folder = os.path.join(directory, FOLDER)
    found = []
    for session in sessions_in(folder):
        alive = Alive(folder, session)
        if session == own or not os.path.exists(alive.path):
            continue
        if alive.hold():
            alive.release(remove=False)
        else:
            found.append(session)
    return found


def sessions_in(folder: str) -> list[str]:
    """Return the sessions that have left anything in the folder of drafts, in order."""
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    return sorted({session for name in names if is_id(session := name.partition(".")[0])})


def _settled(
    folder: str, session: str, drafts: tuple[Draft, ...], sealing: Sealing | None
) -> tuple[Draft, ...]:
    """Return the drafts with what an editor left, on the disk; then its folders go."""
    settled = taken_in(folder, session, drafts)
    if settled and settled != drafts:
        atomic.write(os.path.join(folder, session + ENDING), [encode(session, settled, sealing)])
    remove_folders(folder, session)
    return settled


def _read(path: str, sealing: Sealing | None) -> tuple[Draft, ...]:
    try:
        file, _ = atomic.open_for_reading(path)
    except FileNotFoundError:
        return ()
    with file:
        return decode(file.read(), path, sealing)
