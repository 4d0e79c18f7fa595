"""About the meeting as a whole: its day, who was there, ending it, and the follow-up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from textual import work

from coach_tui.coaching.meetings import LONGEST_MEETING
from coach_tui.domain.enumerations import CoacheeKind, Delivery, MeetingStep
from coach_tui.domain.records import EngagementReview
from coach_tui.presentation import dates
from coach_tui.presentation.follow_up import follow_up_document, left_out_words
from coach_tui.presentation.reading import (
    read_count,
    read_date,
    read_list,
)
from coach_tui.screens.meeting.next_visit import HINT, NextVisit
from coach_tui.screens.meeting.sheet import OnAMeeting
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.screens.dialogs.form import Answers


class EndingTheMeeting(OnAMeeting):
    """Where a meeting is described, ended, and followed up."""

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_about(self) -> None:
        """Change the day, the minutes, the delivery, who was there, alliance building, a note."""
        await self._describe()

    async def _describe(self) -> None:
        sheet = self._sheet
        meeting = sheet.meeting
        team = sheet.coachee.kind is CoacheeKind.TEAM
        fields = [
            Field("day", "Held on" if meeting.held else "Planned for", dates.full(meeting.date)),
            Field("minutes", "Minutes", str(meeting.minutes or "")),
            Field("delivery", "Delivery", meeting.delivery.value, tuple(Delivery)),
            *([Field("present", "Who was there", "; ".join(meeting.present))] if team else []),
            Field("alliance", "Alliance building", sheet.cycle.alliance_note, lines=2),
            Field("note", "Note", meeting.note, lines=3),
        ]

        async def save(answers: Answers) -> None:
            changes: dict[str, Any] = {
                "date": read_date(answers["day"], self.session.today()),
                "minutes": read_count(answers["minutes"], LONGEST_MEETING),
                "delivery": Delivery(answers["delivery"]),
                "note": answers["note"],
            }
            if team:
                changes["present"] = read_list(answers["present"], ";")
            await self.session.perform(
                lambda desk: desk.meetings.describe(
                    self._cycle_id, meeting, alliance=answers["alliance"], **changes
                )
            )

        await self._ask("About the meeting", fields, self._about_is_wrong, save)
        await self.take_anew()

    def _about_is_wrong(self, answers: Answers) -> dict[str, str]:
        minutes = self._count_is_wrong("minutes", answers, LONGEST_MEETING)
        return {**self._needs_day(answers), **minutes}

    async def _choose_goal(self) -> None:
        """Ask which of the active growth goals this cycle is about."""
        goals = self._sheet.goals
        if not goals:
            self.tell("There is no active growth goal yet (p shows progress)")
            return
        options = [(goal.id, goal.statement) for goal in goals]
        picked = await self._pick("Which growth goal is this cycle about?", options)
        await self.perform(lambda desk: desk.meetings.choose_goal(self._cycle_id, picked))
        await self.take_anew()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_engagement(self) -> None:
        """Review who takes part in distance learning, and who does not (seed 001)."""
        await self._review_engagement()

    async def _review_engagement(self) -> None:
        sheet = self._sheet
        review = sheet.meeting.engagement_review or EngagementReview()

        async def save(answers: Answers) -> None:
            reviewed = EngagementReview(
                source=answers["source"],
                reviewed=answers["reviewed"] == "yes",
                flagged=answers["flagged"],
                next_step=answers["next"],
            )
            await self.session.perform(
                lambda desk: desk.meetings.describe(
                    self._cycle_id,
                    sheet.meeting,
                    alliance=sheet.cycle.alliance_note,
                    engagement_review=reviewed,
                )
            )

        await self._ask(
            "Student engagement in distance learning",
            [
                Field("source", "Looked at", review.source, hint="log-ins, work handed in ..."),
                Field("reviewed", "Reviewed", "yes" if review.reviewed else "no", ("no", "yes")),
                Field("flagged", "May not take part", review.flagged, hint="S4, S11, or a count"),
                Field("next", "Next step", review.next_step, hint="how to reach out to them"),
            ],
            lambda given: {},
            save,
            "Students as numbers or initials. It stays in the meeting, and is no evidence.",
        )
        await self.take_anew()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_end(self) -> None:
        """End the meeting: it was held. Its cycle moves on, and the next visit is proposed."""
        sheet = self._sheet
        if sheet.meeting.held:
            self.tell("It was held already: f2 corrects the day and the minutes")
            return
        await self._end_the_observation()
        today = self.session.today()
        days = await self.days_now()
        minutes, coming = await self.perform(
            lambda desk: (
                desk.meetings.minutes_so_far(sheet.meeting),
                NextVisit.read(desk, sheet.coachee, days),
            )
        )

        async def save(answers: Answers) -> None:
            day = read_date(answers["day"], today)
            await self.session.perform(
                lambda desk: desk.meetings.hold(
                    self._cycle_id,
                    day,
                    minutes=read_count(answers["minutes"], LONGEST_MEETING),
                    alliance=answers["alliance"],
                )
            )
            when = coming.time_of(answers["next"], self.session.clock)
            if when is not None:
                await self.session.perform(
                    lambda desk: desk.planning.plan_next_visit(self._coachee_id, when)
                )

        def is_wrong(answers: Answers) -> dict[str, str]:
            return {**self._about_is_wrong(answers), **self._next_is_wrong(coming, answers)}

        await self._ask(
            f"End the meeting with {sheet.coachee.name}",
            [
                Field("day", "Held on", dates.full(self._begun_on())),
                Field("minutes", "Minutes", str(minutes)),
                Field("alliance", "Alliance building", sheet.cycle.alliance_note, lines=2),
                Field("next", "Next visit", coming.shown, hint=HINT),
            ],
            is_wrong,
            save,
            self._what_is_open(),
        )
        self.tell("Held. f writes the follow-up to the teacher")
        await self.take_anew()

    def _begun_on(self) -> date:
        """Return the day on which the meeting was begun; today, where it was not."""
        meeting = self._sheet.meeting
        return self.session.today() if meeting.begun is None else meeting.date

    def _what_is_open(self) -> str:
        """Return what is left open, as information: nothing of it is asked for."""
        sheet = self._sheet
        steps = (sheet.meeting.steps[step] for step in MeetingStep)
        undone = [str(number) for number, of in enumerate(steps, 1) if not of.done]
        words = [f"Steps not marked as done: {', '.join(undone)}."] if undone else []
        if sheet.cycle.action_step is None:
            words.append("No action step was agreed (x).")
        return " ".join(words)

    def _next_is_wrong(self, coming: NextVisit, answers: Answers) -> dict[str, str]:
        """Return what is wrong with the next visit: known before the meeting is ended."""
        try:
            coming.time_of(answers["next"], self.session.clock)
        except ValueError as error:
            return {"next": str(error)}
        return {}

    async def _end_the_observation(self) -> None:
        """Ask about an observation that still runs: the meeting about it comes after its end."""
        sheet = self._sheet
        of_cycle = [one for one in sheet.observations.values() if one.cycle == self._cycle_id]
        running = next((one for one in of_cycle if one.end is None), None)
        if running is None:
            return
        await self._pick(
            "The observation still runs.", [("end", "End it now, and then the meeting")]
        )
        await self.perform(lambda desk: desk.observing.end(running.id))

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_follow_up(self) -> None:
        """Write to the teacher: shown first, changed as she likes, then shared and logged."""
        from coach_tui.screens.dialogs.share import share

        sheet = self._sheet
        found, visit = await self.perform(lambda desk: desk.follow_ups.of(self._cycle_id))
        if not found.praise:
            self.tell("There is no praise in it yet: add a sentence to step 1")
        local = self.session.clock.local
        document = follow_up_document(found, sheet.meeting.date, local, visit)
        shared = await share(self, "follow-up", sheet.coachee, document, left_out_words(found))
        if shared is None:
            return
        await self.perform(lambda desk: desk.follow_ups.sent(self._cycle_id))
        await self.take_anew()
