"""Reading what people type: dates, counts and lists, with errors in plain words. Plain."""

from __future__ import annotations

from datetime import date, timedelta

from coach_tui.presentation.dates import MONTHS, WEEKDAYS

_MONTHS = {name.casefold(): number for number, name in enumerate(MONTHS, start=1)}
_WEEKDAYS = {name.casefold(): number for number, name in enumerate(WEEKDAYS)}

DATE_HELP = "write 2026-11-23, 23 nov, nov 23, 11/23/2026, fri, today or tomorrow"


def read_date(text: str, today: date) -> date:
    """Return the date that `text` names, as people write it.

    A weekday is the next one, today excluded; a day and month without a year is the one nearest
    to today. Raises `ValueError` with what can be written.
    """
    words = text.strip().casefold().replace(",", " ").split()
    if len(words) == 1 and words[0] in ("today", "tomorrow", "yesterday"):
        return today + timedelta(days={"today": 0, "tomorrow": 1, "yesterday": -1}[words[0]])
    if len(words) == 1 and words[0][:3] in _WEEKDAYS and words[0].isalpha():
        ahead = (_WEEKDAYS[words[0][:3]] - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead)
    try:
        return _calendar_date(words, today)
    except (ValueError, IndexError, KeyError):
        raise ValueError(f"{text.strip()!r} is no date: {DATE_HELP}") from None


def _calendar_date(words: list[str], today: date) -> date:
    if len(words) == 1 and "/" in words[0]:
        month, day, *year = (int(part) for part in words[0].split("/"))
        return _nearest(month, day, year[0] if year else None, today)
    if len(words) == 1:
        return date.fromisoformat(words[0])
    named = next((word for word in words if word[:3] in _MONTHS), "")
    numbers = [int(word.rstrip("stndrh.")) for word in words if word is not named]
    if not 1 <= len(numbers) <= 2:
        raise ValueError
    return _nearest(_MONTHS[named[:3]], numbers[0], numbers[1] if numbers[1:] else None, today)


def _nearest(month: int, day: int, year: int | None, today: date) -> date:
    if year is not None:
        return date(year + 2000 if year < 100 else year, month, day)
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
    if not (words.isascii() and words.isdigit()) or int(words) > most:
        raise ValueError(f"write a whole number from 0 to {most}")
    return int(words)


def read_list(text: str, separator: str = ",") -> tuple[str, ...]:
    """Return the parts of `text` between separators or line breaks, empty ones left out."""
    parts = text.replace("\n", separator).split(separator)
    return tuple(part.strip() for part in parts if part.strip())


def read_span(text: str, today: date) -> tuple[date, date, str]:
    """Return first day, last day and label of a break such as `21 dec 2026 to 1 jan 2027 Winter`.

    A single day has no `to`. Raises `ValueError` with what can be written.
    """
    words = text.split()
    lowered = [word.casefold() for word in words]
    if "to" in lowered:
        at = lowered.index("to")
        first, _ = _leading_date(words[:at], today)
        last, rest = _leading_date(words[at + 1 :], today)
        return first, last, " ".join(rest)
    day, rest = _leading_date(words, today)
    return day, day, " ".join(rest)


def _leading_date(words: list[str], today: date) -> tuple[date, list[str]]:
    for count in (3, 2, 1):
        try:
            return read_date(" ".join(words[:count]), today), words[count:]
        except ValueError:
            continue
    raise ValueError(
        f"{' '.join(words)!r} does not begin with a date: write 21 dec 2026 to 1 jan 2027 Winter break"
    )
