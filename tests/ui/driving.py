"""Driving the app in tests: its store in a folder, a clock that stands still, keys, screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from coach_tui.app import CoachApp
from coach_tui.coaching.caseload import read_caseload
from coach_tui.coaching.clock import SettableClock
from coach_tui.coaching.desk import Desk, open_desk
from coach_tui.coaching.settings import Settings
from coach_tui.domain.enumerations import CoacheeState, CoachRole
from coach_tui.domain.records import Coachee, Cycle, Observation
from coach_tui.widgets.hint_line import HintLine
from tests.support import as_before, launch

HOME, WIDE = (80, 24), (120, 40)
"""Columns and lines of a terminal: what every screen must fit into, and comfort."""

Shown = TypeVar("Shown", bound=Screen[Any])

ZONE = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 23, 15, 14, 5, tzinfo=UTC)
"""Monday 23 November 2026, 09:14:05 in Chicago."""

HOSTILE = (
    "[/] [red]x[/red] $accent",
    "\x1b[2J\x1b[31mred",
    "\u05e9\u05dc\u05d5\u05dd \u202etxt",
    "\U0001f469\u200d\U0001f3eb \U0001f44d\U0001f3fd",
    "x" * 10_000,
    "a\tb\\",
)
"""Text that tries to be markup, a terminal's orders, another direction, or simply too much."""


def clock() -> SettableClock:
    """Return a clock that stands at `NOW`."""
    return SettableClock(NOW, ZONE)


def desk_in(folder: Path, at: SettableClock | None = None) -> Desk:
    """Open a desk over the store in `folder`, making one when there is none."""
    return open_desk(str(folder), at or clock(), Settings().rules, "test", create=True)


def set_up(folder: Path) -> None:
    """Go through the first run without the screen."""
    desk = desk_in(folder)
    desk.setting_up.begin(
        "Dana Whitfield",
        CoachRole.INSTRUCTIONAL_COACH,
        date(2026, 8, 31),
        date(2027, 6, 4),
        "",
        [(date(2026, 11, 26), date(2026, 11, 27), "Thanksgiving")],
    )
    desk.close()


def add(folder: Path, name: str, **fields: Any) -> Coachee:
    """Put somebody on the caseload of the store in `folder`; names may be of any length."""
    desk = desk_in(folder)
    own = {"id": desk.ledger.new_id(), "created_at": NOW, "updated_at": NOW, "name": name}
    desk.ledger.save(f"Add {name}", as_before(Coachee, **own, **fields))
    coachee = desk.coachees.get(str(own["id"]))
    desk.close()
    return coachee


def add_launched(folder: Path, name: str = "Ana Ruiz", **fields: Any) -> Coachee:
    """Put somebody on the caseload who is active since the launch of 8 September."""
    return add(folder, name, **{"state": CoacheeState.ACTIVE, "launch": launch(), **fields})


def stored(folder: Path) -> Coachee:
    """Return the one teacher as stored."""
    return desk_in(folder).coachees.all()[0]


def observations(folder: Path) -> list[Observation]:
    """Return what is stored of the one teacher's observations, newest first."""
    desk = desk_in(folder)
    return desk.observing.of(desk.coachees.all()[0].id)


def cycles(folder: Path) -> list[Cycle]:
    """Return everybody's cycles as stored, by the day of the planned visit."""
    desk = desk_in(folder)
    found = [one for who in desk.coachees.all() for one in desk.cycling.of(who.id)]
    desk.close()
    return sorted(found, key=lambda one: str(one.planned.observation))


def app_over(
    folder: Path, *, at: SettableClock | None = None, settings: Settings | None = None
) -> CoachApp:
    """Return the app as the command line builds it."""
    when, chosen = at or clock(), settings or Settings()
    caseload = read_caseload(str(folder), when, chosen.rules)
    return CoachApp(lambda: desk_in(folder, when), chosen, when, caseload)


@asynccontextmanager
async def opened(
    folder: Path,
    *,
    size: tuple[int, int] = HOME,
    at: SettableClock | None = None,
    settings: Settings | None = None,
) -> AsyncIterator[tuple[CoachApp, Pilot[Any]]]:
    """Run the app over the store in `folder`, its first screen settled."""
    app = app_over(folder, at=at, settings=settings)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield app, pilot


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until every verb that was asked for is done and shown."""
    app = pilot.app
    assert isinstance(app, CoachApp)
    for _ in range(4):
        await pilot.pause()
        await app.session.perform(lambda desk: None)
    await pilot.pause()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after another, each settled."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def burst(pilot: Pilot[Any], *keys: str) -> None:
    """Send keys all at once, as they arrive over a slow line, then let them settle."""
    app = pilot.app
    for key in keys:
        character = {"space": " "}.get(key, key if len(key) == 1 else None)
        app.post_message(events.Key(key, character))
    for _ in range(6):
        await settle(pilot)


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """Type plain characters, one right after the other; the pilot would wait after each."""
    for character in text:
        pilot.app.post_message(events.Key(character, character))
    await settle(pilot)


def front(app: CoachApp, kind: type[Shown]) -> Shown:
    """Return the screen in front, which is of this kind."""
    screen = app.screen
    assert isinstance(screen, kind)
    return screen


def said(app: CoachApp) -> str:
    """Return what was said in passing."""
    return " | ".join(note.message for note in app._notifications)


def under_script(app: CoachApp) -> str:
    """Return what stands under the script of an observation, its rows in one."""
    return " ".join(app.screen.query_one(HintLine).words.split()).replace(" · ", "; ")


def screen_text(app: CoachApp) -> str:
    """Return what the terminal shows, a line a row, without colours."""
    width, height = app.size
    lines = [["" for _ in range(0)] for _ in range(height)]
    for y, strip in enumerate(app.screen._compositor.render_strips(app.size)):
        lines[y] = [segment.text for segment in strip]
    return "\n".join("".join(line)[:width].rstrip() for line in lines)
