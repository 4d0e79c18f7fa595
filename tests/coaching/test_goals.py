"""Growth goals through the verbs: agreed, worked on, reviewed, met, revised with their history."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from coach_tui.coaching.desk import Desk
from coach_tui.domain.enumerations import EvidenceColumn, GoalState, Party, ReviewOutcome
from coach_tui.domain.records import Coachee, FunctionReference, GrowthGoal, PracticeProfile
from coach_tui.domain.statuses import OwedKind
from coach_tui.domain.transitions import IllegalMove
from tests.domain.progress.samples import planned
from tests.support import TODAY, add_launched, desk

AGREED = TODAY - timedelta(days=40)


@pytest.fixture
def of() -> Desk:
    return desk()


@pytest.fixture
def ana(of: Desk) -> Coachee:
    return add_launched(of)


def active(of: Desk, ana: Coachee, **fields: Any) -> GrowthGoal:
    given = {"statement": "S explain how they know", **fields}
    return of.goals.create(ana, GoalState.ACTIVE, AGREED, **given)


def states(goal: GrowthGoal) -> list[str]:
    return [change.state.value for change in goal.history]


def test_a_goal_may_be_written_down_as_what_it_is_already(of: Desk, ana: Coachee) -> None:
    draft = of.goals.create(ana, statement="S ask each other")
    assert (draft.state, states(draft)) == (GoalState.DRAFT, ["draft"])
    goal = active(of, ana)
    assert states(goal) == ["draft", "agreed", "active"]
    assert {change.date for change in goal.history} == {AGREED}
    assert of.goals.of(ana.id) == [goal, draft]
    assert of.goals.active(ana.id) == [goal]
    with pytest.raises(IllegalMove, match="say when it was agreed"):
        of.goals.create(ana, GoalState.AGREED, statement="S ask")
    with pytest.raises(ValueError, match="to come"):
        of.goals.create(ana, GoalState.AGREED, date(2027, 1, 8), statement="S ask")
    with pytest.raises(ValueError, match="a new goal is"):
        of.goals.create(ana, GoalState.MET, AGREED, statement="S ask")


def test_a_draft_is_agreed_with_its_day_and_then_begun(of: Desk, ana: Coachee) -> None:
    goal = of.goals.create(ana, statement="S ask each other")
    with pytest.raises(IllegalMove, match="say when it was agreed"):
        of.goals.move(goal, GoalState.AGREED)
    with pytest.raises(IllegalMove):
        of.goals.move(goal, GoalState.ACTIVE, agreed_on=TODAY)
    goal = of.goals.move(goal, GoalState.AGREED, agreed_on=TODAY)
    goal = of.goals.move(goal, GoalState.ACTIVE)
    assert (goal.agreed_on, states(goal)) == (TODAY, ["draft", "agreed", "active"])
    assert of.ledger.undo() is not None
    assert of.goals.get(goal.id).state is GoalState.AGREED


def test_met_asks_for_a_reflection_and_two_modes_or_for_a_reason(of: Desk, ana: Coachee) -> None:
    goal = active(of, ana)
    of.evidence.add(goal.id, EvidenceColumn.DISCOURSE, TODAY, what="S3: because it doubles")
    of.evidence.add(goal.id, EvidenceColumn.WORK, TODAY, what="24 exit slips")
    with pytest.raises(IllegalMove, match="two modes"):
        of.goals.move(goal, GoalState.MET, reflection="They explain without being asked")
    of.evidence.add(goal.id, EvidenceColumn.JOURNALING, TODAY, what="T wrote: it is quieter")
    with pytest.raises(IllegalMove):
        of.goals.move(goal, GoalState.MET)
    met = of.goals.move(goal, GoalState.MET, reflection="They explain without being asked")
    assert met.history[-1].reason == "They explain without being asked"
    other = active(of, ana)
    assert of.goals.move(other, GoalState.MET, reason="T says so").state is GoalState.MET
    with pytest.raises(IllegalMove):
        of.goals.move(met, GoalState.ACTIVE)


def test_setting_aside_needs_its_reason(of: Desk, ana: Coachee) -> None:
    goal = active(of, ana)
    with pytest.raises(IllegalMove, match="reason"):
        of.goals.move(goal, GoalState.SET_ASIDE)
    aside = of.goals.move(goal, GoalState.SET_ASIDE, reason="another grade from January")
    assert aside.history[-1].reason == "another grade from January"


def test_revising_keeps_the_old_one_and_its_history(of: Desk, ana: Coachee) -> None:
    goal = active(of, ana, indicator="8 of 24 explain", planned_modes=planned("video"))
    with pytest.raises(IllegalMove, match="reason"):
        of.goals.revise(goal, "", TODAY)
    new = of.goals.revise(goal, "half the class does", TODAY, indicator="20 of 24 explain")
    old = of.goals.get(goal.id)
    assert (old.state, old.history[-1].reason) == (GoalState.REVISED, "half the class does")
    assert (new.state, new.follows, new.indicator) == (GoalState.ACTIVE, old.id, "20 of 24 explain")
    assert new.planned_modes == old.planned_modes
    draft = of.goals.revise(new, "too wide", statement="S1 to S8 explain")
    assert draft.state is GoalState.DRAFT
    with pytest.raises(ValueError, match="into another one"):
        of.goals.move(draft, GoalState.REVISED)


def test_a_goal_of_a_profile_takes_its_levels_and_keeps_the_profile(of: Desk, ana: Coachee) -> None:
    shipped = of.profiles.shipped
    reference = FunctionReference(
        profile=shipped.profile, version=shipped.version, function="feedback"
    )
    goal = active(of, ana, function=reference)
    assert goal.levels == tuple(level.name for level in shipped.levels)
    stored = of.ledger.store.all(PracticeProfile)
    assert [one.profile for one in stored] == [shipped.profile]
    assert len(of.profiles.look_fors(goal)) == 6
    assert of.profiles.look_fors(active(of, ana)) == ()
    assert len(of.ledger.store.all(PracticeProfile)) == 1
    unknown = reference.changed(version="1999")
    with pytest.raises(ValueError, match="not here"):
        of.goals.edit(goal, function=unknown)
    assert of.goals.edit(goal, function=None).levels == ()
    for guarded in ("state", "levels", "reviews", "agreed_on"):
        with pytest.raises(ValueError, match="cannot be edited"):
            of.goals.edit(goal, **{guarded: ()})


def test_a_review_ends_in_something_with_its_date(of: Desk, ana: Coachee) -> None:
    goal = active(of, ana)
    with pytest.raises(ValueError, match="say what it is"):
        of.goals.review(goal, ReviewOutcome.NEXT_STEP, " ", Party.TEACHER)
    goal = of.goals.review(goal, ReviewOutcome.NOTHING, "", Party.TOGETHER)
    goal = of.goals.review(goal, ReviewOutcome.NEXT_STEP, "ask one more", Party.TEACHER)
    assert [(one.date, one.words) for one in goal.reviews] == [(TODAY, ""), (TODAY, "ask one more")]


def test_the_plan_part_growth_goals_is_complete_by_a_goal_that_was_agreed(
    of: Desk, ana: Coachee
) -> None:
    def missing() -> tuple[str, ...]:
        owed = of.caseload().rows[0].owed
        return next((o.names for o in owed if o.kind is OwedKind.PLAN_INCOMPLETE), ())

    of.goals.create(ana, statement="S ask")
    assert "growth goals" in missing()
    active(of, ana, planned_modes=planned("video"))
    assert "growth goals" not in missing()
    assert "data collection" not in missing()


def test_the_matrix_has_the_goals_of_those_who_are_coached_by_name(of: Desk, ana: Coachee) -> None:
    zoe, bo = add_launched(of, "Zoe Hart"), add_launched(of, "bo Lind")
    wanted = planned("observation", "discourse", "student work")
    for one in (zoe, ana, bo):
        active(of, one, planned_modes=wanted)
    goal = of.goals.active(ana.id)[0]
    item = of.evidence.add(goal.id, EvidenceColumn.WORK, AGREED, what="24 exit slips")
    rows = of.monitoring.matrix()
    assert [row.coachee.name for row in rows] == ["Ana Ruiz", "bo Lind", "Zoe Hart"]
    assert rows[0].gaps == ("observation", "discourse")
    assert (rows[0].waiting, rows[0].stale_since) == (1, AGREED)
    assert [row.lacks_students for row in rows] == [False, True, True]
    of.evidence.edit(item, reflection="they write more")
    of.coachees.move(of.coachees.get(zoe.id), of.coachees.moves(zoe)[0])
    rows = of.monitoring.matrix()
    assert rows[0].waiting == 0
    assert rows[-1].coachee.name == "Zoe Hart"
    assert (rows[-1].gaps, rows[-1].stale_since) == ((), None), "nothing is wanting while paused"
