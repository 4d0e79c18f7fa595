"""One growth goal: what it is, its picture over the year, its evidence; and the review of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Self

from textual import events, work

from coach_tui.coaching.evidence import is_missing
from coach_tui.domain.progress.matrix import COLUMNS
from coach_tui.presentation import dates
from coach_tui.presentation.goal import (
    LEGEND,
    column_words,
    evidence_marks,
    evidence_summary,
    fact_lines,
    goal_picture,
    year_of,
)
from coach_tui.presentation.progress import HEADINGS, PARTIES
from coach_tui.presentation.text import plural, visible
from coach_tui.screens.progress.listing import Listing
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk
    from coach_tui.domain.records import Coachee, Cycle, Evidence, GrowthGoal, NoteLine
    from coach_tui.screens.session import Session

ROOM_FOR_PICTURE = 30
"""Terminal rows from which the picture stands above the evidence without being asked for."""


class GoalScreen(Listing):
    """A goal and its evidence, oldest first; `column` shows only one column of it."""

    BINDINGS = bindings("goal")
    PLACES = ("goal", "list", "app")

    def __init__(self, session: Session, goal: str, *, column: str | None = None) -> None:
        """Show the goal with this id."""
        super().__init__(session)
        self._goal_id, self._column = goal, column
        self._goal: GrowthGoal | None = None
        self._coachee: Coachee | None = None
        self._function = ""
        self._evidence: list[Evidence] = []
        self._lines: dict[str, list[NoteLine | None]] = {}
        self._missing: set[str] = set()
        self._cycles: list[Cycle] = []
        self._year: tuple[date, date] | None = None
        self._pictured: bool | None = None

    def draft_place(self) -> dict[str, str]:
        """Say where this is found again."""
        return {**self.own_place(), "goal": self._goal_id, "column": self._column or ""}

    @classmethod
    async def again(cls, session: Session, place: Mapping[str, str]) -> Self:
        """Make the screen of a `draft_place`."""
        return cls(session, place["goal"], column=place["column"] or None)

    @property
    def selected_id(self) -> str | None:
        """Whose goal it is."""
        return None if self._goal is None else self._goal.coachee

    def history_of(self) -> tuple[str, str, str] | None:
        """Return this goal; its evidence shows its own on its own screen."""
        name = "" if self._coachee is None else self._coachee.name
        return f"goal of {name}", "goals", self._goal_id

    @property
    def chosen_goal(self) -> str | None:
        """This goal."""
        return self._goal_id

    @property
    def chosen_column(self) -> str | None:
        """The column that is shown."""
        return self._column

    async def read(self) -> None:
        """Read the goal, its evidence with the lines it points to, and the cycles about it."""

        def read(desk: Desk) -> None:
            goal = desk.goals.get(self._goal_id)
            named = desk.profiles.function(goal.function)
            self._function = ""
            if goal.function is not None:
                title = named.function.title if named else goal.function.function
                version = f"{named.profile.title if named else goal.function.profile}"
                self._function = f"{title} ({version} {goal.function.version})"
            self._coachee = desk.coachees.get(goal.coachee)
            self._evidence = desk.evidence.of(goal.id)
            self._lines = {item.id: desk.evidence.lines(item) for item in self._evidence}
            gone = (item.id for item in self._evidence if is_missing(item.reference))
            self._missing = set(gone)
            cycles = desk.cycling.of(goal.coachee)
            self._cycles = [one for one in cycles if one.goal in (None, goal.id)]
            calendar = desk.setting_up.calendar
            self._year = (calendar.first_day, calendar.last_day) if calendar else None
            self._goal = goal

        await self.perform(read)

    def on_resize(self, event: events.Resize) -> None:
        """Draw the picture for the new width."""
        if self._goal is not None:
            self.show()

    def show(self) -> None:
        """Show the goal, its picture where there is room, and its evidence."""
        goal, coachee = self._goal, self._coachee
        if goal is None or coachee is None:
            return
        today = self.session.today()
        head = fact_lines(goal, self._function, today)
        roomy = self.size.height >= ROOM_FOR_PICTURE
        if self._is_pictured:
            span = year_of(goal, self._evidence, self._year, today)
            room = max(self.size.width - 2, 40)
            head = head if roomy else head[:1]
            head += goal_picture(goal, self._evidence, self._cycles, span, today, room)
            head.append(LEGEND)
        else:
            head += self._last_review()
        self.put("head", head)
        self._show_evidence(today)
        words = "all evidence" if self._column is None else self._column
        self.say_title(f"Goal · {coachee.name}", f"{words}, {plural(len(self._shown()), 'item')}")

    @property
    def _is_pictured(self) -> bool:
        """Whether the picture is shown: as the coach said, else where there is room for both."""
        if self._pictured is not None:
            return self._pictured
        return self.size.height >= ROOM_FOR_PICTURE and self._column is None

    def _last_review(self) -> list[str]:
        reviews = () if self._goal is None else self._goal.reviews
        if not reviews:
            return []
        last = reviews[-1]
        words = f": {visible(last.words)}" if last.words.strip() else ""
        by = PARTIES[last.chosen_by.value]
        when = dates.full(last.date)
        return [f"Last review {when}: {last.outcome.value}{words} (chosen by {by})"]

    def _shown(self) -> list[Evidence]:
        return [
            item
            for item in self._evidence
            if self._column is None or column_words(item) == self._column
        ]

    def _show_evidence(self, today: date) -> None:
        shown = self._shown()
        table = self.query_one(KeyedTable)
        table.shape([Column("", 11), Column("", 8), Column("", 0), Column("", 26)])
        table.fill(
            [
                (
                    item.id,
                    (
                        literal(dates.short(item.date, today)),
                        literal(HEADINGS[column_words(item)]),
                        literal(evidence_summary(item, self._lines[item.id])),
                        literal(evidence_marks(item, item.id in self._missing)),
                    ),
                )
                for item in shown
            ]
        )
        table.display = bool(shown)
        where = "" if self._column is None else f" in {self._column}"
        self.put("empty", [] if shown else [f"No evidence{where} yet: v adds some"])

    def row_words(self) -> list[str]:
        """Return the reflection on the item under the cursor, and its next step."""
        item = self._current()
        if item is None:
            return []
        if not item.reflection.strip():
            return ["… waits for a reflection: enter opens it, r walks through all of them"]
        step = f" · next: {visible(item.next_step)}" if item.next_step.strip() else ""
        return [f"{visible(item.reflection)}{step}"]

    def _current(self) -> Evidence | None:
        key = self.query_one(KeyedTable).current_key
        return next((item for item in self._shown() if item.id == key), None)

    def action_open(self) -> None:
        """Open the item of evidence under the cursor."""
        item = self._current()
        if item is not None:
            from coach_tui.screens.progress.evidence import EvidenceScreen

            self.app.push_screen(EvidenceScreen(self.session, item.id))

    def action_column(self) -> None:
        """Show the evidence of the next column, and after the last all of it."""
        names = [None, *(column.value for column in COLUMNS)]
        self._column = names[(names.index(self._column) + 1) % len(names)]
        self.show()
        self.say_of_row()

    def action_picture(self) -> None:
        """Show the picture over the year, or hide it."""
        self._pictured = not self._is_pictured
        self.show()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_edit(self) -> None:
        """Edit the goal."""
        from coach_tui.screens.progress.goal_forms import ask_changes

        goal = await self.perform(lambda desk: desk.goals.get(self._goal_id))
        await ask_changes(self, goal)
        await self.on_desk_changed()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_move(self) -> None:
        """Agree, begin, call it met, revise, set aside."""
        from coach_tui.screens.progress.goal_states import ask_move

        goal = await self.perform(lambda desk: desk.goals.get(self._goal_id))
        self._goal_id = await ask_move(self, goal)
        await self.on_desk_changed()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_review(self) -> None:
        """Walk through the evidence in order; it ends in a step, a changed goal, or nothing."""
        from coach_tui.screens.progress.review import walk

        new = await walk(self, self._goal_id)
        self._goal_id = new
        await self.on_desk_changed()
