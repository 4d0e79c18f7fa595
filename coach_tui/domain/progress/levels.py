"""Levels of a practice profile as an order of words (seed 004). Plain.

They are compared only with what readiness asks for, for one goal: never summed, never turned into
numbers, never put side by side for two people (rule R1).
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from typing import Any

    Document = Mapping[str, Any]

DOCUMENT_LEVELS = ("far from proficient", "close to proficient", "proficient", "exemplary")
"""The levels of seed 004, lowest first: those of a goal that names no profile."""

CLOSE, PROFICIENT = "close to proficient", "proficient"
SHARED = ("teacher", "together")
"""Who may name a level that counts: one that the coach alone put down is private (rule R5)."""


def levels_of(goal: Document) -> tuple[str, ...]:
    """Return the levels of a goal's profile, lowest first."""
    return tuple(goal.get("levels") or ()) or DOCUMENT_LEVELS


def floor(levels: Sequence[str], wanted: str) -> str:
    """Return the level of a profile that stands for `CLOSE` or `PROFICIENT`.

    The one of that name; where a profile has others, the second of its levels stands for close
    to proficient, and for proficient the one below the highest of four or more, else the highest.
    """
    if wanted in levels:
        return wanted
    if wanted == CLOSE:
        return levels[min(1, len(levels) - 1)]
    return levels[-2] if len(levels) > 3 else levels[-1]


def reaches(level: str, wanted: str, levels: Sequence[str]) -> bool:
    """Whether `level` is the one that stands for `wanted`, or above; False for an unknown one."""
    if level not in levels:
        return False
    return levels.index(level) >= levels.index(floor(levels, wanted))


def named(evidence: Iterable[Document]) -> list[Document]:
    """Return, oldest first, the evidence on which teacher, or both together, named a level."""
    counted = [one for one in evidence if one["level"] and one["level"]["named_by"] in SHARED]
    return sorted(counted, key=in_time)


def in_time(item: Document) -> tuple[str, str, str]:
    """Return what orders evidence: its day, then when it was written down."""
    return item["date"], item["created_at"], item["id"]


def held_since(evidence: Sequence[Document], levels: Sequence[str]) -> date | None:
    """Return since when the named level has been proficient or above without a break.

    None when the newest named level is lower, or there is none.
    """
    from datetime import date

    since = None
    for item in reversed(named(evidence)):
        if not reaches(item["level"]["level"], PROFICIENT, levels):
            break
        since = item["date"]
    return None if since is None else date.fromisoformat(since)
