"""How the caseload stands today: each coachee's facts with the statuses that follow. Plain."""

from __future__ import annotations

from coach_tui.domain.growth import signs
from coach_tui.domain.statuses import DueState, OwedKind, due, next_visit, owed, urgency

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from coach_tui.domain.facts import CoacheeFacts
    from coach_tui.domain.growth import Sign
    from coach_tui.domain.school_days import SchoolDays
    from coach_tui.domain.statuses import Due, Owed, Rules


class Standing:
    """One coachee's facts and the statuses derived from them for one day."""

    __slots__ = ("due", "facts", "next_visit", "owed", "signs")

    def __init__(
        self,
        facts: CoacheeFacts,
        due: Due,
        owed: tuple[Owed, ...],
        next_visit: date | None,
        signs: tuple[Sign, ...] = (),
    ) -> None:
        """Hold the values."""
        self.facts, self.due, self.owed, self.next_visit = facts, due, owed, next_visit
        self.signs = signs

    @property
    def needs_attention(self) -> bool:
        """Whether something is overdue, owed or was left running, or somebody needs re-entry."""
        pressing = (
            OwedKind.RUNNING,
            OwedKind.FEEDBACK,
            OwedKind.CHECK_BACK,
            OwedKind.NEEDS_REENTRY,
        )
        return self.due.state is DueState.OVERDUE or any(o.kind in pressing for o in self.owed)


SORTS = ("urgency", "building", "name")
"""The orders of a caseload. There is none by level: rule R1 of domain.md."""


def stand(
    facts: Iterable[CoacheeFacts], school_days: SchoolDays, today: date, rules: Rules
) -> list[Standing]:
    """Derive every status for `today`, in the order of urgency."""
    standings = [
        Standing(
            one,
            due(one, school_days, today, rules),
            owed(one, school_days, today, rules),
            next_visit(one, today),
            signs(one, today, rules),
        )
        for one in facts
    ]
    return ordered(standings, "urgency")


def ordered(standings: Iterable[Standing], by: str) -> list[Standing]:
    """Return the rows by `urgency`, `building` or `name`; ties by name, then id."""

    def by_name(row: Standing) -> tuple[str, str]:
        return row.facts.name.casefold(), row.facts.id

    rows = sorted(standings, key=by_name)
    if by == "urgency":
        rows.sort(key=lambda row: urgency(row.due, row.owed))
    elif by == "building":
        rows.sort(key=lambda row: row.facts.building.casefold())
    elif by != "name":
        raise ValueError(f"the caseload is sorted by {', '.join(SORTS)}, not {by!r}")
    return rows
