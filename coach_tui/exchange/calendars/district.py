"""A district's calendar: which of its days have no school, which end early, which say neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coach_tui.exchange.calendars.reading import InEvent, read_calendar
from coach_tui.exchange.files import FilePath

OFF, EARLY, OTHER = "off", "early release", "-"

_OFF = re.compile(
    r"no school|no classes|holiday|break|recess|vacation|schools? closed|closed|snow day|"
    r"teacher work ?day|professional (?:development|learning) day|in-?service|student holiday",
    re.IGNORECASE,
)
_EARLY = re.compile(r"early (?:release|dismissal|out)|half[- ]day|late start", re.IGNORECASE)


@dataclass(frozen=True)
class DistrictDay:
    """One entry of the district's calendar: its days, its words, and what they seem to say."""

    first: date
    last: date
    label: str
    kind: str


def read_district(path: FilePath, first: date, last: date) -> list[DistrictDay]:
    """Return the entries of a district's calendar from `first` to `last`, by day.

    What an entry seems to say goes by its words; the coach decides. Entries that take part of a
    day count only where they speak of an early release. Raises `ExchangeError`.
    """
    found = {_day(event) for event in read_calendar(path, first, last)}
    found.discard(None)
    days = [one for one in found if one is not None]
    return sorted(days, key=lambda one: (one.first, one.last, one.label))


def _day(event: InEvent) -> DistrictDay | None:
    early = bool(_EARLY.search(event.title))
    if isinstance(event.start, datetime) or isinstance(event.end, datetime):
        if not early:
            return None
        day = event.start.date() if isinstance(event.start, datetime) else event.start
        return DistrictDay(day, day, event.title, EARLY)
    last = max(event.end - timedelta(days=1), event.start)
    kind = EARLY if early else OFF if _OFF.search(event.title) else OTHER
    return DistrictDay(event.start, last, event.title, kind)
