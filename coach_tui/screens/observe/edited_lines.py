"""The lines that an edited text stands for, and saving them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from coach_tui.coaching.paper import moment_on_paper
from coach_tui.coaching.script_lines import Line, as_typed, following, note_line
from coach_tui.domain.records import NoteLine, Observation
from coach_tui.presentation.script_text import Written, moved_to, rows_of
from coach_tui.screens.observe.passing_on import PassingOn

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk

TextLine = tuple[str, NoteLine | Line]
"""A line of the text: its id, empty for a new one; as it is kept already, or as it was typed."""


class EditedLines(PassingOn):
    """What did not change stays as it is, with its marks and tags."""

    def rows_of_script(self, seen: Observation | None) -> list[Written]:
        """Return a script as it stands in a text."""
        lines = () if seen is None else seen.lines
        return rows_of(lines, self._typed_of, self.session.clock.local)

    def _typed_of(self, line: NoteLine) -> str:
        return self.reader.written(as_typed(line))

    def lines_of(
        self,
        seen: Observation | None,
        rows: Sequence[Written],
        base: Collection[str],
        begun: datetime,
    ) -> list[TextLine]:
        """Return the script that the rows stand for; what did not change stays as it is.

        `base` are the ids of the lines that the text was made of. New lines have the time that
        stands there, else that of the line before; after the last of those of one that runs, they
        were begun with the editor.
        """
        known = {} if seen is None else {line.id: line for line in seen.lines}
        stood = {row.id: row for row in self.rows_of_script(seen)}
        runs = seen is None or (seen.end is None and not seen.from_paper)
        last = max((place for place, row in enumerate(rows) if row.id in base), default=-1)
        lines, time = list[TextLine](), begun if seen is None else seen.start
        for place, row in enumerate(rows):
            old = known.get(row.id)
            if old is None:
                before = max(time, begun) if runs and place > last else time
                added = self._added_line(seen, row, before)
                time = added.begun
                lines.append(("", added))
                continue
            time = moved_to(old.time, row.of_day, self.session.clock.local)
            same = stood[row.id] == row
            lines.append((old.id, old if same else self._edited_line(old, row.text, time)))
        return lines

    def _added_line(self, seen: Observation | None, row: Written, before: datetime) -> Line:
        if row.of_day is not None and seen is not None and seen.from_paper:
            begun = moment_on_paper(self.session.clock, seen, row.of_day)
        else:
            begun = moved_to(before, row.of_day, self.session.clock.local)
        return self.reader.line(row.text, begun)

    def _edited_line(self, old: NoteLine, text: str, time: datetime) -> Line:
        mine, self.dismissed = self.dismissed, old.dismissed
        try:
            line = self.line_over(old, text)
        finally:
            self.dismissed = mine
        return replace(line, begun=time)

    async def put_lines(self, seen: Observation | None, lines: Sequence[TextLine]) -> Observation:
        """Save the lines in the place of those that were `seen`; None begins an observation.

        Raises `ChangedMeanwhile` when others stand there by now, and the store's errors.
        """
        new = [line for id, line in lines if not id and isinstance(line, Line)]
        if seen is None:

            def write(desk: Desk, id: str) -> Observation:
                return desk.scripts.write(id, new)

            return await self.begin_keeping(write, new[0].begun)
        added = iter(following(seen, seen.lines, new))
        whole = tuple(_as_kept(seen, id, line) if id else next(added) for id, line in lines)
        return await self.session.perform(lambda desk: desk.scripts.replace_all(seen, whole))


def _as_kept(seen: Observation, id: str, line: NoteLine | Line) -> NoteLine:
    return note_line(seen, id, line) if isinstance(line, Line) else line
