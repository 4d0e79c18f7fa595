"""`coach-tui lint`: the marks of notes taken elsewhere, a line each or as JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

NOTES = """\
Lesson on fractions, 24 students
T writes 3/4 on the board
S5 was engaging
"""


def lint(
    *arguments: str, given: bytes | str = b"", expect: int = 0
) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own, with `given` as its standard input."""
    code = "import sys; from coach_tui.cli.main import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, "lint", *arguments],
        capture_output=True,
        check=False,
        input=given.encode() if isinstance(given, str) else given,
    )
    assert done.returncode == expect, done.stderr
    return done


def printed(*arguments: str, given: bytes | str = b"") -> list[str]:
    done = lint(*arguments, given=given)
    assert done.stderr == b""
    return done.stdout.decode().splitlines()


def as_json(*arguments: str, given: bytes | str = b"") -> Any:
    return json.loads(lint("--json", *arguments, given=given).stdout)


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    file = tmp_path / "notes.txt"
    file.write_text(NOTES, encoding="utf-8")
    return file


def test_a_mark_is_printed_with_its_place_and_question(notes: Path) -> None:
    assert printed(str(notes)) == [
        'line 3, columns 8-15: "engaging" What did T or S say or do? (LI01)'
    ]


def test_standard_input_is_read_for_a_dash() -> None:
    assert printed("-", given=NOTES) == [
        'line 3, columns 8-15: "engaging" What did T or S say or do? (LI01)'
    ]


def test_json_has_the_lines_that_have_marks(notes: Path) -> None:
    assert as_json(str(notes)) == [
        {
            "line": 3,
            "text": "S5 was engaging",
            "marks": [
                {
                    "code": "LI01",
                    "start": 7,
                    "end": 15,
                    "question": "What did T or S say or do?",
                }
            ],
        }
    ]


def test_where_nothing_is_asked_nothing_is_said() -> None:
    assert printed("-", given="T writes 3/4\n") == []
    assert as_json("-", given="T writes 3/4\n") == []
    assert as_json("-", given="") == []


def test_a_review_asks_about_whole_lines_too() -> None:
    given = "students sit in rows\n\nS4 sits\n"
    assert printed("-", given=given) == []
    assert printed("--review", "-", given=given) == [
        'line 1, columns 1-20: "students sit in rows" A count, a quote, a time? (LI12)'
    ]


def test_prefixes_are_honoured() -> None:
    given = '? why was S4 bored\n! S4 was bored\nT: good\nT "good" sits\ns3 good\nS3 was bored\n'
    assert [found["line"] for found in as_json("-", given=given)] == [6]


def test_lines_are_numbered_as_editors_number_them() -> None:
    given = "\ufeff\r\nS4 was bored\r\n\u2028 bored\x0b\fbored\r\nbored"
    assert [found["line"] for found in as_json("-", given=given)] == [2, 3, 4]
    assert as_json("-", given=given)[0]["text"] == "S4 was bored"


@pytest.mark.parametrize("text", ["good\x1b[2Jgood", "good\x9b31m", "\u202egood", "good\x00bored"])
def test_no_control_character_reaches_the_terminal(text: str) -> None:
    for arguments in (("-",), ("--review", "-"), ("--json", "-")):
        shown = lint(*arguments, given=text).stdout.decode()
        assert shown.strip()
        assert not any(sign in shown for sign in "\x1b\x9b\u202e\x00")
    assert as_json("-", given=text)[0]["text"] == text


def test_brackets_and_markup_are_shown_as_they_are() -> None:
    text = "[red]good[/red] [/] good"
    assert [mark["start"] for mark in as_json("-", given=text)[0]["marks"]] == [5, 20]


def test_the_users_lexicon_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "elsewhere" / "config"
    config.mkdir(parents=True)
    (config / "low_inference.toml").write_text(
        'allow = ["bored"]\n[LI01]\nwords = ["meh"]\n', encoding="utf-8"
    )
    monkeypatch.setenv("COACH_TUI_HOME", str(config.parent))
    assert printed("-", given="S4 was bored\na meh start\n") == [
        'line 2, columns 3-5: "meh" What did T or S say or do? (LI01)'
    ]
    (config / "low_inference.toml").write_text("[LI77]\n", encoding="utf-8")
    done = lint("-", given="good", expect=2)
    assert b"low_inference.toml: there is no table [LI77]" in done.stderr


@pytest.mark.parametrize("arguments", [[], ["--nonsense", "-"]])
def test_usage_is_an_error(arguments: list[str]) -> None:
    assert len(lint(*arguments, expect=2).stderr.decode().splitlines()) == 1


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path, name: str) -> None:
    done = lint(str(tmp_path / name), expect=2)
    assert len(done.stderr.decode().splitlines()) == 1
    assert done.stdout == b""


@pytest.mark.parametrize("content", [b"good\xff", b"\xff\xfeg\x00", b"\xc3\x28"])
def test_bytes_that_are_no_text_are_an_error(content: bytes) -> None:
    done = lint("-", given=content, expect=2)
    assert done.stderr.startswith(b"coach-tui: the input is not UTF-8 text")
    assert done.stdout == b""


def test_too_much_is_an_error() -> None:
    assert b"more than 4 MB" in lint("-", given=b"x" * 4_000_001, expect=2).stderr
