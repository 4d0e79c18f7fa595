"""The commands at a terminal: what reaches it, and who is asked there."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach_tui.cli.main import main
from coach_tui.coaching.clock import SettableClock
from coach_tui.coaching.desk import empty_desk
from coach_tui.domain.statuses import Rules
from tests.cli.running import at_terminal, coach

HOSTILE = "\x1b[31m\x9b31m\x7f\u202ex\x07\u2066"
"""Escape sequences of seven and of eight bits, delete, a bell, and signs that turn the reading."""

CONTROLS = re.compile(
    rb"[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xd8\x9c"
    rb"|\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]"
)
"""Every control character but the line feed, and the signs of direction, in UTF-8."""

Run = Callable[..., tuple[int, bytes, bytes]]


def monday() -> SettableClock:
    """Return a clock that stands on a Monday morning of term."""
    return SettableClock(datetime(2026, 11, 23, 15, tzinfo=UTC), UTC)


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Return a way to run a command in this process: its exit code and the bytes of its streams."""

    def run_here(*words: str) -> tuple[int, bytes, bytes]:
        code = main(list(words), monday())
        return code, *capfdbinary.readouterr()

    return run_here


def roster(path: Path, *names: str) -> Path:
    """Write a roster of these teachers."""
    path.write_text("\n".join(("Teacher", *names, "")), encoding="utf-8")
    return path


@pytest.fixture
def whole_export(tmp_path: Path) -> Path:
    """Return an export of one teacher."""
    moving = empty_desk(monday(), Rules()).moving
    file = roster(tmp_path / "one.csv", "Ana Ruiz")
    moving.apply_roster(str(file), None, moving.plan_roster(str(file)))
    path = tmp_path / "one.json"
    path.write_bytes(moving.export())
    return path


def test_the_pattern_knows_what_a_terminal_obeys() -> None:
    for sign in HOSTILE:
        assert bool(CONTROLS.search(sign.encode())) == (sign not in "[31mx"), ascii(sign)


@pytest.mark.parametrize(
    "words",
    [
        (HOSTILE,),
        ("status", f"--{HOSTILE}"),
        ("status", "--store", f"/{HOSTILE}"),
        ("import", f"{HOSTILE}.csv"),
        ("import", f"{HOSTILE}.json"),
        ("lint", HOSTILE),
        ("sample", "--years", HOSTILE),
    ],
)
def test_a_word_that_is_refused_is_shown_and_not_obeyed(run: Run, words: tuple[str, ...]) -> None:
    code, printed, errors = run(*words)
    assert code in (2, 3)
    assert printed == b""
    assert errors.count(b"\n") == 1
    assert b"31m" in errors, "it is named"
    assert not CONTROLS.search(errors)


def test_a_place_is_shown_and_not_obeyed(run: Run, tmp_path: Path) -> None:
    folder = str(tmp_path / HOSTILE)
    for words in (("paths",), ("sample", "--coachees", "1"), ("sample",), ("export", "--json")):
        code, printed, errors = run("--store", folder, *words)
        shown = printed + errors
        assert code == (2 if b"already" in errors else 0), shown
        if words != ("export", "--json"):
            assert "␛[31m<U+009B>31m␡<U+202E>x␇<U+2066>".encode() in shown
            assert not CONTROLS.search(shown)
    file = str(tmp_path / f"{HOSTILE}.json")
    for expected in (0, 2):
        code, printed, errors = run("export", "--json", file, "--store", folder)
        assert code == expected
        assert b"31m" in printed + errors
        assert not CONTROLS.search(printed + errors)


def test_a_place_of_the_environment_is_shown_and_not_obeyed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_TUI_HOME", str(tmp_path / HOSTILE))
    for words, expected in ((("paths",), 0), (("status",), 3)):
        code, printed, errors = run(*words)
        assert code == expected
        assert b"31m" in printed + errors
        assert not CONTROLS.search(printed + errors)


def test_json_of_a_hostile_note_is_ascii_and_the_same_note(run: Run, tmp_path: Path) -> None:
    name = "Ana \u202e Ruiz שלום"
    assert run("import", str(roster(tmp_path / "r.csv", name)))[0] == 0
    assert run("note", "Ana", HOSTILE)[0] == 0
    for words in (("status", "--json"), ("show", "Ana", "--json")):
        code, printed, _ = run(*words)
        assert code == 0
        assert printed.isascii()
        assert not CONTROLS.search(printed)
    shape = json.loads(run("show", "Ana", "--json")[1])
    assert shape["coachee"]["name"] == shape["standing"]["name"] == name
    assert [line["text"] for line in shape["observations"][0]["lines"]] == [HOSTILE]


def test_an_export_is_escaped_at_a_terminal_and_exact_elsewhere(tmp_path: Path) -> None:
    store = tmp_path / "s"
    name = "Ana \u202e Ruiz \U0001f44d שלום"
    assert coach(store, "import", str(roster(tmp_path / "r.csv", name))).returncode == 0
    code, shown = at_terminal(store, "export", "--json")
    assert code == 0
    assert shown.isascii()
    assert not CONTROLS.search(shown.replace(b"\r\n", b"\n"))
    piped = coach(store, "export", "--json").stdout
    assert name in piped
    assert json.loads(shown)["tables"] == json.loads(piped)["tables"]


