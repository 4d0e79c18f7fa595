"""Records and documents for the tests of the store."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from coach_tui.domain.enumerations import EvidenceMode, GoalState, LineKind
from coach_tui.domain.records import (
    Coach,
    Coachee,
    Cycle,
    DateSpan,
    Evidence,
    FeedbackMeeting,
    GrowthGoal,
    NoteLine,
    Observation,
    SchoolCalendar,
)
from coach_tui.store.journal_engine import JournalEngine

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2025, 10, 1, 12, 0, tzinfo=UTC)

HOSTILE = "[red]T: [/] \x1b[2J\x00\u202e\u2028 \U0001f469\u200d\U0001f3eb" + "ö" * 10_000 + '\n"\\'
"""Text that markup, terminals, line readers and JSON each have a meaning for."""


def later(**units: float) -> datetime:
    return NOW + timedelta(**units)


def document(id: str, **fields: Any) -> dict[str, Any]:
    """A document of no particular record, never saved."""
    return {"id": id, "revision": 0, **fields}


def coach(**fields: Any) -> Coach:
    return Coach(**{"id": "coach", "created_at": NOW, "updated_at": NOW, "name": "Rosa", **fields})


def calendar(**fields: Any) -> SchoolCalendar:
    span = DateSpan(first=date(2025, 11, 24), last=date(2025, 11, 28), label="Thanksgiving")
    year = {"first_day": date(2025, 8, 18), "last_day": date(2026, 5, 29), "days_off": (span,)}
    return SchoolCalendar(**{"id": "year", "created_at": NOW, "updated_at": NOW, **year, **fields})


def coachee(id: str = "ana", **fields: Any) -> Coachee:
    return Coachee(**{"id": id, "created_at": NOW, "updated_at": NOW, "name": id.title(), **fields})


def observation(id: str = "seen", of: str = "ana", **fields: Any) -> Observation:
    line = NoteLine(id="one", time=NOW, speaker="T", kind=LineKind.QUOTE, text="What do you see?")
    seen = {"coachee": of, "date": NOW.date(), "start": NOW, "end": later(minutes=20)}
    return Observation(
        **{"id": id, "created_at": NOW, "updated_at": NOW, "lines": (line,), **seen, **fields}
    )


def cycle(id: str = "first", of: str = "ana", **fields: Any) -> Cycle:
    return Cycle(
        **{"id": id, "created_at": NOW, "updated_at": NOW, "coachee": of, "number": 1, **fields}
    )


def goal(id: str = "goal", of: str = "ana", **fields: Any) -> GrowthGoal:
    own = {"statement": "S explain their thinking", "state": GoalState.ACTIVE}
    times = {"created_at": NOW, "updated_at": NOW, "agreed_on": NOW.date()}
    return GrowthGoal(**{"id": id, "coachee": of, **own, **times, **fields})


def evidence(id: str = "item", of: str = "goal", **fields: Any) -> Evidence:
    own = {"mode": EvidenceMode.VIDEO, "date": NOW.date(), "what": "six minutes of a debate"}
    times = {"created_at": NOW, "updated_at": NOW}
    return Evidence(**{"id": id, "goal": of, **own, **times, **fields})


def held_meeting(day: date) -> FeedbackMeeting:
    return FeedbackMeeting(date=day, held=True)


def opened(directory: Path | str, *, create: bool = True, **options: Any) -> JournalEngine:
    """The store in `directory`, with a lock that is waited for as long as a slow machine needs."""
    return JournalEngine.open(
        str(directory), **{"create": create, "session": "test", "lock_timeout": 60.0, **options}
    )


def everything(engine: JournalEngine) -> dict[str, dict[str, dict[str, Any]]]:
    """All documents, by table and id, as the engine has them in memory."""
    return {
        table: {found["id"]: found for found in engine.query(table)}
        for table in engine.contents.tables
    }


def names_in(directory: Path | str) -> list[str]:
    return sorted(os.listdir(directory))
