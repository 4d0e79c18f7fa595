"""One small transition table for each life that a record leads (domain.md section 4). Plain."""

from __future__ import annotations

from coach_tui.domain.enumerations import (
    CoacheeState,
    CycleStage,
    GoalState,
    ReleasePhase,
    StepState,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from enum import StrEnum
    from typing import TypeVar

    State = TypeVar("State", bound=StrEnum)


class IllegalMove(ValueError):
    """A move that the transition table does not hold, or whose guard was not met.

    `noun` is what would have moved, `old` and `new` are the states' own words.
    """

    def __init__(self, noun: str, old: str, new: str, why: str = "") -> None:
        """Name the move that was refused, and `why` when a guard refused it."""
        self.noun, self.old, self.new, self.why = noun, old, new, why
        reason = f": {why}" if why else ""
        super().__init__(
            f"{noun} cannot go from {old.replace('_', ' ')} to {new.replace('_', ' ')}{reason}"
        )


COACHEE: Mapping[CoacheeState, frozenset[CoacheeState]] = {
    CoacheeState.PROPOSED: frozenset({CoacheeState.NOT_LAUNCHED, CoacheeState.CLOSED}),
    CoacheeState.NOT_LAUNCHED: frozenset({CoacheeState.ACTIVE, CoacheeState.CLOSED}),
    CoacheeState.ACTIVE: frozenset(
        {CoacheeState.PAUSED, CoacheeState.RELEASED, CoacheeState.CLOSED}
    ),
    CoacheeState.PAUSED: frozenset(
        {CoacheeState.ACTIVE, CoacheeState.RELEASED, CoacheeState.CLOSED}
    ),
    CoacheeState.RELEASED: frozenset({CoacheeState.ACTIVE, CoacheeState.CLOSED}),
    CoacheeState.CLOSED: frozenset({CoacheeState.NOT_LAUNCHED, CoacheeState.ACTIVE}),
}
"""`released -> active` needs a moment of need; `closed` re-opens to where launching stands."""

CYCLE: Mapping[CycleStage, frozenset[CycleStage]] = {
    CycleStage.PLANNED: frozenset({CycleStage.OBSERVED, CycleStage.CANCELLED}),
    CycleStage.OBSERVED: frozenset({CycleStage.FEEDBACK_HELD, CycleStage.CANCELLED}),
    CycleStage.FEEDBACK_HELD: frozenset({CycleStage.APPLYING, CycleStage.CANCELLED}),
    CycleStage.APPLYING: frozenset({CycleStage.CHECKED_BACK, CycleStage.CANCELLED}),
    CycleStage.CHECKED_BACK: frozenset({CycleStage.CLOSED, CycleStage.CANCELLED}),
    CycleStage.CLOSED: frozenset({CycleStage.CANCELLED}),
    CycleStage.CANCELLED: frozenset(),
}

GOAL: Mapping[GoalState, frozenset[GoalState]] = {
    GoalState.DRAFT: frozenset({GoalState.AGREED}),
    GoalState.AGREED: frozenset({GoalState.ACTIVE}),
    GoalState.ACTIVE: frozenset({GoalState.MET, GoalState.REVISED, GoalState.SET_ASIDE}),
    GoalState.MET: frozenset(),
    GoalState.REVISED: frozenset(),
    GoalState.SET_ASIDE: frozenset(),
}

STEP: Mapping[StepState, frozenset[StepState]] = {
    StepState.AGREED: frozenset({StepState.PRACTICED, StepState.TRIED, StepState.PARKED}),
    StepState.PRACTICED: frozenset({StepState.TRIED, StepState.PARKED}),
    StepState.TRIED: frozenset({StepState.CHECKED_BACK, StepState.PARKED}),
    StepState.CHECKED_BACK: frozenset(),
    StepState.PARKED: frozenset({StepState.AGREED}),
}
"""Practice in the meeting may be missing (it is said, not forced); `parked` serves rule R7."""

PHASE: Mapping[ReleasePhase, frozenset[ReleasePhase]] = {
    ReleasePhase.COACH_MODELS: frozenset({ReleasePhase.COACH_SUPPORTS}),
    ReleasePhase.COACH_SUPPORTS: frozenset(
        {ReleasePhase.COACH_RELEASES, ReleasePhase.COACH_MODELS}
    ),
    ReleasePhase.COACH_RELEASES: frozenset({ReleasePhase.RELEASED, ReleasePhase.COACH_SUPPORTS}),
    ReleasePhase.RELEASED: frozenset({ReleasePhase.COACH_RELEASES, ReleasePhase.COACH_SUPPORTS}),
}


def check(
    table: Mapping[State, frozenset[State]], noun: str, old: State, new: State, why: str = ""
) -> None:
    """Raise `IllegalMove` unless `table` holds the move from `old` to `new`."""
    if new not in table[old]:
        raise IllegalMove(noun, old.value, new.value, why)


def check_coachee_move(
    name: str,
    old: CoacheeState,
    new: CoacheeState,
    *,
    launched: bool,
    moment_of_need: bool = False,
) -> None:
    """Raise `IllegalMove` unless the coachee `name` may go from `old` to `new`.

    The guards (domain.md section 4): nobody becomes active before the launch conversation is
    complete, a released coachee comes back only on a moment of need, and a closed one re-opens to
    where launching stands.
    """
    check(COACHEE, name, old, new)
    if new is CoacheeState.ACTIVE and not launched:
        raise IllegalMove(name, old.value, new.value, "the launch conversation is not complete")
    if old is CoacheeState.RELEASED and new is CoacheeState.ACTIVE and not moment_of_need:
        raise IllegalMove(name, old.value, new.value, "name the moment of need that calls for it")
    if old is CoacheeState.CLOSED and new is CoacheeState.NOT_LAUNCHED and launched:
        raise IllegalMove(name, old.value, new.value, "the launch conversation is complete")


def check_phase_move(name: str, old: ReleasePhase, new: ReleasePhase, reason: str) -> None:
    """Raise `IllegalMove` unless the release phase may move, with its reason (rule R8)."""
    check(PHASE, name, old, new)
    if not reason.strip():
        raise IllegalMove(name, old.value, new.value, "give the reason that is kept with it")


_DECIDED = (GoalState.MET, GoalState.REVISED, GoalState.SET_ASIDE)


def check_goal_move(
    old: GoalState,
    new: GoalState,
    *,
    agreed: bool,
    reason: str = "",
    reflection: str = "",
    modes: int = 0,
) -> None:
    """Raise `IllegalMove` unless a growth goal may go from `old` to `new`.

    The guards (domain.md section 4): a goal is agreed on a date before it is worked on; met asks
    for a reflection and evidence in two modes or more, or for a reason; revised and set aside are
    kept with a reason (rule R8). `modes` are the modes in which there is evidence.
    """
    noun = "the goal"
    check(GOAL, noun, old, new)
    if new not in _DECIDED and not agreed:
        raise IllegalMove(noun, old.value, new.value, "say when it was agreed with the teacher")
    if new not in _DECIDED or reason.strip():
        return
    if new is not GoalState.MET:
        raise IllegalMove(noun, old.value, new.value, "give the reason that is kept with it")
    if not reflection.strip() or modes < 2:
        raise IllegalMove(
            noun,
            old.value,
            new.value,
            "it needs a reflection and evidence in two modes or more, or a reason",
        )
