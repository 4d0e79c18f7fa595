"""What importing an export would do, record by record, before anything is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from coach_tui.domain.records import (
    Coachee,
    Contact,
    Cycle,
    Evidence,
    GrowthGoal,
    Observation,
    Record,
    SelfAssessment,
)
from coach_tui.exchange.archive import ID, REVISION, Archive, Problem

Lookup = Callable[[str, str], Record | None]
"""Gives the stored record by its table and id, None where there is none."""

Place = tuple[str, str]
"""Where a record is: its table and its id."""


@dataclass(frozen=True)
class AddRecord:
    """A record that the store does not have."""

    record: Record = field(repr=False)


@dataclass(frozen=True)
class ChangeRecord:
    """A record that the file has newer than the store."""

    before: Record = field(repr=False)
    after: Record = field(repr=False)


@dataclass(frozen=True)
class SkipRecord:
    """A record that the store has already, the same or newer, and why it stays."""

    record: Record = field(repr=False)
    why: str


@dataclass(frozen=True)
class RefuseRecord:
    """A record that cannot be taken: its table and id, and why."""

    problem: Problem


ArchiveOutcome = AddRecord | ChangeRecord | SkipRecord | RefuseRecord


@dataclass(frozen=True)
class ArchivePlan:
    """What an import would do; nothing is saved until somebody saves `records()`."""

    rows: tuple[ArchiveOutcome, ...]

    @property
    def added(self) -> tuple[AddRecord, ...]:
        """What is new."""
        return tuple(row for row in self.rows if isinstance(row, AddRecord))

    @property
    def changed(self) -> tuple[ChangeRecord, ...]:
        """What the file has newer."""
        return tuple(row for row in self.rows if isinstance(row, ChangeRecord))

    @property
    def skipped(self) -> tuple[SkipRecord, ...]:
        """What stays as it is."""
        return tuple(row for row in self.rows if isinstance(row, SkipRecord))

    @property
    def refused(self) -> tuple[RefuseRecord, ...]:
        """What cannot be taken."""
        return tuple(row for row in self.rows if isinstance(row, RefuseRecord))

    def records(self) -> tuple[Record, ...]:
        """Return the records to save, all of them in one transaction."""
        return tuple(
            row.record if isinstance(row, AddRecord) else row.after
            for row in self.rows
            if isinstance(row, AddRecord | ChangeRecord)
        )


def plan_archive(
    archive: Archive, existing: Lookup, *, only: Mapping[str, Record] | None = None
) -> ArchivePlan:
    """Say what importing `archive` would do to a store.

    `existing` finds a stored record by its table and id; `only` holds, by table, the store's one
    coach, district and calendar, which the file's take the place of whatever their ids are. A
    record is changed only where the file's `updated_at` is newer; its revision stays the store's.
    A record that refers to one that is neither in the store nor taken from the file is refused.
    """
    only = only or {}
    outcomes: dict[Place, ArchiveOutcome] = {}
    for record in archive.records:
        stored = only.get(record.table) or existing(record.table, record.id)
        outcomes[record.table, record.id] = _outcome(record, stored)
    while dangling := _dangling(outcomes, existing):
        outcomes |= dangling
    problems = tuple(RefuseRecord(problem) for problem in archive.problems)
    return ArchivePlan(problems + tuple(outcomes.values()))


def _outcome(record: Record, stored: Record | None) -> ArchiveOutcome:
    if stored is None:
        return AddRecord(record)
    if _content(stored) == _content(record):
        return SkipRecord(record, "the store has the same")
    if record.updated_at > stored.updated_at:
        after = record.changed(id=stored.id, revision=stored.revision)
        return ChangeRecord(stored, after)
    if record.updated_at == stored.updated_at:
        return SkipRecord(record, "the store has another of the same time, which stays")
    return SkipRecord(record, "the store has a newer one")


def _content(record: Record) -> dict[str, Any]:
    """Return what a person put in: not the id, by which it was found, nor times and revision."""
    own = ("id", "updated_at", REVISION)
    return {key: value for key, value in record.to_document().items() if key not in own}


def _dangling(
    outcomes: Mapping[Place, ArchiveOutcome], existing: Lookup
) -> dict[Place, RefuseRecord]:
    """Return, by their places, the records to be saved that refer to what will not be there."""
    coming = {place for place, row in outcomes.items() if isinstance(row, AddRecord)}
    found = {}
    for (table, id), row in outcomes.items():
        if not isinstance(row, AddRecord | ChangeRecord):
            continue
        record = row.record if isinstance(row, AddRecord) else row.after
        for where, place in _references(record):
            if place not in coming and existing(*place) is None:
                why = f"refers to {_shown(place)}, which is not there"
                found[table, id] = RefuseRecord(Problem(table, id, where, why))
                break
    return found


def _shown(place: Place) -> str:
    table, id = place
    return f"{id if ID.fullmatch(id) else 'something'} in {table}"


def _references(record: Record) -> Iterator[tuple[str, Place]]:
    """Yield the field, and the table and id it refers to."""
    for where, kind, id in _plain_references(record):
        if id is not None:
            yield where, (kind.table, id)
    if isinstance(record, Cycle) and record.meeting is not None:
        for step in record.meeting.steps.values():
            for line in step.lines:
                yield "meeting.steps", (Observation.table, line.observation)
    if isinstance(record, Evidence):
        for line in record.observation_lines:
            yield "observation_lines", (Observation.table, line.observation)


def _plain_references(record: Record) -> tuple[tuple[str, type[Record], str | None], ...]:
    match record:
        case Coachee():
            return (("reciprocal_pair", Coachee, record.reciprocal_pair),)
        case GrowthGoal():
            return (("coachee", Coachee, record.coachee), ("follows", GrowthGoal, record.follows))
        case Cycle():
            return (("coachee", Coachee, record.coachee), ("goal", GrowthGoal, record.goal))
        case Observation():
            return (("coachee", Coachee, record.coachee), ("cycle", Cycle, record.cycle))
        case Evidence():
            return (("goal", GrowthGoal, record.goal),)
        case SelfAssessment():
            return (("coachee", Coachee, record.coachee),)
        case Contact():
            return (("coachee", Coachee, record.coachee), ("cycle", Cycle, record.cycle))
    return ()
