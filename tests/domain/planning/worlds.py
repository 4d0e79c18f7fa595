"""Worlds to plan in: buildings with bells, people, school years, as hypothesis draws them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from coach_tui.domain.facts import CoacheeFacts
from coach_tui.domain.planning.appointments import Appointment, Stage
from coach_tui.domain.planning.bells import Bells, Period
from coach_tui.domain.planning.conflicts import Surroundings
from coach_tui.domain.school_days import SchoolDays

BUILDINGS = ("Oak", "Elm", "Fir")
FIRST, LAST = date(2026, 8, 31), date(2027, 6, 11)

PERIODS = tuple(
    Period(f"Period {n}", 420 + 60 * n, 470 + 60 * n, building)
    for building in BUILDINGS
    for n in range(1, 7)
)
"""Six periods a building: 8:00-8:50, 9:00-9:50 and so on."""

BELLS = Bells(PERIODS)


def surroundings(
    off: tuple[date, ...] = (), *, early: tuple[date, ...] = (), early_from: int | None = None
) -> Surroundings:
    days = SchoolDays(FIRST, LAST, days_off=off)
    names = dict.fromkeys(off, "Snow day")
    return Surroundings(days, BELLS, names_off=names, early=early, early_from=early_from)


def facts(id: str = "ana", **fields: Any) -> CoacheeFacts:
    own = {"id": id, "name": id.title(), "state": "active", "launch_complete": True}
    return CoacheeFacts(**{**own, "launch_date": date(2026, 9, 8), "building": "Oak", **fields})


@dataclass(frozen=True)
class World:
    """A caseload on a day, with what stands in the coach's week."""

    today: date
    now: int
    monday: date
    everyone: tuple[CoacheeFacts, ...]
    observable: dict[str, tuple[str, ...]]
    appointments: tuple[Appointment, ...]
    surroundings: Surroundings
    hours: float | None

    @property
    def week(self) -> list[date]:
        return [self.monday + timedelta(days=n) for n in range(7)]


school_dates = st.dates(date(2026, 9, 14), date(2027, 5, 28))


@st.composite
def worlds(draw: st.DrawFn) -> World:
    today = draw(school_dates)
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=draw(st.integers(0, 1)))
    days = [monday + timedelta(days=n) for n in range(7)]
    off = tuple(draw(st.lists(st.sampled_from(days), max_size=2, unique=True)))
    early = tuple(draw(st.lists(st.sampled_from(days), max_size=1)))
    everyone = tuple(
        facts(
            f"t{n}",
            building=draw(st.sampled_from((*BUILDINGS, ""))),
            last_meeting=today - timedelta(days=draw(st.integers(0, 60))),
            cadence=draw(st.sampled_from(("weekly", "biweekly", "monthly", "every 3 school days"))),
            state=draw(st.sampled_from(("active", "active", "active", "paused", "closed"))),
            planned=tuple(draw(st.lists(st.sampled_from(days), max_size=1))),
        )
        for n in range(draw(st.integers(0, 12)))
    )
    names = [f"Period {n}" for n in range(1, 7)]
    observable = {
        one.id: tuple(draw(st.lists(st.sampled_from(names), max_size=3, unique=True)))
        for one in everyone
    }
    return World(
        today=today,
        now=draw(st.integers(0, 900)),
        monday=monday,
        everyone=everyone,
        observable=observable,
        appointments=tuple(draw(st.lists(appointments(days), max_size=10))),
        surroundings=surroundings(off, early=early, early_from=draw(st.none() | st.just(720))),
        hours=draw(st.none() | st.floats(0, 20)),
    )


@st.composite
def appointments(draw: st.DrawFn, days: list[date]) -> Appointment:
    return Appointment(
        draw(st.sampled_from((Stage.VISIT, Stage.MEETING, Stage.RESPONSIBILITY, Stage.BUSY))),
        draw(st.sampled_from(days)),
        draw(st.none() | st.integers(420, 900)),
        draw(st.integers(5, 90)),
        record=draw(st.text("abc", min_size=1, max_size=4)),
        building=draw(st.sampled_from((*BUILDINGS, ""))),
    )
