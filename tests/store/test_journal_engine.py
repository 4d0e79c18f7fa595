"""What is the journal engine's own: the folder, other sessions, and hands that edit the files."""

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

from coach_tui.store import backups, summary
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
from coach_tui.store.header import Header
from coach_tui.store.journal import chained
from coach_tui.store.lock import FileLock
from tests.store.samples import NOW, coachee, document, everything, later, names_in, opened

FILES = ["coach.journal.jsonl", "coach.json", "coach.lock", "coach.summary.json"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


def put(id: str, expected: int | None = None, table: str = "notes", **fields: Any) -> Put:
    return Put(table, document(id, **fields), expected)


def edit(folder: Path, old: str, new: str) -> None:
    """Edit the store's snapshot as a person would, in place."""
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


def test_a_damaged_store_of_which_nothing_else_is_left_does_not_open_and_is_not_touched(
    folder: Path,
) -> None:
    engine = opened(folder)
    engine.commit([put("a", text="x")], NOW)
    engine.compact()
    edit(folder, '"text":"x"', '"text":')
    for path in folder.iterdir():
        if path.name != "coach.json":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    data = (folder / "coach.json").read_bytes()
    with pytest.raises(Corrupt, match="line 3 is not a document"):
        opened(folder)
    assert (folder / "coach.json").read_bytes() == data


def test_a_newer_store_does_not_open(folder: Path) -> None:
    opened(folder)
    edit(folder, '"schema":2', '"schema":9')
    with pytest.raises(NeedsUpgrade, match="format 9"):
        opened(folder)
    edit(folder, '"schema":9', '"schema":2')
    journal = folder / "coach.journal.jsonl"
    line = journal.read_bytes().split(b',"h":')[0].replace(b'"schema":2', b'"schema":9') + b"}"
    journal.write_bytes(chained(line, json.loads(line)["head"])[0])
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
        (1, "a", None, {"id": "a", "revision": 1, "n": 1}),
        (1, "b", None, {"id": "b", "revision": 1}),
        (2, "a", {"id": "a", "revision": 1, "n": 1}, {"id": "a", "revision": 2, "n": 2}),
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


def test_the_past_is_remembered_across_sessions_with_who_and_when_and_why(folder: Path) -> None:
    first = opened(folder, session="first")
    first.commit([put("a", n=1)], NOW, title="Add a")
    first.compact()
    first.commit([put("a", n=2)], later(days=1), title="Change a")
    first.close()
    second = opened(folder, session="second")
    second.commit([put("a", n=1)], later(days=2), title="Take it back", undoes=2)
    second.compact()
    second.compact()
    engine = opened(folder)
    told = [
        (commit.sequence, commit.at, commit.session, commit.title, commit.undoes)
        for commit in engine.commits(0)
    ]
    assert told == [
        (1, NOW, "first", "Add a", 0),
        (2, later(days=1), "first", "Change a", 0),
        (3, later(days=2), "second", "Take it back", 2),
    ]
    history = engine.history("notes", "a")
    numbers = [(each.before or {}).get("n") for each in history]
    assert numbers == [None, 1, 2]
    assert [each.session for each in history] == ["first", "first", "second"]
    assert history == engine.changes(0)
    assert engine.changes(2) == history[2:]


def test_the_history_of_a_document_that_is_gone_is_found(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a", n=1), put("b")], NOW)
    engine.compact()
    engine.commit([Delete("notes", "a")], NOW)
    engine.compact()
    engine.commit([put("c")], NOW)
    again = opened(folder)
    assert [(each.before or {}).get("n") for each in again.history("notes", "a")] == [None, 1]
    assert again.history("notes", "a")[-1].after is None
    assert len(again.history("notes", "c")) == 1


def test_what_history_does_not_have_any_more_is_not_made_up(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a", n=1)], NOW)
    engine.compact()
    engine.commit([put("a", n=2)], NOW)
    shutil.rmtree(folder / "history")
    again = opened(folder)
    with pytest.raises(ChangesForgotten) as caught:
        again.changes(0)
    assert (caught.value.since, caught.value.oldest) == (0, 1)
    assert [each.sequence for each in again.changes(1)] == [2]
    assert [each.before for each in again.history("notes", "a")] == [
        {"id": "a", "revision": 1, "n": 1}
    ]


def test_an_older_moment_does_not_disturb_the_order(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a")], NOW)
    assert engine.commit([put("b")], later(days=-4_000)).sequence == 2
    assert [change.id for change in opened(folder).changes(2)] == []
    assert [change.id for change in engine.changes(0)] == ["a", "b"]


def test_poll_neither_waits_for_nor_disturbs_a_commit_of_another_thread(folder: Path) -> None:
    engine, other = opened(folder), opened(folder)
    polled: list[bool] = []
    with engine.exclusively():
        thread = threading.Thread(target=lambda: polled.append(engine.poll()))
        thread.start()
        thread.join()
        assert not other.poll()
    assert polled == [False]
    other.commit([put("a")], NOW)
    with FileLock(str(folder / "coach.lock"), 0).hold():
        assert not engine.poll()
        assert engine.query("notes") == []
    assert engine.poll()
    assert len(engine.query("notes")) == 1


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


def test_an_edit_by_hand_is_shown_and_nothing_is_saved_until_it_is_accepted(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a", text="before"), put("b")], NOW)
    engine.compact()
    edit(folder, "before", "by hand")
    data = (folder / "coach.json").read_bytes()
    for each in (engine, opened(folder)):
        each.poll()
        assert "changed outside" in each.read_only
        assert each.query("notes")[0]["text"] == "by hand"
        assert [notice.where for notice in each.notices] == ["notes/a"]
        with pytest.raises(ReadOnly, match="doctor --accept"):
            each.commit([put("b", n=1)], NOW)
    assert (folder / "coach.json").read_bytes() == data
    (folder / "coach.json").write_bytes(data.replace(b"by hand", b"before"))
    assert engine.poll()
    assert engine.read_only == ""
    assert engine.commit([put("a", 1, text="after")], NOW).sequence == 2


def test_an_older_copy_put_back_is_said_and_nothing_is_lost(folder: Path, tmp_path: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a", n=1)], NOW)
    engine.compact()
    shutil.copy(folder / "coach.json", tmp_path / "old")
    engine.commit([put("a", n=2)], NOW)
    engine.compact()
    engine.commit([put("b")], NOW)
    shutil.copy(tmp_path / "old", folder / "coach.json")
    again = opened(folder)
    assert [notice.text for notice in again.notices if "older copy" in notice.text]
    assert everything(again) == everything(engine)
    assert engine.poll() in (True, False)
    for each, id in ((again, "c"), (engine, "d")):
        each.commit([put(id)], NOW)
    assert [found["id"] for found in opened(folder).query("notes")] == ["a", "b", "c", "d"]
    assert not opened(folder).notices


def test_an_older_copy_without_what_followed_can_only_be_read(folder: Path, tmp_path: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a", n=1)], NOW)
    engine.compact()
    shutil.copy(folder / "coach.json", tmp_path / "old")
    engine.commit([put("a", n=2)], NOW)
    engine.compact()
    shutil.copy(tmp_path / "old", folder / "coach.json")
    shutil.rmtree(folder / "history")
    again = opened(folder)
    assert "what lies between is missing" in again.read_only
    assert again.query("notes") == [{"id": "a", "revision": 1, "n": 1}]


def test_the_numbers_of_what_was_lost_are_not_used_again(folder: Path) -> None:
    engine = opened(folder)
    for number in range(3):
        engine.commit([put("a", n=number)], NOW)
    journal = folder / "coach.journal.jsonl"
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:-2]))
    again = opened(folder)
    assert [
        notice.text for notice in again.notices if "2 changes that were acknowledged" in notice.text
    ]
    assert again.commit([put("c")], NOW).sequence == 4
    assert [commit.sequence for commit in opened(folder).commits(0)] == [1, 4]
    with pytest.raises(Conflict):
        engine.commit([put("a", 3)], NOW)
    assert everything(engine) == everything(again)


def test_another_store_in_its_place_is_refused(folder: Path, tmp_path: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a")], NOW)
    other = opened(tmp_path / "other")
    other.commit([put("x")], NOW)
    other.compact()
    shutil.copy(tmp_path / "other" / "coach.json", folder / "coach.json")
    with pytest.raises(Unavailable, match="another store"):
        engine.poll()
    with pytest.raises(Unavailable, match="another store"):
        engine.commit([put("b")], NOW)
    again = opened(folder)
    assert [found["id"] for found in again.query("notes")] == ["x"]
    assert "another store" in again.read_only
    with pytest.raises(ReadOnly, match="another store"):
        again.commit([put("b")], NOW)


def test_a_file_that_is_gone_is_said_and_made_again_from_the_rest(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a")], NOW)
    (folder / "coach.json").unlink()
    with pytest.raises(Unavailable, match="is gone"):
        engine.poll()
    with pytest.raises(Unavailable, match="is gone"):
        engine.commit([put("b")], NOW)
    assert engine.query("notes")
    assert "the file is missing" in [finding.text for finding in engine.check()]
    again = opened(folder)
    assert everything(again) == everything(engine)
    assert json.loads((folder / "coach.json").read_bytes())["notes"]["a"]["id"] == "a"
    engine.poll()
    engine.commit([put("b")], NOW)
    assert [found["id"] for found in opened(folder).query("notes")] == ["a", "b"]


def test_a_snapshot_that_is_damaged_is_put_aside_and_made_again(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a", text="x"), put("b")], NOW)
    engine.compact()
    engine.commit([put("b", text="y")], NOW)
    before = everything(engine)
    edit(folder, '"text":"x"', '"text":')
    damaged = (folder / "coach.json").read_bytes()
    again = opened(folder)
    assert everything(again) == before
    assert again.read_only == ""
    assert "line 3 is not a document" in [notice.text for notice in again.notices]
    assert [path.read_bytes() for path in folder.glob("coach.damaged-*")] == [damaged]
    engine.poll()
    assert engine.commit([put("c")], NOW).sequence == 3
    assert not opened(folder).notices


def test_touching_the_file_is_no_change(folder: Path) -> None:
    engine = opened(folder)
    engine.commit([put("a")], NOW)
    engine.compact()
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
    from coach_tui.store import documents

    engine = opened(folder)
    engine.commit([put(f"n{number}") for number in range(50)], NOW)
    encoded: list[str] = []
    real = documents.encode_and_copy

    def encode(table: str, each: dict[str, Any]) -> tuple[bytes, dict[str, Any]]:
        encoded.append(each["id"])
        return real(table, each)

    monkeypatch.setattr(documents, "encode_and_copy", encode)
    engine.commit([put("n7"), put("new")], NOW)
    engine.compact()
    assert encoded == ["n7", "new"]


def test_documents_are_in_the_file_in_the_order_of_ids_however_they_came(folder: Path) -> None:
    engine = opened(folder)
    for id in ("m", "a", "z", "k"):
        engine.commit([put(id)], NOW)
    engine.compact()
    engine.commit([put("b"), put("zz"), Delete("notes", "m")], NOW)
    assert [found["id"] for found in engine.query("notes")] == ["a", "b", "k", "z", "zz"]
    engine.compact()
    ids = re.findall(r'^"(\w+)":\{"id"', (folder / "coach.json").read_text(), re.MULTILINE)
    assert ids == ["a", "b", "k", "z", "zz"]
    assert [found["id"] for found in engine.query("notes")] == ids


@pytest.mark.parametrize("look", ["poll", "close"])
def test_the_summary_is_beside_it_when_the_session_looks_round_or_ends(
    folder: Path, look: str
) -> None:
    engine = opened(folder)
    engine.commit([Put("coachees", coachee().to_document())], NOW)
    expected = engine.live_summary.current()
    assert summary.read(str(folder)) == expected
    getattr(engine, look)()
    kept = json.loads((folder / "coach.summary.json").read_bytes())
    assert [facts["name"] for facts in kept["facts"]] == ["Ana"]
    assert kept["sequence"] == 1
    (folder / "coach.summary.json").write_text(json.dumps({**kept, "coach": "believed"}))
    found = summary.read(str(folder))
    assert found is not None
    assert found.coach == "believed"


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


# ------------------------------------------------------------------------------------ large stores


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [('"text":"x"', '"text":"y"', True), ('"text":"x"', '"text":', False)],
)
def test_a_wrong_seal_of_a_large_store_is_found_before_anything_is_saved(
    folder: Path, old: str, new: str, refused: bool
) -> None:
    engine = opened(folder)
    engine.commit([put("a", text="x"), put("b")], NOW)
    engine.compact()
    edit(folder, old, new)
    again = opened(folder, large=0)
    if refused:
        with pytest.raises(ReadOnly, match="changed outside"):
            again.commit([put("c")], NOW)
        assert [notice.where for notice in again.notices] == ["notes/a"]
    else:
        again.commit([put("c")], NOW)
        assert again.query("notes") == opened(folder).query("notes")
        assert [found["id"] for found in again.query("notes")] == ["a", "b", "c"]
        assert [name for name in names_in(folder) if name.startswith("coach.damaged")]


def test_a_journal_that_outgrew_the_snapshot_is_taken_into_a_new_one_beside_the_app(
    folder: Path,
) -> None:
    engine = opened(folder, compact_at=4_000, large=0)
    for number in range(60):
        engine.commit([put(f"n{number:02}", text="x" * 200)], NOW)
        engine.poll()
    engine.close()
    assert (folder / "coach.journal.jsonl").stat().st_size < 30_000
    assert (folder / "history").is_dir()
    again = opened(folder)
    assert [commit.sequence for commit in again.commits(0)] == list(range(1, 61))
    assert len(again.query("notes")) == 60
    assert not again.notices
    found = summary.read(str(folder))
    assert found is not None
    assert found.sequence == 60


def test_backups_thin_out_with_age(folder: Path) -> None:
    opened(folder)
    for day in range(400):
        moment = later(days=day).isoformat()
        backups.keep(str(folder), str(folder / "coach.json"), Header("store", day, moment))
        backups.prune(str(folder))
    kept = backups.found(str(folder))
    days = [later(days=day).date() for day in range(400)]
    assert 20 <= len(kept) <= backups.NEWEST + backups.DAYS + backups.WEEKS + backups.MONTHS
    assert [backup.moment[:8] for backup in kept[:7]] == [
        day.strftime("%Y%m%d") for day in reversed(days[-7:])
    ]
    assert kept[-1].moment[:6] == days[-330].strftime("%Y%m")
    # A clock that was set back takes away nothing else.
    wrong = Header("store", 500, later(days=-4_000).isoformat())
    backups.keep(str(folder), str(folder / "coach.json"), wrong)
    backups.prune(str(folder))
    assert {backup.path for backup in kept[:7]} <= {one.path for one in backups.found(str(folder))}


def test_the_newest_backup_and_the_history_make_up_for_all_else(folder: Path) -> None:
    engine = opened(folder)
    for number in range(5):
        engine.commit([put(f"n{number}")], NOW)
        engine.compact()
    engine.commit([put("last")], NOW)
    before = everything(engine)
    newest = backups.found(str(folder))[0]
    Path(newest.path).write_bytes(b"damaged too")
    (folder / "coach.json").write_bytes(b"damaged")
    again = opened(folder)
    assert everything(again) == before
    assert again.read_only == ""
