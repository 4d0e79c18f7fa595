"""Cycle fidelity: which of the four critical coaching practices a cycle holds (seed 004). Plain.

It is about the coach's own practice, never about the teacher; minutes are its dose.
"""

from __future__ import annotations

from datetime import datetime

from coach_tui.domain.enumerations import CriticalPractice
from coach_tui.domain.lengths import whole_minutes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Document = Mapping[str, Any]


class Fidelity:
    """One cycle's practices: each present (True), missing (False), or not called for (None).

    `minutes` are those of its observations and its meeting.
    """

    __slots__ = ("minutes", "number", "practices")

    def __init__(
        self, number: int, practices: Mapping[CriticalPractice, bool | None], minutes: int
    ) -> None:
        """Hold the values."""
        self.number, self.practices, self.minutes = number, dict(practices), minutes

    @property
    def missing(self) -> tuple[str, ...]:
        """The practices that were called for and are not there, in their order."""
        return tuple(one.value for one, there in self.practices.items() if there is False)


def fidelity(coachee: Document, cycle: Document, observations: Sequence[Document]) -> Fidelity:
    """Return what a cycle holds.

    Modeling is called for in phase 1 only, as it stood on the day of the meeting; given in
    another phase it is present all the same.
    """
    seen = [
        one
        for one in observations
        if one["cycle"] == cycle["id"] and one["end"] is not None and not one.get("quick_notes")
    ]
    meeting = cycle["meeting"]
    held = bool(meeting and meeting["held"])
    modeled = "modeling" in cycle["supports"]
    day = meeting["date"] if meeting else max((one["date"] for one in seen), default="9999")
    practices: dict[CriticalPractice, bool | None] = {
        CriticalPractice.OBSERVATION: bool(seen),
        CriticalPractice.MODELING: modeled or (False if _phase(coachee, day) == "1" else None),
        CriticalPractice.FEEDBACK: held,
        CriticalPractice.ALLIANCE_BUILDING: bool(cycle["alliance_note"].strip()),
    }
    minutes = sum(_minutes(one) for one in seen) + (meeting["minutes"] if held else 0)
    return Fidelity(cycle["number"], practices, minutes)


def newest_cycle(cycles: Sequence[Document]) -> Document | None:
    """Return the newest cycle whose feedback was held, None when there is none."""
    held = [one for one in cycles if one["meeting"] and one["meeting"]["held"]]
    held = [one for one in held if one["stage"] != "cancelled"]
    return max(held, key=lambda one: (one["meeting"]["date"], one["number"]), default=None)


def _phase(coachee: Document, day: str) -> str:
    phase = "1"
    for change in coachee["phases"]:
        if change["date"] <= day:
            phase = change["phase"]
    return phase


def _minutes(observation: Document) -> int:
    seconds = _moment(observation["end"]) - _moment(observation["start"])
    for pause in observation["pauses"]:
        if pause["end"] is not None:
            seconds -= _moment(pause["end"]) - _moment(pause["start"])
    return whole_minutes(seconds)


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
