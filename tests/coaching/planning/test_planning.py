"""Planning, moving, cancelling, series, snow days: what is stored, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from coach_tui.coaching.clock import SettableClock, is_shown_twice, moment_of, wall_moment
from coach_tui.coaching.desk import Desk
from coach_tui.coaching.planning.planning import Time
from coach_tui.coaching.planning.suggesting import (
    displaced,
    in_the_way,
    proposed_week,
    suggestions,
)
from coach_tui.domain.enumerations import CoacheeState, CycleStage
from coach_tui.domain.planning.appointments import Appointment, Stage, Standing
from coach_tui.domain.planning.conflicts import Clash
from coach_tui.domain.records import Coachee, Cycle, DateSpan, Period
from coach_tui.domain.statuses import Rules
from coach_tui.store.memory_engine import MemoryEngine
from coach_tui.store.records import RecordStore
from tests.support import NOW, TODAY, add_launched, desk, forward, school_year

CHICAGO = ZoneInfo("America/Chicago")

TUESDAY = date(2026, 12, 1)
WEDNESDAY = date(2026, 12, 2)
BELLS = tuple(
    Period(name=f"Period {n}", start=time(7 + n), end=time(7 + n, 50), building=building)
    for building in ("Oak", "Elm")
    for n in range(1, 7)
)


@pytest.fixture
def of() -> Desk:
    made = desk()
    made.school_years.set_bells("Oak", [one for one in BELLS if one.building == "Oak"])
    made.school_years.set_bells("Elm", [one for one in BELLS if one.building == "Elm"])
    return made


@pytest.fixture
def ana(of: Desk) -> Coachee:
    return add_launched(of, "Ana Ruiz", building="Oak", periods=("Period 3",))


def cycles(of: Desk, who: Coachee) -> list[Cycle]:
    return of.cycling.of(who.id)


def visits(of: Desk) -> list[Appointment]:
    found = of.days().by_day.values()
    return [
        one
        for day in found
        for one in day
        if one.stage is Stage.VISIT and one.standing is Standing.PLANNED
    ]


def test_a_visit_is_planned_with_its_time_and_undone(of: Desk, ana: Coachee) -> None:
    of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY, 600, 25, "Period 3"))
    (cycle,) = cycles(of, ana)
    assert (cycle.number, cycle.stage) == (1, CycleStage.PLANNED)
    planned = cycle.planned
    assert (planned.observation, planned.observation_time) == (TUESDAY, time(10))
    assert (planned.observation_minutes, planned.observation_period) == (25, "Period 3")
    (shown,) = visits(of)
    assert (shown.day, shown.start, shown.minutes, shown.building) == (TUESDAY, 600, 25, "Oak")
    of.ledger.undo()
    assert visits(of) == []


def test_a_second_visit_begins_a_second_cycle(of: Desk, ana: Coachee) -> None:
    for day in (TUESDAY, WEDNESDAY):
        of.planning.plan(ana.id, Stage.VISIT, Time(day))
    assert [one.number for one in cycles(of, ana)] == [1, 2]


def test_a_missed_visit_is_taken_up_again(of: Desk, ana: Coachee) -> None:
    of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY))
    forward(of, days=30)
    of.planning.plan(ana.id, Stage.VISIT, Time(date(2027, 1, 11)))
    (cycle,) = cycles(of, ana)
    assert cycle.planned.observation == date(2027, 1, 11)


def test_the_next_visit_moves_instead_of_doubling(of: Desk, ana: Coachee) -> None:
    of.planning.plan_next_visit(ana.id, Time(TUESDAY, 600))
    of.planning.plan_next_visit(ana.id, Time(WEDNESDAY))
    (cycle,) = cycles(of, ana)
    assert (cycle.planned.observation, cycle.planned.observation_time) == (WEDNESDAY, None)


def test_moving_keeps_the_stage_and_refuses_what_moved_meanwhile(of: Desk, ana: Coachee) -> None:
    of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY, 600))
    (shown,) = visits(of)
    moved = of.planning.move(shown, Time(WEDNESDAY, 660))
    assert (moved.stage, moved.planned.observation_time) == (CycleStage.PLANNED, time(11))
    with pytest.raises(ValueError, match="moved to 2026-12-02 meanwhile"):
        of.planning.move(shown, Time(date(2026, 12, 3)))
    assert visits(of)[0].day == WEDNESDAY


def test_what_cannot_be_changes_nothing(of: Desk, ana: Coachee) -> None:
    before = of.days().sequence
    with pytest.raises(ValueError, match="has passed"):
        of.planning.plan(ana.id, Stage.VISIT, Time(TODAY - timedelta(days=1)))
    with pytest.raises(ValueError, match="no cycle that waits for a meeting"):
        of.planning.plan(ana.id, Stage.MEETING, Time(TUESDAY))
    with pytest.raises(ValueError, match="no open action step"):
        of.planning.plan(ana.id, Stage.CHECK_BACK, Time(TUESDAY))
    skipping = Desk(RecordStore(MemoryEngine()), SettableClock(NOW, CHICAGO), Rules())
    skipping.ledger.save("Set up", school_year())
    bo = add_launched(skipping, "Bo Lind")
    with pytest.raises(ValueError, match="is skipped on"):
        skipping.planning.plan(bo.id, Stage.VISIT, Time(date(2027, 3, 14), 150))
    assert of.days().sequence == before


def test_a_coachee_who_was_closed_meanwhile_is_refused(of: Desk, ana: Coachee) -> None:
    of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY, 600))
    (shown,) = visits(of)
    of.coachees.move(of.coachees.get(ana.id), CoacheeState.CLOSED)
    for verb in (
        lambda: of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY)),
        lambda: of.planning.move(shown, Time(WEDNESDAY)),
        lambda: of.planning.series(ana.id, [TUESDAY], Time(TUESDAY)),
        lambda: of.planning.accept([shown]),
    ):
        with pytest.raises(ValueError, match="was closed"):
            verb()
    assert [one.planned.observation for one in cycles(of, ana)] == [TUESDAY]


def test_cancelling_asks_for_the_reason_and_keeps_it(of: Desk, ana: Coachee) -> None:
    of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY, 600))
    (shown,) = visits(of)
    with pytest.raises(ValueError, match="with its reason"):
        of.planning.cancel(shown, "  ")
    of.planning.cancel(shown, "field trip")
    (cycle,) = cycles(of, ana)
    assert (cycle.stage, cycle.cancelled_because) == (CycleStage.CANCELLED, "field trip")
    assert visits(of) == []
    with pytest.raises(ValueError, match="cancelled meanwhile"):
        of.planning.move(shown, Time(WEDNESDAY))


def test_a_meeting_is_planned_moved_and_taken_off(of: Desk, ana: Coachee) -> None:
    started = of.observing.start(ana)
    forward(of, minutes=20)
    of.observing.end(started.id)
    of.planning.plan(ana.id, Stage.MEETING, Time(TUESDAY, 900))
    (shown,) = [one for one in of.days().on(TUESDAY) if one.stage is Stage.MEETING]
    of.planning.move(shown, Time(WEDNESDAY, 900, 45))
    (shown,) = [one for one in of.days().on(WEDNESDAY) if one.stage is Stage.MEETING]
    assert shown.minutes == 45
    of.planning.unplan(shown)
    (cycle,) = cycles(of, ana)
    assert (cycle.planned.meeting, cycle.planned.meeting_minutes) == (None, None)
    assert cycle.stage is CycleStage.OBSERVED
    seen = [one for one in of.days().on(TODAY) if one.standing is Standing.DONE]
    assert [(one.stage, one.start, one.minutes) for one in seen] == [(Stage.VISIT, 540, 20)]


def test_the_lesson_of_a_step_moves_and_its_check_back_gets_a_day(of: Desk, ana: Coachee) -> None:
    begun = of.meetings.begin_without_observation(ana)
    of.action_steps.agree(begun.id, "Wait three seconds", lesson=TUESDAY)
    (lesson,) = [one for one in of.days().on(TUESDAY) if one.stage is Stage.LESSON]
    of.planning.move(lesson, Time(WEDNESDAY))
    of.planning.plan(ana.id, Stage.CHECK_BACK, Time(date(2026, 12, 3), 480))
    (cycle,) = cycles(of, ana)
    assert cycle.action_step is not None
    assert cycle.action_step.lesson is not None
    assert cycle.action_step.lesson.date == WEDNESDAY
    assert (cycle.planned.check_back, cycle.planned.check_back_time) == (
        date(2026, 12, 3),
        time(8),
    )
    facts = of.days().facts[ana.id]
    assert ("check back", "2026-12-03", 480, 10, "", cycle.id) in facts.entries


def test_a_series_is_one_transaction_and_passes_over_what_is_planned(
    of: Desk, ana: Coachee
) -> None:
    of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY))
    days = [TUESDAY, date(2026, 12, 8), date(2026, 12, 15)]
    assert of.planning.series(ana.id, days, Time(TUESDAY, 600, None, "Period 3")) == 2
    assert [one.number for one in cycles(of, ana)] == [1, 2, 3]
    assert [one.planned.observation for one in cycles(of, ana)] == days
    of.ledger.undo()
    assert len(cycles(of, ana)) == 1


def test_ghosts_are_accepted_one_by_one_or_all(of: Desk, ana: Coachee) -> None:
    bo = add_launched(of, "Bo Lind", building="Elm")
    forward(of, days=7)
    week = [date(2026, 11, 30) + timedelta(days=n) for n in range(7)]
    proposal = proposed_week(of.days(), week)
    assert {one.person for one in proposal.visits} == {ana.id, bo.id}
    assert [one.period for one in proposal.visits if one.person == ana.id] == ["Period 3"]
    assert of.planning.accept(proposal.visits[:1]) == 1
    assert len(proposed_week(of.days(), week).visits) == 1
    assert of.planning.accept(proposed_week(of.days(), week).visits) == 1
    assert len(visits(of)) == 2
    assert proposed_week(of.days(), week).visits == []


def test_conflicts_are_named_and_never_forbidden(of: Desk, ana: Coachee) -> None:
    bo = add_launched(of, "Bo Lind", building="Elm")
    of.planning.plan(bo.id, Stage.VISIT, Time(TUESDAY, 600))

    def named(day: date, start: int) -> list[Clash]:
        found = in_the_way(of.days(), Stage.VISIT, ana.id, Time(day, start))
        return [one.kind for one in found]

    assert named(TUESDAY, 610) == [Clash.SAME_TIME]
    assert named(TUESDAY, 625) == [Clash.TRAVEL]
    assert named(TUESDAY, 640) == []
    assert named(TUESDAY, 660) == [Clash.NOT_OBSERVABLE]
    assert named(date(2026, 11, 26), 600) == [Clash.DAY_OFF]
    assert named(date(2027, 8, 2), 600) == [Clash.OUTSIDE_YEAR]
    assert named(date(2026, 11, 20), 600) == [Clash.PAST]
    of.school_years.set_early_release([WEDNESDAY], time(10, 10))
    assert named(WEDNESDAY, 600) == [Clash.EARLY_RELEASE]
    of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY, 600))
    assert len(visits(of)) == 2


def test_suggestions_are_free_and_observable(of: Desk, ana: Coachee) -> None:
    of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY, 600, 50))
    found = suggestions(of.days(), ana.id, Stage.VISIT, TUESDAY)
    assert [(one.day, one.start) for one in found[:2]] == [
        (WEDNESDAY, 600),
        (date(2026, 12, 3), 600),
    ]
    meetings = suggestions(of.days(), ana.id, Stage.MEETING, TUESDAY)
    assert all(one.period.name != "Period 3" for one in meetings)


def test_a_snow_day_shows_what_falls_on_it_and_moves_it(of: Desk, ana: Coachee) -> None:
    bo = add_launched(of, "Bo Lind", building="Oak")
    of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY, 600))
    of.planning.plan(bo.id, Stage.VISIT, Time(WEDNESDAY, 600))
    of.school_years.add_days_off([DateSpan(first=TUESDAY, last=TUESDAY, label="Snow")])
    days = of.days()
    assert days.surroundings.names_off[TUESDAY] == "Snow"
    moves = displaced(days, [TUESDAY])
    assert [place.day for _, place in moves if place] == [date(2026, 12, 3)]
    of.planning.move_all([(one, place) for one, place in moves if place])
    assert cycles(of, ana)[0].planned.observation == date(2026, 12, 3)
    assert displaced(of.days(), [TUESDAY]) == []


def test_the_days_follow_what_changes_without_reading_all_again(of: Desk, ana: Coachee) -> None:
    of.planning.plan(ana.id, Stage.VISIT, Time(TODAY, 600))
    assert visits(of)[0].building == "Oak"
    of.ledger.save("Another building", of.coachees.get(ana.id).changed(building="Elm"))
    assert visits(of)[0].building == "Elm"
    started = of.observing.start(of.coachees.get(ana.id))
    assert visits(of) == []
    seen = [one for one in of.days().on(TODAY) if one.record == started.id]
    assert [one.standing for one in seen] == [Standing.RUNNING]
    of.ledger.undo()
    assert len(visits(of)) == 1


def test_times_that_clocks_skip_or_repeat() -> None:
    chicago = SettableClock(NOW, CHICAGO)
    with pytest.raises(ValueError, match="2:30 is skipped on 2027-03-14"):
        wall_moment(chicago, date(2027, 3, 14), 150)
    assert wall_moment(chicago, date(2026, 11, 1), 90) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert is_shown_twice(chicago, date(2026, 11, 1), 90)
    assert not is_shown_twice(chicago, date(2026, 11, 1), 600)
    with pytest.raises(ValueError, match="outside of the years"):
        wall_moment(chicago, date(9999, 12, 31), 1439)


def test_a_time_that_stands_in_notes_is_never_refused() -> None:
    chicago = SettableClock(NOW, CHICAGO)
    for day, of_day, moment in (
        (date(2026, 7, 1), time(9, 14, 5), datetime(2026, 7, 1, 14, 14, 5, tzinfo=UTC)),
        (date(2026, 12, 1), time(9, 14, 5), datetime(2026, 12, 1, 15, 14, 5, tzinfo=UTC)),
        (date(2027, 3, 14), time(2, 30), datetime(2027, 3, 14, 8, 30, tzinfo=UTC)),
        (date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),
    ):
        assert moment_of(chicago, day, of_day) == moment
