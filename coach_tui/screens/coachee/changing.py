"""Changing the field under the cursor of a teacher's page, and ticking what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from coach_tui.domain.enumerations import LaunchItem, PlanPart
from coach_tui.domain.records import Coachee, TickedNote
from coach_tui.presentation.reading import read_list, read_optional_date
from coach_tui.screens.coachee.forms import ASKED, ask
from coach_tui.screens.teacher.actions import CoacheeActions
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS
from coach_tui.widgets.page_table import PageTable

if TYPE_CHECKING:
    from coach_tui.screens.dialogs.form import Answers
    from coach_tui.screens.session import Session


class ChangingCoachee(CoacheeActions):
    """A page of one coachee whose fields can be changed."""

    def __init__(self, session: Session, id: str) -> None:
        """Show the coachee with this id."""
        super().__init__(session)
        self._coachee_id = id
        self._coachee: Coachee | None = None

    @property
    def selected_id(self) -> str | None:
        """The coachee of this page."""
        return self._coachee_id

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def _change_field(self) -> None:
        coachee = self._coachee
        field = self.query_one(PageTable).field
        if coachee is None or field is None:
            return
        name, _, item = field.partition(":")
        if name == "state":
            self.action_move()
        elif name == "phase":
            self.action_phase()
        elif name == "launch_date":
            await self._change_launch_date(coachee)
        elif name == "shared_on":
            await self._change_plan_shared(coachee)
        elif name == "pair":
            await self._change_pair(coachee)
        elif name == "barriers":
            await self._change_barriers(coachee)
        elif name in ("launch", "plan"):
            await self._change_note(coachee, name, item)
        elif name in ("goal", "progress"):
            await self._open_growth(item)
        else:
            await self._change_one(coachee, name)

    async def _open_growth(self, goal: str) -> None:
        """Open a goal, or all of them where none is named."""
        if not goal:
            await self.action_progress()
            return
        from coach_tui.screens.progress.goal import GoalScreen

        await self.app.push_screen(GoalScreen(self.session, goal))

    async def _change_one(self, coachee: Coachee, name: str) -> None:
        title = f"{coachee.name}: {ASKED[name].field(coachee).label.lower()}"
        if await ask(self, title, (name,), coachee):
            await self.on_desk_changed()

    async def _change_barriers(self, coachee: Coachee) -> None:
        standing = "\n".join(one.text for one in coachee.barriers if one.resolved_on is None)

        async def save(answers: Answers) -> None:
            texts = read_list(answers["barriers"], "\n")
            await self.session.perform(lambda desk: desk.coachees.set_barriers(coachee, texts))

        await self._ask(
            f"{coachee.name}: barriers",
            [Field("barriers", "One a line", standing, lines=6)],
            lambda given: {},
            save,
            "A line that is taken out counts as resolved today.",
        )
        await self.on_desk_changed()

    async def _change_launch_date(self, coachee: Coachee) -> None:
        held = coachee.launch.date

        async def save(answers: Answers) -> None:
            day = read_optional_date(answers["day"], self.session.today())
            await self.session.perform(lambda desk: desk.coachees.set_launch_date(coachee, day))

        await self._ask(
            f"Launch conversation with {coachee.name}",
            [Field("day", "Held on", "" if held is None else held.isoformat(), hint="today")],
            lambda given: self._day_is_wrong("day", given),
            save,
        )
        await self._launch_changed()

    async def _change_plan_shared(self, coachee: Coachee) -> None:
        shared = coachee.plan.release_plan_shared_on

        async def save(answers: Answers) -> None:
            day = read_optional_date(answers["day"], self.session.today())
            await self.session.perform(lambda desk: desk.coachees.set_plan_shared(coachee, day))

        await self._ask(
            f"Release plan of {coachee.name}",
            [Field("day", "Shared on", "" if shared is None else shared.isoformat(), hint="today")],
            lambda given: self._day_is_wrong("day", given),
            save,
        )
        await self.on_desk_changed()

    async def _change_pair(self, coachee: Coachee) -> None:
        everyone = await self.perform(lambda desk: desk.coachees.all())
        others = {one.id: one for one in everyone if one.id != coachee.id}
        options = [("", "nobody"), *((one.id, one.name) for one in others.values())]
        picked = await self._pick(f"Who makes a reciprocal pair with {coachee.name}?", options)
        await self.perform(lambda desk: desk.coachees.pair(coachee, others.get(picked)))
        await self.on_desk_changed()

    async def _change_note(self, coachee: Coachee, name: str, item: str) -> None:
        ticked = self._ticked(coachee, name, item)

        async def save(answers: Answers) -> None:
            note = TickedNote(done=answers["done"] == "yes", note=answers["note"])
            if name == "plan":
                await self.session.perform(
                    lambda desk: desk.coachees.set_plan_part(coachee, PlanPart(item), note)
                )
            else:
                await self.session.perform(
                    lambda desk: desk.coachees.set_launch_item(coachee, LaunchItem(item), note)
                )

        await self._ask(
            item.capitalize(),
            [
                Field("note", "Note", ticked.note, lines=6),
                Field("done", "Done", "yes" if ticked.done else "no", ("no", "yes")),
            ],
            lambda given: {},
            save,
        )
        await self._launch_changed()

    def _ticked(self, coachee: Coachee, name: str, item: str) -> TickedNote:
        if name == "launch":
            return coachee.launch.items[LaunchItem(item)]
        return coachee.plan.parts[PlanPart(item)]

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_tick(self) -> None:
        """Tick or untick the launch item or plan part under the cursor."""
        field = self.query_one(PageTable).field
        name, _, item = (field or "").partition(":")
        if name not in ("plan", "launch"):
            return
        if name == "plan":
            await self.perform(
                lambda desk: desk.coachees.toggle_plan_part(self._coachee_id, PlanPart(item))
            )
        else:
            await self.perform(
                lambda desk: desk.coachees.toggle_launch_item(self._coachee_id, LaunchItem(item))
            )
        await self._launch_changed()

    async def _launch_changed(self) -> None:
        """Propose what follows from a complete launch; a person decides (rule R8)."""
        coachee = await self.perform(lambda desk: desk.coachees.get(self._coachee_id))
        self._coachee = coachee
        await self.on_desk_changed()
        if coachee.launch.complete and coachee.state.value == "not_launched":
            self.tell("The launch conversation is complete: t makes the coaching active")
