"""How often a coachee is met: weekly, biweekly, monthly, every n weeks or school days. Plain."""

from __future__ import annotations

from datetime import date, timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from coach_tui.domain.school_days import SchoolDays

WEEKLY, BIWEEKLY, MONTHLY = "weekly", "biweekly", "monthly"
COMMON = (WEEKLY, BIWEEKLY, MONTHLY)
LONGEST_SCHOOL_DAYS = 100
LONGEST_WEEKS = 20
LONGEST_WORDS = 60
"""Characters that are read; more is no cadence."""

HELP = "write weekly, biweekly, monthly, every 3 weeks, or every 3 school days (1 to 100)"

WORDS = {
    WEEKLY: (
        "weekly", "every week", "1 week", "every 1 week", "each week", "wkly", "once a week",
        "once per week", "once weekly", "1x week", "1 x week", "1x per week", "1x a week",
        "1 per week", "1 a week",
    ),
    BIWEEKLY: (
        "biweekly", "bi weekly", "fortnightly", "fortnight", "2 weeks", "every other week",
        "every second week", "alternate weeks", "alternating weeks", "every 2weeks",
        "once every 2 weeks", "2x month", "2 x month", "2x per month", "2x a month",
        "2 times a month", "twice a month", "twice per month", "twice monthly", "semi monthly",
        "semimonthly",
    ),
    MONTHLY: (
        "monthly", "every month", "each month", "once a month", "once per month", "once monthly",
        "1x month", "1 x month", "1x per month", "1x a month", "1 per month",
    ),
    "every 1 school days": ("daily", "every day", "every school day", "each day"),
}  # fmt: skip
"""The ways people write a cadence, as `_plain` writes them."""

_BY_WORDS = {one: cadence for cadence, words in WORDS.items() for one in words}
_BY_WEEKS = {1: WEEKLY, 2: BIWEEKLY, 4: MONTHLY}
_NUMBERS = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_DAYS, _WEEKS = ("", "day", "days", "school day", "school days"), ("week", "weeks", "wk", "wks")


def normalise(words: str) -> str:
    """Return a cadence in its one spelling: `weekly`, `every 3 weeks`, `every 3 school days`.

    Accepts the ways people write it (`bi-weekly`, `every two weeks`, `every 3 days`, `3`), the
    same in a form and in a table. Raises `ValueError` when the words are none of them.
    """
    text = _plain(words)
    known = _BY_WORDS.get(text)
    if known is not None:
        return known
    number, _, unit = text.removeprefix("every ").partition(" ")
    count = _count(number)
    if 0 < count <= LONGEST_WEEKS and unit in _WEEKS:
        return _BY_WEEKS.get(count, f"every {count} weeks")
    if 0 < count <= LONGEST_SCHOOL_DAYS and unit in _DAYS:
        return f"every {count} school days"
    raise ValueError(f"this is no cadence: {HELP}")


def _plain(words: str) -> str:
    """Return words in small letters with single spaces; hyphens and slashes stand for spaces."""
    if len(words) > LONGEST_WORDS:
        return ""
    text = " ".join(words.lower().replace("/", " ").replace(".", " ").split())
    # `bi-weekly` is one word written in two; `-3` and `1-0` are no number.
    is_number = " -" in f" {text}" or text.replace("-", "").isdecimal()
    return text if is_number else " ".join(text.replace("-", " ").split())


def _count(word: str) -> int:
    if word in _NUMBERS:
        return _NUMBERS.index(word) + 1
    digits = word.lstrip("0")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else 0


def weeks_of(cadence: str) -> int | None:
    """Return how many weeks of the calendar a cadence counts; None for months and school days."""
    known = {WEEKLY: 1, BIWEEKLY: 2}.get(cadence)
    return int(cadence.split()[1]) if cadence.endswith(" weeks") else known


def next_due(cadence: str, after: date, school_days: SchoolDays) -> date | None:
    """Return the day the next contact is due, counted from the contact on `after`.

    Weeks and months are those of the calendar, moved to the next school day; `every n school
    days` counts school days (domain.md section 5). None when the school year has no such day.
    """
    cadence = normalise(cadence)
    if after >= school_days.last:
        return None
    weeks = weeks_of(cadence)
    if cadence == MONTHLY:
        return school_days.on_or_after(_next_month(after))
    if weeks is None:
        return school_days.add(after, int(cadence.split()[1]))
    return school_days.on_or_after(after + timedelta(weeks=weeks))


def _next_month(day: date) -> date:
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    first_of_following = date(year + month // 12, month % 12 + 1, 1)
    last = (first_of_following - timedelta(days=1)).day
    return date(year, month, min(day.day, last))
