"""Every format that was ever released opens, and holds what was put into it.

`golden/schema-N` is a store as the version wrote it that had schema N: the same eight documents of
six commits each time. They are never changed; a new schema adds a folder.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from coach_tui.store import migrations
from coach_tui.store.engine import Put, Severity
from coach_tui.store.errors import ChangesForgotten
from coach_tui.store.journal_engine import JournalEngine
from tests.store.samples import NOW, document, everything, later, opened

GOLDEN = Path(__file__).parent / "golden"
HELD = {
    "coach": {"coach": 1},
    "calendar": {"year": 1},
    "coachees": {"ana": 1, "bea": 3},
    "observations": {"seen": 2, "other": 3},
    "cycles": {"first": 2, "second": 6},
}
"""The documents and their revisions."""


@pytest.fixture(params=range(1, migrations.SCHEMA + 1))
def schema(request: pytest.FixtureRequest) -> int:
    number: int = request.param
    return number


@pytest.fixture
def folder(schema: int, tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOLDEN / f"schema-{schema}", tmp_path / "store"))


def revisions(engine: JournalEngine) -> dict[str, dict[str, int]]:
    return {
        table: {id: each["revision"] for id, each in documents.items()}
        for table, documents in everything(engine).items()
    }


def test_it_opens_with_all_that_was_in_it(folder: Path) -> None:
    engine = opened(folder, create=False)
    assert engine.read_only == ""
    assert revisions(engine) == HELD
    assert engine.sequence == 6
    assert [one for one in engine.check() if one.severity is not Severity.NOTE] == []
    ana = engine.get("coachees", "ana")
    assert ana is not None
    assert ana["name"] == "Ana [/] Ruiz \u202e \U0001f469\u200d\U0001f3eb"
    engine.commit([Put("coachees", {**ana, "name": "Ana"}, 1)], later(days=9))
    again = opened(folder, create=False)
    assert again.sequence == 7
    assert [one for one in again.notices if one.severity is not Severity.NOTE] == []


def test_the_older_file_is_kept_and_can_be_replayed_upon(folder: Path, schema: int) -> None:
    engine = opened(folder, create=False)
    engine.commit([Put("notes", document("new"))], NOW)
    stored = everything(engine)
    original = (GOLDEN / f"schema-{schema}" / "coach.json").read_bytes()
    if schema < migrations.SCHEMA:
        kept = [path.read_bytes() for path in (folder / "backups").iterdir()]
        assert original in kept
        assert json.loads((folder / "coach.json").read_bytes())["store"]["header"]["schema"] == (
            migrations.SCHEMA
        )
    (folder / "coach.json").write_bytes(b"damaged")
    assert everything(opened(folder, create=False)) == stored


def test_the_past_is_there_as_far_as_the_format_had_one(folder: Path, schema: int) -> None:
    engine = opened(folder, create=False)
    if schema == 1:
        with pytest.raises(ChangesForgotten):
            engine.changes(0)
        assert engine.commits(6) == []
    else:
        assert [commit.sequence for commit in engine.commits(0)] == [1, 2, 3, 4, 5, 6]
        assert {commit.session for commit in engine.commits(0)} == {"golden"}
        names = [(one.before or {}).get("name") for one in engine.history("coachees", "bea")]
        assert names == [None, "Bea"]


def test_one_that_cannot_be_written_is_read_all_the_same(
    folder: Path, schema: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    real = os.open

    def only_reading(path: str, flags: int, *rest: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(30, "Read-only file system")
        return real(path, flags, *rest)

    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    monkeypatch.setattr(os, "open", only_reading)
    assert revisions(opened(folder, create=False)) == HELD
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
