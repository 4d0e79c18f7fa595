"""Contacts beside the feedback meeting, with a teacher or of the coach's own (domain.md 3, 6)."""

from __future__ import annotations

from datetime import date
from typing import Any

from coach_tui.coaching.ledger import Ledger
from coach_tui.domain.critical_practices import SUPPORTS
from coach_tui.domain.enumerations import ContactKind, CycleStage
from coach_tui.domain.records import Coachee, Contact, Cycle

WITH_A_TEACHER = tuple(kind for kind in ContactKind if kind.counted_as is not None)
"""The kinds of contacts with a teacher or a team: sessions and meetings."""

OF_HER_OWN = tuple(
    kind
    for kind in ContactKind
    if kind.counted_as is None and kind is not ContactKind.OTHER_RESPONSIBILITY
)
"""The kinds of the coach's own contacts; other responsibilities belong to the calendar."""

_ENDED = (CycleStage.CLOSED, CycleStage.CANCELLED)


class Contacts:
    """Verbs about contacts: they are counted as session or meeting by their kind."""

    def __init__(self, ledger: Ledger) -> None:
        """Save through `ledger`."""
        self._ledger = ledger

    def get(self, id: str) -> Contact:
        """Return a contact; raises `NotFound`."""
        return self._ledger.store.require(Contact, id)

    def of(self, coachee: str) -> list[Contact]:
        """Return the contacts with a coachee, oldest first."""
        found = self._ledger.store.where(Contact, coachee=coachee)
        return sorted(found, key=lambda one: (one.date, one.id))

    def own(self) -> list[Contact]:
        """Return the coach's own contacts, newest first; no other responsibilities."""
        found = [one for one in self._ledger.store.all(Contact) if one.kind in OF_HER_OWN]
        return sorted(found, key=lambda one: (one.date, one.id), reverse=True)

    def add(self, kind: ContactKind, day: date, coachee: Coachee | None, **fields: Any) -> Contact:
        """Write down a contact that took place; one inside a cycle belongs to it.

        Raises `ValueError` for a day to come, and pydantic's when the kind does not fit: with a
        teacher it is a session or a meeting, without one the coach's own. Modeling, guided practice
        and co-teaching are supports of the cycle too.
        """
        self._refuse_ahead(day)
        now = self._ledger.clock.now()
        cycle = None if coachee is None else self._current_cycle(coachee.id)
        contact = Contact(
            id=self._ledger.new_id(),
            created_at=now,
            updated_at=now,
            kind=kind,
            date=day,
            coachee=None if coachee is None else coachee.id,
            cycle=None if cycle is None else cycle.id,
            **fields,
        )
        whom = "" if coachee is None else f" with {coachee.name}"
        supported = [] if cycle is None else _supported(cycle, kind)
        self._ledger.save(f"{kind.value.capitalize()}{whom}", contact, *supported)
        return self.get(contact.id)

    def edit(self, contact: Contact, **fields: Any) -> Contact:
        """Correct a contact as it was shown. Raises `Conflict` when it was changed since."""
        changed = contact.changed(**fields)
        self._refuse_ahead(changed.date)
        self._ledger.save(f"Edit {contact.kind.value}", changed)
        return self.get(contact.id)

    def _refuse_ahead(self, day: date) -> None:
        if day > self._ledger.today():
            raise ValueError(f"a contact is written down once it took place, and {day} is to come")

    def _current_cycle(self, coachee: str) -> Cycle | None:
        """Return the cycle that is going on: its practices include what is done meanwhile."""
        cycles = self._ledger.store.where(Cycle, coachee=coachee)
        open_ones = [one for one in cycles if one.stage not in _ENDED]
        return max(open_ones, key=lambda one: one.number, default=None)


def _supported(cycle: Cycle, kind: ContactKind) -> list[Cycle]:
    """Return the cycle with the support that a contact of this kind is; nothing for no change."""
    support = SUPPORTS.get(kind)
    if support is None or support in cycle.supports:
        return []
    return [cycle.changed(supports=(*cycle.supports, support))]
