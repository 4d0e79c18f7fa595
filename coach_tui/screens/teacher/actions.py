"""Everything that can be done with one teacher or team from anywhere."""

from __future__ import annotations

from coach_tui.screens.teacher.evidence import EvidenceOfCoachee
from coach_tui.screens.teacher.meeting import MeetingCoachee
from coach_tui.screens.teacher.observing import ObservingCoachee
from coach_tui.screens.teacher.standing import StandingCoachee
from coach_tui.screens.teacher.visiting import VisitingCoachee


class CoacheeActions(
    ObservingCoachee, VisitingCoachee, MeetingCoachee, StandingCoachee, EvidenceOfCoachee
):
    """A screen on which one coachee is selected: the commands of the place `teacher` work here."""
