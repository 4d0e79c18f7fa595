"""CoachApp: themes, keymap, screens; built by the command line."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import work
from textual.widgets import Input

from coach_tui.coaching.caseload import Caseload
from coach_tui.coaching.clock import Clock
from coach_tui.coaching.refusals import REFUSALS
from coach_tui.coaching.settings import THEMES, Settings
from coach_tui.presentation.commands import unknown_ids
from coach_tui.presentation.errors import explain
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.caseload import CaseloadScreen
from coach_tui.screens.keeping import WithKeeping
from coach_tui.screens.session import Session
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.one_key import OneKeyAtATime
from coach_tui.widgets.themes import themes

if TYPE_CHECKING:
    from textual.command import Provider

    from coach_tui.coaching.desk import Desk
    from coach_tui.screens.welcome import WelcomeScreen

SAMPLE = "sample"
"""The app's answer when the coach asked to look at the sample caseload."""

LOOK_EVERY = 1.0
"""Seconds between looks at whether another session wrote: one stat each."""

OPEN_AFTER = 0.3
"""Seconds after which the store is opened behind the first screen, or at the first key that
needs it: the first screen is drawn from the summary and shares the processor with nobody."""


def _finder() -> type[Provider]:
    from coach_tui.screens.finder import Finder

    return Finder


class CoachApp(OneKeyAtATime, WithKeeping, inherit_bindings=False):
    """The app. It opens with what the summary knows; the store is opened behind the screen."""

    TITLE = "coach-tui"
    CSS_PATH = "screens/caseload.tcss"
    """The first screen's: read with all else, so that nothing is parsed twice before it."""
    BINDINGS = bindings("app")
    COMMAND_PALETTE_BINDING = "ctrl+p"
    COMMANDS = {_finder}

    def __init__(
        self,
        open_desk: Callable[[], Desk],
        settings: Settings,
        clock: Clock,
        caseload: Caseload | None,
        *,
        demo: bool = False,
    ) -> None:
        """Open over a session; `caseload` is what is known before the store is open."""
        super().__init__()
        self.session = Session(open_desk, settings, clock, caseload)
        self._demo = demo
        self.register_modes()
        for theme in themes():
            self.register_theme(theme)
        no_color_in_ansi = self.no_color and settings.theme == "coach-terminal"
        self.theme = THEMES[0] if no_color_in_ansi else settings.theme

    def get_default_screen(self) -> CoachScreen:
        """Begin with the caseload, or with the welcome when there is none yet."""
        if self.is_begun:
            return CaseloadScreen(self.session)
        from coach_tui.screens.welcome import WelcomeScreen

        return WelcomeScreen(self.session)

    def refresh_css(self, animate: bool = True) -> None:
        """Style everything anew; before the first screen is there, the app alone.

        Textual would read all style sheets again for a screen that it has just styled.
        """
        if not self.screen_stack:
            self.stylesheet.set_variables(self.get_css_variables())
            self.stylesheet.apply(self)
        elif self.screen.is_mounted:
            super().refresh_css(animate)

    def on_mount(self) -> None:
        """Take the coach's own keys, and open the store behind the first screen."""
        settings = self.session.settings
        if settings.keys:
            self.set_keymap(settings.keys)
        for unknown in unknown_ids(settings.keys):
            self.complain(f"settings: [keys] names {unknown}, which is no command")
        if self._demo:
            self.notify("This caseload is made up. Nothing of it is kept.", markup=False)
        self.call_after_refresh(self.set_timer, OPEN_AFTER, self._open_store)
        self.watch_for_hang_up()

    @work(exit_on_error=False)
    async def _open_store(self) -> None:
        """Open the store; from then on look for what other sessions write."""
        if not gc.isenabled():
            gc.freeze()  # what the app is made of stays: it need not be looked through again
            gc.enable()
        try:
            await self.session.perform(lambda desk: desk.poll())
        except REFUSALS as error:
            self.complain(explain(error))
            return
        self.set_interval(LOOK_EVERY, self._look)
        for notice in await self.session.perform(lambda desk: desk.notices):
            self.complain(notice)
        await self.learn_of_passphrase()
        await self.offer_unsaved()

    @work(exclusive=True, group="look", exit_on_error=False)
    async def _look(self) -> None:
        """Take in what another session wrote; after midnight, see what the new day makes due."""
        caseload = self.session.caseload
        another_day = caseload is not None and caseload.today != self.session.today()
        self.lock_when_idle()
        self.look_at_drafts()
        try:
            changed = await self.session.poll()
        except REFUSALS as error:
            self.say_trouble(error)
            return
        self._cannot_look = ""
        if (changed or another_day) and isinstance(self.screen, CoachScreen):
            await self.screen.on_desk_changed()

    def action_help(self) -> None:
        """Show every key of this place."""
        from coach_tui.screens.dialogs.help import Help

        if isinstance(self.screen, CoachScreen):
            self.push_screen(Help(self.screen.places_of_help(), self.session.settings.keys))

    def action_theme(self) -> None:
        """Take the next theme."""
        names = [name for name in THEMES if not (self.no_color and name == "coach-terminal")]
        here = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(here + 1) % len(names)]
        self.notify(f"Theme: {self.theme}", markup=False)

    def action_command_palette(self) -> None:
        """Find a command or a teacher, without a cursor that blinks."""
        if self.is_covered:
            return
        super().action_command_palette()
        self.call_after_refresh(self._stop_blinking)

    def _stop_blinking(self) -> None:
        for line in self.screen.query(Input):
            line.cursor_blink = False

    def on_welcome_screen_sample_wanted(self) -> None:
        """Close, and let the command line open the sample caseload."""
        self.exit(SAMPLE)

    async def on_welcome_screen_ready(self, message: WelcomeScreen.Ready) -> None:
        """Show the caseload, and begin there as the coach chose."""
        caseload = CaseloadScreen(self.session)
        await self.push_screen(caseload)
        if message.then:
            await caseload.run_action(message.then)
