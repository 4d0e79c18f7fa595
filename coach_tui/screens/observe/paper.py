"""An observation entered after the fact: when it was, as it stands on the paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from coach_tui.coaching.clock import moment_of
from coach_tui.domain.enumerations import Modality
from coach_tui.domain.records import Observation
from coach_tui.presentation.reading import read_count, read_date, read_time
from coach_tui.screens.base import NotDone
from coach_tui.widgets.field import Field

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk
    from coach_tui.domain.records import Coachee
    from coach_tui.screens.base import CoachScreen
    from coach_tui.screens.dialogs.form import Answers

LONGEST = 600
"""Minutes of an observation at most."""

INTRO = "Then type its lines; a time before one (9:14 t what do you notice?) is its time."


async def ask_past(screen: CoachScreen, coachee: Coachee) -> tuple[date | None, Observation]:
    """Ask when it was and keep it; raises `NotDone` when the coach did not go on.

    Before it the day of the visit that it leaves planned, None where there is none.
    """
    from coach_tui.screens.dialogs.form import Form

    session, entered = screen.session, list[tuple[date | None, Observation]]()
    needs_reason = not coachee.launch.complete

    def wrong(answers: Answers) -> dict[str, str]:
        readers: dict[str, Callable[[str], object]] = {
            "day": lambda text: read_date(text, session.today()),
            "start": read_time,
            "minutes": lambda text: read_count(text, LONGEST),
        }
        for name, reader in readers.items():
            try:
                reader(answers[name])
            except ValueError as error:
                return {name: str(error)}
        if read_date(answers["day"], session.today()) > session.today():
            return {"day": "that day is still to come"}
        if not read_count(answers["minutes"], LONGEST):
            return {"minutes": "how many minutes did it take?"}
        if needs_reason and not answers["because"].strip():
            return {"because": "there was no launch conversation yet: say why"}
        return {}

    async def save(answers: Answers) -> None:
        day = read_date(answers["day"], session.today())
        start = moment_of(session.clock, day, read_time(answers["start"]))
        minutes = read_count(answers["minutes"], LONGEST)
        modality = Modality(answers["modality"])
        because = answers.get("because", "")
        entered.append(
            await session.perform(
                lambda desk: _enter(desk, coachee, day, start, minutes, modality, because)
            )
        )

    fields = [
        Field("day", "Day", hint="yesterday, fri, 3 nov"),
        Field("start", "Began at", hint="9:14"),
        Field("minutes", "Minutes", hint="15 to 30"),
        Field("modality", "Modality", "", tuple(one.value for one in Modality)),
    ]
    if needs_reason:
        fields.append(Field("because", "Reason", hint="why before the launch conversation"))
    form = Form(
        f"Past observation of {coachee.name}",
        fields,
        wrong,
        save=save,
        intro=INTRO,
        keymap=session.settings.keys,
    )
    await screen.app.push_screen_wait(form)
    if not entered:
        raise NotDone
    return entered[0]


def _enter(
    desk: Desk,
    coachee: Coachee,
    day: date,
    start: datetime,
    minutes: int,
    modality: Modality,
    because: str,
) -> tuple[date | None, Observation]:
    stays_planned = desk.observing.stays_planned(coachee.id, day)
    entered = desk.observing.enter(coachee, day, start, minutes, modality=modality, because=because)
    return stays_planned, entered
