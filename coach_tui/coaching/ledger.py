"""Saving with a name for what was done, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from coach_tui.coaching.clock import Clock, today
from coach_tui.coaching.linked_lines import refuse_untrue
from coach_tui.coaching.undoing import Step, Steps
from coach_tui.domain.records import (
    Coachee,
    Contact,
    Cycle,
    Evidence,
    GrowthGoal,
    Observation,
    Part,
    Record,
    SelfAssessment,
)
from coach_tui.store.engine import Commit, Delete, Operation, Put
from coach_tui.store.errors import Conflict
from coach_tui.store.ids import new_id
from coach_tui.store.records import Kind, RecordStore, Saved

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
    (Contact, "coachee", Coachee),
    (Contact, "cycle", Cycle),
)
"""Which field of which records names which others."""

_FEW = 5
"""Records that are asked about one by one; of more, looking through all once is quicker."""


class StillNeeded(ValueError):
    """Undoing would take away what something of another session belongs to, such as a note."""


class Ledger:
    """The store, and which of its commits this session made, so that they can be undone.

    What they changed, and under which title, is read from the store: there is no second list.
    Every save is one transaction. Undo is a transaction too: it puts back what was there before
    and is refused with the store's `Conflict` when someone changed it since.
    """

    def __init__(self, store: RecordStore, clock: Clock) -> None:
        """Save to `store` with the times of `clock`."""
        self.store, self.clock = store, clock
        self._mine: set[int] = set()
        self._passed_over: set[int] = set()

    def today(self) -> date:
        """Return the local date."""
        return today(self.clock)

    def poll(self) -> None:
        """Take in what other sessions wrote, before a verb looks at the records as they are."""
        self.store.poll()

    def new_id(self) -> str:
        """Return a new id, in the order of time."""
        return new_id(self.clock.now())

    def save(self, title: str, *records: Record, deleted: Iterable[Record] = ()) -> Saved:
        """Save `records` and take the `deleted` away, in one transaction.

        `title` says what was done (`Pause Ana Ruiz`). Durable when it returns what was stored.
        Raises the store's errors, and then nothing was changed.
        """
        at = self.clock.now()
        saved = self.store.save(*records, at=at, deleted=deleted, title=title)
        self._remember(saved.commit)
        return saved

    def extend(self, title: str, record: Kind, name: str, parts: Sequence[Part]) -> Saved:
        """Save `record` with `parts` at the end of its field `name`; see `RecordStore.extend`."""
        saved = self.store.extend(record, name, parts, at=self.clock.now(), title=title)
        self._remember(saved.commit)
        return saved

    def save_for_good(self, title: str, *records: Record) -> None:
        """Save as `save` does, but not to be undone: the log of what left tells what happened."""
        self.store.save(*records, at=self.clock.now(), title=title)

    def take_over(self, title: str, *records: Record) -> None:
        """Save records of another store as they are: their own `updated_at` stays."""
        operations = [Put(one.table, one.to_document(), one.revision) for one in records]
        self._remember(self.store.apply(operations, at=self.clock.now(), title=title))

    def put_back(self, title: str, operations: Sequence[Operation]) -> None:
        """Make documents as they were once, in one transaction; that can be undone too."""
        self._remember(self.store.apply(operations, at=self.clock.now(), title=title))

    def _remember(self, commit: Commit) -> None:
        if commit.changes:
            self._mine.add(commit.sequence)

    def _steps(self) -> Steps:
        if not self._mine:
            return Steps((), ())
        return Steps(self.store.commits(min(self._mine) - 1), self._mine)

    def _next(self, steps: list[Step]) -> Step | None:
        left = (one for one in reversed(steps) if one.commit.sequence not in self._passed_over)
        return next(left, None)

    @property
    def last(self) -> str | None:
        """The title of the change that `undo` would take back."""
        step = self._next(self._steps().done)
        return None if step is None else step.title

    def undo(self) -> str | None:
        """Take back the last change of this session; returns its title, None when there is none.

        Raises `Conflict` when a document was changed since by another session: the change stays
        and is not offered again, so that the next undo reaches the one before. Raises
        `StillNeeded` when the other session added something to one that would go, `LinkedElsewhere`
        when it linked a line that would be none or no evidence (rule R3): that can be undone once
        it is free. What the other session wrote always stays.
        """
        steps = self._steps()
        return self._take_back(steps, self._next(steps.done), "Undo", "undone")

    def redo(self) -> str | None:
        """Do again what was undone last; returns its title, None when there is nothing.

        Raises as `undo` does. A new change forgets what was undone before it.
        """
        steps = self._steps()
        return self._take_back(steps, self._next(steps.undone), "Redo", "done again")

    def _take_back(self, steps: Steps, step: Step | None, verb: str, done: str) -> str | None:
        if step is None:
            return None
        operations = steps.inverse(step, self.store.revision)
        going = {(one.table, one.id) for one in operations if isinstance(one, Delete)}
        if any((one.table, one.id) not in going for one in self._referring_to(going)):
            raise StillNeeded(f"{step.title}: something else belongs to it now")
        refuse_untrue(self.store, operations)
        number = step.commit.sequence
        try:
            self._remember(
                self.store.apply(
                    operations,
                    at=self.clock.now(),
                    title=f"{verb}: {step.title}",
                    undoes=number,
                )
            )
        except Conflict as error:
            self._passed_over.add(number)
            error.args = (
                f"{step.title}: it cannot be {done}, because another session changed the same "
                "since; nothing was changed",
            )
            raise
        return step.title

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
