"""A status as a glyph and a word, never colour alone. Plain."""

from __future__ import annotations

from coach_tui.domain.growth import Sign
from coach_tui.domain.statuses import DueState, OwedKind
from coach_tui.presentation import dates
from coach_tui.presentation.text import plural, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from coach_tui.domain.statuses import Due, Owed

GLYPHS = {
    DueState.OVERDUE: "▲",
    DueState.DUE: "●",
    DueState.NOT_LAUNCHED: "◇",
    DueState.DUE_SOON: "◐",
    DueState.LATER: "○",
    DueState.NOT_DUE: "-",
    DueState.PROPOSED: "?",
    DueState.PAUSED: "=",
    DueState.RELEASED: "✓",
    DueState.CLOSED: "×",
}

_SHORT_OWED = {
    OwedKind.RUNNING: "▶ not ended",
    OwedKind.FEEDBACK: "feedback",
    OwedKind.CHECK_BACK: "check back",
    OwedKind.NEEDS_REENTRY: "↺ re-entry",
    OwedKind.EVIDENCE_GAP: "✗ gap",
    OwedKind.EVIDENCE_STALE: "≈ stale",
    OwedKind.PLAN_INCOMPLETE: "plan",
    OwedKind.GROUPS_NOT_SEEN: "groups",
}

_SIGNS = {
    Sign.READY_FOR_2: "↑ ready for 2",
    Sign.READY_FOR_3: "↑ ready for 3",
    Sign.READY_TO_RELEASE: "↑ ready to release",
    Sign.TRIANGULATED: "△ triangulated",
}

_PHASES = {
    "1": "coach models",
    "2": "coach supports",
    "3": "coach releases",
    "released": "released",
}


def due_words(due: Due) -> str:
    """Return `overdue 3`, `due soon` ... without the glyph."""
    return f"{due.state.value} {due.days_over}" if due.days_over else due.state.value


def due_mark(due: Due) -> str:
    """Return the glyph and the word: `▲ overdue 3`."""
    return f"{GLYPHS[due.state]} {due_words(due)}"


def due_sentence(due: Due, today: date) -> str:
    """Return why the status is what it is: `overdue by 3 school days, was due Mon 2 Nov 2026`."""
    if due.state is DueState.NOT_LAUNCHED:
        return "the launch conversation is not complete"
    if due.day is None:
        return due.state.value
    if due.days_over:
        late = plural(due.days_over, "school day")
        return f"overdue by {late}, was due {dates.full(due.day)}"
    if due.state is DueState.LATER:
        return f"next due {dates.full(due.day)}"
    return f"{due.state.value}, {dates.relative(due.day, today)}"


def owed_marks(owing: Iterable[Owed]) -> str:
    """Return the marks of a row, most urgent first: `feedback, plan`."""
    return ", ".join(_SHORT_OWED[item.kind] for item in owing)


def sign_marks(shown: Iterable[Sign]) -> str:
    """Return what growth shows, as glyphs and words: `↑ ready for 2, △ triangulated`."""
    return ", ".join(_SIGNS[sign] for sign in shown)


_OF_EVIDENCE = (OwedKind.NEEDS_REENTRY, OwedKind.EVIDENCE_GAP, OwedKind.EVIDENCE_STALE)


def growth_words(owing: Iterable[Owed], shown: Iterable[Sign]) -> str:
    """Return what is said of goals and their evidence: what is wanting, then what is there."""
    wanting = [owed_sentence(item) for item in owing if item.kind in _OF_EVIDENCE]
    marks = sign_marks(shown)
    return ", ".join([*wanting, *([marks] if marks else [])])


def owed_sentence(item: Owed) -> str:
    """Return one thing that is owed, in full, with why."""
    ago = plural(item.days, "school day")
    if item.kind is OwedKind.RUNNING and item.since is not None:
        return f"an observation of {dates.full(item.since)} was not ended"
    if item.kind is OwedKind.FEEDBACK and item.since is not None:
        return f"feedback owed: observed {dates.full(item.since)}, {ago} ago"
    if item.kind is OwedKind.CHECK_BACK and item.since is not None:
        return f"check back: the lesson of {dates.full(item.since)} has passed"
    if item.kind is OwedKind.NEEDS_REENTRY and item.since is not None:
        return f"needs re-entry: {item.names[0]}, {dates.full(item.since)}"
    if item.kind is OwedKind.EVIDENCE_STALE and item.since is not None:
        return f"evidence stale: the newest is of {dates.full(item.since)}, {ago} ago"
    return f"{item.kind.value}: {visible(', '.join(item.names))}"


def phase_words(phase: str) -> str:
    """Return a release phase with its meaning: `phase 2, coach supports`."""
    return "released" if phase == "released" else f"phase {phase}, {_PHASES[phase]}"


def state_words(state: str) -> str:
    """Return a state as it is said: `not launched`."""
    return state.replace("_", " ")
