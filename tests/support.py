"""Builders that tests share: a clock that stands still, a school year, people, a desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

from coach_tui.coaching.clock import SettableClock
from coach_tui.coaching.desk import Desk, open_desk
from coach_tui.coaching.planning.planning import Time
from coach_tui.coaching.script_lines import plain
from coach_tui.domain.enumerations import CoacheeState, LaunchItem
from coach_tui.domain.facts import CoacheeFacts
from coach_tui.domain.records import (
    Coachee,
    Cycle,
    DateSpan,
    FeedbackMeeting,
    LaunchConversation,
    NoteLine,
    Observation,
    SchoolCalendar,
    TickedNote,
)
from coach_tui.domain.records.base import READING, Part
from coach_tui.domain.school_days import SchoolDays
from coach_tui.domain.statuses import Rules
from coach_tui.store.engine import Engine
from coach_tui.store.memory_engine import MemoryEngine
from coach_tui.store.records import RecordStore

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
"""A Monday in the week of Thanksgiving, nine in the morning where the coach works."""

ZONE = timezone(timedelta(hours=-6))
TODAY = date(2026, 11, 23)

FIRST_DAY, LAST_DAY = date(2026, 8, 31), date(2027, 6, 11)
THANKSGIVING = DateSpan(first=date(2026, 11, 25), last=date(2026, 11, 27), label="Thanksgiving")
WINTER = DateSpan(first=date(2026, 12, 21), last=date(2027, 1, 1), label="Winter break")

HOSTILE = (
    "[/] [red]x[/red]",
    "\x1b[2J\x1b]0;title\x07\x9b31m",
    "\u202eright to left\u2066 \u200f\u061c",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "\U0001f469\u200d\U0001f3eb \u2764\ufe0f \U0001f1fa\U0001f1f8",
    "e\u0301" * 20,
    "\u6f22\u5b57\u304b\u306a" * 10,
    "one\r\ntwo\rthree\u2028four\u0085five\x0bsix",
    "tab\there \x00\x7f\xad|pipe|",
    "x" * 10_000,
)
"""Text that markup, terminals and tables each have a meaning for."""


Kind = TypeVar("Kind", bound=Part)


def as_before(kind: type[Kind], /, **fields: Any) -> Kind:
    """What an earlier version wrote, when names could be of any length."""
    return kind.model_validate(fields, context=READING)


SLOW = {
    "dataclasses",
    "importlib.metadata",
    "orjson",
    "pathlib",
    "platformdirs",
    "pydantic",
    "rich",
    "textual",
    "tinydb",
    "typing",
}
"""Modules that a quick command cannot afford to load."""


def ticked(done: bool = True, note: str = "") -> TickedNote:
    return TickedNote(done=done, note=note)


def launch(day: date | None = date(2026, 9, 8), *, done: int = 4) -> LaunchConversation:
    """A launch conversation with the first `done` of its items ticked."""
    items = {item: ticked(n < done) for n, item in enumerate(LaunchItem)}
    return LaunchConversation(date=day, items=items)


def coachee(name: str = "Ana Ruiz", **fields: Any) -> Coachee:
    own = {"id": "ana", "created_at": NOW, "updated_at": NOW, "name": name}
    return Coachee(**{**own, **fields})


def launched(name: str = "Ana Ruiz", **fields: Any) -> Coachee:
    """A coachee who is active since the launch conversation of 8 September."""
    return coachee(name, **{"state": CoacheeState.ACTIVE, "launch": launch(), **fields})


def cycle(number: int = 1, **fields: Any) -> Cycle:
    own = {"id": f"cycle-{number}", "created_at": NOW, "updated_at": NOW, "coachee": "ana"}
    return Cycle(**{**own, "number": number, **fields})


def meeting(day: date, **fields: Any) -> FeedbackMeeting:
    return FeedbackMeeting(**{"date": day, "held": True, **fields})


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A time of day where the coach works."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def observation(day: date = TODAY, **fields: Any) -> Observation:
    """An observation of twenty minutes at nine on `day`."""
    own = {"id": f"seen-{day}", "created_at": NOW, "updated_at": NOW, "coachee": "ana"}
    times = {"date": day, "start": moment(day), "end": moment(day, 9, 20)}
    return Observation(**{**own, **times, **fields})


def note_line(text: str = "T: what do you notice?", **fields: Any) -> NoteLine:
    return NoteLine(**{"id": "0001", "time": NOW, "text": text, **fields})


def school_year(**fields: Any) -> SchoolCalendar:
    """The school year of `FIRST_DAY` to `LAST_DAY` with its two breaks."""
    own = {"id": "calendar", "created_at": NOW, "updated_at": NOW}
    year = {"first_day": FIRST_DAY, "last_day": LAST_DAY, "days_off": (THANKSGIVING, WINTER)}
    return SchoolCalendar(**{**own, **year, **fields})


def school_days() -> SchoolDays:
    return school_year().school_days()


def facts(**fields: Any) -> CoacheeFacts:
    """Facts of an active coachee, launched on 8 September, met every two weeks."""
    own = {"id": "ana", "name": "Ana Ruiz", "state": "active", "launch_complete": True}
    return CoacheeFacts(**{**own, "launch_date": date(2026, 9, 8), **fields})


def clock(at: datetime = NOW) -> SettableClock:
    return SettableClock(at, ZONE)


def desk(at: datetime = NOW, *, engine: Engine | None = None) -> Desk:
    """A desk over a store in memory that has a school year, at a clock that stands still."""
    store = RecordStore(engine if engine is not None else MemoryEngine())
    made = Desk(store, clock(at), Rules())
    made.ledger.save("Set up", school_year())
    return made


def two_sessions(folder: Path) -> tuple[Desk, Desk]:
    """Two desks over one new store in `folder`."""
    store = str(folder / "store")
    return (
        open_desk(store, clock(), Rules(), "one", create=True),
        open_desk(store, clock(), Rules(), "other", create=False),
    )


def forward(of: Desk, **units: float) -> datetime:
    """Move a desk's clock on; returns the moment it stands at then."""
    assert isinstance(of.clock, SettableClock)
    of.clock.moment += timedelta(**units)
    return of.clock.moment


