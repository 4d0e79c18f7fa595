"""The feedback meeting as a list: a heading for each step, what belongs to it below."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from coach_tui.presentation.meeting import (
    ABOUT,
    ENGAGEMENT,
    GOAL,
    HEADING,
    PRACTICE,
    SENTENCE,
    STEP,
    Row,
)
from coach_tui.presentation.text import visible
from coach_tui.widgets.keyed_table import Column, KeyedTable

_STYLES = {STEP: "bold", HEADING: "bold"}
_INDENT, _LABEL = 4, 20
_OF_THE_WHOLE = (ABOUT, GOAL, ENGAGEMENT, PRACTICE)


class MeetingTable(KeyedTable):
    """Rows in their order; a row is known by its key, so the cursor stays after a change."""

    def __init__(self, *, id: str | None = None) -> None:
        """Begin empty, without a header: the rows say what they are."""
        super().__init__(id=id, show_header=False)

    def show(self, rows: Sequence[Row]) -> None:
        """Show the rows."""
        self.shape([Column("", 0)])
        self.fill([(row.key, (_text(row),)) for row in rows])


def _text(row: Row) -> Text:
    if row.kind == STEP:
        words = f"{'[x]' if row.done else '[ ]'} {row.label}"
    elif row.kind == HEADING:
        words = row.label
    elif row.kind in _OF_THE_WHOLE:
        words = f"{'':{_INDENT}}{row.label:{_LABEL}}{row.words}"
    elif row.kind == SENTENCE:
        words = f"{row.label:>{_INDENT - 1}} {row.words}"
    else:
        label = f"{row.label}: " if row.label else ""
        words = f"{'':{_INDENT}}{label}{row.words}"
    style = _STYLES.get(row.kind, "italic" if row.kind == "missing" else "")
    return Text(visible(words), style=style, no_wrap=True, end="")
