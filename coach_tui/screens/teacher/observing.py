"""Observing a teacher, and a quick note on one, from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import work

from coach_tui.presentation.dates import full
from coach_tui.screens.base import NotDone
from coach_tui.screens.modes import PLACES_OF_MODES
from coach_tui.screens.teacher.selected import SelectedCoachee
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from datetime import date

    from textual.screen import Screen

    from coach_tui.coaching.desk import Desk
    from coach_tui.domain.records import Coachee, Observation
    from coach_tui.screens.dialogs.form import Answers
    from coach_tui.screens.observe import ObserveScreen


BEFORE_THE_LAUNCH = (
    "Coaching begins with the launch conversation. You can note something all the same; "
    "the reason is kept with today's notes."
)


async def _nothing_yet(answers: Answers) -> None:
    """Keep nothing: the observation begins with its first line, and the reason with it."""


def _as_it_stands(desk: Desk, coachee: str) -> tuple[Observation | None, date | None]:
    """Return the observation that runs, and the day of the visit that a new one leaves planned."""
    return desk.observing.running(coachee), desk.observing.stays_planned(
        coachee, desk.ledger.today()
    )


class ObservingCoachee(SelectedCoachee):
    """Where the selected coachee can be observed."""

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_observe(self) -> None:
        """Open the running observation, or start one; before the launch it asks for a reason."""
        coachee = await self._selected()
        await self._deal_with_forgotten(coachee)
        running, stays_planned = await self.perform(lambda desk: _as_it_stands(desk, coachee.id))
        if running is not None:
            self.open_observation(coachee, running.id)
            return
        because = ""
        if not coachee.launch.complete:
            answers = await self._ask(
                f"Observe {coachee.name} before the launch conversation?",
                [Field("because", "Reason", hint="it is kept with the observation")],
                lambda given: {} if given["because"].strip() else {"because": "say why"},
                _nothing_yet,
                "Coaching begins with the launch conversation. You can observe all the same.",
            )
            because = answers["because"]
        self.open_observation(coachee, None, because, stays_planned=stays_planned)

    async def _deal_with_forgotten(self, coachee: Coachee) -> None:
        """Ask what an observation of an earlier day is, that nobody ended."""
        forgotten = await self.perform(lambda desk: desk.observing.forgotten(coachee.id))
        if forgotten is None:
            return
        if forgotten.is_empty:
            await self.perform(lambda desk: desk.observing.finish(forgotten.id))
            return
        picked = await self._pick(
            f"The observation of {full(forgotten.date)} was not ended.",
            [
                ("end", "End it at its last line, and start a new one"),
                ("open", "Open it, and decide there"),
            ],
        )
        if picked == "open":
            self.open_observation(coachee, forgotten.id)
            raise NotDone
        await self.perform(lambda desk: desk.observing.end_at_last_line(forgotten.id))

    def open_observation(
        self,
        coachee: Coachee,
        observation: str | None,
        because: str = "",
        *,
        adding: bool = False,
        at_line: int | None = None,
        stays_planned: date | None = None,
    ) -> None:
        """Open an observation's script; without one, a new one that begins with its first line.

        One that is open already, in this mode or another, is gone back to: of two, each would
        keep another half-typed line as the draft of the same notes.
        """
        from coach_tui.screens.observe import ObserveScreen, Opening

        for mode in PLACES_OF_MODES:
            for screen in self._stack_of(mode):
                if isinstance(screen, ObserveScreen) and screen.is_about(coachee.id, observation):
                    self._go_back_to(mode, screen, at_line)
                    return
        opening = Opening(coachee, observation, because, adding, at_line, stays_planned)
        self.app.push_screen(ObserveScreen(self.session, opening))

    def _stack_of(self, mode: str) -> list[Screen[Any]]:
        """Return the screens of a mode, none when it was not opened yet."""
        try:
            return self.app.get_screen_stack(mode)
        except KeyError:
            return []

    @work(group=ACTIONS, exit_on_error=False)
    async def _go_back_to(self, mode: str, screen: ObserveScreen, at_line: int | None) -> None:
        if self.app.current_mode != mode:
            await self.app.run_action(mode)
        while self.app.screen is not screen and screen in self.app.screen_stack:
            self.app.pop_screen()
        if at_line is not None:
            screen.go_to_line(at_line)

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_past(self) -> None:
        """Enter an observation after the fact, from paper: when it was, then its lines."""
        from coach_tui.screens.observe.paper import ask_past

        coachee = await self._selected()
        stays_planned, entered = await ask_past(self, coachee)
        self.open_observation(coachee, entered.id, adding=True, stays_planned=stays_planned)

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_note(self) -> None:
        """Add one line to the running observation, else to today's quick notes."""
        from coach_tui.coaching.line_reader import read_typed

        coachee = await self._selected()
        fields = [Field("text", "Line", hint="what you saw or heard")]
        intro, wanted = "", {"text": "write the line"}
        if await self.perform(lambda desk: desk.observing.wants_reason(coachee)):
            fields.append(Field("because", "Reason", hint="why before the launch conversation"))
            intro, wanted = BEFORE_THE_LAUNCH, {**wanted, "because": "say why"}

        async def save(answers: Answers) -> None:
            settings, text = self.session.settings, answers["text"]

            def note(desk: Desk) -> str:
                lines, trouble = read_typed(desk, settings, coachee, [text])
                desk.observing.note(coachee, lines, answers.get("because", ""))
                return trouble

            trouble = await self.session.perform(note)
            if trouble:
                self.complain(trouble)

        await self._ask(
            f"Quick note on {coachee.name}",
            fields,
            lambda given: {name: why for name, why in wanted.items() if not given[name].strip()},
            save,
            intro,
        )
        self.tell("Note saved")
        await self.on_desk_changed()
