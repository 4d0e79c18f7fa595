"""Writing a whole file so that a reader, a crash or a full disk sees the old one or the new one.

Plain. A file is written beside its place, brought to the disk, and renamed over it; a folder that
was renamed in is brought to the disk too (store.md section 3).
"""

from __future__ import annotations

import errno
import os
import stat

from coach_tui.store.errors import ReadOnly, StoreError, StoreFull, Unavailable
from coach_tui.store.paths import FILE_MODE, TEMPORARY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_ALLOWED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_NO_SUCH_CALL = frozenset({errno.EINVAL, errno.ENOTSUP})
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
    temporary = f"{path}.{os.getpid()}-{os.urandom(4).hex()}{TEMPORARY}"
    try:
        status = _write_temporary(temporary, chunks, durable)
        os.replace(temporary, path)
    except BaseException as error:
        _remove(temporary)
        if isinstance(error, OSError):
            raise named(error, path) from None
        raise
    if durable:
        _confirm(path)
    return status


def _write_temporary(temporary: str, chunks: Iterable[bytes], durable: bool) -> os.stat_result:
    descriptor = os.open(temporary, _NEW, FILE_MODE)
    try:
        for chunk in chunks:
            _write_all(descriptor, chunk)
        if durable:
            os.fsync(descriptor)
        status = os.fstat(descriptor)
    except BaseException:
        close_quietly(descriptor)
        raise
    # Network file systems report a full disk only here.
    os.close(descriptor)
    return status


def _write_all(descriptor: int, chunk: bytes) -> None:
    rest = memoryview(chunk)
    while rest:
        written = os.write(descriptor, rest)
        if written == 0:
            raise OSError(errno.ENOSPC, "a short write")
        rest = rest[written:]


def _confirm(path: str) -> None:
    folder = os.path.dirname(path) or "."
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            close_quietly(descriptor)
    except OSError as error:
        if error.errno in _NO_SUCH_CALL:
            # Some network file systems cannot bring a folder to the disk and need not.
            return
        raise Unavailable(
            f"The disk did not confirm the new {path} ({error.strerror}); it is in place now, and "
            "a power cut could bring back the one before; see to the disk and save again"
        ) from None


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        return


def close_quietly(descriptor: int) -> None:
    """Close a descriptor through which nothing was written that matters."""
    try:
        os.close(descriptor)
    except OSError:
        return


def remove_leftovers(path: str) -> list[str]:
    """Remove temporary files that writers of `path` left when they died; return their paths.

    Call it under the store's lock: then no writer is alive. Raises `ReadOnly`, `Unavailable` when
    the folder cannot be read.
    """
    folder, name = os.path.split(path)
    try:
        entries = sorted(os.listdir(folder))
    except OSError as error:
        raise named(error, folder) from None
    removed = []
    for entry in entries:
        if entry.startswith(f"{name}.") and entry.endswith(TEMPORARY):
            leftover = os.path.join(folder, entry)
            _remove(leftover)
            removed.append(leftover)
    return removed
