"""The launch conversation, guided: four items, what is kept, and who sees it (seed 001)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import DataTable, Static

from coach_tui.coaching.launching import WHAT_IS_KEPT
from coach_tui.domain.enumerations import CoacheeState, LaunchItem
from coach_tui.domain.records import Coachee
from coach_tui.presentation import dates
from coach_tui.presentation.launch import (
    ABOUT,
    RECORDS,
    LaunchRow,
    is_team,
    launch_rows,
    launch_words,
)
from coach_tui.presentation.reading import read_count, read_list, read_optional_date
from coach_tui.presentation.text import visible, visible_lines
from coach_tui.screens.base import NotDone
from coach_tui.screens.meeting.sheet import read_bank
from coach_tui.screens.teacher.actions import CoacheeActions
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.field import Field
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.coaching.questions import Questions
    from coach_tui.screens.dialogs.form import Answers
    from coach_tui.screens.session import Session

PLACE_OF_ITEM = dict(
    zip(LaunchItem, ("trust", "expectations", "reflection", "students"), strict=True)
)
"""Where the question bank keeps the prompts of each item."""

LONGEST_MEETING = 600


class LaunchScreen(CoacheeActions):
    """The four items as a list; below it the note in full, and what may be asked."""

    CSS_PATH = "launch.tcss"
    BINDINGS = bindings("launch", "teacher")
    PLACES = ("launch", "teacher", "list", "app")
    AUTO_FOCUS = "#launch-items"

    def __init__(self, session: Session, coachee: Coachee, bank: Questions) -> None:
        """Show the launch conversation with `coachee`, with the prompts of `bank`."""
        super().__init__(session)
        self._coachee, self._bank = coachee, bank
        self._coachee_id = coachee.id
        self._rows: list[LaunchRow] = []

    @classmethod
    async def opened(cls, session: Session, coachee: str) -> Self:
        """Read the coachee and the prompts, and make the screen; raises when she is gone."""
        bank = await read_bank(session)
        return cls(session, await session.perform(lambda desk: desk.coachees.get(coachee)), bank)

    @property
    def selected_id(self) -> str | None:
        """The coachee of this conversation."""
        return self._coachee_id

    def draft_place(self) -> dict[str, str]:
        """Say with whom, and which row: what is typed is taken up again there."""
        place = {"screen": f"{type(self).__module__}:{type(self).__qualname__}"}
        key = self.query_one(KeyedTable).current_key or ""
        return {**place, "coachee": self._coachee_id, "field": key}

    @classmethod
    async def again(cls, session: Session, place: Mapping[str, str]) -> Self:
        """Make the conversation that was open; raises when the coachee is gone."""
        return await cls.opened(session, place.get("coachee", ""))

    async def resume(self, place: Mapping[str, str]) -> None:
        """Put the cursor on the row that was being written."""
        await self._take_anew()
        if place.get("field"):
            self.query_one(KeyedTable).go_to(place["field"])

    def compose(self) -> ComposeResult:
        """Lay out title, items, the note in full, and keys."""
        yield TitleBar("Launch conversation")
        with Horizontal(id="launch-body"):
            yield KeyedTable(id="launch-items", show_header=False)
            with VerticalScroll(id="launch-detail", can_focus=False):
                yield Static("", id="launch-words", markup=False)
                yield Static("", id="launch-prompts", markup=False)
        yield KeyBar("launch", "app", keymap=self.session.settings.keys)

    def on_mount(self) -> None:
        """Show the conversation as it was read."""
        if self._bank.problem:
            self.complain(f"Your own questions are not used: {self._bank.problem}")
        self._show()

    async def on_desk_changed(self) -> None:
        """Read the coachee again."""
        await self._take_anew()

    async def _take_anew(self) -> None:
        try:
            self._coachee = await self.perform(lambda desk: desk.coachees.get(self._coachee_id))
        except NotDone:
            self.dismiss()
            return
        self._show()

    def _show(self) -> None:
        coachee = self._coachee
        if not self.is_attached:
            return
        title = self.query_one(TitleBar)
        title.heading = f"Launch conversation · {coachee.name}"
        title.aside = launch_words(coachee)
        self._rows = launch_rows(coachee)
        table = self.query_one(KeyedTable)
        table.shape([Column("", 3), Column("", 50), Column("", 0)])
        table.fill([(row.key, _cells(row)) for row in self._rows])
        self._show_row()

    @property
    def _row(self) -> LaunchRow | None:
        key = self.query_one(KeyedTable).current_key
        return next((row for row in self._rows if row.key == key), None)

    @on(DataTable.RowHighlighted)
    def _show_row(self) -> None:
        row = self._row
        if row is None:
            return
        words = WHAT_IS_KEPT if row.key == RECORDS else row.words
        self.query_one("#launch-words", Static).update(Text(visible_lines(words)))
        self.query_one("#launch-prompts", Static).update(Text(self._asked(row)))

    def _asked(self, row: LaunchRow) -> str:
        if row.key in (RECORDS, ABOUT):
            return ""
        asked = self._bank.of(PLACE_OF_ITEM[LaunchItem(row.key)])
        return "\n".join(f"Ask: {visible(question.text)}" for question in asked)

    @on(DataTable.RowSelected)
    def _selected_row(self) -> None:
        self.action_change()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_change(self) -> None:
        """Write down what was said on the item under the cursor."""
        coachee, row = self._coachee, self._row
        if row is None:
            return
        if row.key == ABOUT:
            await self._describe(coachee)
        elif row.key == RECORDS:
            await self._toggle(coachee, row)
        else:
            await self._note(coachee, LaunchItem(row.key))

    async def _note(self, coachee: Coachee, item: LaunchItem) -> None:
        shown = coachee.launch.items[item]

        async def save(answers: Answers) -> None:
            done = bool(answers["note"].strip()) or shown.done
            await self.session.perform(
                lambda desk: desk.launching.note(
                    coachee.id, item, shown, note=answers["note"], done=done
                )
            )

        await self._ask(
            item.value.capitalize(),
            [Field("note", "What was said", shown.note, lines=8)],
            lambda given: {},
            save,
        )
        await self._changed()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_tick(self) -> None:
        """Mark the item under the cursor as done, or not."""
        coachee, row = self._coachee, self._row
        if row is not None and row.done is not None:
            await self._toggle(coachee, row)

    async def _toggle(self, coachee: Coachee, row: LaunchRow) -> None:
        done = not row.done
        if row.key == RECORDS:
            await self.perform(
                lambda desk: desk.launching.describe(coachee.id, records_explained=done)
            )
        else:
            item = LaunchItem(row.key)
            shown = coachee.launch.items[item]
            await self.perform(lambda desk: desk.launching.note(coachee.id, item, shown, done=done))
        await self._changed()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_about(self) -> None:
        """Say on what day it was, how long, and who was there."""
        await self._describe(self._coachee)

    async def _describe(self, coachee: Coachee) -> None:
        launch = coachee.launch
        held = dates.full(launch.date) if launch.date else "today"
        fields = [
            Field("day", "Held on", held),
            Field("minutes", "Minutes", str(launch.minutes or "")),
        ]
        if is_team(coachee):
            there = launch.present or coachee.members
            fields.append(Field("present", "Who was there", "; ".join(there)))

        async def save(answers: Answers) -> None:
            changes: dict[str, Any] = {
                "date": read_optional_date(answers["day"], self.session.today()),
                "minutes": read_count(answers["minutes"], LONGEST_MEETING),
            }
            if "present" in answers:
                changes["present"] = read_list(answers["present"], ";")
            await self.session.perform(lambda desk: desk.launching.describe(coachee.id, **changes))

        await self._ask(
            f"Launch conversation with {coachee.name}", fields, self._about_is_wrong, save
        )
        await self._changed()

    def _about_is_wrong(self, answers: Answers) -> dict[str, str]:
        minutes = self._count_is_wrong("minutes", answers, LONGEST_MEETING)
        return {**self._day_is_wrong("day", answers), **minutes}

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_end(self) -> None:
        """End the conversation: its day and minutes, and then what follows from it."""
        await self._describe(self._coachee)
        await self._propose_active()

    async def _changed(self) -> None:
        await self.session.refresh_caseload()
        await self._take_anew()

    async def _propose_active(self) -> None:
        """Propose what follows from a complete launch; a person decides (rule R8)."""
        coachee = await self.perform(lambda desk: desk.coachees.get(self._coachee_id))
        if not await self.perform(lambda desk: desk.launching.is_ready(coachee)):
            open_items = [i.value for i, of in coachee.launch.items.items() if not of.done]
            if open_items:
                self.tell(f"Still open: {'; '.join(open_items)}")
            return
        options = [("active", "Yes: the coaching begins"), ("later", "Not yet")]
        if await self._pick(f"Is the coaching of {coachee.name} active now?", options) == "active":
            await self.perform(lambda desk: desk.coachees.move(coachee, CoacheeState.ACTIVE))
            self.tell(f"{coachee.name}: active (u undoes it)")
            await self._changed()

    def action_back(self) -> None:
        """Leave; everything is kept."""
        self.dismiss()


def _cells(row: LaunchRow) -> tuple[Text, ...]:
    tick = "" if row.done is None else "[x]" if row.done else "[ ]"
    return literal(tick), literal(row.label, "bold"), literal(row.words)
