"""Finished lines: edited, tagged, split, joined, taken out, put in order; each undone at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coach_tui.coaching.desk import Desk, open_desk
from coach_tui.coaching.linked_lines import LinkedElsewhere
from coach_tui.coaching.refusals import ChangedMeanwhile
from coach_tui.coaching.script_lines import Line, as_typed, note_line, plain
from coach_tui.domain.enumerations import LineKind, LineTag, MeetingStep
from coach_tui.domain.records import Cycle, FeedbackMeeting, LineReference, Observation
from coach_tui.domain.records.cycle import StepOfMeeting
from coach_tui.domain.scripting import read
from coach_tui.domain.statuses import Rules
from coach_tui.store.errors import NotFound
from tests.support import NOW, add_launched, clock, desk, forward, plan_visit, two_sessions

SCRIPT = ("t what do you notice?", "s3 it doubles", "s3 every time", "! tired", "14/24 hands up")


def scripted(*lines: str) -> tuple[Desk, Observation]:
    """Return a desk with a running observation of these lines, ten seconds apart."""
    of = desk()
    seen = of.observing.start(add_launched(of))
    for line in lines or SCRIPT:
        seen = of.scripts.write(seen.id, [Line(read(line), forward(of, seconds=10))])
    return of, seen


def texts(seen: Observation) -> list[str]:
    return [line.text for line in seen.lines]


def test_lines_are_kept_as_they_were_understood() -> None:
    _, seen = scripted()
    assert [(one.speaker, one.kind.value) for one in seen.lines] == [
        ("T", "quote"),
        ("S3", "quote"),
        ("S3", "quote"),
        ("", "inference"),
        ("", "action"),
    ]
    assert [one.offset for one in seen.lines] == [10, 20, 30, 40, 50]
    assert as_typed(seen.lines[0]) == read(SCRIPT[0])


def test_an_edited_line_keeps_its_place_its_id_and_its_time() -> None:
    of, seen = scripted()
    old = seen.lines[1]
    new = of.scripts.edit(seen.id, old.id, Line(read("# 3 of 4 double"), old.time))
    assert (new.lines[1].text, new.lines[1].kind) == ("3 of 4 double", LineKind.COUNT)
    assert (new.lines[1].id, new.lines[1].time) == (old.id, old.time)
    assert of.ledger.undo() == "Edit line"
    assert of.observing.get(seen.id).lines == seen.lines


def test_tags_are_put_in_the_place_of_those_before() -> None:
    of, seen = scripted()
    line = seen.lines[0].id
    tagged = of.scripts.retag(seen.id, line, ["probe", "priority group"], ["EL"])
    assert tagged.lines[0].tags == (LineTag.PROBE, LineTag.PRIORITY_GROUP)
    assert tagged.lines[0].labels == ("EL",)
    assert of.scripts.retag(seen.id, line, [], []).lines[0] == seen.lines[0]


def test_a_line_is_split_in_two_and_joined_again() -> None:
    of, seen = scripted()
    old = seen.lines[1]
    halves = [Line(as_typed(old)._replace(text=text), old.time) for text in ("it", "doubles")]
    split = of.scripts.split(seen.id, old.id, *halves)
    assert texts(split)[1:3] == ["it", "doubles"]
    assert split.lines[1].id == old.id
    assert split.lines[2].id == "0006"
    assert texts(of.scripts.join(seen.id, old.id)) == texts(seen)
    assert of.ledger.undo() == "Join lines"
    assert of.ledger.undo() == "Split line"
    assert of.observing.get(seen.id).lines == seen.lines


def test_joined_lines_have_the_tags_of_both() -> None:
    of, seen = scripted("s3 it doubles", "s3 every time")
    of.scripts.retag(seen.id, "0001", ["praise"], [])
    of.scripts.retag(seen.id, "0002", ["step"], [])
    (joined,) = of.scripts.join(seen.id, "0001").lines
    assert joined.text == "it doubles every time"
    assert joined.tags == (LineTag.PRAISE, LineTag.STEP)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("0001", "differ in speaker"),
        ("0003", "never share a line"),
        ("0004", "never share a line"),
        ("0005", "no line after"),
    ],
)
def test_lines_that_do_not_belong_together_are_not_joined(line: str, why: str) -> None:
    of, seen = scripted()
    with pytest.raises(ValueError, match=why):
        of.scripts.join(seen.id, line)
    assert of.observing.get(seen.id) == seen


def test_a_line_is_taken_out_and_brought_back() -> None:
    of, seen = scripted()
    assert texts(of.scripts.delete(seen.id, "0002")) == [*texts(seen)[:1], *texts(seen)[2:]]
    with pytest.raises(NotFound):
        of.scripts.delete(seen.id, "0002")
    assert of.ledger.undo() == "Delete line"
    assert of.observing.get(seen.id).lines == seen.lines


def linked(*ids: str) -> tuple[Desk, Observation]:
    """Return a desk with a running observation, these lines of it evidence for a goal."""
    of, seen = scripted()
    goal = of.goals.create(of.coachees.all()[0], statement="Students explain their thinking")
    of.evidence.link_lines(goal.id, seen.id, ids)
    return of, seen


def test_a_line_that_is_evidence_stays() -> None:
    of, seen = linked("0002")
    with pytest.raises(LinkedElsewhere, match="evidence for a goal"):
        of.scripts.delete(seen.id, "0002")
    with pytest.raises(LinkedElsewhere):
        of.scripts.replace_all(of.observing.get(seen.id), seen.lines[:1])
    assert of.observing.get(seen.id).lines == seen.lines
    of.scripts.edit(seen.id, "0002", Line(read("s7 it doubles each time"), NOW))


@pytest.mark.parametrize("text", ["! S3 is lazy", "? why does it double", "! T is tired"])
def test_a_line_that_is_evidence_becomes_no_inference_and_no_question(text: str) -> None:
    of, seen = linked("0001", "0002")
    for line in seen.lines[:2]:
        new = Line(read(text), line.time)
        with pytest.raises(LinkedElsewhere, match="evidence for a goal"):
            of.scripts.edit(seen.id, line.id, new)
        with pytest.raises(LinkedElsewhere, match="evidence for a goal"):
            of.scripts.split(seen.id, line.id, new, plain("the rest", NOW))
        lines = tuple(
            note_line(seen, one.id, new) if one.id == line.id else one for one in seen.lines
        )
        with pytest.raises(LinkedElsewhere, match="evidence for a goal"):
            of.scripts.replace_all(of.observing.get(seen.id), lines)
    assert of.observing.get(seen.id).lines == seen.lines
    of.scripts.edit(seen.id, "0003", Line(read(text), NOW))


@pytest.mark.parametrize("text", ["t it doubles", "S3 doubles it", "# 3 of 4 double"])
def test_classroom_discourse_stays_what_a_student_said(text: str) -> None:
    of, seen = linked("0001", "0002")
    new = Line(read(text), NOW)
    with pytest.raises(LinkedElsewhere, match="what a student said"):
        of.scripts.edit(seen.id, "0002", new)
    assert of.observing.get(seen.id).lines == seen.lines
    of.scripts.edit(seen.id, "0001", new)


def test_a_line_that_is_cited_in_a_meeting_becomes_no_inference() -> None:
    of, seen = scripted()
    assert seen.cycle is not None
    cycle = of.ledger.store.require(Cycle, seen.cycle)
    cited = (LineReference(observation=seen.id, line="0002"),)
    meeting = FeedbackMeeting(date=seen.date)
    steps = {**meeting.steps, MeetingStep.PRAISE: StepOfMeeting(lines=cited)}
    of.ledger.save("Prepare", cycle.changed(meeting=meeting.changed(steps=steps)))
    with pytest.raises(LinkedElsewhere, match="cited in a feedback meeting"):
        of.scripts.edit(seen.id, "0002", Line(read("! S3 is lazy"), NOW))
    of.scripts.edit(seen.id, "0002", Line(read("t it doubles"), NOW))


def test_undo_and_redo_make_no_inference_of_a_line_that_another_session_linked(
    tmp_path: Path,
) -> None:
    mine, theirs = two_sessions(tmp_path)
    ana = add_launched(mine)
    goal = mine.goals.create(ana, statement="Students explain their thinking")
    seen = mine.scripts.write(mine.observing.start(ana).id, [Line(read("! S3 is lazy"), NOW)])
    mine.scripts.edit(seen.id, "0001", Line(read("s3 it doubles"), NOW))
    theirs.evidence.link_lines(goal.id, seen.id, ["0001"])
    mine.ledger.poll()
    with pytest.raises(LinkedElsewhere):
        mine.ledger.undo()
    assert theirs.ledger.undo() == "Lines as evidence"
    mine.ledger.poll()
    assert mine.ledger.undo() == "Edit line"
    assert mine.observing.get(seen.id).lines == seen.lines
    theirs.ledger.poll()
    with pytest.raises(LinkedElsewhere, match="no evidence"):
        theirs.ledger.redo()
    assert theirs.evidence.of(goal.id) == []
    assert mine.ledger.redo() == "Edit line"
    theirs.ledger.poll()
    assert theirs.ledger.redo() == "Lines as evidence"
    mine.ledger.poll()
    with pytest.raises(LinkedElsewhere):
        mine.ledger.undo()


def test_an_earlier_version_brings_back_no_inference_under_evidence() -> None:
    of, seen = scripted("! S3 is lazy")
    edited = of.scripts.edit(seen.id, "0001", Line(read("s3 it doubles"), NOW))
    goal = of.goals.create(of.coachees.all()[0], statement="Students explain their thinking")
    of.evidence.link_lines(goal.id, seen.id, ["0001"])
    versions = of.remembering.of([(Observation.table, seen.id)])
    before = next(one for one in versions if one.sequence == seen.revision)
    with pytest.raises(LinkedElsewhere):
        of.remembering.restore(before, edited.revision)
    assert of.observing.get(seen.id) == edited


def test_lines_change_places_and_keep_their_times() -> None:
    of, seen = scripted()
    moved = of.scripts.move(seen.id, "0003", -1)
    assert [one.id for one in moved.lines] == ["0001", "0003", "0002", "0004", "0005"]
    assert {one.id: one.time for one in moved.lines} == {one.id: one.time for one in seen.lines}
    sequence = moved.revision
    assert of.scripts.move(seen.id, "0005", 3).revision == sequence, "it is the last already"
    assert of.scripts.move(seen.id, "0001", -1).revision == sequence


def test_a_whole_script_is_replaced_unless_a_line_came_meanwhile() -> None:
    of, seen = scripted()
    of.scripts.write(seen.id, [plain("meanwhile", NOW)])
    with pytest.raises(ValueError, match="meanwhile"):
        of.scripts.replace_all(seen, seen.lines[:2])
    current = of.observing.get(seen.id)
    assert texts(of.scripts.replace_all(current, current.lines[::-1])) == texts(current)[::-1]


def test_writing_in_an_ended_observation_does_not_open_it_again() -> None:
    of, seen = scripted("first")
    ended = of.observing.end(seen.id)
    later = of.scripts.write(seen.id, [plain("later", forward(of, minutes=3))])
    assert (later.end, later.pauses, texts(later)) == (ended.end, (), ["first", "later"])


def test_one_that_was_opened_and_left_empty_is_no_visit() -> None:
    of = desk()
    ana = add_launched(of)
    seen = of.observing.start(ana)
    assert of.observing.finish(seen.id) is None
    assert (of.observing.of(ana.id), of.cycling.of(ana.id)) == ([], [])
    assert of.ledger.undo() == "Leave an empty observation"
    assert of.observing.running(ana.id) is not None


def test_leaving_one_empty_keeps_a_planned_visit() -> None:
    of = desk()
    ana = add_launched(of)
    plan_visit(of, ana, date(2026, 12, 10))
    seen = of.observing.start(ana)
    assert of.observing.finish(seen.id) is None
    assert of.cycling.planned(ana.id) is not None


def test_anything_put_down_makes_it_a_visit() -> None:
    of, seen = scripted("first")
    ended = of.observing.finish(seen.id)
    assert ended is not None
    assert ended.end is not None


def test_lines_of_two_sessions_in_one_observation_stand_in_the_order_of_writing(
    tmp_path: Path,
) -> None:
    first, second = two_sessions(tmp_path)
    id = first.observing.start(add_launched(first)).id
    second.poll()
    for number in range(8):
        # Twice each: once over its own line, once over a line of the other that it has not read.
        writer = (first, first, second, second)[number % 4]
        seen = writer.scripts.write(id, [plain(f"line {number}", NOW)])
        assert texts(seen) == [f"line {n}" for n in range(number + 1)]
    assert [line.id for line in seen.lines] == [f"{n:04}" for n in range(1, 9)]
    first.scripts.delete(id, "0008")
    second.scripts.edit(id, "0001", plain("line 0, once more", NOW))
    lines = texts(first.scripts.write(id, [plain("line 7, again", NOW)]))
    assert lines == ["line 0, once more", *(f"line {n}" for n in range(1, 7)), "line 7, again"]
    first.close()
    second.close()
    again = open_desk(str(tmp_path / "store"), clock(), Rules(), "third", create=False)
    assert texts(again.observing.get(id)) == lines
    again.close()


def test_an_edit_is_not_put_over_a_line_that_is_not_as_it_was_shown() -> None:
    of, seen = scripted()
    shown = seen.lines[0]
    of.scripts.retag(seen.id, "0001", ["praise"], [])
    with pytest.raises(ChangedMeanwhile):
        of.scripts.edit(seen.id, "0001", plain("mine", NOW), shown)
    now = of.observing.get(seen.id).lines[0]
    assert (now.text, now.tags) == (shown.text, (LineTag.PRAISE,))
    assert texts(of.scripts.edit(seen.id, "0001", plain("mine", NOW), now))[0] == "mine"
