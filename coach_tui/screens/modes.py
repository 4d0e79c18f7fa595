"""The modes on the number keys: which there are, and going from one to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

from textual.app import App

from coach_tui.presentation.text import cut
from coach_tui.screens.base import CoachScreen, NotDone

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel
    from textual.screen import Screen

    from coach_tui.screens.session import Session

FIRST = "caseload"
"""The mode that the app opens in."""

LONGEST_NOTICE = 240
"""Columns that a passing notice takes at most: a name may be as long as somebody typed it."""

PLACES_OF_MODES: Mapping[str, str] = {
    "today": "coach_tui.screens.today.screen:TodayScreen",
    FIRST: "coach_tui.screens.caseload:CaseloadScreen",
    "calendar": "coach_tui.screens.calendar.screen:CalendarScreen",
    "notes": "coach_tui.screens.notes.screen:NotesScreen",
    "progress": "coach_tui.screens.progress.screen:ProgressScreen",
}
"""Where the screen of each mode is: imported when the mode is first opened."""


def load(place: str) -> type[CoachScreen]:
    """Import a screen from its `module:Class`."""
    module, _, name = place.partition(":")
    screen: type[CoachScreen] = getattr(import_module(module), name)
    return screen


class WithModes(App[str]):
    """An app whose number keys go from mode to mode.

    Each mode keeps the screens that were opened in it. The key of the mode that is in front goes
    back to its first screen.
    """

    DEFAULT_MODE = FIRST
    session: Session

    def register_modes(self) -> None:
        """Make the modes known; none is imported before it is opened."""
        for mode, place in PLACES_OF_MODES.items():
            self.add_mode(mode, self.get_default_screen if mode == FIRST else self._maker(place))

    def _maker(self, place: str) -> Callable[[], Screen[None]]:
        return lambda: load(place)(self.session)

    async def go_to_mode(self, mode: str) -> None:
        """Open a mode; a half-typed line is saved first, and when it cannot be, nothing moves."""
        if not self.is_begun:
            self.notify("First say who you are and what your school year is", markup=False)
            return
        if not await self.settled():
            return
        if self.current_mode != mode:
            await self.switch_mode(mode)
            return
        base = load(PLACES_OF_MODES[mode])
        while len(self.screen_stack) > 1 and not isinstance(self.screen, base):
            self.pop_screen()

    @property
    def is_begun(self) -> bool:
        """Whether the first run was finished: before it there is nothing in any mode."""
        caseload = self.session.caseload
        return caseload is not None and bool(caseload.coach) and caseload.has_calendar

    async def settled(self) -> bool:
        """Save what is typed and waits on every screen; returns whether that was possible."""
        try:
            for screen in self.screen_stack:
                if isinstance(screen, CoachScreen):
                    await screen.settle()
        except NotDone:
            return False
        return True

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = False,
    ) -> None:
        """Say something for a moment: literal whatever `markup` says, and never a screenful."""
        words = cut(message, LONGEST_NOTICE)
        super().notify(words, title=title, severity=severity, timeout=timeout, markup=False)

    def complain(self, words: str) -> None:
        """Say what could not be done."""
        self.notify(words, severity="error", timeout=15)

    async def action_today(self) -> None:
        """Go to what is owed and due now."""
        await self.go_to_mode("today")

    async def action_caseload(self) -> None:
        """Go to the caseload."""
        await self.go_to_mode("caseload")

    async def action_calendar(self) -> None:
        """Go to the calendar."""
        await self.go_to_mode("calendar")

    async def action_notes(self) -> None:
        """Go to the notes."""
        await self.go_to_mode("notes")

    async def action_progress(self) -> None:
        """Go to goals and their evidence."""
        await self.go_to_mode("progress")
