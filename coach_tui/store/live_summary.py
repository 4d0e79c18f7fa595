"""A summary that follows an engine: after a commit only what it touched is taken anew."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from coach_tui.store import deriving
from coach_tui.store.collector import paused_collector
from coach_tui.store.deriving import (
    ASSESSMENTS,
    CALENDAR,
    COACH,
    COACHEES,
    CONTACTS,
    CYCLES,
    EVIDENCE,
    GOALS,
    OBSERVATIONS,
    OF_A_COACHEE,
)
from coach_tui.store.errors import ChangesForgotten
from coach_tui.store.summary import Summary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coach_tui.domain.facts import CoacheeFacts
    from coach_tui.store.engine import Change, Document, Engine

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
        touched = self._touched(changes)
        if len(touched) > max(_FEW, len(self._facts) // 4):
            return self._derive(sequence)
        # Whatever fails below leaves the facts half new: then the next call begins anew.
        self._summary = None
        for coachee in sorted(touched):
            self._take_anew(coachee)
        tables = {change.table for change in changes}
        query = self._engine.query
        calendar = deriving.calendar_of(query(CALENDAR)) if CALENDAR in tables else before.calendar
        own = before.own
        if tables & {CALENDAR, CONTACTS}:
            own = deriving.own_of(query(CONTACTS), calendar)
        return Summary(
            store=self._engine.store,
            sequence=sequence,
            coach=deriving.coach_of(query(COACH)) if COACH in tables else before.coach,
            calendar=calendar,
            own=own,
            facts=[self._facts[id] for id in sorted(self._facts)],
        )

    def _derive(self, sequence: int) -> Summary:
        # No fact comes from the scripts of observations, and they are most of a store.
        tables = {
            table: {one["id"]: _without_script(one) for one in self._engine.each(table)}
            for table in (COACH, CALENDAR, CONTACTS, COACHEES, *OF_A_COACHEE, EVIDENCE)
        }
        derived = deriving.derive(tables, store=self._engine.store, sequence=sequence)
        self._facts = {facts.id: facts for facts in derived.facts}
        return derived

    def _take_anew(self, id: str) -> None:
        coachee = self._engine.get(COACHEES, id)
        if coachee is None:
            self._facts.pop(id, None)
            return
        query = self._engine.query
        goals = query(GOALS, coachee=id)
        evidence = [item for goal in goals for item in query(EVIDENCE, goal=goal["id"])]
        self._facts[id] = deriving.facts_from(
            coachee,
            query(CYCLES, coachee=id),
            query(OBSERVATIONS, coachee=id),
            goals,
            evidence,
            query(ASSESSMENTS, coachee=id),
        )

    def _touched(self, changes: Iterable[Change]) -> set[str]:
        """Return the coachees whose facts may be others now.

        Evidence is its goal's, and a goal that went with it is among the changes itself.
        """
        touched: set[str] = set()
        for change in changes:
            documents = [one for one in (change.before, change.after) if one]
            if change.table == COACHEES:
                touched.add(change.id)
            elif change.table in OF_A_COACHEE:
                touched |= {str(one["coachee"]) for one in documents if one.get("coachee")}
            elif change.table == EVIDENCE:
                goals = [self._engine.get(GOALS, str(one.get("goal"))) for one in documents]
                touched |= {str(goal.get("coachee")) for goal in goals if goal}
        return touched


def _without_script(document: Document) -> Document:
    document.pop("lines", None)
    return document


@runtime_checkable
class KeepsSummary(Protocol):
    """An engine that follows itself with a summary, which others may share."""

    live_summary: LiveSummary


def live_summary_of(engine: Engine) -> LiveSummary:
    """Return the summary that the engine keeps, or one that is made from what it holds."""
    return engine.live_summary if isinstance(engine, KeepsSummary) else LiveSummary(engine)
