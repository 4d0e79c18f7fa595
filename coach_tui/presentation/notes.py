"""What was found among the notes, in words. Plain."""

from __future__ import annotations

from datetime import date

from coach_tui.domain.note_search import LINE, PART, Found
from coach_tui.presentation import dates
from coach_tui.presentation.text import plural, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from coach_tui.domain.note_search import Kept

_SIGNS = {"count": "#", "environment": "e", "question": "?", "inference": "!"}

CONTEXT = 1
"""Lines before and after one that are shown with it."""


def found_words(one: Found, names: Mapping[str, str], today: date) -> tuple[str, str, str]:
    """Return day, name and what there is: the line, or how many lines and which lesson."""
    kept = one.kept
    day = dates.short(date.fromisoformat(kept.date), today)
    name = names.get(kept.coachee, "")
    if one.line is not None:
        return day, name, line_words(kept, one.line)
    parts = [plural(kept.line_count, "line")]
    if kept.quick_notes:
        parts.insert(0, "quick notes")
    elif not kept.ended:
        parts.insert(0, "▶ not ended")
    if kept.lesson:
        parts.append(visible(kept.lesson))
    return day, name, " · ".join(parts)


def line_words(kept: Kept, place: int) -> str:
    """Return a line with who spoke, or what kind it is, as a script shows it."""
    kind, speaker = kept.folded.split(LINE)[place + 1].split(PART)[:2]
    sign = speaker.upper() or _SIGNS.get(kind, "")
    text = visible(kept.lines[place])
    said = f'"{text}"' if kind == "quote" and not text.startswith('"') else text
    return f"{sign:3} {said}"


def context_lines(one: Found) -> list[str]:
    """Return the lines around the one that was found, or the first of an observation."""
    count = one.kept.line_count
    middle = one.line if one.line is not None else CONTEXT
    first, last = max(middle - CONTEXT, 0), min(middle + CONTEXT + 1, count)
    return [
        f"{'▸' if place == one.line else ' '} {line_words(one.kept, place)}"
        for place in range(first, last)
    ]