@pytest.mark.parametrize("typed", [b"\x04", b"\n", b"yesterday\n"])
def test_whoever_does_not_say_yes_has_no_store_made(tmp_path: Path, typed: bytes) -> None:
    store, file = tmp_path / "s", roster(tmp_path / "r.csv", "Ana Ruiz")
    code, shown = at_terminal(store, "import", str(file), question=b"[y/N] ", typed=typed)
    assert code == 0
    asked, _, answered = shown.partition(b"[y/N] ")
    assert b"1 to add" in asked
    assert answered.strip() == b"Nothing was changed."
    assert not store.exists()


def test_whoever_says_yes_has_everything_imported(tmp_path: Path, whole_export: Path) -> None:
    for name, words in (("one.csv", b"Imported 1 row."), ("one.json", b"Imported 1 record.")):
        store, file = tmp_path / f"store of {name}", str(tmp_path / name)
        code, shown = at_terminal(store, "import", file, question=b"[y/N] ", typed=b"Y\n")
        assert code == 0
        assert shown.endswith(words + b"\r\n")
        stored = json.loads((store / "coach.json").read_bytes())["coachees"].values()
        assert [one["name"] for one in stored] == ["Ana Ruiz"]
    again = at_terminal(store, "import", str(whole_export))[1]
    assert again.endswith(b"Nothing was changed.\r\n"), "there is nothing to ask about"


@pytest.mark.parametrize("name", ["odd.csv", "odd.json", "odd.xlsx", "none.csv", "none.json"])
def test_a_file_that_is_refused_makes_no_store(run: Run, tmp_path: Path, name: str) -> None:
    if name.startswith("odd"):
        (tmp_path / name).write_bytes(b"\x00\x01\x02\xff")
    code, _, errors = run("import", str(tmp_path / name), "--yes")
    assert code == 2
    assert errors.count(b"\n") == 1
    assert errors.endswith(b"Nothing was changed.\n")
    assert not (tmp_path / "store").exists()


def test_a_damaged_store_is_no_reason_to_begin_another(run: Run, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "coach.json").write_bytes(b"damaged")
    code, printed, errors = run("import", str(roster(tmp_path / "r.csv", "Ana Ruiz")), "--yes")
    assert (code, printed, errors.count(b"\n")) == (3, b"", 1)
    assert (tmp_path / "store" / "coach.json").read_bytes() == b"damaged"


def test_a_file_that_changes_while_one_is_asked_is_not_imported(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coach_tui.cli import importing

    file = roster(tmp_path / "r.csv", "Ana Ruiz")

    def agreed(*_: object) -> bool:
        roster(file, "Ana Ruiz", "Ben Cole")
        return True

    monkeypatch.setattr(importing, "go_ahead", agreed)
    code, printed, errors = run("import", str(file))
    assert code == 2
    assert b"Imported" not in printed
    assert errors.endswith(b"Nothing was changed.\n")
    assert b"Ana" not in run("status")[1]


def test_what_was_found_on_opening_is_a_line_of_error_each(run: Run, tmp_path: Path) -> None:
    assert run("sample", "--coachees", "1")[2] == b""
    snapshot = tmp_path / "store" / "coach.json"
    snapshot.chmod(0o644)
    code, printed, errors = run("export", "--json")
    assert code == 0
    assert json.loads(printed)["format"] == "coach-tui export"
    assert errors.decode() == f"coach-tui: {snapshot}: others could read it; repaired\n"
    assert run("export", "--json")[2] == b"", "it was repaired"


def test_the_store_and_the_colours_are_chosen_before_a_command_or_after_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path / "other")
    for words in (
        ("--store", folder, "--no-color", "paths"),
        ("paths", "--store", folder, "--no-color"),
        ("--store", str(tmp_path / "first"), "--no-color", "paths", f"--store={folder}"),
    ):
        monkeypatch.setenv("NO_COLOR", "")
        code, printed, _ = run(*words)
        assert code == 0
        assert f"{folder}/coach.json".encode() in printed
        assert os.environ["NO_COLOR"] == "1"
    monkeypatch.setenv("NO_COLOR", "")
    assert run("paths")[0] == 0
    assert os.environ["NO_COLOR"] == ""


@pytest.mark.parametrize("command", ["status", "show", "note", "import", "export", "lint", "keys"])
def test_every_command_knows_the_options_of_all(run: Run, command: str) -> None:
    code, printed, _ = run(command, "--help")
    assert code == 0
    assert printed.startswith(f"usage: coach-tui {command} ".encode())
    assert b"--store DIR" in printed
    assert b"--no-color" in printed


def test_a_demonstration_takes_no_command(run: Run) -> None:
    assert run("sample", "--coachees", "1")[0] == 0
    code, printed, errors = run("--demo", "status")
    assert (code, printed, errors.count(b"\n")) == (2, b"", 1)
    assert errors.startswith(b"coach-tui: --demo opens the app and takes no command")


CRASH = """
import sys
from coach_tui.app import CoachApp
from coach_tui.cli.main import main

run = CoachApp.run
CoachApp.run = lambda app: run(app, headless=True)

def crash(app):
    raise RuntimeError("S3 said the quiet part")

CoachApp.on_mount = crash
sys.stdin.isatty = sys.stdout.isatty = lambda: True
sys.exit(main({words!r}))
"""


@pytest.mark.parametrize("words", [[], ["--demo"]])
def test_a_crash_of_the_app_is_exit_code_3_without_its_words(
    tmp_path: Path, words: list[str]
) -> None:
    done = coach(tmp_path / "s", program=CRASH.format(words=words))
    assert done.returncode == 3
    assert "RuntimeError" in done.stdout + done.stderr
    assert "quiet part" not in done.stdout + done.stderr
