"""`coach-tui assess` and `coach-tui district`, as processes: shown first, by line, then saved."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.cli.running import coach
from tests.exchange.calendars.files import calendar, event

SAPP = """name,window,date,EF1,EF2,note
Denise Okafor,baseline,2020-09-10,close to proficient,2 close to proficient,[red]x[/red]
Nobody Here,baseline,2020-09-10,proficient,,
Keisha Broadnax,autumn,,proficient,,
Keisha Broadnax,interim,2020-11-02,superb,,
Keisha Broadnax,interim,2020-11-02,proficient,n/a,
"""


def test_assessments_are_shown_by_line_then_saved_without_a_level_in_sight(
    sample: Path, tmp_path: Path
) -> None:
    path = tmp_path / "sapp.csv"
    path.write_text(SAPP, encoding="utf-8")
    before = (sample / "coach.json").read_bytes()
    asked = coach(sample, "assess", str(path))
    assert (asked.returncode, asked.stdout, asked.stderr.count("\n")) == (2, "", 1)
    assert "more than one practice profile is meant" in asked.stderr
    profile = ("--profile", "School-Based  implementation coaching")
    dry = coach(sample, "assess", str(path), *profile, "--dry-run")
    assert dry.returncode == 1
    assert "2 to take in, 3 bad\nNothing was changed.\n" in dry.stdout
    assert (sample / "coach.json").read_bytes() == before
    verdicts = [line.split()[:3] for line in dry.stdout.splitlines() if line.startswith("line ")]
    assert [words[1:] for words in verdicts] == [
        ["2", "add"],
        ["3", "BAD"],
        ["4", "BAD"],
        ["5", "BAD"],
        ["6", "add"],
    ]
    assert 'nobody on the caseload is called "Nobody Here"' in dry.stdout
    (added,) = (line for line in dry.stdout.splitlines() if " Denise Okafor " in line)
    assert added.endswith("baseline, 2020-09-10, 2 functions")
    done = coach(sample, "assess", str(path), *profile)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.endswith("Imported 2 self-assessments.\n")
    again = coach(sample, "assess", str(path), *profile, "--dry-run")
    assert again.stdout.count(" replace ") == 2


@pytest.mark.parametrize(
    ("content", "words", "said"),
    [
        (b"", [], "Nothing was changed."),
        (b"\x00\x01\xff", [], "Nothing was changed."),
        (b"a,b\n1,2\n", [], "no column for who it is"),
        (SAPP.encode(), ["--profile", "[/]"], "no profile is called '[/]'"),
        (None, [], "There is no file"),
    ],
)
def test_what_is_no_table_of_assessments_is_refused_in_one_line(
    sample_once: Path, tmp_path: Path, content: bytes | None, words: list[str], said: str
) -> None:
    path = tmp_path / "odd.csv"
    if content is not None:
        path.write_bytes(content)
    named = words or ["--profile", "arbor-vale-teaching 2"]
    done = coach(sample_once, "assess", str(path), *named)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr


def test_a_districts_days_are_shown_then_taken_once(sample: Path, tmp_path: Path) -> None:
    (calendar_now,) = json.loads(coach(sample, "export", "--json").stdout)["tables"]["calendar"]
    first = date.fromisoformat(calendar_now["first_day"]) + timedelta(weeks=3)
    days = [f"{first + timedelta(days=n):%Y%m%d}" for n in range(3)]
    path = tmp_path / "district.ics"
    path.write_bytes(
        calendar(
            event("1", "No School [/]", days[0]),
            event("2", "Fair", days[1]),
            event("3", "Early release", days[2]),
        )
    )
    dry = coach(sample, "district", str(path), "--off", "FAIR", "--dry-run")
    assert (dry.returncode, dry.stderr) == (0, "")
    assert "day off        No School [/]" in dry.stdout
    assert "2 entries of days off, 1 of early releases, 0 of neither" in dry.stdout
    done = coach(sample, "district", str(path), "--off", "FAIR", "--neither", "release")
    assert "New: 2 entries of days off, 0 early releases." in done.stdout
    again = coach(sample, "district", str(path), "--off", "FAIR", "--neither", "release")
    assert "The school calendar has all of this already." in again.stdout
    path.write_bytes(b"no calendar")
    refused = coach(sample, "district", str(path))
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
