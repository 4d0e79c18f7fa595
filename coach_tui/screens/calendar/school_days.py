"""The school calendar from the calendar: days off and snow days, early release, bells, travel."""

from __future__ import annotations

from datetime import date, time

from textual import work

from coach_tui.coaching.planning.days import Days
from coach_tui.coaching.planning.year import DistrictDay
from coach_tui.domain.records import DateSpan, Period, SchoolCalendar
from coach_tui.presentation.bells import bell_lines, read_bells
from coach_tui.presentation.dates import full
from coach_tui.presentation.reading import read_count, read_date
from coach_tui.presentation.text import plural
from coach_tui.presentation.times import read_time
from coach_tui.screens.base import NotDone
from coach_tui.screens.calendar.chosen import ChosenOnCalendar
from coach_tui.screens.dialogs.form import Answers, no_check
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

ALL_BUILDINGS = "all"


class SchoolDaysOnCalendar(ChosenOnCalendar):
    """Where the school calendar is changed; what then stands on a day off is offered a new day."""

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_year(self) -> None:
        """Ask what of the school calendar is to change."""
        days = self.require_days()
        off = self.cursor in days.surroundings.names_off
        options = [
            ("year", "School year: first and last day, weekdays, holidays, breaks"),
            ("off", f"A day off on {full(self.cursor)}: a snow day, a conference"),
            ("early", "Early-release days"),
            ("bells", "Bell schedule of a building"),
            ("travel", "Travel between buildings, and your busy times (.ics)"),
            ("district", "Take days off from the district's calendar (.ics)"),
        ]
        if off:
            options[1] = ("held", f"School is held on {full(self.cursor)} after all")
        picked = await self._pick("The school calendar", options)
        steps = {
            "year": self._year,
            "off": self._day_off,
            "held": self._held,
            "early": self._early,
            "bells": self._bells,
            "travel": self._travel,
            "district": self._district,
        }
        await steps[picked](days)

    async def _year(self, days: Days) -> None:
        from coach_tui.screens.school_year import ask_school_year

        if await ask_school_year(self):
            await self._offer_moves(days, "New days off")

    async def _day_off(self, days: Days) -> None:
        today = self.session.today()

        async def save(answers: Answers) -> None:
            first, last = read_date(answers["first"], today), read_date(answers["last"], today)
            span = DateSpan(first=first, last=last, label=answers["label"])
            await self.session.perform(lambda desk: desk.school_years.add_days_off([span]))

        answers = await self._ask(
            "Days off",
            [
                Field("label", "What it is called", "Snow day"),
                Field("first", "First day", self.cursor.isoformat()),
                Field("last", "Last day", self.cursor.isoformat()),
            ],
            self.readable({"first": read_date, "last": read_date}),
            save,
        )
        await self._offer_moves(days, answers["label"] or "Days off")

    async def _held(self, days: Days) -> None:
        day = self.cursor
        await self.perform(lambda desk: desk.school_years.hold_school(day))
        self.tell(f"School is held on {full(day)} (u undoes it)")
        await self.on_desk_changed()

    async def _offer_moves(self, before: Days, label: str) -> None:
        """Show what now stands on days off, where there is any, and offer to move it."""
        from coach_tui.coaching.planning.suggesting import displaced
        from coach_tui.screens.calendar.proposals import DisplacedScreen

        now = self.days = await self.days_now()
        new = sorted(set(now.surroundings.names_off) - set(before.surroundings.names_off))
        ahead = [day for day in new if day >= now.today]
        moves = displaced(now, ahead)
        self.tell(f"New: {plural(len(new), 'day')} off (u undoes it)" if new else "Saved")
        await self.on_desk_changed()
        if moves:
            self.app.push_screen(DisplacedScreen(self.session, label, ahead))

    async def _early(self, days: Days) -> None:
        calendar = _calendar(days)
        at = calendar.early_release_at
        lines = "\n".join(day.isoformat() for day in calendar.early_release)

        async def save(answers: Answers) -> None:
            minute = read_time(answers["at"])
            found = _read_days(answers["days"], self.session.today())
            when = None if minute is None else time(minute // 60, minute % 60)
            await self.session.perform(
                lambda desk: desk.school_years.set_early_release(found, when, calendar)
            )

        await self._ask(
            "Early-release days",
            [
                Field("at", "School ends at", "" if at is None else f"{at.hour}:{at.minute:02}"),
                Field("days", "Days, one a line", lines, lines=8),
            ],
            lambda given: _wrong_days(given, self.session.today()),
            save,
            "They are school days; from that time on nobody can be observed.",
        )
        self.tell("Saved (u undoes it)")
        await self.on_desk_changed()

    async def _bells(self, days: Days) -> None:
        building = await self._pick_building(days)
        calendar = _calendar(days)
        periods = [one for one in calendar.periods if one.building == building]
        lines = bell_lines((one.name, _minute(one.start), _minute(one.end)) for one in periods)

        async def save(answers: Answers) -> None:
            found = [
                Period(name=name, start=_time(start), end=_time(end), building=building)
                for name, start, end in read_bells(answers["bells"])
            ]
            await self.session.perform(
                lambda desk: desk.school_years.set_bells(building, found, calendar)
            )

        def wrong(answers: Answers) -> dict[str, str]:
            try:
                read_bells(answers["bells"])
            except ValueError as error:
                return {"bells": str(error)}
            return {}

        await self._ask(
            f"Bell schedule: {building or 'all buildings'}",
            [Field("bells", "Periods, one a line", lines, lines=10)],
            wrong,
            save,
            "A name and its times: Period 1 8:00-8:50",
        )
        self.tell("Saved (u undoes it)")
        await self.on_desk_changed()

    async def _pick_building(self, days: Days) -> str:
        named = {str(one["building"]) for one in days.people.values()}
        names = sorted({*named, *days.surroundings.bells.buildings()} - {""})
        options = [(f"b/{name}", name) for name in names]
        options.append((ALL_BUILDINGS, "All buildings that have none of their own"))
        picked = await self._pick("The bells of which building?", options)
        return "" if picked == ALL_BUILDINGS else picked.removeprefix("b/")

    async def _travel(self, days: Days) -> None:
        calendar = _calendar(days)

        async def save(answers: Answers) -> None:
            minutes, path = read_count(answers["travel"], 240), answers["busy"]
            await self.session.perform(
                lambda desk: desk.school_years.set_surroundings(minutes, path, calendar)
            )

        await self._ask(
            "Travel and busy times",
            [
                Field("travel", "Minutes to travel", str(calendar.travel_minutes)),
                Field(
                    "busy", "Busy times from", calendar.busy_from, hint="a file or folder of .ics"
                ),
            ],
            lambda given: {},
            save,
            "Times that your other calendars take are shown in the week, and never suggested.",
        )
        self.tell("Saved (u undoes it)")
        await self.on_desk_changed()

    async def _district(self, days: Days) -> None:
        from coach_tui.screens.calendar.district import DistrictScreen

        found: list[DistrictDay] = []

        async def read(answers: Answers) -> None:
            path = answers["path"]
            entries = await self.session.read_apart(
                lambda desk: desk.school_years.reading_district(path)
            )
            found[:] = entries or []
            if not found:
                raise ValueError("this file says nothing of your school year")

        await self._ask(
            "The district's calendar",
            [Field("path", "File", hint="~/Downloads/district.ics")],
            no_check,
            read,
            "Its entries are shown first; you say which are days off.",
        )
        taken = await self.app.push_screen_wait(DistrictScreen(self.session, found))
        if taken:
            await self._offer_moves(days, "Days of the district's calendar")


def _calendar(days: Days) -> SchoolCalendar:
    if days.calendar is None:
        raise NotDone
    return days.calendar


def _read_days(text: str, today: date) -> list[date]:
    return [read_date(line, today) for line in text.splitlines() if line.strip()]


def _wrong_days(answers: Answers, today: date) -> dict[str, str]:
    for name, read in (("at", read_time), ("days", lambda text: _read_days(text, today))):
        try:
            read(answers[name])
        except ValueError as error:
            return {name: str(error)}
    return {}


def _minute(of_day: time) -> int:
    return of_day.hour * 60 + of_day.minute


def _time(minute: int) -> time:
    return time(minute // 60, minute % 60)
