"""Room for the drafts of a session that is kept beside them, for when the disk is full."""

from __future__ import annotations

import os
from contextlib import suppress

from coach_tui.store import atomic, disk
from coach_tui.store.drafts import unlink
from coach_tui.store.errors import StoreFull
from coach_tui.store.paths import FILE_MODE, TEMPORARY

SIZE = 1 << 16
"""Bytes of each of the two files of room: some hundred lines that wait, and a long form."""

_NEW = os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC


class DraftRoom:
    """The draft file at `path`, written whole, and two files of blanks beside it.

    On a full disk what is written goes into the room that one of them has already, and that file
    takes the place of the drafts. What it replaces becomes room again, so that nobody else gets
    it. Blanks after the last bracket mean nothing to JSON.

    What a killed session leaves of it looks like what it was just writing, and goes with that.
    """

    def __init__(self, path: str) -> None:
        """Keep room beside `path` once `reserve` was called, or something was written."""
        self._path = path
        self._free: list[_Blanks] = []
        self._placed: _Blanks | None = None

    def reserve(self) -> None:
        """Keep the room, as far as there is any."""
        held = [one.path for one in (*self._free, self._placed) if one is not None]
        for number in (1, 2):
            path = f"{self._path}.room-{number}{TEMPORARY}"
            if path in held:
                continue
            with suppress(OSError):
                self._free.append(_Blanks(path))

    def write(self, content: bytes) -> None:
        """Put `content` in the place of the file; not waiting for the disk, where there is room.

        Raises `StoreFull` when there is no room for it here either, else as `atomic.write`.
        """
        try:
            atomic.write(self._path, [content], durable=False)
        except StoreFull:
            if not self._free or len(content) > SIZE:
                raise
            self._write_into_room(self._free[-1], content)
            return
        if self._placed is not None:
            self._placed.close()
            self._placed = None
        self.reserve()

    def _write_into_room(self, room: _Blanks, content: bytes) -> None:
        # Before it takes the place of the other: what stands in the file now may be old.
        room.fill(content, durable=True)
        before, kept = self._placed, False
        if before is not None:
            with suppress(OSError):
                os.link(self._path, before.path)
                kept = True
        os.replace(room.path, self._path)
        self._free.remove(room)
        self._placed = room
        if before is not None:
            self._take_back(before, kept=kept)

    def clear(self) -> None:
        """Take the file away: nothing unsaved is left."""
        placed, self._placed = self._placed, None
        if placed is None:
            unlink(self._path)
            return
        try:
            os.replace(self._path, placed.path)
        except FileNotFoundError:
            self._take_back(placed, kept=False)
        else:
            self._take_back(placed, kept=True)

    def _take_back(self, room: _Blanks, *, kept: bool) -> None:
        """Make room again of a file that held drafts; none is left of it where it was not kept."""
        if not kept:
            room.close()
            return
        room.fill(b"")
        self._free.append(room)

    def give_up(self) -> None:
        """Remove what was kept; the draft file stays."""
        for one in self._free:
            one.close()
            disk.remove_quietly(one.path)
        self._free.clear()
        if self._placed is not None:
            self._placed.close()
            self._placed = None


class _Blanks:
    """A file of `SIZE` blanks. Raises `OSError`, and then there is none."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._descriptor = os.open(path, _NEW, FILE_MODE)
        try:
            self.fill(b"")
        except OSError:
            self.close()
            disk.remove_quietly(path)
            raise

    def fill(self, content: bytes, *, durable: bool = False) -> None:
        """Hold `content` and then blanks, in the room that the file has."""
        disk.write_all(self._descriptor, content.ljust(SIZE), 0)
        if durable:
            disk.sync(self._descriptor)

    def close(self) -> None:
        """Let go of the file."""
        disk.close_quietly(self._descriptor)
