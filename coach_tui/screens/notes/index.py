"""All notes in memory, in the order they are shown, read piece by piece off the event loop."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from coach_tui.domain.note_search import Asked, Found, Kept, find
from coach_tui.screens.base import CoachScreen

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk

MOST = 500
"""Rows that are shown at most: who wants others asks for more words."""


class NotesIndex:
    """Everything that can be found. One teacher is read at a time, so that saving never waits."""

    def __init__(self, screen: CoachScreen) -> None:
        """Read as the verbs of `screen` are performed: what is refused is told there."""
        self._screen = screen
        self._of: dict[str, list[Kept]] = {}
        self._sequence: int | None = None
        self.names: dict[str, str] = {}
        self.newest_first: list[Kept] = []

    async def update(self) -> bool:
        """Read what changed since the last time, everything the first time; whether anything did.

        Raises `NotDone` when it cannot be read.
        """
        before = self._sequence
        sequence = await self._screen.perform(lambda desk: desk.notes.sequence)
        if before == sequence:
            return False
        touched = None
        if before is not None:
            since = before
            touched = await self._screen.perform(lambda desk: desk.notes.changed_since(since))
        self.names = await self._screen.perform(lambda desk: desk.notes.names())
        await self._read(self.names if touched is None else touched)
        self._sequence = sequence
        every = (one for notes in self._of.values() for one in notes)
        self.newest_first = sorted(every, key=lambda one: one.order, reverse=True)
        return True

    async def _read(self, coachees: Iterable[str]) -> None:
        for id in list(coachees):
            if id in self.names:
                self._of[id] = await self._screen.perform(partial(_notes_of, id=id))
            else:
                self._of.pop(id, None)

    def find(self, question: Asked) -> list[Found]:
        """Return what fits, newest first, at most `MOST`."""
        names = {id: name.casefold() for id, name in self.names.items()}
        return list(find(self.newest_first, question, names, MOST))


def _notes_of(desk: Desk, id: str) -> list[Kept]:
    return desk.notes.of(id)
