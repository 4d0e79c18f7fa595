"""A text handed out to an editor: in a file of the owner's only, taken back after any death."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach_tui.coaching.clock import SettableClock
from coach_tui.coaching.drafting import Drafting
from coach_tui.coaching.edited_texts import TEXT, is_new
from coach_tui.store.draft_file import DraftFile
from coach_tui.store.draft_room import DraftRoom
from coach_tui.store.drafts import Draft, Sealing
from coach_tui.store.errors import StoreFull, Unavailable
from coach_tui.store.left_behind import left_behind
from coach_tui.store.paths import TEMPORARY
from tests.store.test_encryption import cipher
from tests.ui.driving import NOW, ZONE

BEFORE = "0001 09:14:05 t what do you notice?\n"


class Session:
    """A session that has handed its one text out."""

    def __init__(self, folder: Path, sealing: Sealing | None = None) -> None:
        """Hand it out."""
        self.folder, self.sealing = folder, sealing
        self.file = DraftFile(str(folder), "one", sealing)
        self.drafts = Drafting(SettableClock(NOW, ZONE))
        self.drafts.attach(self.file)
        fields = ((TEXT, "Script", BEFORE),)
        self.drafts.keep("a", "Notes on Ana", fields, {"coachee": "ana"}, {TEXT: BEFORE})
        self.path = Path(self.drafts.hand_out("a"))

    def die(self) -> None:
        """End as a killed process does: its lock goes, and nothing else."""
        assert self.file._alive is not None
        self.file._alive.release(remove=False)
        self.file._alive = None

    def left(self) -> tuple[Draft, ...]:
        """Return what another session finds, and let go of it."""
        found, unreadable = left_behind(str(self.folder), self.sealing, "two")
        assert unreadable == []
        for one in found:
            one.release()
        return found[0].drafts if found else ()

    def files(self) -> list[str]:
        """Return what lies among the drafts, but for the room that is kept for them."""
        names = os.listdir(self.folder / "drafts")
        return sorted(name for name in names if not name.endswith(TEMPORARY))


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """Return a session whose text is handed out."""
    made = Session(tmp_path)
    yield made
    made.file.close()


def text_of(draft: Draft) -> str:
    """Return the text that a draft keeps."""
    return next(text for name, _, text in draft.fields if name == TEXT)


def test_the_file_is_the_owners_only_and_goes_with_all_that_was_made_beside_it(
    session: Session,
) -> None:
    assert stat.S_IMODE(session.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(session.path.parent.stat().st_mode) == 0o700
    session.path.write_text("other words", encoding="utf-8")
    for name in ("notes.txt~", ".notes.txt.swp"):
        (session.path.parent / name).write_text("x", encoding="utf-8")
    closed = session.path.parent / "backup"
    closed.mkdir()
    (closed / "copy").write_text("x", encoding="utf-8")
    closed.chmod(0)
    taken = session.drafts.take_in("a", ended_well=True)
    assert text_of(taken) == "other words"
    assert [name for name, _, _ in taken.fields] == [TEXT]
    assert session.files() == ["one.alive", "one.json"]
    session.drafts.drop("a")
    session.file.flush()
    assert session.files() == ["one.alive"]


def test_a_living_session_keeps_its_editor_and_a_dead_ones_text_is_found(session: Session) -> None:
    session.path.write_text("written there", encoding="utf-8")
    (session.path.parent / ".notes.txt.swp").write_bytes(b"\xff never written")
    assert session.left() == ()
    assert session.path.exists()
    session.die()
    for _ in range(2):
        (draft,) = session.left()
        assert text_of(draft) == "written there"
        assert "not written yet" in draft.fields[-1][2]
        assert session.files() == ["one.alive", "one.json"]
    again = Drafting(SettableClock(NOW, ZONE))
    again.attach(DraftFile(str(session.folder), "two"))
    again._put(draft)
    path = Path(again.hand_out("a"))
    assert path.read_text(encoding="utf-8") == "written there"
    assert (path.parent / ".notes.txt.swp").read_bytes() == b"\xff never written"


@pytest.mark.parametrize("name", ["notes.txt.save", "#notes.txt#"])
def test_what_an_editor_rescued_when_it_was_hung_up_on_is_the_text(
    session: Session, name: str
) -> None:
    (session.path.parent / name).write_text("typed, not saved", encoding="utf-8")
    taken = session.drafts.take_in("a", ended_well=False)
    assert text_of(taken) == "typed, not saved"


def test_a_text_nobody_changed_is_nothing_that_was_left(session: Session) -> None:
    assert not is_new(session.drafts.take_in("a", ended_well=True))
    session.path = Path(session.drafts.hand_out("a"))
    (session.path.parent / "notes.txt~").write_text(BEFORE, encoding="utf-8")
    session.die()
    assert session.left() == ()
    assert session.files() == []


def test_in_a_locked_store_nothing_of_it_is_readable_once_it_was_found(tmp_path: Path) -> None:
    session = Session(tmp_path, cipher())
    session.path.write_text("written there", encoding="utf-8")
    (session.path.parent / ".notes.txt.swp").write_text("never written", encoding="utf-8")
    session.die()
    (draft,) = session.left()
    assert text_of(draft) == "written there"
    (file,) = (tmp_path / "drafts").glob("*.json")
    assert session.files() == ["one.alive", "one.json"]
    assert b"written" not in file.read_bytes()


def test_without_room_for_a_draft_no_text_leaves_and_what_came_back_stays_in_its_file(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(room: DraftRoom, content: bytes) -> None:
        raise StoreFull("the drafts")

    session.path.write_text("written there", encoding="utf-8")
    with monkeypatch.context() as no_room:
        no_room.setattr(DraftRoom, "write", full)
        assert text_of(session.drafts.take_in("a", ended_well=True)) == "written there"
        assert session.path.exists(), "it is not on the disk anywhere else"
        session.drafts.keep("b", "Other notes", ((TEXT, "Script", ""),), {}, {TEXT: ""})
        with pytest.raises(Unavailable):
            session.drafts.hand_out("b")
    session.drafts.drop("b")
    session.drafts.flush()
    session.die()
    (draft,) = session.left()
    assert text_of(draft) == "written there"


def test_over_a_store_in_memory_no_text_leaves() -> None:
    drafts = Drafting(SettableClock(NOW, ZONE))
    drafts.keep("a", "Notes", ((TEXT, "Script", ""),), {}, {TEXT: ""})
    with pytest.raises(Unavailable):
        drafts.hand_out("a")
