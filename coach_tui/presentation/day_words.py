"""Days by words instead of numbers: `last tuesday`, `a week from fri`, `end of january`. Plain."""

from __future__ import annotations

from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
FILLERS = frozenset({"on", "the", "of", "from"})
"""Words that say nothing of the day."""

_DAYS_AWAY = {"today": 0, "tomorrow": 1, "yesterday": -1}
_WEEKS_AWAY = {"last": -1, "this": 0, "next": 1}
_UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7}
_NUMBERS = ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def place(word: str, names: tuple[str, ...]) -> int | None:
    """Return which of `names` a word is, written out or cut to three letters and more."""
    word = word.removesuffix(".")
    if len(word) < 3:
        return None
    return next((n for n, name in enumerate(names) if name.startswith(word)), None)


def day_of_words(words: list[str], today: date) -> date | None:
    """Return the day that small words name, None where they name none, or by numbers.

    A weekday is the next one, `next thu` that of next week, `this thu` that of this week,
    `last thu` the newest one before today. Weeks begin on Monday. The end of a month is that of
    the nearest one of its name. Raises `OverflowError` for a day that no calendar has.
    """
    words = [word for word in words if word not in FILLERS]
    if len(words) == 1:
        return _one_word(words[0], today)
    for read in (_of_a_week, _end_of_month, _so_far_away):
        found = read(words, today)
        if found is not None:
            return found
    return None


def _one_word(word: str, today: date) -> date | None:
    if word in _DAYS_AWAY:
        return today + timedelta(days=_DAYS_AWAY[word])
    weekday = place(word, WEEKDAYS)
    if weekday is None:
        return None
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _of_a_week(words: list[str], today: date) -> date | None:
    """Read `next thu`, `next week`, `next week thu` and `thu next week`."""
    if len(words) == 3 and words[0] not in _WEEKS_AWAY:
        words = [*words[1:], words[0]]
    which = _WEEKS_AWAY.get(words[0]) if words else None
    if which is None:
        return None
    if words[1:] == ["week"]:
        return today + timedelta(weeks=which)
    weekday = place(words[-1], WEEKDAYS)
    if weekday is None or words[1:-1] not in ([], ["week"]):
        return None
    if which < 0 and words[1:-1] == []:
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=which, days=weekday)


def _end_of_month(words: list[str], today: date) -> date | None:
    """Read `end of january` and `end of the month`."""
    if len(words) != 2 or words[0] != "end":
        return None
    if words[1] == "month":
        return _last_day(today.year, today.month)
    month = place(words[1], MONTHS)
    if month is None:
        return None
    ends = [_last_day(today.year + away, month + 1) for away in (-1, 0, 1)]
    return min(ends, key=lambda day: abs((day - today).days))


def _last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _so_far_away(words: list[str], today: date) -> date | None:
    """Read `in 3 weeks`, `2 days ago` and `a week from tuesday`."""
    ahead, words = words[:1] == ["in"], words[1:] if words[:1] == ["in"] else words
    if not 2 <= len(words) <= 3:
        return None
    count, unit = _count(words[0]), _UNITS.get(words[1])
    if not count or unit is None:
        return None
    days = timedelta(days=count * unit)
    if len(words) == 2:
        return today + days if ahead else None
    if ahead:
        return None
    if words[2] == "ago":
        return today - days
    day = _one_word(words[2], today)
    return None if day is None else day + days


def _count(word: str) -> int:
    if word in ("an", "one"):
        return 1
    if word in _NUMBERS:
        return _NUMBERS.index(word) + 1
    return int(word) if word.isascii() and word.isdecimal() and len(word) <= 3 else 0
