"""Tallies, talk, waits, snapshots, look-fors, check-ins, pauses; and what they amount to."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from coach_tui.coaching.observing import LaunchFirst
from coach_tui.coaching.script_lines import plain
from coach_tui.domain.enumerations import CycleStage, Modality, Talking
from coach_tui.domain.observed import Asked, completeness, heard, tallied, waited
from coach_tui.domain.records import Pause, Talk
from coach_tui.presentation.observation import heading
from coach_tui.presentation.observing import clock_words, strip_words, summary_lines
from tests.support import (
    NOW,
    ZONE,
    add_launched,
    desk,
    forward,
    moment,
    observation,
    two_sessions,
)


def test_presses_are_stamped_and_taken_back_one_by_one() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    for _ in range(3):
        forward(of, minutes=4)
        of.counting.press(seen.id, "praise", of.clock.now())
    of.ledger.undo()
    seen = of.counting.press(seen.id, "open question", of.clock.now())
    (praise, question) = tallied(seen, of.clock.now())
    assert (praise.label, praise.count, question.count) == ("praise", 2, 1)
    assert praise.in_ten_minutes == pytest.approx(2 * 10 / 12)
    assert [one.count for one in tallied(seen, of.clock.now(), ["redirection", "praise"])] == [
        *(0, 2, 1),
    ]


def test_a_rate_for_ten_minutes_needs_ten_minutes() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    seen = of.counting.press(seen.id, "praise", NOW)
    before = forward(of, minutes=9, seconds=59)
    assert tallied(seen, before)[0].in_ten_minutes is None
    words = summary_lines(seen, ["praise"], [], before, of.clock.local)
    assert words[0] == "Counted      rates after 10 min"
    after = forward(of, seconds=1)
    words = summary_lines(seen, ["praise"], [], after, of.clock.local)
    assert words[:2] == ["Counted               in 10 min", "  praise                1    1.0"]


def test_a_visit_took_as_long_wherever_it_is_told() -> None:
    of = desk()
    ana = add_launched(of)
    seen = of.observing.start(ana)
    forward(of, minutes=13, seconds=45)
    ended = of.observing.end(seen.id)
    assert clock_words(ended, of.clock.now()) == "■ ended, 13 min, under 15"
    assert heading(ended, of.clock.local).endswith("13 min")
    assert "13 min" in of.timeline(ana)[0].detail
    assert completeness(ended, [], of.clock.now())[0].words == "13 of 15-30 minutes"


def test_the_switch_of_talk_has_one_position_at_a_time() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    of.counting.talk(seen.id, Talking.TEACHER, NOW)
    of.counting.talk(seen.id, Talking.STUDENTS, forward(of, seconds=30))
    of.counting.talk(seen.id, Talking.TEACHER, forward(of, seconds=60))
    seen = of.counting.talk(seen.id, None, forward(of, seconds=10))
    assert [span.end is None for span in seen.talk] == [False, False, False]
    totals = {one.who: one.seconds for one in heard(seen, forward(of, minutes=9))}
    assert totals == {Talking.TEACHER: 40, Talking.STUDENTS: 60}
    assert [one.share for one in heard(seen, NOW)] == [0.4, 0.6]


def test_waits_are_marked_by_their_two_ends() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    of.counting.wait(seen.id, NOW)
    seen = of.counting.wait(seen.id, NOW + timedelta(seconds=3.5))
    assert waited(seen) == [3.5]
    seen = of.counting.wait(seen.id, NOW + timedelta(seconds=9))
    assert waited(seen) == [3.5], "one that lasts is not told yet"


def test_a_pause_stops_talk_and_time() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    of.counting.talk(seen.id, Talking.TEACHER, NOW)
    of.counting.wait(seen.id, NOW)
    paused = of.counting.pause(seen.id, forward(of, minutes=10))
    assert paused.is_paused
    assert paused.waits == ()
    assert clock_words(paused, forward(of, minutes=5)) == "‖ paused at 10 min"
    goes_on = of.counting.pause(seen.id, of.clock.now())
    assert not goes_on.is_paused
    assert goes_on.duration(forward(of, minutes=6)) == timedelta(minutes=16)
    assert clock_words(goes_on, of.clock.now()) == "● 16 min, within 15–30"
    assert heard(goes_on, of.clock.now())[0].seconds == 600


def test_the_end_stops_talk_and_a_wait_that_lasts() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    of.counting.talk(seen.id, Talking.TEACHER, NOW)
    of.counting.wait(seen.id, NOW)
    of.scripts.write(seen.id, [plain("T: what do you notice?", forward(of, minutes=4))])
    forward(of, minutes=6)
    ended = of.observing.finish(seen.id)
    assert ended is not None
    assert (ended.waits, ended.talk[0].end) == ((), ended.end)
    forward(of, minutes=60)
    goes_on = of.observing.go_on(seen.id)
    assert heard(goes_on, forward(of, minutes=2))[0].seconds == 600
    of.counting.talk(seen.id, Talking.STUDENTS, of.clock.now())
    forgotten = of.observing.end_at_last_line(seen.id)
    assert forgotten.end is not None
    assert [span.end for span in forgotten.talk] == [ended.end, of.clock.now()]
    assert [one.seconds for one in heard(forgotten, forward(of, days=1))] == [600]


def test_stored_talk_that_no_end_stopped_counts_up_to_the_end_and_not_in_pauses() -> None:
    of = desk()
    add_launched(of)
    start, end = NOW, NOW + timedelta(minutes=10)
    old = observation(
        start=start, end=end, id="old", talk=(Talk(who=Talking.TEACHER, start=start),)
    )
    of.ledger.save("Import", old)
    later = forward(of, minutes=70)
    assert heard(old, later)[0].seconds == 600
    closed_late = old.changed(talk=(old.talk[0].changed(end=later),))
    assert heard(closed_late, later)[0].seconds == 600
    pause = Pause(start=end, end=later)
    gone_on = old.changed(end=None, pauses=(pause,))
    assert heard(gone_on, forward(of, minutes=2))[0].seconds == 720
    assert of.observing.go_on("old").talk[0].end == end


def test_no_more_students_are_on_task_than_there_are() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    with pytest.raises(ValueError, match="cannot be on task"):
        of.counting.snapshot(seen.id, 23, 22, NOW)
    seen = of.counting.snapshot(seen.id, 18, 22, NOW)
    assert [(one.on, one.total) for one in seen.snapshots] == [(18, 22)]


def test_ticks_and_check_ins_add_up() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    of.counting.tick(seen.id, "waits 3 s")
    seen = of.counting.tick(seen.id, "waits 3 s")
    assert [(one.label, one.count) for one in seen.look_fors] == [("waits 3 s", 2)]
    of.counting.check_in(seen.id, "EL", "2 of 4 spoke")
    seen = of.counting.check_in(seen.id, "EL")
    assert [(one.group, one.seen, one.trend) for one in seen.check_ins] == [
        ("EL", True, "2 of 4 spoke")
    ]


def test_the_strip_names_what_is_there_and_what_is_not() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    assert [one.there for one in completeness(seen, ["EL"], NOW)] == [False] * 5
    of.counting.check_in(seen.id, "EL")
    of.scripts.write(seen.id, [plain("14/24 hands up", NOW)])
    seen = of.observing.describe(of.observing.get(seen.id), materials="tiles", key_lever="waits")
    later = forward(of, minutes=30, seconds=30)
    assert [one.there for one in completeness(seen, ["EL"], later)] == [True] * 5
    assert [one.there for one in completeness(seen, ["EL", "IEP"], later)].count(False) == 1
    assert "✓ 30 of 15-30 minutes" in strip_words(seen, ["EL"], later, 200)
    lines = summary_lines(seen, ["praise"], ["EL"], later, lambda at: at.astimezone(ZONE))
    assert any(line.split() == ["praise", "0"] for line in lines)


def test_where_no_priority_groups_are_named_none_was_checked_in_with() -> None:
    of = desk()
    seen = of.observing.start(add_launched(of))
    assert completeness(seen, [], NOW)[1] == Asked("no priority groups named", None)
    assert "◦ no priority groups named" in strip_words(seen, [], NOW, 200)
    assert "  ◦ no priority groups named" in summary_lines(seen, [], [], NOW, of.clock.local)
    seen = of.counting.check_in(seen.id, "EL")
    assert completeness(seen, [], NOW)[1].there, "with a group whose name was taken back since"


def test_an_observation_on_paper_is_entered_with_its_own_times() -> None:
    of = desk()
    ana = add_launched(of)
    start = moment(date(2026, 11, 20), 9, 14)
    seen = of.observing.enter(ana, date(2026, 11, 20), start, 25, modality=Modality.ASYNCHRONOUS)
    assert (seen.from_paper, seen.date) == (True, date(2026, 11, 20))
    assert seen.end == start + timedelta(minutes=25)
    assert of.cycling.of(ana.id)[0].stage is CycleStage.OBSERVED
    assert of.observing.running(ana.id) is None
    with pytest.raises(ValueError, match="has ended by now"):
        of.observing.enter(ana, date(2026, 11, 23), NOW, 1)
    ben = of.coachees.add(name="Ben Cole")
    with pytest.raises(LaunchFirst):
        of.observing.enter(ben, date(2026, 11, 20), start, 25)


def test_what_two_sessions_count_at_the_same_moment_stays(tmp_path: Path) -> None:
    one, other = two_sessions(tmp_path)
    id = one.observing.start(add_launched(one)).id
    other.poll()
    for _ in range(3):
        one.counting.press(id, "praise", NOW)
        other.counting.press(id, "praise", NOW)
        other.scripts.write(id, [plain("it doubles", NOW)])
        seen = one.counting.tick(id, "waits 3 s")
    assert [(len(each.presses)) for each in seen.tallies] == [6]
    assert ([each.count for each in seen.look_fors], len(seen.lines)) == ([3], 3)
    one.close()
    other.close()
