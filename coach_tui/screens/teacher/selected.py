"""A screen on which one teacher or team is selected, and what its actions share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach_tui.presentation.reading import read_count, read_date, read_optional_date
from coach_tui.screens.base import CoachScreen, NotDone

if TYPE_CHECKING:
    from coach_tui.domain.records import Coachee
    from coach_tui.screens.dialogs.form import Answers, Check, Save, Sure
    from coach_tui.widgets.field import Field


class SelectedCoachee(CoachScreen):
    """A screen on which one coachee is selected."""

    @property
    def selected_id(self) -> str | None:
        """The id of the coachee the actions are about; None when there is none."""
        raise NotImplementedError

    def draft_place(self) -> dict[str, str]:
        """Say that what is done with this coachee is taken up again on the coachee's page."""
        if self.selected_id is None:
            return super().draft_place()
        page = "coach_tui.screens.coachee.screen:CoacheeScreen"
        return {"screen": page, "coachee": self.selected_id}

    def history_of(self) -> tuple[str, str, str] | None:
        """Return the selected coachee."""
        caseload = self.session.caseload
        rows = () if caseload is None else caseload.rows
        name = next((row.facts.name for row in rows if row.facts.id == self.selected_id), "")
        return (name, "coachees", self.selected_id) if self.selected_id else None

    async def _selected(self) -> Coachee:
        id = self.selected_id
        if id is None:
            raise NotDone
        return await self.perform(lambda desk: desk.coachees.get(id))

    async def _ask(
        self,
        title: str,
        fields: list[Field],
        check: Check,
        save: Save | None,
        intro: str = "",
        *,
        sure: Sure | None = None,
    ) -> Answers:
        """Ask, and save before the form closes; raises `NotDone` when it was cancelled.

        `sure` is asked over the form before anything is saved.
        """
        from coach_tui.screens.dialogs.form import Form

        keymap = self.session.settings.keys
        form = Form(title, fields, check, save=save, sure=sure, intro=intro, keymap=keymap)
        answers = await self.app.push_screen_wait(form)
        if answers is None:
            raise NotDone
        return answers

    async def _pick(self, question: str, options: list[tuple[str, str]], intro: str = "") -> str:
        from coach_tui.screens.dialogs.choice import Pick

        picked = await self.app.push_screen_wait(Pick(question, options, intro))
        if picked is None:
            raise NotDone
        return picked

    def _day_is_wrong(self, name: str, answers: Answers) -> dict[str, str]:
        try:
            read_optional_date(answers[name], self.session.today())
        except ValueError as error:
            return {name: str(error)}
        return {}

    def _count_is_wrong(self, name: str, answers: Answers, most: int) -> dict[str, str]:
        try:
            read_count(answers[name], most)
        except ValueError as error:
            return {name: str(error)}
        return {}

    def _needs_day(self, answers: Answers) -> dict[str, str]:
        try:
            read_date(answers["day"], self.session.today())
        except ValueError as error:
            return {"day": str(error)}
        return {}
