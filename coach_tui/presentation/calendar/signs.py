"""What an entry of the calendar is called, its glyph, and whom it is with. Plain.

A glyph's shape says what it is, its filling how it stands: planned, done, or due and not planned.
Wherever there is room the words stand beside it; the month has a legend.
"""

from __future__ import annotations

from coach_tui.domain.planning.appointments import Stage, Standing
from coach_tui.presentation import dates
from coach_tui.presentation.text import cut, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from coach_tui.domain.planning.appointments import Appointment
    from coach_tui.domain.planning.conflicts import Conflict

GLYPHS: Mapping[Stage, Mapping[Standing, str]] = {
    Stage.VISIT: {Standing.PLANNED: "○", Standing.DONE: "●", Standing.GHOST: "◌"},
    Stage.MEETING: {Standing.PLANNED: "□", Standing.DONE: "■", Standing.GHOST: "▫"},
    Stage.LESSON: {Standing.PLANNED: "△", Standing.DONE: "▲", Standing.GHOST: "△"},
    Stage.CHECK_BACK: {Standing.PLANNED: "◇", Standing.DONE: "◆", Standing.GHOST: "◊"},
    Stage.SUPPORT: {Standing.PLANNED: "&", Standing.DONE: "&", Standing.GHOST: "&"},
    Stage.RESPONSIBILITY: {Standing.PLANNED: "#", Standing.DONE: "#", Standing.GHOST: "#"},
    Stage.BUSY: {Standing.PLANNED: "x", Standing.DONE: "x", Standing.GHOST: "x"},
}

RUNNING = "▶"
"""The glyph of a visit whose observation was not ended."""

LEGEND = "○ visit □ meeting △ lesson ◇ check back · filled: done · ◌▫◊ due · #& your own"
"""What the glyphs of the month mean; it fits in 80 columns."""

INITIALS = 2
"""Letters that stand for a name in a grid."""

_STANDING_WORDS = {
    Standing.PLANNED: "planned",
    Standing.RUNNING: "going on, not ended",
    Standing.DONE: "done",
    Standing.GHOST: "due, not planned",
}


def glyph(one: Appointment) -> str:
    """Return the glyph of an entry."""
    return GLYPHS[one.stage].get(one.standing, RUNNING)


def initials(name: str) -> str:
    """Return two letters for a name: of its first and last word; of `Grade 4 team`, `G4`."""
    plain = name.isascii() and name.isprintable()
    words = (name if plain else visible(name)).replace(",", " ").split()
    if not words:
        return ""
    second = words[-1]
    if len(words) > 2 and any(word.isdigit() for word in words):
        second = words[1]
    letters = (words[0][:1] + (second[:1] if len(words) > 1 else second[1:2])).upper()
    return letters if plain else cut(letters, INITIALS)


def token(one: Appointment, name: str) -> str:
    """Return an entry of a grid: its glyph and the initials of whom it is with."""
    return glyph(one) + initials(name or one.words)


def title(one: Appointment, name: str) -> str:
    """Return what an entry is and whom it is with: `visit · Ana Ruiz`."""
    words = (one.stage.value, visible(name), visible(one.words))
    return " · ".join(word for word in words if word)


def time_words(one: Appointment) -> str:
    """Return when an entry is within its day: `10:15-10:35`, or that it has no time."""
    if one.start is None:
        return ""
    if one.end is None or not one.minutes:
        return dates.of_day(one.start)
    return f"{dates.of_day(one.start)}-{dates.of_day(one.end % (24 * 60))}"


def standing_words(one: Appointment) -> str:
    """Return how an entry stands, in words."""
    if one.stage in (Stage.SUPPORT, Stage.RESPONSIBILITY):
        return "your own"
    return "elsewhere" if one.stage is Stage.BUSY else _STANDING_WORDS[one.standing]


def sentence(one: Appointment, name: str) -> str:
    """Return an entry in full on one line."""
    parts = (
        f"{glyph(one)} {time_words(one) or 'no time yet'}",
        title(one, name),
        visible(one.period),
        visible(one.building),
        standing_words(one),
    )
    return " · ".join(part for part in parts if part)


def conflict_words(conflict: Conflict, others: Mapping[str, Any]) -> str:
    """Return what stands in the way, in words; `others` are the coachees by id."""
    from coach_tui.domain.planning.conflicts import Clash

    about = visible(conflict.about)
    other = conflict.other
    if other is not None:
        person = others.get(other.person)
        name = str(person["name"]) if person else other.words
        with_it = f"{other.stage.value} {visible(name)}".strip()
        if conflict.kind is Clash.TRAVEL:
            return f"no time to travel: {with_it}, {about}, {time_words(other)}"
        return f"two things at once: {with_it}, {time_words(other)}"
    if conflict.kind is Clash.NOT_OBSERVABLE:
        return f"not observable then, only in {about}"
    if conflict.kind is Clash.STATE:
        return f"coaching is {about}"
    return f"{conflict.kind.value}: {about}" if about else conflict.kind.value
