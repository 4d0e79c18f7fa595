"""Appointments as an iCalendar file, which importing again updates and does not double."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//coach-tui//calendar//EN"
_UTC = ("UTC", "ETC/UTC", "Z")

DOMAIN = "coach-tui"
"""What stands behind the @ of every UID."""

_AROUND = timedelta(days=366)
"""How far around its events a file describes its time zone."""


@dataclass(frozen=True)
class OutEvent:
    """One event of the file.

    `start` and `end` are aware moments, or days for one that lasts all day (`end` is the day after
    the last). `sequence` rises with every change; `cancelled` takes it off other calendars; `free`
    says that it takes no time. `changed_at` is when it last changed.
    """

    uid: str
    sequence: int
    start: datetime | date
    end: datetime | date
    title: str
    place: str
    changed_at: datetime
    cancelled: bool = False
    free: bool = False


def write_calendar(events: Sequence[OutEvent], stamp: datetime, zone: str = "") -> bytes:
    """Return the file, made at the moment `stamp` (aware), with times in the time zone `zone`.

    A zone that is not known, or none, gives times in UTC: the same moments.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Coaching")
    known = _zone(zone)
    for event in events:
        calendar.add_component(_component(event, stamp, known))
    days = [_day(end) for event in events for end in (event.start, event.end)]
    if isinstance(known, ZoneInfo) and days:
        calendar.add_missing_timezones(min(days) - _AROUND, max(days) + _AROUND)
    content: bytes = calendar.to_ical()
    return content


def is_zone(name: str) -> bool:
    """Whether `name` is a time zone that a file can be written in."""
    return name.upper() in _UTC or _zone(name) is not None


def _zone(name: str) -> ZoneInfo | None:
    if not name or name.upper() in _UTC:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _day(when: datetime | date) -> date:
    return when.date() if isinstance(when, datetime) else when


def _component(event: OutEvent, stamp: datetime, zone: ZoneInfo | None) -> Event:
    from icalendar import Event

    component = Event()
    component.add("uid", event.uid)
    component.add("sequence", event.sequence)
    component.add("dtstamp", stamp.astimezone(UTC))
    component.add("last-modified", event.changed_at.astimezone(UTC))
    component.add("dtstart", _in_zone(event.start, zone))
    component.add("dtend", _in_zone(event.end, zone))
    component.add("summary", event.title)
    if event.place:
        component.add("location", event.place)
    component.add("class", "PRIVATE")
    component.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    component.add("transp", "TRANSPARENT" if event.free else "OPAQUE")
    return component


def _in_zone(when: datetime | date, zone: ZoneInfo | None) -> datetime | date:
    return when.astimezone(zone or UTC) if isinstance(when, datetime) else when
