"""What a goal's readiness rests on, taken out of all that belongs to the coachee. Plain."""

from __future__ import annotations

from coach_tui.domain.progress.levels import in_time, levels_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Document = Mapping[str, Any]


class Grounds:
    """The documents a goal's readiness rests on: its own evidence, and the cycles about it.

    A cycle that names no goal counts for each; one that names another goal counts where that
    goal is about the same essential function, or was revised into this one.
    """

    def __init__(
        self,
        coachee: Document,
        goal: Document,
        goals: Sequence[Document],
        cycles: Sequence[Document],
        evidence: Sequence[Document],
    ) -> None:
        """Take what belongs to `goal` out of everything that belongs to the coachee."""
        self.coachee, self.goal, self.levels = coachee, goal, levels_of(goal)
        related = _related(goal, goals)
        self.cycles = sorted(
            (
                one
                for one in cycles
                if one["stage"] not in ("planned", "cancelled")
                and (one["goal"] is None or one["goal"] in related)
            ),
            key=lambda one: one["number"],
        )
        self.evidence = sorted((one for one in evidence if one["goal"] == goal["id"]), key=in_time)


def _related(goal: Document, goals: Sequence[Document]) -> set[str]:
    by_id = {one["id"]: one for one in goals}
    related, before = {goal["id"]}, goal["follows"]
    while before in by_id and before not in related:
        related.add(before)
        before = by_id[before]["follows"]
    function = _function(goal)
    if function is not None:
        related |= {one["id"] for one in goals if _function(one) == function}
    return related


def _function(goal: Document) -> tuple[str, str] | None:
    function = goal["function"]
    return None if function is None else (function["profile"], function["function"])
