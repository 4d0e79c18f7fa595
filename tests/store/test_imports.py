"""What reading the summary may cost: a quick command loads none of the slow modules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from coach_tui.store.records import RecordStore
from tests.store.samples import NOW, coachee, opened
from tests.support import SLOW

QUICK = f"""
import os, sys
from coach_tui.store import errors, ids, paths, summary
folder = paths.store_directory(None, os.environ)
found = summary.read(folder)
os.unlink(os.path.join(folder, paths.SUMMARY))
again = summary.read(folder)
assert found == again and found.facts[0].name == "Ana"
print(*sorted(set({SLOW!r}) & sys.modules.keys()))
"""


def test_reading_the_summary_loads_no_slow_module(tmp_path: Path) -> None:
    store = RecordStore(opened(tmp_path / "store"))
    store.save(coachee(), at=NOW)
    store.poll()
    done = subprocess.run(
        [sys.executable, "-I", "-c", QUICK], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("\n", "")


def test_the_package_itself_imports_nothing() -> None:
    code = "import sys; import coach_tui.store; print(*(m for m in sys.modules if 'coach' in m))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["coach_tui", "coach_tui.store"]
