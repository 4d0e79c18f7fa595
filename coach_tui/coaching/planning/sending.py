"""The coach's appointments to other calendars: neutral titles, one UID each, changes counted."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coach_tui.coaching.clock import wall_moment
from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.planning.days import Days
from coach_tui.coaching.sharing import FILE, Sharing
from coach_tui.domain.planning.appointments import OPEN_ENDED, Appointment, Stage
from coach_tui.domain.records import CalendarFeed, SentEvent, Share
from coach_tui.exchange.calendars.files import write_over_own
from coach_tui.exchange.calendars.writing import DOMAIN, OutEvent, is_zone, write_calendar

__all__ = ["Outgoing", "Sending", "is_zone"]

_KEPT = timedelta(days=60)
"""How long past events are remembered."""

_TITLES = {
    Stage.VISIT: "Visit",
    Stage.MEETING: "Meeting",
    Stage.LESSON: "Lesson",
    Stage.CHECK_BACK: "Check back",
    Stage.SUPPORT: "Coaching support",
    Stage.RESPONSIBILITY: "Other responsibility",
}

_SENT = (Stage.VISIT, Stage.MEETING, Stage.LESSON, Stage.CHECK_BACK)
_OWN = (Stage.SUPPORT, Stage.RESPONSIBILITY)


@dataclass(frozen=True)
class Outgoing:
    """A calendar file before it leaves: its content, its events in words, and what changes.

    `new`, `changed` and `cancelled` count against what was written before.
    """

    content: bytes
    events: tuple[SentEvent, ...]
    lines: tuple[str, ...]
    new: int
    changed: int
    cancelled: int


class Sending:
    """Verbs that write the coach's appointments as an iCalendar file."""

    def __init__(self, ledger: Ledger) -> None:
        """Remember in the store behind `ledger` what was written."""
        self._ledger = ledger

    def prepare(
        self, days: Days, *, names: bool = False, own: bool = False, zone: str = ""
    ) -> Outgoing:
        """Return the file of everything planned from now on; nothing is remembered yet.

        Titles name a room, never a teacher, unless `names` is set: who is named in the words of a
        room or a responsibility is taken out. `own` takes in the coach's own support and other
        responsibilities. What was written before and is gone is in it as
        cancelled, until its day has passed.
        """
        clock = self._ledger.clock
        now = clock.now()
        before = {one.uid: one for one in self._feed().events}
        clean = _as_it_is if names else Sharing(self._ledger).redactor(None).clean
        wanted = [one.changed(title=clean(one.title)) for one in self._wanted(days, names, own)]
        present = {one.uid for one in wanted}
        events = [_continued(one, before.get(one.uid), now) for one in wanted]
        gone = [
            one if one.cancelled else _cancelled(one, now)
            for uid, one in before.items()
            if uid not in present and _is_ahead(one, now, days.today)
        ]
        zone = zone or clock.zone_name()
        everything = sorted([*events, *gone], key=_order)
        return Outgoing(
            content=write_calendar([_out(one) for one in everything], now, zone),
            events=tuple(everything),
            lines=tuple(self._line(one) for one in everything),
            new=sum(one.uid not in before for one in events),
            changed=sum(
                one.uid in before and one.sequence != before[one.uid].sequence for one in events
            ),
            cancelled=sum(not before[one.uid].cancelled for one in gone),
        )

    def write(self, outgoing: Outgoing, path: str) -> None:
        """Write the file, log what left (rule R2), and keep what other calendars now know.

        A calendar file that coach-tui wrote before is replaced; anything else that is there is not.
        Raises `ExchangeError`, and then nothing is kept. No undo takes it back: a file that left
        has left.
        """
        place = os.path.expanduser(path)
        write_over_own(place, outgoing.content)
        self.keep(outgoing)

    def keep(self, outgoing: Outgoing) -> None:
        """Log that the calendar left, and keep what other calendars now know."""
        self._ledger.poll()
        feed = self._feed()
        today, now = self._ledger.today(), self._ledger.clock.now()
        written = {one.uid for one in outgoing.events}
        past = [
            one for one in feed.events if one.uid not in written and _last_day(one) >= today - _KEPT
        ]
        text = outgoing.content.decode()
        share = Share(
            id=self._ledger.new_id(),
            created_at=now,
            updated_at=now,
            what="calendar",
            recipient="other calendars",
            channel=FILE,
            shared_at=now,
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
        )
        kept = feed.changed(events=(*past, *outgoing.events))
        self._ledger.save_for_good("Write the calendar", kept, share)

    def _feed(self) -> CalendarFeed:
        found = next(iter(self._ledger.store.all(CalendarFeed)), None)
        now = self._ledger.clock.now()
        return found or CalendarFeed(id="feed", created_at=now, updated_at=now)

    def _wanted(self, days: Days, names: bool, own: bool) -> Iterator[SentEvent]:
        stages = (*_SENT, *_OWN) if own else _SENT
        now = self._ledger.clock.now()
        for one in _planned(days, stages):
            event = self._event(one, days, names, now)
            if _is_ahead(event, now, days.today):
                yield event

    def _event(self, one: Appointment, days: Days, names: bool, now: datetime) -> SentEvent:
        person = days.people.get(one.person)
        room = str(person["room"]).strip() if person else ""
        title = _TITLES[one.stage]
        if one.stage is Stage.RESPONSIBILITY:
            title = one.words or title
        who = days.name(one.person) if names else ""
        where = room if "room" in room.casefold() or not room else f"room {room}"
        title = ", ".join(filter(None, (title, who, where)))
        starts = ends = first = last = None
        if one.start is None:
            first = last = one.day
        else:
            starts = wall_moment(self._ledger.clock, one.day, one.start)
            ends = starts + timedelta(minutes=max(one.minutes, 1))
        kind = one.stage.value.replace(" ", "-")
        own = one.stage in _OWN
        uid = f"{one.record}-{one.day}" if own else f"{one.record}-{kind}"
        return SentEvent(
            uid=f"{uid}@{DOMAIN}",
            title=title,
            place=one.building,
            starts=starts,
            ends=ends,
            first=first,
            last=last,
            free=one.start is None or one.stage in OPEN_ENDED,
            changed_at=now,
        )

    def _line(self, event: SentEvent) -> str:
        """Return an event as one line of what is about to leave."""
        if event.starts is None:
            when = f"{event.first}      "
        else:
            local = self._ledger.clock.local(event.starts)
            when = f"{local.date()} {local.hour:02}:{local.minute:02}"
        place = f" · {event.place}" if event.place else ""
        return f"{when}  {'CANCELLED ' if event.cancelled else ''}{event.title}{place}"


