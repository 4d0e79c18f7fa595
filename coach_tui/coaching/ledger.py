"""Saving with a name for what was done, and taking it back."""

from __future__ import annotations

from datetime import date

from coach_tui.coaching.clock import Clock, today
from coach_tui.domain.records import Record
from coach_tui.store.engine import Commit, Delete, Operation, Put
from coach_tui.store.ids import new_id
from coach_tui.store.records import RecordStore

DEPTH = 200
"""How many changes can be taken back."""


class Done:
    """One change that was saved: what the coach would call it, and what it replaced.

    `revisions` holds, for each document, the revision it must still have to be put back.
    """

    def __init__(self, title: str, commit: Commit) -> None:
        """Remember the change as it was saved."""
        self.title, self.changes = title, commit.changes
        self.revisions = {(c.table, c.id): commit.sequence for c in commit.changes}

    def inverse(self) -> list[Operation]:
        """Return the operations that put everything back, the last change first."""
        return [
            Delete(change.table, change.id, self.revisions[change.table, change.id])
            if change.before is None
            else Put(change.table, change.before, self.revisions[change.table, change.id])
            for change in reversed(self.changes)
        ]


class Ledger:
    """The store with a memory of what this session changed, so that it can be undone.

    Every save is one transaction. Undo is a transaction too: it puts back what was there before
    and is refused with the store's `Conflict` when someone changed it since.
    """

    def __init__(self, store: RecordStore, clock: Clock) -> None:
        """Save to `store` with the times of `clock`."""
        self.store, self.clock = store, clock
        self._done: list[Done] = []

    def today(self) -> date:
        """Return the local date."""
        return today(self.clock)

    def new_id(self) -> str:
        """Return a new id, in the order of time."""
        return new_id(self.clock.now())

    def save(self, title: str, *records: Record) -> None:
        """Save `records` in one transaction; `title` says what was done (`Pause Ana Ruiz`).

        Durable when it returns. Raises the store's errors, and then nothing was changed.
        """
        self._remember(title, self.store.save(*records, at=self.clock.now()).commit)

    def take_over(self, title: str, *records: Record) -> None:
        """Save records of another store as they are: their own `updated_at` stays."""
        operations = [Put(one.table, one.to_document(), one.revision) for one in records]
        self._remember(title, self.store.apply(operations, at=self.clock.now()))

    def _remember(self, title: str, commit: Commit) -> None:
        if commit.changes:
            self._done = [*self._done[1 - DEPTH :], Done(title, commit)]

    @property
    def last(self) -> str | None:
        """The title of the change that `undo` would take back."""
        return self._done[-1].title if self._done else None

    def undo(self) -> str | None:
        """Take back the last change of this session; returns its title, None when there is none.

        Raises `Conflict` when a document was changed since by another session; the change then
        stays, and so does what the other session wrote.
        """
        if not self._done:
            return None
        undone = self._done[-1]
        commit = self.store.apply(undone.inverse(), at=self.clock.now())
        self._done.pop()
        self._follow(undone, commit)
        return undone.title

    def _follow(self, undone: Done, commit: Commit) -> None:
        """Let earlier changes expect the revisions that undoing gave their documents."""
        for change in undone.changes:
            key = change.table, change.id
            if change.before is None:
                continue
            for earlier in self._done:
                if earlier.revisions.get(key) == change.before["revision"]:
                    earlier.revisions[key] = commit.sequence
