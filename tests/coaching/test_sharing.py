"""What leaves is written whole, logged with its hash, and not to be undone."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coach_tui.coaching.desk import Desk, empty_desk
from coach_tui.coaching.refusals import REFUSALS
from coach_tui.domain.enumerations import CoacheeKind, PlanPart
from coach_tui.domain.following_up import FollowUp, Praise
from coach_tui.domain.preparing import with_time
from coach_tui.domain.records import (
    ActionStep,
    Coachee,
    CoachingPlan,
    GrowthGoal,
    Share,
    TickedNote,
    UpcomingLesson,
)
from coach_tui.domain.records.observation import LookForTick, Tally
from coach_tui.domain.statuses import Rules
from coach_tui.exchange.errors import ExchangeError
from coach_tui.presentation.documents import Document, Format
from coach_tui.presentation.follow_up import follow_up_document
from coach_tui.presentation.observation_document import shareable_document
from coach_tui.presentation.plan import PlanSources, plan_document
from tests.domain.progress.samples import goal
from tests.support import HOSTILE, NOW, TODAY, clock, launched, note_line, observation


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


COLLEAGUES = ("Wei Li", "Ann Ng", "Grace Hill", "Søren Ødegård", "Łukasz Nowak", "Tom O'Neil")

TELLING = (
    "go see Ms. Li or Ms. Ng for tiles, borrowed from ms. hill; like Soren said, ask odegard: "
    "MsNg, li2, HillRoom12, tnowak@x.org, Lukasz, O\u02bcNeil, ONeil, Tommy"
)

NAMED = re.compile(
    r"\b(li|ng|hill|soren|odegard|msng|li2|tnowak|lukasz|neil|oneil|tommy)\b", re.IGNORECASE
)


def _observation() -> Document:
    seen = observation(
        lesson=TELLING,
        materials=TELLING,
        technique=TELLING,
        lines=(note_line(TELLING),),
        tallies=(Tally(label=TELLING, presses=(NOW,)),),
        look_fors=(LookForTick(label=TELLING, count=1),),
    )
    return shareable_document("Ana Ruiz", seen, clock().local, NOW)


def _follow_up() -> Document:
    step = ActionStep(
        text=TELLING, success=TELLING, lesson=UpcomingLesson(date=TODAY, label=TELLING)
    )
    line = note_line(TELLING)
    praise = (Praise(with_time(line, clock().local), line), Praise(TELLING))
    of = FollowUp(praise, TELLING, TELLING, step, {})
    return follow_up_document(of, TODAY, clock().local, TODAY)


def _plan() -> Document:
    told = GrowthGoal.from_document(goal(statement=TELLING, indicator=TELLING))
    parts = {part: TickedNote(done=True, note=TELLING) for part in PlanPart}
    plan = CoachingPlan(parts=parts)
    return plan_document(PlanSources(launched(plan=plan), (told,), None), TODAY)[0]


@pytest.mark.parametrize("written", [_observation, _follow_up, _plan])
def test_no_colleague_leaves_by_any_door(desk: Desk, written: Callable[[], Document]) -> None:
    ana = desk.coachees.add(name="Ana Ruiz")
    for name in COLLEAGUES:
        desk.coachees.add(name=name)
    assert NAMED.search(written().written(Format.TEXT))
    redactor = desk.sharing.redactor(ana)
    for form in (Format.MARKDOWN, Format.TEXT):
        text = written().changed(redactor.clean).written(form)
        assert NAMED.findall(text) == []
        assert "tiles" in text
    assert sorted(redactor.replaced) == sorted(COLLEAGUES)