def _as_it_is(words: str) -> str:
    return words


def _planned(days: Days, stages: Iterable[Stage]) -> Iterator[Appointment]:
    wanted = frozenset(stages)
    for day in sorted(day for day in days.by_day if day >= days.today):
        for one in days.on(day):
            if one.stage in wanted and one.standing.value == "planned" and one.record:
                yield one


def _same(one: SentEvent, other: SentEvent) -> bool:
    fields = ("title", "place", "starts", "ends", "first", "last", "free")
    return all(getattr(one, field) == getattr(other, field) for field in fields)


def _continued(wanted: SentEvent, before: SentEvent | None, now: datetime) -> SentEvent:
    """Return an event with the sequence that follows what was written before."""
    if before is None:
        return wanted
    if _same(wanted, before) and not before.cancelled:
        return before
    return wanted.changed(sequence=before.sequence + 1, changed_at=now)


def _cancelled(one: SentEvent, now: datetime) -> SentEvent:
    return one.changed(cancelled=True, sequence=one.sequence + 1, changed_at=now)


def _last_day(one: SentEvent) -> date:
    if one.last is not None:
        return one.last
    return one.ends.date() if one.ends is not None else date.min


def _is_ahead(one: SentEvent, now: datetime, today: date) -> bool:
    """Whether an event has not begun: what has is history, and stays as it was written."""
    if one.starts is not None:
        return one.starts > now
    return one.first is not None and one.first >= today


def _order(one: SentEvent) -> tuple[date, str, str]:
    day = one.first or (one.starts.date() if one.starts else date.min)
    return day, str(one.starts or ""), one.uid


def _out(one: SentEvent) -> OutEvent:
    if one.starts is not None and one.ends is not None:
        start: datetime | date = one.starts
        end: datetime | date = one.ends
    else:
        start = one.first or date.min
        end = (one.last or start) + timedelta(days=1)
    return OutEvent(
        uid=one.uid,
        sequence=one.sequence,
        start=start,
        end=end,
        title=one.title,
        place=one.place,
        changed_at=one.changed_at,
        cancelled=one.cancelled,
        free=one.free,
    )
