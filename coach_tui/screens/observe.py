"""An observation: lines typed one by one, each stamped and saved at Enter."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Self

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import Input

from coach_tui.domain.enumerations import Modality
from coach_tui.domain.records import Coachee, GroupCheckIn, Observation
from coach_tui.presentation.errors import explain
from coach_tui.presentation.observation import heading
from coach_tui.presentation.reading import read_count
from coach_tui.presentation.text import plural
from coach_tui.screens.base import CoachScreen, NotDone
from coach_tui.screens.dialogs.form import Answers, Form
from coach_tui.screens.session import Session
from coach_tui.widgets.bars import KeyBar, TitleBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.field import Field
from coach_tui.widgets.inputs import ScriptInput
from coach_tui.widgets.one_key import ACTIONS
from coach_tui.widgets.script_view import ScriptView

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk

MOST_STUDENTS = 2000

TRY_AGAIN_AFTER = 5.0
"""Seconds after which lines that could not be saved are tried again."""


class ObserveScreen(CoachScreen):
    """The script above, one line to type in below.

    A line is shown as being saved until the disk has it. Lines that could not be saved stay in
    sight and are tried again; leaving waits for them.
    """

    CSS_PATH = "observe.tcss"
    BINDINGS = bindings("observe")
    PLACES = ("observe", "app")
    AUTO_FOCUS = "#observe-input"

    def __init__(self, session: Session, coachee: Coachee, observation: str) -> None:
        """Write in the observation with this id."""
        super().__init__(session)
        self._coachee, self._observation_id = coachee, observation
        self._observation: Observation | None = None
        self._begun: datetime | None = None
        self._waiting: list[tuple[str, datetime]] = []
        self._writing = asyncio.Lock()

    def draft_place(self) -> dict[str, str]:
        """Say which observation this is."""
        ids = {"coachee": self._coachee.id, "observation": self._observation_id}
        return {**super().draft_place(), **ids}

    def history_of(self) -> tuple[str, str, str] | None:
        """Return this observation."""
        return f"notes on {self._coachee.name}", "observations", self._observation_id

    @classmethod
    async def again(cls, session: Session, place: Mapping[str, str]) -> Self:
        """Make the screen of an observation that is still there; raises when it is not."""
        id, observation = place.get("coachee", ""), place.get("observation", "")
        coachee = await session.perform(lambda desk: desk.coachees.get(id))
        await session.perform(lambda desk: desk.observing.get(observation))
        return cls(session, coachee, observation)

    def compose(self) -> ComposeResult:
        """Lay out title, script, input and keys."""
        yield TitleBar(f"Notes · {self._coachee.name}")
        yield ScriptView(self.session.clock.local)
        yield ScriptInput(hint="what you see and hear; Enter saves the line", id="observe-input")
        yield KeyBar("observe", keymap=self.session.settings.keys)

    def on_mount(self) -> None:
        """Read the observation; one that was ended goes on when a line is typed."""
        self._read()

    @work(exit_on_error=False)
    async def _read(self) -> None:
        self._show(await self.perform(lambda desk: desk.observing.get(self._observation_id)))

    def _show(self, observation: Observation | None = None) -> None:
        if observation is not None:
            self._observation = observation
        shown = self._observation
        if shown is None or not self.is_attached:
            return
        self.query_one(ScriptView).show(shown.lines, tuple(text for text, _ in self._waiting))
        title = self.query_one(TitleBar)
        title.heading = f"Notes · {self._coachee.name} · {heading(shown, self.session.clock.local)}"
        title.aside = plural(len(shown.lines), "line")

    @on(Input.Changed)
    def _note_when_begun(self, event: Input.Changed) -> None:
        """Keep the moment at which the line was begun: that is its time."""
        if not event.value.strip():
            self._begun = None
        elif self._begun is None:
            self._begun = self.session.clock.now()

    @on(Input.Submitted)
    def _enter(self) -> None:
        self.action_submit()

    @on(ScriptInput.Pasted)
    def _take_pasted(self, event: ScriptInput.Pasted) -> None:
        """Make every pasted line a line of its own."""
        begun = self._begun or self.session.clock.now()
        self._waiting.extend((line, begun) for line in event.lines if line.strip())
        self._show()
        self._save_waiting()

    def action_submit(self) -> None:
        """Stamp the line and hand it to be saved."""
        if self._take_line():
            self._show()
            self._save_waiting()

    def _take_line(self) -> bool:
        """Move what stands in the input to the lines that wait; whether there was anything."""
        line = self.query_one("#observe-input", Input)
        if not line.value.strip():
            return False
        self._waiting.append((line.value, self._begun or self.session.clock.now()))
        line.value = ""
        self._begun = None
        return True

    @work(exit_on_error=False)
    async def _save_waiting(self) -> None:
        await self._write()

    async def _write(self) -> None:
        """Save the lines that wait, in their order; those that were refused wait on, in sight.

        Raises `NotDone` when they were refused; they are tried again with the next line, and
        after a while.
        """
        async with self._writing:
            while self._waiting:
                lines = tuple(self._waiting)
                write = partial(_write_lines, id=self._observation_id, lines=lines)
                try:
                    saved = await self.perform(write)
                except NotDone:
                    self.set_timer(TRY_AGAIN_AFTER, self._save_waiting)
                    raise
                del self._waiting[: len(lines)]
                self._show(saved)

    async def settle(self) -> None:
        """Save what is typed and what waits: leaving never throws words away."""
        self._take_line()
        await self._write()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_end(self) -> None:
        """End the observation; a half-typed line is saved with it."""
        await self.settle()
        ended = await self.perform(lambda desk: desk.observing.end(self._observation_id))
        self.tell(f"Ended with {plural(len(ended.lines), 'line')}")
        self.dismiss()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_back(self) -> None:
        """Leave; a running observation keeps running, and a half-typed line is saved."""
        await self.settle()
        self.dismiss()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_details(self) -> None:
        """Ask for the lesson, materials, students and modality."""
        shown = self._observation
        if shown is None:
            return
        students = "" if shown.students is None else str(shown.students)

        async def save(answers: Answers) -> None:
            count = answers["students"].strip()
            fields = {
                **answers,
                "modality": Modality(answers["modality"]),
                "students": read_count(count, MOST_STUDENTS) if count else None,
            }
            self._observation = await self.session.perform(
                lambda desk: desk.observing.describe(shown, **fields)
            )

        modalities = tuple(modality.value for modality in Modality)
        form = Form(
            "About this observation",
            [
                Field("lesson", "Lesson", shown.lesson),
                Field("materials", "Materials", shown.materials),
                Field("students", "Students", students, hint="how many"),
                Field("modality", "Modality", shown.modality.value, modalities),
                Field("technique", "Technique", shown.technique),
                Field(
                    "potential_focus",
                    "Potential focus",
                    shown.potential_focus,
                    hint="yours until agreed",
                ),
                Field("key_lever", "Key lever", shown.key_lever, hint="yours until agreed"),
            ],
            self._details_are_wrong,
            save=save,
            keymap=self.session.settings.keys,
        )
        await self.app.push_screen_wait(form)
        self._show()

    def _details_are_wrong(self, answers: Answers) -> dict[str, str]:
        try:
            read_count(answers["students"], MOST_STUDENTS)
        except ValueError as error:
            return {"students": explain(error)}
        return {}

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_groups(self) -> None:
        """Say which priority groups were checked in with, and the trend noted."""
        shown = self._observation
        if shown is None:
            return
        groups = [group.label for group in self._coachee.priority_groups]
        if not groups:
            self.tell("No priority groups are named on this page yet")
            return
        known = {one.group: one for one in shown.check_ins}
        fields = []
        for number, group in enumerate(groups):
            seen = known.get(group)
            fields += [
                Field(
                    f"seen{number}",
                    group,
                    "seen" if seen and seen.seen else "not seen",
                    ("not seen", "seen"),
                ),
                Field(f"trend{number}", "  trend", seen.trend if seen else ""),
            ]

        async def save(answers: Answers) -> None:
            check_ins = tuple(
                GroupCheckIn(
                    group=group,
                    seen=answers[f"seen{n}"] == "seen",
                    trend=answers[f"trend{n}"],
                )
                for n, group in enumerate(groups)
                if answers[f"seen{n}"] == "seen" or answers[f"trend{n}"].strip()
            )
            self._observation = await self.session.perform(
                lambda desk: desk.observing.describe(shown, check_ins=check_ins)
            )

        keymap = self.session.settings.keys
        form = Form("Check in with priority groups", fields, save=save, keymap=keymap)
        await self.app.push_screen_wait(form)
        self._show()

    def action_page_up(self) -> None:
        """Scroll the script up by a page."""
        self.query_one(ScriptView).scroll_page_up(animate=False)

    def action_page_down(self) -> None:
        """Scroll the script down by a page."""
        self.query_one(ScriptView).scroll_page_down(animate=False)


def _write_lines(desk: Desk, id: str, lines: tuple[tuple[str, datetime], ...]) -> Observation:
    return desk.observing.write(id, lines)
