"""Choosing lines of a script as evidence: what students said becomes classroom discourse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import DataTable, Label

from coach_tui.coaching.linked_lines import is_student_line, may_be_evidence
from coach_tui.domain.enumerations import EvidenceColumn
from coach_tui.domain.records import NoteLine, Observation
from coach_tui.presentation import dates
from coach_tui.presentation.text import plural
from coach_tui.widgets.bars import KeyBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal

if TYPE_CHECKING:
    from coach_tui.domain.records import Coachee, GrowthGoal
    from coach_tui.screens.session import Session
    from coach_tui.screens.teacher.selected import SelectedCoachee


@dataclass(frozen=True)
class Chosen:
    """Lines of one observation, by their ids."""

    observation: str
    lines: tuple[str, ...]


class InWords:
    """The coach would rather say it in words."""


Answer = Chosen | InWords | None


async def choose_lines(
    screen: SelectedCoachee, coachee: Coachee, goal: GrowthGoal, column: EvidenceColumn
) -> Answer:
    """Ask for lines of the coachee's scripts; in words at once where there are none.

    Begins with the newest observation that has lines which are not evidence toward the goal yet.
    Questions and inferences are not offered (rule R3).
    """
    seen = await screen.perform(lambda desk: desk.evidence.observations(coachee))
    linked = await screen.perform(lambda desk: desk.evidence.linked(goal.id))

    def fits(line: NoteLine) -> bool:
        return is_student_line(line) or column is not EvidenceColumn.DISCOURSE

    scripts = [
        (one, [line for line in one.lines if may_be_evidence(line) and fits(line)]) for one in seen
    ]
    scripts = [(one, lines) for one, lines in scripts if lines]
    if not scripts:
        return InWords()
    free = [
        index
        for index, (one, lines) in enumerate(scripts)
        if any((one.id, line.id) not in linked for line in lines)
    ]
    dialog = ChooseLines(screen.session, column, scripts, linked, free[0] if free else 0)
    return await screen.app.push_screen_wait(dialog)


Script = tuple[Observation, list[NoteLine]]


class ChooseLines(ModalScreen[Answer]):
    """The lines of one observation; older and newer ones with the brackets."""

    CSS_PATH = "lines.tcss"
    BINDINGS = bindings("lines")
    AUTO_FOCUS = "KeyedTable"

    def __init__(
        self,
        session: Session,
        column: EvidenceColumn,
        scripts: Sequence[Script],
        linked: set[tuple[str, str]],
        at: int,
    ) -> None:
        """Offer `scripts`, newest first, beginning with the one `at`; `linked` lines stay out."""
        super().__init__()
        self._session, self._column = session, column
        self._scripts, self._linked, self._at = scripts, linked, at
        self._chosen: set[str] = set()

    def compose(self) -> ComposeResult:
        """Lay out which observation it is, its lines, and the keys."""
        with Vertical(id="lines-box"):
            yield Label("", id="lines-title", markup=False)
            yield Label("", id="lines-intro", markup=False)
            yield KeyedTable(show_header=False)
            yield KeyBar("lines", keymap=self._session.settings.keys)

    def on_mount(self) -> None:
        """Show the lines."""
        self.query_one(KeyedTable).shape([Column("", 3), Column("", 5), Column("", 0)])
        self._show()

    def _show(self) -> None:
        seen, lines = self._scripts[self._at]
        when = dates.with_relative(seen.date, self._session.today())
        lesson = f" · {seen.lesson}" if seen.lesson else ""
        title = f"Lines as {self._column.value} · {when}{lesson}"
        self.query_one("#lines-title", Label).update(literal(title, "bold"))
        self.query_one("#lines-intro", Label).update(literal(self._intro()))
        rows = [
            (line.id, (literal(self._mark(line)), literal(line.speaker), literal(line.text)))
            for line in lines
        ]
        self.query_one(KeyedTable).fill(rows)

    def _intro(self) -> str:
        place = f"observation {self._at + 1} of {len(self._scripts)}, newest first"
        chosen = plural(len(self._chosen), "line") + " chosen"
        if self._column is EvidenceColumn.DISCOURSE:
            return f"What students said · {chosen} · {place}"
        return (
            f"What students said becomes discourse (»), the rest observation · {chosen} · {place}"
        )

    def _mark(self, line: NoteLine) -> str:
        seen = self._scripts[self._at][0]
        if (seen.id, line.id) in self._linked:
            return " = "
        if line.id in self._chosen:
            return "[»]" if is_student_line(line) else "[x]"
        return "[ ]"

    def _free(self) -> list[str]:
        seen, lines = self._scripts[self._at]
        return [line.id for line in lines if (seen.id, line.id) not in self._linked]

    @on(DataTable.RowSelected)
    def _row_selected(self) -> None:
        self.action_save()

    def action_tick(self) -> None:
        """Choose the line under the cursor, or not, and go to the next."""
        table = self.query_one(KeyedTable)
        key = table.current_key
        if key is None:
            return
        if key not in self._free():
            self.notify("This line is evidence toward the goal already", markup=False)
            return
        self._chosen ^= {key}
        self._show()
        table.action_down()

    def action_all(self) -> None:
        """Choose every line, or none when all are chosen."""
        free = set(self._free())
        self._chosen = set() if self._chosen == free else free
        self._show()

    def action_older(self) -> None:
        """Show an older observation."""
        self._go(self._at + 1)

    def action_newer(self) -> None:
        """Show a newer observation."""
        self._go(self._at - 1)

    def _go(self, at: int) -> None:
        if not 0 <= at < len(self._scripts):
            self.notify("There is no other observation with such lines that way", markup=False)
            return
        if self._chosen:
            self.notify("First save the lines you chose, or take them back with a", markup=False)
            return
        self._at = at
        self._show()

    def action_words(self) -> None:
        """Say it in words instead."""
        self.dismiss(InWords())

    def action_save(self) -> None:
        """Answer with what was chosen; with nothing chosen, with the line under the cursor."""
        key = self.query_one(KeyedTable).current_key
        chosen = self._chosen or ({key} & set(self._free()) if key else set())
        if not chosen:
            self.notify("Choose a line with space first", markup=False)
            return
        seen, lines = self._scripts[self._at]
        self.dismiss(Chosen(seen.id, tuple(line.id for line in lines if line.id in chosen)))

    def action_cancel(self) -> None:
        """Close; nothing is saved."""
        self.dismiss(None)
