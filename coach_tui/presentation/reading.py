"""Reading what people type: dates, counts and lists, with errors in plain words. Plain."""

from __future__ import annotations

import re
from datetime import date, time

from coach_tui.presentation.day_words import MONTHS, WEEKDAYS, day_of_words, place
from coach_tui.presentation.text import cut

_LONGEST_SHOWN = 40
"""Columns of what was typed that an error says again."""

_LONGEST_DATE = 4
"""Words of a date: `Mon 23 Nov 2026`."""

_TIME = re.compile(r"(\d{1,2})[:.]?(\d{2})(?:[:.](\d{2}))?\s*([aApP][mM])?")
_LEADING_TIME = re.compile(r"\s*(\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s*[aApP][mM])?)\s+(?=\S)")

SPAN_HELP = "21 dec 2026 to 1 jan 2027 Winter break"
DATE_HELP = "write 2026-11-23, 23 nov, nov 23, 11/23/2026, fri, last fri or tomorrow"


def read_date(text: str, today: date) -> date:
    """Return the date that `text` names, as people write it.

    A weekday is the next one, today excluded; before a date it says nothing more. A day and month
    without a year is the one nearest to today. Words such as `last tuesday` and `end of january`
    are those of `day_of_words`. Raises `ValueError` with what can be written.
    """
    words = text.casefold().replace(",", " ").split()
    try:
        found = day_of_words(words, today)
        if found is not None:
            return found
        weekday = place(words[0], WEEKDAYS) if words else None
        return _calendar_date(words if weekday is None else words[1:], today)
    except (ValueError, OverflowError):
        raise ValueError(f"{_shown(text)} is no date: {DATE_HELP}") from None


def _shown(text: str) -> str:
    return repr(cut(text.strip(), _LONGEST_SHOWN))


def _calendar_date(words: list[str], today: date) -> date:
    if len(words) == 1 and "/" in words[0]:
        month, day, *year = words[0].split("/")
        return _nearest(_number(month), _number(day), year, today)
    if len(words) == 1:
        return date.fromisoformat(words[0])
    months = [place(word, MONTHS) for word in words]
    named = [month for month in months if month is not None]
    others = [word for word, month in zip(words, months, strict=True) if month is None]
    if len(named) != 1 or not others:
        raise ValueError
    day, *year = others
    return _nearest(named[0] + 1, _day_number(day), year, today)


def _number(word: str) -> int:
    if not word.isdecimal() or len(word) > 4:
        raise ValueError
    return int(word)


def _day_number(word: str) -> int:
    for ending in (".", "st", "nd", "rd", "th"):
        if word.endswith(ending):
            return _number(word.removesuffix(ending))
    return _number(word)


def _nearest(month: int, day: int, year: list[str], today: date) -> date:
    """Return the date; `year` is one word of two or four digits, or none."""
    if year:
        (word,) = year
        if len(word) not in (2, 4):
            raise ValueError
        return date(_number(word) + (2000 if len(word) == 2 else 0), month, day)
    candidates = []
    for candidate in (today.year - 1, today.year, today.year + 1):
        try:
            candidates.append(date(candidate, month, day))
        except ValueError:
            continue
    if not candidates:
        raise ValueError
    return min(candidates, key=lambda one: abs((one - today).days))


def read_optional_date(text: str, today: date) -> date | None:
    """Return the date that `text` names, None for an empty text."""
    return read_date(text, today) if text.strip() else None


def read_count(text: str, most: int) -> int:
    """Return a whole number from 0 to `most`; an empty text is 0. Raises `ValueError`."""
    words = text.strip()
    if not words:
        return 0
    digits = words.lstrip("0") or "0"
    too_long = len(digits) > len(str(most))
    if not (words.isascii() and words.isdigit()) or too_long or int(digits) > most:
        raise ValueError(f"write a whole number from 0 to {most}")
    return int(digits)


def read_list(text: str, separator: str = ",") -> tuple[str, ...]:
    """Return the parts of `text` between separators or line breaks, empty ones left out."""
    parts = text.replace("\n", separator).split(separator)
    return tuple(part.strip() for part in parts if part.strip())


def read_span(text: str, today: date) -> tuple[date, date, str]:
    """Return first day, last day and label of a break such as `21 dec 2026 to 1 jan 2027 Winter`.

    A single day has no `to`; a last day without a year follows the first. Raises `ValueError`
    with what can be written.
    """
    first, rest = _leading_date(text.split(), today)
    if not rest or rest[0].casefold() != "to":
        _refuse_hidden_date(rest, today)
        return first, first, " ".join(rest)
    last, label = _leading_date(rest[1:], today)
    if last < first:
        # Near the middle of the year `21 dec to 1 jan` lies nearest in two different winters.
        last, label = _leading_date(rest[1:], first)
    return first, last, " ".join(label)


def _refuse_hidden_date(label: list[str], today: date) -> None:
    """Raise `ValueError` for `21 dec Winter to 1 jan`: the label comes last."""
    for number, word in enumerate(label, 1):
        if word.casefold() == "to" and _begins_with_date(label[number:], today):
            raise ValueError(f"write the name of a break after its last day: {SPAN_HELP}")


def _begins_with_date(words: list[str], today: date) -> bool:
    try:
        _leading_date(words, today)
    except ValueError:
        return False
    return True


def _leading_date(words: list[str], today: date) -> tuple[date, list[str]]:
    for count in range(min(len(words), _LONGEST_DATE), 0, -1):
        try:
            return read_date(" ".join(words[:count]), today), words[count:]
        except ValueError:
            continue
    raise ValueError(f"{_shown(' '.join(words))} does not begin with a date: write {SPAN_HELP}")


def read_weekdays(text: str) -> tuple[int, ...]:
    """Return the weekdays that `text` names, numbered from Monday 0; raises `ValueError`."""
    places = [place(word, WEEKDAYS) for word in text.casefold().replace(",", " ").split()]
    days = {place for place in places if place is not None}
    if not days or None in places:
        raise ValueError("write the days, such as mon tue wed thu fri")
    return tuple(sorted(days))


def read_time(text: str) -> time:
    """Return the time of day that `text` names: `9:14`, `9.14`, `0914`, `9:14:05`, `1:20 pm`.

    Raises `ValueError` with what can be written.
    """
    found = _TIME.fullmatch(text.strip())
    if found is not None:
        hour, minute, second = (int(part or 0) for part in found.group(1, 2, 3))
        half = (found[4] or "").lower()[:1]
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour < 24 and minute < 60 and second < 60:
            return time(hour, minute, second)
    raise ValueError(f"{_shown(text)} is no time: write 9:14, 13:05 or 1:05 pm")


def leading_time(text: str) -> tuple[time | None, str]:
    """Return the time at the beginning of a line and what follows it; None where there is none."""
    found = _LEADING_TIME.match(text)
    if found is None:
        return None, text
    try:
        return read_time(found[1]), text[found.end() :]
    except ValueError:
        return None, text
