"""What can be taken back and done again, worked out from the commits of the store alone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from coach_tui.store.engine import Commit, Delete, Operation, Put

Place = tuple[str, str]
"""The table and the id of a document."""


@dataclass(frozen=True, slots=True)
class Step:
    """A change under the name the coach knows it by; `commit` is what is to be taken back.

    Of something that was undone, `commit` is the undoing.
    """

    title: str
    commit: Commit


class Steps:
    """The changes of one run of the app: `done` can be undone, `undone` done again, last first.

    A change that is new forgets what was undone before it.
    """

    def __init__(self, commits: Sequence[Commit], mine: Collection[int]) -> None:
        """Read `commits`, oldest first, of which those numbered in `mine` are this run's."""
        self.done: list[Step] = []
        self.undone: list[Step] = []
        self._same: dict[tuple[Place, int], int] = {}
        own = {one.sequence: one for one in commits if one.sequence in mine}
        for commit in own.values():
            target = own.get(commit.undoes)
            if target is None:
                self.done.append(Step(commit.title, commit))
                self.undone.clear()
                continue
            self._note_same(commit, target)
            if not self._move(self.done, self.undone, commit):
                self._move(self.undone, self.done, commit)

    def _move(self, origin: list[Step], goal: list[Step], commit: Commit) -> bool:
        """Move the step that `commit` took back to the other side; whether it was there."""
        for index, step in enumerate(origin):
            if step.commit.sequence == commit.undoes:
                del origin[index]
                goal.append(Step(step.title, commit))
                return True
        return False

    def _note_same(self, commit: Commit, target: Commit) -> None:
        """Remember that taking back gave each document what an earlier revision of it held."""
        before = {(one.table, one.id): one.before for one in target.changes}
        for change in commit.changes:
            place = change.table, change.id
            document = before.get(place)
            if document is not None and change.after is not None:
                self._same[place, commit.sequence] = int(document["revision"])

    def _first(self, place: Place, revision: int) -> int:
        """Return the revision at which the document first held what it holds at `revision`."""
        while (earlier := self._same.get((place, revision))) is not None:
            revision = earlier
        return revision

    def inverse(self, step: Step, revision_of: Callable[[str, str], int]) -> list[Operation]:
        """Return the operations that take a step back, the last change first.

        `revision_of` says at which revision a document is now, 0 for none. A document that holds
        something else than what the step left is expected at the step's revision: the store
        refuses with `Conflict`.
        """
        operations: list[Operation] = []
        for change in reversed(step.commit.changes):
            place = change.table, change.id
            left = 0 if change.after is None else step.commit.sequence
            now = revision_of(*place)
            same = bool(now) == bool(left) and self._first(place, now) == self._first(place, left)
            expected = now if same else left
            if change.before is None:
                operations.append(Delete(*place, expected))
            else:
                operations.append(Put(change.table, change.before, expected))
        return operations
