"""What `check` looks for in the documents of any engine: records, and references between them."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from coach_tui.domain.records import RECORDS
from coach_tui.store.engine import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from coach_tui.domain.records import Record
    from coach_tui.store.engine import Document

    Tables = Mapping[str, Mapping[str, Document]]

KINDS: Mapping[str, type[Record]] = {kind.table: kind for kind in RECORDS}
"""The kind of record that each table holds."""

ONE_ONLY = ("coach", "district", "calendar")
"""Tables of which the domain knows one document (domain.md section 3)."""

_REFERENCES = (
    ("coachees", "reciprocal_pair", "coachees"),
    ("goals", "coachee", "coachees"),
    ("goals", "follows", "goals"),
    ("cycles", "coachee", "coachees"),
    ("cycles", "goal", "goals"),
    ("observations", "coachee", "coachees"),
    ("observations", "cycle", "cycles"),
    ("evidence", "goal", "goals"),
    ("self_assessments", "coachee", "coachees"),
)

_RANK = {severity: place for place, severity in enumerate(Severity)}
_FIELD = re.compile(r"[a-z_]{1,40}")
_OWN_RULE = frozenset({"value_error", "assertion_error"})


def check_documents(tables: Tables) -> list[Finding]:
    """Return what is wrong with these documents, by table and id, worst first; never content."""
    parts = (_refused, _dangling, _lines, _early_ends, _counts)
    return worst_first([finding for part in parts for finding in part(tables)])


def worst_first(findings: list[Finding]) -> list[Finding]:
    """Return the findings with the worst first, and then by place."""
    return sorted(findings, key=lambda finding: (_RANK[finding.severity], finding.where))


def problems_of(error: ValidationError) -> list[str]:
    """Return which fields a record refused and why, without any of their content.

    What our own rules say may quote a name, so that only the field is told; so is a key of a
    mapping that is no field.
    """
    problems = []
    for item in error.errors(include_input=False, include_url=False, include_context=False):
        field = ".".join(_place(part) for part in item["loc"]) or "the whole record"
        own = item["type"] in _OWN_RULE
        problems.append(f"{field}: {'breaks a rule of its record' if own else item['msg']}")
    return problems


def _place(part: int | str) -> str:
    if isinstance(part, int) or _FIELD.fullmatch(part):
        return str(part)
    return "(a key)"


def _refused(tables: Tables) -> Iterator[Finding]:
    for table, documents in tables.items():
        kind = KINDS.get(table)
        if kind is None:
            yield Finding(Severity.NOTE, table, "a table that this version does not know; kept")
            continue
        for id, document in documents.items():
            try:
                kind.from_document(document)
            except ValidationError as error:
                text = "; ".join(problems_of(error))
                yield Finding(Severity.DAMAGE, f"{table}/{id}", text)


def _dangling(tables: Tables) -> Iterator[Finding]:
    for table, field, target in _REFERENCES:
        there = tables.get(target, {})
        for id, document in tables.get(table, {}).items():
            named = document.get(field)
            if isinstance(named, str) and named not in there:
                text = f"{field} names a document that is not in {target}"
                yield Finding(Severity.DAMAGE, f"{table}/{id}", text)


def _lines(tables: Tables) -> Iterator[Finding]:
    observations = tables.get("observations", {})
    known = {id: set(_line_ids(document)) for id, document in observations.items()}
    for table in ("evidence", "cycles"):
        for id, document in tables.get(table, {}).items():
            for reference in _references_in(document):
                if reference.get("line") not in known.get(str(reference.get("observation")), ()):
                    text = "refers to a line of an observation that is not there"
                    yield Finding(Severity.WARNING, f"{table}/{id}", text)
                    break


def _early_ends(tables: Tables) -> Iterator[Finding]:
    """Yield observations that end before their lines: the clock was set back, or lines came after.

    A document whose moments cannot be read is refused as a whole, and told so.
    """
    for id, document in tables.get("observations", {}).items():
        with suppress(KeyError, TypeError, ValueError):
            end = datetime.fromisoformat(document["end"] or "")
            times = (line["time"] for line in _list(document.get("lines")))
            if any(datetime.fromisoformat(time) > end for time in times):
                text = "ends before its newest line: the clock was set back, or the line came later"
                yield Finding(Severity.NOTE, f"observations/{id}", text)


def _line_ids(observation: Document) -> Iterator[object]:
    for line in _list(observation.get("lines")):
        if isinstance(line, dict):
            yield line.get("id")


def _references_in(document: Document) -> Iterator[dict[str, Any]]:
    held = _list(document.get("observation_lines"))
    meeting = document.get("meeting")
    steps = meeting.get("steps") if isinstance(meeting, dict) else None
    for step in steps.values() if isinstance(steps, dict) else ():
        held = held + _list(step.get("lines") if isinstance(step, dict) else None)
    yield from (reference for reference in held if isinstance(reference, dict))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _counts(tables: Tables) -> Iterator[Finding]:
    for table in ONE_ONLY:
        count = len(tables.get(table, {}))
        if count > 1:
            yield Finding(Severity.WARNING, table, f"holds {count} documents, where there is one")
