"""Accepting what was edited by hand, and saving what can be saved of what is damaged."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from coach_tui.store.engine import Delete, Put, Severity
from coach_tui.store.errors import Corrupt, NoStore
from coach_tui.store.journal_engine import JournalEngine
from coach_tui.store.repair import ACCEPTED, Repair
from tests.store.samples import NOW, document, everything, later, opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


def put(id: str, expected: int | None = None, table: str = "notes", **fields: Any) -> Put:
    return Put(table, document(id, **fields), expected)


def filled(folder: Path, *, compacted: bool = True) -> JournalEngine:
    engine = opened(folder)
    for number, id in enumerate("abcd", 1):
        engine.commit([put(id, text=f"number {number}")], later(days=number))
    if compacted:
        engine.compact()
    engine.commit([put("e", text="in the journal")], later(days=5))
    return engine


def repairing(folder: Path) -> Repair:
    return Repair(str(folder), "doctor", later(days=9))


def edit(path: Path, old: bytes, new: bytes) -> bytes:
    data = path.read_bytes()
    assert data.count(old) == 1
    path.write_bytes(data.replace(old, new))
    return path.read_bytes()


def damage_in(engine: JournalEngine) -> list[str]:
    return [one.text for one in engine.check() if one.severity is not Severity.NOTE]


# ---------------------------------------------------------------------------------------- accepting


def test_what_was_edited_becomes_a_change_that_can_be_taken_back(folder: Path) -> None:
    filled(folder)
    path = folder / "coach.json"
    edit(path, b"number 2", b"by hand")
    line = next(line for line in path.read_bytes().splitlines(True) if line.startswith(b'"c"'))
    edited = edit(path, line, b"")
    assert repairing(folder).accept() == [("notes", "b"), ("notes", "c")]
    engine = opened(folder)
    assert (engine.read_only, engine.notices, engine.sequence) == ("", (), 6)
    (commit,) = engine.commits(5)
    assert (commit.title, commit.session, commit.at) == (ACCEPTED, "doctor", later(days=9))
    assert [(one.id, (one.before or {})["text"]) for one in commit.changes] == [
        ("b", "number 2"),
        ("c", "number 3"),
    ]
    assert [(each["id"], each["revision"]) for each in engine.query("notes")] == [
        ("a", 1),
        ("b", 6),
        ("d", 4),
        ("e", 5),
    ]
    assert [each.read_bytes() for each in folder.glob("coach.damaged-*")] == [edited]
    assert damage_in(engine) == []
    assert len(engine.commits(0)) == 6


def test_accepting_a_store_that_is_in_order_does_nothing(folder: Path) -> None:
    engine = filled(folder)
    data = (folder / "coach.json").read_bytes()
    assert repairing(folder).accept() == []
    assert repairing(folder).repair() == []
    assert (folder / "coach.json").read_bytes() == data
    assert engine.sequence == 5


def test_accepting_only_another_layout_seals_it_again(folder: Path) -> None:
    engine = filled(folder)
    edit(folder / "coach.json", b'"text":"number 2"', b'"text": "number 2"')
    assert opened(folder).read_only
    assert repairing(folder).accept() == []
    again = opened(folder)
    assert (again.read_only, everything(again)) == ("", everything(engine))


def test_an_edit_nobody_can_compare_is_accepted_as_it_is(folder: Path) -> None:
    filled(folder)
    for name in ("backups", "history"):
        shutil.rmtree(folder / name)
    edit(folder / "coach.json", b"number 2", b"by hand")
    assert [notice.text for notice in opened(folder).notices if "cannot be told" in notice.text]
    assert repairing(folder).accept() == []
    again = opened(folder)
    assert again.read_only == ""
    assert again.query("notes")[1]["text"] == "by hand"


def test_what_was_taken_out_by_hand_and_deleted_since_is_gone(folder: Path) -> None:
    engine = filled(folder)
    engine.compact()
    engine.commit([Delete("notes", id) for id in "abcde"], NOW)
    path = folder / "coach.json"
    line = next(line for line in path.read_bytes().splitlines(True) if line.startswith(b'"c"'))
    edit(path, line, b"")
    again = opened(folder)
    assert again.read_only
    assert again.query("notes") == []
    assert repairing(folder).accept() == []
    assert opened(folder).query("notes") == []


def test_damage_is_not_accepted(folder: Path) -> None:
    filled(folder)
    damage_the_middle(folder)
    with pytest.raises(Corrupt):
        repairing(folder).accept()
    with pytest.raises(NoStore):
        repairing(folder.parent / "none").accept()


# ---------------------------------------------------------------------------------------- repairing


def damage_the_middle(folder: Path) -> None:
    engine = opened(folder)
    for number in range(3):
        engine.commit([put(f"x{number}", text=f"later {number}")], NOW)
    edit(folder / "coach.journal.jsonl", b'"later 1"', b'"LATER 1"')


def test_commits_after_a_damaged_one_are_saved(folder: Path) -> None:
    filled(folder)
    damage_the_middle(folder)
    engine = opened(folder)
    assert "line 4 is damaged" in engine.read_only
    assert engine.get("notes", "x0") is not None
    assert engine.get("notes", "x2") is None
    found = repairing(folder).repair()
    assert [one.text for one in found if "change" in one.text] == [
        "line 4, the change 7, was saved",
        "line 5, the change 8, was saved",
    ]
    again = opened(folder)
    assert (again.read_only, again.notices) == ("", ())
    assert [each["text"] for each in again.query("notes")][-3:] == ["later 0", "LATER 1", "later 2"]
    assert damage_in(again) == []
    assert again.commit([put("new")], NOW).sequence == 10
    assert [commit.sequence for commit in opened(folder).commits(9)] == [10]
    assert len(list(folder.glob("coach.damaged-*"))) == 2


def test_a_line_that_is_no_json_any_more_is_named(folder: Path) -> None:
    filled(folder)
    damage_the_middle(folder)
    edit(folder / "coach.journal.jsonl", b'"LATER 1"', b'"LATER 1')
    found = repairing(folder).repair()
    assert "line 4 is damaged and could not be saved" in [one.text for one in found]
    assert [each["id"] for each in opened(folder).query("notes")][-2:] == ["x0", "x2"]


def test_whole_lines_of_a_snapshot_of_which_nothing_else_is_left_are_saved(folder: Path) -> None:
    filled(folder).close()
    store = opened(folder).store
    for each in list(folder.iterdir()):
        if each.name != "coach.json":
            shutil.rmtree(each) if each.is_dir() else each.unlink()
    edit(folder / "coach.json", b'"number 2"', b'"number 2')
    with pytest.raises(Corrupt):
        opened(folder)
    found = repairing(folder).repair()
    assert "line 4 is not a document" in [one.text for one in found]
    again = opened(folder)
    assert (again.read_only, again.store) == ("", store)
    assert [each["id"] for each in again.query("notes")] == ["a", "c", "d", "e"]
    again.commit([Delete("notes", "a"), put("b")], NOW)
    assert [each["id"] for each in opened(folder).query("notes")] == ["b", "c", "d", "e"]


def test_what_is_newer_in_a_damaged_snapshot_than_all_else_is_saved(folder: Path) -> None:
    engine = filled(folder)
    engine.compact()
    engine.commit([put("f")], NOW)
    for each in (folder / "history").iterdir():
        if not each.name.startswith("000000000001"):
            each.unlink()
    edit(folder / "coach.json", b'"number 2"', b'"number 2')
    assert "not all there" in opened(folder).read_only
    repairing(folder).repair()
    again = opened(folder)
    assert again.read_only == ""
    assert {"a", "b", "c", "d", "e", "f"} == {each["id"] for each in again.query("notes")}


def test_what_holds_nothing_cannot_be_repaired(folder: Path) -> None:
    folder.mkdir()
    (folder / "coach.json").write_text("nothing")
    with pytest.raises(Corrupt):
        repairing(folder).repair()
    assert (folder / "coach.json").read_text() == "nothing"
