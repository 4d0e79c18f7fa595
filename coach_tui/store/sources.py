"""Where the bytes of a snapshot's file come from."""

from __future__ import annotations

from typing import Protocol

from coach_tui.store import disk
from coach_tui.store.errors import Unavailable


class Source(Protocol):
    """Where a file's bytes come from."""

    def read(self, start: int, end: int) -> bytes:
        """Return the bytes from `start` to `end`."""


class Held:
    """A file that was read into memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, start: int, end: int) -> bytes:
        """Return the bytes from `start` to `end`."""
        return self._data[start:end]


class OnDisk:
    """A large file that stays open and is read where it is looked at.

    It is not mapped into memory: whoever edits the file in its place, which cuts it first, would
    kill every process that has it mapped. A file that was renamed over stays as it was.
    """

    def __init__(self, descriptor: int, place: str) -> None:
        self._descriptor, self._place = descriptor, place

    def read(self, start: int, end: int) -> bytes:
        """Return the bytes from `start` to `end`. Raises `Unavailable` when they are gone."""
        try:
            data = disk.read_at(self._descriptor, start, end)
        except OSError:
            data = b""
        if len(data) != end - start:
            raise Unavailable(
                f"{self._place} was cut or cannot be read any more; what was saved since it was "
                "written is safe in the journal; start coach-tui again"
            )
        return data

    def __del__(self) -> None:
        disk.close_quietly(self._descriptor)
