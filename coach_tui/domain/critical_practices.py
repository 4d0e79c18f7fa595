"""The four critical coaching practices as a meeting's screen shows them for its cycle.

Seed 004, "Understanding Effective Coaching Practices". Information about the coach's own cycle,
never about a teacher. Which practice is present is the rule of `progress.fidelity`; here is said
why one is expected.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coach_tui.domain.enumerations import ContactKind, CriticalPractice, Support
from coach_tui.domain.progress.fidelity import fidelity
from coach_tui.domain.records import Coachee, Cycle, Observation

SUPPORTS = {
    ContactKind.MODELING: Support.MODELING,
    ContactKind.GUIDED_PRACTICE: Support.GUIDED_PRACTICE,
    ContactKind.CO_TEACHING: Support.CO_TEACHING,
}
"""Contacts that are a support given within the cycle."""


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice in a cycle: there or not, and why it is expected (empty: it is not)."""

    kind: CriticalPractice
    present: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class CyclePractices:
    """The four practices in the order of seed 004, and the minutes of the cycle as its dose."""

    practices: tuple[Practice, ...]
    minutes: int


def practices_of(
    coachee: Coachee, cycle: Cycle, observations: Iterable[Observation], *, unclear: str = ""
) -> CyclePractices:
    """Return the practices of `cycle`.

    Feedback and alliance building belong in every cycle; modeling where the coach models (phase
    1), or where `unclear` says that the practice is not used correctly yet.
    """
    own = [one.to_document() for one in observations if one.cycle == cycle.id]
    found = fidelity(coachee.to_document(), cycle.to_document(), own)
    modeling = found.practices[CriticalPractice.MODELING]
    why = {
        CriticalPractice.OBSERVATION: "what feedback rests on",
        CriticalPractice.MODELING: "phase 1, coach models" if modeling is False else unclear,
        CriticalPractice.FEEDBACK: "every cycle",
        CriticalPractice.ALLIANCE_BUILDING: "every cycle",
    }
    practices = tuple(
        Practice(kind, bool(there), why[kind]) for kind, there in found.practices.items()
    )
    return CyclePractices(practices, found.minutes)
