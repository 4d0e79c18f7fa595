"""How often a coachee is met: weekly, biweekly, monthly, or every n school days. Plain."""

from __future__ import annotations

from datetime import date, timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from coach_tui.domain.school_days import SchoolDays

WEEKLY, BIWEEKLY, MONTHLY = "weekly", "biweekly", "monthly"
COMMON = (WEEKLY, BIWEEKLY, MONTHLY)
LONGEST_SCHOOL_DAYS = 100

_BIWEEKLY = (
    "biweekly",
    "fortnightly",
    "every 2 weeks",
    "every two weeks",
    "2 weeks",
    "every other week",
)


def normalise(words: str) -> str:
    """Return a cadence in its one spelling: `weekly` ... or `every 3 school days`.

    Accepts the ways people write it (`bi-weekly`, `every 2 weeks`, `every 3 days`, `3`).
    Raises `ValueError` when the words are none of them.
    """
    text = " ".join(words.lower().split()).replace("bi-weekly", BIWEEKLY)
    if text in ("weekly", "every week", "1 week", "every 1 week", "once a week"):
        return WEEKLY
    if text in _BIWEEKLY:
        return BIWEEKLY
    if text in ("monthly", "every month", "once a month", "every 4 weeks"):
        return MONTHLY
    count = text.removeprefix("every ").removesuffix("s").removesuffix(" day")
    count = count.removesuffix(" school").lstrip("0")
    short = 0 < len(count) <= len(str(LONGEST_SCHOOL_DAYS))
    if short and count.isascii() and count.isdigit() and int(count) <= LONGEST_SCHOOL_DAYS:
        return f"every {count} school days"
    raise ValueError(
        "this is no cadence: write weekly, biweekly, monthly, or every 3 school days (1 to 100)"
    )


def next_due(cadence: str, after: date, school_days: SchoolDays) -> date | None:
    """Return the day the next contact is due, counted from the contact on `after`.

    Weeks and months are those of the calendar, moved to the next school day; `every n school
    days` counts school days (domain.md section 5). None when the school year has no such day.
    """
    cadence = normalise(cadence)
    if after >= school_days.last:
        return None
    if cadence.startswith("every "):
        return school_days.add(after, int(cadence.split()[1]))
    if cadence == MONTHLY:
        return school_days.on_or_after(_next_month(after))
    weeks = 1 if cadence == WEEKLY else 2
    return school_days.on_or_after(after + timedelta(weeks=weeks))


def _next_month(day: date) -> date:
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    first_of_following = date(year + month // 12, month % 12 + 1, 1)
    last = (first_of_following - timedelta(days=1)).day
    return date(year, month, min(day.day, last))
