"""The first run: who the coach is and her school year, then how to begin."""

from __future__ import annotations

from textual import work
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from coach_tui.screens.base import CoachScreen
from coach_tui.screens.school_year import ask_school_year
from coach_tui.screens.session import Session
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.one_key import ACTIONS

INTRODUCTION = """A place for your caseload: who is due, what you saw, what you agreed.

Everything stays on this machine, in a folder only you can read.
Coaching is not evaluation: there are no ratings here, and nothing
leaves but what you choose to share.
"""

BEFORE = """
  enter   begin: your name and your school year
  d       look at a made-up caseload first; nothing of it is kept
  q       quit"""

AFTER = """
You are set up. How would you like to begin?

  a   add a teacher or a team
  i   import a roster from a spreadsheet or a .csv file
  Y   change your school year
  d   look at a made-up caseload; nothing of it is kept"""


class WelcomeScreen(CoachScreen):
    """Asks for the coach and the school year, then offers three ways to begin."""

    CSS_PATH = "welcome.tcss"
    BINDINGS = bindings("welcome")
    PLACES = ("welcome", "app")

    class SampleWanted(Message):
        """The coach would like to look at the sample caseload."""

    class Ready(Message):
        """There is a coach and a school year; the caseload can be shown.

        `then` names what to do there: `add`, `roster`, or nothing.
        """

        def __init__(self, then: str = "") -> None:
            """Say what comes next."""
            super().__init__()
            self.then = then

    def __init__(self, session: Session) -> None:
        """Begin before anything is known."""
        super().__init__(session)
        self._is_set_up = False

    def compose(self) -> ComposeResult:
        """Lay out the introduction and the offers."""
        yield TitleBar("Welcome to coach-tui")
        yield Static(INTRODUCTION + BEFORE, id="welcome-words", markup=False)
        yield KeyBar("welcome", "app", keymap=self.session.settings.keys)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a way to begin only when there is a coach and a school year."""
        if action in ("add", "roster", "year"):
            return self._is_set_up
        if action == "begin":
            return not self._is_set_up
        return True

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_begin(self) -> None:
        """Ask for the coach and the school year, and save them."""
        if await ask_school_year(self):
            self._is_set_up = True
            self.query_one("#welcome-words", Static).update(INTRODUCTION + AFTER)
            self.query_one(KeyBar).refresh()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_year(self) -> None:
        """Change what was put down of the coach and her school year."""
        if await ask_school_year(self):
            self.tell("Saved")

    def action_add(self) -> None:
        """Go on to the caseload and add a teacher there."""
        self.post_message(self.Ready("add"))

    def action_roster(self) -> None:
        """Go on to the caseload and import a roster there."""
        self.post_message(self.Ready("roster"))

    def action_sample(self) -> None:
        """Look at the sample caseload."""
        self.post_message(self.SampleWanted())
