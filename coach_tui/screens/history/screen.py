"""What became of one record: who changed it, when, what, and going back to how it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Self

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import DataTable, Static

from coach_tui.presentation.changes import change_words
from coach_tui.presentation.dates import MONTHS, WEEKDAYS
from coach_tui.presentation.text import plural
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.session import Session
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from datetime import datetime

    from coach_tui.coaching.remembering import Version

COLUMNS = (Column("When", 20), Column("Who", 14), Column("What was done", 0))

MOST_SHOWN = 200
"""Lines of changes that are listed of one version; a roster import can have very many."""


class HistoryScreen(CoachScreen):
    """The versions of a record, newest first; below, what changed in the one under the cursor."""

    CSS_PATH = "history.tcss"
    BINDINGS = bindings("history")
    PLACES = ("history", "list", "app")
    AUTO_FOCUS = "KeyedTable"

    def __init__(self, session: Session, title: str, table: str, id: str) -> None:
        """Show the record of this table and id, called `title`."""
        super().__init__(session)
        self._called, self._place = title, (table, id)
        self._versions: list[Version] = []

    def draft_place(self) -> dict[str, str]:
        """Say which record this is about."""
        table, id = self._place
        return {**super().draft_place(), "title": self._called, "table": table, "id": id}

    @classmethod
    async def again(cls, session: Session, place: Mapping[str, str]) -> Self:
        """Make the screen for the same record."""
        return cls(session, *(place.get(name, "") for name in ("title", "table", "id")))

    def compose(self) -> ComposeResult:
        """Lay out title, versions, changes and keys."""
        yield TitleBar(f"History · {self._called}")
        yield KeyedTable(id="history-versions")
        yield Static("", id="history-empty", markup=False)
        with VerticalScroll(id="history-changes", can_focus=False):
            yield Static("", markup=False)
        yield KeyBar("history", "app", keymap=self.session.settings.keys)

    def on_mount(self) -> None:
        """Read the history."""
        self.read_versions()

    async def on_desk_changed(self) -> None:
        """Read it again."""
        self.read_versions()

    @work(exclusive=True, group="refresh", exit_on_error=False)
    async def read_versions(self) -> None:
        """Read what is remembered, and show it."""
        self._versions = await self.perform(lambda desk: desk.remembering.of([self._place]))
        self._show()

    def _show(self) -> None:
        table = self.query_one(KeyedTable)
        table.shape(COLUMNS)
        table.fill(
            [
                (
                    str(one.sequence),
                    (
                        literal(self._when(one.at)),
                        literal("this session" if one.here else one.who or "another one"),
                        literal(one.title or "Changed"),
                    ),
                )
                for one in self._versions
            ]
        )
        self.query_one(TitleBar).aside = plural(len(self._versions), "change")
        empty = self.query_one("#history-empty", Static)
        table.display, empty.display = bool(self._versions), not self._versions
        empty.update("Nothing is remembered of it yet. What changes from now on is kept here.")
        self._show_changes()

    def _when(self, at: datetime | None) -> str:
        if at is None:
            return ""
        local = self.session.clock.local(at)
        day = f"{WEEKDAYS[local.weekday()]} {local.day:2} {MONTHS[local.month - 1]}"
        year = "" if local.year == self.session.today().year else f" {local.year}"
        return f"{day}{year} {local:%H:%M}"

    @property
    def _current(self) -> Version | None:
        key = self.query_one(KeyedTable).current_key
        return next((one for one in self._versions if str(one.sequence) == key), None)

    @on(DataTable.RowHighlighted)
    def _show_changes(self) -> None:
        version = self._current
        lines = [] if version is None else change_words(version.before, version.after)
        shown = [literal(line, wrap=True) for line in lines[:MOST_SHOWN]]
        if len(lines) > MOST_SHOWN:
            shown.append(literal(f"... and {len(lines) - MOST_SHOWN} more", "dim"))
        self.query_one("#history-changes Static", Static).update(Text("\n").join(shown))

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        self.action_restore()

    def action_back(self) -> None:
        """Go back."""
        self.dismiss()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_restore(self) -> None:
        """Ask, telling what would become of the record, and put it back as it was then."""
        from coach_tui.screens.dialogs.choice import Pick

        version = self._current
        if version is None:
            return
        if version.after is None:
            self.tell("It was taken away then: choose a version before that")
            return
        now = await self.perform(lambda desk: desk.remembering.now(version))
        changes = change_words(now, version.after) if now else ["It comes back as it was then"]
        if not changes:
            self.tell("It is like this now")
            return
        more = [f"... and {len(changes) - 6} more"] if len(changes) > 6 else []
        question = f"Put it back as it was on {self._when(version.at)}?"
        options = [("yes", "Put it back (u takes that back)")]
        intro = "\n".join([*changes[:6], *more])
        if await self.app.push_screen_wait(Pick(question, options, intro)) is None:
            return
        expected = int(now["revision"]) if now else 0
        await self.perform(lambda desk: desk.remembering.restore(version, expected))
        self.tell("Put back as it was (u takes that back)")
        await self.on_desk_changed()
