"""The first run: who the coach is and her school year, then how to begin."""

from __future__ import annotations

from typing import Any

from textual import work
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from coach_tui.domain.enumerations import CoachRole
from coach_tui.presentation.errors import explain
from coach_tui.presentation.reading import read_date, read_span
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.dialogs.form import Answers, Form
from coach_tui.screens.session import Session
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.field import Field

INTRODUCTION = """A place for your caseload: who is due, what you saw, what you agreed.

Everything stays on this machine, in a folder only you can read. Coaching is not
evaluation: there are no ratings here, and nothing leaves but what you choose to share.
"""

BEFORE = """
  enter   begin: your name and your school year
  d       look at a made-up caseload first; nothing of it is kept
  q       leave"""

AFTER = """
You are set up. How would you like to begin?

  a   add a teacher or a team
  i   import a roster from a spreadsheet or a .csv file
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
        if action in ("add", "roster"):
            return self._is_set_up
        if action == "begin":
            return not self._is_set_up
        return True

    @work(exit_on_error=False)
    async def action_begin(self) -> None:
        """Ask for the coach and the school year, and save them."""
        first, last, breaks = await self._proposed()
        roles = tuple(role.value for role in CoachRole)
        form = Form(
            "You and your school year",
            [
                Field("name", "Your name"),
                Field("role", "Role", CoachRole.INSTRUCTIONAL_COACH.value, roles),
                Field("first", "First school day", first.isoformat()),
                Field("last", "Last school day", last.isoformat()),
                Field("holidays", "Public holidays", "US", hint="US, US-MO ... or empty for none"),
                Field("breaks", "Breaks, one a line", breaks, lines=5),
            ],
            self._problems,
            intro="The school year decides what is due when. Everything can be changed later.",
            keymap=self.session.settings.keys,
        )
        answers = await self.app.push_screen_wait(form)
        if answers is None:
            return
        year = self._read(answers)
        await self.perform(lambda desk: desk.setting_up.begin(**year))
        await self.session.refresh_caseload()
        self._is_set_up = True
        self.query_one("#welcome-words", Static).update(INTRODUCTION + AFTER)
        self.query_one(KeyBar).refresh()

    async def _proposed(self) -> tuple[Any, Any, str]:
        return await self.perform(lambda desk: desk.setting_up.proposal())

    def _read(self, answers: Answers) -> dict[str, Any]:
        today = self.session.today()
        lines = [line for line in answers["breaks"].splitlines() if line.strip()]
        return {
            "name": answers["name"],
            "role": CoachRole(answers["role"]),
            "first": read_date(answers["first"], today),
            "last": read_date(answers["last"], today),
            "holidays_of": answers["holidays"],
            "breaks": [read_span(line, today) for line in lines],
        }

    def _problems(self, answers: Answers) -> dict[str, str]:
        """Return what is wrong by field, so that nothing half-right is saved."""
        from coach_tui.coaching.setting_up import public_holidays, spans

        wrong: dict[str, str] = {}
        today = self.session.today()
        if not answers["name"].strip():
            wrong["name"] = "please write your name"
        for name in ("first", "last"):
            try:
                read_date(answers[name], today)
            except ValueError as error:
                wrong[name] = str(error)
        try:
            spans(
                [read_span(line, today) for line in answers["breaks"].splitlines() if line.strip()]
            )
        except ValueError as error:
            wrong["breaks"] = explain(error)
        if "first" in wrong or "last" in wrong:
            return wrong
        year = self._read({**answers, "breaks": ""})
        if year["last"] <= year["first"]:
            wrong["last"] = "the school year ends after it begins"
        elif (year["last"] - year["first"]).days > 400:
            wrong["last"] = "a school year spans at most 400 days"
        elif answers["holidays"].strip():
            try:
                public_holidays(answers["holidays"], year["first"], year["last"])
            except ValueError as error:
                wrong["holidays"] = str(error)
        return wrong

    def action_add(self) -> None:
        """Go on to the caseload and add a teacher there."""
        self.post_message(self.Ready("add"))

    def action_roster(self) -> None:
        """Go on to the caseload and import a roster there."""
        self.post_message(self.Ready("roster"))

    def action_sample(self) -> None:
        """Look at the sample caseload."""
        self.post_message(self.SampleWanted())
