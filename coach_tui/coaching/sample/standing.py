"""The last contact that makes today's picture: found with the rules that the caseload uses."""

from __future__ import annotations

from datetime import date
from random import Random

from coach_tui.coaching.sample.people import Person, Standing
from coach_tui.coaching.sample.year import Schooling, school_days
from coach_tui.domain.cadence import BIWEEKLY, MONTHLY, WEEKLY
from coach_tui.domain.facts import CoacheeFacts
from coach_tui.domain.statuses import Due, DueState, Rules, due

_LOOKED_THROUGH = 60
"""School days before today among which a last contact is looked for."""

_CADENCES = (BIWEEKLY, WEEKLY, "every 8 school days", "every 5 school days", MONTHLY)
_STATES = {
    Standing.OVERDUE: DueState.OVERDUE,
    Standing.DUE: DueState.DUE,
    Standing.DUE_SOON: DueState.DUE_SOON,
    Standing.ON_TRACK: DueState.LATER,
}
_SINCE = {Standing.PAUSED: 24, Standing.RELEASED: 38}
"""School days between the last contact and today, where nothing is due any more."""


class Standings:
    """Finds the day of a person's last contact, and the cadence with which it fits.

    Around a break no last contact may give what is wanted with the person's own cadence (all of
    two weeks fall due on one day); then another cadence is taken, in school days if need be.
    """

    def __init__(self, schooling: Schooling) -> None:
        """Work with the school days of `schooling`."""
        self._schooling = schooling
        self._school_days = school_days(schooling)
        self._rules = Rules()
        self._known: dict[str, list[tuple[int, Due]]] = {}

    def last_contact(self, person: Person, random: Random) -> tuple[str, int]:
        """Return the cadence and the index of the school day of the last contact.

        Raises `ValueError` when the school year has no such day.
        """
        if person.standing in _SINCE:
            return person.cadence, self._schooling.now - _SINCE[person.standing]
        for cadence in (person.cadence, *_CADENCES):
            fitting = [
                index for index, found in self._of(cadence) if self._fits(person, index, found)
            ]
            if fitting:
                return cadence, random.choice(fitting[:4])
        raise ValueError(f"no last contact makes somebody {person.standing} today")

    def _fits(self, person: Person, index: int, found: Due) -> bool:
        if found.state is not _STATES[person.standing] or found.days_over != person.over:
            return False
        return self._school_days_since(index) >= self._least(person)

    def _least(self, person: Person) -> int:
        if person.last == "observation":
            return person.waiting
        return 1 if person.step == "ahead" else 3

    def _school_days_since(self, index: int) -> int:
        day = self._schooling.days[index]
        return self._school_days.between(day, self._schooling.today)

    def _of(self, cadence: str) -> list[tuple[int, Due]]:
        """Return the due state that a last contact on each of the newest days makes."""
        if cadence not in self._known:
            now = self._schooling.now
            days = range(now - 1, max(now - _LOOKED_THROUGH, self._schooling.this_year) - 1, -1)
            self._known[cadence] = [
                (index, self._due(cadence, self._schooling.days[index])) for index in days
            ]
        return self._known[cadence]

    def _due(self, cadence: str, met: date) -> Due:
        facts = CoacheeFacts(
            id="sample",
            name="",
            state="active",
            cadence=cadence,
            launch_complete=True,
            launch_date=met,
            last_meeting=met,
        )
        return due(facts, self._school_days, self._schooling.today, self._rules)
