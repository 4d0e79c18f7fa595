"""The action step: one at a time, practiced, parked, checked back, corrected."""

from __future__ import annotations

from datetime import date

import pytest

from coach_tui.coaching.action_steps import OpenStep
from coach_tui.coaching.desk import Desk
from coach_tui.domain.enumerations import CheckBackResult, CycleStage, StepState
from coach_tui.domain.records import Coachee, Cycle
from coach_tui.domain.transitions import IllegalMove
from tests.support import TODAY, add_launched, desk, forward, hold_meeting

DEC_1, DEC_8 = date(2026, 12, 1), date(2026, 12, 8)


def preparing(of: Desk, ana: Coachee) -> Cycle:
    """A cycle whose meeting is being prepared."""
    return of.meetings.begin_without_observation(ana)


@pytest.mark.parametrize("practiced", [True, False])
def test_a_step_leads_to_applying_it_when_the_meeting_ends(practiced: bool) -> None:
    of = desk()
    ana = add_launched(of)
    cycle = preparing(of, ana)
    agreed = of.action_steps.agree(
        cycle.id, "wait 3 s", lesson=DEC_1, label="Reading", success="6", practiced=practiced
    )
    step = agreed.action_step
    assert agreed.stage is CycleStage.OBSERVED
    assert step is not None
    assert step.lesson is not None
    assert (step.text, step.lesson.date, step.lesson.label) == ("wait 3 s", DEC_1, "Reading")
    assert step.state is (StepState.PRACTICED if practiced else StepState.AGREED)
    assert of.action_steps.open(ana.id) == agreed
    assert of.meetings.hold(cycle.id, TODAY).stage is CycleStage.APPLYING


def test_a_step_agreed_after_the_meeting_moves_the_cycle_then() -> None:
    of = desk()
    ana = add_launched(of)
    held = hold_meeting(of, ana, TODAY)
    assert held.stage is CycleStage.FEEDBACK_HELD
    assert of.action_steps.agree(held.id, "wait 3 s").stage is CycleStage.APPLYING


def test_a_second_step_asks_whether_to_park_the_first() -> None:
    """Rule R7: one open action step for each coachee."""
    of = desk()
    ana = add_launched(of)
    first = hold_meeting(of, ana, TODAY, step="wait 3 s")
    second = preparing(of, ana)
    with pytest.raises(OpenStep) as refused:
        of.action_steps.agree(second.id, "call on 5 more")
    assert refused.value.step == first.action_step
    assert of.cycling.of(ana.id) == [first, second]
    of.action_steps.agree(second.id, "call on 5 more", park_open=True)
    parked, now = of.cycling.of(ana.id)
    assert parked.action_step is not None
    assert parked.action_step.state is StepState.PARKED
    assert of.action_steps.open(ana.id) == now
    with pytest.raises(OpenStep):
        of.action_steps.take_up(first.id)
    again = of.action_steps.take_up(first.id, park_open=True)
    assert of.action_steps.open(ana.id) == again
    assert again.id == first.id
    of.ledger.undo()
    of.ledger.undo()
    back = of.action_steps.open(ana.id)
    assert back is not None
    assert back.action_step == first.action_step


def test_correcting_the_open_step_does_not_ask_about_itself() -> None:
    of = desk()
    ana = add_launched(of)
    held = hold_meeting(of, ana, TODAY, step="wait 3 s", practiced=True)
    corrected = of.action_steps.agree(held.id, "wait 5 s", lesson=DEC_1)
    assert corrected.action_step is not None
    assert corrected.action_step.text == "wait 5 s"
    assert corrected.action_step.state is StepState.AGREED
    assert corrected.stage is CycleStage.APPLYING


def test_a_step_that_was_checked_back_can_be_corrected_and_stays_so() -> None:
    of = desk()
    ana = add_launched(of)
    held = hold_meeting(of, ana, TODAY, step="wait 3 s")
    of.action_steps.check_back(ana, CheckBackResult.KEPT, "6 hands", TODAY)
    corrected = of.action_steps.agree(held.id, "wait 3 seconds").action_step
    assert corrected is not None
    assert (corrected.text, corrected.state) == ("wait 3 seconds", StepState.CHECKED_BACK)
    of.action_steps.correct_check_back(held.id, CheckBackResult.ADJUSTED, "9 hands", TODAY)
    now = of.cycling.of(ana.id)[0].action_step
    assert now is not None
    assert now.check_back is not None
    assert (now.check_back.result, now.check_back.note) == (CheckBackResult.ADJUSTED, "9 hands")


def test_the_step_of_a_cancelled_cycle_is_open_no_longer() -> None:
    of = desk()
    ana = add_launched(of)
    cycle = hold_meeting(of, ana, TODAY, step="wait 3 s", lesson=DEC_1)
    cancelled = of.cycling.cancel(ana, cycle, "new assignment")
    assert of.action_steps.open(ana.id) is None
    with pytest.raises(ValueError, match="cancelled"):
        of.action_steps.agree(cancelled.id, "wait 5 s")
    with pytest.raises(ValueError, match="no action step"):
        of.action_steps.take_up(cancelled.id)
    assert hold_meeting(of, ana, TODAY, step="call on 5 more").action_step


def test_somebody_elses_step_is_not_in_the_way() -> None:
    of = desk()
    ana, bo = add_launched(of), add_launched(of, "Bo Lee")
    hold_meeting(of, ana, TODAY, step="wait 3 s")
    assert of.action_steps.open(bo.id) is None
    assert hold_meeting(of, bo, TODAY, step="wait 5 s").number == 1


@pytest.mark.parametrize("result", CheckBackResult)
@pytest.mark.parametrize("practiced", [True, False])
def test_checking_back_gives_the_step_its_result_and_moves_the_cycle(
    result: CheckBackResult, practiced: bool
) -> None:
    of = desk()
    ana = add_launched(of)
    hold_meeting(of, ana, TODAY, step="wait 3 s", lesson=DEC_1, practiced=practiced)
    forward(of, days=15)
    checked = of.action_steps.check_back(ana, result, "6 hands, then 9", DEC_8)
    step = checked.action_step
    assert checked.stage is CycleStage.CHECKED_BACK
    assert step is not None
    assert step.check_back is not None
    assert step.state is StepState.CHECKED_BACK
    assert (step.check_back.result, step.check_back.date) == (result, DEC_8)
    assert step.check_back.note == "6 hands, then 9"
    assert of.action_steps.open(ana.id) is None
    with pytest.raises(ValueError, match="no open action step"):
        of.action_steps.check_back(ana, result, "", DEC_8)
    with pytest.raises(IllegalMove):
        of.action_steps.take_up(checked.id)


def test_days_that_cannot_be_are_refused_in_plain_words() -> None:
    of = desk()
    ana = add_launched(of)
    yesterday, tomorrow = date(2026, 11, 22), date(2026, 11, 24)
    cycle = preparing(of, ana)
    with pytest.raises(ValueError, match=r"lesson \(2026-11-22\) comes before the meeting"):
        of.action_steps.agree(cycle.id, "wait 3 s", lesson=yesterday)
    held = hold_meeting(of, ana, TODAY, step="wait 3 s", lesson=TODAY)
    for day, why in ((tomorrow, "is to come"), (yesterday, "comes before the meeting")):
        with pytest.raises(ValueError, match=why):
            of.action_steps.check_back(ana, CheckBackResult.KEPT, "", day)
        with pytest.raises(ValueError, match="not checked back yet"):
            of.action_steps.correct_check_back(held.id, CheckBackResult.KEPT, "", day)
    assert of.cycling.of(ana.id) == [held]
