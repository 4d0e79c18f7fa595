"""One key at a time: what was typed ahead waits until the key before it has done its work.

Textual hands each key to whatever has the focus when it arrives. Over a slow line several arrive
at once, and the letters after an `o` would be commands of the list that the notes do not cover yet.
Here a key that may move the focus - any command, Enter, Tab, Escape - holds the next ones back.
"""

from __future__ import annotations

import asyncio
from collections import deque

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.widgets import Input

MOVES = frozenset(
    {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "j", "k", "g", "G"}
)
"""Keys that move within a list: they are handled where the next key arrives, in order."""

LEAVES_INPUT = frozenset(
    {"enter", "tab", "shift+tab", "escape", "ctrl+s", "ctrl+p", "ctrl+q"}
    | {f"f{number}" for number in range(1, 13)}
)
"""Keys that may move the focus out of an input."""

ACTIONS = "action"
"""The group of the workers that a command starts, and that may open a screen."""

LOOK_AGAIN = 0.02
"""Seconds between looks at whether a widget is still there."""

PATIENCE = 15.0
"""Seconds after which held keys are let go, whatever the command before them is waiting for."""


class OneKeyAtATime(App[str]):
    """An app whose keys wait for each other."""

    def __init__(self) -> None:
        """Hold no key."""
        super().__init__()
        self._typed_ahead: deque[events.Key] = deque()
        self._handling: asyncio.Task[None] | None = None

    async def on_event(self, event: events.Event) -> None:
        """Let everything pass but keys that come while the one before is at work."""
        if not isinstance(event, events.Key) or event.is_forwarded or self._passes(event):
            await super().on_event(event)
        else:
            self._typed_ahead.append(event)
            if self._handling is None:
                self._handling = asyncio.create_task(self._handle_keys())

    def _passes(self, event: events.Key) -> bool:
        return self._handling is None and self._is_typing(event)

    def _is_typing(self, event: events.Key) -> bool:
        """Whether the key stays in the widget that has the focus."""
        takes_lines = bool(getattr(self.focused, "takes_lines", False))
        if isinstance(self.focused, Input) or takes_lines:
            stays = event.key == "enter" and takes_lines
            return stays or event.key not in LEAVES_INPUT
        return event.key in MOVES

    async def _handle_keys(self) -> None:
        try:
            while self._typed_ahead:
                event = self._typed_ahead.popleft()
                typing = self._is_typing(event)
                screen, focused = self.screen, self.focused
                await super().on_event(event)
                if not typing:
                    await self._done(screen, focused)
        finally:
            self._handling = None

    async def _done(self, screen: MessagePump, focused: MessagePump | None) -> None:
        """Wait until a key was handled, and until what it opens has the focus."""
        await self._heard_by(focused, screen, self, screen)
        waited = 0.0
        while self.screen is screen and self._is_at_work(screen) and waited < PATIENCE:
            await asyncio.sleep(0.005)
            waited += 0.005
        if self.screen is not screen:
            await self._heard_by(self.screen, self, self.screen, self)

    def _is_at_work(self, screen: MessagePump) -> bool:
        """Whether a command of this very screen is at work; one below waits for this one."""
        return any(
            one.node is screen and one.group == ACTIONS and not one.is_finished
            for one in self.workers
        )

    async def _heard_by(self, *pumps: MessagePump | None) -> None:
        """Wait until each in turn has handled all that was sent to it before.

        One that is being taken off the screen hears nothing any more, and is not waited for.
        """
        for pump in pumps:
            if pump is None:
                continue
            heard = asyncio.get_running_loop().create_future()
            pump.call_later(_set, heard)
            waited = 0.0
            while not heard.done() and pump.is_running and pump.is_attached and waited < PATIENCE:
                await asyncio.wait([heard], timeout=LOOK_AGAIN)
                waited += LOOK_AGAIN


def _set(heard: asyncio.Future[None]) -> None:
    if not heard.done():
        heard.set_result(None)
