"""The lock that lets one process at a time write, held for an operation and never for longer."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from coach_tui.store import atomic, disk
from coach_tui.store.errors import Locked, ReadOnly
from coach_tui.store.paths import FILE_MODE

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNSUPPORTED = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS})
_SHORTEST_WAIT = 0.002
_LONGEST_WAIT = 0.05
_OPEN = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


class FileLock:
    """A lock between threads of this process and, by `flock` on a file, between processes.

    Waits up to `timeout_seconds` and then raises `Locked` (an `Unavailable`), naming the holder.
    `ReadOnly` when the file system knows no locks, or the file cannot be written. A thread that
    holds it may take it again.

    The file holds one line of JSON: who took it last (`pid`, `host`), and which commit of which
    store was acknowledged last (`store`, `sequence`). It is advice, written without waiting for
    the disk: an unreadable line counts as none.
    """

    def __init__(self, path: str, timeout_seconds: float) -> None:
        self.path = path
        self.timeout_seconds = timeout_seconds
        self._threads = threading.RLock()
        self._depth = 0
        self._descriptor = -1

    @contextmanager
    def hold(self, timeout_seconds: float | None = None) -> Iterator[None]:
        """Hold the lock for the block, waiting as long as given here or at the beginning."""
        seconds = self.timeout_seconds if timeout_seconds is None else timeout_seconds
        deadline = time.monotonic() + seconds
        if not self._threads.acquire(timeout=max(seconds, 0)):
            raise Locked(seconds, "this process, in another thread")
        try:
            if self._depth == 0:
                self._take(deadline, seconds)
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self._release()
        finally:
            self._threads.release()

    @contextmanager
    def among_threads(self) -> Iterator[bool]:
        """Keep this process's other threads out for the block, if none is in; yield whether."""
        held = self._threads.acquire(blocking=False)
        try:
            yield held
        finally:
            if held:
                self._threads.release()

    def acknowledged(self, store: str) -> int:
        """Return the newest commit of `store` that was ever acknowledged; 0 when unknown.

        Call it while the lock is held.
        """
        note = self._note()
        sequence = note.get("sequence")
        if note.get("store") != store or not isinstance(sequence, int):
            return 0
        return sequence

    def acknowledge(self, store: str, sequence: int) -> None:
        """Note that the commit `sequence` of `store` is durable. Call it while it is held."""
        self._write_note({"store": store, "sequence": sequence})

    def _take(self, deadline: float, seconds: float) -> None:
        pause = _SHORTEST_WAIT
        while True:
            descriptor = self._open()
            if self._lock(descriptor):
                self._descriptor = descriptor
                note = self._note()
                self._write_note({key: note[key] for key in ("store", "sequence") if key in note})
                return
            holder = _holder(descriptor)
            disk.close_quietly(descriptor)
            if time.monotonic() >= deadline:
                raise Locked(seconds, holder)
            time.sleep(min(pause, max(deadline - time.monotonic(), 0)))
            pause = min(pause * 2, _LONGEST_WAIT)

    def _open(self) -> int:
        try:
            return os.open(self.path, _OPEN, FILE_MODE)
        except OSError as error:
            raise atomic.named(error, self.path) from None

    def _lock(self, descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            disk.close_quietly(descriptor)
            if error.errno in _UNSUPPORTED:
                raise ReadOnly(
                    f"the file system of {self.path} has no locks, so that two sessions could "
                    "overwrite each other"
                ) from None
            raise atomic.named(error, self.path) from None
        return self._is_still_there(descriptor)

    def _is_still_there(self, descriptor: int) -> bool:
        # Somebody may have removed the file between opening and locking: then the next process
        # would lock another one.
        try:
            there = os.stat(self.path, follow_symlinks=False)
            return os.path.samestat(there, os.fstat(descriptor))
        except OSError:
            return False

    def _release(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        disk.close_quietly(descriptor)

    def _note(self) -> dict[str, Any]:
        return _read_note(self._descriptor)

    def _write_note(self, more: dict[str, Any]) -> None:
        note = {"pid": os.getpid(), "host": os.uname().nodename, **more}
        line = json.dumps(note).encode() + b"\n"
        try:
            os.pwrite(self._descriptor, line, 0)
            os.ftruncate(self._descriptor, len(line))
        except OSError:
            # A full disk: the lock is held all the same, and saving will say what is wrong.
            return


def _read_note(descriptor: int) -> dict[str, Any]:
    try:
        note = json.loads(os.pread(descriptor, 4096, 0))
    except (OSError, RecursionError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def _holder(descriptor: int) -> str:
    note = _read_note(descriptor)
    pid, host = note.get("pid"), note.get("host")
    if type(pid) is not int or not isinstance(host, str):
        return "of an unknown process"
    return f"process {pid} on {host}"
