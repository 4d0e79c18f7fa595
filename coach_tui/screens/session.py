"""What the screens share: the desk, opened once and off the event loop, and the settings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from coach_tui.coaching.caseload import Caseload
from coach_tui.coaching.clock import Clock, today
from coach_tui.coaching.drafting import Drafting
from coach_tui.coaching.settings import Settings

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk

Answer = TypeVar("Answer")


class Session:
    """One run of the app.

    Verbs run one after another in one thread of their own, so lines are saved in the order they
    were typed and nothing waits in the event loop. `caseload` is what is known of the caseload,
    None before there is a store; `drafts` keeps what is typed and not saved; `left_at` says at
    which line a finished script was left, by the observation's id.
    """

    def __init__(
        self,
        open_desk: Callable[[], Desk],
        settings: Settings,
        clock: Clock,
        caseload: Caseload | None,
    ) -> None:
        """Prepare; `open_desk` is called in the thread, on the first verb."""
        self._open_desk = open_desk
        self._desk: Desk | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")
        self.settings, self.clock, self.caseload = settings, clock, caseload
        self.drafts = Drafting(clock)
        self.left_at: dict[str, str] = {}

    def today(self) -> date:
        """Return the local date."""
        return today(self.clock)

    def _opened(self) -> Desk:
        if self._desk is None:
            self._desk = self._open_desk()
            self.drafts.attach(self._desk.drafts)
        return self._desk

    def begin(self, verb: Callable[[Desk], Answer]) -> asyncio.Future[Answer]:
        """Hand `verb` to the thread at once; returns what its answer, or its error, will be in.

        A verb that was asked for is carried out even when whoever asked has gone: a screen that
        closes cancels its workers, never what they were saving.
        """
        loop = asyncio.get_running_loop()
        done = loop.run_in_executor(self._thread, lambda: verb(self._opened()))
        return asyncio.shield(done)

    async def perform(self, verb: Callable[[Desk], Answer]) -> Answer:
        """Run `verb` with the desk in the thread; returns its answer or raises its error."""
        return await self.begin(verb)

    async def read_apart(
        self, verb: Callable[[Desk], Callable[[], Answer] | None]
    ) -> Answer | None:
        """Call what a verb returns in another thread, if anything; returns its answer.

        Files of others are read so: a large one takes seconds, and no save waits for it.
        """
        read = await self.perform(verb)
        return None if read is None else await asyncio.to_thread(read)

    async def refresh_caseload(self) -> Caseload:
        """Derive the caseload again; returns it."""
        self.caseload = await self.perform(lambda desk: desk.caseload())
        return self.caseload

    async def poll(self) -> bool:
        """Take in what another session wrote, once the desk is open; whether there was any."""
        if self._desk is None:
            return False
        return await self.perform(lambda desk: desk.poll())

    def close(self) -> None:
        """Let running verbs finish, then close the desk."""
        self._thread.shutdown(wait=True)
        if self._desk is not None:
            self._desk.close()
