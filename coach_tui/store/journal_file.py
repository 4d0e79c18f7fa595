"""The journal's file while a store is open: appended to durably, or as it was before."""

from __future__ import annotations

import os

from coach_tui.store import atomic, disk, journal
from coach_tui.store.errors import Unavailable

_OPEN = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


class JournalFile:
    """An open journal. `size` is how many of its bytes are whole lines that were acknowledged.

    It stays open, so that no other file can have its number (inode). `is_trusted` turns False when
    the disk did not confirm a write: no later confirmation for this file is believed then.
    """

    def __init__(self, path: str, size: int, *, writable: bool, named: bool = False) -> None:
        """Open it; `named` when its place in the folder is on the disk for certain.

        Raises `FileNotFoundError`, `ReadOnly`, `Unavailable`.
        """
        self.path, self.size = path, size
        self.is_trusted = True
        self._is_named = named
        self._unfinished = b""
        self._descriptor = -1
        try:
            self._descriptor = os.open(path, _OPEN if writable else _READ)
            self._status = os.fstat(self._descriptor)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise atomic.named(error, path) from None

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Close it."""
        descriptor, self._descriptor = getattr(self, "_descriptor", -1), -1
        if descriptor >= 0:
            disk.close_quietly(descriptor)

    def length(self) -> int | None:
        """Return how long the file is that has the journal's name; None when it is another one.

        Raises `Unavailable`.
        """
        try:
            status = os.stat(self.path, follow_symlinks=False)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise atomic.named(error, self.path) from None
        return status.st_size if os.path.samestat(status, self._status) else None

    def modified(self) -> int:
        """Return when the file was modified, in nanoseconds. Raises `OSError`."""
        return os.fstat(self._descriptor).st_mtime_ns

    def read(self, start: int, end: int) -> bytes:
        """Return the bytes between two places. Raises `Unavailable`."""
        try:
            return disk.read_at(self._descriptor, start, end)
        except OSError as error:
            raise atomic.named(error, self.path) from None

    def ends_with(self, head: str) -> bool:
        """Whether what was acknowledged still ends with the line that has the hash `head`."""
        tail = b'"h":"%b"}\n' % head.encode()
        return self.read(max(0, self.size - len(tail)), self.size) == tail

    def append(self, line: bytes) -> None:
        """Append a line durably.

        Raises `StoreFull`, `ReadOnly`, `Unavailable`, and then the file is as it was, as far as the
        disk lets it be.
        """
        self._confirm_name()
        try:
            disk.write_all(self._descriptor, line, self.size)
            self._confirm()
        except BaseException as error:
            self._unfinished = line
            self.cut_back()
            if isinstance(error, OSError):
                raise atomic.named(error, self.path) from None
            raise
        self.size += len(line)

    def _confirm_name(self) -> None:
        # Whoever put the file in its place may have died, or been told by the disk that it failed,
        # before that was certain: then a power cut brings the journal back that was there before.
        if self._is_named:
            return
        try:
            disk.sync_folder(os.path.dirname(self.path))
        except OSError as error:
            raise atomic.named(error, self.path) from None
        self._is_named = True

    def _confirm(self) -> None:
        try:
            disk.sync(self._descriptor)
        except OSError:
            # The system may call the same pages clean from now on, though they are lost.
            self.is_trusted = False
            raise

    def cut_back(self) -> bool:
        """Take away what an append left that failed; return whether nothing of it is left.

        Another session may have taken a whole line for a commit and gone on from there: then it is
        one. Call it under the store's lock.
        """
        if not self._unfinished:
            return True
        try:
            length = os.fstat(self._descriptor).st_size
            if self.size < length <= self.size + len(self._unfinished):
                os.ftruncate(self._descriptor, self.size)
        except OSError:
            return False
        self._unfinished = b""
        return True

    def cut_off_rest(self, rest: bytes, aside: str) -> None:
        """Put what follows the last whole line into the file `aside`, and take it away here.

        Raises `StoreFull`, `ReadOnly`, `Unavailable`.
        """
        atomic.write(aside, [rest])
        try:
            os.ftruncate(self._descriptor, self.size)
            self._confirm()
        except OSError as error:
            raise atomic.named(error, self.path) from None


def create(path: str, store: str, after: int, head: str, lines: bytes = b"") -> JournalFile:
    """Put a journal that begins after a commit in the place of `path`, durably, and open it.

    `lines` are commits that follow. Raises as `atomic.write` does.
    """
    whole = journal.first_line(store, after, head) + lines
    atomic.write(path, [whole])
    try:
        return JournalFile(path, len(whole), writable=True, named=True)
    except FileNotFoundError:
        raise Unavailable(f"{path} is gone; another program removes files there") from None
