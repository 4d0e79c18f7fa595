"""What leaves is written whole, logged with its hash, and not to be undone."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach_tui.coaching.desk import Desk, empty_desk
from coach_tui.coaching.refusals import REFUSALS
from coach_tui.domain.enumerations import CoacheeKind
from coach_tui.domain.records import Coachee, Share
from coach_tui.domain.statuses import Rules
from coach_tui.exchange.errors import ExchangeError
from tests.support import HOSTILE, clock


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = empty_desk(clock(), Rules())
    yield made
    made.close()


@pytest.fixture
def ana(desk: Desk) -> Coachee:
    return desk.coachees.add(name="Ana Ruiz")


def test_a_file_holds_what_was_shown_and_the_log_too(
    desk: Desk, ana: Coachee, tmp_path: Path
) -> None:
    text = "Follow-up\n" + "\n".join(HOSTILE[3:7])
    path = tmp_path / "follow-up.md"
    share = desk.sharing.to_file("follow-up", ana, text, str(path))
    assert path.read_bytes() == text.encode()
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert (share.recipient, share.coachee, share.channel) == ("Ana Ruiz", ana.id, "file")
    assert share.text == text
    assert share.sha256 == hashlib.sha256(text.encode()).hexdigest()
    assert [one.id for one in desk.sharing.with_coachee(ana.id)] == [share.id]


def test_a_file_that_is_there_is_not_touched_and_nothing_is_logged(
    desk: Desk, ana: Coachee, tmp_path: Path
) -> None:
    path = tmp_path / "mine.md"
    path.write_text("mine")
    with pytest.raises(ExchangeError, match="is there already"):
        desk.sharing.to_file("follow-up", ana, "x", str(path))
    assert path.read_text() == "mine"
    assert desk.sharing.with_coachee(ana.id) == []


def test_a_file_in_no_folder_and_an_impossible_name_are_refused(
    desk: Desk, ana: Coachee, tmp_path: Path
) -> None:
    for path in (str(tmp_path / "none" / "x.md"), "a\0b"):
        with pytest.raises(REFUSALS):
            desk.sharing.to_file("follow-up", ana, "x", path)


def test_what_cannot_be_logged_does_not_leave(
    desk: Desk, ana: Coachee, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*given: object) -> None:
        raise ValueError("no")

    monkeypatch.setattr(desk.ledger, "save_for_good", refuse)
    path = tmp_path / "x.md"
    with pytest.raises(ValueError, match="no"):
        desk.sharing.to_file("follow-up", ana, "x", str(path))
    assert not path.exists()


def test_undo_reaches_past_what_was_shared(desk: Desk, ana: Coachee) -> None:
    desk.sharing.log("follow-up", ana, "x", "clipboard")
    assert desk.ledger.undo() == "Add Ana Ruiz"
    assert isinstance(desk.sharing.with_coachee(ana.id)[0], Share)


def test_everybody_else_is_taken_out_but_not_the_readers(desk: Desk) -> None:
    team = desk.coachees.add(
        name="Grade 4 team", kind=CoacheeKind.TEAM, members=("Ana Ruiz", "Bo Lindqvist")
    )
    desk.coachees.add(name="Ana Ruiz")
    desk.coachees.add(name="Algebra team", kind=CoacheeKind.TEAM, members=("Denise Okafor",))
    redactor = desk.sharing.redactor(team)
    cleaned = redactor.clean("Ana Ruiz and Bo Lindqvist of the Grade 4 team, not Okafor")
    assert cleaned == "Ana Ruiz and Bo Lindqvist of the Grade 4 team, not [a colleague]"
    assert redactor.replaced == ["Denise Okafor"]


def test_full_names_of_others_are_asked_about(desk: Desk, ana: Coachee) -> None:
    assert desk.sharing.full_names("Maria Lopez said: 4/8. Ana Ruiz nodded", ana) == (
        "Maria Lopez",
    )
    assert desk.sharing.full_names("S3 said 4/8", ana) == ()
