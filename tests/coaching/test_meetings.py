"""The feedback meeting: prepared from the notes, held step by step, ended."""

from __future__ import annotations

from datetime import date, time

import pytest

from coach_tui.coaching.desk import Desk
from coach_tui.coaching.meetings import StillRunning
from coach_tui.domain.enumerations import (
    CriticalPractice,
    CycleStage,
    Delivery,
    LineKind,
    LineTag,
    MeetingStep,
    SentenceSource,
)
from coach_tui.domain.records import (
    Coachee,
    Cycle,
    Evidence,
    FeedbackMeeting,
    GrowthGoal,
    Observation,
    Period,
    Sentence,
    StepOfMeeting,
)
from coach_tui.domain.transitions import IllegalMove
from tests.support import NOW, TODAY, add_launched, desk, forward, note_line, plan_visit

TOMORROW = date(2026, 11, 24)


def observed(of: Desk, ana: Coachee, *lines: object, **fields: object) -> Cycle:
    """Observe for twenty minutes with these lines; returns the cycle that was observed."""
    seen = of.observing.start(ana)
    forward(of, minutes=20)
    ended = of.observing.end(seen.id)
    of.ledger.save("Lines", ended.changed(lines=lines, **fields))
    return next(one for one in of.cycling.of(ana.id) if one.id == seen.cycle)


def words(cycle: Cycle, step: MeetingStep) -> list[str]:
    assert cycle.meeting is not None
    return [one.text for one in cycle.meeting.steps[step].preparation]


def meeting_of(cycle: Cycle) -> FeedbackMeeting:
    assert cycle.meeting is not None
    return cycle.meeting


def add_goal(of: Desk, ana: Coachee) -> GrowthGoal:
    goal = GrowthGoal(
        id="goal", created_at=NOW, updated_at=NOW, coachee=ana.id, statement="More students speak",
        indicator="6 of 10 answers are theirs", agreed_on=TODAY, state="active",
    )  # fmt: skip
    proof = Evidence(
        id="proof", created_at=NOW, updated_at=NOW, goal="goal", mode="journaling", date=TODAY,
        what="an entry", reflection="They talk to me, not to each other.",
    )  # fmt: skip
    of.ledger.save("Goal", goal, proof)
    return goal


def test_the_six_steps_are_prepared_from_what_is_there() -> None:
    of = desk()
    year = of.setting_up.calendar
    assert year is not None
    of.ledger.save(
        "Bells", year.changed(periods=(Period(name="P3", start=time(10, 15), end=time(11)),))
    )
    ana = add_launched(of, periods=("P3",))
    add_goal(of, ana)
    cycle = observed(
        of,
        ana,
        note_line(
            "what do you notice?", id="0001", speaker="T", kind=LineKind.QUOTE,
            tags=(LineTag.PRAISE,),
        ),
        note_line("why the pairs?", id="0002", kind=LineKind.QUESTION),
        note_line("S3 it doubles", id="0003", tags=(LineTag.PROBE, LineTag.STEP)),
        note_line("nothing to say of it", id="0004"),
        potential_focus="Who answers",
        key_lever="Wait time",
    )  # fmt: skip
    ready = of.meetings.prepare(cycle.id, practice="Say the first words.")
    assert words(ready, MeetingStep.PRAISE) == ['9:00 T "what do you notice?"']
    assert words(ready, MeetingStep.PROBE) == ["9:00 why the pairs?", "9:00 S3 it doubles"]
    assert words(ready, MeetingStep.GOALS) == [
        "Goal: More students speak",
        "What we look for: 6 of 10 answers are theirs",
        "They talk to me, not to each other.",
    ]
    assert words(ready, MeetingStep.ACTION_STEP) == [
        *("9:00 S3 it doubles", "Who answers", "Wait time"),
    ]
    assert words(ready, MeetingStep.APPLY) == [
        *("Mon 23 Nov, P3, 10:15", "Tue 24 Nov, P3, 10:15", "Mon 30 Nov, P3, 10:15"),
    ]
    assert words(ready, MeetingStep.PRACTICE) == ["Say the first words."]
    praise = meeting_of(ready).steps[MeetingStep.PRAISE].sentences[0]
    assert praise.line is not None
    assert (praise.line.line, praise.source) == ("0001", SentenceSource.LINE)
    assert ready.goal == "goal"
    assert ready.stage is CycleStage.OBSERVED


