"""What every screen of the app does: run verbs, say what went wrong, show its keys."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from textual.screen import Screen
from textual.worker import Worker, WorkerState

from coach_tui.coaching.refusals import REFUSALS
from coach_tui.presentation.errors import explain, unexpected
from coach_tui.screens.session import Session
from coach_tui.widgets.keyed_table import WIDE_FROM

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk
    from coach_tui.coaching.planning.days import Days

Answer = TypeVar("Answer")


class NotDone(Exception):
    """A verb refused and the coach was told; what would have followed does not happen."""


class CoachScreen(Screen[None]):
    """A screen of the app over a `Session`."""

    PLACES: ClassVar[tuple[str, ...]] = ("app",)
    """The places whose commands `?` lists here."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE_FROM, "-wide")]

    def __init__(self, session: Session) -> None:
        """Show what `session` knows."""
        super().__init__()
        self.session = session
        self._was_covered = False

    async def perform(self, verb: Callable[[Desk], Answer]) -> Answer:
        """Run a verb off the event loop.

        When it refuses, the coach is told why and `NotDone` is raised: nothing was changed.
        """
        return await self.outcome(self.session.begin(verb))

    async def outcome(self, begun: asyncio.Future[Answer]) -> Answer:
        """Wait for a verb that was handed to the session; else as `perform`."""
        try:
            return await begun
        except REFUSALS as error:
            self.complain(explain(error))
            raise NotDone from None

    async def days_now(self) -> Days:
        """Return the days as they stand; other calendars are read in another thread."""
        try:
            await self.session.read_apart(lambda desk: desk.unread_busy())
        except REFUSALS as error:
            self.complain(explain(error))
            raise NotDone from None
        return await self.perform(lambda desk: desk.days())

    def tell(self, words: str) -> None:
        """Say what was done, for a moment."""
        self.app.notify(words, timeout=3)

    def complain(self, words: str) -> None:
        """Say what could not be done, long enough to be read."""
        self.app.notify(words, severity="error", timeout=10)

    def draft_place(self) -> dict[str, str]:
        """Say where this screen is found again after a death, for `again` to read.

        A screen that is not made with its session alone adds what it is about, and says `again`.
        """
        return self.own_place()

    def own_place(self) -> dict[str, str]:
        """Return which screen this is: all there is to say where its session makes it alone."""
        return {"screen": f"{type(self).__module__}:{type(self).__qualname__}"}

    @classmethod
    async def again(cls, session: Session, place: Mapping[str, str]) -> Self:
        """Make the screen of a `draft_place`; raises what a verb raises when it is gone."""
        return cls(session)

    async def resume(self, place: Mapping[str, str]) -> None:
        """Read again what is shown, and go to where the action of `place` was begun.

        Called before that action is begun again: by then its records must be as they are stored.
        """

    def places_of_help(self) -> tuple[str, ...]:
        """Return the places whose commands `?` lists now, the first being where she is."""
        return self.PLACES

    def history_of(self) -> tuple[str, str, str] | None:
        """Return what `H` shows the history of: what it is called, its table and its id."""
        return None

    async def settle(self) -> None:
        """Save what was typed and not yet saved: called before the app closes."""

    async def on_desk_changed(self) -> None:
        """Show again what may have changed: called when the screen comes back into view."""

    def on_screen_suspend(self) -> None:
        """Remember that another screen came in front."""
        self._was_covered = True

    async def on_screen_resume(self) -> None:
        """Show again what may have changed while another screen was in front."""
        if self._was_covered:
            self._was_covered = False
            await self.on_desk_changed()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Name an error nobody expected; what was saved before is safe."""
        error = event.worker.error
        if event.state is WorkerState.ERROR and error and not isinstance(error, NotDone):
            self.complain(unexpected(error))
