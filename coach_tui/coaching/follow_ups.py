"""The written follow-up of a feedback meeting: what may leave, and that it was sent."""

from __future__ import annotations

from datetime import date

from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.meetings import Meetings
from coach_tui.domain.enumerations import CycleStage, Party
from coach_tui.domain.following_up import FollowUp, follow_up
from coach_tui.domain.records import Cycle, Evidence, GrowthGoal, SelfAssessment


class FollowUps:
    """Verbs about the follow-up; what leaves goes through `Sharing`, and is logged there."""

    def __init__(self, ledger: Ledger, meetings: Meetings) -> None:
        """Save through `ledger`."""
        self._ledger, self._meetings = ledger, meetings

    def of(self, cycle_id: str) -> tuple[FollowUp, date | None]:
        """Return what of a cycle's meeting goes to the teacher, and the next planned visit.

        Raises `ValueError` when the meeting was not held.
        """
        sheet = self._meetings.sheet(cycle_id)
        if not sheet.meeting.held:
            raise ValueError("end the meeting first: the follow-up tells what was agreed in it")
        found = follow_up(
            sheet.cycle,
            sheet.observations,
            sheet.goal,
            self._private_levels(sheet.coachee.id),
        )
        return found, self._next_visit(sheet.coachee.id)

    def _next_visit(self, coachee: str) -> date | None:
        cycles = self._ledger.store.where(Cycle, coachee=coachee, stage=CycleStage.PLANNED)
        days = [one.planned.observation for one in cycles if one.planned.observation is not None]
        return min((day for day in days if day >= self._ledger.today()), default=None)

    def _private_levels(self, coachee: str) -> set[str]:
        """Return the levels that the coach alone put down (rule R5)."""
        store = self._ledger.store
        found = {
            one.level.level
            for goal in store.where(GrowthGoal, coachee=coachee)
            for one in store.where(Evidence, goal=goal.id)
            if one.level is not None and one.level.is_private
        }
        for assessment in store.where(SelfAssessment, coachee=coachee):
            if assessment.named_by is Party.COACH:
                found |= {one.level for one in assessment.levels if one.level is not None}
        return found

    def sent(self, cycle_id: str) -> Cycle:
        """Note on the meeting that its follow-up was sent today."""
        self._ledger.poll()
        cycle = self._ledger.store.require(Cycle, cycle_id)
        if cycle.meeting is None:
            raise ValueError("this cycle has no meeting")
        meeting = cycle.meeting.changed(follow_up_sent_on=self._ledger.today())
        self._ledger.save("Follow-up sent", cycle.changed(meeting=meeting))
        return self._ledger.store.require(Cycle, cycle.id)
