"""Covering the screen: by a key from anywhere, or when nobody is there; nothing comes above it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import events

from coach_tui.presentation.commands import COMMANDS, keys_of
from coach_tui.screens.ending import WithEnding

if TYPE_CHECKING:
    from textual.await_complete import AwaitComplete
    from textual.screen import Screen

    from coach_tui.screens.dialogs.locked import LockedScreen

COVER = next(command for command in COMMANDS if command.id == "app.lock_screen")


class WithCover(WithEnding):
    """An app whose screen is covered until the passphrase is given, where there is one."""

    _has_passphrase = False
    _touched_at = 0.0
    _cover: LockedScreen | None = None

    async def on_event(self, event: events.Event) -> None:
        """Remember when somebody was there; take the key for the cover in dialogs too."""
        if isinstance(event, (events.Key, events.Paste, events.MouseDown)):
            self._touched_at = monotonic()
        if isinstance(event, events.Key) and self._covers_a_dialog(event):
            self.action_lock_screen()
            return
        await super().on_event(event)

    def _covers_a_dialog(self, event: events.Key) -> bool:
        """Whether this is the key for the cover, in a dialog: Textual keeps the app's keys from it.

        A letter is text there, whatever the coach's keymap says.
        """
        keys = keys_of(COVER, self.session.settings.keys).split(",")
        return self.screen.is_modal and event.key in keys and not event.is_printable

    async def learn_of_passphrase(self) -> None:
        """Ask, once the store is open, whether the screen is to be covered when nobody is there."""
        self._has_passphrase = await self.session.perform(lambda desk: desk.is_locked)
        self._touched_at = monotonic()

    def lock_when_idle(self) -> None:
        """Cover the screen when nobody touched a key for as long as the settings say."""
        after = self.session.settings.lock_after * 60
        if self._has_passphrase and after and monotonic() - self._touched_at > after:
            self.action_lock_screen()

    @property
    def is_covered(self) -> bool:
        """Whether the screen is locked now."""
        return self._cover is not None

    def action_lock_screen(self) -> None:
        """Cover the screen until the passphrase is given."""
        from coach_tui.screens.dialogs.locked import LockedScreen

        if not self._has_passphrase:
            words = "There is no passphrase yet: coach-tui lock, on the command line, sets one"
            self.notify(words, markup=False)
        elif not self.is_covered:
            self.clear_notifications()
            cover = LockedScreen(self.session)
            self.push_screen(cover)
            self._cover = cover

    def action_uncover(self) -> None:
        """Take the cover away: the passphrase was given."""
        cover, self._cover = self._cover, None
        if cover is not None:
            cover.dismiss(None)

    def push_screen(self, *screen: Any, **how: Any) -> Any:
        """Show a screen; one that work opens while the screen is covered waits below the cover."""
        with self._below_the_cover():
            return super().push_screen(*screen, **how)

    def pop_screen(self) -> AwaitComplete:
        """Take the screen in front away; while it is covered, the one below the cover."""
        with self._below_the_cover():
            return super().pop_screen()

    async def go_to_mode(self, mode: str) -> None:
        """Open a mode; while the screen is covered, none."""
        if not self.is_covered:
            await super().go_to_mode(mode)

    @contextmanager
    def _below_the_cover(self) -> Iterator[None]:
        """Leave the cover out of the stack of screens for as long as it is changed."""
        stack: list[Screen[Any]] = self._screen_stacks[self.current_mode]
        cover = self._cover
        if cover is None or cover not in stack:
            yield
            return
        stack.remove(cover)
        try:
            yield
        finally:
            stack.append(cover)
