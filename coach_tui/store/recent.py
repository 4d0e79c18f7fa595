"""The newest commits of a store, as their lines: undo, history and other screens ask for them."""

from __future__ import annotations

from collections import deque

MOST = 256
"""Commits that are kept in memory at most."""

MOST_BYTES = 8 << 20
"""Bytes of lines that are kept at most: with a long script, each of its commits is as long."""


class Recent:
    """Lines of commits by number, oldest first, and from which number on all of them are here.

    `reaches_back_to` is the commit since which the store's files tell one story: what was before
    may have been another, that was put back or repaired.
    """

    def __init__(self) -> None:
        """Begin with an empty store."""
        self._lines: deque[tuple[int, bytes]] = deque()
        self._bytes = 0
        self._from = self.reaches_back_to = 0

    def begin(self, sequence: int) -> None:
        """Forget all: what is known begins after the commit `sequence`."""
        self._lines.clear()
        self._bytes = 0
        self._from = sequence

    def add(self, sequence: int, line: bytes) -> None:
        """Keep the line of the newest commit, and let go of the oldest where it is too much."""
        self._lines.append((sequence, line))
        self._bytes += len(line)
        while len(self._lines) > MOST or (self._bytes > MOST_BYTES and len(self._lines) > 1):
            self._from, oldest = self._lines.popleft()
            self._bytes -= len(oldest)

    def take_back(self, sequence: int) -> None:
        """Let go of the newest commit: it could not be made."""
        if self._lines and self._lines[-1][0] == sequence:
            self._bytes -= len(self._lines.pop()[1])

    def since(self, sequence: int) -> list[bytes] | None:
        """Return the lines of the commits after this one, None when not all of them are here."""
        # First the lines: another thread may let go of the oldest meanwhile, and then says so.
        lines = tuple(self._lines)
        if sequence < self._from or sequence < self.reaches_back_to:
            return None
        return [line for number, line in lines if number > sequence]
