"""Each screen as a picture, at home (80x24) and in comfort (120x40): few, and always the same.

The clock stands still, nothing blinks, the sample is generated from its seed for one day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from coach_tui.app import CoachApp
from coach_tui.coaching.desk import Desk
from coach_tui.coaching.sample.generator import generate
from coach_tui.domain.enumerations import ContactKind, MeetingStep
from coach_tui.domain.records import Sentence
from tests.support import add_lines
from tests.ui.driving import (
    HOSTILE,
    NOW,
    ZONE,
    add,
    add_launched,
    app_over,
    desk_in,
    press,
    set_up,
    settle,
    type_text,
)

Compare = Callable[..., bool]

SIZES = [(80, 24), (120, 40)]
SMALL_AND_WIDE = pytest.mark.parametrize("size", SIZES, ids=["80x24", "120x40"])


def fill(folder: Path, coachees: int = 16) -> Desk:
    """Fill the store in `folder` with the sample of 23 November 2026."""
    desk = desk_in(folder)
    records = generate(date(2026, 11, 23), seed=7, coachees=coachees, years=1, timezone=ZONE)
    desk.ledger.save("Sample caseload", *records)
    return desk


def picture(
    snap_compare: Compare, app: CoachApp, size: tuple[int, int], *keys: str, words: str = ""
) -> bool:
    """Compare the screen after pressing `keys`, then typing `words`."""

    async def drive(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await press(pilot, *keys)
        if words:
            await type_text(pilot, words)
        app.clear_notifications()
        await settle(pilot)

    return snap_compare(app, terminal_size=size, run_before=drive)


@SMALL_AND_WIDE
def test_welcome(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    assert picture(snap_compare, app_over(folder), size)


@SMALL_AND_WIDE
def test_welcome_form(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    assert picture(snap_compare, app_over(folder), size, "enter", words="Dana")


@SMALL_AND_WIDE
def test_caseload_empty(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    set_up(folder)
    assert picture(snap_compare, app_over(folder), size)


@SMALL_AND_WIDE
def test_caseload_typical(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    fill(folder)
    assert picture(snap_compare, app_over(folder), size)


@SMALL_AND_WIDE
def test_caseload_overflowing(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    fill(folder, coachees=60)
    assert picture(snap_compare, app_over(folder), size, "G")


@SMALL_AND_WIDE
def test_caseload_filtered(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    fill(folder)
    assert picture(snap_compare, app_over(folder), size, "slash", words="juniper")


@SMALL_AND_WIDE
def test_caseload_hostile(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    set_up(folder)
    for text in HOSTILE:
        add(folder, text, building=text)
    assert picture(snap_compare, app_over(folder), size)


@SMALL_AND_WIDE
def test_coachee_typical(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    fill(folder)
    assert picture(snap_compare, app_over(folder), size, "enter")


@SMALL_AND_WIDE
def test_coachee_new(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    set_up(folder)
    add(folder, "Ben Cole")
    assert picture(snap_compare, app_over(folder), size, "enter", "G")


@SMALL_AND_WIDE
def test_coachee_state(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    fill(folder)
    assert picture(snap_compare, app_over(folder), size, "enter", "t")


@SMALL_AND_WIDE
def test_observe_typical(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    fill(folder)
    keys = ("enter", "tab", "j", "j", "j", "enter", "c", "f5", "f6")
    assert picture(snap_compare, app_over(folder), size, *keys, words="students were engaged")


@SMALL_AND_WIDE
def test_observe_ended(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    fill(folder)
    keys = ("enter", "tab", "j", "j", "j", "enter", "k")
    assert picture(snap_compare, app_over(folder), size, *keys)


@SMALL_AND_WIDE
def test_observe_hostile(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    set_up(folder)
    ana = add_launched(folder)
    desk = desk_in(folder)
    running = desk.observing.start(ana)
    texts = [text if len(text) < 1000 else text[:300] for text in HOSTILE]
    add_lines(desk, running.id, [(text, NOW) for text in texts])
    desk.close()
    assert picture(snap_compare, app_over(folder), size, "o")


@SMALL_AND_WIDE
def test_today_typical(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    fill(folder)
    assert picture(snap_compare, app_over(folder), size, "1")


@SMALL_AND_WIDE
def test_today_empty(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    set_up(folder)
    desk = desk_in(folder)
    desk.contacts.add(ContactKind.MENTOR, date(2026, 11, 20), None)
    desk.close()
    assert picture(snap_compare, app_over(folder), size, "1")


@SMALL_AND_WIDE
def test_meeting_typical(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    fill(folder)
    assert picture(snap_compare, app_over(folder), size, "j", "m", "j")


@SMALL_AND_WIDE
def test_meeting_hostile(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    set_up(folder)
    ana = add_launched(folder)
    desk = desk_in(folder)
    cycle = desk.meetings.begin_without_observation(ana)
    assert cycle.meeting is not None
    texts = [text if len(text) < 1000 else text[:300] for text in HOSTILE]
    shown = cycle.meeting.steps[MeetingStep.PRAISE]
    sentences = tuple(Sentence(text=text) for text in texts)
    desk.meetings.change_sentences(cycle.id, MeetingStep.PRAISE, shown, sentences)
    desk.action_steps.agree(cycle.id, texts[0], success=texts[1])
    desk.close()
    assert picture(snap_compare, app_over(folder), size, "m", "j", "j")


@SMALL_AND_WIDE
def test_roster(
    snap_compare: Compare, folder: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(folder)
    monkeypatch.chdir(folder.parent)
    Path("staff.csv").write_text(
        "Teacher,School,Grade,Shoe size\nAna Ruiz,Oak,3,38\n[/] Bob,Oak,4,41\n,Pine,5,40\n",
        encoding="utf-8",
    )
    assert picture(snap_compare, app_over(folder), size, "i", *"staff.csv", "enter")


@SMALL_AND_WIDE
def test_help(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    fill(folder)
    assert picture(snap_compare, app_over(folder), size, "question_mark")


# ------------------------------------------------------------------------------------- progress


@SMALL_AND_WIDE
def test_progress_gaps(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    fill(folder)
    assert picture(snap_compare, app_over(folder), size, "5", "l", "l", "l")


@SMALL_AND_WIDE
def test_progress_overflowing(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    fill(folder, coachees=40)
    assert picture(snap_compare, app_over(folder), size, "5", "f", "f", "f", "f", "G")


@SMALL_AND_WIDE
def test_goal_pictured(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    fill(folder)
    keys = ("5", "f", "f", "f", "f", "j", "enter") + (("i",) if size[1] < 30 else ())
    assert picture(snap_compare, app_over(folder), size, *keys)


@SMALL_AND_WIDE
def test_readiness(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    fill(folder)
    assert picture(snap_compare, app_over(folder), size, "5", "f", "f", "f", "f", "j", "p", "R")


@SMALL_AND_WIDE
def test_progress_empty(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    set_up(folder)
    assert picture(snap_compare, app_over(folder), size, "5")


# ------------------------------------------------------------------------------------- calendar


@SMALL_AND_WIDE
@pytest.mark.parametrize("keys", [("3",), ("3", "w", "j", "j"), ("3", "w", "w")])
def test_calendar(
    snap_compare: Compare, folder: Path, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    fill(folder).close()
    assert picture(snap_compare, app_over(folder), size, *keys)


def test_calendar_planning(snap_compare: Compare, folder: Path) -> None:
    fill(folder).close()
    keys = ("3", "tab", "tab", "tab", "tab", "a", "ctrl+u")
    assert picture(snap_compare, app_over(folder), (80, 24), *keys, words="wed 10:15")


@SMALL_AND_WIDE
def test_calendar_catch_up(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    fill(folder, 40).close()
    assert picture(snap_compare, app_over(folder), size, "3", "c", "n")


@SMALL_AND_WIDE
def test_calendar_of_nobody(snap_compare: Compare, folder: Path, size: tuple[int, int]) -> None:
    set_up(folder)
    assert picture(snap_compare, app_over(folder), size, "3")
