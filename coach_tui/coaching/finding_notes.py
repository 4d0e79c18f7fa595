"""All notes, read for searching: a piece at a time, and after that only what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from coach_tui.domain.note_search import Kept, kept
from coach_tui.domain.records import Coachee, Observation
from coach_tui.store.errors import ChangesForgotten

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from coach_tui.coaching.ledger import Ledger
    from coach_tui.store.records import RecordStore

PIECE = 400
"""Lines after which a piece of the notes ends: a millisecond or two, so that saving never waits."""

_MALFORMED = (AttributeError, KeyError, TypeError)


class Reading:
    """All notes as they were at one moment, read a piece at a time, those made last first."""

    def __init__(self, store: RecordStore) -> None:
        """Begin: nothing is read before `next_piece` is asked for."""
        self.sequence = store.sequence
        """The number of the newest change that is in them, to ask `changed_since` with."""
        self.total = store.count(Observation)
        """How many observations there are to read."""
        self.unreadable = 0
        """How many could not be read, of those that were come to."""
        self.is_done = False
        """Whether everything was read."""
        self._documents = store.newest_documents(Observation)

    def next_piece(self) -> list[Kept]:
        """Return the next observations as they are searched. Raises `Corrupt`, `Unavailable`."""
        read: list[Kept] = []
        lines = 0
        for document in self._documents:
            one = _kept(document)
            if one is None:
                self.unreadable += 1
                continue
            read.append(one)
            lines += max(one.line_count, 1)
            if lines >= PIECE:
                return read
        self.is_done = True
        return read


class Changed(NamedTuple):
    """What changed among the notes: by id as they are now, None where one is not there any more."""

    sequence: int
    notes: Mapping[str, Kept | None]
    names: bool
    """Whether somebody was added, renamed or taken away."""


class FindingNotes:
    """Verbs that read notes as plain values: no record is made of what is only looked through."""

    def __init__(self, ledger: Ledger) -> None:
        """Read the store of `ledger`."""
        self._store = ledger.store

    def names(self) -> dict[str, str]:
        """Return the name of everyone by id."""
        return {one["id"]: one["name"] for one in self._store.documents(Coachee)}

    def reading(self) -> Reading:
        """Begin to read all notes as they are now."""
        return Reading(self._store)

    def newest(self, most: int) -> list[Observation]:
        """Return the observations with lines that were made last, quick notes left out.

        At most `most`, newest first. Raises `Corrupt`.
        """
        found: list[Observation] = []
        for document in self._store.newest_documents(Observation):
            if len(found) == most:
                break
            if document.get("lines") and not document.get("quick_notes"):
                found.append(self._store.require(Observation, document["id"]))
        return sorted(found, key=lambda one: (one.start, one.id), reverse=True)

    def changed_since(self, sequence: int) -> Changed | None:
        """Return what changed after the change `sequence`; None when that is not known any more."""
        now = self._store.sequence
        try:
            changes = self._store.changes(sequence) if now != sequence else []
        except ChangesForgotten:
            return None
        notes: dict[str, Kept | None] = {}
        names = False
        for change in changes:
            names = names or change.table == Coachee.table
            if change.table == Observation.table:
                notes[change.id] = None if change.after is None else _kept(change.after)
        return Changed(now, notes, names)


def _kept(document: Mapping[str, Any]) -> Kept | None:
    """Return what is searched of a document, None for one that is no observation."""
    try:
        return kept(document)
    except _MALFORMED:
        return None
