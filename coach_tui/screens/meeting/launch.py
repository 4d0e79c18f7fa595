"""The launch conversation, guided: four items, what is kept, and who sees it (seed 001)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on, work
from textual.widgets import DataTable

from coach_tui.coaching.meetings import LONGEST_MEETING
from coach_tui.domain.enumerations import CoacheeState, LaunchItem
from coach_tui.domain.records import Coachee
from coach_tui.presentation import dates
from coach_tui.presentation.launch import ABOUT, RECORDS, LaunchRow, is_team
from coach_tui.presentation.reading import read_count, read_list, read_optional_date
from coach_tui.screens.meeting.launch_sheet import OnALaunch
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.screens.dialogs.form import Answers


class LaunchScreen(OnALaunch):
    """Guides through the conversation: each note and tick is saved as it is made."""

    CSS_PATH = "launch.tcss"
    BINDINGS = bindings("launch", "teacher")
    PLACES = ("launch", "teacher", "list", "app")
    AUTO_FOCUS = "#launch-items"

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
