"""Planning, moving and cancelling on the calendar."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from textual import work

from coach_tui.coaching.planning.days import Days
from coach_tui.coaching.planning.planning import Time
from coach_tui.coaching.planning.suggesting import building_of, in_the_way
from coach_tui.domain.planning.appointments import LENGTHS, Appointment, Stage, Standing
from coach_tui.presentation.calendar.signs import conflict_words
from coach_tui.presentation.dates import full, short
from coach_tui.presentation.text import plural
from coach_tui.presentation.times import clock
from coach_tui.screens.base import NotDone
from coach_tui.screens.calendar.chosen import ChosenOnCalendar
from coach_tui.screens.dialogs.form import Answers
from coach_tui.screens.dialogs.plan import DROP, SAVED, Asked, PlanDialog, Save
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

MOVES = (Stage.VISIT, Stage.MEETING, Stage.CHECK_BACK, Stage.LESSON)
"""What can be moved to another day."""

TIMED = (Stage.VISIT, Stage.MEETING, Stage.CHECK_BACK)
"""What has a time of its own."""

SKIPPED = "Days off are skipped: a visit moves to the next school day."


class ArrangingOnCalendar(ChosenOnCalendar):
    """Where entries get their days and times. Conflicts are named, never forbidden."""

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_plan(self) -> None:
        """Plan the chosen ghost; without one, whom the coach picks, on the day under the cursor."""
        days, chosen = self.require_days(), self.chosen
        if chosen is not None and chosen.standing is Standing.GHOST:
            person, stage = chosen.person, chosen.stage
        else:
            person, stage = await self._pick_person(days), Stage.VISIT
        asked = Asked(
            heading=f"Plan a {stage.value}: {days.name(person)}",
            person=person,
            stage=stage,
            day=max(self.cursor, days.today),
            text=self._text_of_cursor(days, person),
        )
        await self._ask_when(asked, days, lambda when: self._plan(person, stage, when))

    async def _plan(self, person: str, stage: Stage, when: Time) -> None:
        await self.session.perform(lambda desk: desk.planning.plan(person, stage, when))

    def _text_of_cursor(self, days: Days, person: str) -> str:
        """Return what the cursor says of the time, as the line of the dialog begins with it."""
        day = max(self.cursor, days.today)
        words = f"{day.day} {short(day, days.today).split()[1].lower()}"
        if abs((day - days.today).days) > 150:
            words = day.isoformat()
        period = self.period_under_cursor
        bells = days.surroundings.bells
        if period and bells.find(period, building_of(days, person)) is not None:
            words = f"{words} {period.lower()}"
        return f"{words} "  # what is typed goes on behind it

    async def _pick_person(self, days: Days) -> str:
        """Ask whom to visit; raises `NotDone` when nobody was picked."""
        from coach_tui.screens.dialogs.picker import Picker

        everyone = sorted(days.people.values(), key=lambda one: str(one["name"]).casefold())
        options = [
            (str(one["id"]), str(one["name"]), self._about(one["id"], str(one["building"])))
            for one in everyone
            if one["state"] not in ("closed", "proposed")
        ]
        if not options:
            self.tell("Nobody is on your caseload yet: 2 goes there, and a adds somebody")
            raise NotDone
        picked = await self.app.push_screen_wait(Picker("Plan a visit to whom?", options))
        if picked is None:
            raise NotDone
        return picked

    def _about(self, person: str, building: str) -> str:
        from coach_tui.presentation.statuses import due_mark

        caseload = self.session.caseload
        rows = caseload.rows if caseload is not None else []
        due = next((due_mark(row.due) for row in rows if row.facts.id == person), "")
        return " · ".join(part for part in (due, building) if part)

    async def _ask_when(self, asked: Asked, days: Days, save: Save) -> None:
        """Ask when, save it, and show the day that was taken."""
        taken: list[Time] = []

        async def saved(when: Time) -> None:
            await save(when)
            taken.append(when)

        answer = await self.app.push_screen_wait(PlanDialog(asked, days, self.session.clock, saved))
        if answer == DROP:
            self.call_later(self.run_action, "cancel")
        elif answer == SAVED:
            await self._show_taken(asked, taken[-1])

    async def _show_taken(self, asked: Asked, when: Time) -> None:
        time = "" if when.start is None else f", {clock(when.start)}"
        self.tell(f"{asked.stage.value.capitalize()} on {full(when.day)}{time}")
        self.cursor = when.day
        now = await self.days_now()
        new = [one for one in now.on(when.day) if one.person == asked.person]
        same = [one for one in new if one.stage is asked.stage]
        self.chosen_key = same[0].key if same else ""
        await self.on_desk_changed()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_retime(self) -> None:
        """Say anew when the chosen entry is."""
        days, chosen = self.require_days(), self._planned_choice(TIMED)
        start = "" if chosen.start is None else f" {clock(chosen.start)}"
        asked = Asked(
            heading=f"Move the {chosen.stage.value}: {days.name(chosen.person)}",
            person=chosen.person,
            stage=chosen.stage,
            day=chosen.day,
            record=chosen.record,
            minutes=chosen.minutes,
            text=f"{chosen.day.isoformat()}{start}",
            can_drop=chosen.stage is Stage.VISIT,
        )
        await self._ask_when(asked, days, partial(self._move, chosen))

    async def _move(self, chosen: Appointment, when: Time) -> None:
        await self.session.perform(lambda desk: desk.planning.move(chosen, when))

    def _planned_choice(self, stages: tuple[Stage, ...]) -> Appointment:
        """Return the chosen entry if it is planned and one of `stages`; else say why not."""
        chosen = self.chosen
        if chosen is None:
            self.tell("There is no entry here: tab goes through those of a day")
            raise NotDone
        if chosen.standing is Standing.GHOST:
            self.tell("It is due, and planned by nobody yet: a plans it")
            raise NotDone
        if chosen.standing in (Standing.DONE, Standing.RUNNING) or chosen.stage not in stages:
            self.tell(f"A {chosen.stage.value} like this one cannot be moved")
            raise NotDone
        return chosen

    def action_day_earlier(self) -> None:
        """Move the chosen entry a day back."""
        self.move_by(-1)

    def action_day_later(self) -> None:
        """Move the chosen entry a day on."""
        self.move_by(1)

    def action_week_earlier(self) -> None:
        """Move the chosen entry a week back."""
        self.move_by(-7)

    def action_week_later(self) -> None:
        """Move the chosen entry a week on."""
        self.move_by(7)

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def move_by(self, count: int) -> None:
        """Move the chosen entry so many days, and follow it; what is in the way is named."""
        days, chosen = self.require_days(), self._planned_choice(MOVES)
        day = chosen.day + timedelta(days=count)
        when = Time(day, chosen.start, _own(chosen), chosen.period)
        await self.perform(lambda desk: desk.planning.move(chosen, when))
        found = in_the_way(days, chosen.stage, chosen.person, when, chosen.record)
        words = "; ".join(conflict_words(one, days.people) for one in found)
        if words:
            self.complain(f"Moved to {full(day)}, all the same: {words} (u undoes it)")
        else:
            self.tell(f"Moved to {full(day)}")
        self.cursor = day
        self.chosen_key = f"{chosen.stage.value}/{chosen.record}/{day.isoformat()}"
        await self.on_desk_changed()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_cancel(self) -> None:
        """Cancel the cycle of a visit with its reason; take a meeting or check back off its day."""
        days, chosen = self.require_days(), self._planned_choice(TIMED)
        name = days.name(chosen.person)
        if chosen.stage is not Stage.VISIT:
            await self.perform(lambda desk: desk.planning.unplan(chosen))
            self.tell(f"The {chosen.stage.value} with {name} has no day any more (u undoes it)")
            await self.on_desk_changed()
            return
        await self._ask(
            f"Cancel the cycle with {name}?",
            [Field("reason", "Reason", hint="it is kept with the cycle")],
            lambda given: {} if given["reason"].strip() else {"reason": "give the reason"},
            lambda given: self._cancel(chosen, given["reason"]),
        )
        self.tell("Cycle cancelled (u undoes it)")
        await self.on_desk_changed()

    async def _cancel(self, chosen: Appointment, reason: str) -> None:
        await self.session.perform(lambda desk: desk.planning.cancel(chosen, reason))

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_series(self) -> None:
        """Plan visits to one coachee over a term, by a cadence, skipping days off."""
        from coach_tui.screens.calendar.series_form import SeriesForm
        from coach_tui.screens.dialogs.choice import Pick

        days = self.require_days()
        person = self.selected_id or await self._pick_person(days)
        form, counts = SeriesForm(days, person), list[int]()

        async def sure(answers: Answers) -> bool:
            words, listed = form.told(answers)
            picked = Pick(f"{words}?", [("plan", words)], listed)
            return await self.app.push_screen_wait(picked) is not None

        async def save(answers: Answers) -> None:
            found, when = form.found(answers), form.time(answers)
            counts.append(
                await self.session.perform(lambda desk: desk.planning.series(person, found, when))
            )

        first = max(self.cursor, days.today)
        await self._ask(form.title, form.fields(first), form.wrong, save, SKIPPED, sure=sure)
        self.tell(f"{plural(counts[-1], 'visit')} planned (u undoes it)")
        await self.on_desk_changed()


def _own(chosen: Appointment) -> int | None:
    return None if chosen.minutes == LENGTHS[chosen.stage] else chosen.minutes
