"""The launch conversation as a meeting of its own (seed 001, "Launching the Coaching Model")."""

from __future__ import annotations

from typing import Any

from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.refusals import ChangedMeanwhile
from coach_tui.domain.enumerations import CoacheeState, LaunchItem
from coach_tui.domain.records import Coachee, LaunchConversation, TickedNote

WHAT_IS_KEPT = (
    "What I keep: what I see and hear in the lessons, what we agree, and evidence of your growth. "
    "It is on my own machine, and between you and me. You can read all of it, and ask me to take "
    "out what you do not want kept. Others see counts only: how many visits and meetings, never "
    "about whom. Nothing that names you leaves unless I show you the exact words first. "
    "Coaching is not evaluation: there is no rating in it."
)
"""What is told to everybody who is coached, before any note is taken (rules R1, R2)."""


class Launching:
    """Verbs of the launch conversation; the coachee becomes active only when a person says so."""

    def __init__(self, ledger: Ledger) -> None:
        """Save through `ledger`."""
        self._ledger = ledger

    def note(self, id: str, item: LaunchItem, shown: TickedNote, **fields: Any) -> Coachee:
        """Change the note or the tick of an item, as it was `shown`.

        Raises `ChangedMeanwhile` when another session changed that item since. The first tick
        dates the conversation today when it had no date.
        """
        self._ledger.poll()
        coachee = self._ledger.store.require(Coachee, id)
        launch = coachee.launch
        if launch.items[item] != shown:
            raise ChangedMeanwhile("another session changed this meanwhile: look at it again")
        ticked = shown.changed(**fields)
        changed = launch.changed(items={**launch.items, item: ticked})
        if ticked.done and changed.date is None:
            changed = changed.changed(date=self._ledger.today())
        return self._saved(coachee, changed)

    def describe(self, id: str, **fields: Any) -> Coachee:
        """Change the day, the minutes, who was there, or that the records were explained.

        Raises `ValueError` for a day to come.
        """
        self._ledger.poll()
        coachee = self._ledger.store.require(Coachee, id)
        launch = coachee.launch.changed(**fields)
        if launch.date is not None and launch.date > self._ledger.today():
            raise ValueError(f"the launch conversation is dated once it was held: {launch.date}")
        return self._saved(coachee, launch)

    def is_ready(self, coachee: Coachee) -> bool:
        """Whether the launch is complete and nobody has said yet that the coaching is active."""
        return coachee.launch.complete and coachee.state is CoacheeState.NOT_LAUNCHED

    def _saved(self, coachee: Coachee, launch: LaunchConversation) -> Coachee:
        self._ledger.save(f"Launch of {coachee.name}", coachee.changed(launch=launch))
        return self._ledger.store.require(Coachee, coachee.id)
