"""A checklist: lines that are met from a day on, each with the records it rests on. Plain.

A checklist proposes; a person decides, with a reason (rule R8). It is never a score: nothing here
is counted up.
"""

from __future__ import annotations

from datetime import date

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Proof:
    """One thing a tick rests on: what kind of record, its id, its day, and what it says.

    `kind` is `evidence`, `cycle` or `goal`.
    """

    __slots__ = ("day", "id", "kind", "words")

    def __init__(self, kind: str, id: str, day: date | None, words: str) -> None:
        """Hold the values; `words` may be the user's own."""
        self.kind, self.id, self.day, self.words = kind, id, day, words


class Requirement:
    """One line of the checklist.

    `since` is the day from which it is met, None while it is not; that day may lie ahead, where
    only time is wanting. `proofs` are what it rests on, also where they are too few yet.
    """

    __slots__ = ("proofs", "since", "words")

    def __init__(self, words: str, since: date | None, proofs: Sequence[Proof] = ()) -> None:
        """Hold the values."""
        self.words, self.since, self.proofs = words, since, tuple(proofs)

    def met(self, today: date) -> bool:
        """Whether it is met today."""
        return self.since is not None and self.since <= today


class Checklist:
    """What one goal says of readiness for the phase `target`: `2`, `3` or `released`."""

    __slots__ = ("requirements", "target")

    def __init__(self, target: str, requirements: Sequence[Requirement]) -> None:
        """Hold the values."""
        self.target, self.requirements = target, tuple(requirements)

    @property
    def ready_from(self) -> date | None:
        """The day from which every line is met, None while one is not."""
        days = [one.since for one in self.requirements]
        return None if None in days else max(day for day in days if day is not None)

    def ready(self, today: date) -> bool:
        """Whether every line is met today."""
        return self.ready_from is not None and self.ready_from <= today
