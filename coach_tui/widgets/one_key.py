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

ACTIONS = "action"
"""The group of the workers that a command starts, and that may open a screen."""

LOOK_AGAIN = 0.02
"""Seconds between looks at whether a widget is still there."""

PATIENCE = 15.0
"""Seconds after which nothing is waited for any more, whatever the command is waiting for."""

TOO_LONG = 2.0
"""Seconds of waiting after which the keys that were held are commands no more: who typed them
saw nothing happen, and meant them for what did not come. In an input they are what they were."""

LEFT_OUT = "Keys that were typed while the app was waiting were left out"


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
        if getattr(self.focused, "takes_next_key", False):
            # It is the answer to a command, and may ask for another key.
            return False
        if getattr(self.focused, "takes_lines", False):
            return event.is_printable or event.key == "enter"
        if isinstance(self.focused, Input):
            # Backspace and the like are bindings: Textual runs them after the letters behind them.
            return event.is_printable
        return event.key in MOVES

    async def _handle_keys(self) -> None:
        try:
            while self._typed_ahead:
                event = self._typed_ahead.popleft()
                typing = self._is_typing(event)
                screen, focused = self.screen, self.focused
                begun = asyncio.get_running_loop().time()
                await super().on_event(event)
                if not typing:
                    await self._done(screen, focused)
                    if asyncio.get_running_loop().time() - begun > TOO_LONG:
                        self._leave_out_commands()
        finally:
            self._handling = None

    def _leave_out_commands(self) -> None:
        """Drop what was typed ahead for too long, unless it is text for the input that is there."""
        typing = isinstance(self.focused, Input) or getattr(self.focused, "takes_lines", False)
        if self._typed_ahead and not typing:
            self._typed_ahead.clear()
            self.notify(LEFT_OUT, markup=False, severity="warning", timeout=10)

    async def _done(self, screen: MessagePump, focused: MessagePump | None) -> None:
        """Wait until a key was handled, and until what it opens has the focus."""
        await self._heard_by(focused, screen, self, screen)
        await self._rested()
        if self.screen is not screen:
            await self._heard_by(self.screen, self, self.screen, self)
            # A screen that has just come may have to read what it shows first.
            await self._rested()

    async def _rested(self) -> None:
        """Wait until no command of the screen in front is at work."""
        waited = 0.0
        while self._is_at_work(self.screen) and waited < PATIENCE:
            await asyncio.sleep(0.005)
            waited += 0.005

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
