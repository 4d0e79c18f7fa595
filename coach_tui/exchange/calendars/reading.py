"""Calendar files of others: read within bounds, repeated events laid out over a span of days."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from coach_tui.exchange.errors import ExchangeError, shortened
from coach_tui.exchange.files import FilePath, read_file, shown_path

LARGEST = 8 * 1024 * 1024
"""Bytes of the largest calendar file that is read."""

MOST_FILES = 40
"""Calendar files of one folder that are read."""

MOST_EVENTS = 20_000
"""Events of one file."""

MOST_DAYS = 800
"""Days over which events are laid out."""

MOST_OCCURRENCES = 20_000

_TOO_OFTEN = re.compile(
    rb"^(?:RRULE|EXRULE)[^\r\n]*(?:FREQ=(?:SECONDLY|MINUTELY|HOURLY)|BY(?:SECOND|MINUTE)=\d+,)",
    re.IGNORECASE | re.MULTILINE,
)
_TOO_LONG = re.compile(rb"^(?:RRULE|EXRULE)[^\r\n]{400}", re.IGNORECASE | re.MULTILINE)
_FOLD = re.compile(rb"\r?\n[ \t]")
_EARLIEST = 1970
"""Events that begin before it repeat for too long to be laid out."""


@dataclass(frozen=True)
class InEvent:
    """One event as it takes place: an occurrence, where it repeats.

    `start` and `end` are aware moments, times of an unnamed zone, or days (`end` is the day after
    the last). `free` is one that takes no time: marked so, or cancelled.
    """

    uid: str
    title: str
    start: datetime | date
    end: datetime | date
    free: bool


def read_calendars(
    path: FilePath, first: date, last: date, unread: list[str] | None = None
) -> list[InEvent]:
    """Return what takes place from `first` to `last` in a file, or in all files of a folder.

    The titles of events whose dates cannot be read are added to `unread`.

    Raises `ExchangeError`, naming the file, for one that is missing, too large or no calendar.
    """
    path = os.path.expanduser(path)
    if not os.path.isdir(path):
        return read_calendar(path, first, last, unread)
    try:
        names = sorted(name for name in os.listdir(path) if name.lower().endswith(".ics"))
    except OSError as error:
        raise ExchangeError(f"{shown_path(path)} cannot be read: {error.strerror}.") from None
    if not names:
        raise ExchangeError(f"There is no .ics file in {shown_path(path)}.")
    if len(names) > MOST_FILES:
        raise ExchangeError(f"{shown_path(path)} holds more than {MOST_FILES} calendar files.")
    return [
        event
        for name in names
        for event in read_calendar(os.path.join(path, name), first, last, unread)
    ]


def read_calendar(
    path: FilePath, first: date, last: date, unread: list[str] | None = None
) -> list[InEvent]:
    """Return what takes place from `first` to `last` in one file; raises `ExchangeError`.

    The titles of events whose dates cannot be read are added to `unread`.
    """
    path = os.path.expanduser(path)
    content = read_file(path, limit=LARGEST)
    if (last - first).days > MOST_DAYS:
        raise ValueError(f"events are laid out over at most {MOST_DAYS} days")
    name = shown_path(path)
    _refuse_what_is_none(content, name)
    try:
        return list(_events(content, name, first, last, [] if unread is None else unread))
    except ExchangeError:
        raise
    except RecursionError:
        raise ExchangeError(f"{name} is nested too deeply to be a calendar.") from None
    except Exception as error:  # noqa: BLE001 - whatever a stranger's file leads to is its fault
        # The library raises whatever a malformed value leads to; nothing of it was taken.
        raise ExchangeError(
            f"{name} cannot be understood as a calendar ({type(error).__name__}): export it again."
        ) from None


def _refuse_what_is_none(content: bytes, name: str) -> None:
    if b"BEGIN:VCALENDAR" not in content[:4096].upper():
        raise ExchangeError(f"{name} is no calendar: export it as iCalendar (.ics).")
    unfolded = _FOLD.sub(b"", content)
    if _TOO_OFTEN.search(unfolded) or _TOO_LONG.search(unfolded):
        raise ExchangeError(f"{name} holds an event that repeats within the hour: take it out.")
    if unfolded.upper().count(b"BEGIN:VEVENT") > MOST_EVENTS:
        raise ExchangeError(f"{name} holds more than {MOST_EVENTS} events.")


def _events(
    content: bytes, name: str, first: date, last: date, unread: list[str]
) -> Iterator[InEvent]:
    import recurring_ical_events
    from icalendar import Calendar

    calendars = Calendar.from_ical(content, multiple=True)
    if not calendars:
        raise ExchangeError(f"{name} is no whole calendar: its end is missing.")
    count = 0
    for calendar in calendars:
        everything = calendar.subcomponents
        calendar.subcomponents = [one for one in everything if _is_sound(one)]
        unread += [_title(one) for one in everything if not _is_sound(one)]
        query = recurring_ical_events.of(calendar, skip_bad_series=True)
        for found in query.between(first, last + timedelta(days=1)):
            count += 1
            if count > MOST_OCCURRENCES:
                raise ExchangeError(f"{name} holds more events than a calendar of a person.")
            event = _event(found)
            if event is None:
                unread.append(_title(found))
            else:
                yield event


def _is_sound(component: Any) -> bool:
    """Whether an event can be laid out: it has a start that is not ages ago. Others pass."""
    if component.name != "VEVENT":
        return True
    broken = {str(name).upper() for name, _ in component.errors}
    if broken & {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}:
        return False
    begins = getattr(component.get("DTSTART"), "dt", None)
    return isinstance(begins, date) and begins.year >= _EARLIEST


def _title(component: Any) -> str:
    return shortened(str(component.get("SUMMARY", ""))) or "without a title"


def _event(found: Any) -> InEvent | None:
    start = found["DTSTART"].dt
    end = found["DTEND"].dt if found.get("DTEND") is not None else None
    if end is None:
        end = start + timedelta(0 if isinstance(start, datetime) else 1)
    if isinstance(start, datetime) is not isinstance(end, datetime):
        return None
    return InEvent(
        uid=str(found.get("UID", "")),
        title=shortened(str(found.get("SUMMARY", ""))),
        start=start,
        end=end,
        free=str(found.get("TRANSP", "")).upper() == "TRANSPARENT"
        or str(found.get("STATUS", "")).upper() == "CANCELLED",
    )


def spans_of(
    event: InEvent, local: Callable[[datetime], datetime]
) -> Iterator[tuple[date, int, int]]:
    """Yield the local days that an event takes, each as (day, first minute, minutes).

    `local` gives a moment in the coach's time zone. A time of no zone is meant as the coach's own
    clock shows it. One that lasts all day takes the whole of each day.
    """
    if not isinstance(event.start, datetime) or not isinstance(event.end, datetime):
        day = event.start
        while day < event.end:
            yield day, 0, 24 * 60
            day += timedelta(days=1)
        return
    start, end = (_on_the_wall(when, local) for when in (event.start, event.end))
    while start < end:
        midnight = datetime.combine(start.date() + timedelta(days=1), time())
        until = min(end, midnight)
        minute = start.hour * 60 + start.minute
        yield start.date(), minute, max(int((until - start).total_seconds() // 60), 1)
        start = until


def _on_the_wall(when: datetime, local: Callable[[datetime], datetime]) -> datetime:
    if when.tzinfo is None:
        return when
    return local(when.astimezone(UTC)).replace(tzinfo=None)
