"""Times that the coach's other calendars take, read from files and kept until a file changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from coach_tui.coaching.clock import Clock
from coach_tui.domain.planning.appointments import Appointment, Stage
from coach_tui.exchange.calendars.reading import read_calendars, spans_of
from coach_tui.exchange.calendars.writing import DOMAIN
from coach_tui.exchange.errors import ExchangeError

Stamp = tuple[tuple[str, int, int], ...]
"""Name, size and time of each file: whether anything has to be read again."""

Asked = tuple[str, date, date, Stamp]

_NAMED = 3
"""Events that are named, of those that cannot be read."""


@dataclass(frozen=True)
class Busy:
    """What was read of other calendars: busy times, and what could not be read, in words."""

    times: tuple[Appointment, ...] = ()
    trouble: str = ""


class BusyTimes:
    """Reads busy times from one path; the coach's own exported events are left out."""

    def __init__(self, clock: Clock) -> None:
        """Show times as `clock` does."""
        self._clock = clock
        self._held: tuple[Asked, Busy] | None = None

    def unread(self, path: str, first: date, last: date) -> Callable[[], object] | None:
        """Return what reads the times from `first` to `last`; None when they are read already.

        It may be called in any thread: a large calendar takes seconds, and no save waits for it.
        """
        asked = (path, first, last, _stamp(os.path.expanduser(path)))
        held = self._held
        if not path.strip() or (held is not None and held[0] == asked):
            return None
        return lambda: self._read(asked)

    def between(self, path: str, first: date, last: date) -> Busy:
        """Return the busy times from `first` to `last`, none for an empty path."""
        if not path.strip():
            return Busy()
        asked = (path, first, last, _stamp(os.path.expanduser(path)))
        held = self._held
        return held[1] if held is not None and held[0] == asked else self._read(asked)

    def _read(self, asked: Asked) -> Busy:
        path, first, last, _ = asked
        unread: list[str] = []
        try:
            times = tuple(self._times(path, first, last, unread))
        except ExchangeError as error:
            found = Busy(trouble=f"Busy times: {error}")
        else:
            found = Busy(times, _said(unread))
        self._held = (asked, found)
        return found

    def _times(
        self, path: str, first: date, last: date, unread: list[str]
    ) -> Iterator[Appointment]:
        for number, event in enumerate(read_calendars(path, first, last, unread)):
            if event.free or event.uid.endswith(f"@{DOMAIN}"):
                continue
            for day, start, minutes in spans_of(event, self._local):
                if first <= day <= last:
                    yield Appointment(
                        Stage.BUSY, day, start, minutes, record=str(number), words=event.title
                    )

    def _local(self, moment: datetime) -> datetime:
        return self._clock.local(moment)


def _said(unread: list[str]) -> str:
    """Return which events were left out, in words; nothing when all could be read."""
    if not unread:
        return ""
    count = "one event" if len(unread) == 1 else f"{len(unread)} events"
    more = ", …" if len(unread) > _NAMED else ""
    return f"Busy times: the dates of {count} cannot be read: {', '.join(unread[:_NAMED])}{more}"


def _stamp(path: str) -> Stamp:
    if not os.path.isdir(path):
        return (_of_file(path),)
    try:
        names = sorted(name for name in os.listdir(path) if name.lower().endswith(".ics"))
    except OSError:
        return ()
    return tuple(_of_file(os.path.join(path, name)) for name in names)


def _of_file(path: str) -> tuple[str, int, int]:
    try:
        found = os.stat(path)
    except OSError:
        return path, -1, -1
    return path, found.st_size, found.st_mtime_ns
