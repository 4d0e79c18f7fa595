"""Times that the coach's other calendars take, read from files and kept until a file changes."""

from __future__ import annotations

import os
from datetime import date, datetime

from coach_tui.coaching.clock import Clock
from coach_tui.domain.planning.appointments import Appointment, Stage
from coach_tui.exchange.calendars.reading import read_calendars, spans_of
from coach_tui.exchange.calendars.writing import DOMAIN

Stamp = tuple[tuple[str, int, int], ...]
"""Name, size and time of each file: whether anything has to be read again."""


class BusyTimes:
    """Reads busy times from one path; the coach's own exported events are left out."""

    def __init__(self, clock: Clock) -> None:
        """Show times as `clock` does."""
        self._clock = clock
        self._read: tuple[str, date, date, Stamp] | None = None
        self._found: tuple[Appointment, ...] = ()

    def between(self, path: str, first: date, last: date) -> tuple[Appointment, ...]:
        """Return the busy times from `first` to `last`, none for an empty path.

        Raises `ExchangeError` when the file or folder cannot be read.
        """
        if not path.strip():
            return ()
        asked = (path, first, last, _stamp(os.path.expanduser(path)))
        if asked != self._read:
            self._found = tuple(self._times(path, first, last))
            self._read = asked
        return self._found

    def _times(self, path: str, first: date, last: date) -> list[Appointment]:
        found = []
        for number, event in enumerate(read_calendars(path, first, last)):
            if event.free or event.uid.endswith(f"@{DOMAIN}"):
                continue
            for day, start, minutes in spans_of(event, self._local):
                if first <= day <= last:
                    found.append(
                        Appointment(
                            Stage.BUSY, day, start, minutes, record=str(number), words=event.title
                        )
                    )
        return found

    def _local(self, moment: datetime) -> datetime:
        return self._clock.local(moment)


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
