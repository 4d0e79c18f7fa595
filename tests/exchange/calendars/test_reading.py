"""Calendar files of others: recurrences, zones, whole days, and what is no calendar at all."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach_tui.exchange.calendars.reading import InEvent, read_calendar, read_calendars, spans_of
from coach_tui.exchange.errors import ExchangeError
from tests.exchange.calendars.files import calendar, event

FIRST, LAST = date(2027, 1, 1), date(2027, 1, 31)
CHICAGO = ZoneInfo("America/Chicago")


def read(folder: Path, content: bytes) -> list[InEvent]:
    path = folder / "some.ics"
    path.write_bytes(content)
    return read_calendar(path, FIRST, LAST)


def spans(found: list[InEvent]) -> list[tuple[date, int, int]]:
    def local(moment: datetime) -> datetime:
        return moment.astimezone(CHICAGO)

    return sorted(span for one in found for span in spans_of(one, local))


def test_times_of_other_zones_are_shown_on_the_coachs_clock(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        calendar(
            event("1", "In UTC", "20270105T160000Z", "20270105T163000Z"),
            event("2", "New York", "20270106T100000", "20270106T110000", zone="America/New_York"),
            event("3", "No zone", "20270107T090000", "20270107T091500"),
            event("4", "Over midnight", "20270109T050000Z", "20270109T070000Z"),
            event("5", "No end", "20270111T150000Z"),
        ),
    )
    assert spans(found) == [
        (date(2027, 1, 5), 600, 30),
        (date(2027, 1, 6), 540, 60),
        (date(2027, 1, 7), 540, 15),
        (date(2027, 1, 8), 1380, 60),
        (date(2027, 1, 9), 0, 60),
    ]


def test_what_repeats_is_laid_out_with_its_exceptions(tmp_path: Path) -> None:
    weekly = event(
        "1",
        "Staff meeting",
        "20260901T200000Z",
        "20260901T210000Z",
        rule="FREQ=WEEKLY;BYDAY=TU",
        more="EXDATE:20270112T200000Z",
    )
    moved = event(
        "1",
        "Staff meeting, moved",
        "20270120T200000Z",
        "20270120T210000Z",
        more="RECURRENCE-ID:20270119T200000Z",
    )
    days = [day for day, _, _ in spans(read(tmp_path, calendar(weekly, moved)))]
    assert days == [date(2027, 1, 5), date(2027, 1, 20), date(2027, 1, 26)]


def test_whole_days_free_times_and_cancelled_ones(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        calendar(
            event("1", "Conference", "20270121", "20270123"),
            event("2", "Birthday", "20270125", more="TRANSP:TRANSPARENT"),
            event("3", "Off", "20270126T150000Z", "20270126T160000Z", more="STATUS:CANCELLED"),
        ),
    )
    assert {(one.title, one.free, isinstance(one.start, datetime)) for one in found} == {
        ("Conference", False, False),
        ("Birthday", True, False),
        ("Off", True, True),
    }
    busy = [one for one in found if not one.free]
    assert spans(busy) == [(date(2027, 1, 21), 0, 1440), (date(2027, 1, 22), 0, 1440)]


HOSTILE = {
    "a megabyte of garbage": (os.urandom(1_000_000), "is no calendar"),
    "garbage after its first line": (b"BEGIN:VCALENDAR\r\n" + os.urandom(1_000_000), "cannot be"),
    "no end": (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "end is missing"),
    "nested without end": (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 20_000, "calendar"),
    "empty": (b"", "is no calendar"),
    "every second": (
        calendar(event("1", "x", "20270101", rule="FREQ=SECONDLY")),
        "within the hour",
    ),
    "every second of the day": (
        calendar(event("1", "x", "20270101T000000Z", rule="FREQ=DAILY;BYSECOND=0,1,2")),
        "within the hour",
    ),
    "folded": (
        calendar(event("1", "x", "20270101", rule="FREQ=SEC\r\n ONDLY")),
        "within the hour",
    ),
    "a zone that ticks": (
        calendar(
            "BEGIN:VTIMEZONE\r\nTZID:x\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
            "RRULE:FREQ=MINUTELY\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\n"
            "END:VTIMEZONE"
        ),
        "within the hour",
    ),
    "too many": (calendar(*["BEGIN:VEVENT\r\nEND:VEVENT"] * 20_001), "more than 20000"),
    "too large": (b"BEGIN:VCALENDAR" + b"x" * 9_000_000, "more than 8 MB"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_calendar_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    content, said = HOSTILE[name]
    with pytest.raises(ExchangeError, match=said) as caught:
        read(tmp_path, content)
    assert "\n" not in str(caught.value)


def test_one_bad_event_does_not_hide_the_others(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        calendar(
            event("1", "No start at all", "nonsense"),
            event("2", "Before all calendars", "00010101", rule="FREQ=DAILY"),
            event("3", "Good", "20270105T160000Z", "20270105T163000Z"),
        ),
    )
    assert [one.title for one in found] == ["Good"]


@given(st.binary(max_size=300))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_are_read_or_refused(tmp_path: Path, body: bytes) -> None:
    with suppress(ExchangeError):
        read(tmp_path, b"BEGIN:VCALENDAR\r\n" + body + b"\r\nEND:VCALENDAR\r\n")


def test_a_folder_is_read_whole_or_refused(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r"There is no \.ics file"):
        read_calendars(tmp_path, FIRST, LAST)
    for name in ("a.ics", "b.ICS", "c.txt"):
        (tmp_path / name).write_bytes(calendar(event(name, name, "20270105")))
    assert [one.title for one in read_calendars(tmp_path, FIRST, LAST)] == ["a.ics", "b.ICS"]
    (tmp_path / "d.ics").write_bytes(b"nothing")
    with pytest.raises(ExchangeError, match=r"d\.ics"):
        read_calendars(tmp_path, FIRST, LAST)
    with pytest.raises(ExchangeError, match="no file"):
        read_calendars(tmp_path / "missing.ics", FIRST, LAST)
