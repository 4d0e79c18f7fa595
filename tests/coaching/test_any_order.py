"""Verbs in any order: every record stays valid, and undo brings back what was there before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach_tui.coaching.desk import Desk
from coach_tui.coaching.planning.planning import Time
from coach_tui.coaching.refusals import REFUSALS
from coach_tui.domain.enumerations import (
    CheckBackResult,
    CoacheeState,
    ContactKind,
    CycleStage,
    LaunchItem,
    MeetingStep,
    MomentOfNeed,
    PlanPart,
    ReleasePhase,
)
from coach_tui.domain.records import RECORDS, Coachee, Cycle, Observation
from coach_tui.domain.statuses import DueState
from coach_tui.store.engine import Severity
from coach_tui.store.memory_engine import MemoryEngine
from coach_tui.store.records import RecordStore
from tests.coaching.test_ledger import contents
from tests.domain.strategies import cadences, names, typed
from tests.support import add_lines, desk, forward

PASSING = st.sampled_from([1, 60, 1800, 86_400])
"""Seconds between two verbs; never none, so that ids are in the order in which they were made."""

Draw = Callable[[st.SearchStrategy[Any]], Any]

near = st.integers(-20, 60)
reasons = st.sampled_from(["", " "]) | typed
maybe_needs = st.none() | st.sampled_from(MomentOfNeed)


def someone(of: Desk, draw: Draw) -> Coachee:
    found: Coachee = draw(st.sampled_from(of.coachees.all()))
    return found


def some_day(of: Desk, draw: Draw) -> date:
    return of.ledger.today() + timedelta(days=draw(near))


def an_observation(of: Desk, draw: Draw) -> Observation:
    every = [seen for one in of.coachees.all() for seen in of.observing.of(one.id)]
    if not every:
        raise ValueError("there is none yet")
    found: Observation = draw(st.sampled_from(every))
    return found


def add(of: Desk, draw: Draw) -> None:
    of.coachees.add(name=draw(names), cadence=draw(cadences), note=draw(typed))


def edit(of: Desk, draw: Draw) -> None:
    of.coachees.edit(someone(of, draw), building=draw(typed), room=draw(typed))


def tick_launch(of: Desk, draw: Draw) -> None:
    one = someone(of, draw)
    for item in draw(st.sampled_from([list(LaunchItem), [LaunchItem.TRUST]])):
        ticked = one.launch.items[item].changed(done=draw(st.booleans() | st.just(True)))
        one = of.coachees.set_launch_item(one, item, ticked)


def date_launch(of: Desk, draw: Draw) -> None:
    of.coachees.set_launch_date(someone(of, draw), draw(st.none() | st.just(of.ledger.today())))


def tick_plan(of: Desk, draw: Draw) -> None:
    one = someone(of, draw)
    part = draw(st.sampled_from(PlanPart))
    ticked = one.plan.parts[part].changed(done=draw(st.booleans()), note=draw(typed))
    of.coachees.set_plan_part(one, part, ticked)


def share_plan(of: Desk, draw: Draw) -> None:
    of.coachees.set_plan_shared(someone(of, draw), draw(st.none() | st.just(of.ledger.today())))


def pair(of: Desk, draw: Draw) -> None:
    of.coachees.pair(someone(of, draw), someone(of, draw) if draw(st.booleans()) else None)


def move(of: Desk, draw: Draw) -> None:
    one = someone(of, draw)
    state = draw(st.sampled_from(CoacheeState))
    of.coachees.move(one, state, draw(reasons), draw(maybe_needs))


def move_phase(of: Desk, draw: Draw) -> None:
    of.coachees.move_phase(someone(of, draw), draw(st.sampled_from(ReleasePhase)), draw(reasons))


def start(of: Desk, draw: Draw) -> None:
    of.observing.start(someone(of, draw), draw(reasons))


def type_lines(of: Desk, draw: Draw) -> None:
    seen = an_observation(of, draw)
    begun = of.clock.now() - timedelta(seconds=draw(st.integers(0, 60)))
    add_lines(of, seen.id, [(text, begun) for text in draw(st.lists(typed, max_size=2))])


def end(of: Desk, draw: Draw) -> None:
    of.observing.end(an_observation(of, draw).id)


def go_on(of: Desk, draw: Draw) -> None:
    of.observing.go_on(an_observation(of, draw).id)


def describe(of: Desk, draw: Draw) -> None:
    of.observing.describe(
        an_observation(of, draw), lesson=draw(typed), students=draw(st.integers(-1, 30))
    )


def note(of: Desk, draw: Draw) -> None:
    of.observing.note(someone(of, draw), draw(st.lists(typed, max_size=2)))


def plan_visit(of: Desk, draw: Draw) -> None:
    of.planning.plan_next_visit(someone(of, draw).id, Time(some_day(of, draw)))


def cancel(of: Desk, draw: Draw) -> None:
    one = someone(of, draw)
    cycles = of.cycling.of(one.id)
    if cycles:
        of.cycling.cancel(one, draw(st.sampled_from(cycles)), draw(reasons))


def a_meeting(of: Desk, draw: Draw) -> Cycle:
    cycles = [one for who in of.coachees.all() for one in of.cycling.of(who.id)]
    met = [one for one in cycles if one.meeting is not None]
    if not met:
        raise ValueError("there is none yet")
    found: Cycle = draw(st.sampled_from(met))
    return found


def prepare(of: Desk, draw: Draw) -> None:
    one = someone(of, draw)
    waiting = of.meetings.waiting(one.id)
    if waiting:
        of.meetings.prepare(draw(st.sampled_from(waiting)).id, draw(reasons))
    else:
        of.meetings.begin_without_observation(one)


def hold_step(of: Desk, draw: Draw) -> None:
    cycle, step = a_meeting(of, draw), draw(st.sampled_from(MeetingStep))
    assert cycle.meeting is not None
    shown = cycle.meeting.steps[step]
    of.meetings.change_step(cycle.id, step, shown, held=draw(typed), done=draw(st.booleans()))


def agree(of: Desk, draw: Draw) -> None:
    of.action_steps.agree(
        a_meeting(of, draw).id,
        draw(reasons),
        lesson=draw(st.none() | st.just(some_day(of, draw))),
        practiced=draw(st.booleans()),
        park_open=draw(st.booleans()),
    )


def take_up(of: Desk, draw: Draw) -> None:
    of.action_steps.take_up(a_meeting(of, draw).id, park_open=draw(st.booleans()))


def hold_meeting(of: Desk, draw: Draw) -> None:
    of.meetings.hold(
        a_meeting(of, draw).id,
        some_day(of, draw),
        minutes=draw(st.integers(0, 1441)),
        alliance=draw(typed),
    )


def check_back(of: Desk, draw: Draw) -> None:
    result = draw(st.sampled_from(CheckBackResult))
    of.action_steps.check_back(someone(of, draw), result, draw(typed), some_day(of, draw))


def contact(of: Desk, draw: Draw) -> None:
    with_whom = draw(st.none() | st.just(someone(of, draw)))
    of.contacts.add(
        draw(st.sampled_from(ContactKind)),
        some_day(of, draw),
        with_whom,
        minutes=draw(st.integers(0, 90)),
        note=draw(typed),
    )


VERBS: tuple[Callable[[Desk, Draw], None], ...] = (
    *(add, add, edit, pair, tick_launch, tick_launch, date_launch, tick_plan, share_plan),
    *(move, move, move_phase),
    *(start, start, type_lines, type_lines, end, end, go_on, describe, note),
    *(plan_visit, cancel, prepare, prepare, hold_step, agree, agree, take_up),
    *(hold_meeting, hold_meeting, check_back, contact),
)


def tried(of: Desk, verb: Callable[[Desk, Draw], None], draw: Draw) -> bool:
    """Do it; returns whether it was done: a verb refuses only with an error that it may raise."""
    try:
        verb(of, draw)
    except REFUSALS:
        return False
    return True


def keeps_the_rules(of: Desk, engine: MemoryEngine) -> None:
    """What must hold after every verb."""
    assert [one for one in engine.check() if one.severity is Severity.DAMAGE] == []
    for kind in RECORDS:
        for record in of.ledger.store.all(kind):
            assert kind.model_validate(record.to_document()) == record
    for one in of.coachees.all():
        cycles = of.cycling.of(one.id)
        assert len({cycle.number for cycle in cycles}) == len(cycles)
        going_on = [cycle for cycle in cycles if cycle.stage is not CycleStage.CANCELLED]
        steps = [cycle.action_step for cycle in going_on if cycle.action_step]
        assert sum(step.is_open for step in steps) <= 1
        days = [happening.day for happening in of.timeline(one)]
        assert days == sorted(days, reverse=True)
        partner = of.coachees.partner(one)
        assert partner is None or partner.reciprocal_pair == one.id
    rows = of.caseload().rows
    assert len(rows) == len(of.coachees.all())
    for row in rows:
        coached = row.facts.state in ("active", "not_launched")
        assert coached or row.due.state.value == row.facts.state
        assert row.due.state is not DueState.OVERDUE or row.due.days_over > 0


@given(data=st.data())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_verbs_in_any_order_keep_every_rule_and_can_all_be_undone(data: st.DataObject) -> None:
    engine = MemoryEngine()
    of = desk(engine=engine)
    of.coachees.add(name="Ana Ruiz")
    before = contents(of)
    steps: list[dict[tuple[str, str], dict[str, Any]]] = []
    for verb in data.draw(st.lists(st.sampled_from(VERBS), min_size=5, max_size=25)):
        forward(of, seconds=data.draw(PASSING))
        sequence = engine.sequence
        done = tried(of, verb, data.draw)
        saved = engine.sequence - sequence
        keeps_the_rules(of, engine)
        after = contents(of)
        assert done or saved == 0 or verb is tick_launch
        if saved:
            # A verb may save more than once (four ticks); only what was before it is known.
            steps += [before] + [{}] * (saved - 1)
        else:
            assert after == before
        before = after
    while steps:
        assert of.ledger.undo() is not None
        expected = steps.pop()
        keeps_the_rules(of, engine)
        if expected:
            assert contents(of) == expected


@given(data=st.data())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_two_sessions_in_any_order_never_lose_what_the_other_wrote(data: st.DataObject) -> None:
    engine = MemoryEngine()
    mine = desk(engine=engine)
    theirs = Desk(RecordStore(engine), mine.clock, mine.rules)
    mine.coachees.add(name="Ana Ruiz")
    for _ in range(data.draw(st.integers(3, 12))):
        forward(mine, seconds=data.draw(PASSING))
        one = data.draw(st.sampled_from([mine, theirs]))
        if data.draw(st.booleans()):
            tried(one, data.draw(st.sampled_from(VERBS)), data.draw)
        else:
            before = contents(one)
            try:
                one.ledger.undo()
            except REFUSALS:
                assert contents(one) == before
        if one.coachees.all():
            keeps_the_rules(one, engine)
        else:
            one.coachees.add(name="Bo Lee")
