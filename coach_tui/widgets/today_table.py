"""Today's tasks as a table: a heading for each group, then time, who and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.text import Text

from coach_tui.domain.today import Task
from coach_tui.presentation.text import pad
from coach_tui.presentation.today import groups_of, when_words, who_words, why_words
from coach_tui.widgets.keyed_table import WIDE_FROM, Column, KeyedTable
from coach_tui.widgets.literal import literal

HEADING = "heading:"
"""How the key of a group's heading begins."""

NARROW, WIDE = 18, 30
"""Columns for the name at home, and where there is room."""


class TodayTable(KeyedTable):
    """Rows by group; the cursor begins on the first task and skips no row."""

    def __init__(self, *, id: str | None = None) -> None:
        """Begin empty, without a header: the groups say what their rows are."""
        super().__init__(id=id, show_header=False)
        self._tasks: tuple[Task, ...] = ()
        self._today = date.min

    def show(self, tasks: Sequence[Task], today: date) -> None:
        """Show the tasks as they stand `today`.

        When the task under the cursor is done, the cursor goes to the next one about the same
        person, if there is any: a key pressed at once is about whom the coach just looked at.
        """
        here = next((task for task in self._tasks if task.key == self.current_key), None)
        self._tasks, self._today = tuple(tasks), today
        self.lay_out()
        if here is None or any(task.key == here.key for task in tasks):
            return
        same = [task.key for task in tasks if task.person and task.person == here.person]
        if same:
            self.go_to(same[0])

    def lay_out(self) -> None:
        """Show the rows in the room there is, once there is any."""
        if not self.size.width:
            return
        begun = self.current_key is not None
        self.shape([Column("", 0)])
        name = WIDE if self.room >= WIDE_FROM else NARROW
        rows: list[tuple[str, tuple[Text, ...]]] = []
        for group, tasks in groups_of(list(self._tasks)).items():
            rows.append((f"{HEADING}{group.name}", (literal(group.value, "bold"),)))
            for task in tasks:
                who = pad(who_words(task), name)
                words = f"{when_words(task):>5} {who} {why_words(task, self._today)}"
                rows.append((task.key, (Text(words, no_wrap=True, end=""),)))
        self.fill(rows)
        if not begun and self._tasks:
            self.go_to(self._tasks[0].key)
