"""What a quick command may not load. A static graph cannot tell: a fresh interpreter is asked."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from coach_tui.cli import agenda, status
from tests.support import SLOW

PROBE = """
import sys
sys.path[:0] = {paths!r}
{first}
from coach_tui.cli.main import main
try:
    code = main({arguments!r})
except SystemExit as leaving:
    code = leaving.code
loaded = sorted(sys.modules)
import json
sys.stdout.flush()
print(json.dumps([code or 0, loaded]), file=sys.stderr)
"""


def run(code: str, *flags: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *flags, "-c", code],
        capture_output=True,
        check=False,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )


class Loaded(NamedTuple):
    """How `coach-tui` ended, what it wrote, and the names of all modules loaded by then."""

    code: int
    output: str
    errors: list[str]
    modules: set[str]


def loaded_by(arguments: list[str], *, first: str = "") -> Loaded:
    # -S: the start-up files of site-packages may load modules of their own.
    paths = [path for path in sys.path if path]
    done = run(PROBE.format(paths=paths, arguments=arguments, first=first), "-S")
    assert done.returncode == 0, done.stderr
    *errors, last = done.stderr.splitlines()
    code, modules = json.loads(last)
    return Loaded(code, done.stdout, errors, set(modules))


@pytest.fixture
def sample_store(own_home: None) -> None:
    done = run(
        "import sys; from coach_tui.cli.main import main;"
        "sys.exit(main(['sample', '--coachees', '6', '--years', '1']))"
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_a_quick_command_loads_nothing_slow(arguments: list[str]) -> None:
    loaded = loaded_by(arguments)
    assert loaded.modules & SLOW == set()
    assert (loaded.code, loaded.errors) == (0, [])
    assert "coach-tui" in loaded.output


@pytest.mark.usefixtures("sample_store")
@pytest.mark.parametrize(
    "arguments", [["status"], ["status", "--json"], ["today"], ["today", "--json"], ["agenda"]]
)
def test_status_of_a_caseload_loads_nothing_slow(arguments: list[str]) -> None:
    loaded = loaded_by(arguments)
    assert loaded.modules & SLOW == set()
    assert (loaded.code, loaded.errors) == (0, [])
    assert loaded.output.strip()


def test_status_without_a_store_loads_nothing_slow() -> None:
    loaded = loaded_by(["status"])
    assert loaded.modules & SLOW == set()
    assert (loaded.code, len(loaded.errors)) == (3, 1)


def test_the_app_draws_its_first_screen_without_records_and_store() -> None:
    """The caseload is drawn from its summary; what a verb needs is loaded behind it."""
    done = run(
        f"import sys; sys.path[:0] = {sys.path!r}; import coach_tui.app; print(*sys.modules)"
    )
    loaded = set(done.stdout.split())
    assert "coach_tui.screens.caseload" in loaded, done.stderr
    late = {
        "pydantic",
        "tinydb",
        "orjson",
        "coach_tui.domain.records",
        "textual.widgets._text_area",
    }
    assert loaded & late == set()


def test_the_probe_sees_a_slow_module() -> None:
    assert "pathlib" in loaded_by(["--version"], first="import pathlib").modules & SLOW


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--all"],
        ["--check", "--json"],
        ["oak", "overdue"],
        ["oak", "--json", "overdue", "--all"],
    ],
)
def test_status_reads_its_usual_words_as_argparse_would(words: list[str]) -> None:
    plain = status.plain_arguments(words)
    assert plain is not None
    reader = argparse.ArgumentParser()
    status.arguments(reader)
    asked = reader.parse_intermixed_args(words)
    assert (plain.words, plain.all, plain.check, plain.json) == (
        asked.words,
        asked.all,
        asked.check,
        asked.json,
    )


@pytest.mark.parametrize("words", [["--js"], ["-h"], ["--store", "x"], ["--"], ["--all=1"]])
def test_status_leaves_unusual_words_to_argparse(words: list[str]) -> None:
    assert status.plain_arguments(words) is None


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--json"],
        ["--days", "3"],
        ["--from", "3 dec", "--to", "fri", "--json"],
        ["--json", "--from", "x", "--from", "y"],
    ],
)
def test_agenda_reads_its_usual_words_as_argparse_would(words: list[str]) -> None:
    plain = agenda.plain_arguments(words)
    assert plain is not None
    reader = argparse.ArgumentParser()
    agenda.arguments(reader)
    asked = vars(reader.parse_args(words))
    assert {name: getattr(plain, name) for name in asked} == asked


@pytest.mark.parametrize("words", [["--from"], ["--days=3"], ["x"], ["--to", "--json"], ["-h"]])
def test_agenda_leaves_unusual_words_to_argparse(words: list[str]) -> None:
    assert agenda.plain_arguments(words) is None


@pytest.mark.parametrize("command", ["status", "today", "agenda"])
def test_a_usual_command_does_not_import_argparse(tmp_path: Path, command: str) -> None:
    fill = f"import os; os.environ['COACH_TUI_HOME'] = {str(tmp_path / 's')!r}"
    assert "argparse" not in loaded_by([command], first=fill).modules
