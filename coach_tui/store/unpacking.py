"""A folder within the store's own in which a backup lies unpacked for a while.

Notes are never unpacked elsewhere: what a killed process leaves here is removed by whoever opens
the store next, and by `doctor --fix`. The folder is locked as long as somebody works in it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from typing import TYPE_CHECKING

from coach_tui.store import atomic, disk
from coach_tui.store.errors import Unavailable
from coach_tui.store.paths import FOLDER_MODE, RESTORING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRIES = 10
_OPEN = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


class Room:
    """A new folder, mode 0700, in the store's folder; `close` removes it with all it holds."""

    def __init__(self, directory: str) -> None:
        """Make it in `directory`. Raises `StoreFull`, `ReadOnly`, `Unavailable`."""
        for _ in range(_TRIES):
            self.path = os.path.join(directory, f"{RESTORING}-{os.urandom(8).hex()}")
            try:
                os.mkdir(self.path, FOLDER_MODE)
                self._descriptor = os.open(self.path, _OPEN)
            except FileNotFoundError:
                # Somebody who was tidying up came between the two.
                continue
            except OSError as error:
                raise atomic.named(error, self.path) from None
            if _is_free(self._descriptor) and os.path.isdir(self.path):
                return
            disk.close_quietly(self._descriptor)
        raise Unavailable(f"No folder can be kept in {directory}; nothing was changed; try again")

    def close(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.path, ignore_errors=True)
        disk.close_quietly(self._descriptor)


def left_over(directory: str) -> list[str]:
    """Return the folders of processes that died, in order."""
    found = []
    for path, descriptor in _free(directory):
        disk.close_quietly(descriptor)
        found.append(path)
    return found


def clear(directory: str) -> list[str]:
    """Remove what processes left that died; return the paths of what is gone."""
    gone = []
    for path, descriptor in _free(directory):
        # Held until it is gone: whoever has just made it then makes another.
        shutil.rmtree(path, ignore_errors=True)
        disk.close_quietly(descriptor)
        if not os.path.lexists(path):
            gone.append(path)
    return gone


def _free(directory: str) -> Iterator[tuple[str, int]]:
    """Yield each folder in which nobody works, with a descriptor that holds its lock."""
    try:
        names = sorted(name for name in os.listdir(directory) if name.startswith(f"{RESTORING}-"))
    except OSError:
        return
    for path in (os.path.join(directory, name) for name in names):
        try:
            descriptor = os.open(path, _OPEN)
        except OSError:
            continue
        if _is_free(descriptor):
            yield path, descriptor
        else:
            disk.close_quietly(descriptor)


def _is_free(descriptor: int) -> bool:
    """Take the lock, if nobody has it. Where a disk knows no locks, nobody has one."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
