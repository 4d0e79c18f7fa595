"""All notes in memory, in the order they are shown, read piece by piece off the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import TYPE_CHECKING, Protocol, TypeVar

from coach_tui.domain.names import found_by
from coach_tui.domain.note_search import Asked, Found, Kept, find

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from coach_tui.coaching.desk import Desk
    from coach_tui.coaching.finding_notes import Reading

Answer = TypeVar("Answer")

MOST = 500
"""Rows that are shown at most: who wants others asks for more words."""


class Perform(Protocol):
    """What runs a verb off the event loop, one after another; see `CoachScreen.perform`."""

    def __call__(self, verb: Callable[[Desk], Answer], /) -> Awaitable[Answer]:
        """Return the verb's answer, or raise `NotDone` after it was told why."""


class NotesIndex:
    """Everything that can be found. It grows from the newest on while it is read."""

    def __init__(self, perform: Perform) -> None:
        """Read with verbs that `perform` runs."""
        self._perform = perform
        self._of: dict[str, Kept | None] = {}
        self._newest_first: list[Kept] | None = []
        self._sequence = 0
        self._reading: Reading | None = None
        self.names: Mapping[str, str] = {}

    @property
    def is_whole(self) -> bool:
        """Whether everything was read."""
        return self._reading is not None and self._reading.is_done

    @property
    def is_being_read(self) -> bool:
        """Whether the reading was begun and there is more to read."""
        return self._reading is not None and not self._reading.is_done

    @property
    def read(self) -> int:
        """How many observations were read so far."""
        return len(self._of)

    @property
    def total(self) -> int:
        """How many observations there were when the reading began."""
        return 0 if self._reading is None else self._reading.total

    @property
    def unreadable(self) -> int:
        """How many observations could not be read."""
        return 0 if self._reading is None else self._reading.unreadable

    @property
    def newest_first(self) -> list[Kept]:
        """What was read so far: a list of its own after each change, so that a thread may look."""
        if self._newest_first is None:
            there = [one for one in self._of.values() if one is not None]
            self._newest_first = sorted(there, key=itemgetter(0), reverse=True)
        return self._newest_first

    async def catch_up(self) -> None:
        """Take in what changed since the last time; the first time, begin to read.

        Raises `NotDone` when it cannot be read.
        """
        if self._reading is None:
            await self._begin()
            return
        since = self._sequence
        changed = await self._perform(lambda desk: desk.notes.changed_since(since))
        if changed is None:
            await self._begin()
            return
        if changed.names:
            self.names = await self._perform(lambda desk: desk.notes.names())
        self._take(changed.notes.items())
        self._sequence = changed.sequence

    async def _begin(self) -> None:
        self.names = await self._perform(lambda desk: desk.notes.names())
        reading = await self._perform(lambda desk: desk.notes.reading())
        self._reading, self._sequence, self._of = reading, reading.sequence, {}
        self._newest_first = []

    async def read_on(self) -> None:
        """Read the next piece. Raises `NotDone`, and then `catch_up` begins anew."""
        reading = self._reading
        if reading is None:
            return
        try:
            piece = await self._perform(lambda _: reading.next_piece())
        except BaseException:
            self._reading = None
            raise
        if reading is self._reading:
            # What changed meanwhile is newer than what is read.
            self._take((one.id, one) for one in piece if one.id not in self._of)

    def _take(self, notes: Iterable[tuple[str, Kept | None]]) -> None:
        self._of.update(notes)
        self._newest_first = None

    async def find(self, question: Asked) -> list[Found]:
        """Return what fits of what was read, newest first, at most `MOST`."""
        names = {id: found_by(name) for id, name in self.names.items()}
        return await asyncio.to_thread(_found, self.newest_first, question, names)


def _found(among: list[Kept], question: Asked, names: Mapping[str, str]) -> list[Found]:
    return list(find(among, question, names, MOST))
