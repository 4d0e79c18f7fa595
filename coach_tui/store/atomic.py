"""Writing a whole file so that a reader, a crash or a full disk sees the old one or the new one.

Plain. A file is written beside its place, brought to the disk, and renamed over it; a folder that
was renamed in is brought to the disk too.
"""

from __future__ import annotations

import errno
import os
import stat

from coach_tui.store.disk import close_quietly, remove_quietly, sync_folder, write_all
from coach_tui.store.errors import ReadOnly, StoreError, StoreFull, Unavailable
from coach_tui.store.paths import FILE_MODE, TEMPORARY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_ALLOWED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_OLD = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


def named(error: OSError, place: str) -> StoreError:
    """Return the store's own error for what the system said about `place`."""
    if error.errno in _NO_ROOM:
        return StoreFull(place)
    if error.errno in _NOT_ALLOWED:
        return ReadOnly(f"{place} ({error.strerror})")
    if error.errno == errno.ELOOP:
        return Unavailable(
            f"{place} is a symbolic link, and two stores that share a file would not see each "
            "other's lock; nothing was changed; link the folder instead"
        )
    return Unavailable(
        f"{place} could not be used ({error.strerror}); all that was saved before is safe; "
        "see to the disk or the folder and try again"
    )


def open_for_reading(path: str) -> tuple[BinaryIO, os.stat_result]:
    """Return the regular file at `path`, open, and its status.

    Raises `FileNotFoundError`, or a named error: `Unavailable` for a link, a folder, a pipe.
    """
    try:
        descriptor = os.open(path, _OLD)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise named(error, path) from None
    try:
        status = os.fstat(descriptor)
    except OSError as error:
        close_quietly(descriptor)
        raise named(error, path) from None
    if stat.S_ISREG(status.st_mode):
        return open(descriptor, "rb"), status
    close_quietly(descriptor)
    raise Unavailable(
        f"{path} is not a file; nothing was changed; move it away, or name another folder"
    )


def write(path: str, chunks: Iterable[bytes], *, durable: bool = True) -> os.stat_result:
    """Put a file of these `chunks`, mode 0600, in the place of `path`; return its status.

    When it returns the new content is on the disk, unless `durable` is False. On any error the
    temporary file is removed and the old file is as it was: `StoreFull`, `ReadOnly`,
    `Unavailable`. The one exception is a folder that does not answer at the very end: the new
    file stands, the disk has not confirmed it, and `Unavailable` says so.
    """
    return Replacement(path, chunks, durable=durable).put_in_place()


class Replacement:
    """A whole new file beside the place of `path`, on the disk already, that is not there yet.

    Raises `StoreFull`, `ReadOnly`, `Unavailable`, and then nothing is left behind. While it is
    there, `remove_leftovers` passes it over.
    """

    def __init__(self, path: str, chunks: Iterable[bytes], *, durable: bool = True) -> None:
        self.path, self._durable = path, durable
        self._temporary = f"{path}.{os.getpid()}-{os.urandom(4).hex()}{TEMPORARY}"
        self._guard = -1
        try:
            self.status = self._write(chunks)
        except BaseException as error:
            self.discard()
            if isinstance(error, OSError):
                raise named(error, path) from None
            raise

    def _write(self, chunks: Iterable[bytes]) -> os.stat_result:
        descriptor = os.open(self._temporary, _NEW, FILE_MODE)
        try:
            self._guard = _guarded(descriptor)
            for chunk in chunks:
                write_all(descriptor, chunk)
            if self._durable:
                os.fsync(descriptor)
            status = os.fstat(descriptor)
        except BaseException:
            close_quietly(descriptor)
            raise
        # Network file systems report a full disk only here.
        os.close(descriptor)
        return status

    def put_in_place(self) -> os.stat_result:
        """Rename it over `path`, durably; return its status. Raises as `write` does."""
        try:
            os.replace(self._temporary, self.path)
        except BaseException as error:
            self.discard()
            if isinstance(error, OSError):
                raise named(error, self.path) from None
            raise
        self._let_go()
        if self._durable:
            _confirm(self.path)
        return self.status

    def discard(self) -> None:
        """Remove it."""
        remove_quietly(self._temporary)
        self._let_go()

    def _let_go(self) -> None:
        if self._guard >= 0:
            close_quietly(self._guard)
            self._guard = -1


def _guarded(descriptor: int) -> int:
    """Lock a temporary file, so that others see that its writer lives; return what holds that."""
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.dup(descriptor)
    except OSError:
        # No locks here: then nobody else writes either.
        return -1


def _is_being_written(path: str) -> bool:
    import fcntl

    try:
        descriptor = os.open(path, _OLD)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        close_quietly(descriptor)
    return False


def _confirm(path: str) -> None:
    try:
        sync_folder(os.path.dirname(path))
    except OSError as error:
        raise Unavailable(
            f"The disk did not confirm the new {path} ({error.strerror}); it is in place now, and "
            "a power cut could bring back the one before; see to the disk and save again"
        ) from None


def remove_leftovers(path: str) -> list[str]:
    """Remove temporary files that writers of `path` left when they died; return their paths.

    One whose writer is still at it stays. Raises `ReadOnly`, `Unavailable` when the folder cannot
    be read.
    """
    folder, name = os.path.split(path)
    try:
        entries = sorted(os.listdir(folder))
    except OSError as error:
        raise named(error, folder) from None
    removed = []
    for entry in entries:
        leftover = os.path.join(folder, entry)
        if not (entry.startswith(f"{name}.") and entry.endswith(TEMPORARY)):
            continue
        if not _is_being_written(leftover):
            remove_quietly(leftover)
            removed.append(leftover)
    return removed
