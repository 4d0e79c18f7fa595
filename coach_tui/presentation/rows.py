"""The cells of a caseload row, shared by the screen and the quick commands. Plain."""

from __future__ import annotations

from coach_tui.domain.names import found_by, is_in
from coach_tui.presentation import dates
from coach_tui.presentation.statuses import (
    due_mark,
    due_words,
    owed_marks,
    phase_words,
    sign_marks,
    state_words,
)
from coach_tui.presentation.text import pad, visible, width

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from coach_tui.domain.standing import Standing

HEADINGS = ("Name", "Building", "Due", "Last", "Next", "Phase", "Owed")


def cells(standing: Standing, today: date) -> tuple[str, ...]:
    """Return the seven cells of one row, in the order of `HEADINGS`, not yet cut."""
    facts = standing.facts
    return (
        visible(facts.name),
        visible(facts.building) or "–",
        due_mark(standing.due),
        dates.short(facts.last_contact, today),
        dates.short(standing.next_visit, today),
        "–" if facts.phase == "released" else facts.phase,
        ", ".join(filter(None, (owed_marks(standing.owed), sign_marks(standing.signs)))),
    )


def search_words(standing: Standing) -> dict[str, str]:
    """Return what a filter looks into, by the name it can be narrowed with, folded.

    A filter of plain words looks into all of them; `building:oak` only into one.
    """
    facts = standing.facts
    kinds = [item.kind.value for item in standing.owed]
    owed = " ".join((*kinds, *(sign.value for sign in standing.signs)))
    return {
        "name": found_by(facts.name),
        "building": found_by(facts.building),
        "status": f"{due_words(standing.due)} {state_words(facts.state)} {owed}".casefold(),
        "structure": f"{facts.structure} {facts.kind}".casefold(),
        "phase": phase_words(facts.phase).casefold(),
    }


def matches(standing: Standing, wanted: str) -> bool:
    """Whether a row holds every word of the filter `wanted`; an empty filter holds for all."""
    words = search_words(standing)
    everything = " ".join(words.values())
    for word in wanted.casefold().split():
        where, colon, what = word.partition(":")
        haystack = words.get(where) if colon else None
        if haystack is None:
            haystack, what = everything, word
        if not is_in(what, haystack):
            return False
    return True


def aligned(rows: Sequence[Sequence[str]], limits: Sequence[int]) -> list[str]:
    """Return rows as lines of aligned columns, each at most its limit wide, trailing space cut.

    A limit of 0 leaves the column as long as it is (for the last one).
    """
    shown = [[visible(cell) for cell in row] for row in rows]
    taken = [[width(cell) for cell in row] for row in shown]
    widths = [
        min(limit or 10**6, max((row[n] for row in taken), default=0))
        for n, limit in enumerate(limits)
    ]
    return [
        "  ".join(
            cell + " " * (size - used) if used <= size else pad(cell, size)
            for cell, used, size in zip(row, used_by_row, widths, strict=True)
        ).rstrip()
        for row, used_by_row in zip(shown, taken, strict=True)
    ]
