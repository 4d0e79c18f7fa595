"""The coach's settings with every error named, where the time comes from, and the caseload."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from pydantic import ValidationError

from coach_tui.coaching.action_steps import OpenStep
from coach_tui.coaching.caseload import Caseload, read_caseload
from coach_tui.coaching.clock import Clock, SettableClock, SystemClock, today
from coach_tui.coaching.desk import Desk, open_desk
from coach_tui.coaching.ledger import StillNeeded
from coach_tui.coaching.moving import ExchangeError
from coach_tui.coaching.observing import LaunchFirst
from coach_tui.coaching.paper import moment_on_paper
from coach_tui.coaching.refusals import REFUSALS
from coach_tui.coaching.settings import FILE, THEMES, SettingsError, read
from coach_tui.domain.statuses import Rules
from coach_tui.domain.transitions import IllegalMove
from coach_tui.presentation.reading import read_time
from coach_tui.store.errors import Conflict, NoStore
from coach_tui.store.summary import Summary
from tests.support import (
    NOW,
    TODAY,
    ZONE,
    add_launched,
    clock,
    desk,
    facts,
    moment,
    observation,
    school_year,
)


def settings_of(folder: Path, text: str) -> Path:
    (folder / FILE).write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_there_are_the_defaults(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nothing"):
        found = read(str(folder))
        assert found.theme == THEMES[0]
        assert found.keys == {}
        assert (found.rules.soon_days, found.rules.feedback_days) == (2, 2)
        assert found.rules.observations_for_groups == 3


def test_an_empty_file_is_the_defaults_too(tmp_path: Path) -> None:
    found = read(str(settings_of(tmp_path, "\n# nothing yet\n[rules]\n[keys]\n[screen]\n")))
    assert (found.theme, found.keys) == (THEMES[0], {})


def test_every_setting_is_read(tmp_path: Path) -> None:
    text = """
    [rules]
    soon_days = 5
    feedback_days = 0
    observations_for_groups = 10
    [keys]
    "caseload.open" = "enter,l"
    caseload.sort = "z"
    app.quit = "ctrl+q"
    [screen]
    theme = "coach-contrast"
    """
    found = read(str(settings_of(tmp_path, text)))
    assert (found.rules.soon_days, found.rules.feedback_days) == (5, 0)
    assert found.rules.observations_for_groups == 10
    assert found.theme == "coach-contrast"
    assert found.keys == {
        "caseload.open": "enter,l",
        "caseload.sort": "z",
        "app.quit": "ctrl+q",
    }


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_can_be_chosen(tmp_path: Path, theme: str) -> None:
    assert read(str(settings_of(tmp_path, f'[screen]\ntheme = "{theme}"'))).theme == theme


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[rules", "at end of document"),
        ("[rules]\nsoon_days 2", "at line 2"),
        ("[rules]\nsoon_days = 2\nsoon_days = 3", "overwrite"),
        ("[rulez]\nsoon_days = 2", r"there is no table \[rulez\]"),
        ("[rules]\nsooner_days = 2", r"\[rules\] has no 'sooner_days'"),
        ("[rules]\nsoon_days = 2.5", r"\[rules\] soon_days is a whole number from 0 to 20"),
        ("[rules]\nsoon_days = 21", r"\[rules\] soon_days is a whole number from 0 to 20"),
        ('[rules]\nsoon_days = "2"', r"\[rules\] soon_days is a whole number"),
        ("[rules]\nsoon_days = true", r"\[rules\] soon_days is a whole number"),
        ("[rules]\nfeedback_days = -1", r"\[rules\] feedback_days is a whole number"),
        ("[rules]\nobservations_for_groups = 0", "observations_for_groups is a whole number"),
        ("rules = 3", r"write \[rules\] on a line of its own"),
        ("keys = 3", r"write \[keys\] on a line of its own"),
        ('screen = "coach-dark"', r"write \[screen\] on a line of its own"),
        ("[[keys]]", r"write \[keys\] on a line of its own"),
        ("[keys]\n'app.quit' = 3", r"\[keys\] holds a command's id and its keys"),
        ("[keys]\n'app.quit' = ''", r"\[keys\] holds a command's id and its keys"),
        ("[keys]\napp.quit.now = 'x'", r"\[keys\] holds a command's id and its keys"),
        ("[keys]\napp.quit = 3", r"\[keys\] holds a command's id and its keys"),
        ("[screen]\ntheme = 'pink'", r"\[screen\] theme is one of coach-dark, "),
        ("[screen]\ntheme = ['coach-dark']", r"\[screen\] theme is one of"),
        ("[screen]\nlock_after = -1", r"\[screen\] lock_after is minutes, 0 \(never\) to 1440"),
        ("[screen]\nlock_after = true", r"\[screen\] lock_after is minutes"),
        ("[screen]\ntehme = 'coach-dark'", r"\[screen\] has no 'tehme'"),
    ],
)
def test_a_setting_that_is_wrong_is_named_and_never_dropped(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(SettingsError, match=told) as refused:
        read(str(settings_of(tmp_path, text)))
    assert str(refused.value).startswith(str(tmp_path / FILE))
    assert "\n" not in str(refused.value)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe[rules]")
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        read(str(tmp_path))


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        read(str(tmp_path))


def test_what_a_verb_refuses_with_is_caught_by_its_list() -> None:
    refusals: tuple[type[Exception], ...] = (
        *(SettingsError, NoStore, Conflict, ExchangeError, LaunchFirst, OpenStep),
        *(IllegalMove, StillNeeded, ValidationError),
    )
    assert all(issubclass(refusal, REFUSALS) for refusal in refusals)
    surprises: tuple[type[Exception], ...] = (TypeError, KeyError, OSError, AssertionError)
    assert not any(issubclass(surprise, REFUSALS) for surprise in surprises)


def test_a_clock_stands_still_until_it_is_moved() -> None:
    at = datetime(2026, 11, 23, 18, 30, tzinfo=timezone(timedelta(hours=3, minutes=30)))
    standing = SettableClock(at, ZONE)
    assert standing.now() == at
    assert standing.now().tzinfo is UTC
    assert standing.now() == standing.now()
    standing.moment += timedelta(days=1)
    assert standing.now() == at + timedelta(days=1)


@pytest.mark.parametrize(
    ("hours", "day"), [(-14, TODAY - timedelta(days=1)), (-6, TODAY), (11, TODAY + timedelta(1))]
)
def test_today_is_the_day_where_the_coach_is(hours: int, day: date) -> None:
    zone = timezone(timedelta(hours=hours))
    assert today(SettableClock(NOW - timedelta(hours=2), zone)) == day


def test_the_machines_clock_is_aware() -> None:
    machine = SystemClock()
    assert machine.now().utcoffset() == timedelta(0)
    assert machine.local(NOW) == NOW
    assert machine.local(NOW).tzinfo is not None
    assert isinstance(today(machine), date)


def test_a_clock_without_a_source_has_no_time() -> None:
    with pytest.raises(NotImplementedError):
        Clock().now()
    with pytest.raises(NotImplementedError):
        Clock().local(NOW)


def caseload(*names: str, on: date = TODAY, calendar: bool = True) -> Caseload:
    document = school_year().to_document()
    year = {key: document[key] for key in ("first_day", "last_day", "weekdays")}
    year["days_off"] = [(span["first"], span["last"]) for span in document["days_off"]]
    found = Summary(
        coach="Dana",
        calendar=year if calendar else None,
        facts=[facts(id=str(n), name=name) for n, name in enumerate(names)],
    )
    return Caseload(found, on, Rules())


def test_the_caseload_says_when_today_is_outside_of_the_year() -> None:
    assert not caseload().outside_year
    assert caseload(on=date(2026, 8, 30)).outside_year
    assert not caseload(on=date(2026, 8, 31)).outside_year
    assert not caseload(on=date(2027, 6, 11)).outside_year
    assert caseload(on=date(2027, 6, 12)).outside_year
    without = caseload("Ana", calendar=False)
    assert (without.has_calendar, without.outside_year) == (False, False)
    assert without.rows[0].due.state == "not due"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ana Ruiz", ["Ana Ruiz"]),
        ("  ana   RUIZ ", ["Ana Ruiz"]),
        ("ana", ["Ana Maria Ruiz", "Ana Ruiz", "Anaïs Roy"]),
        ("ruiz ana", ["Ana Maria Ruiz", "Ana Ruiz"]),
        ("ro", ["Anaïs Roy", "Bo Rowe"]),
        ("nobody", []),
        ("[red]", []),
    ],
)
def test_people_are_found_by_their_name_or_enough_of_it(words: str, found: list[str]) -> None:
    of = caseload("Ana Ruiz", "Ana Maria Ruiz", "Anaïs Roy", "Bo Rowe")
    assert sorted(row.facts.name for row in of.find(words)) == sorted(found)


def test_a_caseload_is_read_without_opening_the_store(tmp_path: Path) -> None:
    folder = str(tmp_path / "store")
    assert read_caseload(folder, clock(), Rules()) is None
    with pytest.raises(NoStore):
        open_desk(folder, clock(), Rules(), "test", create=False)
    of: Desk = open_desk(folder, clock(), Rules(), "test", create=True)
    of.ledger.save("Set up", school_year())
    add_launched(of)
    of.close()
    found = read_caseload(folder, clock(), Rules())
    assert found is not None
    assert [row.facts.name for row in found.rows] == ["Ana Ruiz"]
    assert found.has_calendar
    (row,) = desk_rows()
    assert found.rows[0].due.day == row


def desk_rows() -> list[date | None]:
    of = desk()
    add_launched(of)
    return [row.due.day for row in of.caseload().rows]


@pytest.mark.parametrize(
    ("began", "written", "meant"),
    [
        ((13, 5), "1:06", "13:06"),
        ((9, 14), "9:20", "09:20"),
        ((9, 14), "8:59", "08:59"),
        ((9, 14), "1:20", "13:20"),
        ((13, 5), "12:58", "12:58"),
        ((11, 50), "0:05", "12:05"),
    ],
)
def test_a_time_on_paper_is_of_the_half_of_the_day_that_is_nearer_to_the_visit(
    began: tuple[int, int], written: str, meant: str
) -> None:
    start = moment(TODAY, *began)
    seen = observation(start=start, end=start + timedelta(minutes=20), from_paper=True)
    found = moment_on_paper(clock(), seen, read_time(written))
    assert f"{clock().local(found):%H:%M}" == meant
