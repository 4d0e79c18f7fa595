"""A cycle: the visit planned, moved and given up; what each stage makes owed."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from coach_tui.coaching.desk import Desk
from coach_tui.domain.enumerations import CheckBackResult, CycleStage
from coach_tui.domain.records import Coachee, Cycle
from coach_tui.domain.transitions import IllegalMove
from coach_tui.store.errors import Conflict
from tests.support import TODAY, add_launched, desk, forward, hold_meeting, plan_visit

DEC_1, DEC_8 = date(2026, 12, 1), date(2026, 12, 8)


def observed(of: Desk, ana: Coachee) -> Cycle:
    """Observe for twenty minutes; returns the cycle that was observed."""
    seen = of.observing.start(ana)
    forward(of, minutes=20)
    of.observing.end(seen.id)
    return next(one for one in of.cycling.of(ana.id) if one.id == seen.cycle)


def test_a_visit_is_planned_and_moved_in_the_same_cycle() -> None:
    of = desk()
    ana = add_launched(of)
    assert of.cycling.planned(ana.id) is None
    cycle = plan_visit(of, ana, DEC_8)
    moved = plan_visit(of, ana, DEC_1)
    assert moved.id == cycle.id
    assert moved.planned.observation == DEC_1
    assert moved.stage is CycleStage.PLANNED
    assert of.cycling.planned(ana.id) == moved
    of.ledger.undo()
    planned = of.cycling.planned(ana.id)
    assert planned is not None
    assert planned.planned.observation == DEC_8


def test_a_visit_after_an_observation_is_a_new_cycle() -> None:
    of = desk()
    ana = add_launched(of)
    plan_visit(of, ana, TODAY)
    first = observed(of, ana)
    second = plan_visit(of, ana, DEC_1)
    assert (first.number, second.number) == (1, 2)
    assert [cycle.number for cycle in of.cycling.of(ana.id)] == [1, 2]


def test_the_next_visit_can_be_planned_while_the_observation_runs() -> None:
    of = desk()
    ana = add_launched(of)
    first = plan_visit(of, ana, TODAY)
    seen = of.observing.start(ana)
    assert of.cycling.planned(ana.id) is None
    second = plan_visit(of, ana, DEC_1)
    assert second.id != first.id
    of.observing.end(seen.id)
    assert of.cycling.planned(ana.id) == second
    (row,) = of.caseload().rows
    assert row.next_visit == DEC_1


def test_a_cycle_is_cancelled_with_its_reason() -> None:
    of = desk()
    ana = add_launched(of)
    cycle = plan_visit(of, ana, DEC_1)
    for reason in ("", " "):
        with pytest.raises(ValidationError, match="reason"):
            of.cycling.cancel(ana, cycle, reason)
    cancelled = of.cycling.cancel(ana, cycle, "snow")
    assert (cancelled.stage, cancelled.cancelled_because) == (CycleStage.CANCELLED, "snow")
    with pytest.raises(IllegalMove):
        of.cycling.cancel(ana, cancelled, "again")
    assert of.cycling.planned(ana.id) is None
    assert plan_visit(of, ana, DEC_8).number == 2


def test_a_cycle_that_changed_since_is_not_cancelled() -> None:
    of = desk()
    ana = add_launched(of)
    old = plan_visit(of, ana, DEC_1)
    plan_visit(of, ana, DEC_8)
    with pytest.raises(Conflict):
        of.cycling.cancel(ana, old, "snow")


def test_a_whole_cycle_shows_on_the_caseload() -> None:
    of = desk()
    ana = add_launched(of)

    def owed() -> list[str]:
        (row,) = of.caseload().rows
        return [one.kind.value for one in row.owed if one.kind.value != "plan incomplete"]

    seen = of.observing.start(ana)
    assert owed() == ["observation not ended"]
    of.observing.end(seen.id)
    assert owed() == []
    forward(of, days=9)
    assert owed() == ["feedback owed"]
    hold_meeting(of, ana, of.ledger.today(), step="wait 3 s", lesson=date(2026, 12, 4))
    assert owed() == []
    forward(of, days=3)
    assert owed() == ["check back"]
    of.action_steps.check_back(ana, CheckBackResult.KEPT, "", of.ledger.today())
    assert owed() == []
    (row,) = of.caseload().rows
    assert row.facts.last_meeting == date(2026, 12, 2)


def test_a_visit_is_not_planned_for_a_day_that_has_passed() -> None:
    of = desk()
    ana = add_launched(of)
    with pytest.raises(ValueError, match="2026-11-22 has passed: plan for today or later"):
        plan_visit(of, ana, date(2026, 11, 22))
    assert of.cycling.of(ana.id) == []
