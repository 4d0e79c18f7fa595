"""Mode 2: the caseload, one row a coachee, by what is to be done."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.reactive import reactive
from textual.widgets import DataTable, Input, Static

from coach_tui.coaching.caseload import Caseload
from coach_tui.domain.standing import SORTS, Standing, ordered
from coach_tui.domain.statuses import DueState
from coach_tui.presentation.rows import matches
from coach_tui.presentation.text import plural
from coach_tui.screens.session import Session
from coach_tui.screens.teacher.actions import CaseloadActions
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.caseload_table import CaseloadTable
from coach_tui.widgets.inputs import FilterLine
from coach_tui.widgets.one_key import ACTIONS

EMPTY = """Nobody is on your caseload yet.

  a   add a teacher or a team
  i   import a roster from a spreadsheet or a .csv file
  ?   all keys"""


class CaseloadScreen(CaseloadActions):
    """Who is due, overdue, owed something; sorted by urgency, building or name, never by level."""

    CSS_PATH = "caseload.tcss"
    BINDINGS = bindings("caseload", "teacher")
    PLACES = ("caseload", "teacher", "list", "app")
    AUTO_FOCUS = "CaseloadTable"

    sort: reactive[str] = reactive(SORTS[0], init=False)
    """The order of the rows."""
    wanted: reactive[str] = reactive("", init=False)
    """The words a row must hold to be shown."""

    def __init__(self, session: Session) -> None:
        """Show the caseload that the session knows already; it is there before the store is."""
        super().__init__(session)
        self._shown: list[Standing] = []

    def compose(self) -> ComposeResult:
        """Lay out title, filter, table and keys."""
        yield TitleBar("Caseload")
        filter_input = FilterLine(hint="name, building:oak, status:overdue, team ...")
        filter_input.display = False
        yield filter_input
        yield CaseloadTable()
        yield Static("", id="caseload-empty", markup=False)
        yield KeyBar("caseload", "teacher", "app", keymap=self.session.settings.keys)

    def watch_sort(self) -> None:
        """Show the rows in the new order."""
        self.show_known()

    def watch_wanted(self) -> None:
        """Show only the rows that hold the words."""
        self.show_known()

    def show_caseload(self, caseload: Caseload) -> None:
        """Show the rows that hold the words, in their order."""
        rows = [row for row in caseload.rows if self._is_wanted(row)]
        self._shown = ordered(rows, self.sort)
        table, empty = self.query_one(CaseloadTable), self.query_one("#caseload-empty", Static)
        table.show(self._shown, caseload.today)
        table.display = bool(self._shown)
        empty.display = not self._shown
        empty.update(self._nothing(caseload))
        self.say_title(self._title_words(), caseload)

    def _is_wanted(self, row: Standing) -> bool:
        if row.due.state is DueState.CLOSED and "closed" not in self.wanted.casefold():
            return False
        return matches(row, self.wanted)

    def _nothing(self, caseload: Caseload) -> str:
        if not caseload.rows:
            return EMPTY
        if self.wanted:
            return "No row holds these words. Escape in the filter line shows everyone."
        return "Everyone is closed. / closed shows them."

    def _title_words(self) -> str:
        waiting = sum(row.needs_attention for row in self._shown)
        words = [plural(len(self._shown), "row")]
        if waiting:
            words.append(f"{waiting} waiting for you")
        words.append(f"by {self.sort}")
        if self.wanted:
            words.append(f"filter: {self.wanted}")
        return f"Caseload · {', '.join(words)}"

    @property
    def selected(self) -> Standing | None:
        """The row under the cursor."""
        key = self.query_one(CaseloadTable).current_key
        return next((row for row in self._shown if row.facts.id == key), None)

    @property
    def selected_id(self) -> str | None:
        """The id of the coachee under the cursor."""
        return None if self.selected is None else self.selected.facts.id

    @on(DataTable.RowSelected)
    def _open_row(self) -> None:
        self.action_open()

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self.wanted = event.value

    @on(Input.Submitted)
    def _to_the_list(self) -> None:
        self.query_one(CaseloadTable).focus()

    def action_filter(self) -> None:
        """Show the filter line and type into it."""
        line = self.query_one(FilterLine)
        line.display = True
        line.focus()

    def action_sort(self) -> None:
        """Sort by the next order."""
        self.sort = SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)]

    def action_open(self) -> None:
        """Open the page of the coachee under the cursor."""
        if self.selected_id is not None:
            from coach_tui.screens.coachee.screen import CoacheeScreen

            self.app.push_screen(CoacheeScreen(self.session, self.selected_id))

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_add(self) -> None:
        """Ask for the first things to know and put someone on the caseload."""
        from coach_tui.screens.coachee.forms import ask_new

        added = await ask_new(self)
        if added is None:
            return
        await self.session.refresh_caseload()
        self.show_known()
        self.query_one(CaseloadTable).go_to(added.id)
        self.tell(f"{added.name} is on the caseload")

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_year(self) -> None:
        """Change the school year, and see at once what that makes due."""
        from coach_tui.screens.school_year import ask_school_year

        if await ask_school_year(self):
            self.show_known()
            self.tell("School year saved")

    def action_roster(self) -> None:
        """Import a roster."""
        from coach_tui.screens.roster import RosterScreen

        self.app.push_screen(RosterScreen(self.session))
