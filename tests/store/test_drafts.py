"""Unsaved text on the disk: kept at every change, gone when saved, taken up after a death."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach_tui.store import atomic
from coach_tui.store.draft_file import DraftFile
from coach_tui.store.draft_room import SIZE
from coach_tui.store.drafts import Draft, decode, encode
from coach_tui.store.errors import Corrupt, StoreFull
from coach_tui.store.left_behind import left_behind
from tests.support import HOSTILE

AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def draft(text: str = "T: what do you notice?", key: str = "a") -> Draft:
    return Draft(key, "Quick note on Ana", AT, (("text", "Line", text),), {"coachee": "ana"})


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DraftFile]:
    opened = DraftFile(str(tmp_path), "one")
    yield opened
    opened.close()


def test_a_draft_is_written_readable_by_its_owner_only(file: DraftFile) -> None:
    mask = os.umask(0)
    try:
        file.keep(draft())
        file.flush()
    finally:
        os.umask(mask)
    assert "what do you notice" in Path(file.path).read_text(encoding="utf-8")
    assert os.stat(file.path).st_mode & 0o777 == 0o600
    assert os.stat(file.folder).st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o077 == 0 for path in Path(file.folder).iterdir())


def test_nothing_is_made_before_something_is_typed(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    DraftFile(str(store), "one").close()
    assert list(store.iterdir()) == []


def test_a_draft_that_was_saved_leaves_no_trace(file: DraftFile) -> None:
    file.keep(draft())
    file.flush()
    file.drop("a")
    file.close()
    assert os.listdir(file.folder) == []


def test_the_thread_writes_without_being_asked(file: DraftFile) -> None:
    file.keep(draft("typed"))
    until = 500
    while until and not os.path.exists(file.path):
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        until -= 1
    assert "typed" in Path(file.path).read_text(encoding="utf-8")


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_comes_back_as_it_was(text: str) -> None:
    content = encode("one", (draft(text),), None)
    assert decode(content, "a path", None) == (draft(text),)


def test_half_of_a_character_does_not_lose_the_rest() -> None:
    content = encode("one", (draft("before \ud800 after"),), None)
    assert "before" in decode(content, "a path", None)[0].fields[0][2]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"format":1}', b"\xff", b"[" * 9000])
def test_what_is_no_draft_file_is_named_and_never_quoted(content: bytes) -> None:
    with pytest.raises(Corrupt, match="a path"):
        decode(content, "a path", None)


def test_a_living_session_keeps_its_drafts_to_itself(file: DraftFile, tmp_path: Path) -> None:
    file.keep(draft())
    file.flush()
    assert left_behind(str(tmp_path), own="two") == ([], [])


def test_a_dead_sessions_drafts_are_found_once(tmp_path: Path) -> None:
    _die_after(tmp_path, "one", "what do you notice?")
    found, unreadable = left_behind(str(tmp_path), own="two")
    assert unreadable == []
    assert [one.drafts[0].fields[0][2] for one in found] == ["what do you notice?"]
    assert left_behind(str(tmp_path), own="three") == ([], []), "they are held by the first"
    found[0].release()
    again, _ = left_behind(str(tmp_path), own="three")
    again[0].discard("a")
    assert os.listdir(tmp_path / "drafts") == []


def test_what_a_dead_session_was_just_writing_is_removed(tmp_path: Path) -> None:
    _die_after(tmp_path, "one", "kept")
    half = tmp_path / "drafts" / "one.json.1-aa.tmp"
    half.write_text("half of something confidential")
    found, _ = left_behind(str(tmp_path))
    assert [one.session for one in found] == ["one"]
    assert not half.exists()


def test_an_unreadable_file_is_named_and_left(tmp_path: Path) -> None:
    _die_after(tmp_path, "one", "x")
    path = tmp_path / "drafts" / "one.json"
    path.write_bytes(b"{torn")
    assert left_behind(str(tmp_path)) == ([], [str(path)])
    assert path.exists()


def test_a_full_disk_is_said_and_tried_again(
    file: DraftFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as without_room:
        without_room.setattr(atomic, "write", _full)
        file.keep(draft("typed while it was full"))
        file.flush()
        said = str(file.trouble)
    assert "No room" in said
    assert "typed" not in said
    file.flush()
    assert file.trouble is None
    assert "while it was full" in Path(file.path).read_text(encoding="utf-8")


def test_on_a_full_disk_drafts_go_into_the_room_that_was_kept_for_them(
    file: DraftFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.announce()
    inodes = {os.stat(path).st_ino for path in Path(file.folder).glob("*.tmp")}
    assert len(inodes) == 2
    monkeypatch.setattr(atomic, "write", _full)
    for text in ("one", "two, longer than one", "3"):
        file.keep(draft(text))
        file.flush()
        assert file.trouble is None
        assert decode(Path(file.path).read_bytes(), "a path", None) == (draft(text),)
        assert os.stat(file.path).st_mode & 0o777 == 0o600
        assert {os.stat(path).st_ino for path in Path(file.folder).glob("*.json*")} == inodes
        blank = [one.read_bytes().strip() for one in Path(file.folder).glob("*.tmp")]
        assert set(blank) == {b""}, "no text stays in what is only room"
    file.drop("a")
    file.flush()
    assert not os.path.exists(file.path)
    assert {os.stat(path).st_ino for path in Path(file.folder).glob("*.tmp")} == inodes
    file.close()
    assert os.listdir(file.folder) == []


def test_more_than_the_room_holds_is_said_and_the_draft_before_stays(
    file: DraftFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.announce()
    with monkeypatch.context() as full:
        full.setattr(atomic, "write", _full)
        file.keep(draft("kept"))
        file.flush()
        file.keep(draft("x" * SIZE))
        file.flush()
        assert "No room" in str(file.trouble)
        assert decode(Path(file.path).read_bytes(), "a path", None) == (draft("kept"),)
    file.flush()
    assert file.trouble is None
    assert decode(Path(file.path).read_bytes(), "a path", None) == (draft("x" * SIZE),)
    assert len(list(Path(file.folder).glob("*.tmp"))) == 2, "the room is made again"


@pytest.mark.parametrize("gone", ["*.json", "*.tmp"])
def test_files_that_somebody_removed_are_no_draft_lost(
    file: DraftFile, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    file.announce()
    monkeypatch.setattr(atomic, "write", _full)
    file.keep(draft("one"))
    file.flush()
    for path in Path(file.folder).glob(gone):
        path.unlink()
    file.keep(draft("two"))
    file.flush()
    monkeypatch.undo()
    file.flush()
    assert file.trouble is None
    assert decode(Path(file.path).read_bytes(), "a path", None) == (draft("two"),)


def test_a_killed_sessions_room_goes_with_what_it_left(tmp_path: Path) -> None:
    _die_after(tmp_path, "one", "kept")
    assert list((tmp_path / "drafts").glob("*.tmp"))
    found, _ = left_behind(str(tmp_path))
    assert [one.drafts[0].fields[0][2] for one in found] == ["kept"]
    assert not list((tmp_path / "drafts").glob("*.tmp"))


def _full(path: str, chunks: object, *, durable: bool = True) -> os.stat_result:
    raise StoreFull(path)


def _die_after(directory: Path, session: str, text: str) -> None:
    """Keep a draft in a process that is then killed."""
    code = f"""
import os, signal
from datetime import UTC, datetime
from coach_tui.store.draft_file import DraftFile
from coach_tui.store.drafts import Draft
file = DraftFile({str(directory)!r}, {session!r})
file.keep(Draft("a", "Quick note", datetime.now(UTC), (("text", "Line", {text!r}),), {{}}))
file.flush()
os.kill(os.getpid(), signal.SIGKILL)
"""
    died = subprocess.run([sys.executable, "-c", code], check=False)
    assert died.returncode == -9
