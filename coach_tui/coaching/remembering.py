"""The history of a record: who changed it, when, what became of it, and going back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.linked_lines import refuse_untrue
from coach_tui.store.engine import Put
from coach_tui.store.errors import NotFound
from coach_tui.store.ids import who_of


@dataclass(frozen=True, slots=True)
class Version:
    """A change of one record: `before` and `after` are documents, None where there was none.

    `who` is the person's login name, empty when it is not known; `here` whether this very session
    did it.
    """

    table: str
    id: str
    sequence: int
    at: datetime | None
    title: str
    who: str
    here: bool
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class Remembering:
    """What the store remembers of each record, from before this run of the app too."""

    def __init__(self, ledger: Ledger) -> None:
        """Read from the store of `ledger`, and restore through it."""
        self._ledger = ledger

    def of(self, places: Sequence[tuple[str, str]]) -> list[Version]:
        """Return the changes of the records at these places (table and id), newest first."""
        store = self._ledger.store
        found = [
            Version(
                change.table,
                change.id,
                change.sequence,
                change.at,
                change.title,
                who_of(change.session),
                change.session == store.session,
                change.before,
                change.after,
            )
            for table, id in places
            for change in store.document_history(table, id)
        ]
        return sorted(found, key=lambda one: one.sequence, reverse=True)

    def now(self, version: Version) -> dict[str, Any] | None:
        """Return the record of `version` as it is stored now, None when it is not any more."""
        self._ledger.poll()
        return self._ledger.store.document(version.table, version.id)

    def restore(self, version: Version, expected: int) -> None:
        """Put the record back as it was after `version`; undo takes that back.

        `expected` is the revision that the coach compared with, 0 when the record was gone. Raises
        `Conflict` when it was changed since, `NotFound` for a version that took the record away,
        `LinkedElsewhere` when a line that is evidence would be none with it (rule R3).
        """
        if version.after is None:
            raise NotFound("record in that version: it was taken away then")
        title = f"Restore: {version.title}" if version.title else "Restore an earlier version"
        operations = [Put(version.table, version.after, expected)]
        refuse_untrue(self._ledger.store, operations)
        self._ledger.put_back(title, operations)
