"""Mode 1: Today, grouped by what is to be done; each row says why it is there, Enter does it."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from coach_tui.coaching.caseload import Caseload
from coach_tui.domain.enumerations import CoacheeState, ContactKind
from coach_tui.domain.today import Doing, Task
from coach_tui.presentation.text import plural
from coach_tui.presentation.today import EMPTY, who_words, why_words
from coach_tui.screens.base import NotDone
from coach_tui.screens.session import Session
from coach_tui.screens.teacher.actions import CaseloadActions
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS
from coach_tui.widgets.passage import Passage
from coach_tui.widgets.today_table import TodayTable

HINTS = f"""{EMPTY}

  2   the caseload: everyone, by urgency
  o   observe, on the caseload or a teacher's page
  w   write down a contact of your own: mentor, network, training
  ?   all keys"""


class TodayScreen(CaseloadActions):
    """Running, planned, owed, overdue, not launched, the coach's own: nothing else."""

    CSS_PATH = "today.tcss"
    BINDINGS = bindings("today", "teacher")
    PLACES = ("today", "teacher", "list", "app")
    AUTO_FOCUS = "TodayTable"

    def __init__(self, session: Session) -> None:
        """Show what the session knows already, and read it anew."""
        super().__init__(session)
        self._tasks: list[Task] = []

    def compose(self) -> ComposeResult:
        """Lay out title, tasks and keys."""
        yield TitleBar("Today")
        yield TodayTable(id="today-tasks")
        yield Passage("", id="today-reason", markup=False)
        yield Static(HINTS, id="today-empty", markup=False)
        yield KeyBar("today", "teacher", "app", keymap=self.session.settings.keys)

    def on_mount(self) -> None:
        """Look for what is new; what is known is shown like everywhere."""
        self.derive_again()

    def show_caseload(self, caseload: Caseload) -> None:
        """Show the tasks of today, and why the one under the cursor is there."""
        self._tasks = caseload.tasks()
        table, empty = self.query_one(TodayTable), self.query_one("#today-empty", Static)
        table.show(self._tasks, caseload.today)
        table.display = bool(self._tasks)
        empty.display = not self._tasks
        self._say_reason()
        count = plural(len(self._tasks), "thing") if self._tasks else "nothing to do"
        self.say_title(f"Today · {count}", caseload)

    @property
    def current(self) -> Task | None:
        """The task under the cursor; None on a heading."""
        key = self.query_one(TodayTable).current_key
        return next((task for task in self._tasks if task.key == key), None)

    @property
    def selected_id(self) -> str | None:
        """The coachee of the task under the cursor; None for the coach's own."""
        return None if self.current is None else self.current.person or None

    @on(DataTable.RowHighlighted)
    def _say_reason(self) -> None:
        """Say in full, below the list, who the row under the cursor is about, and why."""
        place = self.query_one("#today-reason", Static)
        task, caseload = self.current, self.session.caseload
        place.display = bool(self._tasks)
        words = ""
        if task is not None and caseload is not None:
            words = f"{who_words(task)}: {why_words(task, caseload.today)}"
            others = [one for one in self._tasks if one.person == task.person and one is not task]
            if task.person and others:
                also = dict.fromkeys(one.group.value for one in others)
                words = f"{words}. Also: {'; '.join(also)}"
        place.update(literal(words, wrap=True))

    @on(DataTable.RowSelected)
    def _selected_row(self) -> None:
        self.action_do()

    def action_do(self) -> None:
        """Do what the row under the cursor asks for."""
        task = self.current
        if task is None:
            return
        if task.doing is Doing.OBSERVE:
            self._observe(task)
        elif task.doing is Doing.MEET:
            self._meet(task)
        elif task.doing is Doing.ACTIVATE:
            self._activate()
        elif task.doing is Doing.CONTACT:
            self._own_contact(ContactKind(task.names[0]))
        else:
            _ACTIONS[task.doing](self)

    def _observe(self, task: Task) -> None:
        """Open the observation that runs, or start one: the earliest that is planned."""
        self.action_observe()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def _meet(self, task: Task) -> None:
        """Open the meeting the row is about; of feedback owed, the one that comes next."""
        if task.record:
            await self.open_meeting(task.record)
        else:
            await self.begin_meeting()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def _activate(self) -> None:
        """Ask whether the coaching is active now; a person decides (rule R8)."""
        coachee = await self._selected()
        options = [("active", "Yes: the coaching is active"), ("later", "Not yet")]
        if await self._pick(f"{coachee.name} was launched:", options) != "active":
            return
        await self.perform(lambda desk: desk.coachees.move(coachee, CoacheeState.ACTIVE))
        self.tell(f"{coachee.name}: active (u undoes it)")
        await self.on_desk_changed()

    def action_own(self) -> None:
        """Write down a contact of the coach's own."""
        self._own_contact(ContactKind.MENTOR)

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def _own_contact(self, kind: ContactKind) -> None:
        from coach_tui.screens.meeting.contacts import ask_contact

        if await ask_contact(self, None, kind=kind):
            self.tell("Saved")
            await self.on_desk_changed()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_page(self) -> None:
        """Open the page of the teacher the row is about."""
        if self.selected_id is None:
            raise NotDone
        from coach_tui.screens.coachee.screen import CoacheeScreen

        self.app.push_screen(CoacheeScreen(self.session, self.selected_id))


_ACTIONS = {
    Doing.CHECK_BACK: TodayScreen.action_check_back,
    Doing.VISIT: TodayScreen.action_visit,
    Doing.MOVE: TodayScreen.action_move,
    Doing.LAUNCH: TodayScreen.action_launch,
    Doing.EVIDENCE: TodayScreen.action_evidence,
}
"""What the other tasks do: actions that work on every teacher."""
