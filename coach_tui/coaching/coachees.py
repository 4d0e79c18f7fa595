"""The caseload's people: adding, editing, launching, planning, and moving through their states."""

from __future__ import annotations

from datetime import date
from typing import Any

from coach_tui.coaching.ledger import Ledger
from coach_tui.domain.enumerations import (
    CoacheeState,
    LaunchItem,
    MomentOfNeed,
    PlanPart,
    ReleasePhase,
)
from coach_tui.domain.records import Barrier, Coachee, PhaseChange, StateChange, TickedNote
from coach_tui.domain.transitions import COACHEE, PHASE, check_coachee_move, check_phase_move

NOT_EDITED = frozenset(
    {"id", "created_at", "updated_at", "revision", "state", "states", "phases", "launch", "plan"}
)
"""Fields that have verbs of their own, with their guards and histories."""


class Coachees:
    """Verbs about a teacher, a team or a coach on the caseload.

    Each takes the record as the screen showed it and raises `Conflict` when another session
    changed it since, `IllegalMove` when a guard of domain.md section 4 refuses, and
    `pydantic.ValidationError` when the result would break a rule. Then nothing was changed.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Save through `ledger`."""
        self._ledger = ledger

    def get(self, id: str) -> Coachee:
        """Return a coachee; raises `NotFound`."""
        return self._ledger.store.require(Coachee, id)

    def all(self) -> list[Coachee]:
        """Return everyone, closed ones too, in the order of their ids."""
        return self._ledger.store.all(Coachee)

    def add(self, **fields: Any) -> Coachee:
        """Put someone on the caseload, not yet launched."""
        now = self._ledger.clock.now()
        coachee = Coachee(id=self._ledger.new_id(), created_at=now, updated_at=now, **fields)
        return self._saved(f"Add {coachee.name}", coachee)

    def edit(self, coachee: Coachee, **fields: Any) -> Coachee:
        """Replace fields of a coachee, such as the name, the building or the cadence.

        Raises `ValueError` for one of `NOT_EDITED`.
        """
        guarded = sorted(NOT_EDITED & fields.keys())
        if guarded:
            raise ValueError(f"{', '.join(guarded)} cannot be edited: there is a verb for it")
        return self._saved(f"Edit {coachee.name}", coachee.changed(**fields))

    def moves(self, coachee: Coachee) -> list[CoacheeState]:
        """Return the states this coachee may go to, in the order of the enumeration."""
        found = []
        for state in CoacheeState:
            if state not in COACHEE[coachee.state]:
                continue
            if state is CoacheeState.ACTIVE and not coachee.launch.complete:
                continue
            if (
                coachee.state is CoacheeState.CLOSED
                and state is CoacheeState.NOT_LAUNCHED
                and coachee.launch.complete
            ):
                continue
            found.append(state)
        return found

    def move(
        self,
        coachee: Coachee,
        state: CoacheeState,
        reason: str = "",
        moment_of_need: MomentOfNeed | None = None,
    ) -> Coachee:
        """Pause, resume, release, close or re-open; kept with its date and reason."""
        check_coachee_move(
            coachee.name,
            coachee.state,
            state,
            launched=coachee.launch.complete,
            moment_of_need=moment_of_need is not None,
        )
        change = StateChange(
            date=self._ledger.today(), state=state, reason=reason, moment_of_need=moment_of_need
        )
        moved = coachee.changed(state=state, states=(*coachee.states, change))
        return self._saved(f"{coachee.name}: {state.value.replace('_', ' ')}", moved)

    def set_launch_date(self, coachee: Coachee, day: date | None) -> Coachee:
        """Say when the launch conversation was held; raises `ValueError` for a day to come."""
        if day is not None and day > self._ledger.today():
            raise ValueError(f"the launch conversation is dated once it was held; {day} is to come")
        launch = coachee.launch.changed(date=day)
        return self._saved(f"Launch date of {coachee.name}", coachee.changed(launch=launch))

    def set_launch_item(self, coachee: Coachee, item: LaunchItem, ticked: TickedNote) -> Coachee:
        """Tick one of the four items of the launch conversation, or change its note.

        The first tick dates the conversation today when it had no date.
        """
        launch = coachee.launch.changed(items={**coachee.launch.items, item: ticked})
        if ticked.done and launch.date is None:
            launch = launch.changed(date=self._ledger.today())
        return self._saved(f"Launch of {coachee.name}", coachee.changed(launch=launch))

    def toggle_launch_item(self, id: str, item: LaunchItem) -> Coachee:
        """Tick an item of the launch conversation, or untick it, as it stands now."""
        coachee = self._afresh(id)
        ticked = coachee.launch.items[item]
        return self.set_launch_item(coachee, item, ticked.changed(done=not ticked.done))

    def toggle_plan_part(self, id: str, part: PlanPart) -> Coachee:
        """Tick a part of the coaching plan, or untick it, as it stands now."""
        coachee = self._afresh(id)
        ticked = coachee.plan.parts[part]
        return self.set_plan_part(coachee, part, ticked.changed(done=not ticked.done))

    def set_barriers(self, coachee: Coachee, texts: tuple[str, ...]) -> Coachee:
        """Say which barriers stand now.

        Those that stood stay, new ones are added, and those left out are resolved today. Resolved
        ones are kept; one whose text comes back is open again.
        """
        wanted = list(dict.fromkeys(text.strip() for text in texts if text.strip()))
        standing = {one.text for one in coachee.barriers if one.resolved_on is None}
        barriers = []
        for barrier in coachee.barriers:
            resolved_on = barrier.resolved_on
            if barrier.text not in wanted:
                resolved_on = resolved_on or self._ledger.today()
            elif barrier.text not in standing:
                resolved_on = None
                standing.add(barrier.text)
            barriers.append(barrier.changed(resolved_on=resolved_on))
        barriers += [Barrier(text=text) for text in wanted if text not in standing]
        changed = coachee.changed(barriers=tuple(barriers))
        return self._saved(f"Barriers of {coachee.name}", changed)

    def set_plan_part(self, coachee: Coachee, part: PlanPart, ticked: TickedNote) -> Coachee:
        """Tick one of the five parts of the coaching plan, or change its note."""
        plan = coachee.plan.changed(parts={**coachee.plan.parts, part: ticked})
        return self._saved(f"Coaching plan of {coachee.name}", coachee.changed(plan=plan))

    def set_plan_shared(self, coachee: Coachee, day: date | None) -> Coachee:
        """Say when the gradual-release plan was shared with the teacher.

        Raises `ValueError` for a day to come.
        """
        if day is not None and day > self._ledger.today():
            raise ValueError(f"the plan is dated once it was shared, and {day} is to come")
        plan = coachee.plan.changed(release_plan_shared_on=day)
        return self._saved(f"Release plan of {coachee.name}", coachee.changed(plan=plan))

    def partner(self, coachee: Coachee) -> Coachee | None:
        """Return the other one of a reciprocal pair, None when there is none."""
        if coachee.reciprocal_pair is None:
            return None
        return self._ledger.store.get(Coachee, coachee.reciprocal_pair)

    def pair(self, coachee: Coachee, partner: Coachee | None) -> Coachee:
        """Make two people a reciprocal pair (seed 004), or end the pair; former partners are free.

        Both sides are saved in one transaction: a pair is never one-sided.
        """
        store = self._ledger.store
        changed = {coachee.id: coachee.changed(reciprocal_pair=partner and partner.id)}
        if partner is not None:
            changed[partner.id] = partner.changed(reciprocal_pair=coachee.id)
        for one in (coachee, partner):
            former = one.reciprocal_pair if one is not None else None
            if former is not None and former not in changed:
                left = store.get(Coachee, former)
                if left is not None:
                    changed[former] = left.changed(reciprocal_pair=None)
        self._ledger.save(f"Reciprocal pair of {coachee.name}", *changed.values())
        return self.get(coachee.id)

    def phase_moves(self, coachee: Coachee) -> list[ReleasePhase]:
        """Return the release phases this coachee may move to, in their order."""
        return [phase for phase in ReleasePhase if phase in PHASE[coachee.phase]]

    def move_phase(self, coachee: Coachee, phase: ReleasePhase, reason: str) -> Coachee:
        """Move the gradual release forward or back; a person decides, with a reason (R8)."""
        check_phase_move(coachee.name, coachee.phase, phase, reason)
        day = self._ledger.today()
        history = coachee.phases or (PhaseChange(date=day, phase=coachee.phase),)
        moved = (*history, PhaseChange(date=day, phase=phase, reason=reason))
        return self._saved(f"Release phase of {coachee.name}", coachee.changed(phases=moved))

    def _afresh(self, id: str) -> Coachee:
        self._ledger.poll()
        return self.get(id)

    def _saved(self, title: str, coachee: Coachee) -> Coachee:
        self._ledger.save(title, coachee)
        return self.get(coachee.id)
