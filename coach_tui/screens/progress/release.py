"""The ladder of the gradual release, readiness as a checklist, and every proof opened by Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from coach_tui.domain.enumerations import MomentOfNeed
from coach_tui.presentation import dates
from coach_tui.presentation.reading import read_date
from coach_tui.presentation.release import (
    Line,
    checklist_lines,
    fidelity_lines,
    ladder,
    need_lines,
)
from coach_tui.presentation.statuses import phase_words, state_words
from coach_tui.presentation.text import visible
from coach_tui.screens.progress.listing import CoacheeListing
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.field import Field
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk
    from coach_tui.domain.records import Coachee, Cycle
    from coach_tui.screens.dialogs.form import Answers
    from coach_tui.screens.session import Session

NO_GOAL = Line("no-goal", "    no goal is active: readiness rests on one; p opens the goals")


class ReleaseScreen(CoacheeListing):
    """One coachee's ladder and readiness. Nothing moves by itself: `r` moves it, with a reason."""

    BINDINGS = bindings("release", "teacher")
    PLACES = ("release", "teacher", "list", "app")

    def __init__(self, session: Session, coachee: str) -> None:
        """Show the coachee with this id."""
        super().__init__(session, coachee)
        self._coachee: Coachee | None = None
        self._shown: list[Line] = []

    async def read(self) -> None:
        """Read the coachee, what each goal says, and the cycles."""
        today = self.session.today()

        def read(desk: Desk) -> tuple[Coachee, list[Line]]:
            coachee = desk.coachees.get(self._coachee_id)
            wanted = desk.releasing.next_target(coachee)
            lines = ladder(coachee, today)
            found = desk.releasing.readiness(coachee)
            for one in found:
                lines += checklist_lines(one.goal.id, one.goal.statement, one.lists, wanted, today)
            lines += [] if found else [NO_GOAL]
            lines += need_lines(coachee, today)
            return coachee, [*lines, *fidelity_lines(desk.releasing.fidelity(coachee))]

        self._coachee, self._shown = await self.perform(read)

    def show(self) -> None:
        """Show every line."""
        coachee = self._coachee
        if coachee is None:
            return
        now = f"{phase_words(coachee.phase.value)}, {state_words(coachee.state.value)}"
        self.say_title(f"Gradual release · {coachee.name}", now)
        table = self.query_one(KeyedTable)
        table.shape([Column("", 0)])
        table.fill(
            [
                (line.key, (literal(line.words, "bold" if line.heading else ""),))
                for line in self._shown
            ]
        )

    def _current(self) -> Line | None:
        key = self.query_one(KeyedTable).current_key
        return next((line for line in self._shown if line.key == key), None)

    def row_words(self) -> list[str]:
        """Return the line in full where it is a proof, and what can be done elsewhere."""
        line = self._current()
        if line is not None and line.proof is not None:
            return [line.words.strip(), "enter opens it"]
        return ["You and the teacher decide: r moves the phase, with the reason that is kept"]

    def action_open(self) -> None:
        """Open the proof under the cursor; on the ladder, move the phase."""
        line = self._current()
        if line is None:
            return
        if line.proof is None:
            if line.key.startswith("phase:"):
                self.action_phase()
            return
        self._open_proof(line.proof.kind, line.proof.id)

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def _open_proof(self, kind: str, id: str) -> None:
        if kind == "evidence":
            from coach_tui.screens.progress.evidence import EvidenceScreen

            await self.app.push_screen(EvidenceScreen(self.session, id))
        elif kind == "goal":
            from coach_tui.screens.progress.goal import GoalScreen

            await self.app.push_screen(GoalScreen(self.session, id))
        else:
            await self._open_cycle(id)

    async def _open_cycle(self, id: str) -> None:
        """Open the meeting of a cycle, to be read and corrected; without one, what there is."""
        cycles = await self.perform(lambda desk: desk.cycling.of(self._coachee_id))
        found = next((one for one in cycles if one.id == id), None)
        if found is not None and found.meeting is not None:
            await self.open_meeting(id)
        elif found is not None:
            from coach_tui.screens.dialogs.page import Page

            await self.app.push_screen(Page(cycle_lines(found)))

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_need(self) -> None:
        """Note a moment of need; a pressing one after the release proposes re-entry."""
        coachee = await self._selected()

        async def save(answers: Answers) -> None:
            day = read_date(answers["day"], self.session.today())
            moment = MomentOfNeed(answers["moment"])
            await self.session.perform(
                lambda desk: desk.releasing.note_need(coachee, moment, answers["note"], day)
            )

        await self._ask(
            f"A moment of need of {coachee.name}",
            [
                Field("moment", "Moment", "", tuple(one.value for one in MomentOfNeed)),
                Field("note", "Note", lines=3),
                Field("day", "On", "today"),
            ],
            self._needs_day,
            save,
            "When things go wrong, or change, coaching counts most; it can re-open a release (t).",
        )
        self.tell("Noted")
        await self.on_desk_changed()


def cycle_lines(cycle: Cycle) -> list[str]:
    """Return what a cycle without a meeting holds, to be read as a proof."""
    lines = [f"Cycle {cycle.number}", f"Stage: {state_words(cycle.stage.value)}"]
    if cycle.supports:
        lines.append(f"Supports given: {', '.join(one.value for one in cycle.supports)}")
    step = cycle.action_step
    if step is not None:
        lines.append(f"Action step ({state_words(step.state.value)}): {visible(step.text)}")
        if step.success:
            lines.append(f"  Success looks like: {visible(step.success)}")
        if step.check_back is not None:
            back = step.check_back
            note = f": {visible(back.note)}" if back.note else ""
            lines.append(f"  {dates.full(back.date)}: {back.result.value}{note}")
    if cycle.alliance_note:
        lines.append(f"Alliance: {visible(cycle.alliance_note)}")
    if cycle.moment_of_need is not None:
        lines.append(f"Moment of need: {cycle.moment_of_need.value}")
    return lines