def add_lines(of: Desk, id: str, lines: Iterable[tuple[str, datetime]]) -> Observation:
    """Add lines of nobody, each with the moment it was begun."""
    return of.scripts.write(id, [plain(text, begun) for text, begun in lines])


def plan_visit(of: Desk, who: Coachee, day: date) -> Cycle:
    """Plan the next visit on a day, at no time of its own, or move the one that is planned."""
    return of.planning.plan_next_visit(who.id, Time(day))


def hold_meeting(
    of: Desk,
    who: Coachee,
    day: date,
    *,
    step: str = "",
    minutes: int = 0,
    note: str = "",
    park_open: bool = False,
    **fields: Any,
) -> Cycle:
    """Prepare, hold and end a feedback meeting, with its action step where `step` says one."""
    waiting = of.meetings.waiting(who.id)
    cycle = waiting[0] if waiting else of.meetings.begin_without_observation(who)
    cycle = of.meetings.prepare(cycle.id)
    assert cycle.meeting is not None
    of.meetings.describe(
        cycle.id, cycle.meeting, alliance="", date=day, note=note or cycle.meeting.note
    )
    if step:
        of.action_steps.agree(cycle.id, step, park_open=park_open, **fields)
    return of.meetings.hold(cycle.id, day, minutes=minutes)


def add_launched(of: Desk, name: str = "Ana Ruiz", **fields: Any) -> Coachee:
    """Put someone on the caseload who is launched and active."""
    return of.coachees.add(
        name=name, **{"state": CoacheeState.ACTIVE, "launch": launch(), **fields}
    )
