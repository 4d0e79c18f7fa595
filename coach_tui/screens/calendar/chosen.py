"""What every part of the calendar's screen shares: the days, the cursor, the chosen entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from coach_tui.coaching.planning.days import Days
from coach_tui.domain.planning.appointments import Appointment, Stage, Standing
from coach_tui.presentation.calendar.signs import title
from coach_tui.screens.base import NotDone
from coach_tui.screens.dialogs.form import Answers, Check
from coach_tui.screens.session import Session
from coach_tui.screens.teacher.selected import SelectedCoachee

CYCLES, OBSERVATIONS = "cycles", "observations"
OF_A_CYCLE = (Stage.VISIT, Stage.MEETING, Stage.LESSON, Stage.CHECK_BACK)

Reader = Callable[[str, date], object]
"""Reads an answer, given today; raises `ValueError` with what can be written."""


class ChosenOnCalendar(SelectedCoachee):
    """A screen with a day under its cursor, and perhaps an entry of that day."""

    def __init__(self, session: Session) -> None:
        """Begin with today."""
        super().__init__(session)
        self.days: Days | None = None
        self.cursor = session.today()
        self.chosen_key = ""

    @property
    def chosen(self) -> Appointment | None:
        """The chosen entry; None where there is none."""
        if self.days is None or not self.chosen_key:
            return None
        return self.days.find(self.chosen_key)

    def history_of(self) -> tuple[str, str, str] | None:
        """Return the cycle of the chosen entry, where it belongs to one."""
        chosen = self.chosen
        if chosen is None or chosen.stage not in OF_A_CYCLE or not chosen.record:
            return super().history_of()
        if chosen.stage is Stage.VISIT and chosen.standing in (Standing.DONE, Standing.RUNNING):
            return (
                title(chosen, self.require_days().name(chosen.person)),
                OBSERVATIONS,
                chosen.record,
            )
        return title(chosen, self.require_days().name(chosen.person)), CYCLES, chosen.record

    def require_days(self) -> Days:
        """Return the days; raises `NotDone` before they were read."""
        if self.days is None:
            raise NotDone
        return self.days

    def show(self) -> None:
        """Show the days as they are known."""
        raise NotImplementedError

    @property
    def period_under_cursor(self) -> str:
        """The name of the period under the cursor, where the view has periods."""
        raise NotImplementedError

    def readable(self, readers: Mapping[str, Reader]) -> Check:
        """Return a check that each answer with a reader is one that it can read."""
        today = self.session.today()

        def check(answers: Answers) -> Mapping[str, str]:
            for name, read in readers.items():
                try:
                    read(answers[name], today)
                except ValueError as error:
                    return {name: str(error)}
            return {}

        return check
