"""`coach-tui` as a process of its own: the garbage collector is off where it is over soon."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

PROBE = """
import gc, json, sys
from coach_tui.cli import main
sys.argv = ["coach-tui", *json.loads(sys.argv[1])]
main.main = lambda: int(gc.isenabled())
on = main.script()
print(json.dumps([on, gc.get_freeze_count() > 0]))
"""


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ([], False),
        (["--help"], False),
        (["status", "oak"], False),
        (["--store", "status", "today"], False),
        (["agenda", "--days", "3"], False),
        (["export", "x.json"], True),
        (["import", "x.csv"], True),
    ],
)
def test_the_collector_is_off_only_where_little_happens(words: list[str], on: bool) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE, json.dumps(words)],
        capture_output=True,
        check=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )
    assert json.loads(done.stdout) == [on, True]
