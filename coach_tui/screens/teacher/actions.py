"""Everything that can be done with one teacher or team from anywhere."""

from __future__ import annotations

from textual import work

from coach_tui.coaching.caseload import Caseload
from coach_tui.presentation.dates import full
from coach_tui.screens.teacher.evidence import EvidenceOfCoachee
from coach_tui.screens.teacher.meeting import MeetingCoachee
from coach_tui.screens.teacher.observing import ObservingCoachee
from coach_tui.screens.teacher.standing import StandingCoachee
from coach_tui.screens.teacher.visiting import VisitingCoachee
from coach_tui.widgets.bars import TitleBar


class CoacheeActions(
    ObservingCoachee, VisitingCoachee, MeetingCoachee, StandingCoachee, EvidenceOfCoachee
):
    """A screen on which one coachee is selected: the commands of the place `teacher` work here."""


class CaseloadActions(CoacheeActions):
    """One whose rows are derived from the whole caseload: shown as known, then derived anew."""

    def on_mount(self) -> None:
        """Show what is known."""
        self.show_known()

    async def on_desk_changed(self) -> None:
        """Derive every row again, once there is a caseload."""
        if self.session.caseload is not None:
            self.derive_again()

    @work(exclusive=True, group="refresh", exit_on_error=False)
    async def derive_again(self) -> None:
        """Take in what another session wrote, derive every row again and show it."""
        await self.perform(lambda desk: desk.poll())
        await self.session.refresh_caseload()
        self.show_known()

    def show_known(self) -> None:
        """Show what the session knows of the caseload."""
        caseload = self.session.caseload
        if caseload is not None and self.is_attached:
            self.show_caseload(caseload)

    def show_caseload(self, caseload: Caseload) -> None:
        """Show the rows that follow from the caseload."""
        raise NotImplementedError

    def say_title(self, heading: str, caseload: Caseload) -> None:
        """Set the line at the top, with the day on its right."""
        title = self.query_one(TitleBar)
        title.heading = heading
        title.aside = (
            "outside the school calendar" if caseload.outside_year else full(caseload.today)
        )
