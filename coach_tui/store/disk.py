"""Changing a file in its place, and bringing files and folders to the disk. Plain.

Every change that the store makes to a disk is here, in `atomic` and in `lock`, by functions of
`os` that are looked up when they are called: so the tests can record and fail each of them.
"""

from __future__ import annotations

import errno
import os

_NO_SUCH_CALL = frozenset({errno.EINVAL, errno.ENOTSUP})


def write_all(descriptor: int, data: bytes, offset: int | None = None) -> None:
    """Write all of `data`, at `offset` or where the file stands. Raises `OSError`."""
    rest = memoryview(data)
    while rest:
        if offset is None:
            written = os.write(descriptor, rest)
        else:
            written = os.pwrite(descriptor, rest, offset)
            offset += written
        if written == 0:
            raise OSError(errno.ENOSPC, "a short write")
        rest = rest[written:]


def read_at(descriptor: int, offset: int, end: int) -> bytes:
    """Return the bytes from `offset` to `end`, fewer where the file ends. Raises `OSError`."""
    pieces = []
    while offset < end:
        piece = os.pread(descriptor, end - offset, offset)
        if not piece:
            break
        pieces.append(piece)
        offset += len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def sync(descriptor: int) -> None:
    """Wait until the file's content is on the disk. Raises `OSError`."""
    # macOS has no fdatasync.
    getattr(os, "fdatasync", os.fsync)(descriptor)


def sync_folder(folder: str) -> None:
    """Wait until the folder's entries are on the disk. Raises `OSError`."""
    descriptor = os.open(folder or ".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems cannot bring a folder to the disk and need not.
        if error.errno not in _NO_SUCH_CALL:
            raise
    finally:
        close_quietly(descriptor)


def remove_quietly(path: str) -> None:
    """Remove a file that is of no use any more."""
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
