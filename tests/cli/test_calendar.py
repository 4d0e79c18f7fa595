"""`coach-tui agenda` and `coach-tui ics`, as processes."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.running import coach


def test_agenda_lists_what_is_owed_then_each_day(sample_once: Path) -> None:
    done = coach(sample_once, "agenda", "--days", "7")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("Agenda of Maribel Quintero, ")
    assert "Owed now" in lines
    assert any("today" in line for line in lines)
    assert any(" visit · " in line and line.endswith("planned") for line in lines)
    assert "\x1b" not in done.stdout


def test_agenda_json_has_its_documented_shape(sample_once: Path) -> None:
    done = coach(sample_once, "agenda", "--json", "--days", "30")
    shape = json.loads(done.stdout)
    assert (shape["format"], shape["version"]) == ("coach-tui agenda", 1)
    today = date.fromisoformat(shape["today"])
    assert (shape["from"], shape["to"]) == (str(today), str(today + timedelta(days=29)))
    assert {frozenset(one) for one in shape["owed"]} == {frozenset({"coachee", "name", "what"})}
    keys = {
        *("date", "time", "minutes", "what", "state"),
        *("coachee", "name", "period", "building", "cycle"),
    }
    assert all(set(one) == keys for one in shape["entries"])
    order = [(one["date"], one["time"] or "99") for one in shape["entries"]]
    assert order == sorted(order)
    assert {"planned", "due, not planned"} >= {one["state"] for one in shape["entries"]}


def test_agenda_of_days_that_passed_says_what_was_missed(sample_once: Path) -> None:
    done = coach(sample_once, "agenda", "--from", "2020-01-06", "--to", "2020-01-07")
    assert done.returncode == 0
    assert "Nothing is planned or due on these days." in done.stdout
    assert "Owed now" not in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--days", "0"], "a whole number from 1 to 800"),
        (["--days", "9" * 5000], "a whole number from 1 to 800"),
        (["--days", "2", "--to", "fri"], "give one of them"),
        (["--from", "31 feb"], "is no date"),
        (["--from", "2026-12-03", "--to", "2026-12-01"], "comes before the first"),
        (["--from", "0001-01-01"], "outside of the years"),
        (["--from", "2026-01-01", "--to", "2030-01-01"], "at most 800 days"),
    ],
)
def test_agenda_names_what_it_cannot_list(sample_once: Path, words: list[str], said: str) -> None:
    done = coach(sample_once, "agenda", *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_ics_is_written_again_and_leaves_other_files_alone(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.ics"
    shown = coach(sample, "ics", "--dry-run", TZ="America/Chicago")
    assert shown.returncode == 0
    assert "Nothing was written." in shown.stdout
    assert "Visit, room" in shown.stdout
    first = coach(sample, "ics", str(path), TZ="America/Chicago")
    assert (first.returncode, first.stderr) == (0, "")
    assert "0 changed, 0 cancelled" in first.stdout
    again = coach(sample, "ics", str(path), TZ="America/Chicago")
    assert ": 0 new, 0 changed, 0 cancelled." in again.stdout
    content = path.read_text()
    assert content.startswith("BEGIN:VCALENDAR")
    assert "TZID=America/Chicago" in content
    other = tmp_path / "notes.txt"
    other.write_text("mine")
    refused = coach(sample, "ics", str(other))
    assert (refused.returncode, other.read_text()) == (2, "mine")
    piped = coach(sample, "ics", "--zone", "UTC", "--names")
    assert piped.stdout.startswith("BEGIN:VCALENDAR")
    wrong = coach(sample, "ics", "--zone", "Mars/North")
    assert (wrong.returncode, wrong.stdout) == (2, "")