def test_of_several_goals_the_coach_chooses_the_one_the_cycle_is_about() -> None:
    of = desk()
    ana, bo = add_launched(of), add_launched(of, "Bo Lee")
    goal = add_goal(of, ana)
    other = goal.changed(id="other", revision=0, statement="More writing", indicator="")
    theirs = goal.changed(id="theirs", revision=0, coachee=bo.id)
    of.ledger.save("Goals", other, theirs)
    cycle = of.meetings.prepare(observed(of, ana, note_line("x", tags=(LineTag.GOAL,))).id)
    assert cycle.goal is None
    assert words(cycle, MeetingStep.GOALS) == ["9:00 x"]
    assert [one.id for one in of.meetings.sheet(cycle.id).goals] == ["goal", "other"]
    of.meetings.choose_goal(cycle.id, "goal")
    chosen = of.meetings.choose_goal(cycle.id, "other")
    assert words(chosen, MeetingStep.GOALS) == ["9:00 x", "Goal: More writing"]
    assert chosen.goal == "other"
    with pytest.raises(ValueError, match="somebody else"):
        of.meetings.choose_goal(cycle.id, "theirs")


def test_nothing_is_made_up_where_nothing_is_there() -> None:
    of = desk()
    ready = of.meetings.prepare(observed(of, add_launched(of), note_line("x")).id)
    assert [words(ready, step) for step in MeetingStep] == [[]] * 6


def test_a_running_observation_flows_in_and_a_line_thrown_away_does_not_come_again() -> None:
    of = desk()
    ana = add_launched(of)
    seen = of.observing.start(ana)
    one = note_line("T waits 3 s", id="0001", tags=(LineTag.PRAISE,))
    two = note_line("9 hands up", id="0002", tags=(LineTag.CELEBRATE,))
    of.ledger.save("Line", of.observing.get(seen.id).changed(lines=(one,)))
    (waiting,) = of.meetings.waiting(ana.id)
    ready = of.meetings.prepare(waiting.id)
    assert words(ready, MeetingStep.PRAISE) == ["9:00 T waits 3 s"]
    shown = meeting_of(ready).steps[MeetingStep.PRAISE]
    of.meetings.change_sentences(ready.id, MeetingStep.PRAISE, shown, ())
    of.ledger.save("Line", of.observing.get(seen.id).changed(lines=(one, two)))
    assert words(of.meetings.prepare(ready.id), MeetingStep.PRAISE) == ["9:00 9 hands up"]
    saved = of.ledger.store.sequence
    of.meetings.prepare(ready.id)
    assert of.ledger.store.sequence == saved
    with pytest.raises(StillRunning) as refused:
        of.meetings.hold(ready.id, TODAY)
    assert refused.value.observation == seen.id
    of.observing.end(seen.id)
    assert of.meetings.hold(ready.id, TODAY).stage is CycleStage.FEEDBACK_HELD


def test_quick_notes_since_the_last_meeting_are_spoken_of_once() -> None:
    of = desk()
    ana = add_launched(of)
    quick = of.observing.note(ana, ["T greets each at the door"])
    tagged = quick.lines[0].changed(tags=(LineTag.PRAISE,))
    of.ledger.save("Tag", quick.changed(lines=(tagged,)))
    first = of.meetings.prepare(of.meetings.begin_without_observation(ana).id)
    assert words(first, MeetingStep.PRAISE) == ["9:00 T greets each at the door"]
    of.meetings.hold(first.id, TODAY)
    second = of.meetings.prepare(of.meetings.begin_without_observation(ana).id)
    assert words(second, MeetingStep.PRAISE) == []


def test_a_sentence_keeps_its_line_when_it_is_edited() -> None:
    of = desk()
    cycle = observed(of, add_launched(of), note_line("9 hands", tags=(LineTag.PRAISE,)))
    ready = of.meetings.prepare(cycle.id)
    shown = meeting_of(ready).steps[MeetingStep.PRAISE]
    (sentence,) = shown.sentences
    own = Sentence(text="You waited.")
    edited = of.meetings.change_sentences(
        ready.id, MeetingStep.PRAISE, shown, (sentence.changed(text="Nine hands up!"), own)
    )
    now = meeting_of(edited).steps[MeetingStep.PRAISE]
    assert now.sentences[0].line == sentence.line
    assert now.lines == shown.lines
    with pytest.raises(ValueError, match="another session"):
        of.meetings.change_sentences(ready.id, MeetingStep.PRAISE, shown, ())


