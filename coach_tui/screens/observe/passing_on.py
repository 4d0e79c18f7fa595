"""Where lines go from here: to a goal as evidence, to a file, to the teacher, to an editor."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from coach_tui.coaching.refusals import REFUSALS
from coach_tui.coaching.script_lines import as_typed
from coach_tui.domain.records import NoteLine, Observation
from coach_tui.presentation.documents import Format
from coach_tui.presentation.errors import explain
from coach_tui.presentation.observation_document import (
    left_out,
    own_document,
    shareable_document,
)
from coach_tui.presentation.script_text import moved_to, read_script, script_text
from coach_tui.screens.base import NotDone
from coach_tui.screens.editor import EditedFile, NoEditor, edit
from coach_tui.screens.observe.about import About
from coach_tui.screens.observe.linking import link
from coach_tui.widgets.field import Field
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk
    from coach_tui.screens.dialogs.form import Answers


class PassingOn(About):
    """Linking, exporting, sharing, editing elsewhere."""

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

    # ------------------------------------------------------------------------------------ editor

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_editor(self) -> None:
        """The whole script in the coach's own editor; the half-typed line stays here."""
        await self._write()
        seen = self._observation
        if seen is None or not seen.lines:
            self.tell("There is no line to edit yet")
            return
        before = script_text(seen.lines, self._typed_of, self.session.clock.local)
        file = EditedFile(before)
        try:
            await self._edit_until_it_can_be_kept(seen, file, before)
        except NoEditor as error:
            self.complain(f"{error}; {_left(file, before)}")
            raise NotDone from None

    async def _edit_until_it_can_be_kept(
        self, seen: Observation, file: EditedFile, before: str
    ) -> None:
        """Open the editor again on what stands there for as long as it cannot be kept."""
        from coach_tui.screens.dialogs.choice import Pick

        while True:
            text = edit(self.app, file)
            if text == before:
                file.remove()
                self.tell("Nothing was changed")
                return
            try:
                lines = self._lines_of(seen, text)
                save = partial(_replaced, seen=seen, lines=lines)
                changed = await self.session.perform(save)
            except REFUSALS as error:
                options = [
                    ("again", "Open the editor again, with the text as you left it"),
                    ("keep", f"Change nothing; the text stays in {file.path}"),
                ]
                question = f"The script was not saved: {explain(error)}"
                if await self.app.push_screen_wait(Pick(question, options, "")) != "again":
                    return
                continue
            file.remove()
            self.show_observation(changed)
            self.tell("The script was saved")
            return

    def _typed_of(self, line: NoteLine) -> str:
        return self.reader.written(as_typed(line))

    def _lines_of(self, seen: Observation, text: str) -> tuple[NoteLine, ...]:
        """Return the script that an edited text stands for; what did not change stays as it is."""
        from coach_tui.coaching.script_lines import numbered

        known = {line.id: line for line in seen.lines}
        local, lines, time = self.session.clock.local, list[NoteLine](), seen.start
        for one in read_script(text, known):
            old = known.get(one.id)
            time = moved_to(old.time if old is not None else time, one.of_day, local)
            if old is None:
                new = self.line_of(one.text, time)
                *_, added = numbered(seen, (*seen.lines, *lines), [new])
                lines.append(added)
            elif one.text == " ".join(self._typed_of(old).splitlines()) and time == old.time:
                lines.append(old)
            else:
                lines.append(self._edited_line(seen, old, one.text, time))
        return tuple(lines)

    def _edited_line(self, seen: Observation, old: NoteLine, text: str, time: datetime) -> NoteLine:
        from coach_tui.coaching.script_lines import note_line

        self.dismissed = old.dismissed
        return note_line(seen, old.id, replace(self.line_over(old, text), begun=time))


def _left(file: EditedFile, before: str) -> str:
    """Say what became of a text whose editor failed; one nobody changed is not left lying about."""
    with suppress(NoEditor):
        if file.read() == before:
            file.remove()
            return "nothing was changed"
    return f"the text is kept in {file.path}"


def _replaced(desk: Desk, seen: Observation, lines: tuple[NoteLine, ...]) -> Observation:
    return desk.scripts.replace_all(seen, lines)


def _expanded(path: str) -> str:
    import os

    return os.path.expanduser(path)
