"""Observation notes: started, typed line by line, ended, gone on with."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from coach_tui.coaching.desk import Desk
from coach_tui.coaching.observing import Forgotten, LaunchFirst
from coach_tui.coaching.script_lines import plain
from coach_tui.domain.enumerations import CycleStage, LineKind, Modality
from coach_tui.domain.records import Coachee, Cycle, GroupCheckIn, Observation
from coach_tui.store.errors import Conflict, NotFound
from tests.support import (
    HOSTILE,
    NOW,
    TODAY,
    add_launched,
    add_lines,
    desk,
    forward,
    moment,
    note_line,
    observation,
    plan_visit,
    two_sessions,
)


def test_an_observation_begins_now_with_a_cycle_of_its_own() -> None:
    of = desk()
    ana = add_launched(of)
    seen = of.observing.start(ana)
    assert (seen.start, seen.date, seen.end) == (NOW, TODAY, None)
    assert seen.before_launch_because == ""
    (cycle,) = of.cycling.of(ana.id)
    assert (seen.cycle, cycle.number, cycle.stage) == (cycle.id, 1, CycleStage.PLANNED)
    assert of.observing.running(ana.id) == seen


def test_the_day_of_an_observation_is_that_of_the_wall_clock() -> None:
    of = desk()
    ana = add_launched(of)
    late = forward(of, hours=12)
    assert late.date() != TODAY
    assert of.observing.start(ana).date == TODAY


def at(of: Desk, ana: Coachee, day: date | None) -> Cycle:
    """Plan one more visit, as a series does; None is a cycle without a day."""
    cycle = of.observing.new_cycle(ana.id)
    planned = cycle.planned.changed(observation=day)
    of.ledger.save("Plan another", cycle.changed(planned=planned))
    return of.ledger.store.require(Cycle, cycle.id)


def test_a_visit_planned_for_a_later_day_stays_planned() -> None:
    of = desk()
    ana = add_launched(of)
    ahead = plan_visit(of, ana, date(2026, 12, 8))
    at(of, ana, date(2026, 12, 20))
    assert of.observing.stays_planned(ana.id, TODAY) == date(2026, 12, 8)
    seen = of.observing.start(ana)
    assert seen.cycle != ahead.id
    add_lines(of, seen.id, [("T reads aloud", NOW)])
    of.observing.finish(seen.id)
    assert of.cycling.planned(ana.id) == ahead
    (row,) = of.caseload().rows
    assert (row.facts.last_observation, row.next_visit) == (TODAY, date(2026, 12, 8))
    assert [entry[1] for entry in row.facts.entries] == ["2026-12-08", "2026-12-20"]


def test_a_drop_in_that_stayed_empty_leaves_the_planned_visit_as_it_was() -> None:
    of = desk()
    ana = add_launched(of)
    ahead = plan_visit(of, ana, date(2026, 12, 8))
    assert of.observing.finish(of.observing.start(ana).id) is None
    assert of.cycling.of(ana.id) == [ahead]


def test_an_observation_begins_the_visit_of_today_then_what_is_overdue() -> None:
    of = desk()
    ana = add_launched(of)
    later, of_today = at(of, ana, date(2026, 12, 8)), at(of, ana, TODAY)
    older, overdue = at(of, ana, date(2026, 11, 3)), at(of, ana, date(2026, 11, 17))
    undated = at(of, ana, None)
    assert of.observing.stays_planned(ana.id, TODAY) is None
    begun = []
    for _ in range(5):
        seen = of.observing.start(ana)
        begun.append(seen.cycle)
        of.observing.end(seen.id)
    assert begun[:4] == [of_today.id, older.id, overdue.id, undated.id]
    assert begun[4] not in {later.id, *begun[:4]}
    assert of.observing.stays_planned(ana.id, TODAY) == date(2026, 12, 8)


def test_a_visit_from_paper_takes_what_was_planned_by_its_own_day() -> None:
    of = desk()
    ana = add_launched(of)
    friday = at(of, ana, date(2026, 11, 20))
    drop_in = of.observing.enter(ana, date(2026, 11, 19), moment(date(2026, 11, 19)), 20)
    assert drop_in.cycle != friday.id
    as_planned = of.observing.enter(ana, date(2026, 11, 20), moment(date(2026, 11, 20)), 20)
    assert as_planned.cycle == friday.id


def test_cycles_are_numbered_in_the_order_of_their_visits() -> None:
    of = desk()
    ana = add_launched(of)
    ahead = plan_visit(of, ana, date(2026, 12, 8))
    drop_in = of.observing.start(ana)
    of.observing.end(drop_in.id)
    forward(of, days=15)
    visit = of.observing.start(ana)
    assert visit.cycle == ahead.id
    assert [one.id for one in of.cycling.of(ana.id)] == [drop_in.cycle, ahead.id]
    of.ledger.undo()
    planned = of.cycling.planned(ana.id)
    assert planned is not None
    assert (planned.id, planned.number) == (ahead.id, 1)


def test_starting_twice_goes_on_with_the_one_that_runs() -> None:
    of = desk()
    ana = add_launched(of)
    seen = of.observing.start(ana)
    forward(of, minutes=5)
    assert of.observing.start(ana) == seen
    assert len(of.cycling.of(ana.id)) == 1


def test_before_the_launch_an_observation_needs_a_reason_and_is_never_blocked() -> None:
    of = desk()
    ana = of.coachees.add(name="Ana Ruiz")
    for because in ("", " \n"):
        with pytest.raises(LaunchFirst, match="launch conversation"):
            of.observing.start(ana, because)
    assert of.observing.of(ana.id) == []
    assert of.cycling.of(ana.id) == []
    seen = of.observing.start(ana, "the principal asked")
    assert seen.before_launch_because == "the principal asked"
    assert of.observing.start(ana) == seen


def test_a_reason_that_is_not_needed_is_not_kept() -> None:
    of = desk()
    assert of.observing.start(add_launched(of), "just so").before_launch_because == ""


def test_lines_are_stamped_and_stored_in_their_order() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    begun = forward(of, seconds=65)
    forward(of, seconds=10)
    seen = add_lines(of, seen.id, [("T: what do you notice?", begun)])
    seen = add_lines(of, seen.id, [("14 of 22 hands up", forward(of, seconds=5))])
    assert [line.id for line in seen.lines] == ["0001", "0002"]
    assert [line.offset for line in seen.lines] == [65.0, 80.0]
    assert seen.lines[0].time == begun
    assert all(line.kind is LineKind.ACTION for line in seen.lines)
    assert of.observing.get(seen.id) == seen


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_line_is_stored_exactly(text: str) -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    typed = f"  {text}\t "
    assert add_lines(of, seen.id, [(typed, NOW)]).lines[0].text == typed


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_a_line_that_says_nothing_is_refused(text: str) -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    with pytest.raises(ValidationError):
        add_lines(of, seen.id, [(text, NOW)])
    assert of.observing.get(seen.id) == seen


def test_several_lines_are_one_transaction() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    seen = add_lines(of, seen.id, [("one", NOW), ("two", NOW)])
    assert [line.text for line in seen.lines] == ["one", "two"]
    with pytest.raises(ValidationError):
        add_lines(of, seen.id, [("three", NOW), (" ", NOW)])
    assert of.observing.get(seen.id) == seen
    assert of.ledger.undo() == "Note line"
    assert of.observing.get(seen.id).lines == ()


def test_a_line_begun_before_the_start_is_not_negative() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    assert add_lines(of, seen.id, [("x", NOW - timedelta(hours=1))]).lines[0].offset == 0


def test_new_line_ids_follow_the_highest_there_is() -> None:
    of = desk()
    ana = add_launched(of)
    lines = tuple(note_line("x", id=id) for id in ("0007", "a", "12-b", "9" * 20))
    of.ledger.save("Import", observation(coachee=ana.id, lines=lines, id="seen"))
    seen = add_lines(of, "seen", [("y", NOW)])
    assert seen.lines[-1].id == str(10**20)
    assert len({line.id for line in seen.lines}) == 5


def test_ending_moves_the_cycle_once() -> None:
    of = desk()
    ana = add_launched(of)
    seen = of.observing.start(ana)
    end = forward(of, minutes=24)
    ended = of.observing.end(seen.id)
    assert ended.end == end
    assert of.cycling.of(ana.id)[0].stage is CycleStage.OBSERVED
    forward(of, minutes=5)
    assert of.observing.end(seen.id) == ended
    assert of.observing.running(ana.id) is None


def test_ending_leaves_a_cycle_that_has_gone_further() -> None:
    of = desk()
    ana = add_launched(of)
    seen = of.observing.start(ana)
    of.cycling.cancel(ana, of.cycling.of(ana.id)[0], "snow")
    assert of.observing.end(seen.id).end is not None
    assert of.cycling.of(ana.id)[0].stage is CycleStage.CANCELLED


def test_an_observation_of_no_cycle_ends_too() -> None:
    of = desk()
    ana = add_launched(of)
    of.ledger.save("Import", observation(coachee=ana.id, end=None, id="seen"))
    assert of.observing.end("seen").end == NOW


def test_going_on_makes_the_time_between_a_pause() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    ended_at = forward(of, minutes=20)
    of.observing.end(seen.id)
    on_at = forward(of, minutes=7)
    again = of.observing.go_on(seen.id)
    assert again.end is None
    assert [(pause.start, pause.end) for pause in again.pauses] == [(ended_at, on_at)]
    assert of.observing.go_on(seen.id) == again
    done = forward(of, minutes=3)
    ended = of.observing.end(seen.id)
    assert ended.duration(done) == timedelta(minutes=23)


def test_a_clock_that_was_set_back_refuses_nothing() -> None:
    of = desk()
    ana = add_launched(of)
    seen = of.observing.start(ana)
    forward(of, hours=-2)
    assert add_lines(of, seen.id, [("x", of.clock.now())]).lines[0].offset == 0
    assert of.observing.end(seen.id).end == seen.start
    assert of.observing.go_on(seen.id).pauses[0].end == seen.start
    of.observing.end(seen.id)
    of.observing.note(ana, ["first"])
    forward(of, minutes=-10)
    quick = of.observing.note(ana, ["second"])
    assert [line.text for line in quick.lines] == ["first", "second"]
    assert quick.end == quick.start


def test_with_a_clock_set_back_an_end_is_no_earlier_than_what_was_put_down() -> None:
    of = desk()
    ana, sam = add_launched(of), add_launched(of, "Sam Roe")
    newest = forward(of, minutes=20)
    for who in (ana, sam):
        forward(of, minutes=-20)
        id = of.observing.start(who).id
        forward(of, minutes=20)
        add_lines(of, id, [("14 of 22 hands up", newest)])
    forward(of, hours=-1)
    assert of.observing.end(of.observing.of(ana.id)[0].id).end == newest
    assert of.observing.end_at_last_line(of.observing.of(sam.id)[0].id).end == newest


def test_details_replace_only_what_they_name() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    add_lines(of, seen.id, [("typed while the form was open", NOW)])
    described = of.observing.describe(
        seen,
        lesson="Fractions",
        students=22,
        modality=Modality.SYNCHRONOUS_SMALL_GROUP,
        check_ins=(GroupCheckIn(group="EL"),),
    )
    assert (described.lesson, described.students) == ("Fractions", 22)
    assert len(described.lines) == 1
    with pytest.raises(ValidationError):
        of.observing.describe(seen, students=-1)
    assert of.observing.get(seen.id) == described


def test_the_newest_observation_comes_first() -> None:
    of = desk()
    ana = add_launched(of)
    for id, day in (("b", 9), ("a", 16), ("c", 2)):
        seen = observation(date(2026, 11, day), coachee=ana.id, id=id)
        of.ledger.save("Import", seen)
    of.ledger.save("Import", observation(TODAY, coachee="somebody-else", id="d"))
    assert [one.id for one in of.observing.of(ana.id)] == ["a", "b", "c"]


def test_what_is_not_there_is_not_found() -> None:
    of = desk()
    for verb in (of.observing.get, of.observing.end, of.observing.go_on):
        with pytest.raises(NotFound):
            verb("nothing")
    with pytest.raises(NotFound):
        add_lines(of, "nothing", [("x", NOW)])


def test_a_note_goes_to_the_observation_that_runs() -> None:
    of = desk()
    ana = add_launched(of)
    seen = of.observing.start(ana)
    forward(of, minutes=2)
    noted = of.observing.note(ana, ["one", "", "two"])
    assert noted.id == seen.id
    assert [line.text for line in noted.lines] == ["one", "two"]
    assert noted.lines[0].offset == 120


def test_new_cycles_count_on() -> None:
    of = desk()
    ana = add_launched(of)
    for number in (1, 2, 3):
        cycle = of.observing.new_cycle(ana.id)
        assert (cycle.number, cycle.revision) == (number, 0)
        of.ledger.save("Begin", cycle)


def test_two_sessions_that_end_the_same_observation_do_not_lose_a_line() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    add_lines(of, seen.id, [("x", NOW)])
    stale = Observation.from_document(seen.to_document()).changed(end=NOW)
    with pytest.raises(Conflict):
        of.ledger.save("End", stale)
    assert len(of.observing.get(seen.id).lines) == 1


def test_a_note_and_the_end_stand_beside_what_another_session_writes(tmp_path: Path) -> None:
    one, other = two_sessions(tmp_path)
    ana = add_launched(one)
    id = one.observing.start(ana).id
    other.poll()
    one.observing.note(ana, ["one"])
    other.observing.note(ana, ["two"])
    one.observing.note(ana, (text for text in ("three", "four")))
    ended = other.observing.end(id)
    assert ended.end is not None
    assert [line.text for line in ended.lines] == ["one", "two", "three", "four"]
    one.close()
    other.close()


def test_quick_notes_take_lines_and_never_run() -> None:
    of = desk()
    ana = add_launched(of)
    quick = of.observing.note(ana, ["one"])
    later = forward(of, minutes=5)
    written = of.scripts.write(quick.id, [plain("two", later)])
    assert [line.text for line in written.lines] == ["one", "two"]
    assert (written.end, written.pauses) == (later, ())
    assert of.observing.go_on(quick.id) == written
    # Its other words are the coach's: they say nothing of what it is.
    of.observing.describe(written, technique="scripting")
    assert of.observing.note(ana, ["three"]).id == quick.id
    of.ledger.save("Import", quick.changed(id="old", end=None, revision=0))
    assert of.observing.running(ana.id) is None
    assert of.observing.start(ana).quick_notes is False


def test_an_observation_left_running_is_forgotten_the_next_day() -> None:
    of = desk()
    ana = add_launched(of)
    seen = of.observing.start(ana)
    forward(of, hours=11)
    assert of.observing.forgotten(ana.id) is None
    assert of.observing.start(ana) == seen
    forward(of, hours=6)
    assert of.observing.forgotten(ana.id) == seen
    with pytest.raises(Forgotten, match="of 2026-11-23 was never ended") as refused:
        of.observing.start(ana)
    assert refused.value.observation == seen
    of.observing.end_at_last_line(seen.id)
    assert of.observing.forgotten(ana.id) is None
    assert of.observing.start(ana).id != seen.id


def test_one_that_began_late_in_the_evening_is_forgotten_at_midnight() -> None:
    of = desk()
    ana = add_launched(of)
    forward(of, hours=14, minutes=50)
    seen = of.observing.start(ana)
    forward(of, minutes=20)
    assert of.observing.forgotten(ana.id) == seen


def test_a_forgotten_observation_ends_with_its_last_line() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    last = forward(of, minutes=12)
    add_lines(of, seen.id, [("14 of 22 hands up", last)])
    forward(of, days=1)
    ended = of.observing.end_at_last_line(seen.id)
    assert ended.end == last
    assert of.cycling.of(seen.coachee)[0].stage is CycleStage.OBSERVED
    assert of.observing.end_at_last_line(seen.id) == ended


def test_a_forgotten_observation_without_a_line_ends_when_it_began() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    forward(of, days=1)
    assert of.observing.end_at_last_line(seen.id).end == NOW


def test_one_that_was_gone_on_with_and_forgotten_ends_where_it_had_ended() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    ended_at = forward(of, minutes=20)
    of.observing.end(seen.id)
    forward(of, minutes=40)
    of.observing.go_on(seen.id)
    forward(of, days=1)
    ended = of.observing.end_at_last_line(seen.id)
    assert (ended.end, ended.pauses) == (ended_at, ())
    assert ended.duration(ended_at) == timedelta(minutes=20)


def test_details_that_another_session_changed_meanwhile_are_not_written_over() -> None:
    of = desk()
    shown = of.observing.start(add_launched(of))
    of.observing.describe(shown, lesson="Fractions")
    theirs = add_lines(of, shown.id, [("typed while the form was open", NOW)])
    with pytest.raises(ValueError, match="the lesson was changed meanwhile"):
        of.observing.describe(shown, lesson="Decimals", materials="tiles")
    assert of.observing.get(shown.id) == theirs
    mine = of.observing.describe(shown, lesson=shown.lesson, key_lever="wait time")
    assert (mine.lesson, mine.key_lever, mine.lines) == ("Fractions", "wait time", theirs.lines)
    assert of.observing.describe(shown, lesson="Fractions") == mine
    with pytest.raises(ValueError, match="no field"):
        of.observing.describe(shown, leson="x")
