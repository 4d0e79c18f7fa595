"""What is known of one active growth goal, and the statuses that follow from it. Plain.

The rules are those of domain.md section 5: evidence gap, evidence stale, triangulated.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from coach_tui.domain.facts import CoacheeFacts
    from coach_tui.domain.school_days import SchoolDays
    from coach_tui.domain.statuses import Rules

STUDENT_COLUMNS = ("discourse", "student work")
"""The columns of the matrix that are one mode: student evidence."""

_CADENCE_DAYS = {"weekly": 5, "biweekly": 10, "monthly": 20}


class GoalFacts:
    """An active goal's plain values.

    `since` is the day it became active; `planned` the columns in which evidence is planned;
    `newest` the day of the newest evidence by column. Columns are words of `EvidenceColumn`.
    """

    __slots__ = ("id", "newest", "planned", "since")

    def __init__(
        self,
        id: str,
        since: date,
        planned: Iterable[str] = (),
        newest: dict[str, date] | None = None,
    ) -> None:
        """Hold the values."""
        self.id, self.since = id, since
        self.planned, self.newest = tuple(planned), dict(newest or {})

    def __eq__(self, other: object) -> bool:
        """Whether all values are the same."""
        if not isinstance(other, GoalFacts):
            return NotImplemented
        return self.to_plain() == other.to_plain()

    __hash__ = None  # type: ignore[assignment]  # equal by value, and a mapping is inside

    def to_plain(self) -> list[Any]:
        """Return JSON values; `from_plain` reads them back to an equal object."""
        newest = {column: day.isoformat() for column, day in sorted(self.newest.items())}
        return [self.id, self.since.isoformat(), list(self.planned), newest]

    @classmethod
    def from_plain(cls, plain: list[Any]) -> GoalFacts:
        """Read what `to_plain` wrote. Raises `TypeError` or `ValueError` otherwise."""
        id, since, planned, newest = plain
        read = date.fromisoformat
        return cls(id, read(since), planned, {column: read(day) for column, day in newest.items()})


def gaps(goal: GoalFacts, school_days: SchoolDays, today: date, rules: Rules) -> tuple[str, ...]:
    """Return the planned columns without any evidence, discourse and work apart.

    Quiet until the goal was active for `rules.gap_days` school days.
    """
    if school_days.between(goal.since, today) < rules.gap_days:
        return ()
    return tuple(column for column in goal.planned if column not in goal.newest)


def stale_since(
    goal: GoalFacts, cadence: str, school_days: SchoolDays, today: date, rules: Rules
) -> date | None:
    """Return the day of the newest evidence when it is stale, None when it is not.

    Stale is older than two cadences, `rules.stale_days` school days at least. A goal for which
    nothing was ever gathered has a gap, and nothing that could be stale.
    """
    newest = max(goal.newest.values(), default=None)
    if newest is None:
        return None
    limit = max(2 * cadence_days(cadence), rules.stale_days)
    return newest if school_days.between(newest, today) > limit else None


def cadence_days(cadence: str) -> int:
    """Return about how many school days lie between two contacts of a cadence."""
    count = _CADENCE_DAYS.get(cadence)
    if count is None:
        count = int(cadence.split()[1]) * (5 if cadence.endswith(" weeks") else 1)
    return count


def is_triangulated(goal: GoalFacts, today: date, rules: Rules) -> bool:
    """Whether three modes or more, student evidence among them, were gathered lately.

    Lately is within `rules.triangulated_days` calendar days. Discourse and student work are one
    mode.
    """
    earliest = today - timedelta(days=rules.triangulated_days)
    seen = {column for column, day in goal.newest.items() if earliest <= day <= today}
    students = any(column in seen for column in STUDENT_COLUMNS)
    modes = len(seen - set(STUDENT_COLUMNS)) + students
    return students and modes >= 3


class Sign(StrEnum):
    """What a coachee's growth shows, for a person to decide on (rule R8)."""

    READY_FOR_2 = "ready for phase 2"
    READY_FOR_3 = "ready for phase 3"
    READY_TO_RELEASE = "ready to release"
    TRIANGULATED = "triangulated"


_READY = {"1": Sign.READY_FOR_2, "2": Sign.READY_FOR_3, "3": Sign.READY_TO_RELEASE}


def signs(facts: CoacheeFacts, today: date, rules: Rules) -> tuple[Sign, ...]:
    """Return what the growth of an active coachee shows today; it is proposed, never done (R8)."""
    if facts.state != "active":
        return ()
    found = []
    if ready(facts, today, rules) and facts.phase in _READY:
        found.append(_READY[facts.phase])
    if any(is_triangulated(goal, today, rules) for goal in facts.goals):
        found.append(Sign.TRIANGULATED)
    return tuple(found)


def ready(facts: CoacheeFacts, today: date, rules: Rules) -> bool:
    """Whether one goal's checklist for the next phase is met today, each line of it."""
    if facts.ready_from is None or facts.ready_from > today:
        return False
    held = facts.held_since
    return held is None or (today - held).days >= rules.held_days
