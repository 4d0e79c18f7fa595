"""The coaching plan of five parts: what each says, and the page that is shared with the teacher."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import work

from coach_tui.domain.enumerations import PlanPart
from coach_tui.domain.records import TickedNote
from coach_tui.presentation import dates
from coach_tui.presentation.plan import TITLES, PlanSources, plan_document, plan_parts
from coach_tui.presentation.text import visible
from coach_tui.screens.progress.listing import CoacheeListing
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.field import Field
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk
    from coach_tui.screens.dialogs.form import Answers
    from coach_tui.screens.session import Session

WHERE = {
    PlanPart.SELF_ASSESSMENT: "on the goals, the key A: assess with a practice profile",
    PlanPart.GROWTH_GOALS: "on the goals, the key a: write one down",
    PlanPart.DATA_COLLECTION: "the goal says which evidence is planned",
    PlanPart.GRADUAL_RELEASE: "complete once it was shared with the teacher: the key S",
}
"""What makes a part complete, besides a tick."""


class PlanScreen(CoacheeListing):
    """The plan of one coachee."""

    BINDINGS = bindings("coaching_plan")
    PLACES = ("coaching_plan", "list", "app")

    def __init__(self, session: Session, coachee: str) -> None:
        """Show the plan of the coachee with this id."""
        super().__init__(session, coachee)
        self._sources: PlanSources | None = None

    def draft_place(self) -> dict[str, str]:
        """Say on which part the cursor stands."""
        part = self.query_one(KeyedTable).current_key or ""
        return {**super().draft_place(), "part": part}

    async def resume(self, place: Mapping[str, str]) -> None:
        """Put the cursor on the part whose form was open."""
        await self.read()
        self.show()
        self.query_one(KeyedTable).go_to(place.get("part", ""))

    async def read(self) -> None:
        """Read everything the plan is made of."""

        def read(desk: Desk) -> PlanSources:
            id = self._coachee_id
            assessed = desk.assessing.of(id)
            newest = assessed[-1] if assessed else None
            return PlanSources(
                desk.coachees.get(id),
                desk.goals.of(id),
                newest.assessment if newest else None,
                newest.profile if newest else None,
            )

        self._sources = await self.perform(read)

    def show(self) -> None:
        """Show the five parts, each with what it says."""
        sources = self._sources
        if sources is None:
            return
        shared = sources.coachee.plan.release_plan_shared_on
        aside = "not shared yet" if shared is None else f"shared {dates.full(shared)}"
        self.say_title(f"Coaching plan · {sources.coachee.name}", aside)
        table = self.query_one(KeyedTable)
        table.shape([Column("", 0)])
        rows = []
        for part in plan_parts(sources):
            tick = "[x]" if part.done else "[ ]"
            rows.append((part.part.value, (literal(f"{tick} {TITLES[part.part]}", "bold"),)))
            words = [part.note] if part.note.strip() else []
            rows += [
                (f"{part.part.value}:{number}", (literal(f"      {visible(line)}"),))
                for number, line in enumerate([*words, *part.lines])
            ]
        table.fill(rows)

    def row_words(self) -> list[str]:
        """Return the line under the cursor in full, and what makes its part complete."""
        key = self.query_one(KeyedTable).current_key or ""
        part = self._part()
        if part is None or self._sources is None:
            return []
        shown = next(one for one in plan_parts(self._sources) if one.part is part)
        words = [*([shown.note] if shown.note.strip() else []), *shown.lines]
        place = key.rpartition(":")[2]
        line = [visible(words[int(place)])] if place.isdecimal() else []
        return [*line, *([WHERE[part]] if part in WHERE else [])]

    def _part(self) -> PlanPart | None:
        key = (self.query_one(KeyedTable).current_key or "").partition(":")[0]
        return PlanPart(key) if key else None

    def action_open(self) -> None:
        """Edit the note of the part under the cursor."""
        self.action_note_part()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_note_part(self) -> None:
        """Edit the note of the part under the cursor."""
        part = self._part()
        if part is None:
            return
        coachee = await self._selected()
        ticked = coachee.plan.parts[part]

        async def save(answers: Answers) -> None:
            note = TickedNote(done=answers["done"] == "yes", note=answers["note"])
            await self.session.perform(
                lambda desk: desk.coachees.set_plan_part(coachee, part, note)
            )

        await self._ask(
            TITLES[part],
            [
                Field("note", "Note", ticked.note, lines=6),
                Field("done", "Done", "yes" if ticked.done else "no", ("no", "yes")),
            ],
            lambda given: {},
            save,
            WHERE.get(part, "What it is aligned to: a goal of the building or the district."),
        )
        await self.on_desk_changed()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_tick(self) -> None:
        """Tick or untick the part under the cursor."""
        part = self._part()
        if part is not None:
            await self.perform(lambda desk: desk.coachees.toggle_plan_part(self._coachee_id, part))
            await self.on_desk_changed()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_share(self) -> None:
        """Show the exact page, share it, and date the plan as shared."""
        from coach_tui.screens.dialogs.share import share

        await self.read()
        if self._sources is None:
            return
        coachee, today = self._sources.coachee, self.session.today()
        page, left_out = plan_document(self._sources, today)
        shared = await share(self, "coaching plan", coachee, page, left_out)
        if shared is None:
            return
        if coachee.plan.release_plan_shared_on is None:
            await self.perform(
                lambda desk: desk.coachees.set_plan_shared(desk.coachees.get(coachee.id), today)
            )
            self.tell("Shared; the plan is dated as shared today")
        await self.on_desk_changed()
