"""Other responsibilities: what else takes the coach's time, so that her share is honest."""

from __future__ import annotations

from datetime import date, time

from coach_tui.coaching.ledger import Ledger
from coach_tui.domain.enumerations import ContactKind
from coach_tui.domain.records import Contact


class Duties:
    """Verbs about the coach's other responsibilities (`Contact` of that kind)."""

    def __init__(self, ledger: Ledger) -> None:
        """Save through `ledger`."""
        self._ledger = ledger

    def get(self, id: str) -> Contact:
        """Return one; raises `NotFound`."""
        return self._ledger.store.require(Contact, id)

    def put(
        self,
        label: str,
        day: date,
        at: time | None,
        minutes: int,
        *,
        weekdays: tuple[int, ...] = (),
        until: date | None = None,
        building: str = "",
        id: str = "",
    ) -> Contact:
        """Keep a new responsibility, or change the one with `id`; raises `ValueError`.

        With `weekdays` it comes again on each of them until `until`, on school days.
        """
        if not label.strip():
            raise ValueError("say what it is, such as lunch duty")
        if not minutes:
            raise ValueError("say how many minutes it takes")
        now = self._ledger.clock.now()
        contact = (
            self.get(id)
            if id
            else Contact(
                id=self._ledger.new_id(),
                created_at=now,
                updated_at=now,
                kind=ContactKind.OTHER_RESPONSIBILITY,
                date=day,
            )
        )
        changed = contact.changed(
            date=day,
            time=at,
            minutes=minutes,
            note=label.strip(),
            weekdays=tuple(sorted(weekdays)),
            until=until,
            building=building.strip(),
        )
        self._ledger.save("Other responsibility", changed)
        return self.get(changed.id)

    def remove(self, id: str) -> None:
        """Take one off the calendar."""
        self._ledger.save("Take an other responsibility away", deleted=[self.get(id)])
