"""All notes, read for searching: one teacher at a time, and again only what changed."""

from __future__ import annotations

from coach_tui.coaching.ledger import Ledger
from coach_tui.domain.note_search import Kept, kept
from coach_tui.domain.records import Coachee, Observation
from coach_tui.store.errors import ChangesForgotten, Corrupt


class FindingNotes:
    """Verbs that read notes as plain values: no record is made of what is only looked through."""

    def __init__(self, ledger: Ledger) -> None:
        """Read the store of `ledger`."""
        self._ledger = ledger

    def names(self) -> dict[str, str]:
        """Return the name of everyone by id."""
        return {one.id: one.name for one in self._ledger.store.all(Coachee)}

    @property
    def sequence(self) -> int:
        """The number of the newest change, to ask `changed_since` with."""
        return self._ledger.store.sequence

    def of(self, coachee: str) -> list[Kept]:
        """Return one coachee's notes as they are searched. Raises `Corrupt`."""
        found = self._ledger.store.documents(Observation, coachee=coachee)
        try:
            return [kept(document) for document in found]
        except (AttributeError, KeyError, TypeError):
            pass
        # Outside the except: the error that was caught may hold what was written.
        raise Corrupt([f"observations of {coachee} cannot be read"])

    def changed_since(self, sequence: int) -> set[str] | None:
        """Return whose notes or name changed after the change `sequence`; None for unknown."""
        try:
            changes = self._ledger.store.changes(sequence)
        except ChangesForgotten:
            return None
        touched = set()
        for change in changes:
            for document in (change.before, change.after):
                if document is not None and change.table == Observation.table:
                    touched.add(str(document["coachee"]))
                elif document is not None and change.table == Coachee.table:
                    touched.add(change.id)
        return touched
