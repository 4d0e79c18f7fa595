"""The launch conversation as rows: its four items, what is told, and the conversation itself."""

from __future__ import annotations

from dataclasses import dataclass

from coach_tui.domain.enumerations import CoacheeKind, LaunchItem
from coach_tui.domain.records import Coachee
from coach_tui.presentation import dates

RECORDS, ABOUT = "records", "about"
"""Keys of the rows that are no item."""


@dataclass(frozen=True, slots=True)
class LaunchRow:
    """One row: its key (an item's own word for an item), its label, words and tick."""

    key: str
    label: str
    words: str
    done: bool | None = None


def launch_rows(coachee: Coachee) -> list[LaunchRow]:
    """Return the rows of the conversation, in their order."""
    launch = coachee.launch
    rows = [
        LaunchRow(
            item.value, item.value.capitalize(), launch.items[item].note, launch.items[item].done
        )
        for item in LaunchItem
    ]
    told = "told" if launch.records_explained else "not told yet"
    rows.append(LaunchRow(RECORDS, "What is kept, and who sees it", told, launch.records_explained))
    held = "no day yet" if launch.date is None else dates.full(launch.date)
    length = f", {launch.minutes} min" if launch.minutes else ""
    there = f", {', '.join(launch.present)}" if launch.present else ""
    rows.append(LaunchRow(ABOUT, "The conversation", f"{held}{length}{there}"))
    return rows


def launch_words(coachee: Coachee) -> str:
    """Return how far the conversation is: `2 of 4 items`, `complete`."""
    done = sum(item.done for item in coachee.launch.items.values())
    return "complete" if coachee.launch.complete else f"{done} of 4 items"


def is_team(coachee: Coachee) -> bool:
    """Whether members can be there or not."""
    return coachee.kind is CoacheeKind.TEAM
