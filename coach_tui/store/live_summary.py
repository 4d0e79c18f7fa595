"""A summary that follows an engine: after a commit only what it touched is taken anew."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from coach_tui.store import summary as summaries
from coach_tui.store.collector import paused_collector
from coach_tui.store.errors import ChangesForgotten
from coach_tui.store.summary import CALENDAR, COACH, COACHEES, CYCLES, OBSERVATIONS, Summary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach_tui.domain.facts import CoacheeFacts
    from coach_tui.store.engine import Change, Engine

_OF_A_COACHEE = (CYCLES, OBSERVATIONS)

_FEW = 3
"""Coachees that are always taken one by one; of many, looking through all is quicker."""


class LiveSummary:
    """Keeps a `Summary` in step with an engine, from any thread.

    `start` is a summary of what the engine held at the sequence it carries, to begin with.
    """

    def __init__(self, engine: Engine, start: Summary | None = None) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._facts: dict[str, CoacheeFacts] = {}
        self._summary = start
        if start is not None:
            self._facts = {facts.id: facts for facts in start.facts}

    def current(self) -> Summary:
        """Return the summary of what the engine holds now. Raises `Corrupt` like `derive`."""
        with self._lock, paused_collector():
            sequence = self._engine.sequence
            if self._summary is None or self._summary.sequence != sequence:
                self._summary = self._follow(self._summary, sequence)
            return self._summary

    def _follow(self, before: Summary | None, sequence: int) -> Summary:
        if before is None:
            return self._derive(sequence)
        try:
            changes = self._engine.changes(before.sequence)
        except ChangesForgotten:
            return self._derive(sequence)
        touched = _touched(changes)
        if len(touched) > max(_FEW, len(self._facts) // 4):
            return self._derive(sequence)
        # Whatever fails below leaves the facts half new: then the next call begins anew.
        self._summary = None
        for coachee in sorted(touched):
            self._take_anew(coachee)
        tables = {change.table for change in changes}
        query = self._engine.query
        return Summary(
            store=self._engine.store,
            sequence=sequence,
            coach=summaries.coach_of(query(COACH)) if COACH in tables else before.coach,
            calendar=(
                summaries.calendar_of(query(CALENDAR)) if CALENDAR in tables else before.calendar
            ),
            facts=[self._facts[id] for id in sorted(self._facts)],
        )

    def _derive(self, sequence: int) -> Summary:
        tables = {
            table: {document["id"]: document for document in self._engine.query(table)}
            for table in (COACH, CALENDAR, COACHEES, CYCLES, OBSERVATIONS)
        }
        derived = summaries.derive(tables, store=self._engine.store, sequence=sequence)
        self._facts = {facts.id: facts for facts in derived.facts}
        return derived

    def _take_anew(self, id: str) -> None:
        coachee = self._engine.get(COACHEES, id)
        if coachee is None:
            self._facts.pop(id, None)
            return
        cycles, observations = (self._engine.query(table, coachee=id) for table in _OF_A_COACHEE)
        self._facts[id] = summaries.facts_from(coachee, cycles, observations)


def _touched(changes: Iterable[Change]) -> set[str]:
    touched = set()
    for change in changes:
        if change.table == COACHEES:
            touched.add(change.id)
        elif change.table in _OF_A_COACHEE:
            documents = (change.before, change.after)
            touched |= {str(document.get("coachee")) for document in documents if document}
    return touched


@runtime_checkable
class KeepsSummary(Protocol):
    """An engine that follows itself with a summary, which others may share."""

    live_summary: LiveSummary


def live_summary_of(engine: Engine) -> LiveSummary:
    """Return the summary that the engine keeps, or one that is made from what it holds."""
    return engine.live_summary if isinstance(engine, KeepsSummary) else LiveSummary(engine)
