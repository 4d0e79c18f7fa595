"""What is the snapshot engine's own: the folder, other sessions, and hands that edit the file."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import stat
import threading
from pathlib import Path
from typing import Any

import pytest

from coach_tui.store import summary
from coach_tui.store.engine import Delete, Put, Severity
from coach_tui.store.errors import (
    ChangesForgotten,
    Conflict,
    Corrupt,
    Locked,
    NeedsUpgrade,
    NoStore,
    ReadOnly,
    Unavailable,
)
from coach_tui.store.lock import FileLock
from tests.store.samples import NOW, coachee, document, everything, later, names_in, opened

FILES = ["coach.json", "coach.lock", "coach.summary.json"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


def put(id: str, expected: int | None = None, table: str = "notes", **fields: Any) -> Put:
    return Put(table, document(id, **fields), expected)


def edit(folder: Path, old: str, new: str) -> None:
    """Edit the store's file as a person would, in place."""
    path = folder / "coach.json"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


# ----------------------------------------------------------------------------------------- opening


def test_what_was_committed_is_there_when_it_is_opened_again(folder: Path) -> None:
    first = opened(folder)
    first.commit([put("a", text="kept")], NOW)
    again = opened(folder, create=False)
    assert everything(again) == {"notes": {"a": {"id": "a", "revision": 1, "text": "kept"}}}
    assert (again.sequence, again.store) == (1, first.store)
    assert names_in(folder) == FILES


def test_a_store_is_made_only_when_asked(folder: Path) -> None:
    with pytest.raises(NoStore, match="no store in"):
        opened(folder, create=False)
    assert not folder.exists()
    (folder.parent / "file").touch()
    with pytest.raises(NoStore):
        opened(folder.parent / "file" / "below", create=False)


