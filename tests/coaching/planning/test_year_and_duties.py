"""The school calendar as it is edited; other responsibilities."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from coach_tui.domain.planning.appointments import Stage
from coach_tui.domain.planning.share import weeks
from coach_tui.domain.records import DateSpan, Period
from coach_tui.exchange.errors import ExchangeError
from tests.exchange.calendars.files import calendar, event
from tests.support import TODAY, desk

SNOW = DateSpan(first=date(2027, 1, 12), last=date(2027, 1, 13), label="Snow")


def test_days_off_are_added_once_and_taken_back_a_day_at_a_time() -> None:
    of = desk()
    assert of.school_years.add_days_off([SNOW]) == 1
    assert of.school_years.add_days_off([SNOW]) == 0
    of.school_years.hold_school(date(2027, 1, 13))
    calendar = of.school_years.calendar()
    assert date(2027, 1, 12) not in calendar.school_days()
    assert date(2027, 1, 13) in calendar.school_days()
    of.school_years.hold_school(date(2026, 12, 23))
    off = of.days().surroundings.names_off
    assert date(2026, 12, 23) not in off
    assert date(2026, 12, 22) in off
    assert date(2026, 12, 24) in off


def test_bells_are_kept_by_building_and_refused_whole() -> None:
    of = desk()
    one = Period(name="1", start=time(8), end=time(9), building="Oak")
    of.school_years.set_bells("Oak", [one])
    of.school_years.set_bells("Elm", [one.changed(building="Elm")])
    of.school_years.set_bells("oak ", [one.changed(name="A")])
    assert {(p.building, p.name) for p in of.school_years.calendar().periods} == {
        ("Oak", "A"),
        ("Elm", "1"),
    }
    with pytest.raises(ValueError, match="named twice"):
        of.school_years.set_bells("Oak", [one, one])
    assert len(of.school_years.calendar().periods) == 2


def test_a_districts_days_are_proposed_by_their_words(tmp_path: Path) -> None:
    of = desk()
    path = tmp_path / "district.ics"
    path.write_bytes(
        calendar(
            event("1", "No School - Teacher Work Day", "20270119", "20270120"),
            event("2", "Early Release", "20270120", rule="FREQ=WEEKLY;COUNT=2"),
            event("3", "Picture day [/]", "20270121"),
            event("4", "Board meeting", "20270119T190000Z", "20270119T200000Z"),
            event("5", "Early dismissal", "20270122T130000", "20270122T150000"),
            event("6", "Next year's break", "20280104"),
        )
    )
    found = of.school_years.district(str(path))
    assert [(one.label, one.kind, one.first.day) for one in found] == [
        ("No School - Teacher Work Day", "off", 19),
        ("Early Release", "early release", 20),
        ("Picture day [/]", "-", 21),
        ("Early dismissal", "early release", 22),
        ("Early Release", "early release", 27),
    ]
    assert of.school_years.take_district(found) == (1, 3)
    assert of.school_years.take_district(found) == (0, 0)
    assert date(2027, 1, 19) not in of.school_years.calendar().school_days()
    of.ledger.undo()
    assert date(2027, 1, 19) in of.school_years.calendar().school_days()


def test_a_file_that_is_no_calendar_changes_nothing(tmp_path: Path) -> None:
    of = desk()
    path = tmp_path / "x.ics"
    path.write_bytes(b"garbage" * 1000)
    before = of.days().sequence
    with pytest.raises(ExchangeError, match="is no calendar"):
        of.school_years.district(str(path))
    assert of.days().sequence == before


def test_a_duty_comes_again_on_its_school_days() -> None:
    of = desk()
    duty = of.duties.put(
        "Lunch duty", TODAY, time(11, 45), 25, weekdays=(0, 2, 3), until=date(2026, 12, 9)
    )
    days = [
        day
        for day, entries in sorted(of.days().by_day.items())
        if any(one.stage is Stage.RESPONSIBILITY for one in entries)
    ]
    # The Wednesday and Thursday of the first week are days off.
    assert days == [
        date(2026, 11, 23),
        date(2026, 11, 30),
        date(2026, 12, 2),
        date(2026, 12, 3),
        date(2026, 12, 7),
        date(2026, 12, 9),
    ]
    entries = of.days().between(TODAY, date(2026, 12, 31))
    assert [week.other for week in weeks(entries, TODAY, 3)] == [25, 75, 50]
    of.duties.put("Lunch duty", TODAY, None, 30, id=duty.id)
    assert of.duties.get(duty.id).weekdays == ()
    of.duties.remove(duty.id)
    assert not of.days().on(TODAY)
    of.ledger.undo()
    assert of.days().on(TODAY)


def test_a_duty_says_what_it_is_and_ends_after_it_begins() -> None:
    of = desk()
    with pytest.raises(ValueError, match="say what it is"):
        of.duties.put(" ", TODAY, None, 30)
    with pytest.raises(ValueError, match="how many minutes"):
        of.duties.put("Duty", TODAY, None, 0)
    with pytest.raises(ValueError, match="comes before the first"):
        of.duties.put("Duty", TODAY, None, 30, weekdays=(0,), until=date(2026, 11, 1))
    assert not of.days().on(TODAY)
