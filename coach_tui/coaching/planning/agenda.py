"""What is planned or due on which day, from the store's summary alone. Plain: quick commands."""

from __future__ import annotations

from datetime import date

from coach_tui.domain.planning.appointments import Appointment, Stage, in_order
from coach_tui.domain.planning.entries import of_contact
from coach_tui.domain.planning.ghosts import ghosts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach_tui.coaching.caseload import Caseload

_STAGES = {stage.value: stage for stage in Stage}
_OWN = ("kind", "date", "time", "minutes", "note", "weekdays", "until", "building")


def agenda(caseload: Caseload, first: date, last: date) -> list[Appointment]:
    """Return what is planned and not done, what is due and planned by nobody, and the coach's own
    entries, from `first` to `last`, by day and time.

    What is done is no part of it; what was planned and missed is, on its day.
    """
    found = [*_planned(caseload), *_due(caseload, last), *_own(caseload, first, last)]
    names = {row.facts.id: row.facts.name for row in caseload.rows}
    shown = [one for one in found if first <= one.day <= last]
    return in_order(shown, lambda person: names.get(person, ""))


def _planned(caseload: Caseload) -> Iterator[Appointment]:
    for row in caseload.rows:
        facts = row.facts
        for stage, day, start, minutes, period, record in facts.entries:
            yield Appointment(
                _STAGES[stage],
                date.fromisoformat(day),
                start,
                minutes,
                person=facts.id,
                record=record,
                period=period,
                building=facts.building,
            )


def _due(caseload: Caseload, last: date) -> Iterator[Appointment]:
    if caseload.outside_year:
        return
    for row in caseload.rows:
        yield from ghosts(row.facts, caseload.school_days, caseload.today, last, caseload.rules)


def _own(caseload: Caseload, first: date, last: date) -> Iterator[Appointment]:
    for values in caseload.own:
        contact = {**dict(zip(_OWN, values, strict=True)), "id": ""}
        contact["building"] = contact["building"] or ""
        for one in of_contact(contact, first, last):
            if not contact["weekdays"] or one.day in caseload.school_days:
                yield one
