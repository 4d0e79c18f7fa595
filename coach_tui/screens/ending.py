"""How the app ends: asked to, hung up on, or by a defect; what is typed is saved first."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING

from rich.text import Text
from textual import events

from coach_tui.presentation.commands import COMMANDS, key_words, keys_of
from coach_tui.presentation.errors import unexpected
from coach_tui.screens.modes import WithModes

if TYPE_CHECKING:
    from coach_tui.screens.editor import Guest

QUIT, HOW_TO_LEAVE = (
    next(command for command in COMMANDS if command.id == id)
    for id in ("app.quit", "app.how_to_leave")
)


class WithEnding(WithModes):
    """An app that saves what is typed before it ends."""

    _asked_to_quit = False
    _hanging_up: asyncio.Future[None] | None = None
    guest: Guest | None = None
    """The program that has the terminal now; None while the app has it."""

    async def on_event(self, event: events.Event) -> None:
        """Say how to leave where the app's own key for that does not arrive.

        A key that was typed before the terminal was given away is not for what comes after.
        """
        if isinstance(event, events.Key) and self.guest is not None:
            return
        if isinstance(event, events.Key) and not event.is_forwarded and self._is_kept(event):
            self.action_how_to_leave()
        await super().on_event(event)

    def _is_kept(self, event: events.Key) -> bool:
        """Whether the key asks how to leave in a dialog, or over selected text, which it copies."""
        asks = event.key in keys_of(HOW_TO_LEAVE, self.session.settings.keys).split(",")
        if not asks or event.is_printable:
            return False
        return self.screen.is_modal or bool(getattr(self.focused, "selected_text", ""))

    def action_how_to_leave(self) -> None:
        """Say how to leave: in a terminal ctrl+c is the first that is tried."""
        last = key_words(keys_of(QUIT, self.session.settings.keys).split(",")[-1])
        self.notify(
            f"Nothing ends by this key. Escape goes back a step, then {last} closes the app; "
            "what is typed is kept.",
            timeout=8,
        )

    def watch_for_hang_up(self) -> None:
        """End in order when the terminal is closed or the machine goes down."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(name, self.hang_up)

    @property
    def is_hanging_up(self) -> bool:
        """Whether the app ends because nobody is there any more."""
        return self._hanging_up is not None

    def hang_up(self) -> None:
        """End in order, whatever has the terminal."""
        if self._hanging_up is None:
            self._hanging_up = asyncio.ensure_future(self._settle_and_end())

    async def _settle_and_end(self) -> None:
        self.session.drafts.flush()
        if self.guest is not None:
            await self.guest.see_off()
        await self.settled()
        self.exit()

    def begin_standing_aside(self) -> None:
        """Draw nothing from now on: the terminal is another program's."""
        self._begin_batch()

    def end_standing_aside(self) -> None:
        """Draw everything anew."""
        self._end_batch()
        self.refresh(layout=True)

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
