"""How the app ends: asked to, hung up on, or by a defect; what is typed is saved first."""

from __future__ import annotations

import asyncio
import os
import signal

from rich.text import Text

from coach_tui.presentation.errors import unexpected
from coach_tui.screens.modes import WithModes


class WithEnding(WithModes):
    """An app that saves what is typed before it ends."""

    _asked_to_quit = False

    def watch_for_hang_up(self) -> None:
        """End in order when the terminal is closed or the machine goes down."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(name, self._hang_up)

    def _hang_up(self) -> None:
        self._hanging_up = asyncio.ensure_future(self._settle_and_end())

    async def _settle_and_end(self) -> None:
        self.session.drafts.flush()
        await self.settled()
        self.exit()

    async def action_quit(self) -> None:
        """Close; what was acknowledged is on disk already, a half-typed line is saved first.

        When it cannot be saved the app stays open, and says so; asked once more, it closes.
        """
        if await self.settled() or self._asked_to_quit:
            self.exit()
            return
        self._asked_to_quit = True
        self.complain("Some lines are not saved. Quit once more to leave without them.")

    def _fatal_error(self) -> None:
        """Close with the kind and place of an error; Textual would print every local variable."""
        if os.environ.get("COACH_TUI_DEBUG"):
            super()._fatal_error()
            return
        if self._exception is not None:
            words = f"coach-tui: {unexpected(self._exception)}"
            self._exit_renderables.append(Text(words, no_wrap=True, overflow="ignore"))
        self._close_messages_no_wait()
