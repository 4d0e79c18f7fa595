"""Today: what is owed and due, in groups, each with why; never an order of people by anything."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from coach_tui.domain.records import Cycle
from coach_tui.domain.standing import stand
from coach_tui.domain.statuses import Rules
from coach_tui.domain.today import Doing, Task, TodayGroup, today_tasks
from coach_tui.presentation.today import groups_of, when_words, who_words, why_words
from tests.support import LAST_DAY, NOW, TODAY, facts, school_days

MENTOR_LATELY = ("mentor", "2026-11-16")


def tasks(*of: Any, own: Any = (MENTOR_LATELY,), today: date = TODAY) -> list[Task]:
    rules = Rules()
    return today_tasks(stand(of, school_days(), today, rules), own, school_days(), today, rules)


def why(task: Task) -> str:
    return why_words(task, TODAY)


def test_a_quiet_day_has_no_task() -> None:
    assert tasks(facts(last_meeting=date(2026, 11, 20))) == []


def test_the_days_visits_come_with_time_and_room_in_their_order() -> None:
    late = facts(
        id="bo", name="Bo Lee", room="12", building="Oak",
        entries=(("visit", "2026-11-23", 615, 20, "P3", "c1"),), planned=(TODAY,),
    )  # fmt: skip
    early = facts(
        room="Gym room", entries=(("meeting", "2026-11-23", 480, 30, "", "c2"),),
        last_meeting=date(2026, 11, 20),
    )  # fmt: skip
    first, second = tasks(late, early)
    assert (when_words(first), who_words(first), why(first)) == (
        "8:00",
        "Ana Ruiz",
        "meeting, Gym room",
    )
    assert (when_words(second), why(second)) == ("10:15", "visit, P3, room 12, Oak")
    assert (first.doing, second.doing) == (Doing.MEET, Doing.OBSERVE)


@pytest.mark.parametrize(
    ("known", "group", "doing", "words"),
    [
        (
            {"running": "seen", "running_since": TODAY},
            TodayGroup.NOW, Doing.OBSERVE, "the observation of today was begun and not ended",
        ),
        (
            {"meeting_begun": "c1", "meeting_begun_on": date(2026, 11, 22)},
            TodayGroup.NOW, Doing.MEET, "the meeting of yesterday was begun and not ended",
        ),
        (
            {"unanswered_observation": TODAY},
            TodayGroup.OBSERVED, Doing.MEET, "observed today: the meeting is to come",
        ),
        (
            {"unanswered_observation": date(2026, 11, 16)},
            TodayGroup.FEEDBACK, Doing.MEET,
            "observed Mon 16 Nov 2026, 5 school days ago, and no meeting yet",
        ),
        (
            {"open_step_lesson": date(2026, 11, 20)},
            TodayGroup.CHECK_BACK, Doing.CHECK_BACK,
            "the lesson of Fri 20 Nov 2026 has passed: what became of the action step?",
        ),
        (
            {
                "open_step_lesson": TODAY,
                "entries": (
                    ("lesson", "2026-11-23", None, 20, "", "c1"),
                    ("lesson", "2026-11-24", None, 20, "", "c2"),
                ),
            },
            TodayGroup.LESSON, Doing.CHECK_BACK,
            "its lesson is today; afterwards check back",
        ),
        (
            {"entries": (("visit", "2026-11-20", None, 20, "", "c1"),)},
            TodayGroup.MISSED, Doing.VISIT, "visit planned for Fri 20 Nov 2026 and not begun",
        ),
        (
            {"last_meeting": date(2026, 11, 4), "planned": (date(2026, 11, 24),)},
            TodayGroup.DUE, Doing.VISIT,
            "overdue by 3 school days, was due Wed 18 Nov 2026; visit planned tomorrow",
        ),
        (
            {"state": "not_launched"},
            TodayGroup.READY, Doing.ACTIVATE,
            "the launch conversation is complete: is the coaching active?",
        ),
        (
            {"state": "not_launched", "launch_complete": False, "launch_date": None},
            TodayGroup.NOT_LAUNCHED, Doing.LAUNCH, "the launch conversation is not complete",
        ),
        (
            {"state": "released", "need": "things change", "need_since": date(2026, 11, 20)},
            TodayGroup.REENTRY, Doing.MOVE,
            "released, and a moment of need: things change, since Fri 20 Nov 2026",
        ),
    ],
)  # fmt: skip
def test_each_row_says_why_it_is_there(
    known: dict[str, Any], group: TodayGroup, doing: Doing, words: str
) -> None:
    met = {"last_meeting": date(2026, 11, 20), **known}
    (task,) = tasks(facts(**met))
    assert (task.group, task.doing, why(task)) == (group, doing, words)


def test_a_visit_planned_for_today_is_not_told_to_be_due_beside() -> None:
    due = {"last_meeting": date(2026, 11, 4), "planned": (TODAY,)}
    (task,) = tasks(facts(**due, entries=(("visit", "2026-11-23", None, 20, "", "c1"),)))
    assert task.group is TodayGroup.TODAY


def test_a_meeting_that_passed_is_said_once() -> None:
    meeting = ("meeting", "2026-11-20", None, 30, "", "c1")
    observed = date(2026, 11, 16)
    seen = facts(unanswered_observation=observed, last_observation=observed, entries=(meeting,))
    assert [one.group for one in tasks(seen)] == [TodayGroup.FEEDBACK]
    visit = ("visit", "2026-11-19", None, 20, "", "c1")
    unseen = facts(last_meeting=date(2026, 11, 18), entries=(visit, meeting))
    assert [one.stage for one in tasks(unseen)] == ["visit"]


@pytest.mark.parametrize("state", ["paused", "closed", "released", "proposed"])
def test_nothing_is_planned_with_who_is_out_of_sight(state: str) -> None:
    entries = (("visit", "2026-11-20", None, 20, "", "c1"),)
    assert tasks(facts(state=state, entries=entries)) == []


def test_the_coachs_own_support_is_due_too() -> None:
    """Seeds 003 and 004: every coach needs a mentor, and contact with her CST each month."""
    (never,) = tasks(own=())
    assert (never.group, who_words(never)) == (TodayGroup.OWN, "mentor")
    assert why(never) == "no contact yet in this school year"
    own = (
        ("mentor", "2026-11-08"),
        ("CST member", "2026-10-22"),
        ("CST facilitator", "2026-09-01"),
    )
    mentor, cst = tasks(own=own)
    assert why(mentor) == "last contact Sun 8 Nov 2026"
    assert (who_words(cst), why(cst)) == (
        "CST facilitator, CST member",
        "last contact Thu 22 Oct 2026",
    )
    assert tasks(own=(MENTOR_LATELY, ("mentor", "2026-12-01"))) == []
    assert tasks(own=(), today=LAST_DAY.replace(month=7)) == []


def test_the_longest_wait_comes_first_and_groups_keep_their_order() -> None:
    found = tasks(
        facts(id="a", name="Ana", unanswered_observation=date(2026, 11, 17)),
        facts(id="b", name="Bo", unanswered_observation=date(2026, 11, 10)),
        facts(id="c", name="Cy", state="not_launched", launch_complete=False, launch_date=None),
    )
    feedback = [one.name for one in found if one.group is TodayGroup.FEEDBACK]
    assert feedback == ["Bo", "Ana"]
    order = list(TodayGroup)
    groups = list(groups_of(found))
    assert groups == sorted(groups, key=order.index)
    keys = [one.key for one in found]
    assert len(set(keys)) == len(keys)


def test_a_begun_meeting_is_known_from_the_stored_cycle() -> None:
    from coach_tui.domain.taking import facts_of
    from tests.support import coachee, cycle, meeting

    begun: Cycle = cycle(meeting=meeting(TODAY, held=False, begun=NOW))
    taken = facts_of(coachee(room="12").to_document(), [begun.to_document()], [])
    assert (taken.meeting_begun, taken.meeting_begun_on, taken.room) == (begun.id, TODAY, "12")
    old = begun.to_document()
    del old["meeting"]["begun"]
    assert facts_of(coachee().to_document(), [old], []).meeting_begun is None
