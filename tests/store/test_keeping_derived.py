"""A summary that had to be derived is kept for the next time, where that harms nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coach_tui.store import deriving, keeping_derived, summary
from coach_tui.store.lock import FileLock
from coach_tui.store.records import RecordStore
from coach_tui.store.summary import Summary
from tests.store.samples import NOW, calendar, coach, coachee, opened

SUMMARY = "coach.summary.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a store whose kept summary is of an older version of the program."""
    folder = tmp_path / "store"
    engine = opened(folder)
    store = RecordStore(engine)
    store.save(coach(), calendar(), coachee("ana"), at=NOW)
    engine.compact()
    store.save(coachee("bea"), at=NOW)
    store.close()
    plain = json.loads((folder / SUMMARY).read_bytes())
    plain["of"]["version"] = "0.0.1"
    (folder / SUMMARY).write_text(json.dumps(plain))
    return folder


def read(folder: Path) -> Summary:
    found = summary.read(str(folder))
    assert found is not None
    assert [facts.id for facts in found.facts] == ["ana", "bea"]
    return found


def is_believed(folder: Path) -> bool:
    state = summary.state_in(str(folder))
    assert state is not None
    return summary.read_kept(str(folder), state) is not None


def test_it_is_derived_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (folder / "coach.json").stat().st_mtime_ns
    first = read(folder)
    assert is_believed(folder)

    def derive(*given: Any, **named: Any) -> Summary:
        raise AssertionError("derived again")

    monkeypatch.setattr(deriving, "derive", derive)
    assert read(folder) == first
    assert (folder / "coach.json").stat().st_mtime_ns == before


def test_the_next_opening_goes_on_from_it(folder: Path) -> None:
    first = read(folder)
    engine = opened(folder, create=False)
    assert engine.live_summary.current() == first
    engine.close()


def test_it_is_kept_for_a_store_that_was_copied(folder: Path) -> None:
    read(folder)
    os.utime(folder / "coach.json", ns=(1, 1))
    assert not is_believed(folder)
    read(folder)
    assert is_believed(folder)


def test_only_its_owner_can_read_it(folder: Path) -> None:
    (folder / SUMMARY).unlink()
    umask = os.umask(0)
    try:
        read(folder)
    finally:
        os.umask(umask)
    assert (folder / SUMMARY).stat().st_mode & 0o777 == 0o600


def damage_the_seal(folder: Path) -> None:
    path = folder / "coach.json"
    path.write_text(path.read_text().replace('"name":"Ana"', '"name":"Amy"'))


def tear_the_journal(folder: Path) -> None:
    with (folder / "coach.journal.jsonl").open("ab") as file:
        file.write(b'{"n":3')


def begin_to_rewrite(folder: Path) -> None:
    (folder / "coach.rewriting").write_text('{"head": ""}')


@pytest.mark.parametrize("harm", [damage_the_seal, tear_the_journal, begin_to_rewrite])
def test_it_is_not_kept_of_files_that_are_not_whole(
    folder: Path, harm: Callable[[Path], None]
) -> None:
    harm(folder)
    read(folder)
    assert not is_believed(folder)


def test_it_is_not_kept_while_somebody_writes(folder: Path) -> None:
    with FileLock(str(folder / "coach.lock"), timeout_seconds=0).hold():
        read(folder)
        assert not is_believed(folder)
    read(folder)
    assert is_believed(folder)


def test_it_is_not_kept_when_somebody_wrote_meanwhile(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Late(FileLock):
        """A lock before which another session saves."""

        def __init__(self, path: str, timeout_seconds: float) -> None:
            store = RecordStore(opened(folder, create=False))
            store.save(coachee("eve"), at=NOW)
            store.close()
            (folder / SUMMARY).unlink()
            super().__init__(path, timeout_seconds)

    monkeypatch.setattr(keeping_derived, "FileLock", Late)
    read(folder)
    assert not (folder / SUMMARY).exists()


@pytest.mark.parametrize("refused", ["mine", "writable"])
def test_it_is_not_kept_in_a_folder_of_somebody_else_or_one_for_reading(
    folder: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    if refused == "mine":
        monkeypatch.setattr(os, "geteuid", lambda: os.stat(folder).st_uid + 1)
    else:
        monkeypatch.setattr(os, "access", lambda path, mode: False)
    names = sorted(os.listdir(folder))
    read(folder)
    assert not is_believed(folder)
    assert sorted(os.listdir(folder)) == names


def test_a_full_disk_is_nobodys_trouble(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, data: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    read(folder)
    assert not is_believed(folder)
    assert not list(folder.glob("*.tmp"))