def test_two_that_make_it_at_once_have_the_same_store(folder: Path) -> None:
    made: list[str] = []
    threads = [threading.Thread(target=lambda: made.append(opened(folder).store)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert len(set(made)) == 1


def test_modes_that_stand_open_are_repaired_and_said(folder: Path) -> None:
    opened(folder).commit([put("a")], NOW)
    folder.chmod(0o755)
    for name in FILES:
        (folder / name).chmod(0o644)
    notices = opened(folder).notices
    assert {notice.where for notice in notices} == {
        str(folder),
        *(str(folder / name) for name in FILES),
    }
    assert {notice.text for notice in notices} == {"others could read it; repaired"}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE((folder / name).stat().st_mode) for name in FILES} == {0o600}


def test_with_the_widest_umask_everything_is_the_owners_alone(folder: Path) -> None:
    before = os.umask(0)
    try:
        engine = opened(folder)
        engine.commit([put("a")], NOW)
        engine.snapshot(str(folder / "coach.copy"))
    finally:
        os.umask(before)
    modes = {name: stat.S_IMODE((folder / name).stat().st_mode) for name in names_in(folder)}
    assert modes == dict.fromkeys(["coach.copy", *FILES], 0o600)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_a_dead_writer_left_is_removed_and_said(folder: Path) -> None:
    opened(folder).commit([put("a")], NOW)
    for name in ("coach.json.123-ab.tmp", "coach.summary.json.9-cd.tmp"):
        (folder / name).write_text("half a no")
    (folder / "mine.tmp").touch()
    engine = opened(folder)
    assert [Path(notice.where).name for notice in engine.notices if "removed" in notice.text] == [
        "coach.json.123-ab.tmp",
        "coach.summary.json.9-cd.tmp",
    ]
    assert names_in(folder) == [*FILES, "mine.tmp"]


def test_opening_does_not_wait_for_anothers_save(folder: Path) -> None:
    opened(folder).commit([put("a")], NOW)
    (folder / "coach.json.123-ab.tmp").write_text("being written")
    with FileLock(str(folder / "coach.lock"), 0).hold():
        engine = opened(folder, lock_timeout=0)
        assert engine.query("notes")
        with pytest.raises(Locked):
            engine.commit([put("b")], NOW)
    assert (folder / "coach.json.123-ab.tmp").exists()
    engine.commit([put("b")], NOW)


def test_a_linked_folder_is_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    folder.symlink_to(tmp_path / "elsewhere")
    opened(folder).commit([put("a")], NOW)
    assert folder.is_symlink()
    assert names_in(tmp_path / "elsewhere") == FILES


@pytest.mark.parametrize("name", ["coach.json", "coach.lock"])
def test_a_linked_file_is_refused_and_left_as_it_is(
    folder: Path, tmp_path: Path, name: str
) -> None:
    opened(folder).commit([put("a")], NOW)
    target = tmp_path / "target"
    (folder / name).rename(target)
    (folder / name).symlink_to(target)
    before = target.read_bytes()
    with pytest.raises(Unavailable, match=r"symbolic link.*link the folder instead"):
        opened(folder).commit([put("b")], NOW)
    assert (folder / name).is_symlink()
    assert target.read_bytes() == before


def test_a_damaged_store_does_not_open_and_is_not_touched(folder: Path) -> None:
    opened(folder).commit([put("a", text="x")], NOW)
    edit(folder, '"text":"x"', '"text":')
    data = (folder / "coach.json").read_bytes()
    with pytest.raises(Corrupt, match="line 3 is not a document"):
        opened(folder)
    assert (folder / "coach.json").read_bytes() == data


def test_a_newer_store_does_not_open(folder: Path) -> None:
    opened(folder)
    edit(folder, '"schema":1', '"schema":9')
    with pytest.raises(NeedsUpgrade, match="format 9"):
        opened(folder)


# --------------------------------------------------------------------------------- reading and only


def refuse_writing(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """Make every opening for writing fail, as on a disk that is read-only."""
    real = os.open

    def only_reading(path: Any, flags: int, *rest: Any, **named: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(code, os.strerror(code))
        return real(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", only_reading)


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES])
def test_a_store_that_cannot_be_written_opens_for_reading_and_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    opened(folder).commit([put("a")], NOW)
    refuse_writing(monkeypatch, code)
    engine = opened(folder)
    assert [notice.severity for notice in engine.notices] == [Severity.WARNING]
    assert "can only be read" in engine.notices[0].text
    with pytest.raises(ReadOnly) as caught:
        engine.commit([put("b")], NOW)
    assert os.strerror(code) in caught.value.reason
    assert [found["id"] for found in engine.query("notes")] == ["a"]
    assert not engine.poll()


def test_a_store_cannot_be_made_where_nothing_can_be_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_writing(monkeypatch, errno.EROFS)
    with pytest.raises(ReadOnly):
        opened(folder)


def test_a_file_system_without_locks_is_for_reading(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    opened(folder).commit([put("a")], NOW)

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)
    engine = opened(folder)
    with pytest.raises(ReadOnly, match="has no locks"):
        engine.commit([put("b")], NOW)
    assert len(engine.query("notes")) == 1


# ---------------------------------------------------------------------------------- other sessions


def test_another_sessions_commit_is_seen_by_the_next_poll(folder: Path) -> None:
    mine, theirs = opened(folder), opened(folder)
    theirs.commit([put("a", n=1), put("b")], NOW)
    theirs.commit([put("a", n=2)], NOW)
    assert mine.query("notes") == []
    assert mine.poll()
    assert not mine.poll()
    assert mine.sequence == 2
    assert everything(mine) == everything(theirs)
    changes = [(c.sequence, c.id, c.before, c.after) for c in mine.changes(0)]
    assert changes == [
        (1, "b", None, {"id": "b", "revision": 1}),
        (2, "a", None, {"id": "a", "revision": 2, "n": 2}),
    ]


def test_another_sessions_delete_is_a_change(folder: Path) -> None:
    mine = opened(folder)
    mine.commit([put("a")], NOW)
    theirs = opened(folder)
    theirs.commit([Delete("notes", "a")], NOW)
    assert mine.poll()
    (change,) = mine.changes(1)
    assert (change.sequence, change.after) == (2, None)
    assert [c.sequence for c in mine.history("notes", "a")] == [1, 2]


def test_a_commit_takes_over_the_others_first(folder: Path) -> None:
    mine, theirs = opened(folder), opened(folder)
    theirs.commit([put("a")], NOW)
    commit = mine.commit([put("b")], NOW)
    assert commit.sequence == 2
    assert [change.id for change in commit.changes] == ["b"]
    assert [found["id"] for found in opened(folder).query("notes")] == ["a", "b"]


def test_the_same_document_saved_by_both_is_a_conflict_for_the_second(folder: Path) -> None:
    mine, theirs = opened(folder), opened(folder)
    mine.commit([put("a", 0, text="mine")], NOW)
    with pytest.raises(Conflict) as caught:
        theirs.commit([put("a", 0, text="theirs")], NOW)
    assert caught.value.theirs == {"id": "a", "revision": 1, "text": "mine"}
    assert theirs.sequence == 1


def test_changes_are_remembered_from_when_it_was_opened(folder: Path) -> None:
    opened(folder).commit([put("a")], NOW)
    engine = opened(folder)
    assert engine.changes(1) == []
    with pytest.raises(ChangesForgotten) as caught:
        engine.changes(0)
    assert (caught.value.since, caught.value.oldest) == (0, 1)


def test_an_older_moment_does_not_disturb_the_order(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a")], NOW)
    assert engine.commit([put("b")], later(days=-4_000)).sequence == 2
    assert [change.id for change in opened(folder).changes(2)] == []
    assert [change.id for change in engine.changes(0)] == ["a", "b"]


def test_poll_neither_waits_for_nor_disturbs_a_commit_of_another_thread(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a", text="before")], NOW)
    polled: list[bool] = []
    with engine.exclusively():
        edit(folder, "before", "by hand")
        thread = threading.Thread(target=lambda: polled.append(engine.poll()))
        thread.start()
        thread.join()
        assert engine.query("notes")[0]["text"] == "before"
    assert polled == [False]
    assert engine.poll()
    assert engine.query("notes")[0]["text"] == "by hand"


def test_threads_of_one_session_lose_nothing(folder: Path) -> None:
    engine = opened(folder)

    def write(name: str) -> None:
        for number in range(15):
            engine.commit([put(f"{name}-{number:02}", 0)], NOW)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened(folder).query("notes")) == 45
    assert engine.sequence == 45
    assert sorted({change.sequence for change in engine.changes(0)}) == list(range(1, 46))


# ------------------------------------------------------------------------- hands, copies, restores


def test_an_edit_by_hand_is_a_change_of_its_own(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a", text="before"), put("b")], NOW)
    edit(folder, "before", "by hand")
    assert engine.poll()
    assert engine.sequence == 2
    (change,) = engine.changes(1)
    assert (change.sequence, change.id) == (2, "a")
    with pytest.raises(Conflict) as caught:
        engine.commit([put("a", 1, text="overwritten")], NOW)
    assert caught.value.theirs == {"id": "a", "revision": 2, "text": "by hand"}
    assert engine.commit([put("b", 1)], NOW).sequence == 3
    stored = {found["id"]: found for found in opened(folder).query("notes")}
    assert stored["a"] == {"id": "a", "revision": 2, "text": "by hand"}


def test_a_commit_is_not_deceived_by_a_file_that_has_the_same_inode_size_and_time(
    folder: Path,
) -> None:
    # What happens when a file system gives the number of a file that is gone to a new one.
    theirs = opened(folder)
    theirs.commit([put("a", n=1)], NOW)
    path = folder / "coach.json"
    status = path.stat()
    other = path.read_text().replace('"sequence":1', '"sequence":2')
    path.write_text(other.replace('"revision":1,"n":1', '"revision":2,"n":2'))
    os.utime(path, ns=(status.st_mtime_ns, status.st_mtime_ns))
    assert not theirs.poll()
    assert theirs.commit([put("b")], NOW).sequence == 3
    assert theirs.query("notes", id="a") == [{"id": "a", "revision": 2, "n": 2}]


def test_an_older_copy_put_back_is_said_and_its_numbers_are_not_used_again(
    folder: Path, tmp_path: Path
) -> None:
    engine = opened(folder)
    engine.commit([put("a", n=1)], NOW)
    shutil.copy(folder / "coach.json", tmp_path / "old")
    engine.commit([put("a", n=2)], NOW)
    engine.commit([put("b")], NOW)
    shutil.copy(tmp_path / "old", folder / "coach.json")
    again = opened(folder)
    assert [notice.text for notice in again.notices if "older copy" in notice.text]
    assert again.sequence == 1
    assert again.commit([put("c")], NOW).sequence == 4
    assert [found["id"] for found in again.query("notes")] == ["a", "c"]
    assert not [notice for notice in opened(folder).notices if "older copy" in notice.text]


def test_an_older_copy_put_back_under_an_open_session_is_taken_over(
    folder: Path, tmp_path: Path
) -> None:
    engine = opened(folder)
    engine.commit([put("a", n=1)], NOW)
    shutil.copy(folder / "coach.json", tmp_path / "old")
    engine.commit([put("a", n=2), put("b")], NOW)
    shutil.copy(tmp_path / "old", folder / "coach.json")
    assert engine.poll()
    assert [(c.sequence, c.id) for c in engine.changes(2)] == [(3, "a"), (3, "b")]
    with pytest.raises(Conflict):
        engine.commit([put("a", 2, n=3)], NOW)
    assert engine.commit([put("a", 3, n=3)], NOW).sequence == 4


def test_another_store_in_its_place_is_refused(folder: Path, tmp_path: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a")], NOW)
    other = opened(tmp_path / "other")
    other.commit([put("x")], NOW)
    shutil.copy(tmp_path / "other" / "coach.json", folder / "coach.json")
    with pytest.raises(Unavailable, match="another store"):
        engine.poll()
    with pytest.raises(Unavailable, match="another store"):
        engine.commit([put("b")], NOW)
    assert [found["id"] for found in opened(folder).query("notes")] == ["x"]


def test_a_file_that_is_gone_is_said_and_what_was_read_stays(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a")], NOW)
    (folder / "coach.json").unlink()
    with pytest.raises(Unavailable, match="is gone"):
        engine.poll()
    with pytest.raises(Unavailable, match="is gone"):
        engine.commit([put("b")], NOW)
    assert engine.query("notes")
    assert [finding.text for finding in engine.check() if finding.where.endswith(".json")] == [
        "the file is gone"
    ]


def test_a_file_damaged_under_an_open_session_is_said_and_what_was_read_stays(
    folder: Path,
) -> None:
    engine = opened(folder)
    engine.commit([put("a", text="x")], NOW)
    edit(folder, '"text":"x"', '"text":')
    data = (folder / "coach.json").read_bytes()
    for act in (engine.poll, lambda: engine.commit([put("b")], NOW)):
        with pytest.raises(Corrupt):
            act()
    assert engine.query("notes")[0]["text"] == "x"
    assert (folder / "coach.json").read_bytes() == data


def test_touching_the_file_is_no_change(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a")], NOW)
    os.utime(folder / "coach.json", ns=(1, 1))
    assert not engine.poll()
    assert engine.sequence == 1


# ------------------------------------------------------------------------------- check and snapshot


def test_check_finds_what_stands_open_in_the_folder(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([Put("coachees", coachee().to_document())], NOW)
    assert engine.check() == []
    (folder / "coach.json").chmod(0o640)
    (finding,) = engine.check()
    assert (finding.severity, finding.where) == (Severity.WARNING, str(folder / "coach.json"))


def test_a_snapshot_never_goes_over_the_store_itself(folder: Path, tmp_path: Path) -> None:
    engine = opened(folder)
    (tmp_path / "link").symlink_to(folder)
    for path in (folder / "coach.json", tmp_path / "link" / "coach.json"):
        with pytest.raises(ValueError, match="another file"):
            engine.snapshot(str(path))


def test_a_snapshot_that_fails_leaves_what_was_there(folder: Path, tmp_path: Path) -> None:
    engine = opened(folder)
    with pytest.raises(Unavailable):
        engine.snapshot(str(tmp_path / "nowhere" / "copy.json"))


def test_only_what_changed_is_encoded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coach_tui.store import snapshot

    engine = opened(folder)
    engine.commit([put(f"n{number}") for number in range(50)], NOW)
    encoded: list[str] = []
    real = snapshot.encode

    def encode(table: str, each: dict[str, Any]) -> bytes:
        encoded.append(each["id"])
        return real(table, each)

    monkeypatch.setattr(snapshot, "encode", encode)
    engine.commit([put("n7"), put("new")], NOW)
    assert encoded == ["n7", "new"]


def test_documents_are_in_the_file_in_the_order_of_ids_however_they_came(folder: Path) -> None:
    engine = opened(folder)
    for id in ("m", "a", "z", "k"):
        engine.commit([put(id)], NOW)
    engine.commit([put("b"), put("zz"), Delete("notes", "m")], NOW)
    ids = re.findall(r'^"(\w+)":\{"id"', (folder / "coach.json").read_text(), re.MULTILINE)
    assert ids == ["a", "b", "k", "z", "zz"]
    assert [found["id"] for found in engine.query("notes")] == ids


def test_the_summary_is_beside_it_after_each_commit(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([Put("coachees", coachee().to_document())], NOW)
    kept = json.loads((folder / "coach.summary.json").read_bytes())
    assert kept["of"]["sequence"] == 1
    assert [facts["name"] for facts in kept["facts"]] == ["Ana"]
    assert summary.read(str(folder)) == engine.live_summary.current()


def test_a_document_from_which_no_fact_can_come_does_not_fail_the_commit(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([put("odd", table="coachees")], NOW)
    assert engine.sequence == 1
    with pytest.raises(Corrupt, match="coachees/odd"):
        summary.read(str(folder))
    engine.commit([Put("coachees", coachee("odd").to_document(), 1)], NOW)
    found = summary.read(str(folder))
    assert found is not None
    assert [facts.id for facts in found.facts] == ["odd"]
