"""Every legal and illegal move of domain.md section 4, and the guards."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import product
from typing import Any

import pytest

from coach_tui.domain.enumerations import (
    CoacheeState,
    CycleStage,
    GoalState,
    ReleasePhase,
    StepState,
)
from coach_tui.domain.transitions import (
    COACHEE,
    CYCLE,
    GOAL,
    PHASE,
    STEP,
    IllegalMove,
    check,
    check_coachee_move,
    check_phase_move,
)

MOVES: dict[str, tuple[Mapping[Any, frozenset[Any]], type[StrEnum], set[tuple[str, str]]]] = {
    "coachee": (
        COACHEE,
        CoacheeState,
        {
            ("proposed", "not_launched"),
            ("not_launched", "active"),
            ("active", "paused"),
            ("paused", "active"),
            ("active", "released"),
            ("paused", "released"),
            ("released", "active"),
            *((old, "closed") for old in CoacheeState if old != "closed"),
            ("closed", "not_launched"),
            ("closed", "active"),
        },
    ),
    "cycle": (
        CYCLE,
        CycleStage,
        {
            ("planned", "observed"),
            ("observed", "feedback_held"),
            ("feedback_held", "applying"),
            ("applying", "checked_back"),
            ("checked_back", "closed"),
            *((old, "cancelled") for old in CycleStage if old != "cancelled"),
        },
    ),
    "goal": (
        GOAL,
        GoalState,
        {
            ("draft", "agreed"),
            ("agreed", "active"),
            ("active", "met"),
            ("active", "revised"),
            ("active", "set_aside"),
        },
    ),
    "step": (
        STEP,
        StepState,
        {
            ("agreed", "practiced"),
            ("agreed", "tried"),
            ("practiced", "tried"),
            ("tried", "checked_back"),
            ("agreed", "parked"),
            ("practiced", "parked"),
            ("tried", "parked"),
            ("parked", "agreed"),
        },
    ),
    "phase": (
        PHASE,
        ReleasePhase,
        {
            ("1", "2"),
            ("2", "3"),
            ("3", "released"),
            ("2", "1"),
            ("3", "2"),
            ("released", "3"),
            ("released", "2"),
        },
    ),
}


@pytest.mark.parametrize("noun", MOVES)
def test_exactly_the_legal_moves_are_allowed(noun: str) -> None:
    table, states, legal = MOVES[noun]
    assert table.keys() == set(states)
    for old, new in product(states, states):
        if (old.value, new.value) in legal:
            check(table, noun, old, new)
            continue
        with pytest.raises(IllegalMove) as refused:
            check(table, noun, old, new, "because")
        error = refused.value
        assert (error.noun, error.old, error.new, error.why) == (noun, old, new, "because")
        assert str(error) == (
            f"{noun} cannot go from {old.replace('_', ' ')} to {new.replace('_', ' ')}: because"
        )
        assert isinstance(error, ValueError)


def test_nothing_moves_to_where_it_is() -> None:
    for noun, (table, states, _) in MOVES.items():
        for state in states:
            with pytest.raises(IllegalMove):
                check(table, noun, state, state)


@pytest.mark.parametrize("old", [CoacheeState.NOT_LAUNCHED, CoacheeState.CLOSED])
def test_nobody_is_active_before_the_launch(old: CoacheeState) -> None:
    with pytest.raises(IllegalMove, match="launch conversation is not complete"):
        check_coachee_move("Ana", old, CoacheeState.ACTIVE, launched=False)
    check_coachee_move("Ana", old, CoacheeState.ACTIVE, launched=True)


def test_a_released_coachee_comes_back_on_a_moment_of_need() -> None:
    old, new = CoacheeState.RELEASED, CoacheeState.ACTIVE
    with pytest.raises(IllegalMove, match="moment of need"):
        check_coachee_move("Ana", old, new, launched=True)
    check_coachee_move("Ana", old, new, launched=True, moment_of_need=True)
    with pytest.raises(IllegalMove, match="launch"):
        check_coachee_move("Ana", old, new, launched=False, moment_of_need=True)


def test_a_paused_coachee_comes_back_without_one() -> None:
    check_coachee_move("Ana", CoacheeState.PAUSED, CoacheeState.ACTIVE, launched=True)


def test_a_closed_coachee_reopens_to_where_launching_stands() -> None:
    old, new = CoacheeState.CLOSED, CoacheeState.NOT_LAUNCHED
    check_coachee_move("Ana", old, new, launched=False)
    with pytest.raises(IllegalMove, match="launch conversation is complete"):
        check_coachee_move("Ana", old, new, launched=True)


@pytest.mark.parametrize("reason", ["", " ", "\n\t"])
def test_a_release_phase_needs_its_reason_in_both_directions(reason: str) -> None:
    old, new = ReleasePhase.COACH_MODELS, ReleasePhase.COACH_SUPPORTS
    with pytest.raises(IllegalMove, match="reason"):
        check_phase_move("Ana", old, new, reason)
    with pytest.raises(IllegalMove, match="reason"):
        check_phase_move("Ana", new, old, reason)
    check_phase_move("Ana", old, new, "they tried it alone")
    check_phase_move("Ana", new, old, "a new unit")


def test_a_release_phase_is_never_skipped() -> None:
    with pytest.raises(IllegalMove):
        check_phase_move("Ana", ReleasePhase.COACH_MODELS, ReleasePhase.COACH_RELEASES, "hurry")
