"""The calendar file, read back with a second, independent parser."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from coach_tui.coaching.clock import SettableClock
from coach_tui.coaching.desk import Desk
from coach_tui.coaching.planning.planning import Time
from coach_tui.domain.planning.appointments import Appointment, Stage
from coach_tui.domain.records import CalendarFeed, Coachee, Share
from coach_tui.domain.statuses import Rules
from coach_tui.exchange.errors import ExchangeError
from coach_tui.store.memory_engine import MemoryEngine
from coach_tui.store.records import RecordStore
from tests.exchange.calendars.files import calendar, event
from tests.support import HOSTILE, add_launched, school_year

CHICAGO = ZoneInfo("America/Chicago")
TUESDAY = date(2026, 12, 1)


@pytest.fixture
def store() -> RecordStore:
    return RecordStore(MemoryEngine())


@pytest.fixture
def of(store: RecordStore) -> Desk:
    clock = SettableClock(datetime(2026, 11, 23, 15, 0, tzinfo=UTC), CHICAGO)
    made = Desk(store, clock, Rules())
    made.ledger.save("Set up", school_year())
    return made


@pytest.fixture
def ana(of: Desk) -> Coachee:
    return add_launched(of, "Ana Ruiz", building="Oak", room="12")


def visit(of: Desk) -> Appointment:
    found = [one for day in of.days().by_day.values() for one in day]
    return next(one for one in found if one.stage is Stage.VISIT and one.record)


def send(of: Desk, path: Path, **choices: Any) -> dict[str, Any]:
    """Write the file, and read it back with the other parser: its events by UID."""
    of.sending.write(of.sending.prepare(of.days(), **choices), str(path))
    parsed = vobject.readOne(path.read_text(encoding="utf-8"), validate=True)
    return {one.uid.value: one for one in getattr(parsed, "vevent_list", [])}


def test_a_visit_leaves_with_a_neutral_title_at_the_right_time(
    of: Desk, ana: Coachee, tmp_path: Path
) -> None:
    cycle = of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY, 615, 25))
    events = send(of, tmp_path / "x.ics")
    (uid,) = events
    one = events[uid]
    assert uid == f"{cycle.id}-visit@coach-tui"
    assert (one.summary.value, one.location.value) == ("Visit, room 12", "Oak")
    assert one.dtstart.value.astimezone(UTC) == datetime(2026, 12, 1, 16, 15, tzinfo=UTC)
    assert one.dtend.value.astimezone(UTC) == datetime(2026, 12, 1, 16, 40, tzinfo=UTC)
    content = (tmp_path / "x.ics").read_bytes()
    assert b"DTSTART;TZID=America/Chicago:20261201T101500" in content
    assert b"Ana" not in content
    assert (tmp_path / "x.ics").stat().st_mode & 0o777 == 0o600
    named = send(of, tmp_path / "names.ics", names=True)[uid]
    assert (named.summary.value, named.sequence.value) == ("Visit, Ana Ruiz, room 12", "1")


def test_importing_again_updates_and_cancels(of: Desk, ana: Coachee, tmp_path: Path) -> None:
    path = tmp_path / "x.ics"
    of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY, 615))
    (uid,) = first = send(of, path)
    assert (first[uid].sequence.value, first[uid].status.value) == ("0", "CONFIRMED")
    again = send(of, path)
    assert again[uid].sequence.value == "0"
    of.planning.move(visit(of), Time(date(2026, 12, 2), 615))
    moved = send(of, path)
    assert list(moved) == [uid]
    assert moved[uid].sequence.value == "1"
    assert moved[uid].dtstart.value.date() == date(2026, 12, 2)
    of.planning.cancel(visit(of), "ill")
    gone = send(of, path)
    assert (gone[uid].sequence.value, gone[uid].status.value) == ("2", "CANCELLED")
    assert gone[uid].dtstart.value.date() == date(2026, 12, 2)
    assert send(of, path)[uid].sequence.value == "2"
    of.ledger.undo()
    back = send(of, path)
    assert (back[uid].sequence.value, back[uid].status.value) == ("3", "CONFIRMED")


def test_what_was_planned_and_undone_is_cancelled_too(
    of: Desk, ana: Coachee, tmp_path: Path
) -> None:
    of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY))
    (uid,) = send(of, tmp_path / "x.ics")
    assert of.ledger.undo() is not None
    assert send(of, tmp_path / "x.ics")[uid].status.value == "CANCELLED"


def test_what_has_begun_is_history_and_stays(of: Desk, ana: Coachee, tmp_path: Path) -> None:
    of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY, 615))
    assert len(send(of, tmp_path / "x.ics")) == 1
    assert isinstance(of.clock, SettableClock)
    of.clock.moment = datetime(2026, 12, 1, 16, 20, tzinfo=UTC)
    of.observing.start(ana)
    assert send(of, tmp_path / "x.ics") == {}


def test_what_left_is_logged_and_remembered_for_good(
    of: Desk, ana: Coachee, store: RecordStore, tmp_path: Path
) -> None:
    of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY, 615))
    send(of, tmp_path / "x.ics")
    (share,) = store.all(Share)
    assert share.text == (tmp_path / "x.ics").read_bytes().decode()
    (feed,) = store.all(CalendarFeed)
    assert [one.uid for one in feed.events] == [f"{visit(of).record}-visit@coach-tui"]
    assert of.ledger.undo() == "Plan a visit with Ana Ruiz"
    assert len(store.all(Share)) == 1


def test_days_without_a_time_duties_and_lessons(of: Desk, ana: Coachee, tmp_path: Path) -> None:
    of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY))
    of.duties.put("Lunch duty", TUESDAY, None, 30)
    assert len(send(of, tmp_path / "x.ics")) == 1
    events = send(of, tmp_path / "y.ics", own=True)
    assert {one.summary.value for one in events.values()} == {"Visit, room 12", "Lunch duty"}
    for one in events.values():
        assert one.dtstart.value == TUESDAY
        assert one.dtend.value == date(2026, 12, 2)
        assert one.transp.value == "TRANSPARENT"


def test_nobody_is_named_by_a_room_or_a_duty(of: Desk, tmp_path: Path) -> None:
    hill = add_launched(of, "Grace Hill", room="Ms. hill's room")
    add_launched(of, "Wei Li")
    of.planning.plan(hill.id, Stage.VISIT, Time(TUESDAY))
    of.duties.put("Cover for Li, ask ms. li", TUESDAY, None, 30)
    events = send(of, tmp_path / "x.ics", own=True)
    assert {one.summary.value for one in events.values()} == {
        "Visit, Ms. [a colleague]'s room",
        "Cover for [a colleague], ask ms. [a colleague]",
    }
    named = send(of, tmp_path / "y.ics", own=True, names=True)
    assert "Visit, Grace Hill, Ms. hill's room" in {one.summary.value for one in named.values()}


def test_hostile_words_do_not_break_the_file(of: Desk, tmp_path: Path) -> None:
    rooms = [words[:200] for words in HOSTILE if "\x00" not in words]
    for n, words in enumerate(rooms):
        one = add_launched(of, f"T{n}", room=words, building=words)
        of.planning.plan(one.id, Stage.VISIT, Time(TUESDAY, 600 + n))
    events = send(of, tmp_path / "x.ics")
    assert len(events) == len(rooms)
    content = (tmp_path / "x.ics").read_bytes()
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert len(re.findall(rb"BEGIN:VEVENT", content)) == len(rooms)


def test_a_zone_that_has_no_name_gives_utc(of: Desk, ana: Coachee) -> None:
    of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY, 615))
    content = of.sending.prepare(of.days(), zone="UTC").content
    assert b"DTSTART:20261201T161500Z" in content
    assert b"VTIMEZONE" not in content


def test_a_file_of_somebody_else_is_left_alone(of: Desk, ana: Coachee, tmp_path: Path) -> None:
    of.planning.plan(ana.id, Stage.VISIT, Time(TUESDAY, 615))
    outgoing = of.sending.prepare(of.days())
    (tmp_path / "other.ics").write_bytes(calendar(event("1", "x", "20270101")))
    (tmp_path / "link.ics").symlink_to(tmp_path / "other.ics")
    for name in ("other.ics", "link.ics", ".", "no/such/folder.ics", "nul\0"):
        before = of.days().sequence
        with pytest.raises(ExchangeError):
            of.sending.write(outgoing, str(tmp_path / name))
        assert of.days().sequence == before
    assert b"-//tests" in (tmp_path / "other.ics").read_bytes()


def test_busy_times_block_suggestions_but_not_our_own(
    of: Desk, ana: Coachee, tmp_path: Path
) -> None:
    from coach_tui.coaching.planning.suggesting import suggestions

    busy = tmp_path / "busy"
    busy.mkdir()
    of.planning.plan(ana.id, Stage.VISIT, Time(date(2026, 11, 24), 780))
    send(of, busy / "ours.ics")
    (busy / "work.ics").write_bytes(
        calendar(
            event("1", "Staff meeting", "20261124T140000Z", "20261124T160000Z"),
            event("2", "Conference", "20261130", "20261201"),
            event("3", "Free", "20261201", more="TRANSP:TRANSPARENT"),
        )
    )
    of.school_years.set_surroundings(15, str(busy))
    days = of.days()
    assert [(one.day.day, one.start, one.minutes, one.words) for one in days.busy] == [
        (24, 480, 120, "Staff meeting"),
        (30, 0, 1440, "Conference"),
    ]
    found = suggestions(days, ana.id, Stage.MEETING, date(2026, 11, 24))
    assert [(one.day, one.start) for one in found[:2]] == [
        (date(2026, 11, 24), 600),
        (TUESDAY, 480),
    ]
    (busy / "work.ics").write_bytes(b"garbage")
    broken = of.days()
    assert broken.busy == ()
    assert "work.ics" in broken.trouble
    assert visit(of).start == 780
