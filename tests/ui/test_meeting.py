"""The meeting's screen: prepared from the notes, held, ended, followed up; contacts and launch."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from textual.widgets import TextArea

from coach_tui.domain.enumerations import (
    CheckBackResult,
    CoacheeKind,
    CoacheeState,
    ContactKind,
    CycleStage,
    LineKind,
    LineTag,
    MeetingStep,
    StepState,
    StudentEvidenceKind,
)
from coach_tui.domain.records import (
    Coachee,
    Cycle,
    FeedbackMeeting,
    GrowthGoal,
    NoteLine,
    Observation,
)
from coach_tui.screens.observe import ObserveScreen
from tests.support import hold_meeting
from tests.ui.driving import (
    NOW,
    WIDE,
    add,
    add_launched,
    burst,
    desk_in,
    front,
    opened,
    press,
    screen_text,
    set_up,
    type_text,
)

TODAY = date(2026, 11, 23)
TAGGED = (
    ("T", LineKind.QUOTE, "What do you notice?", (LineTag.PRAISE,)),
    ("", LineKind.QUESTION, "Why did the pairs stop?", ()),
    ("", LineKind.INFERENCE, "He was nervous like Omar Haddad", (LineTag.PRAISE,)),
)


@pytest.fixture
def teacher(folder: Path) -> Coachee:
    """Return a teacher who is launched, on a caseload with a colleague."""
    set_up(folder)
    add(folder, "Omar Haddad", state=CoacheeState.PAUSED)
    return add_launched(folder)


def observed(folder: Path, teacher: Coachee, *, end: bool = True) -> Observation:
    """Observe Ana with the tagged lines."""
    desk = desk_in(folder)
    seen = desk.observing.start(teacher)
    lines = tuple(
        NoteLine(id=f"{n:04}", time=NOW, speaker=who, kind=kind, text=text, tags=tags)
        for n, (who, kind, text, tags) in enumerate(TAGGED, start=1)
    )
    desk.ledger.save("Lines", desk.observing.get(seen.id).changed(lines=lines))
    found = desk.observing.end(seen.id) if end else desk.observing.get(seen.id)
    desk.close()
    return found


def newest(folder: Path, teacher: Coachee) -> Cycle:
    desk = desk_in(folder)
    met = [one for one in desk.cycling.of(teacher.id) if one.meeting is not None]
    desk.close()
    return met[-1]


def meeting(cycle: Cycle) -> FeedbackMeeting:
    assert cycle.meeting is not None
    return cycle.meeting


async def test_a_meeting_is_prepared_held_and_followed_up_by_its_footer(
    folder: Path, teacher: Coachee, tmp_path: Path
) -> None:
    observed(folder, teacher)
    out = tmp_path / "follow-up.md"
    async with opened(folder) as (app, pilot):
        await press(pilot, "m")
        shown = screen_text(app)
        assert '9:14 T "What do you notice?"' in shown
        assert "9:14 Why did the pairs stop?" in shown
        assert "No growth goal is chosen" in shown
        await press(pilot, "h")
        await type_text(pilot, "They looked up")
        await press(pilot, "ctrl+s", "x")
        await type_text(pilot, "Wait three seconds")
        await press(pilot, "tab", "tab")
        await type_text(pilot, "mon")
        await press(pilot, "tab", "tab")
        await type_text(pilot, "six hands")
        await press(pilot, "ctrl+s", "f4", "tab", "tab")
        await type_text(pilot, "She chose the seat")
        await press(pilot, "ctrl+s")
        cycle = newest(folder, teacher)
        assert cycle.stage is CycleStage.APPLYING
        assert meeting(cycle).steps[MeetingStep.PRAISE].held == "They looked up"
        assert meeting(cycle).steps[MeetingStep.PRAISE].done
        assert cycle.alliance_note == "She chose the seat"
        assert cycle.action_step is not None
        assert cycle.action_step.lesson is not None
        assert cycle.action_step.lesson.date == date(2026, 11, 30)
        planned = desk_in(folder).cycling.planned(teacher.id)
        assert planned is not None
        assert planned.planned.observation == date(2026, 12, 7)
        await press(pilot, "f")
        text = pilot.app.screen.query_one(TextArea).text
        assert text.index("What do you notice") < text.index("Wait three seconds")
        await press(pilot, "f5", "ctrl+u")
        await type_text(pilot, str(out))
        await press(pilot, "ctrl+s")
        assert (
            "sent Mon 23 Nov 2026" in screen_text(app)
            or meeting(newest(folder, teacher)).follow_up_sent_on
        )
    written = out.read_text(encoding="utf-8")
    for private in ("nervous", "Omar", "Haddad", "Why did the pairs", "They looked up", "seat"):
        assert private not in written
    (logged,) = desk_in(folder).sharing.with_coachee(teacher.id)
    assert logged.text == written
    assert meeting(newest(folder, teacher)).follow_up_sent_on == TODAY


async def test_leaving_in_the_middle_and_coming_back_loses_nothing(
    folder: Path, teacher: Coachee
) -> None:
    observed(folder, teacher, end=False)
    async with opened(folder) as (app, pilot):
        await burst(pilot, "m", "j", "a")
        await type_text(pilot, "You waited.")
        await press(pilot, "ctrl+s", "space", "escape", "m")
        shown = screen_text(app)
        assert "You waited." in shown
        assert "[x] 1 Precise praise" in shown
        await press(pilot, "j", "d")
        assert len(meeting(newest(folder, teacher)).steps[MeetingStep.PRAISE].sentences) == 2
        await press(pilot, "i", "1")
        assert "Read the line back" in screen_text(app)
        await press(pilot, "f4", "1", "ctrl+s")
        assert newest(folder, teacher).stage is CycleStage.FEEDBACK_HELD
    assert desk_in(folder).observing.running(teacher.id) is None


async def test_undo_on_the_meeting_goes_back_step_by_step_and_past_the_preparation(
    folder: Path, teacher: Coachee
) -> None:
    observed(folder, teacher)
    async with opened(folder) as (app, pilot):
        await press(pilot, "m", "space", "u")
        assert "[ ] 1 Precise praise" in screen_text(app)
        await press(pilot, "u")
        assert "What do you notice?" not in screen_text(app)
        assert all(one.meeting is None for one in desk_in(folder).cycling.of(teacher.id))
        await press(pilot, "space", "ctrl+r")
        assert "[x] 1 Precise praise" in screen_text(app)
        await press(pilot, "escape", "m")
        assert "What do you notice?" in screen_text(app)


async def test_a_second_step_asks_to_park_the_first_and_what_was_saved_can_be_corrected(
    folder: Path, teacher: Coachee
) -> None:
    desk = desk_in(folder)
    hold_meeting(desk, teacher, date(2026, 11, 2), step="The first step")
    desk.close()
    observed(folder, teacher)
    async with opened(folder, size=WIDE) as (app, pilot):
        await press(pilot, "m", "x")
        await type_text(pilot, "The second step")
        await press(pilot, "ctrl+s")
        assert "Park the one that is open?" in screen_text(app)
        await press(pilot, "1", "f4", "tab", "tab", "tab", "ctrl+u")
        await type_text(pilot, "yesterday")
        await press(pilot, "ctrl+s")
        assert "has passed" in screen_text(app)
        assert meeting(newest(folder, teacher)).held is False
        await press(pilot, "ctrl+u")
        await type_text(pilot, "next thu 10:15")
        await press(pilot, "ctrl+s", "escape")
        planned = desk_in(folder).cycling.planned(teacher.id)
        assert planned is not None
        assert planned.planned.observation == date(2026, 12, 3)
        assert planned.planned.observation_time == time(10, 15)
        await press(pilot, "c", "ctrl+s")
        await press(pilot, "enter", "tab", "j", "enter")
        assert "back: kept, Mon 23 Nov 2026" in screen_text(app)
        await press(pilot, *"jjjjjjjjjj", "g")
        await press(pilot, "x", "end")
        await type_text(pilot, " now")
        await press(pilot, "ctrl+s", "f2", "tab", "ctrl+u")
        await type_text(pilot, "25")
        await press(pilot, "ctrl+s")
    first, second, _ = desk_in(folder).cycling.of(teacher.id)
    assert first.action_step is not None
    assert first.action_step.state is StepState.PARKED
    async with opened(folder, size=WIDE) as (app, pilot):
        await press(pilot, "enter", "tab", "G", "k", "k", "enter")
        assert "The first step" in screen_text(app)
        await press(pilot, "x", "1")
    first, second, _ = desk_in(folder).cycling.of(teacher.id)
    assert first.action_step is not None
    assert second.action_step is not None
    assert (first.action_step.text, first.action_step.is_open) == ("The first step", True)
    assert second.action_step.text == "The second step now"
    assert second.action_step.check_back is not None
    assert second.action_step.check_back.result is CheckBackResult.KEPT
    assert second.stage is CycleStage.CHECKED_BACK
    assert meeting(second).minutes == 25


async def test_cancelling_a_check_back_in_which_nothing_was_written_does_not_ask(
    folder: Path, teacher: Coachee
) -> None:
    desk = desk_in(folder)
    hold_meeting(desk, teacher, date(2026, 11, 2), step="The first step")
    desk.close()
    async with opened(folder) as (app, pilot):
        await press(pilot, "c")
        assert "Check back with Ana Ruiz" in screen_text(app)
        await press(pilot, "escape")
        assert "Check back with Ana Ruiz" not in screen_text(app)


async def test_a_check_back_becomes_evidence_toward_the_goal_in_one_key(
    folder: Path, teacher: Coachee
) -> None:
    desk = desk_in(folder)
    hold_meeting(desk, teacher, date(2026, 11, 2), step="The first step")
    goal = GrowthGoal(
        id="goal", created_at=NOW, updated_at=NOW, coachee=teacher.id, statement="More voices",
        agreed_on=TODAY, state="active",
    )  # fmt: skip
    desk.ledger.save("Goal", goal)
    desk.close()
    async with opened(folder) as (app, pilot):
        await press(pilot, "c", "tab")
        await type_text(pilot, "seven of ten answered")
        await press(pilot, "ctrl+s")
        assert "Is it evidence toward the goal?" in screen_text(app)
        await press(pilot, "2")
    (item,) = desk_in(folder).evidence.of(goal.id)
    assert (item.what, item.kind) == ("seven of ten answered", StudentEvidenceKind.DISCOURSE)


async def test_without_an_observation_m_offers_what_there_is_to_talk_about(
    folder: Path, teacher: Coachee
) -> None:
    async with opened(folder) as (app, pilot):
        await press(pilot, "m")
        assert "Nothing was observed since the last meeting" in screen_text(app)
        await press(pilot, "2", "tab", "tab")
        await type_text(pilot, "15")
        await press(pilot, "ctrl+s")
        (contact,) = desk_in(folder).contacts.of(teacher.id)
        assert (contact.kind, contact.minutes) == (ContactKind.CHECK_IN, 15)
        await press(pilot, "m", "1")
        assert "Feedback meeting · Ana Ruiz · cycle 1" in screen_text(app)


async def test_the_launch_of_a_team_is_guided_and_ends_active(folder: Path) -> None:
    set_up(folder)
    team = add(folder, "Grade 4", kind=CoacheeKind.TEAM, members=("Ana Ruiz", "Bo Lee"))
    async with opened(folder) as (app, pilot):
        await press(pilot, "m", "1")
        shown = screen_text(app)
        assert "Launch conversation · Grade 4" in shown
        assert "Ask: What brought you to teaching" in shown
        await press(pilot, "enter")
        await type_text(pilot, "coffee")
        await press(pilot, "ctrl+s", "j", "space", "j", "space", "j", "space", "j")
        assert "Coaching is not evaluation" in screen_text(app).replace("\n", " ")
        await press(pilot, "space", "f4", "tab", "tab", "end", *["backspace"] * 8, "ctrl+s")
        assert "Is the coaching of Grade 4 active now?" in screen_text(app)
        await press(pilot, "1")
    desk = desk_in(folder)
    now = desk.coachees.get(team.id)
    assert now.state is CoacheeState.ACTIVE
    assert now.launch.complete
    assert now.launch.records_explained
    assert now.launch.present == ("Ana Ruiz",)


async def test_what_works_on_a_teacher_works_in_the_meeting_about_her(
    folder: Path, teacher: Coachee
) -> None:
    observed(folder, teacher, end=False)
    async with opened(folder) as (app, pilot):
        await press(pilot, "m", "n")
        assert f"Quick note on {teacher.name}" in screen_text(app)
        await type_text(pilot, "S3 waits")
        await press(pilot, "ctrl+s", "o")
        assert front(app, ObserveScreen).line.display, "back to the notes that go on"
    (seen,) = desk_in(folder).observing.of(teacher.id)
    assert seen.lines[-1].text == "waits"
