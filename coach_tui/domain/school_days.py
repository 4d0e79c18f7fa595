"""Arithmetic over the days on which school is held. Plain.

A school day is a day from the first to the last of the school year, on a weekday that is taught,
and not a day off (domain.md sections 3 and 5). Early-release days are school days.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

MONDAY_TO_FRIDAY = frozenset(range(5))


class SchoolDays:
    """The school days of one or more school years, as an ordered list that is searched by halves.

    `first` and `last` are inclusive; `weekdays` are numbered as `date.weekday()` does, Monday 0.
    Raises `ValueError` when `last` comes before `first` or a weekday is not 0 to 6.
    """

    __slots__ = ("_ordinals", "first", "last")

    def __init__(
        self,
        first: date,
        last: date,
        weekdays: Iterable[int] = MONDAY_TO_FRIDAY,
        days_off: Iterable[date] = (),
    ) -> None:
        """List the school days from `first` to `last`."""
        taught = frozenset(weekdays)
        if last < first:
            raise ValueError(f"the school year ends ({last}) before it begins ({first})")
        if not taught <= frozenset(range(7)):
            raise ValueError("weekdays are numbered 0 (Monday) to 6 (Sunday)")
        off = frozenset(day.toordinal() for day in days_off)
        monday_zero = first.toordinal() - first.weekday()
        self.first, self.last = first, last
        self._ordinals = [
            ordinal
            for ordinal in range(first.toordinal(), last.toordinal() + 1)
            if (ordinal - monday_zero) % 7 in taught and ordinal not in off
        ]

    def __contains__(self, day: date) -> bool:
        """Whether school is held on `day`."""
        ordinal = day.toordinal()
        index = bisect_left(self._ordinals, ordinal)
        return index < len(self._ordinals) and self._ordinals[index] == ordinal

    def __len__(self) -> int:
        """How many school days there are."""
        return len(self._ordinals)

    def has_begun(self, today: date) -> bool:
        """Whether the school year has begun by `today`: its first school day is not ahead."""
        return bool(self._ordinals) and self._ordinals[0] <= today.toordinal()

    def on_or_after(self, day: date) -> date | None:
        """Return `day` if school is held, else the next school day; None past the last."""
        return self._at(bisect_left(self._ordinals, day.toordinal()))

    def on_or_before(self, day: date) -> date | None:
        """Return `day` if school is held, else the school day before; None before the first."""
        return self._at(bisect_right(self._ordinals, day.toordinal()) - 1)

    def add(self, day: date, count: int) -> date | None:
        """Return the school day `count` school days after `day` (before it, when negative).

        `day` itself need not be a school day and is never counted; a count of 0 is
        `on_or_after(day)`. None when the school year does not reach that far.
        """
        ordinal = day.toordinal()
        if count == 0:
            return self.on_or_after(day)
        if count > 0:
            return self._at(bisect_right(self._ordinals, ordinal) + count - 1)
        return self._at(bisect_left(self._ordinals, ordinal) + count)

    def between(self, start: date, end: date) -> int:
        """Count the school days after `start`, up to and with `end`; negative when `end` is first.

        For any two days `between(a, b) == -between(b, a)` where both are school days.
        """
        if end < start:
            return -self.between(end, start)
        after_start = bisect_right(self._ordinals, start.toordinal())
        return bisect_right(self._ordinals, end.toordinal()) - after_start

    def _at(self, index: int) -> date | None:
        if not 0 <= index < len(self._ordinals):
            return None
        return date.fromordinal(self._ordinals[index])


def days_from(first: date, last: date) -> list[date]:
    """Return every calendar day from `first` to `last`, both included; none when `last` is less."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
