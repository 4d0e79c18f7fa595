"""Dates as people say them, in English whatever the locale. Plain."""

from __future__ import annotations

from coach_tui.domain.lengths import whole_minutes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

NEAR = 14
"""Days within which a date is said by how far away it is."""


def short(day: date | None, today: date) -> str:
    """Return `12 Nov`, with the year when it is more than ten months away; a dash for None."""
    if day is None:
        return "–"
    if abs((day - today).days) > 300:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.day:2} {MONTHS[day.month - 1]}"


def full(day: date) -> str:
    """Return `Mon 23 Nov 2026`."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def relative(day: date, today: date) -> str:
    """Return `today`, `yesterday`, `in 3 days`, `5 days ago`, or the full date beyond `NEAR`."""
    away = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if away in near:
        return near[away]
    if abs(away) > NEAR:
        return full(day)
    return f"in {away} days" if away > 0 else f"{-away} days ago"


def with_relative(day: date, today: date) -> str:
    """Return the full date and, when it is near, how far: `Fri 20 Nov 2026, 3 days ago`."""
    if abs((day - today).days) > NEAR:
        return full(day)
    return f"{full(day)}, {relative(day, today)}"


def weekday_words(weekdays: Iterable[int]) -> str:
    """Return weekdays, numbered from Monday 0, as `Mon Tue Wed`."""
    return " ".join(WEEKDAYS[day] for day in sorted(weekdays))


def clock(local: datetime) -> str:
    """Return the time of day of a local moment, `09:14:05`."""
    return f"{local.hour:02}:{local.minute:02}:{local.second:02}"


def minutes(seconds: float) -> str:
    """Return a length of time as `17 min`; less than a minute as `under 1 min`."""
    whole = whole_minutes(seconds)
    return f"{whole} min" if whole else "under 1 min"


def of_day(minute: int) -> str:
    """Return minutes after midnight as a time of day, `9:05`."""
    return f"{minute // 60}:{minute % 60:02}"
