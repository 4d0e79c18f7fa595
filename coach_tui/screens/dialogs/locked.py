"""The screen while it is locked: nothing of the caseload, and a line for the passphrase."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Label

from coach_tui.coaching.refusals import REFUSALS
from coach_tui.presentation.commands import commands_of, key_words, keys_of
from coach_tui.presentation.errors import explain
from coach_tui.screens.session import Session
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.inputs import LineInput
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS


class LockedScreen(ModalScreen[None]):
    """Covers everything until the passphrase is given. What is typed below stays as it was."""

    CSS_PATH = "locked.tcss"
    BINDINGS = bindings("locked")
    AUTO_FOCUS = "LineInput"

    def __init__(self, session: Session) -> None:
        """Lock the screen of `session`."""
        super().__init__()
        self._session = session

    def compose(self) -> ComposeResult:
        """Lay out the line and its keys."""
        keymap = self._session.settings.keys
        keys = " · ".join(
            f"{key_words(keys_of(command, keymap))} {command.title.lower()}"
            for command in commands_of("locked")
        )
        with Vertical(id="locked-box"):
            yield Label("Locked", id="locked-title", markup=False)
            words = "What you were typing is kept. The passphrase opens the screen."
            yield Label(literal(words, wrap=True), id="locked-words")
            yield LineInput(secret=True)
            yield Label("", id="locked-said", markup=False)
            yield Label(keys, id="locked-keys", markup=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_open()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_open(self) -> None:
        """Open the screen when the passphrase is the right one."""
        line = self.query_one(LineInput)
        secret, line.value = line.value, ""
        try:
            await self._session.perform(lambda desk: desk.try_passphrase(secret))
        except REFUSALS as error:
            said = self.query_one("#locked-said", Label)
            said.update(literal(f"✗ {explain(error)}", wrap=True))
            return
        await self.app.run_action("uncover")

    async def action_quit(self) -> None:
        """Close the app; what is not saved is kept as a draft."""
        await self.app.run_action("quit")
