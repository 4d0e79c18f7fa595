"""The commands as a coach, cron or a screen reader meets them."""

from __future__ import annotations

import json
import os
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from coach_tui import __version__
from coach_tui.cli.main import COMMANDS
from coach_tui.domain.records import Record
from coach_tui.domain.statuses import DueState
from coach_tui.store.errors import Locked, StoreFull
from coach_tui.store.records import RecordStore, Saved
from tests.cli.running import coach, coach_here

HOSTILE = "[/] [red]x \x1b[2J \u05e9\u05dc\u05d5\u05dd \u202e \U0001f44d"


def test_version_and_help_say_what_they_are_asked(tmp_path: Path) -> None:
    assert coach(tmp_path / "s", "--version").stdout == f"coach-tui {__version__}\n"
    assert coach(tmp_path / "s", "--store", "x", "--version").stdout.endswith(f"{__version__}\n")
    shown = coach(tmp_path / "s", "--help")
    assert shown.returncode == 0
    listed = shown.stdout.partition("\n  COMMAND\n")[2].splitlines()
    assert [line.split()[0] for line in listed] == list(COMMANDS)
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize(
    "words",
    [("nonsense",), ("status", "--nonsense"), ("show",), ("import",), ("export",), ("--stor",)],
)
def test_wrong_words_are_one_line_of_error_and_exit_code_2(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = coach(tmp_path / "s", *words)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("coach-tui")
    assert done.stderr.endswith(" --help)\n")
    assert not (tmp_path / "s").exists()


@pytest.mark.parametrize(
    "words", [("status",), ("show", "x"), ("note", "x", "y"), ("export", "--json")]
)
def test_without_a_store_a_command_says_so_with_exit_code_3_and_makes_none(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = coach(tmp_path / "s", *words)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert str(tmp_path / "s") in done.stderr
    assert not (tmp_path / "s").exists()


def test_a_damaged_snapshot_is_made_up_for_by_what_else_is_there(sample: Path) -> None:
    before = coach(sample, "status").stdout
    path = sample / "coach.json"
    path.write_bytes(path.read_bytes()[:-500])
    assert coach(sample, "status").stdout == before
    assert coach(sample, "export", "--json").returncode == 0
    assert [found.name for found in sample.glob("coach.damaged-*")]
    assert coach(sample, "status").stdout == before


def test_a_damaged_store_is_refused_with_exit_code_3_and_left_as_it_is(sample: Path) -> None:
    path = sample / "coach.json"
    for each in sample.iterdir():
        if each != path:
            shutil.rmtree(each) if each.is_dir() else each.unlink()
    damaged = path.read_bytes()[:-500]
    path.write_bytes(damaged)
    for words in (("status",), ("show", "a"), ("note", "a", "b"), ("export", "--json")):
        done = coach(sample, *words)
        assert done.returncode == 3, words
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        assert "should not" not in done.stderr, "damage is expected, and has words of its own"
    assert path.read_bytes() == damaged


def test_status_lists_everyone_by_urgency_in_plain_text(sample_once: Path) -> None:
    shown = coach(sample_once, "status")
    assert shown.returncode == 0
    lines = shown.stdout.splitlines()
    assert lines[0].startswith("Caseload of ")
    assert lines[3].split() == ["Name", "Building", "Due", "Last", "Next", "Phase", "Owed"]
    assert len(lines) == 4 + 16
    assert "\x1b" not in shown.stdout
    shape = json.loads(coach(sample_once, "status", "--json").stdout)
    for line, row in zip(lines[4:], shape["coachees"], strict=True):
        assert line.startswith(row["name"])
        assert f" {row['due']['state']}" in line
    urgency = [state.value for state in DueState]
    states = [urgency.index(row["due"]["state"]) for row in shape["coachees"]]
    assert states == sorted(states)
    assert {"overdue", "due soon", "released"} <= {urgency[state] for state in states}


def test_status_narrows_by_words(sample_once: Path) -> None:
    everyone = coach(sample_once, "status").stdout.splitlines()[4:]
    released = coach(sample_once, "status", "status:released").stdout.splitlines()[4:]
    assert [line.split() for line in released] == [
        line.split() for line in everyone if "✓ released" in line
    ]
    assert len(released) == 1
    assert "Nobody matches 'zzzz'." in coach(sample_once, "status", "zzzz").stdout


def test_status_check_tells_cron_that_something_is_overdue(sample_once: Path) -> None:
    assert coach(sample_once, "status", "--check").returncode == 1
    assert coach(sample_once, "status", "--check", "status:released").returncode == 0


def test_status_json_has_its_documented_shape(sample_once: Path) -> None:
    shape = json.loads(coach(sample_once, "status", "--json").stdout)
    assert (shape["format"], shape["version"]) == ("coach-tui status", 1)
    assert len(shape["coachees"]) == 16
    assert any(row["owed"] for row in shape["coachees"])
    for row in shape["coachees"]:
        assert set(row) == {
            "id",
            "name",
            "kind",
            "building",
            "structure",
            "state",
            "release_phase",
            "due",
            "last_contact",
            "next_visit",
            "owed",
            "signs",
            "practices_missing",
        }
        assert set(row["due"]) == {"state", "date", "over"}
        for item in row["owed"]:
            assert set(item) == {"kind", "since", "days", "names"}


def test_output_survives_a_terminal_that_knows_only_ascii(sample_once: Path) -> None:
    done = coach(sample_once, "status", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "? overdue" in done.stdout


def test_show_tells_how_things_stand_and_what_happened(sample_once: Path) -> None:
    name = json.loads(coach(sample_once, "status", "--json").stdout)["coachees"][0]["name"]
    shown = coach(sample_once, "show", *name.split())
    assert shown.returncode == 0
    for words in (name, "Launch conversation", "Coaching plan", "What happened", "Notes of"):
        assert words in shown.stdout
    shape = json.loads(coach(sample_once, "show", name, "--json").stdout)
    assert shape["format"] == "coach-tui show"
    assert shape["coachee"]["name"] == name
    assert shape["observations"]
    assert shown.stdout.count("Notes of") == 1
    assert "Notes of" not in coach(sample_once, "show", name, "--notes", "0").stdout


def test_a_name_that_nobody_or_more_than_one_has_is_named(sample_once: Path) -> None:
    nobody = coach(sample_once, "show", "zzzz")
    assert (nobody.returncode, nobody.stderr.count("\n")) == (2, 1)
    assert "'zzzz'" in nobody.stderr
    many = coach(sample_once, "show", "a")
    assert (many.returncode, many.stderr.count("\n")) == (2, 1)
    rows = json.loads(coach(sample_once, "status", "--all", "--json").stdout)["coachees"]
    found = [row["name"] for row in rows if "a" in row["name"].casefold()]
    assert f"'a' names {len(found)}: " in many.stderr
    assert [name in many.stderr for name in found] == [True] * 5 + [False] * (len(found) - 5)


def test_a_note_is_found_again_in_show_and_in_the_json_on_disk(sample: Path) -> None:
    name = json.loads(coach(sample, "status", "--json").stdout)["coachees"][0]["name"]
    done = coach(sample, "note", name, HOSTILE)
    assert done.returncode == 0
    shown = coach(sample, "show", name).stdout
    assert "[/] [red]x ␛[2J \u05e9\u05dc\u05d5\u05dd <U+202E> \U0001f44d\n" in shown
    assert "\x1b" not in shown
    stored = json.loads((sample / "coach.json").read_text(encoding="utf-8"))
    texts = [line["text"] for one in stored["observations"].values() for line in one["lines"]]
    assert HOSTILE in texts


def test_a_note_from_standard_input_is_a_line_a_line(sample: Path) -> None:
    name = json.loads(coach(sample, "status", "--json").stdout)["coachees"][1]["name"]
    done = coach(sample, "note", name, given="first line\r\n\n  second line\nS3 was bored")
    assert done.returncode == 0
    assert "Saved 3 lines" in done.stdout
    shape = json.loads(coach(sample, "show", name, "--json").stdout)
    assert [line["text"] for line in shape["observations"][0]["lines"]] == [
        "first line",
        "  second line",
        "was bored",
    ]
    stored = json.loads((sample / "coach.json").read_text(encoding="utf-8"))["observations"]
    (bored,) = (
        line for one in stored.values() for line in one["lines"] if line["text"] == "was bored"
    )
    assert [mark["code"] for mark in bored["marks"]] == ["LI02"]


@pytest.mark.parametrize(
    ("given", "words"), [("", "is empty"), ("  \n \n", "is empty"), (b"\xff\xfe\xff", "not UTF-8")]
)
def test_a_note_that_says_nothing_is_refused_and_nothing_changes(
    sample: Path, given: str | bytes, words: str
) -> None:
    before = (sample / "coach.json").read_bytes()
    name = json.loads(coach(sample, "status", "--json").stdout)["coachees"][1]["name"]
    done = coach(sample, "note", name, given=given)
    assert done.returncode == 2
    assert words in done.stderr
    assert (sample / "coach.json").read_bytes() == before


def test_notes_that_several_processes_pipe_in_at_once_all_arrive_in_one_record(
    sample: Path,
) -> None:
    name = json.loads(coach(sample, "status", "--json").stdout)["coachees"][0]["name"]
    texts = [f"line {number}" for number in range(4)]
    with ThreadPoolExecutor(4) as at_once:
        done = list(at_once.map(lambda text: coach(sample, "note", name, given=text), texts))
    assert [(one.returncode, one.stderr) for one in done] == [(0, "")] * 4
    newest = json.loads(coach(sample, "show", name, "--json").stdout)["observations"][0]
    assert sorted(line["text"] for line in newest["lines"]) == texts


@pytest.mark.parametrize(
    ("words", "code"), [(("--store", "nowhere"), 3), (("nobody of this name",), 2), ((), 3)]
)
def test_piped_notes_that_cannot_be_saved_are_given_back(
    sample: Path, words: tuple[str, ...], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*anything: object, **more: object) -> None:
        raise StoreFull(str(sample))

    monkeypatch.setattr("coach_tui.store.records.RecordStore.save", full)
    name = json.loads(coach_here(sample, "status", "--json").stdout)["coachees"][0]["name"]
    named = () if "nobody of this name" in words else (name,)
    given = "S3 \x1b[2J said\n\n14/22 hands up\n"
    done = coach_here(sample, "note", *words, *named, given=given)
    assert done.returncode == code
    assert "S3 \x1b[2J said\n14/22 hands up\n" in done.stderr


def test_a_note_waits_for_its_turn_while_others_hold_the_lock(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save, refused = RecordStore.save, iter((Locked(10, "process 1"), Locked(10, "process 2")))

    def sometimes(store: RecordStore, *records: Record, **more: Any) -> Saved:
        for error in refused:
            raise error
        return save(store, *records, **more)

    monkeypatch.setattr(RecordStore, "save", sometimes)
    name = json.loads(coach_here(sample, "status", "--json").stdout)["coachees"][0]["name"]
    done = coach_here(sample, "note", name, "one", "two")
    assert (done.returncode, done.stderr) == (0, "")
    newest = json.loads(coach_here(sample, "show", name, "--json").stdout)["observations"][0]
    assert [line["text"] for line in newest["lines"]] == ["one two"]


def test_a_note_before_the_launch_is_saved_with_a_warning_or_a_reason(sample: Path) -> None:
    csv = sample.parent / "new.csv"
    csv.write_text("Name\nWilhelmina Oxenford\n", encoding="utf-8")
    assert coach_here(sample, "import", str(csv), "--yes").returncode == 0
    warned = coach_here(sample, "note", "oxenford", "one")
    assert (warned.returncode, warned.stderr.count("\n")) == (0, 1)
    assert "has not had the launch conversation" in warned.stderr
    told = coach_here(sample, "note", "oxenford", "two", "--because", "she asked me in")
    assert (told.returncode, told.stderr) == (0, "")
    stored = json.loads((sample / "coach.json").read_text(encoding="utf-8"))["observations"]
    reasons = [one["before_launch_because"] for one in stored.values()]
    assert reasons.count("she asked me in") == 1


@pytest.mark.parametrize(
    "words",
    [
        ("note", "a", "b \udcff"),
        ("note", "\udcff", "b"),
        ("note", "a", "b", "--because", "\udcff"),
        ("show", "\udcff"),
        ("status", "\udcff"),
        ("agenda", "--from", "\udcff"),
        ("forget", "\udcff"),
        ("assess", "f", "--profile", "\udcff"),
        ("district", "f", "--off", "\udcff"),
        ("import", "f", "--column", "\udcff"),
        ("ics", "--zone", "\udcff"),
    ],
)
def test_words_that_are_no_text_are_named_with_exit_code_2(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    done = coach_here(tmp_path / "s", *words)
    assert done.returncode == 2
    assert "is not UTF-8 text" in done.stderr
    assert not (tmp_path / "s").exists()


def roster(path: Path, count: int = 40) -> Path:
    """Write a roster of `count` teachers as a spreadsheet program exports it."""
    rows = ["Teacher Name,School,Grade(s),Subject(s)"]
    letters = "abcdefghijklmnopqrstuvwxyz"
    rows += [
        f'"Ruiz{letters[n % 26]}, Ana{letters[n // 26]}",Oak Elementary,{n % 6},Math'
        for n in range(count)
    ]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(rows).encode() + b"\r\n")
    return path


def test_a_roster_of_forty_teachers_is_imported_once(tmp_path: Path) -> None:
    store, path = tmp_path / "s", roster(tmp_path / "roster.csv")
    dry = coach(store, "import", str(path), "--dry-run")
    assert (dry.returncode, "40 to add" in dry.stdout) == (0, True)
    assert not store.exists(), "a dry run makes nothing"
    done = coach(store, "import", str(path))
    assert done.returncode == 0
    assert "Imported 40 rows" in done.stdout
    before = (store / "coach.json").read_bytes()
    again = coach(store, "import", str(path))
    assert "0 to add, 0 to change, 40 skipped, 0 bad" in again.stdout
    assert (store / "coach.json").read_bytes() == before
    shown = coach(store, "status").stdout
    assert "40 rows" in shown
    assert "Anaa Ruizh" in shown


def test_a_workbook_is_imported_and_a_bad_row_is_named_by_its_line(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Teacher", "Campus"), ("Ana Ruiz", "Oak"), (None, "Oak"), ("Ben Cole", "Pine")):
        sheet.append(row)
    book.save(tmp_path / "roster.xlsx")
    done = coach(tmp_path / "s", "import", str(tmp_path / "roster.xlsx"))
    assert done.returncode == 1
    named = [line for line in done.stdout.splitlines() if " BAD " in line]
    assert [line.split()[:2] for line in named] == [["line", "3"]]
    assert "2 to add, 0 to change, 0 skipped, 1 bad" in done.stdout
    shown = coach(tmp_path / "s", "status").stdout
    assert "2 rows" in shown
    assert "Ben Cole" in shown


def test_a_column_can_be_named_where_the_guess_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("Who,Place\nAna Ruiz,Oak\n", encoding="utf-8")
    refused = coach(tmp_path / "s", "import", str(path))
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert not (tmp_path / "s").exists()
    done = coach(
        tmp_path / "s", "import", str(path), "--column", "name=Who", "--column", "building=Place"
    )
    assert done.returncode == 0
    (row,) = json.loads(coach(tmp_path / "s", "status", "--json").stdout)["coachees"]
    assert (row["name"], row["building"]) == ("Ana Ruiz", "Oak")


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff", b"Teacher\n", b"{}"])
def test_a_file_that_is_no_roster_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    for name in ("odd.csv", "odd.json", "odd.xlsx"):
        (tmp_path / name).write_bytes(content)
        done = coach(tmp_path / "s", "import", str(tmp_path / name))
        assert done.returncode == 2, name
        assert done.stderr.count("\n") == 1
        assert done.stderr.endswith("Nothing was changed.\n")
    assert not (tmp_path / "s").exists()


def test_everything_goes_out_and_comes_back_the_same(sample_once: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    assert coach(sample_once, "export", "--json", str(first)).returncode == 0
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert coach(tmp_path / "s", "import", str(first)).returncode == 0
    assert coach(tmp_path / "s", "export", "--json", str(second)).returncode == 0

    def lines(path: Path) -> list[str]:
        text = path.read_text(encoding="utf-8")
        return [line for line in text.splitlines() if not line.startswith('"exported_at"')]

    assert lines(first) == lines(second)
    again = coach(tmp_path / "s", "import", str(first))
    assert "0 to add, 0 to change" in again.stdout
    assert "0 refused" in again.stdout
    before = first.read_bytes()
    assert coach(sample_once, "export", "--json", str(first)).returncode == 2
    assert first.read_bytes() == before, "never overwritten"


def test_export_to_standard_output_is_json(sample_once: Path) -> None:
    whole = json.loads(coach(sample_once, "export", "--json").stdout)
    assert whole["format"] == "coach-tui export"
    assert len(whole["tables"]["coachees"]) == 16


def test_paths_say_where_and_whether(sample_once: Path, tmp_path: Path) -> None:
    config = os.path.join("config", "settings.toml")
    for folder, word in ((sample_once, ""), (tmp_path / "s", "  (not there yet)")):
        assert coach(folder, "paths").stdout.splitlines() == [
            f"store     {folder / 'coach.json'}{word}",
            f"settings  {folder / config}  (not there yet)",
        ]
    assert not (tmp_path / "s").exists()


def test_keys_hold_the_coachs_own(tmp_path: Path) -> None:
    def key_of_observe(shown: str) -> str:
        (line,) = (one for one in shown.splitlines() if one.endswith(" teacher.observe"))
        return line.split()[0]

    assert key_of_observe(coach(tmp_path / "s", "keys").stdout) == "o"
    settings = tmp_path / "s" / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[keys]\n"teacher.observe" = "f5"\n"no.such" = "x"\n', encoding="utf-8")
    shown = coach(tmp_path / "s", "keys")
    assert key_of_observe(shown.stdout) == "f5"
    assert shown.stderr.count("\n") == 1
    assert "'no.such'" in shown.stderr


def test_settings_that_cannot_be_understood_are_named(sample: Path) -> None:
    settings = sample / "config" / "settings.toml"
    settings.parent.mkdir(parents=True)
    wrong_theme = '[screen]\ntheme = "x"\n'
    for text in ("[rules]\nsoon_days = 99\n", "[nonsense]\n", "not toml", wrong_theme):
        settings.write_text(text, encoding="utf-8")
        done = coach(sample, "status")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.count("\n") == 1
        assert "settings.toml" in done.stderr


def test_a_sample_never_fills_a_caseload_that_is_there(sample: Path) -> None:
    before = (sample / "coach.json").read_bytes()
    assert coach(sample, "sample").returncode == 2
    assert (sample / "coach.json").read_bytes() == before
    assert coach(sample.parent / "other", "sample", "--coachees", "0").returncode == 2
    assert not (sample.parent / "other").exists()


def test_another_store_is_chosen_by_an_option(sample_once: Path, tmp_path: Path) -> None:
    done = coach(tmp_path / "s", "--store", str(sample_once), "status")
    assert done.returncode == 0
    assert "16 rows" in done.stdout


def test_a_closed_pipe_is_no_error(sample_once: Path) -> None:
    import subprocess
    import sys

    process = subprocess.Popen(
        [sys.executable, "-m", "coach_tui", "export", "--json"],
        env={**os.environ, "COACH_TUI_HOME": str(sample_once)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert len(process.stdout.read(10)) == 10
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 0
    assert errors == b""


def test_an_unexpected_error_is_one_line_without_its_words(sample: Path) -> None:
    code = (
        "import sys; from coach_tui.cli import main, status\n"
        "def crash(*a): raise RuntimeError('S3 said the quiet part')\n"
        "status.run = crash\n"
        "sys.exit(main.main(['status']))\n"
    )
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "COACH_TUI_HOME": str(sample)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "RuntimeError" in done.stderr
    assert "quiet part" not in done.stderr
    assert done.stderr.count("\n") == 1
