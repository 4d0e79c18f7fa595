"""A teacher's or team's page: every field, the launch, the plan, and everything that happened."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import DataTable, Static
from textual.worker import WorkerError

from coach_tui.domain.records import Coachee, GrowthGoal
from coach_tui.domain.standing import Standing
from coach_tui.presentation.coachee import Growth, page
from coach_tui.presentation.statuses import (
    due_mark,
    due_sentence,
    growth_words,
    owed_sentence,
    state_words,
)
from coach_tui.screens.base import NotDone
from coach_tui.screens.coachee.changing import ChangingCoachee
from coach_tui.screens.session import Session
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.one_key import ACTIONS
from coach_tui.widgets.page_table import PageTable
from coach_tui.widgets.passage import Passage
from coach_tui.widgets.timeline_table import TimelineTable

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk
    from coach_tui.coaching.timeline import Happening


class CoacheeScreen(ChangingCoachee):
    """One coachee: the page at the left, the timeline below it or, with room, beside it."""

    CSS_PATH = "coachee.tcss"
    BINDINGS = bindings("coachee", "teacher")
    PLACES = ("coachee", "teacher", "list", "app")
    AUTO_FOCUS = "PageTable"

    def __init__(self, session: Session, id: str) -> None:
        """Show the coachee with this id."""
        super().__init__(session, id)
        self._partner = ""
        self._happenings: list[Happening] = []
        self._goals: list[GrowthGoal] = []

    def draft_place(self) -> dict[str, str]:
        """Say which field stands under the cursor too."""
        return {**super().draft_place(), "field": self.query_one(PageTable).field or ""}

    def history_of(self) -> tuple[str, str, str] | None:
        """Return the record of the entry under the cursor of the timeline, else the coachee."""
        timeline = self.query_one(TimelineTable)
        happening = timeline.selected(self._happenings) if timeline.has_focus else None
        record = None if happening is None else happening.record
        if happening is None or record is None:
            return super().history_of()
        return (happening.title, *record)

    @classmethod
    async def again(cls, session: Session, place: Mapping[str, str]) -> Self:
        """Make the page of the coachee that was selected; raises when there is none any more."""
        id = place.get("coachee", "")
        await session.perform(lambda desk: desk.coachees.get(id))
        return cls(session, id)

    async def resume(self, place: Mapping[str, str]) -> None:
        """Put the cursor on the field that was being changed."""
        with suppress(WorkerError):  # another look at the store took its place, and shows as much
            await self.refresh_page().wait()
        if place.get("field"):
            self.query_one(PageTable).go_to(place["field"])

    def compose(self) -> ComposeResult:
        """Lay out title, what is owed, page, timeline and keys."""
        standing = self._standing()
        yield TitleBar("" if standing is None else standing.facts.name)
        yield Passage("", id="coachee-owed", markup=False)
        with Horizontal(id="coachee-body"):
            yield PageTable(id="coachee-page")
            yield TimelineTable(id="coachee-timeline")
        yield KeyBar("coachee", "teacher", "app", keymap=self.session.settings.keys)

    def on_mount(self) -> None:
        """Read the coachee."""
        self.refresh_page()

    async def on_desk_changed(self) -> None:
        """Read the coachee again."""
        self.refresh_page()

    @work(exclusive=True, group="refresh", exit_on_error=False)
    async def refresh_page(self) -> None:
        """Read the coachee and what happened, and show them."""

        def read(desk: Desk) -> tuple[Coachee, str, list[Happening]]:
            coachee = desk.coachees.get(self._coachee_id)
            partner = desk.coachees.partner(coachee)
            self._goals = desk.goals.of(coachee.id)
            return coachee, partner.name if partner else "", desk.timeline(coachee)

        try:
            self._coachee, self._partner, self._happenings = await self.perform(read)
        except NotDone:
            self.dismiss()
            return
        await self.session.refresh_caseload()
        self._show()

    def _standing(self) -> Standing | None:
        caseload = self.session.caseload
        rows = [] if caseload is None else caseload.rows
        return next((row for row in rows if row.facts.id == self._coachee_id), None)

    def _show(self) -> None:
        coachee, standing = self._coachee, self._standing()
        if coachee is None:
            return
        today = self.session.today()
        title = self.query_one(TitleBar)
        title.heading = f"{coachee.name} · {coachee.building or 'no building'}"
        title.aside = state_words(coachee.state.value)
        if standing is not None:
            title.aside = due_mark(standing.due)
            owed = [due_sentence(standing.due, today), *map(owed_sentence, standing.owed)]
            self.query_one("#coachee-owed", Static).update(" · ".join(owed))
        said = "" if standing is None else growth_words(standing.owed, standing.signs)
        missing = None if standing is None else standing.facts.plan_missing
        lacking = () if standing is None else standing.facts.practices_missing
        growth = Growth(self._goals, said, missing, lacking)
        self.query_one(PageTable).show(page(coachee, today, self._partner, growth))
        self.query_one(TimelineTable).show(self._happenings, today)

    @on(DataTable.RowSelected)
    def _selected_row(self) -> None:
        self.action_change()

    def action_back(self) -> None:
        """Go back to where this page was opened from."""
        self.dismiss()

    def action_switch(self) -> None:
        """Move between the page and the timeline."""
        here = self.query_one(PageTable)
        (self.query_one(TimelineTable) if here.has_focus else here).focus()

    def action_change(self) -> None:
        """Edit the field under the cursor, or open what happened, to be read or corrected."""
        timeline = self.query_one(TimelineTable)
        if not timeline.has_focus:
            self._change_field()
            return
        happening = timeline.selected(self._happenings)
        if happening is not None and self._coachee is not None:
            self._open(self._coachee, happening)

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def _open(self, coachee: Coachee, happening: Happening) -> None:
        if happening.observation is not None:
            self.open_observation(coachee, happening.observation)
        elif happening.cycle is not None:
            await self.open_meeting(happening.cycle)
        elif happening.contact is not None:
            await self.correct_contact(coachee, happening.contact)
        elif happening.evidence is not None:
            from coach_tui.screens.progress.evidence import EvidenceScreen

            await self.app.push_screen(EvidenceScreen(self.session, happening.evidence))
        elif happening.goal is not None:
            await self._open_growth(happening.goal)
        elif happening.kind == "launch":
            await self.open_launch(coachee.id)
