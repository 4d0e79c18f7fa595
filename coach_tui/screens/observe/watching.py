"""What every part of the observe screen stands on: the observation, its record, its widgets."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal

from coach_tui.coaching.line_reader import LineReader
from coach_tui.coaching.settings import Settings
from coach_tui.domain.records import Coachee, Observation
from coach_tui.domain.scripting import Names, Prefixes
from coach_tui.presentation import dates
from coach_tui.presentation.commands import keys_after_leader
from coach_tui.presentation.observing import (
    clock_words,
    stays_planned_words,
    summary_lines,
    talk_words,
)
from coach_tui.presentation.text import cut, plural, visible, width
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.session import Session
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.hint_line import HintLine
from coach_tui.widgets.script_input import ScriptInput
from coach_tui.widgets.script_view import ScriptView
from coach_tui.widgets.summary_panel import SummaryPanel

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk

Verb = Callable[["Desk", str], Observation]


HINT = "what you see and hear; Enter saves the line"
"""What stands in the input before anything is typed."""


@dataclass(frozen=True)
class Opening:
    """What is opened: whose observation, which one (None begins one), and why before the launch.

    `adding` says that lines are added to it though it has ended; `at_line` which line is chosen;
    `stays_planned` the day of the visit that this one, which comes before it, leaves planned.
    """

    coachee: Coachee
    observation: str | None = None
    because: str = ""
    adding: bool = False
    at_line: int | None = None
    stays_planned: date | None = None


class Watching(CoachScreen):
    """An observation on the screen. One that was never begun begins with what is put down first."""

    def __init__(self, session: Session, opening: Opening) -> None:
        """Write in the observation of `opening`."""
        super().__init__(session)
        self._coachee, self._because = opening.coachee, opening.because
        self._observation_id = opening.observation
        self._observation: Observation | None = None
        self._adding, self._at_line = opening.adding, opening.at_line
        self._stays_planned = opening.stays_planned
        settings: Settings = session.settings
        self.reader = LineReader(Prefixes(settings.prefixes), Names(self.groups))
        self._look_fors: tuple[str, ...] = ()
        self.script = ScriptView(session.clock.local)
        self.line = ScriptInput(hint=HINT, id="observe-input")
        self.hint = HintLine()
        self.title_bar = TitleBar(self._coachee.name)
        self.panel = SummaryPanel(keys_after_leader("summary", settings.keys))
        self.key_bar = KeyBar("observe", keymap=settings.keys)

    def compose(self) -> ComposeResult:
        """Lay out title, script with the summary beside it, hint, line and keys."""
        yield self.title_bar
        with Horizontal(id="observe-body"):
            yield self.script
            yield self.panel
        yield self.hint
        yield self.line
        yield self.key_bar

    @property
    def is_open(self) -> bool:
        """Whether lines can be typed: it runs, or the coach said that she goes on."""
        seen = self._observation
        return self._adding or (seen.end is None if seen else self._observation_id is None)

    @property
    def now(self) -> datetime:
        """This moment."""
        return self.session.clock.now()

    def begin_keeping(self, verb: Verb, at: datetime | None) -> asyncio.Future[Observation]:
        """Hand over what `keep` does, at once; `kept` takes what comes of it."""

        def in_order(desk: Desk) -> Observation:
            id = self._observation_id
            if id is None:
                id = desk.observing.start(self._coachee, self._because, at).id
            return verb(desk, id)

        return self.session.begin(in_order)

    async def kept(self, begun: asyncio.Future[Observation]) -> Observation:
        """Wait for what was handed over; returns and raises as `keep`."""
        seen = await self.outcome(begun)
        self._observation_id = seen.id
        return seen

    async def keep(self, verb: Verb, at: datetime | None = None) -> Observation:
        """Do something with the observation, which begins at the moment `at` if it has not.

        Returns it as stored. Raises `NotDone` when it was refused, and the coach was told.
        """
        return await self.kept(self.begin_keeping(verb, at))

    async def record(self, verb: Verb, at: datetime | None = None) -> Observation:
        """Do something with the observation, and show it."""
        seen = await self.keep(verb, at)
        self.show_observation(seen)
        return seen

    def show_observation(self, observation: Observation | None) -> None:
        """Show another state of the observation."""
        self.take_state(observation)
        self.show_all()

    def take_state(self, observation: Observation | None) -> None:
        """Take in another state of it: where lines could be typed, they can be typed on.

        Another session may have ended it: the letters of a line must not become commands.
        """
        was_open, before = self.is_open, self._observation
        self._observation = observation
        if was_open and before is not None and not self.is_open:
            self._adding = True
            self.tell("It was ended in another session; what you type is still added")

    def show_ended(self, observation: Observation) -> None:
        """Show the observation that was ended here: from now on it is read."""
        self._adding, self._observation = False, observation
        self.show_all()

    def show_all(self) -> None:
        """Show the script, the clock and the counts as they are."""
        raise NotImplementedError

    def show_clock(self) -> None:
        """Show the time observed: drawn anew when the minute changes."""
        seen = self._observation
        if seen is None:
            self.title_bar.heading = self._coachee.name
            self.title_bar.aside = self._words_before_the_first_line() if self.is_open else ""
            return
        start = self.session.clock.local(seen.start)
        day = (
            f"{dates.WEEKDAYS[seen.date.weekday()]} {dates.short(seen.date, self.session.today())}"
        )
        lines = "" if seen.end else f" · {plural(len(seen.lines), 'line')}"
        self.title_bar.aside = aside = f"{talk_words(seen)}{clock_words(seen, self.now)}{lines}"
        heading = f"{self._coachee.name} · {day}, {start.hour}:{start.minute:02}"
        # The clock is what she looks for: where there is no room for both, the day gives way.
        room = max(self.size.width - width(aside) - 4, 10)
        fits = width(visible(heading)) <= room
        self.title_bar.heading = heading if fits else cut(self._coachee.name, room)

    def _words_before_the_first_line(self) -> str:
        if self._stays_planned is not None:
            return stays_planned_words(self._stays_planned)
        return "it begins with your first line"

    def show_summary(self) -> None:
        """Show what was counted, where the panel is shown."""
        if self._observation is not None and self.panel.display:
            self.panel.show(
                summary_lines(
                    self._observation,
                    self.session.settings.counters,
                    self.groups,
                    self.now,
                    self.session.clock.local,
                )
            )

    @property
    def groups(self) -> list[str]:
        """The priority groups of this teacher."""
        return [group.label for group in self._coachee.priority_groups]

    def take_look_fors(self, look_fors: tuple[str, ...]) -> None:
        """Know the look-fors of the goal's practice profile: they can be ticked and tagged."""
        self._look_fors = look_fors
        self.reader.names = Names(self.groups, look_fors)

    def say(self) -> None:
        """Say what is to be said under the script."""
        raise NotImplementedError

    def lend_line(self, use: Borrowed) -> None:
        """Ask for something else in the input; what is half typed comes back afterwards."""
        raise NotImplementedError


@dataclass
class Borrowed:
    """Another use of the input for a while: what is asked, and who takes the answer."""

    prompt: str
    text: str
    take: Callable[[str], Awaitable[str]]
    """Takes the answer, and returns what is said of it; raises `NotDone` for one it cannot take."""
    cursor: int | None = None
    before: str | None = None
    """The answer as it is stored, where `text` is another that was typed and not saved."""
    kept: tuple[str, ...] = ()
    """What a draft keeps of the question, to ask it again; nothing where the answer is short."""
    from_lines: bool = False
    """Whether it is about a finished line: then it is among those that one goes on."""
    dismissed: tuple[str, ...] = ()
    """The words of the line it is about that the coach said no to."""

    def is_changed(self, answer: str) -> bool:
        """Whether `answer` says anything that is not stored."""
        return answer != (self.text if self.before is None else self.before)
