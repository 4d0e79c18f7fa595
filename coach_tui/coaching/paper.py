"""Times that stand in notes on paper: of the two halves of the day, the one of the visit."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from coach_tui.coaching.clock import Clock, moment_of
from coach_tui.domain.records import Observation

HALF_A_DAY = timedelta(hours=12)


def moment_on_paper(clock: Clock, seen: Observation, of_day: time) -> datetime:
    """Return the moment of a time before a line: `1:06` is 13:06 where the visit began at 13:05.

    The half of the day is taken that is nearer to the visit, as it stands where both are.
    """
    stands = moment_of(clock, seen.date, of_day)
    if of_day.hour >= 12:
        return stands
    return min(stands, stands + HALF_A_DAY, key=lambda moment: _away(seen, moment))


def is_within(seen: Observation, moment: datetime) -> bool:
    """Whether a moment lies within the visit."""
    return not _away(seen, moment)


def _away(seen: Observation, moment: datetime) -> timedelta:
    """Return how long before the visit, or after it, a moment is; nothing within it."""
    end = seen.end or seen.start
    return max(seen.start - moment, moment - end, timedelta())
