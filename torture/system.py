"""Standing between the store and the system: every call by which the disk is read or changed.

The store calls the system through the attributes of `os` (and `fcntl.flock`), so a function put in
their place sees each call, and may let it fail.
"""

from __future__ import annotations

import errno
import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CHANGING = (
    "open",
    "write",
    "pwrite",
    "writev",
    "pwritev",
    "ftruncate",
    "truncate",
    "fsync",
    "fdatasync",
    "sync",
    "rename",
    "replace",
    "link",
    "symlink",
    "unlink",
    "remove",
    "mkdir",
    "rmdir",
)
"""Calls that change what is on the disk, or bring it there."""

LOOKING = ("stat", "lstat", "fstat", "listdir", "scandir", "read", "pread", "close", "chmod")


class Between(Protocol):
    """What stands between: `name` is the call's, `call` does it."""

    def __call__(self, name: str, call: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Return what the call is to return, or raise what it is to raise."""


@contextmanager
def between(stand: Between, names: tuple[str, ...] = CHANGING + LOOKING) -> Iterator[None]:
    """Let `stand` make the named calls of `os`, and `fcntl.flock`, while the block runs."""
    places: list[tuple[Any, str]] = [(os, name) for name in names if hasattr(os, name)]
    places.append((fcntl, "flock"))
    real = [getattr(module, name) for module, name in places]
    for (module, name), call in zip(places, real, strict=True):
        setattr(module, name, _standing(stand, name, call))
    try:
        yield
    finally:
        for (module, name), call in zip(places, real, strict=True):
            setattr(module, name, call)


def _standing(stand: Between, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    def standing(*given: Any, **named: Any) -> Any:
        return stand(name, call, *given, **named)

    return standing


class Faults:
    """Notes the calls by name, and lets the one at `place` fail with the error `code`.

    `code` None stands for a short write: half of what was to be written is, and that is said. Every
    other call at that place goes through. `close` closes before it fails, as the system does.
    """

    def __init__(self, place: int | None = None, code: int | None = errno.EIO) -> None:
        self.calls: list[str] = []
        self._place, self._code = place, code

    def __call__(self, name: str, call: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Make the call or fail it."""
        self.calls.append(name)
        if len(self.calls) - 1 != self._place:
            return call(*given, **named)
        if self._code is None:
            return call(*_halved(name, given), **named)
        if name == "close":
            call(*given)
        raise OSError(self._code, os.strerror(self._code))


def _halved(name: str, given: tuple[Any, ...]) -> tuple[Any, ...]:
    if name not in {"write", "pwrite"}:
        return given
    descriptor, data, *rest = given
    return (descriptor, bytes(data)[: max(len(data) // 2, 1)], *rest)
