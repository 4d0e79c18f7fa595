"""Growth goals: agreed with the teacher, worked on, met, revised, set aside (seed 004)."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.profiles import Profiles
from coach_tui.domain.enumerations import GoalState, Party, ReviewOutcome
from coach_tui.domain.records import (
    Coachee,
    Evidence,
    GoalChange,
    GoalReview,
    GrowthGoal,
    PracticeProfile,
)
from coach_tui.domain.transitions import GOAL, check_goal_move

NOT_EDITED = frozenset(
    {
        *("id", "created_at", "updated_at", "revision", "coachee", "state", "history", "follows"),
        *("reviews", "agreed_on", "levels"),
    }
)
"""Fields that have verbs of their own, or follow from others."""

BEGINNINGS = (GoalState.DRAFT, GoalState.AGREED, GoalState.ACTIVE)
"""The states that a new goal may be written down in, each on the way to the next."""


class Goals:
    """Verbs about growth goals; states move by the transitions of domain.md section 4.

    Each takes the record as the screen showed it and raises `Conflict` when another session
    changed it since, `IllegalMove` when a guard refuses, `ValueError` when a rule would be broken.
    """

    def __init__(self, ledger: Ledger, profiles: Profiles) -> None:
        """Save through `ledger`."""
        self._ledger, self._profiles = ledger, profiles

    def get(self, id: str) -> GrowthGoal:
        """Return a goal; raises `NotFound`."""
        return self._ledger.store.require(GrowthGoal, id)

    def of(self, coachee: str) -> list[GrowthGoal]:
        """Return a coachee's goals: those worked on first, the newest of each state first."""
        order = [GoalState.ACTIVE, GoalState.AGREED, GoalState.DRAFT]
        found = self._ledger.store.where(GrowthGoal, coachee=coachee)[::-1]
        return sorted(
            found, key=lambda one: order.index(one.state) if one.state in order else len(order)
        )

    def look_fors(self, coachee: str) -> tuple[str, ...]:
        """Return what to look for while observing a coachee, for the goals that are open."""
        found = (
            self._profiles.look_fors(one) for one in self.of(coachee) if one.state in BEGINNINGS
        )
        return tuple(dict.fromkeys(one for each in found for one in each))

    def active(self, coachee: str) -> list[GrowthGoal]:
        """Return the goals a coachee works on."""
        return [one for one in self.of(coachee) if one.state is GoalState.ACTIVE]

    def create(
        self,
        coachee: Coachee,
        state: GoalState = GoalState.DRAFT,
        agreed_on: date | None = None,
        **fields: Any,
    ) -> GrowthGoal:
        """Write down a goal of a coachee, in one of the `BEGINNINGS`.

        Raises `ValueError` for another state, for agreed without its day, and for a day to come.
        """
        goal = self._begun(coachee.id, state, agreed_on, fields)
        self._ledger.save(f"Growth goal of {coachee.name}", goal, *self._kept(goal))
        return self.get(goal.id)

    def _begun(
        self, coachee: str, state: GoalState, agreed_on: date | None, fields: dict[str, Any]
    ) -> GrowthGoal:
        if state not in BEGINNINGS:
            raise ValueError("a new goal is a draft, agreed, or active")
        self._refuse_ahead(agreed_on)
        now, today = self._ledger.clock.now(), self._ledger.today()
        history = [GoalChange(date=today, state=GoalState.DRAFT)]
        for old, new in pairwise(BEGINNINGS[: BEGINNINGS.index(state) + 1]):
            check_goal_move(old, new, agreed=agreed_on is not None)
            history.append(GoalChange(date=agreed_on or today, state=new))
        if agreed_on is not None:
            history[0] = GoalChange(date=min(agreed_on, today), state=GoalState.DRAFT)
        return GrowthGoal(
            id=self._ledger.new_id(),
            created_at=now,
            updated_at=now,
            coachee=coachee,
            state=state,
            agreed_on=agreed_on,
            history=tuple(history),
            **self._with_levels(fields),
        )

    def _refuse_ahead(self, day: date | None) -> None:
        if day is not None and day > self._ledger.today():
            raise ValueError(f"the goal is dated once it was agreed, and {day} is to come")

    def _with_levels(self, fields: dict[str, Any]) -> dict[str, Any]:
        """Return the fields with the levels of the profile that they refer to."""
        if "function" not in fields:
            return fields
        named = self._profiles.function(fields["function"])
        if fields["function"] is not None and named is None:
            raise ValueError("this version of the practice profile is not here")
        levels = () if named is None else tuple(level.name for level in named.profile.levels)
        return {**fields, "levels": levels}

    def _kept(self, goal: GrowthGoal) -> list[PracticeProfile]:
        named = self._profiles.function(goal.function)
        if named is None:
            return []
        kept = self._profiles.to_keep(named.profile)
        return [one for one in kept if isinstance(one, PracticeProfile)]

    def edit(self, goal: GrowthGoal, **fields: Any) -> GrowthGoal:
        """Replace fields of a goal, such as its due day or its planned modes.

        Raises `ValueError` for one of `NOT_EDITED`.
        """
        guarded = sorted(NOT_EDITED & fields.keys())
        if guarded:
            raise ValueError(f"{', '.join(guarded)} cannot be edited: there is a verb for it")
        changed = goal.changed(**self._with_levels(fields))
        self._ledger.save("Edit the growth goal", changed, *self._kept(changed))
        return self.get(goal.id)

    def moves(self, goal: GrowthGoal) -> list[GoalState]:
        """Return the states this goal may go to, in the order of the enumeration."""
        return [state for state in GoalState if state in GOAL[goal.state]]

    def move(
        self,
        goal: GrowthGoal,
        state: GoalState,
        *,
        reason: str = "",
        reflection: str = "",
        agreed_on: date | None = None,
    ) -> GrowthGoal:
        """Agree on a goal, begin it, call it met, or set it aside; a person decides (R8).

        `reason` and `reflection` are kept in the history. To revise, there is `revise`.
        """
        if state is GoalState.REVISED:
            raise ValueError("a goal is revised into another one")
        moved = self._moved(goal, state, reason, reflection, agreed_on)
        self._ledger.save(f"Growth goal: {state.value.replace('_', ' ')}", moved)
        return self.get(goal.id)

    def _moved(
        self,
        goal: GrowthGoal,
        state: GoalState,
        reason: str,
        reflection: str,
        agreed_on: date | None,
    ) -> GrowthGoal:
        self._refuse_ahead(agreed_on)
        agreed = agreed_on or goal.agreed_on
        evidence = self._ledger.store.where(Evidence, goal=goal.id)
        check_goal_move(
            goal.state,
            state,
            agreed=agreed is not None,
            reason=reason,
            reflection=reflection,
            modes=len({one.mode for one in evidence}),
        )
        words = " · ".join(part.strip() for part in (reflection, reason) if part.strip())
        change = GoalChange(date=self._ledger.today(), state=state, reason=words)
        return goal.changed(state=state, agreed_on=agreed, history=(*goal.history, change))

    def revise(
        self, goal: GrowthGoal, reason: str, agreed_on: date | None = None, **fields: Any
    ) -> GrowthGoal:
        """Make another goal out of this one, which stays with its evidence as `revised`.

        The new one is active where it was agreed on, else a draft. Returns the new one.
        """
        revised = self._moved(goal, GoalState.REVISED, reason, "", None)
        kept = {
            name: getattr(goal, name) for name in type(goal).model_fields if name not in NOT_EDITED
        }
        state = GoalState.DRAFT if agreed_on is None else GoalState.ACTIVE
        new = self._begun(goal.coachee, state, agreed_on, {**kept, **fields})
        new = new.changed(follows=goal.id)
        self._ledger.save("Revise the growth goal", revised, new, *self._kept(new))
        return self.get(new.id)

    def review(
        self, goal: GrowthGoal, outcome: ReviewOutcome, words: str, chosen_by: Party
    ) -> GrowthGoal:
        """Keep what a walk through the evidence ended in, dated today.

        Raises `ValueError` for a next step, or a changed goal, that is not said in words.
        """
        if outcome is not ReviewOutcome.NOTHING and not words.strip():
            raise ValueError("say what it is")
        review = GoalReview(
            date=self._ledger.today(), outcome=outcome, words=words, chosen_by=chosen_by
        )
        self._ledger.save(
            "Review of the growth goal", goal.changed(reviews=(*goal.reviews, review))
        )
        return self.get(goal.id)
