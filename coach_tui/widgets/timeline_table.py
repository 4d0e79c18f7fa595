"""What happened, newest first: day, what it was, what there is to say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol, TypeVar

from coach_tui.presentation import dates
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal


class Entry(Protocol):
    """What the table needs to know of something that happened."""

    @property
    def day(self) -> date:
        """The day it happened, or is planned."""
        ...

    @property
    def title(self) -> str:
        """What it was."""
        ...

    @property
    def detail(self) -> str:
        """What there is to say."""
        ...


Happened = TypeVar("Happened", bound=Entry)


class TimelineTable(KeyedTable):
    """One row a happening; the row's key is its place in the list."""

    def show(self, entries: Sequence[Entry], today: date) -> None:
        """Show the entries, with their days as seen from `today`."""
        self.shape([Column("Day", 11), Column("What happened", 22), Column("", 0)])
        self.fill(
            [
                (
                    str(number),
                    (
                        literal(dates.short(entry.day, today)),
                        literal(entry.title),
                        literal(entry.detail),
                    ),
                )
                for number, entry in enumerate(entries)
            ]
        )

    def selected(self, entries: Sequence[Happened]) -> Happened | None:
        """Return the entry under the cursor."""
        key = self.current_key
        return entries[int(key)] if key is not None and int(key) < len(entries) else None
