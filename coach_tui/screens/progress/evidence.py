"""One item of evidence in full: its lines, its reference, its level and who named it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Self

from textual import work

from coach_tui.coaching.evidence import is_missing
from coach_tui.domain.enumerations import EvidenceColumn
from coach_tui.presentation.goal import column_words, evidence_lines
from coach_tui.screens.progress.listing import Listing
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk
    from coach_tui.domain.records import Coachee, Evidence, GrowthGoal, NoteLine
    from coach_tui.screens.session import Session


class EvidenceScreen(Listing):
    """An item: enter on a line of a script opens the observation, elsewhere it edits."""

    BINDINGS = bindings("evidence")
    PLACES = ("evidence", "list", "app")

    def __init__(self, session: Session, item: str) -> None:
        """Show the item with this id."""
        super().__init__(session)
        self._item_id = item
        self._item: Evidence | None = None
        self._goal: GrowthGoal | None = None
        self._coachee: Coachee | None = None
        self._lines: list[NoteLine | None] = []
        self._is_missing = False

    def draft_place(self) -> dict[str, str]:
        """Say where this is found again."""
        return {**self.own_place(), "item": self._item_id}

    @classmethod
    async def again(cls, session: Session, place: Mapping[str, str]) -> Self:
        """Make the screen of a `draft_place`."""
        return cls(session, place["item"])

    @property
    def selected_id(self) -> str | None:
        """Whose goal the evidence is toward."""
        return None if self._goal is None else self._goal.coachee

    def history_of(self) -> tuple[str, str, str] | None:
        """Return this item."""
        name = "" if self._coachee is None else self._coachee.name
        return f"evidence of {name}", "evidence", self._item_id

    async def read(self) -> None:
        """Read the item, its goal, and the lines it points to."""

        def read(desk: Desk) -> None:
            self._item = desk.evidence.get(self._item_id)
            self._goal = desk.goals.get(self._item.goal)
            self._coachee = desk.coachees.get(self._goal.coachee)
            self._lines = desk.evidence.lines(self._item)
            self._is_missing = is_missing(self._item.reference)

        await self.perform(read)

    def show(self) -> None:
        """Show everything that is known of the item."""
        item, goal, coachee = self._item, self._goal, self._coachee
        if item is None or goal is None or coachee is None:
            return
        self.say_title(f"Evidence · {coachee.name}", column_words(item))
        self.put("head", [goal.statement])
        table = self.query_one(KeyedTable)
        table.shape([Column("", 13), Column("", 0)])
        rows = evidence_lines(item, self._lines, self._is_missing)
        table.fill([(key, (literal(label), literal(words))) for key, label, words in rows])

    def row_words(self) -> list[str]:
        """Return the row under the cursor in full, where the list cuts it."""
        item = self._item
        if item is None:
            return []
        rows = evidence_lines(item, self._lines, self._is_missing)
        key = self.query_one(KeyedTable).current_key
        return [words for of, _, words in rows if of == key and len(words) > 60]

    def action_open(self) -> None:
        """Open the observation of the line under the cursor, else edit the item."""
        place = self._place_of_line()
        if self._item is None or self._coachee is None or place is None:
            self.action_edit()
        elif self._lines[place] is None:
            self.tell("This line, or its observation, is not there any more")
        else:
            observation = self._item.observation_lines[place].observation
            self.open_observation(self._coachee, observation)

    def _place_of_line(self) -> int | None:
        """Return which line of a script the cursor is on, None where it is on none."""
        kind, _, rest = (self.query_one(KeyedTable).current_key or "").partition(":")
        return int(rest.rpartition(":")[2]) if kind == "line" else None

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_take_out(self) -> None:
        """Take the line under the cursor out of the item: it is free to be edited again."""
        item, place = self._item, self._place_of_line()
        if item is None or place is None:
            self.tell("Go to a line of the script first: it is taken out of the evidence")
            return
        stays = await self.perform(lambda desk: desk.evidence.take_out(item, place))
        self.tell("Taken out of the evidence; it stays in the script · u brings it back")
        if stays:
            await self.on_desk_changed()
        else:
            self.dismiss()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_edit(self) -> None:
        """Edit the item."""
        from coach_tui.screens.progress.gathering import ask_in_words

        item = await self.perform(lambda desk: desk.evidence.get(self._item_id))
        goal = await self.perform(lambda desk: desk.goals.get(item.goal))
        await ask_in_words(self, goal, EvidenceColumn(column_words(item)), item)
        await self.on_desk_changed()
