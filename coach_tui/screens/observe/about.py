"""What is said of an observation as a whole: details, check-ins, its end, going on."""

from __future__ import annotations

from textual import work

from coach_tui.domain.enumerations import Delivery, Modality
from coach_tui.domain.records import GroupCheckIn, Observation
from coach_tui.presentation.errors import explain
from coach_tui.presentation.reading import read_count
from coach_tui.screens.base import NotDone
from coach_tui.screens.dialogs.form import Answers, Form
from coach_tui.screens.observe.lines import Lines
from coach_tui.screens.observe.seeing import MOST_STUDENTS
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

NOT_SAID = "not said"


class About(Lines):
    """Forms over the script; what is typed in it stays."""

    async def _kept(self) -> Observation:
        """Return the observation; one that was never begun begins now."""
        if self._observation is None:
            return await self.record(lambda desk, id: desk.observing.get(id), self.now)
        return self._observation

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_details(self) -> None:
        """Ask for the lesson, materials, students, modality, focus."""
        shown = self._observation

        async def save(answers: Answers) -> None:
            before = shown or await self._kept()
            fields = _read_details(answers)
            self._observation = await self.session.perform(
                lambda desk: desk.observing.describe(before, **fields)
            )

        form = Form(
            "About this observation",
            _detail_fields(shown, self._coachee.delivery),
            _details_are_wrong,
            save=save,
            keymap=self.session.settings.keys,
        )
        await self.app.push_screen_wait(form)
        self.show_all()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_groups(self) -> None:
        """Say which priority groups were checked in with, and the trend noted."""
        groups = self.groups
        if not groups:
            self.tell("No priority groups are named on this page yet")
            return
        shown = self._observation

        async def save(answers: Answers) -> None:
            before = shown or await self._kept()
            check_ins = tuple(
                GroupCheckIn(
                    group=group, seen=answers[f"seen{n}"] == "seen", trend=answers[f"trend{n}"]
                )
                for n, group in enumerate(groups)
                if answers[f"seen{n}"] == "seen" or answers[f"trend{n}"].strip()
            )
            self._observation = await self.session.perform(
                lambda desk: desk.observing.describe(before, check_ins=check_ins)
            )

        keymap = self.session.settings.keys
        fields = _group_fields(shown, groups)
        form = Form("Check in with priority groups", fields, save=save, keymap=keymap)
        await self.app.push_screen_wait(form)
        self.show_all()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_end(self) -> None:
        """End the observation; a half-typed line is saved with it, and what is there is said."""
        if not self.is_open:
            return
        await self.finish_line()
        self.forget_draft()
        id = self._observation_id
        if id is None:
            self.dismiss()
            return
        seen = self._observation
        if seen is not None and (seen.quick_notes or seen.from_paper):
            self.show_ended(seen)
            return
        ended = await self.perform(lambda desk: desk.observing.finish(id))
        if ended is None:
            self.tell("Nothing was put down: no visit was recorded")
            self.dismiss()
            return
        if self.script.chosen is None:
            self.script.choose_last()
        self.show_ended(ended)
        self.script.focus()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_go_on(self) -> None:
        """Go on with an ended observation; the time between is a pause. Notes just take lines."""
        seen = self._observation
        if seen is None or self.is_open:
            return
        if not seen.quick_notes and not seen.from_paper:
            id = seen.id
            seen = await self.perform(lambda desk: desk.observing.go_on(id))
        else:
            self._adding = True
        self.show_observation(seen)
        self.line.focus()
        self.keep_draft()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what this observation can do: an ended one goes on by a command alone."""
        if action in ("go_on", "meet"):
            return not self.is_open
        if action == "not_here":
            return self.is_open or self.is_among_lines
        if action in ("allow", "infer"):
            return self.is_open and not self.is_among_lines
        if action in ("end", "more", "complete"):
            return self.is_open
        return super().check_action(action, parameters)

    async def leave(self) -> None:
        """Save what is typed, then leave; a running observation keeps running.

        One in which nothing was ever put down is no visit, and is not kept.
        """
        await self.finish_line()
        self.forget_draft()
        seen = self._observation
        if seen is not None and seen.end is None and seen.is_empty:
            try:
                await self.perform(lambda desk: desk.observing.finish(seen.id))
            except NotDone:
                return
        self.dismiss()


def _detail_fields(shown: Observation | None, usual: Delivery) -> list[Field]:
    students = "" if shown is None or shown.students is None else str(shown.students)
    modality = Modality.IN_PERSON if shown is None else shown.modality
    delivery = usual if shown is None or shown.delivery is None else shown.delivery
    deliveries = tuple(one.value for one in Delivery)

    def words(name: str) -> str:
        return "" if shown is None else str(getattr(shown, name))

    return [
        Field("lesson", "Lesson", words("lesson")),
        Field("materials", "Materials", words("materials")),
        Field("students", "Students", students, hint="how many"),
        Field("modality", "Modality", modality.value, tuple(one.value for one in Modality)),
        Field("technique", "Technique", words("technique"), hint="scripting, video, walk-through"),
        Field("delivery", "Coaching is given", delivery.value, deliveries),
        Field("potential_focus", "Potential focus", words("potential_focus"), hint=YOURS),
        Field("key_lever", "Key lever", words("key_lever"), hint=YOURS),
    ]


YOURS = "yours until agreed"


def _read_details(answers: Answers) -> dict[str, object]:
    count = answers["students"].strip()
    return {
        **answers,
        "modality": Modality(answers["modality"]),
        "delivery": Delivery(answers["delivery"]),
        "students": read_count(count, MOST_STUDENTS) if count else None,
    }


def _details_are_wrong(answers: Answers) -> dict[str, str]:
    try:
        read_count(answers["students"], MOST_STUDENTS)
    except ValueError as error:
        return {"students": explain(error)}
    return {}


def _group_fields(shown: Observation | None, groups: list[str]) -> list[Field]:
    known = {} if shown is None else {one.group: one for one in shown.check_ins}
    fields = []
    for number, group in enumerate(groups):
        seen = known.get(group)
        was_seen = "seen" if seen and seen.seen else "not seen"
        fields += [
            Field(f"seen{number}", group, was_seen, ("not seen", "seen")),
            Field(f"trend{number}", "  trend", seen.trend if seen else ""),
        ]
    return fields
