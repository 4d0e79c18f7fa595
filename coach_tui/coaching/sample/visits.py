"""When a coachee was visited and met: school days as indexes, from the last contact backwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from coach_tui.coaching.sample.people import Person, Standing
from coach_tui.coaching.sample.year import Schooling
from coach_tui.domain.cadence import BIWEEKLY, MONTHLY, WEEKLY

_PACES = {WEEKLY: 5, BIWEEKLY: 10, MONTHLY: 20}
_EARLY_PACE = 20
"""School days between visits of this year before the half year that is shown in full."""

_PAST_PACE = 12
"""School days between visits of earlier years: about fifteen visits a year."""

_SETTLING = 4
"""School days after the launch conversation before the first meeting."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One turn: observation, meeting, lesson of the action step, check back; school-day indexes.

    None where it has not come to that.
    """

    observed: int
    met: int | None
    lesson: int | None
    checked: int | None


def visits_of(
    person: Person, schooling: Schooling, launch: int, cadence: str, newest: int, random: Random
) -> list[Visit]:
    """Return a person's visits, oldest first; `newest` is the day of the last contact."""
    pace = _pace(cadence)
    open_visit = newest if person.last == "observation" else None
    last_met = newest if open_visit is None else newest - pace
    meetings = list(_meetings(schooling, launch + _SETTLING, last_met, pace, random))[::-1]
    visits = []
    for place, met in enumerate(meetings):
        before = meetings[place - 1] if place else launch
        observed = max(met - random.choice((0, 1, 1, 2)), before + 1)
        visits.append((observed, met))
    whole = [_followed(visit, following, random) for visit, following in pairwise(visits)]
    if visits:
        whole.append(_newest(visits[-1], person, schooling, open_visit, random))
    if open_visit is not None:
        whole.append(Visit(open_visit, None, None, None))
    return whole


def _pace(cadence: str) -> int:
    return _PACES[cadence] if cadence in _PACES else int(cadence.split()[1])


def _meetings(
    schooling: Schooling, earliest: int, newest: int, pace: int, random: Random
) -> Iterator[int]:
    """Yield the days of the meetings, newest first."""
    day = newest
    while day >= earliest:
        yield day
        if day >= schooling.recent:
            day -= pace + random.choice((0, 0, 0, 1) if pace < 10 else (-1, 0, 0, 1))
        elif day >= schooling.this_year:
            day -= _EARLY_PACE
        else:
            day -= _PAST_PACE + random.choice((-1, 0, 0, 1))


def _followed(visit: tuple[int, int], following: tuple[int, int], random: Random) -> Visit:
    """Return a visit whose step was tried by the next observation and looked at by then or soon."""
    observed, met = visit
    lesson = min(met + random.choice((1, 2, 3)), following[0])
    checked = min(max(lesson, met + 1) + random.choice((0, 1)), following[1])
    return Visit(observed, met, lesson, max(checked, lesson))


def _newest(
    visit: tuple[int, int],
    person: Person,
    schooling: Schooling,
    open_visit: int | None,
    random: Random,
) -> Visit:
    """Return the last visit with a meeting; its action step is as today's picture wants it."""
    observed, met = visit
    if open_visit is not None:
        return _followed(visit, (open_visit, open_visit), random)
    shown = person.standing not in (Standing.PAUSED, Standing.RELEASED)
    if shown and person.step == "ahead":
        lesson = max(schooling.now, met + 1) + random.choice((0, 1))
        return Visit(observed, met, lesson, None)
    lesson = min(met + random.choice((1, 2)), schooling.now - 1)
    if shown and person.step == "open":
        return Visit(observed, met, lesson, None)
    return Visit(observed, met, lesson, min(lesson + random.choice((0, 1)), schooling.now - 1))
