"""Evidence through the verbs: by words, by reference, by lines of an observation."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from coach_tui.coaching.desk import Desk
from coach_tui.coaching.evidence import is_missing
from coach_tui.domain.enumerations import (
    EvidenceColumn,
    EvidenceMode,
    GoalState,
    LineKind,
    Party,
    StudentEvidenceKind,
)
from coach_tui.domain.records import Coachee, GrowthGoal, NamedLevel, Observation
from coach_tui.store.errors import Conflict
from tests.support import HOSTILE, TODAY, add_launched, desk, note_line, observation


@pytest.fixture
def of() -> Desk:
    return desk()


@pytest.fixture
def ana(of: Desk) -> Coachee:
    return add_launched(of)


@pytest.fixture
def goal(of: Desk, ana: Coachee) -> GrowthGoal:
    return of.goals.create(ana, GoalState.ACTIVE, TODAY, statement="S explain how they know")


@pytest.fixture
def seen(of: Desk, ana: Coachee) -> Observation:
    lines = (
        note_line("what do you notice?", id="0001", speaker="T", kind=LineKind.QUOTE),
        note_line("it doubles", id="0002", speaker="S3", kind=LineKind.QUOTE),
        note_line("G2: we drew it", id="0003"),
        note_line("copies the table", id="0004", speaker="S3"),
    )
    one = observation(TODAY - timedelta(days=1), coachee=ana.id, lines=lines)
    of.ledger.save("Seen", one)
    return of.observing.get(one.id)


@pytest.mark.parametrize("column", EvidenceColumn)
def test_evidence_in_each_column_has_its_mode(
    of: Desk, goal: GrowthGoal, column: EvidenceColumn
) -> None:
    item = of.evidence.add(goal.id, column, TODAY, what="six minutes of a debate")
    assert item.gathered_by is Party.TOGETHER
    assert (item.kind is not None) == (item.mode is EvidenceMode.STUDENT_EVIDENCE)
    cells = of.monitoring.matrix()[0].cells
    assert [cell.column for cell in cells if cell.count] == [column]


def test_what_is_wrong_is_refused(of: Desk, goal: GrowthGoal) -> None:
    work = EvidenceColumn.WORK
    with pytest.raises(ValueError, match="to come"):
        of.evidence.add(goal.id, work, TODAY + timedelta(days=1), what="slips")
    with pytest.raises(ValueError, match="says what it is"):
        of.evidence.add(goal.id, work, TODAY, what="  ")
    high = NamedLevel(level="high", named_by=Party.TEACHER)
    with pytest.raises(ValueError, match="far from proficient, close to"):
        of.evidence.add(goal.id, work, TODAY, what="slips", level=high)


def test_student_lines_become_discourse_and_never_count_twice(
    of: Desk, goal: GrowthGoal, seen: Observation
) -> None:
    items = of.evidence.link_lines(goal.id, seen.id, ["0001", "0002", "0003", "0004"])
    assert [(one.mode, one.kind) for one in items] == [
        (EvidenceMode.STUDENT_EVIDENCE, StudentEvidenceKind.DISCOURSE),
        (EvidenceMode.OBSERVATION, None),
    ]
    lines = [[one.line for one in item.observation_lines] for item in items]
    assert lines == [["0002", "0003"], ["0001", "0004"]]
    assert {item.date for item in items} == {seen.date}
    with pytest.raises(ValueError, match="already"):
        of.evidence.link_lines(goal.id, seen.id, ["0002"])
    counts = [cell.count for cell in of.monitoring.matrix()[0].cells]
    assert counts == [1, 0, 1, 0, 0]
    words = [line.text if line else None for line in of.evidence.lines(items[0])]
    assert words == ["it doubles", "G2: we drew it"]
    of.ledger.undo()
    assert of.evidence.of(goal.id) == []


def test_lines_of_several_observations_are_linked_in_one_change(
    of: Desk, ana: Coachee, goal: GrowthGoal, seen: Observation
) -> None:
    earlier = TODAY - timedelta(days=3)
    other = observation(earlier, coachee=ana.id, lines=(note_line("T waits", id="0001"),))
    of.ledger.save("Seen", other)
    of.evidence.link_lines(goal.id, seen.id, ["0001"])
    both = {seen.id: ["0001", "0002"], other.id: ["0001"]}
    items = of.evidence.link_all(goal.id, both)
    assert [(one.date, len(one.observation_lines)) for one in items] == [
        (seen.date, 1),
        (earlier, 1),
    ]
    of.ledger.undo()
    assert len(of.evidence.of(goal.id)) == 1
    bo = add_launched(of, "Bo Lind")
    of.ledger.save("Seen", observation(TODAY, id="bo", coachee=bo.id, lines=other.lines))
    with pytest.raises(ValueError, match="somebody else"):
        of.evidence.link_all(goal.id, {**both, "bo": ["0001"]})
    assert len(of.evidence.of(goal.id)) == 1, "all or nothing"


@pytest.mark.parametrize("kind", [LineKind.QUESTION, LineKind.INFERENCE])
def test_a_question_or_an_inference_is_no_evidence(
    of: Desk, ana: Coachee, goal: GrowthGoal, kind: LineKind
) -> None:
    lines = (note_line("T waits", id="0001"), note_line("whose idea?", id="0002", kind=kind))
    one = observation(TODAY, coachee=ana.id, lines=lines)
    of.ledger.save("Seen", one)
    with pytest.raises(ValueError, match="no evidence"):
        of.evidence.link_lines(goal.id, one.id, ["0001", "0002"])
    assert of.evidence.of(goal.id) == []


def test_lines_of_somebody_else_are_refused(of: Desk, seen: Observation) -> None:
    bo = add_launched(of, "Bo Lind")
    other = of.goals.create(bo, GoalState.ACTIVE, TODAY, statement="S read aloud")
    with pytest.raises(ValueError, match="somebody else"):
        of.evidence.link_lines(other.id, seen.id, ["0002"])


def test_a_line_that_is_gone_is_told_and_not_fatal(
    of: Desk, goal: GrowthGoal, seen: Observation
) -> None:
    (item,) = of.evidence.link_lines(goal.id, seen.id, ["0002"])
    of.ledger.save("Cut", of.observing.get(seen.id).changed(lines=()))
    assert of.evidence.lines(item) == [None]
    of.ledger.store.save(at=of.clock.now(), deleted=[of.observing.get(seen.id)])
    assert of.evidence.lines(item) == [None]


def test_an_item_that_another_session_changed_is_not_overwritten(
    of: Desk, goal: GrowthGoal
) -> None:
    item = of.evidence.add(goal.id, EvidenceColumn.VIDEO, TODAY, reference="tablet, clip 4")
    of.evidence.edit(item, reflection="two long waits")
    with pytest.raises(Conflict):
        of.evidence.edit(item, reflection="mine")
    assert of.evidence.get(item.id).reflection == "two long waits"


def test_a_level_of_an_older_version_may_stay_when_something_else_is_edited(
    of: Desk, goal: GrowthGoal
) -> None:
    item = of.evidence.add(goal.id, EvidenceColumn.VIDEO, TODAY, what="clip")
    old = NamedLevel(level="emerging", named_by=Party.COACH)
    of.ledger.save("Older", item.changed(level=old))
    edited = of.evidence.edit(of.evidence.get(item.id), reflection="two long waits")
    assert edited.level == old
    assert old.is_private


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_written_is_stored_as_it_is(of: Desk, goal: GrowthGoal, text: str) -> None:
    item = of.evidence.add(goal.id, EvidenceColumn.JOURNALING, TODAY, what=text, reflection=text)
    assert (item.what, item.reflection) == (text, text)
    assert is_missing(text) in (True, False)


def test_only_a_path_that_is_gone_is_missing(tmp_path: Path) -> None:
    there = tmp_path / "slips.pdf"
    there.write_bytes(b"")
    assert not is_missing(str(there))
    there.unlink()
    assert is_missing(str(there))
    assert is_missing("~/no-such-folder/clip.mp4")
    assert is_missing("/a\0b")
    for other in ("", "https://example.org/clip", "blue binder, shelf 3", "clip.mp4"):
        assert not is_missing(other)
