from __future__ import annotations

from datetime import timedelta
from typing import Any

from coach_tui.domain.enumerations import MeetingStep
from coach_tui.domain.records import (
    RECORDS,
    FeedbackMeeting,
    LineReference,
    StepOfMeeting,
)
from coach_tui.store import checking
from coach_tui.store.checking import check_documents
from coach_tui.store.engine import Severity
from tests.store.samples import NOW, calendar, coach, coachee, cycle, observation
from tests.support import note_line


def tables(*records: Any) -> dict[str, dict[str, Any]]:
    made: dict[str, dict[str, Any]] = {}
    for record in records:
        made.setdefault(record.table, {})[record.id] = record.to_document()
    return made


def test_a_whole_store_has_no_findings() -> None:
    assert check_documents(tables(coach(), calendar(), coachee(), cycle(), observation())) == []


def test_a_reference_to_nothing_is_damage() -> None:
    found = check_documents(tables(observation(cycle="gone"), cycle(), coachee("bea")))
    assert [(finding.severity, finding.where, finding.text) for finding in found] == [
        (Severity.DAMAGE, "cycles/first", "coachee names a document that is not in coachees"),
        (Severity.DAMAGE, "observations/seen", "coachee names a document that is not in coachees"),
        (Severity.DAMAGE, "observations/seen", "cycle names a document that is not in cycles"),
    ]


def meeting_that_cites(line: str) -> FeedbackMeeting:
    steps = {step: StepOfMeeting() for step in MeetingStep}
    cited = LineReference(observation="seen", line=line)
    steps[MeetingStep.PRAISE] = StepOfMeeting(lines=(cited,))
    return FeedbackMeeting(date=NOW.date(), steps=steps)


def test_a_cited_line_that_is_not_there_is_a_warning() -> None:
    right = cycle("right", meeting=meeting_that_cites("one"))
    wrong = cycle("wrong", meeting=meeting_that_cites("two"))
    found = check_documents(tables(coachee(), observation(), right, wrong))
    assert [(finding.severity, finding.where) for finding in found] == [
        (Severity.WARNING, "cycles/wrong")
    ]


def test_an_observation_that_ends_before_its_newest_line_is_named() -> None:
    line = note_line(time=NOW + timedelta(minutes=20))
    early = observation(end=NOW, lines=(line,)).to_document()
    ended = observation(end=line.time, lines=(line,)).to_document()
    runs = observation(lines=(line,)).to_document()
    made = tables(coachee(), cycle())
    made["observations"] = {"early": early, "ended": ended, "runs": runs}
    (found,) = check_documents(made)
    assert (found.severity, found.where) == (Severity.NOTE, "observations/early")
    assert "ends before its newest line" in found.text


def test_more_than_one_coach_is_a_warning_and_an_unknown_table_a_note() -> None:
    made = {**tables(coach(), coach(id="second")), "newer": {"x": {"id": "x"}}}
    assert [(finding.severity, finding.where) for finding in check_documents(made)] == [
        (Severity.WARNING, "coach"),
        (Severity.NOTE, "newer"),
    ]


def test_documents_of_any_shape_are_looked_through() -> None:
    shapes: list[Any] = [None, 7, [], {}, "x", [None], {"steps": [1]}, {"steps": {"a": 1}}]
    for shape in shapes:
        document = {"id": "x", "meeting": shape, "lines": shape, "observation_lines": shape}
        made = {kind.table: {"x": document} for kind in RECORDS}
        assert {finding.severity for finding in check_documents(made)} >= {Severity.DAMAGE}


def test_every_reference_is_a_field_of_a_record_with_a_table() -> None:
    kinds = {kind.table: kind for kind in RECORDS}
    for table, field, target in checking._REFERENCES:
        assert field in kinds[table].model_fields
        assert target in kinds
    assert set(checking.ONE_ONLY) <= kinds.keys()


def test_a_broken_rule_is_told_by_its_field_and_not_by_what_was_written() -> None:
    year = calendar().to_document()
    (span,) = year["days_off"]
    year["days_off"] = [{**span, "label": "Secret", "last": "2025-11-01"}]
    plan = coachee().to_document()
    plan["plan"]["parts"]["Secret Person"] = {"done": "yes, secretly"}
    made = {"calendar": {"year": year}, "coachees": {"ana": plan}}
    first, second = check_documents(made)
    assert (first.where, first.text) == (
        "calendar/year",
        "days_off.0: breaks a rule of its record",
    )
    assert second.where == "coachees/ana"
    assert "plan.parts.(a key)" in second.text
    assert "ecret" not in first.text + second.text
