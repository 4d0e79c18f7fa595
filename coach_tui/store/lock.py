"""The lock that lets one process at a time write, for an operation and never for longer. Plain."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import threading
import time
from contextlib import contextmanager

from coach_tui.store import atomic, disk
from coach_tui.store.errors import Locked, ReadOnly
from coach_tui.store.paths import FILE_MODE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_UNSUPPORTED = frozenset({errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS})
_SHORTEST_WAIT = 0.002
_LONGEST_WAIT = 0.05
_LENGTH = 199
_OPEN = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC


class FileLock:
    """A lock between threads of this process and, by `flock` on a file, between processes.

    Waits up to `timeout_seconds` and then raises `Locked` (an `Unavailable`), naming the holder.
    `ReadOnly` when the file system knows no locks, or the file cannot be written. A thread that
    holds it may take it again.

    The file stays open as long as this lives. It holds one line of JSON: who took it last (`pid`,
    `host`), and which commit of which store was acknowledged last (`store`, `sequence`). It is
    advice, written without waiting for the disk: an unreadable line counts as none.
    """

    def __init__(self, path: str, timeout_seconds: float) -> None:
        self.path = path
        self.timeout_seconds = timeout_seconds
        self._threads = threading.RLock()
        self._depth = 0
        self._descriptor = -1
        self._status: os.stat_result | None = None
        self._host = os.uname().nodename
        self._line = b""
        self._pid = os.getpid()

    def __del__(self) -> None:
        disk.close_quietly(self._descriptor)

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
        note = _parsed(self._line)
        sequence = note.get("sequence")
        if note.get("store") != store or not isinstance(sequence, int):
            return 0
        return sequence

    def acknowledge(self, store: str, sequence: int) -> None:
        """Note that the commit `sequence` of `store` is durable. Call it while it is held."""
        self._write_note({"store": store, "sequence": sequence})

    def _take(self, deadline: float, seconds: float) -> None:
        pause = _SHORTEST_WAIT
        if self._pid != os.getpid():
            # After a fork parent and child would hold one and the same lock.
            self._pid = os.getpid()
            self._let_go()
        while True:
            if self._descriptor < 0:
                self._descriptor = self._open()
            if self._lock():
                self._look_at_note()
                return
            holder = _holder(self._descriptor)
            if time.monotonic() >= deadline:
                raise Locked(seconds, holder)
            time.sleep(min(pause, max(deadline - time.monotonic(), 0)))
            pause = min(pause * 2, _LONGEST_WAIT)

    def _open(self) -> int:
        try:
            return os.open(self.path, _OPEN, FILE_MODE)
        except OSError as error:
            raise atomic.named(error, self.path) from None

    def _lock(self) -> bool:
        """Take the lock if it is free; otherwise, or when the file is another one, False."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError as error:
            self._let_go()
            if error.errno in _UNSUPPORTED:
                raise ReadOnly(
                    f"the file system of {self.path} has no locks, so that two sessions could "
                    "overwrite each other"
                ) from None
            raise atomic.named(error, self.path) from None
        if self._is_still_there():
            return True
        self._let_go()
        self._descriptor = self._open()
        return False

    def _is_still_there(self) -> bool:
        # Somebody may have removed the file since it was opened: then the next process would lock
        # another one.
        try:
            if self._status is None:
                self._status = os.fstat(self._descriptor)
            there = os.stat(self.path, follow_symlinks=False)
        except OSError:
            return False
        return os.path.samestat(there, self._status)

    def _release(self) -> None:
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        except OSError:
            # Closing it lets go of it, whatever is wrong.
            self._let_go()

    def _let_go(self) -> None:
        descriptor, self._descriptor, self._status = self._descriptor, -1, None
        disk.close_quietly(descriptor)

    def _look_at_note(self) -> None:
        """Read who held it last, and put this process in that place."""
        line = _note_in(self._descriptor)
        if line == self._line and line:
            return
        self._line = line
        note = _parsed(line)
        self._write_note({key: note[key] for key in ("store", "sequence") if key in note})

    def _write_note(self, more: dict[str, Any]) -> None:
        note = {"pid": self._pid, "host": self._host, **more}
        # Of one length, so that the file need not be cut.
        line = json.dumps(note, separators=(",", ":")).encode().ljust(_LENGTH) + b"\n"
        try:
            os.pwrite(self._descriptor, line, 0)
            if len(self._line) > len(line):
                os.ftruncate(self._descriptor, len(line))
        except OSError:
            # A full disk: the lock is held all the same, and saving will say what is wrong.
            return
        self._line = line


def _note_in(descriptor: int) -> bytes:
    try:
        return os.pread(descriptor, 4096, 0)
    except OSError:
        return b""


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        note = json.loads(line)
    except (RecursionError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def _holder(descriptor: int) -> str:
    note = _parsed(_note_in(descriptor))
    pid, host = note.get("pid"), note.get("host")
    if type(pid) is not int or not isinstance(host, str):
        return "of an unknown process"
    return f"process {pid} on {host}"
