"""An observation: lines typed one by one, each stamped and saved at Enter."""

from __future__ import annotations

from datetime import datetime

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
from coach_tui.widgets.script_view import ScriptView

MOST_STUDENTS = 2000


class ObserveScreen(CoachScreen):
    """The script above, one line to type in below.

    A line is shown as being saved until the disk has it; one that could not be saved comes back
    into the input, so that nothing typed is lost.
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
        self._waiting: list[str] = []

    def compose(self) -> ComposeResult:
        """Lay out title, script, input and keys."""
        yield TitleBar(f"Notes · {self._coachee.name}")
        yield ScriptView(self.session.clock.local)
        line = Input(
            placeholder="what you see and hear; Enter saves the line",
            id="observe-input",
            compact=True,
        )
        line.cursor_blink = False
        yield line
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
        self.query_one(ScriptView).show(shown.lines, tuple(self._waiting))
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

    def action_submit(self) -> None:
        """Stamp the line and save it."""
        line = self.query_one("#observe-input", Input)
        text = line.value
        if not text.strip():
            return
        begun = self._begun or self.session.clock.now()
        line.value = ""
        self._begun = None
        self._waiting.append(text)
        self._show()
        self._save(text, begun)

    @work(exit_on_error=False)
    async def _save(self, text: str, begun: datetime) -> None:
        try:
            await self._go_on_if_ended()
            saved = await self.perform(
                lambda desk: desk.observing.add_line(self._observation_id, text, begun)
            )
        except NotDone:
            self._waiting.remove(text)
            line = self.query_one("#observe-input", Input)
            line.value = f"{text} {line.value}".strip()
            line.cursor_position = len(line.value)
            self._show()
            raise
        self._waiting.remove(text)
        self._show(saved)

    async def _go_on_if_ended(self) -> None:
        if self._observation is not None and self._observation.end is not None:
            self._observation = await self.perform(
                lambda desk: desk.observing.go_on(self._observation_id)
            )

    async def settle(self) -> None:
        """Save a half-typed line as a line: leaving never throws words away."""
        line = self.query_one("#observe-input", Input)
        text, begun = line.value, self._begun or self.session.clock.now()
        if not text.strip():
            return
        await self._go_on_if_ended()
        await self.perform(lambda desk: desk.observing.add_line(self._observation_id, text, begun))
        line.value = ""

    @work(exit_on_error=False)
    async def action_end(self) -> None:
        """End the observation; a half-typed line is saved with it."""
        await self.settle()
        ended = await self.perform(lambda desk: desk.observing.end(self._observation_id))
        self.tell(f"Ended with {plural(len(ended.lines), 'line')}")
        self.dismiss()

    @work(exit_on_error=False)
    async def action_back(self) -> None:
        """Leave; a running observation keeps running, and a half-typed line is saved."""
        await self.settle()
        self.dismiss()

    @work(exit_on_error=False)
    async def action_details(self) -> None:
        """Ask for the lesson, materials, students and modality."""
        shown = self._observation
        if shown is None:
            return
        students = "" if shown.students is None else str(shown.students)
        form = Form(
            "About this observation",
            [
                Field("lesson", "Lesson", shown.lesson),
                Field("materials", "Materials", shown.materials),
                Field("students", "Students", students, hint="how many"),
                Field(
                    "modality", "Modality", shown.modality.value, tuple(m.value for m in Modality)
                ),
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
            keymap=self.session.settings.keys,
        )
        answers = await self.app.push_screen_wait(form)
        if answers is None:
            return
        count = answers.pop("students").strip()
        fields = {
            **answers,
            "modality": Modality(answers["modality"]),
            "students": read_count(count, MOST_STUDENTS) if count else None,
        }
        self._show(await self.perform(lambda desk: desk.observing.describe(shown, **fields)))

    def _details_are_wrong(self, answers: Answers) -> dict[str, str]:
        try:
            read_count(answers["students"], MOST_STUDENTS)
        except ValueError as error:
            return {"students": explain(error)}
        return {}

    @work(exit_on_error=False)
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
        form = Form("Check in with priority groups", fields, keymap=self.session.settings.keys)
        answers = await self.app.push_screen_wait(form)
        if answers is None:
            return
        check_ins = tuple(
            GroupCheckIn(
                group=group, seen=answers[f"seen{n}"] == "seen", trend=answers[f"trend{n}"]
            )
            for n, group in enumerate(groups)
            if answers[f"seen{n}"] == "seen" or answers[f"trend{n}"].strip()
        )
        self._show(
            await self.perform(lambda desk: desk.observing.describe(shown, check_ins=check_ins))
        )

    def action_page_up(self) -> None:
        """Scroll the script up by a page."""
        self.query_one(ScriptView).scroll_page_up(animate=False)

    def action_page_down(self) -> None:
        """Scroll the script down by a page."""
        self.query_one(ScriptView).scroll_page_down(animate=False)
