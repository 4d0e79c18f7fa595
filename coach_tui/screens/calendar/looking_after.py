"""The coach's own duties and time, catching up, and the file for other calendars."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from textual import work

from coach_tui.domain.planning.appointments import Stage
from coach_tui.domain.records import Contact
from coach_tui.presentation.dates import weekday_words
from coach_tui.presentation.reading import (
    read_count,
    read_date,
    read_optional_date,
    read_weekdays,
)
from coach_tui.presentation.times import clock, read_time
from coach_tui.screens.calendar.school_days import SchoolDaysOnCalendar
from coach_tui.screens.dialogs.form import Answers
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

LONGEST_DUTY = 600


class LookingAfterCalendar(SchoolDaysOnCalendar):
    """Where other responsibilities, catching up and the file for other calendars are."""

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_catch_up(self) -> None:
        """Propose a week that clears what is due."""
        from coach_tui.screens.calendar.proposals import CatchUpScreen

        days = self.require_days()
        self.app.push_screen(CatchUpScreen(self.session, max(self.cursor, days.today)))

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_time_share(self) -> None:
        """Show the coach's own hours by week."""
        from coach_tui.screens.calendar.time_share import TimeShareScreen

        self.app.push_screen(TimeShareScreen(self.session, self.cursor))

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_duty(self) -> None:
        """Change or remove the chosen duty, or put down a new one."""
        chosen = self.chosen
        if chosen is None or chosen.stage is not Stage.RESPONSIBILITY:
            await self._ask_duty(None)
            return
        contact = await self.perform(lambda desk: desk.duties.get(chosen.record))
        options = [("change", "Change it"), ("remove", "Remove it"), ("new", "Put down a new one")]
        picked = await self._pick(f"{contact.note}:", options)
        if picked == "remove":
            await self.perform(lambda desk: desk.duties.remove(contact.id))
            self.tell("Removed (u undoes it)")
            await self.on_desk_changed()
        else:
            await self._ask_duty(contact if picked == "change" else None)

    async def _ask_duty(self, contact: Contact | None) -> None:
        fields = _duty_fields(contact, max(self.cursor, self.session.today()))

        async def save(answers: Answers) -> None:
            given = _duty(answers, self.session.today())
            id = "" if contact is None else contact.id
            await self.session.perform(lambda desk: desk.duties.put(**given, id=id))

        await self._ask(
            "Other responsibility",
            fields,
            lambda answers: _duty_is_wrong(answers, self.session.today()),
            save,
            "What else takes your time, so that your share in coaching is honest.",
        )
        self.tell("Saved (u undoes it)")
        await self.on_desk_changed()

    def action_send(self) -> None:
        """Show what would leave for other calendars."""
        from coach_tui.screens.calendar.sending import SendingScreen

        self.app.push_screen(SendingScreen(self.session))


def _duty_fields(contact: Contact | None, day: date) -> list[Field]:
    if contact is None:
        return [
            Field("label", "What", hint="lunch duty, staff meeting"),
            Field("day", "On, or from", day.isoformat()),
            Field("time", "At", hint="11:45"),
            Field("minutes", "Minutes", "30"),
            Field("weekdays", "Every", hint="mon wed fri; nothing for once"),
            Field("until", "Until", hint="the last day; nothing for the whole year"),
            Field("building", "Building"),
        ]
    at = "" if contact.time is None else clock(contact.time.hour * 60 + contact.time.minute)
    return [
        Field("label", "What", contact.note),
        Field("day", "On, or from", contact.date.isoformat()),
        Field("time", "At", at),
        Field("minutes", "Minutes", str(contact.minutes)),
        Field("weekdays", "Every", weekday_words(contact.weekdays)),
        Field("until", "Until", "" if contact.until is None else contact.until.isoformat()),
        Field("building", "Building", contact.building),
    ]


def _duty(answers: Answers, today: date) -> dict[str, Any]:
    """Return the answers as `Duties.put` takes them; raises `ValueError`."""
    minute = read_time(answers["time"])
    return {
        "label": answers["label"],
        "day": read_date(answers["day"], today),
        "at": None if minute is None else time(minute // 60, minute % 60),
        "minutes": read_count(answers["minutes"], LONGEST_DUTY),
        "weekdays": read_weekdays(answers["weekdays"]) if answers["weekdays"].strip() else (),
        "until": read_optional_date(answers["until"], today),
        "building": answers["building"],
    }


def _duty_is_wrong(answers: Answers, today: date) -> dict[str, str]:
    if not answers["label"].strip():
        return {"label": "say what it is, such as lunch duty"}
    for name in ("day", "time", "minutes", "weekdays", "until"):
        try:
            _duty({**_EMPTY_DUTY, "day": "today", name: answers[name]}, today)
        except ValueError as error:
            return {name: str(error)}
    if not read_count(answers["minutes"], LONGEST_DUTY):
        return {"minutes": "say how many minutes it takes"}
    return {}


_EMPTY_DUTY = dict.fromkeys(("label", "time", "minutes", "weekdays", "until", "building"), "")
