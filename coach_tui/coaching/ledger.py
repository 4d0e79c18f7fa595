"""Saving with a name for what was done, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from coach_tui.coaching.clock import Clock, today
from coach_tui.domain.records import (
    Coachee,
    Cycle,
    Evidence,
    GrowthGoal,
    Observation,
    Record,
    SelfAssessment,
)
from coach_tui.store.engine import Commit, Delete, Operation, Put
from coach_tui.store.errors import Conflict
from coach_tui.store.ids import new_id
from coach_tui.store.records import RecordStore

DEPTH = 200
"""How many changes can be taken back."""


_REFERENCES: tuple[tuple[type[Record], str, type[Record]], ...] = (
    (Cycle, "coachee", Coachee),
    (Observation, "coachee", Coachee),
    (GrowthGoal, "coachee", Coachee),
    (SelfAssessment, "coachee", Coachee),
    (Coachee, "reciprocal_pair", Coachee),
    (Observation, "cycle", Cycle),
    (Cycle, "goal", GrowthGoal),
    (GrowthGoal, "follows", GrowthGoal),
    (Evidence, "goal", GrowthGoal),
)
"""Which field of which records names which others."""

_FEW = 5
"""Records that are asked about one by one; of more, looking through all once is quicker."""


class StillNeeded(ValueError):
    """Undoing would take away what something of another session belongs to, such as a note."""


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

    def poll(self) -> None:
        """Take in what other sessions wrote, before a verb looks at the records as they are."""
        self.store.poll()

    def new_id(self) -> str:
        """Return a new id, in the order of time."""
        return new_id(self.clock.now())

    def save(self, title: str, *records: Record) -> None:
        """Save `records` in one transaction; `title` says what was done (`Pause Ana Ruiz`).

        Durable when it returns. Raises the store's errors, and then nothing was changed.
        """
        self._remember(title, self.store.save(*records, at=self.clock.now()).commit)

    def save_for_good(self, title: str, *records: Record) -> None:
        """Save as `save` does, but not to be undone: the log of what left tells what happened."""
        self.store.save(*records, at=self.clock.now())

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

        Raises `Conflict` when a document was changed since by another session: the change stays
        and is not offered again, so that the next undo reaches the one before. Raises
        `StillNeeded` when the other session added something to one that would go: that can be
        undone once it is free. What the other session wrote always stays.
        """
        if not self._done:
            return None
        undone = self._done[-1]
        operations = undone.inverse()
        going = {(one.table, one.id) for one in operations if isinstance(one, Delete)}
        if any((one.table, one.id) not in going for one in self._referring_to(going)):
            raise StillNeeded(f"{undone.title}: something else belongs to it now")
        try:
            commit = self.store.apply(operations, at=self.clock.now())
        except Conflict as error:
            self._done.pop()
            error.args = (
                f"{undone.title}: it cannot be undone, because another session changed the same "
                "since; nothing was changed",
            )
            raise
        self._done.pop()
        self._follow(undone, commit)
        return undone.title

    def _referring_to(self, places: Iterable[tuple[str, str]]) -> Iterator[Record]:
        ids: dict[str, set[str]] = {}
        for table, id in places:
            ids.setdefault(table, set()).add(id)
        for kind, field, named in _REFERENCES:
            wanted = ids.get(named.table, set())
            if len(wanted) > _FEW:
                yield from (one for one in self.store.all(kind) if getattr(one, field) in wanted)
            else:
                for id in wanted:
                    yield from self.store.where(kind, **{field: id})

    def _follow(self, undone: Done, commit: Commit) -> None:
        """Let earlier changes expect the revisions that undoing gave their documents."""
        for change in undone.changes:
            key = change.table, change.id
            if change.before is None:
                continue
            for earlier in self._done:
                if earlier.revisions.get(key) == change.before["revision"]:
                    earlier.revisions[key] = commit.sequence
