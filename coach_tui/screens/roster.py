"""Importing a roster in the app: the file, what each column is, and what each row would do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.widgets import Static

from coach_tui.presentation.text import visible
from coach_tui.screens.base import CoachScreen
from coach_tui.screens.dialogs.form import Answers, Form
from coach_tui.screens.session import Session
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.field import Field
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS
from coach_tui.widgets.passage import Passage

if TYPE_CHECKING:
    from coach_tui.coaching.moving import PlannedRow
    from coach_tui.exchange.roster_plan import RosterPlan

COLUMNS = (
    Column("Line", 5),
    Column("What", 7),
    Column("Who", 26),
    Column("Why or what changes", 0),
)


class RosterScreen(CoachScreen):
    """Shows what importing would do before anything is changed; then all of it, or nothing."""

    CSS_PATH = "roster.tcss"
    BINDINGS = bindings("roster")
    PLACES = ("roster", "list", "app")
    AUTO_FOCUS = "KeyedTable"

    def __init__(self, session: Session) -> None:
        """Begin without a file."""
        super().__init__(session)
        self._path = ""
        self._chosen: dict[str, str] = {}
        self._plan: RosterPlan | None = None
        self._rows: list[PlannedRow] = []

    def compose(self) -> ComposeResult:
        """Lay out title, what the columns became, the rows and the keys."""
        yield TitleBar("Import a roster")
        yield Passage("", id="roster-columns", markup=False)
        yield KeyedTable(id="roster-rows")
        yield KeyBar("roster", keymap=self.session.settings.keys)

    def on_mount(self) -> None:
        """Ask for the file."""
        self._ask_file()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def _ask_file(self) -> None:
        async def read(answers: Answers) -> None:
            await self._make_plan(answers["path"].strip().strip("'\""), {})

        form = Form(
            "Import a roster",
            [Field("path", "File", hint="~/roster.csv or .xlsx")],
            lambda given: {} if given["path"].strip() else {"path": "write where the file is"},
            save=read,
            intro="A .csv or .xlsx, one teacher or team a row. You will see what it does first.",
            keymap=self.session.settings.keys,
        )
        if await self.app.push_screen_wait(form) is None:
            self.dismiss()

    async def _make_plan(self, path: str, chosen: dict[str, str]) -> None:
        """Show what the file would do, or raise why it cannot be read: then nothing is another."""
        from coach_tui.coaching.moving import rows_of

        plan = await self.session.perform(lambda desk: desk.moving.plan_roster(path, chosen))
        self._plan, self._path, self._chosen = plan, path, chosen
        self._rows = rows_of(plan)
        self._show()

    def _show(self) -> None:
        plan = self._plan
        if plan is None or not self.is_attached:
            return
        title = self.query_one(TitleBar)
        title.heading = f"Import a roster · {os.path.basename(self._path)}"
        title.aside = (
            f"{len(plan.added)} to add, {len(plan.changed)} to change, "
            f"{len(plan.skipped)} skipped, {len(plan.bad)} bad"
        )
        self.query_one("#roster-columns", Static).update(self._columns_words(plan))
        table = self.query_one(KeyedTable)
        table.shape(COLUMNS)
        table.fill(
            [
                (
                    str(row.line),
                    (
                        literal(f"{row.line:>4}"),
                        literal(row.verdict, "bold" if row.verdict == "BAD" else ""),
                        literal(row.name),
                        literal(row.why),
                    ),
                )
                for row in self._rows
            ]
        )

    def _columns_words(self, plan: RosterPlan) -> str:
        used = " · ".join(f"{field} = {column}" for field, column in plan.columns.items())
        words = [f"Columns: {used}", *plan.remarks]
        if plan.ignored_columns:
            words.append(f"Not used: {', '.join(plan.ignored_columns)}")
        return "\n".join(visible(line) for line in words)

    def action_back(self) -> None:
        """Leave; nothing was changed."""
        self.dismiss()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_columns(self) -> None:
        """Say which column is what, where a guess is wrong."""
        plan = self._plan
        if plan is None:
            return
        from coach_tui.exchange.column_names import RosterField

        names = [column for column in plan.mapping.header if column.strip()]
        choices = ("(none)", *dict.fromkeys(names))
        fields = [
            Field(
                field.words,
                field.words.capitalize(),
                plan.columns.get(field.words, "(none)"),
                choices,
            )
            for field in RosterField
        ]

        async def read(answers: Answers) -> None:
            await self._make_plan(self._path, self._changed_columns(plan, answers))

        keymap = self.session.settings.keys
        await self.app.push_screen_wait(
            Form("Which column is what?", fields, save=read, keymap=keymap)
        )

    def _changed_columns(self, plan: RosterPlan, answers: Answers) -> dict[str, str]:
        chosen = dict(self._chosen)
        for field, column in answers.items():
            if column != plan.columns.get(field, "(none)"):
                chosen[field] = "" if column == "(none)" else column
        return chosen

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_apply(self) -> None:
        """Import what the table shows."""
        plan = self._plan
        if plan is None:
            return
        await self.perform(lambda desk: desk.moving.apply_roster(self._path, self._chosen, plan))
        self.tell(f"{len(plan.added)} added, {len(plan.changed)} changed (u undoes it)")
        self.dismiss()
