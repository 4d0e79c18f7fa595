"""Lines of a script that something points to, and what may not become of them (rule R3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from coach_tui.domain.enumerations import LineKind, StudentEvidenceKind
from coach_tui.domain.low_inference.scripted import read_line
from coach_tui.domain.records import Cycle, Evidence, LineReference, NoteLine, Observation
from coach_tui.store.engine import Document, Operation, Put
from coach_tui.store.records import RecordStore

Kind = TypeVar("Kind", Evidence, Cycle)

Pair = tuple[NoteLine, NoteLine | None]
"""A line as it is, and as it would be; None where it would be gone."""

Place = tuple[str, str]
"""The table and the id of a document."""


class LinkedElsewhere(ValueError):
    """The line is evidence for a goal, or cited in a meeting: there it would be untrue."""


def is_student_line(line: NoteLine) -> bool:
    """Whether a student or a group of students said the line; what they did is no discourse.

    A line that was never told apart (an action of nobody) is read for who speaks in it.
    """
    if line.speaker:
        return line.kind is LineKind.QUOTE and line.speaker[:1] in ("S", "G")
    said = read_line(line.text)
    return said.kind == LineKind.QUOTE and said.speaker[:1] in ("S", "G")


def may_be_evidence(line: NoteLine) -> bool:
    """Whether a line tells what was seen or heard: a question or an inference never is evidence.

    Evidence and inference are kept apart (rule R3).
    """
    return line.kind not in (LineKind.QUESTION, LineKind.INFERENCE)


def refuse_untrue_lines(
    store: RecordStore, observation: str, pairs: Iterable[Pair], apart: Collection[Place] = ()
) -> None:
    """Raise `LinkedElsewhere` when what points to the lines of an observation would be untrue.

    What is pointed to stays, and becomes no inference and no question; what is classroom discourse
    stays what a student said. The records at the places `apart` are changed at the same time.
    """
    lost, unsaid = set[str](), set[str]()
    for line, new in pairs:
        if new is None or (may_be_evidence(line) and not may_be_evidence(new)):
            lost.add(line.id)
        elif is_student_line(line) and not is_student_line(new):
            unsaid.add(line.id)
    if not lost and not unsaid:
        return
    for item in _others(store.all(Evidence), apart):
        points = _pointed_to(item.observation_lines, observation)
        if points & lost:
            raise LinkedElsewhere("this line is evidence for a goal: take it out there first")
        if points & unsaid and item.kind is StudentEvidenceKind.DISCOURSE:
            raise LinkedElsewhere(
                "this line is evidence for a goal, as what a student said: take it out there first"
            )
    for cycle in _others(store.all(Cycle), apart) if lost else ():
        steps = cycle.meeting.steps.values() if cycle.meeting is not None else ()
        if any(_pointed_to(step.lines, observation) & lost for step in steps):
            raise LinkedElsewhere("this line is cited in a feedback meeting")


def _others(records: Iterable[Kind], apart: Collection[Place]) -> Iterator[Kind]:
    return (one for one in records if (one.table, one.id) not in apart)


def _pointed_to(references: Iterable[LineReference], observation: str) -> set[str]:
    return {one.line for one in references if one.observation == observation}


def refuse_untrue(store: RecordStore, operations: Sequence[Operation]) -> None:
    """Raise `LinkedElsewhere` when operations that put documents back would make a link untrue.

    Another session may have linked a line, or changed a linked one, since they were as they are
    put back. What the store will refuse as changed meanwhile is left to it.
    """
    apart = {(one.table, one.id) for one in operations}
    for one in operations:
        if one.expected not in (None, store.revision(one.table, one.id)):
            return
    for one in operations:
        document = one.document if isinstance(one, Put) else None
        stored = store.document(one.table, one.id)
        if one.table == Observation.table and stored is not None:
            pairs = _changed_lines(stored, document or {})
            refuse_untrue_lines(store, one.id, pairs, apart)
        elif one.table == Evidence.table and document is not None:
            _refuse_no_evidence(store, Evidence.from_document(document), apart)


def _changed_lines(stored: Document, new: Document) -> Iterator[Pair]:
    """Yield the lines that differ: a long script is not read whole for one of its lines."""
    after = {line["id"]: line for line in new.get("lines", ())}
    differ = [line for line in stored.get("lines", ()) if after.get(line["id"]) != line]
    became = [after[line["id"]] for line in differ if line["id"] in after]
    read = {line.id: line for line in _lines_of(stored, became)}
    for line in _lines_of(stored, differ):
        yield line, read.get(line.id)


def _lines_of(document: Document, lines: list[Document]) -> tuple[NoteLine, ...]:
    return Observation.from_document({**document, "lines": lines}).lines


def _refuse_no_evidence(store: RecordStore, item: Evidence, apart: Collection[Place]) -> None:
    """Raise when an item that is put back would point to what is no evidence any more."""
    stored = store.get(Evidence, item.id)
    known = () if stored is None else stored.observation_lines
    for point in item.observation_lines:
        seen = store.document(Observation.table, point.observation)
        if point in known or seen is None or (Observation.table, point.observation) in apart:
            continue
        now = [line for line in seen.get("lines", ()) if line["id"] == point.line]
        if not all(map(may_be_evidence, _lines_of(seen, now))):
            raise LinkedElsewhere("the line has become a question or an inference: no evidence")
