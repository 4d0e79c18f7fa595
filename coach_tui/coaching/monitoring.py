"""Progress toward goals as it stands today: the matrix, over the caseload and for one teacher."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coach_tui.coaching.ledger import Ledger
from coach_tui.domain.enumerations import CoacheeState, GoalState
from coach_tui.domain.growth import gaps, is_triangulated, stale_since
from coach_tui.domain.progress.matrix import Cell, cells
from coach_tui.domain.progress.taking import goal_facts
from coach_tui.domain.records import Coachee, Evidence, GrowthGoal
from coach_tui.domain.school_days import SchoolDays
from coach_tui.domain.statuses import Rules
from coach_tui.store.records import RecordStore


@dataclass(frozen=True)
class GoalRow:
    """One goal in the matrix, and what is said of its evidence today.

    `gaps` are the planned columns that are empty, `stale_since` the day of the newest evidence
    where it is stale, `waiting` how many items wait for a reflection. Gaps and staleness are told
    of active goals of active coachees only.
    """

    coachee: Coachee
    goal: GrowthGoal
    cells: tuple[Cell, ...]
    gaps: tuple[str, ...] = ()
    stale_since: date | None = None
    triangulated: bool = False
    waiting: int = 0

    @property
    def lacks_something(self) -> bool:
        """Whether there is a gap, or nothing new."""
        return bool(self.gaps) or self.stale_since is not None

    @property
    def lacks_students(self) -> bool:
        """Whether no student evidence was ever gathered toward an active goal."""
        students = [cell for cell in self.cells if cell.column in ("discourse", "student work")]
        return self.goal.state is GoalState.ACTIVE and not any(cell.count for cell in students)


class Monitoring:
    """Looks over goals and their evidence; it changes nothing."""

    def __init__(self, ledger: Ledger, rules: Rules) -> None:
        """Read from the store of `ledger`."""
        self._ledger, self._rules = ledger, rules

    @property
    def _store(self) -> RecordStore:
        return self._ledger.store

    def matrix(self) -> list[GoalRow]:
        """Return every active goal of everybody who is coached, by name, then by its day.

        There is no order by how anybody does (rule R1).
        """
        coachees = {
            one.id: one
            for one in self._store.all(Coachee)
            if one.state not in (CoacheeState.CLOSED, CoacheeState.RELEASED)
        }
        by_goal: dict[str, list[Evidence]] = {}
        for item in self._store.all(Evidence):
            by_goal.setdefault(item.goal, []).append(item)
        school_days = self._school_days()
        rows = [
            self._row(coachees[goal.coachee], goal, by_goal.get(goal.id, []), school_days)
            for goal in self._store.where(GrowthGoal, state=GoalState.ACTIVE.value)
            if goal.coachee in coachees
        ]
        return sorted(rows, key=lambda row: (row.coachee.name.casefold(), row.goal.id))

    def of(self, coachee: Coachee, goals: list[GrowthGoal]) -> list[GoalRow]:
        """Return the rows of `goals`, which are one coachee's, in their order."""
        school_days = self._school_days()
        return [
            self._row(coachee, goal, self._store.where(Evidence, goal=goal.id), school_days)
            for goal in goals
        ]

    def _school_days(self) -> SchoolDays | None:
        return self._store.summary().school_days()

    def _row(
        self,
        coachee: Coachee,
        goal: GrowthGoal,
        evidence: list[Evidence],
        school_days: SchoolDays | None,
    ) -> GoalRow:
        today, rules = self._ledger.today(), self._rules
        documents = [item.to_document() for item in evidence]
        plain = goal.to_document()
        shown = cells(plain, documents)
        waiting = sum(not item.reflection.strip() for item in evidence)
        if goal.state is not GoalState.ACTIVE:
            return GoalRow(coachee, goal, shown, waiting=waiting)
        facts = goal_facts(plain, documents)
        triangulated = is_triangulated(facts, today, rules)
        if coachee.state is not CoacheeState.ACTIVE or school_days is None:
            return GoalRow(coachee, goal, shown, triangulated=triangulated, waiting=waiting)
        return GoalRow(
            coachee,
            goal,
            shown,
            gaps(facts, school_days, today, rules),
            stale_since(facts, coachee.cadence, school_days, today, rules),
            triangulated,
            waiting,
        )
