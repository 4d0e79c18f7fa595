"""What is counted and timed while observing: tallies, talk, waits, snapshots, check-ins, pauses.

`at` is the moment a key was pressed: the verb may come later, after a line that is being saved.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.retrying import over_the_newest
from coach_tui.domain.enumerations import Talking
from coach_tui.domain.observed import stilled
from coach_tui.domain.records import (
    GroupCheckIn,
    LookForTick,
    Observation,
    OnTaskSnapshot,
    Pause,
    Talk,
    Tally,
    WaitTime,
)


class Counting:
    """Verbs of one key each; each is one transaction, and can be undone.

    What another session put down at the same moment stays beside it.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Save through `ledger`."""
        self._ledger = ledger

    @over_the_newest
    def press(self, id: str, label: str, at: datetime) -> Observation:
        """Count one more of `label`."""
        observation = self._get(id)
        tallies = {tally.label: tally for tally in observation.tallies}
        before = tallies.get(label, Tally(label=label))
        tallies[label] = before.changed(presses=(*before.presses, at))
        return self._save(f"Count: {label}", observation, tallies=tuple(tallies.values()))

    @over_the_newest
    def talk(self, id: str, who: Talking | None, at: datetime) -> Observation:
        """Say who is heard from now on; None stops the clock of talk."""
        observation = self._get(id)
        ended = [_closed(one, at) for one in observation.talk]
        if who is not None:
            ended.append(Talk(who=who, start=at))
        title = f"Talk: {who.value}" if who is not None else "Talk: stopped"
        return self._save(title, observation, talk=tuple(ended))

    @over_the_newest
    def wait(self, id: str, at: datetime) -> Observation:
        """Begin to wait after a question; the second time, the wait is over."""
        observation = self._get(id)
        waits = observation.waits
        if waits and waits[-1].end is None:
            waits = (*waits[:-1], _closed(waits[-1], at))
        else:
            waits = (*waits, WaitTime(start=at))
        return self._save("Wait time", observation, waits=waits)

    @over_the_newest
    def snapshot(self, id: str, on: int, total: int, at: datetime) -> Observation:
        """Keep how many of how many students were on task. Raises `ValueError` when on > total."""
        observation = self._get(id)
        taken = OnTaskSnapshot(time=at, on=on, total=total)
        return self._save(
            "On-task snapshot", observation, snapshots=(*observation.snapshots, taken)
        )

    @over_the_newest
    def tick(self, id: str, look_for: str) -> Observation:
        """Count one more sight of a look-for."""
        observation = self._get(id)
        ticks = {one.label: one for one in observation.look_fors}
        before = ticks.get(look_for, LookForTick(label=look_for))
        ticks[look_for] = before.changed(count=before.count + 1)
        return self._save(f"Look-for: {look_for}", observation, look_fors=tuple(ticks.values()))

    @over_the_newest
    def check_in(self, id: str, group: str, trend: str | None = None) -> Observation:
        """Say that a priority group was checked in with, and the trend noted, if any."""
        observation = self._get(id)
        known = {one.group: one for one in observation.check_ins}
        before = known.get(group, GroupCheckIn(group=group))
        kept = before.trend if trend is None else trend
        known[group] = before.changed(seen=True, trend=kept)
        return self._save(f"Check in: {group}", observation, check_ins=tuple(known.values()))

    @over_the_newest
    def pause(self, id: str, at: datetime) -> Observation:
        """Pause, or go on when it is paused; nobody is heard in a pause."""
        observation = self._get(id)
        if observation.is_paused:
            pauses = tuple(
                one if one.end is not None else one.changed(end=max(at, one.start))
                for one in observation.pauses
            )
            return self._save("Go on", observation, pauses=pauses)
        return self._save(
            "Pause",
            stilled(observation, at),
            pauses=(*observation.pauses, Pause(start=max(at, observation.start))),
        )

    def _get(self, id: str) -> Observation:
        return self._ledger.store.require(Observation, id)

    def _save(self, title: str, observation: Observation, **fields: Any) -> Observation:
        self._ledger.save(title, observation.changed(**fields))
        return self._get(observation.id)


def _closed(span: Any, at: datetime) -> Any:
    """Return a span that ends now, never before it began: a clock may be set back."""
    return span if span.end is not None else span.changed(end=max(at, span.start))
