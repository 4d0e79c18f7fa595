"""What was found among the notes, in words. Plain."""

from __future__ import annotations

import re
from datetime import date, timedelta

from coach_tui.domain.enumerations import LineKind, LineTag, Modality
from coach_tui.domain.names import found_by, is_in
from coach_tui.domain.note_search import FILTERS, Asked, Found, asked
from coach_tui.domain.scripting.names import handle
from coach_tui.presentation import dates
from coach_tui.presentation.reading import read_date
from coach_tui.presentation.text import cut, plural, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from coach_tui.domain.note_search import Kept

_SIGNS = {"count": "#", "environment": "e", "question": "?", "inference": "!"}

_PART_OF_DATE = re.compile(r"\d{1,4}|\d{4}-\d{0,2}|\d{4}-\d\d-\d{0,2}")
_SPEAKER = re.compile(r"[tc]|[sg]\d*")
_LIKE_A_FILTER = re.compile(r"([^\W\d_]+):")

BEFORE, CONTEXT = 1, 4
"""Lines before one that are shown with it, and how many are shown in all."""

INDENT = 6
"""Columns before the words of a line: its mark, and who spoke."""


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
    kind, speaker = kept.kind_and_speaker(place)
    sign = speaker.upper() or _SIGNS.get(kind, "")
    text = visible(kept.lines[place])
    said = f'"{text}"' if kind == "quote" and not text.startswith('"') else text
    return f"{sign:3} {said}"


def context_lines(one: Found) -> list[tuple[str, bool]]:
    """Return the lines around the one that was found, or the first of an observation.

    Each with whether it is the one that was found.
    """
    first = 0 if one.line is None else max(one.line - BEFORE, 0)
    last = min(first + CONTEXT, one.kept.line_count)
    return [
        (f"{'▸' if place == one.line else ' '} {line_words(one.kept, place)}", place == one.line)
        for place in range(first, last)
    ]


def asked_by(query: str, today: date) -> Asked:
    """Return what a typed query asks for; a date may be written as people write it."""
    question = asked(query)
    filters = tuple(
        (name, _date_asked_for(value, today) if name == "date" else value)
        for name, value in question.filters
    )
    return question._replace(filters=filters)


def _date_asked_for(value: str, today: date) -> str:
    """Return a year, month or day as dates begin: `2026-11` as it is, `23 nov` as `2026-11-23`."""
    if _PART_OF_DATE.fullmatch(value):
        return value
    try:
        day = read_date(value, today)
    except ValueError:
        return value
    # A weekday is meant as the last one: notes are of days that were.
    is_weekday = day > today and value.isalpha() and value != "tomorrow"
    return (day - timedelta(days=7) if is_weekday else day).isoformat()


def nothing_fits(question: Asked, names: Collection[str], is_whole: bool) -> str:
    """Say that nothing was found, why a filter cannot fit, and what can be done.

    `names` are those of everyone; `is_whole` says whether all notes were read.
    """
    refused = [_refusal(name, value, names) for name, value in question.filters]
    refused += [_no_filter(word) for word in question.words]
    what = "line" if question.is_of_lines else "observation"
    head = f"No {what} fits{'.' if is_whole else ' so far; more is being read.'}"
    rows = [head, *dict.fromkeys(one for one in refused if one)]
    return "\n\n  ".join([*rows]) + "\n\nEscape shows all notes again."


def _refusal(name: str, value: str, names: Collection[str]) -> str:
    shown = cut(value, 30)
    if name == "teacher" and not any(is_in(value, found_by(one)) for one in names):
        return f"teacher: nobody's name has {shown} in it"
    if name == "date" and not _PART_OF_DATE.fullmatch(value):
        return (
            f'date: {shown} is none; write 2026, 2026-11, 2026-11-23, "23 nov", monday or yesterday'
        )
    if name == "kind" and not any(kind.startswith(value) for kind in LineKind):
        return f"kind: there is {', '.join(LineKind)}"
    if name == "speaker" and not _SPEAKER.fullmatch(value):
        return "speaker: t the teacher, c you, s students, s3 the third, g2 a group"
    if name == "modality" and not any(value in modality for modality in Modality):
        return f"modality: a word of {', '.join(Modality)}"
    if name == "tag" and not any(handle(tag).startswith(handle(value)) for tag in LineTag):
        return f"tag: {', '.join(map(handle, LineTag))}, or the name of a group or look-for"
    return ""


def _no_filter(word: str) -> str:
    found = _LIKE_A_FILTER.match(word)
    if found is None:
        return ""
    return f"{cut(found[1], 30)}: is looked for as a word; the filters are {', '.join(FILTERS)}"
