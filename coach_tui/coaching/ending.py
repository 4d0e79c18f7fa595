"""How an observation ends: asked to, forgotten, left empty; and going on with it."""

from __future__ import annotations

from datetime import datetime

from coach_tui.coaching.observations import Observations
from coach_tui.coaching.retrying import over_the_newest
from coach_tui.domain.enumerations import CycleStage
from coach_tui.domain.observed import stilled
from coach_tui.domain.records import Cycle, Observation, Pause, PlannedDates
from coach_tui.domain.transitions import CYCLE, check


class Ending(Observations):
    """Verbs about the end of an observation; its cycle has been observed with it."""

    @over_the_newest
    def end(self, id: str) -> Observation:
        """End the observation now; its cycle has been observed.

        Never before its newest line or pause: the clock may have been set back since.
        """
        observation = self.get(id)
        if observation.end is not None:
            return observation
        went_on = [pause.end for pause in observation.pauses if pause.end is not None]
        return self._ended(observation, self.now_or(max([_last_known(observation), *went_on])))

    @over_the_newest
    def finish(self, id: str) -> Observation | None:
        """End the observation; one that nothing was put down in is taken away, and is no visit.

        Returns None when it was taken away, with the cycle that was begun for it alone.
        """
        observation = self.get(id)
        if not observation.is_empty:
            return self.end(id)
        cycle = self.cycle_of(observation)
        going: list[Observation | Cycle] = [observation]
        if cycle is not None and self._was_begun_for(cycle, observation):
            going.append(cycle)
        self._ledger.save("Leave an empty observation", deleted=going)
        return None

    def _was_begun_for(self, cycle: Cycle, observation: Observation) -> bool:
        """Whether nothing but this observation was ever put down in the cycle."""
        bare = Cycle(
            id=cycle.id,
            created_at=cycle.created_at,
            updated_at=cycle.updated_at,
            revision=cycle.revision,
            coachee=cycle.coachee,
            number=cycle.number,
        )
        others = [one for one in self.of(cycle.coachee) if one.cycle == cycle.id]
        return cycle == bare and cycle.planned == PlannedDates() and others == [observation]

    def now_or(self, earliest: datetime) -> datetime:
        """Return this moment; `earliest` where the clock was set back before it."""
        return max(self._ledger.clock.now(), earliest)

    def _ended(self, observation: Observation, end: datetime) -> Observation:
        """Keep it as ended at `end`; what was being timed stops then."""
        records: list[Observation | Cycle] = [stilled(observation, end).changed(end=end)]
        cycle = self.cycle_of(observation)
        if cycle is not None and cycle.stage is CycleStage.PLANNED:
            check(CYCLE, f"cycle {cycle.number}", cycle.stage, CycleStage.OBSERVED)
            records.append(cycle.changed(stage=CycleStage.OBSERVED))
        self._ledger.save("End the observation", *records)
        return self.get(observation.id)

    @over_the_newest
    def go_on(self, id: str) -> Observation:
        """Open an ended observation again; the time between is a pause. Quick notes never run."""
        observation = self.get(id)
        if observation.end is None or observation.quick_notes:
            return observation
        self._ledger.save("Go on observing", self._continued(observation))
        return self.get(id)

    def _continued(self, observation: Observation) -> Observation:
        """Return an ended observation running again; the time between is a pause.

        What was being timed at its end stopped then, though it may not be stored so.
        """
        if observation.end is None:
            return observation
        now = max(self._ledger.clock.now(), observation.end)
        pause = Pause(start=observation.end, end=now)
        still = stilled(observation, observation.end)
        return still.changed(end=None, pauses=(*observation.pauses, pause))

    @over_the_newest
    def end_at_last_line(self, id: str) -> Observation:
        """End a forgotten observation when its last line was begun; its cycle has been observed.

        At its start when it has no line; never before it was last known to be ended. An
        observation that has its end is returned as it is.
        """
        observation = self.get(id)
        if observation.end is not None:
            return observation
        end = _last_known(observation)
        pauses = tuple(
            pause if pause.end is not None and pause.end <= end else pause.changed(end=end)
            for pause in observation.pauses
            if pause.start < end
        )
        return self._ended(observation.changed(pauses=pauses), end)


def _last_known(observation: Observation) -> datetime:
    """Return the last moment at which something was seen: its newest line, or where it paused."""
    known = [
        observation.start,
        *(line.time for line in observation.lines),
        *(pause.start for pause in observation.pauses),
    ]
    return max(known)
