"""A time of day, a span of it and a length as people write them: `2pm`, `9:40-10:10`, `30m`. Plain.

Each `take` function returns what it found in a text, and what is left of the text.
"""

from __future__ import annotations

import re

from coach_tui.presentation import dates

clock = dates.of_day
"""Minutes after midnight as people write a time."""

LONGEST = 8 * 60
"""Minutes that one appointment may take."""

AFTERNOON_BEFORE = 7
"""A bare 1:30 is in the afternoon: hours before this one are, when nobody says am."""

_MERIDIEM = r"(?:\s*([ap])\.?m\b\.?)?"
_CLOCK = rf"(\d{{1,2}}):(\d{{2}}){_MERIDIEM}"
_HOUR = r"(\d{1,2})\s*([ap])\.?m\b\.?"
_TIME = rf"(?:\b{_CLOCK}|\b{_HOUR}|\b(noon)\b)"
_RANGE = re.compile(rf"{_TIME}\s*(?:-|–|to|until|till)\s*{_TIME}", re.IGNORECASE)
_ONE_TIME = re.compile(_TIME)
_LOOSE_TIME = rf"(?:(\d{{1,2}})(?::(\d{{2}}))?{_MERIDIEM}|(noon)\b)"
_LOOSE_RANGE = re.compile(
    rf"(?<![\d:/.-]){_LOOSE_TIME}\s*(?:-|–|to|until|till)\s*{_LOOSE_TIME}(?![\d:/-])", re.IGNORECASE
)
"""A range whose times may be hours alone: `12-12:48`. No part of a date has its form."""

_LENGTH = re.compile(
    r"\b(?:(\d{1,3})\s*(?:h|hours?|hrs?)\s*)?(?:(\d{1,3})\s*(?:m|mins?|minutes?))\b"
)
_HOURS = re.compile(r"\b(\d)\s*(?:h|hours?|hrs?)\b(?!\s*\d)")


def read_time(text: str) -> int | None:
    """Return a time of day such as `9:40` or `2pm`, None for an empty text; raises `ValueError`."""
    if not text.strip():
        return None
    found = _ONE_TIME.fullmatch(text.casefold().strip())
    if found is None:
        raise ValueError("write a time of day: 9:40, 14:30, 2pm, noon")
    return _minute(found.groups())


def take_range(text: str) -> tuple[int, int, str] | None:
    """Return the start and end that `text` names, and what is left of it; None when it has none.

    Raises `ValueError` for times that cannot be, and an end before its start.
    """
    span = _RANGE.search(text)
    if span is None:
        # The name of a period may hold one too: `Grades 3-5 8-8:50`. Its times come last.
        span = next(reversed([*_LOOSE_RANGE.finditer(text)]), None)
    if span is None:
        return None
    groups = tuple(part.casefold() if part else part for part in span.groups())
    half = len(groups) // 2
    start, end = (_minute(_six(part)) for part in (groups[:half], groups[half:]))
    if end <= start:
        raise ValueError(f"the end ({clock(end)}) comes before the start ({clock(start)})")
    return start, end, " ".join(without(text, span).split())


def take_time(text: str) -> tuple[int | None, int | None, str]:
    """Return start, minutes (of a range) and what is left of the text."""
    span = take_range(text)
    if span is not None:
        start, end, rest = span
        if end - start > LONGEST:
            raise ValueError("an appointment takes at most 8 hours")
        return start, end - start, rest
    found = _ONE_TIME.search(text)
    if found is None:
        return None, None, text
    rest = without(text, found)
    if _ONE_TIME.search(rest):
        raise ValueError("there are two times: write 9:40-10:10 for a start and an end")
    return _minute(found.groups()), None, rest


def without(text: str, found: re.Match[str]) -> str:
    """Return the text around what was found in it."""
    return f"{text[: found.start()]} {text[found.end() :]}"


def _six(groups: tuple[str | None, ...]) -> tuple[str | None, ...]:
    """Return the groups of a loose time as those of a time."""
    return groups if len(groups) == 6 else (*groups[:3], None, None, groups[3])


def _minute(groups: tuple[str | None, ...]) -> int:
    """Return the minute of the five groups of a time: hour, minutes, a/p, hour, a/p; then noon."""
    if groups[5]:
        return 12 * 60
    hour, minute = int(groups[0] or groups[3] or 0), int(groups[1] or 0)
    half = groups[2] or groups[4]
    if minute > 59 or hour > (12 if half else 23) or (half and not hour):
        raise ValueError(f"{hour}:{minute:02} is no time of day: write 9:40, 14:30 or 2pm")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif 0 < hour < AFTERNOON_BEFORE:
        hour += 12
    return hour * 60 + minute


def take_length(text: str) -> tuple[int | None, str]:
    """Return the length that the text names, in minutes, and what is left of it."""
    found = _LENGTH.search(text) or _HOURS.search(text)
    if found is None:
        return None, text
    minutes = 60 * int(found[1] or 0)
    minutes += int(found[2]) if found.re is _LENGTH else 0
    if not 0 < minutes <= LONGEST:
        raise ValueError("an appointment takes from 1 minute to 8 hours")
    return minutes, without(text, found)
