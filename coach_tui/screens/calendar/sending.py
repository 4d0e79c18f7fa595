"""What leaves for other calendars: every event as it will stand there, before it is written."""

from __future__ import annotations

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from coach_tui.coaching.planning.sending import Outgoing
from coach_tui.presentation.text import plural
from coach_tui.screens.dialogs.form import Answers
from coach_tui.screens.session import Session
from coach_tui.screens.teacher.selected import SelectedCoachee
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.field import Field
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS

FILE = "~/coaching.ics"


class SendingScreen(SelectedCoachee):
    """The exact titles and times that a calendar file will hold (rule R2)."""

    CSS_PATH = "calendar.tcss"
    BINDINGS = bindings("send")
    PLACES = ("send", "list", "app")
    AUTO_FOCUS = "KeyedTable"

    def __init__(self, session: Session) -> None:
        """Begin with neutral titles, and without the coach's own duties."""
        super().__init__(session)
        self._names = self._own = False
        self._outgoing: Outgoing | None = None

    @property
    def selected_id(self) -> str | None:
        """Nobody in particular."""
        return None

    def compose(self) -> ComposeResult:
        """Lay out title, what is in it, the events and the keys."""
        yield TitleBar("For other calendars")
        yield Static("", id="sending-words", markup=False)
        yield KeyedTable(show_header=False)
        yield KeyBar("send", "app", keymap=self.session.settings.keys)

    def on_mount(self) -> None:
        """Prepare the file."""
        self.prepare()

    async def on_desk_changed(self) -> None:
        """Prepare the file anew."""
        self.prepare()

    @work(exclusive=True, group="refresh", exit_on_error=False)
    async def prepare(self) -> None:
        """Work out what would leave, and show all of it."""
        names, own = self._names, self._own
        days = await self.days_now()
        self._outgoing = outgoing = await self.perform(
            lambda desk: desk.sending.prepare(days, names=names, own=own)
        )
        counts = f"{outgoing.new} new, {outgoing.changed} changed, {outgoing.cancelled} cancelled"
        title = self.query_one(TitleBar)
        title.heading = f"For other calendars · {plural(len(outgoing.lines), 'event')}: {counts}"
        with_names = "with teachers' names" if names else "neutral titles, no teacher's name"
        with_own = "with your other duties" if own else "without your other duties"
        words = f"Exactly this leaves: {with_names}, {with_own}. Importing it again updates."
        self.query_one("#sending-words", Static).update(literal(words, wrap=True))
        table = self.query_one(KeyedTable)
        table.shape([Column("", 0)])
        table.fill([(str(n), (literal(line),)) for n, line in enumerate(outgoing.lines)])

    def action_names(self) -> None:
        """Take teachers' names into the titles, or leave them out."""
        self._names = not self._names
        self.prepare()

    def action_own(self) -> None:
        """Take the coach's own entries in, or leave them out."""
        self._own = not self._own
        self.prepare()

    @on(DataTable.RowSelected)
    def _entered(self) -> None:
        self.action_write()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_write(self) -> None:
        """Ask for the file, write it, and log what left."""
        outgoing = self._outgoing
        if outgoing is None or not outgoing.lines:
            self.tell("Nothing is planned from now on: there is nothing to write")
            return

        async def save(answers: Answers) -> None:
            await self.session.perform(lambda desk: desk.sending.write(outgoing, answers["path"]))

        answers = await self._ask(
            f"Write {plural(len(outgoing.lines), 'event')} to a file",
            [Field("path", "File", FILE)],
            lambda given: {} if given["path"].strip() else {"path": "give the name of a file"},
            save,
            "Readable by you only. A calendar file that coach-tui wrote there before is replaced.",
        )
        self.app.pop_screen()
        self.tell(f"Written to {answers['path']}, and logged")

    def action_back(self) -> None:
        """Leave; nothing is written."""
        self.app.pop_screen()
