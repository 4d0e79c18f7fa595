"""Where lines go from here: to a goal as evidence, to a meeting, to a file, to the teacher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from coach_tui.coaching.refusals import REFUSALS
from coach_tui.domain.records import Observation
from coach_tui.presentation.documents import Format
from coach_tui.presentation.errors import explain
from coach_tui.presentation.observation_document import (
    left_out,
    own_document,
    shareable_document,
)
from coach_tui.screens.observe.about import About
from coach_tui.screens.observe.linking import link
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.screens.dialogs.form import Answers


class PassingOn(About):
    """Linking, meeting, exporting, sharing."""

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_link(self) -> None:
        """Link the chosen line to a goal as evidence."""
        seen, chosen = self._observation, self.script.chosen
        if seen is not None and chosen is not None:
            await link(self, seen.coachee, {seen.id: [chosen.id]})

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_meet(self) -> None:
        """Open the feedback meeting about this visit, prepared from its lines."""
        from coach_tui.screens.meeting.screen import MeetingScreen

        seen = self._observation
        if seen is None or seen.cycle is None:
            self.tell("No visit: these notes go into the next feedback meeting")
            return
        try:
            screen = await MeetingScreen.opened(self.session, seen.cycle)
        except REFUSALS as error:
            self.complain(explain(error))
            return
        self.app.push_screen(screen)

    # ------------------------------------------------------------------------------------ export

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_export(self) -> None:
        """Write everything to a file of the coach's own, or share what is evidence."""
        from coach_tui.screens.dialogs.choice import Pick

        seen = self._observation
        if seen is None or seen.is_empty:
            self.tell("There is nothing to export yet")
            return
        options = [
            ("share", "Share with the teacher: evidence only, previewed first"),
            ("md", "Everything, for you: Markdown"),
            ("txt", "Everything, for you: plain text"),
        ]
        intro = "What you share leaves out inferences, questions, your tags, other people's names."
        picked = await self.app.push_screen_wait(Pick("Export this observation", options, intro))
        if picked == "share":
            await self._share(seen)
        elif picked is not None:
            await self._write_file(seen, Format(picked))

    async def _share(self, seen: Observation) -> None:
        from coach_tui.screens.dialogs.share import share

        local, name = self.session.clock.local, self._coachee.name
        document = shareable_document(name, seen, local, self.now)
        await share(self, "observation", self._coachee, document, left_out(seen))

    async def _write_file(self, seen: Observation, form: Format) -> None:
        from coach_tui.exchange.out_files import write_new
        from coach_tui.screens.dialogs.form import Form

        document = own_document(self._coachee.name, seen, self.session.clock.local, self.now)
        text = document.written(form)

        async def save(answers: Answers) -> None:
            write_new(_expanded(answers["path"]), text.encode())

        form_dialog = Form(
            "Write everything to a new file",
            [Field("path", "File", f"~/notes-{seen.date.isoformat()}.{form.value}")],
            lambda given: {} if given["path"].strip() else {"path": "give the name of a file"},
            save=save,
            intro="It holds inferences and private words: it is yours, and readable by you only.",
            keymap=self.session.settings.keys,
        )
        answers = await self.app.push_screen_wait(form_dialog)
        if answers is not None:
            self.tell(f"Written to {answers['path']}")


def _expanded(path: str) -> str:
    import os

    return os.path.expanduser(path)