def test_what_was_prepared_in_one_text_is_shown_line_by_line_and_can_be_changed() -> None:
    of = desk()
    cycle = observed(of, add_launched(of))
    steps = {
        step: StepOfMeeting(prepared="the wait\n\n  of 7 s" if step is MeetingStep.PRAISE else "")
        for step in MeetingStep
    }
    of.ledger.save("Old", cycle.changed(meeting=FeedbackMeeting(date=TODAY, steps=steps)))
    ready = of.meetings.prepare(cycle.id)
    assert words(ready, MeetingStep.PRAISE) == ["the wait", "of 7 s"]
    shown = meeting_of(ready).steps[MeetingStep.PRAISE]
    kept = shown.preparation[1:]
    changed = of.meetings.change_sentences(ready.id, MeetingStep.PRAISE, shown, kept)
    assert words(changed, MeetingStep.PRAISE) == ["of 7 s"]


def test_holding_step_by_step_is_saved_as_it_happens_and_tells_the_minutes() -> None:
    of = desk()
    cycle = of.meetings.prepare(observed(of, add_launched(of)).id)
    shown = meeting_of(cycle).steps[MeetingStep.PRAISE]
    assert of.meetings.minutes_so_far(meeting_of(cycle)) == 30
    begun = of.meetings.change_step(cycle.id, MeetingStep.PRAISE, shown, held="T: thanks")
    forward(of, minutes=17)
    shown = meeting_of(begun).steps[MeetingStep.PROBE]
    later = of.meetings.change_step(cycle.id, MeetingStep.PROBE, shown, done=True)
    assert meeting_of(later).steps[MeetingStep.PRAISE].held == "T: thanks"
    assert of.meetings.minutes_so_far(meeting_of(later)) == 17
    held = of.meetings.hold(cycle.id, TODAY, minutes=17, alliance="T chose the seat")
    assert (meeting_of(held).minutes, held.alliance_note) == (17, "T chose the seat")
    with pytest.raises(ValueError, match="held already"):
        of.meetings.hold(cycle.id, TODAY)
    with pytest.raises(ValueError, match="not on a day to come"):
        of.meetings.describe(cycle.id, meeting_of(held), alliance="", date=TOMORROW)
    corrected = of.meetings.describe(
        cycle.id, meeting_of(held), alliance="", minutes=25, delivery=Delivery.VIRTUAL
    )
    assert (meeting_of(corrected).minutes, corrected.alliance_note) == (25, "")
    assert of.meetings.prepare(cycle.id) == corrected


def test_the_newest_that_was_observed_comes_first_and_none_is_out_of_reach() -> None:
    of = desk()
    ana = add_launched(of)
    assert of.meetings.waiting(ana.id) == []
    first, second = observed(of, ana), observed(of, ana)
    assert [one.id for one in of.meetings.waiting(ana.id)] == [second.id, first.id]
    of.meetings.hold(of.meetings.prepare(second.id).id, TODAY)
    assert [one.id for one in of.meetings.waiting(ana.id)] == [first.id]
    last = of.meetings.last_held(ana.id)
    assert last is not None
    assert last.id == second.id


def test_a_meeting_without_an_observation_has_a_cycle_that_says_so() -> None:
    of = desk()
    ana = add_launched(of)
    planned = plan_visit(of, ana, TOMORROW)
    cycle = of.meetings.begin_without_observation(ana)
    held = of.meetings.hold(cycle.id, TODAY)
    assert (held.number, held.stage) == (2, CycleStage.FEEDBACK_HELD)
    assert of.cycling.planned(ana.id) == planned
    practices = {one.kind: one for one in of.meetings.sheet(held.id).practices.practices}
    assert not practices[CriticalPractice.OBSERVATION].present
    assert practices[CriticalPractice.FEEDBACK].present


def test_days_that_cannot_be_are_refused() -> None:
    of = desk()
    ana = add_launched(of)
    cycle = of.meetings.prepare(observed(of, ana).id)
    with pytest.raises(ValueError, match="is to come"):
        of.meetings.hold(cycle.id, TOMORROW)
    with pytest.raises(ValueError, match="before its observation"):
        of.meetings.hold(cycle.id, date(2026, 11, 20))
    of.cycling.cancel(ana, cycle, "moved away")
    with pytest.raises(IllegalMove):
        of.meetings.hold(cycle.id, TODAY)


def test_the_next_visit_is_proposed_by_the_cadence_on_a_school_day() -> None:
    of = desk()
    ana = add_launched(of, cadence="every 2 school days")
    assert of.meetings.next_visit(ana) == date(2026, 11, 30)


def test_the_observation_of_a_quick_note_is_no_session() -> None:
    of = desk()
    ana = add_launched(of)
    of.observing.note(ana, ["S3 asks"])
    assert of.meetings.waiting(ana.id) == []
    assert isinstance(of.observing.of(ana.id)[0], Observation)
