"""The entries of a day, taken from stored observations, contacts and cycles. Plain.

A quick command, the store's summary and the calendar read the same entries by the same rules.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from coach_tui.domain.planning.appointments import Appointment, Stage, Standing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    Document = Mapping[str, Any]


def of_observation(observation: Document, start: int) -> Appointment | None:
    """Return the entry of a stored observation that began at the local minute `start`.

    None for quick notes: they are no visit.
    """
    if observation.get("quick_notes"):
        return None
    minutes = _length(observation) if observation["end"] else None
    return Appointment(
        Stage.VISIT,
        date.fromisoformat(observation["date"]),
        start,
        minutes,
        person=observation["coachee"],
        record=observation["id"],
        standing=Standing.DONE if observation["end"] else Standing.RUNNING,
    )


def _length(observation: Document) -> int:
    begin, end = (datetime.fromisoformat(observation[name]) for name in ("start", "end"))
    return max(int((end - begin).total_seconds() // 60), 1)


def of_contact(contact: Document, first: date, last: date) -> Iterator[Appointment]:
    """Yield the entries of a stored contact from `first` to `last`: one, or one a week's day.

    A contact with weekdays repeats on each of them from its date until its last day. One with a
    teacher took place; any other is the coach's own.
    """
    begin = date.fromisoformat(contact["date"])
    if contact.get("coachee"):
        if first <= begin <= last:
            yield _with_a_teacher(contact, begin)
        return
    duty = contact["kind"] == "other responsibility"
    note = str(contact["note"]).strip()
    words = note if duty else " · ".join(filter(None, (contact["kind"], note)))
    for day in _days_of(contact, begin, first, last):
        yield Appointment(
            Stage.RESPONSIBILITY if duty else Stage.SUPPORT,
            day,
            minute_of(contact.get("time")),
            contact["minutes"] or None,
            record=contact["id"],
            building=str(contact.get("building", "")),
            words=words,
        )


def _with_a_teacher(contact: Document, day: date) -> Appointment:
    """Return a contact with a teacher beside the meetings of cycles: it took place."""
    return Appointment(
        Stage.MEETING,
        day,
        minute_of(contact.get("time")),
        contact["minutes"] or None,
        person=contact["coachee"],
        record=contact["id"],
        standing=Standing.DONE,
        words=contact["kind"],
    )


def _days_of(contact: Document, begin: date, first: date, last: date) -> Iterator[date]:
    weekdays = contact.get("weekdays") or ()
    if not weekdays:
        if first <= begin <= last:
            yield begin
        return
    until = contact.get("until")
    end = min(last, date.fromisoformat(until)) if until else last
    day = max(begin, first)
    while day <= end:
        if day.weekday() in weekdays:
            yield day
        day += timedelta(days=1)


def minute_of(words: object) -> int | None:
    """Return a stored time of day (`10:15:00`) as minutes after midnight; None for None."""
    if not words:
        return None
    text = str(words)
    return int(text[0:2]) * 60 + int(text[3:5])


def of_cycle(
    cycle: Document, begun: bool, *, names: Mapping[str, Document] | None = None
) -> Iterator[Appointment]:
    """Yield the entries of a stored cycle: visit, meeting, lesson and check back.

    `begun` says that an observation belongs to it: then the visit is shown by that observation.
    `names` are the coachees by id, for their buildings. A cancelled cycle has no entries.
    """
    if cycle["stage"] == "cancelled":
        return
    person = cycle["coachee"]
    coachee = names.get(person) if names else None
    building = str(coachee["building"]) if coachee else ""
    planned = cycle["planned"]

    def entry(stage: Stage, day: str, **more: Any) -> Appointment:
        when = date.fromisoformat(day)
        return Appointment(
            stage, when, person=person, record=cycle["id"], building=building, **more
        )

    if planned["observation"] and cycle["stage"] == "planned" and not begun:
        yield entry(
            Stage.VISIT,
            planned["observation"],
            start=minute_of(planned["observation_time"]),
            minutes=planned.get("observation_minutes"),
            period=planned["observation_period"],
        )
    yield from _meeting(cycle, planned, entry)
    yield from _step(cycle, planned, entry)


def _meeting(cycle: Document, planned: Document, entry: Any) -> Iterator[Appointment]:
    held = cycle["meeting"]
    if held and held["held"]:
        as_planned = planned["meeting"] == held["date"]
        yield entry(
            Stage.MEETING,
            held["date"],
            start=minute_of(planned["meeting_time"]) if as_planned else None,
            minutes=held["minutes"] or None,
            standing=Standing.DONE,
        )
    elif planned["meeting"]:
        yield entry(
            Stage.MEETING,
            planned["meeting"],
            start=minute_of(planned["meeting_time"]),
            minutes=planned.get("meeting_minutes"),
            period=planned.get("meeting_period", ""),
        )


def _step(cycle: Document, planned: Document, entry: Any) -> Iterator[Appointment]:
    step = cycle["action_step"]
    if not step or step["state"] == "parked":
        return
    checked = step["check_back"]
    if step["lesson"]:
        yield entry(
            Stage.LESSON,
            step["lesson"]["date"],
            standing=Standing.DONE if checked else Standing.PLANNED,
            words=step["lesson"]["label"],
        )
    if checked:
        yield entry(
            Stage.CHECK_BACK, checked["date"], standing=Standing.DONE, words=checked["result"]
        )
    elif planned.get("check_back"):
        yield entry(
            Stage.CHECK_BACK,
            planned["check_back"],
            start=minute_of(planned.get("check_back_time")),
            minutes=planned.get("check_back_minutes"),
            period=planned.get("check_back_period", ""),
        )
