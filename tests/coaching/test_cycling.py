"""The rest of a cycle: the visit planned, the meeting, the action step, the check back."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from coach_tui.coaching.cycling import OpenStep
from coach_tui.coaching.desk import Desk
from coach_tui.domain.enumerations import (
    CheckBackResult,
    CycleStage,
    Delivery,
    MeetingStep,
    StepState,
)
from coach_tui.domain.records import Coachee, Cycle, FeedbackMeeting, StepOfMeeting
from coach_tui.domain.transitions import IllegalMove
from coach_tui.store.errors import Conflict
from tests.support import TODAY, add_launched, desk, forward

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
    cycle = of.cycling.plan_visit(ana, DEC_8)
    moved = of.cycling.plan_visit(ana, DEC_1)
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
    of.cycling.plan_visit(ana, TODAY)
    first = observed(of, ana)
    second = of.cycling.plan_visit(ana, DEC_1)
    assert (first.number, second.number) == (1, 2)
    assert [cycle.number for cycle in of.cycling.of(ana.id)] == [1, 2]


def test_the_next_visit_can_be_planned_while_the_observation_runs() -> None:
    of = desk()
    ana = add_launched(of)
    first = of.cycling.plan_visit(ana, TODAY)
    seen = of.observing.start(ana)
    assert of.cycling.planned(ana.id) is None
    second = of.cycling.plan_visit(ana, DEC_1)
    assert second.id != first.id
    of.observing.end(seen.id)
    assert of.cycling.planned(ana.id) == second
    (row,) = of.caseload().rows
    assert row.next_visit == DEC_1


def test_a_cycle_is_cancelled_with_its_reason() -> None:
    of = desk()
    ana = add_launched(of)
    cycle = of.cycling.plan_visit(ana, DEC_1)
    for reason in ("", " "):
        with pytest.raises(ValidationError, match="reason"):
            of.cycling.cancel(ana, cycle, reason)
    cancelled = of.cycling.cancel(ana, cycle, "snow")
    assert (cancelled.stage, cancelled.cancelled_because) == (CycleStage.CANCELLED, "snow")
    with pytest.raises(IllegalMove):
        of.cycling.cancel(ana, cancelled, "again")
    assert of.cycling.planned(ana.id) is None
    assert of.cycling.plan_visit(ana, DEC_8).number == 2


def test_a_cycle_that_changed_since_is_not_cancelled() -> None:
    of = desk()
    ana = add_launched(of)
    old = of.cycling.plan_visit(ana, DEC_1)
    of.cycling.plan_visit(ana, DEC_8)
    with pytest.raises(Conflict):
        of.cycling.cancel(ana, old, "snow")


def test_a_meeting_belongs_to_the_cycle_that_was_observed() -> None:
    of = desk()
    ana = add_launched(of)
    cycle = observed(of, ana)
    held = of.cycling.hold_meeting(
        ana, TODAY, minutes=25, delivery=Delivery.VIRTUAL, note="she chose wait time"
    )
    assert held.id == cycle.id
    assert held.stage is CycleStage.FEEDBACK_HELD
    assert held.meeting is not None
    assert (held.meeting.held, held.meeting.minutes) == (True, 25)
    assert (held.meeting.date, held.meeting.delivery) == (TODAY, Delivery.VIRTUAL)
    assert held.meeting.note == "she chose wait time"
    assert held.action_step is None


def test_of_two_that_wait_the_newest_is_met_about() -> None:
    of = desk()
    ana = add_launched(of)
    observed(of, ana)
    second = observed(of, ana)
    assert of.cycling.hold_meeting(ana, TODAY).id == second.id


def test_a_meeting_without_an_observation_begins_a_cycle() -> None:
    of = desk()
    ana = add_launched(of)
    planned = of.cycling.plan_visit(ana, DEC_1)
    held = of.cycling.hold_meeting(ana, TODAY)
    assert (held.number, held.stage) == (2, CycleStage.FEEDBACK_HELD)
    assert of.cycling.planned(ana.id) == planned


def test_what_was_prepared_for_a_meeting_is_kept() -> None:
    of = desk()
    ana = add_launched(of)
    cycle = observed(of, ana)
    meeting = FeedbackMeeting(date=DEC_1, note="bring the transcript")
    steps = {**meeting.steps, MeetingStep.PRAISE: StepOfMeeting(prepared="the wait of 7 s")}
    of.ledger.save("Prepare", cycle.changed(meeting=meeting.changed(steps=steps)))
    held = of.cycling.hold_meeting(ana, TODAY, minutes=20).meeting
    assert held is not None
    assert (held.date, held.minutes, held.held) == (TODAY, 20, True)
    assert held.steps[MeetingStep.PRAISE].prepared == "the wait of 7 s"
    assert held.note == "bring the transcript"


@pytest.mark.parametrize("practiced", [True, False])
def test_a_meeting_that_agrees_a_step_leads_to_applying_it(practiced: bool) -> None:
    of = desk()
    ana = add_launched(of)
    observed(of, ana)
    held = of.cycling.hold_meeting(
        ana, TODAY, step="wait 3 s", lesson=DEC_1, success="6 hands", practiced=practiced
    )
    step = held.action_step
    assert held.stage is CycleStage.APPLYING
    assert step is not None
    assert step.lesson is not None
    assert (step.text, step.lesson.date, step.success) == ("wait 3 s", DEC_1, "6 hands")
    assert step.state is (StepState.PRACTICED if practiced else StepState.AGREED)
    assert step.practiced is practiced
    assert of.cycling.open_step(ana.id) == held


def test_a_blank_step_is_none() -> None:
    of = desk()
    ana = add_launched(of)
    held = of.cycling.hold_meeting(ana, TODAY, step=" \n", lesson=DEC_1)
    assert held.action_step is None
    assert of.cycling.open_step(ana.id) is None


def test_a_second_step_asks_whether_to_park_the_first() -> None:
    """Rule R7: one open action step for each coachee."""
    of = desk()
    ana = add_launched(of)
    first = of.cycling.hold_meeting(ana, TODAY, step="wait 3 s")
    waiting = observed(of, ana)
    with pytest.raises(OpenStep) as refused:
        of.cycling.hold_meeting(ana, TODAY, step="call on 5 more")
    assert refused.value.step == first.action_step
    assert of.cycling.of(ana.id) == [first, waiting]
    second = of.cycling.hold_meeting(ana, TODAY, step="call on 5 more", park_open_step=True)
    assert second.id == waiting.id
    parked, held = of.cycling.of(ana.id)
    assert parked.action_step is not None
    assert parked.action_step.state is StepState.PARKED
    assert of.cycling.open_step(ana.id) == held == second
    assert of.ledger.undo() == "Feedback meeting with Ana Ruiz"
    back = of.cycling.open_step(ana.id)
    assert back is not None
    assert back.action_step == first.action_step


def test_a_meeting_without_a_step_leaves_the_open_one() -> None:
    of = desk()
    ana = add_launched(of)
    first = of.cycling.hold_meeting(ana, TODAY, step="wait 3 s")
    of.cycling.hold_meeting(ana, TODAY, park_open_step=True)
    assert of.cycling.open_step(ana.id) == first


def test_the_step_of_a_cancelled_cycle_is_open_no_longer() -> None:
    of = desk()
    ana = add_launched(of)
    cycle = of.cycling.hold_meeting(ana, TODAY, step="wait 3 s", lesson=DEC_1)
    of.cycling.cancel(ana, cycle, "new assignment")
    assert of.cycling.open_step(ana.id) is None
    assert of.cycling.hold_meeting(ana, TODAY, step="call on 5 more").action_step


def test_somebody_elses_step_is_not_in_the_way() -> None:
    of = desk()
    ana, bo = add_launched(of), add_launched(of, "Bo Lee")
    of.cycling.hold_meeting(ana, TODAY, step="wait 3 s")
    assert of.cycling.open_step(bo.id) is None
    assert of.cycling.hold_meeting(bo, TODAY, step="wait 5 s").number == 1


@pytest.mark.parametrize("result", CheckBackResult)
@pytest.mark.parametrize("practiced", [True, False])
def test_checking_back_gives_the_step_its_result_and_moves_the_cycle(
    result: CheckBackResult, practiced: bool
) -> None:
    of = desk()
    ana = add_launched(of)
    of.cycling.hold_meeting(ana, TODAY, step="wait 3 s", lesson=DEC_1, practiced=practiced)
    forward(of, days=15)
    checked = of.cycling.check_back(ana, result, "6 hands, then 9", DEC_8)
    step = checked.action_step
    assert checked.stage is CycleStage.CHECKED_BACK
    assert step is not None
    assert step.check_back is not None
    assert step.state is StepState.CHECKED_BACK
    assert (step.check_back.result, step.check_back.date) == (result, DEC_8)
    assert step.check_back.note == "6 hands, then 9"
    assert of.cycling.open_step(ana.id) is None
    with pytest.raises(ValueError, match="no open action step"):
        of.cycling.check_back(ana, result, "", DEC_8)


def test_there_is_nothing_to_check_back_on_without_a_step() -> None:
    of = desk()
    ana = add_launched(of)
    of.cycling.hold_meeting(ana, TODAY)
    with pytest.raises(ValueError, match="Ana Ruiz has no open action step"):
        of.cycling.check_back(ana, CheckBackResult.KEPT, "", DEC_1)


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
    of.cycling.hold_meeting(ana, of.ledger.today(), step="wait 3 s", lesson=date(2026, 12, 4))
    assert owed() == []
    forward(of, days=3)
    assert owed() == ["check back"]
    of.cycling.check_back(ana, CheckBackResult.KEPT, "", of.ledger.today())
    assert owed() == []
    (row,) = of.caseload().rows
    assert row.facts.last_meeting == date(2026, 12, 2)


def test_a_meeting_recorded_later_belongs_to_what_was_observed_by_its_day() -> None:
    of = desk()
    ana = add_launched(of)
    first = observed(of, ana)
    forward(of, days=7)
    second = observed(of, ana)
    assert of.cycling.hold_meeting(ana, date(2026, 11, 24)).id == first.id
    before_both = of.cycling.hold_meeting(ana, date(2026, 11, 20))
    assert before_both.id not in (first.id, second.id)
    assert of.cycling.hold_meeting(ana, of.ledger.today()).id == second.id


def test_a_cycle_observed_on_a_day_nobody_knows_is_met_about() -> None:
    of = desk()
    ana = add_launched(of)
    imported = of.observing.new_cycle(ana.id).changed(stage=CycleStage.OBSERVED)
    of.ledger.save("Import", imported)
    assert of.cycling.hold_meeting(ana, date(2026, 10, 1)).id == imported.id


def test_days_that_cannot_be_are_refused_in_plain_words() -> None:
    of = desk()
    ana = add_launched(of)
    yesterday, tomorrow = date(2026, 11, 22), date(2026, 11, 24)
    with pytest.raises(ValueError, match="planned for today or later, not for 2026-11-22"):
        of.cycling.plan_visit(ana, yesterday)
    with pytest.raises(ValueError, match="2026-11-24 is to come"):
        of.cycling.hold_meeting(ana, tomorrow)
    with pytest.raises(ValueError, match=r"lesson \(2026-11-22\) comes before the meeting"):
        of.cycling.hold_meeting(ana, TODAY, step="wait 3 s", lesson=yesterday)
    assert of.cycling.of(ana.id) == []
    held = of.cycling.hold_meeting(ana, TODAY, step="wait 3 s", lesson=TODAY)
    for day, why in ((tomorrow, "is to come"), (yesterday, "comes before the meeting")):
        with pytest.raises(ValueError, match=why):
            of.cycling.check_back(ana, CheckBackResult.KEPT, "", day)
    assert of.cycling.of(ana.id) == [held]
