"""The whole script in the coach's own editor: handed out, taken back, and kept until it is saved.

The text is a draft from the first moment on, with the script it was made of: whatever ends the app,
the editor can be opened on it again (`coaching/drafting.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from coach_tui.coaching.edited_texts import has_more, is_new
from coach_tui.coaching.refusals import REFUSALS, ChangedMeanwhile
from coach_tui.presentation.errors import explain
from coach_tui.presentation.script_merging import Merged, merged
from coach_tui.presentation.script_text import (
    ScriptTextError,
    Written,
    merged_text,
    read_given,
    read_script,
    script_text,
)
from coach_tui.presentation.text import plural
from coach_tui.screens.base import NotDone
from coach_tui.screens.editor import AppEnds, NoEditor, run_editor
from coach_tui.screens.observe.edited_lines import EditedLines
from coach_tui.screens.observe.script_edit import NotKept, ScriptEdit, edit_key
from coach_tui.widgets.one_key import ACTIONS

if TYPE_CHECKING:
    from coach_tui.coaching.drafting import Draft

TRIES = 5
"""How often a script is put together with what another session wrote at the same moment."""


class InEditor(EditedLines):
    """The half-typed line stays where it is; lines that other sessions add meanwhile are kept."""

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_editor(self) -> None:
        """The whole script in the coach's own editor, or an empty one to write a long note in."""
        await self._write()
        edit, answer = self._kept_edit() or self._new_edit(), "again"
        while answer in ("again", "save"):
            try:
                if answer == "again":
                    edit = await self._opened(edit)
                said = await self._stored(edit)
            except NotKept as why:
                edit, answer = why.edit, await self._what_now(why)
                continue
            self.session.drafts.drop(edit.key)
            self.tell(said)
            return
        self._leave_edit(edit, answer)

    def _new_edit(self) -> ScriptEdit:
        seen = self._observation
        text = script_text(self.rows_of_script(seen), self.reader.prefixes)
        key = edit_key(self._coachee.id, self._observation_id)
        edit = ScriptEdit(key, text, text, self.now)
        self._keep_edit(edit)
        return edit

    def _kept_edit(self) -> ScriptEdit | None:
        """Return what an editor was left with before: not saved then, or when the app ended."""
        for id in (self._observation_id, None):
            draft = self.session.drafts.waiting(edit_key(self._coachee.id, id))
            if draft is not None:
                return ScriptEdit.of(draft)
        return None

    def _keep_edit(self, edit: ScriptEdit) -> None:
        place = {**self.draft_place(), "action": "action_editor"}
        if not self.is_open:
            place["reading"] = "yes"
        title = f"Notes on {self._coachee.name}, in your editor"
        self.session.drafts.keep(edit.key, title, edit.fields(), place, edit.begun_from())

    async def _opened(self, edit: ScriptEdit) -> ScriptEdit:
        """Open the editor and wait; returns the text as it was left.

        Raises `NotKept` when the editor ended with an error after it had written something, and
        `NotDone` where none could be opened: the coach was told.
        """
        from coach_tui.screens.ending import WithEnding

        drafts, app = self.session.drafts, self.app
        assert isinstance(app, WithEnding)
        try:
            path = await self.session.perform(lambda desk: drafts.hand_out(edit.key))
            put_by = partial(drafts.take_in, edit.key, ended_well=False)
            status = await run_editor(app, path, put_by)
        except AppEnds:
            raise NotDone from None
        except NoEditor as error:
            await self._taken_in(edit, ended_well=True)
            raise self._not_opened(edit, error) from None
        except REFUSALS as error:
            raise self._not_opened(edit, error) from None
        draft = await self._taken_in(edit, ended_well=status == 0)
        edit = ScriptEdit.of(draft)
        if status == 0:
            return edit
        if not is_new(draft):
            self.session.drafts.drop(edit.key)
            self.complain(f"The editor {_ended(status)}; nothing was changed")
            raise NotDone
        words = f"The editor {_ended(status)}. What it wrote is not saved yet."
        if has_more(draft):
            words += " Opened again, it offers what it had not written."
        raise NotKept(edit, words, may_save=True)

    def _not_opened(self, edit: ScriptEdit, error: Exception) -> NotDone:
        """Say why no editor could be opened; what was written before is kept."""
        self._leave_edit(edit, "unchanged" if edit.text == edit.before else "later")
        self.complain(f"The editor was not opened: {explain(error)}")
        return NotDone()

    async def _taken_in(self, edit: ScriptEdit, *, ended_well: bool) -> Draft:
        drafts = self.session.drafts
        return await self.session.perform(
            lambda desk: drafts.take_in(edit.key, ended_well=ended_well)
        )

    async def _what_now(self, why: NotKept) -> str:
        """Ask what is to be done with a text that was not saved; empty for nothing now."""
        from coach_tui.screens.dialogs.choice import Pick

        options = [("again", "Open the editor again, on the text as it stands")]
        if why.may_save:
            options.append(("save", "Save what stands there"))
        options += [
            ("later", "Not now: it is kept, and the same key opens the editor on it again"),
            ("drop", "Throw it away: the script stays as it is"),
        ]
        answer = await self.app.push_screen_wait(Pick(why.words, options))
        if answer != "drop":
            return answer or "later"
        sure = [("later", "No, keep it"), ("drop", "Yes, throw away what I wrote there")]
        return await self.app.push_screen_wait(Pick("It cannot be brought back", sure)) or "later"

    def _leave_edit(self, edit: ScriptEdit, answer: str) -> None:
        if answer in ("drop", "unchanged"):
            self.session.drafts.drop(edit.key)
            self.tell("The script is as it was")
        else:
            self.session.drafts.wait_again(edit.key)
            self.tell("Kept, not saved: the same key opens the editor on it again")

    # ------------------------------------------------------------------------------------ saving

    async def _stored(self, edit: ScriptEdit) -> str:
        """Save the edited script over what is stored by now; returns what is said of it.

        Raises `NotKept`, with the text to go on with.
        """
        if not edit.is_utf8:
            words = "The text is not UTF-8 any more: look whether its letters are as they were."
            raise NotKept(replace(edit, is_utf8=True), words, may_save=True)
        if edit.text == edit.before:
            return "Nothing was changed"
        base = read_given(edit.before)
        try:
            mine = read_script(edit.text, [row.id for row in base])
        except ScriptTextError as error:
            raise NotKept(edit, f"The script was not saved: {error}") from None
        if not mine:
            return "The file was empty: nothing was changed"
        try:
            for _ in range(TRIES):
                said = await self._put_together(edit, base, mine)
                if said:
                    return said
        except REFUSALS as error:
            await self._mark(edit, saving=False)
            raise NotKept(edit, f"The script was not saved: {explain(error)}") from None
        raise NotKept(edit, "The script was not saved: another session goes on changing it")

    async def _put_together(
        self, edit: ScriptEdit, base: Sequence[Written], mine: Sequence[Written]
    ) -> str:
        """Save both sides put together; empty when another session was faster."""
        id = self._observation_id
        seen = None if id is None else await self.session.perform(lambda d: d.observing.get(id))
        theirs = self.rows_of_script(seen)
        both = merged(base, mine, theirs)
        if both.clashes:
            raise NotKept(self._again_over(edit, theirs, both), _clash_words(both))
        lines = self.lines_of(seen, both.rows, {row.id for row in base}, edit.begun)
        await self._mark(edit, saving=True)
        try:
            changed = await self.put_lines(seen, lines)
        except ChangedMeanwhile:
            return ""
        self._observation_id = changed.id
        self.show_observation(changed)
        self.keep_draft()
        if seen is not None and changed.lines == seen.lines:
            return "Nothing was changed"
        if not both.came:
            return "The script was saved"
        return f"The script was saved; {plural(both.came, 'line')} came meanwhile and stayed"

    def _again_over(self, edit: ScriptEdit, theirs: Sequence[Written], both: Merged) -> ScriptEdit:
        """Return the text to be edited again: both versions of a line that both changed."""
        prefixes = self.reader.prefixes
        edit = replace(edit, before=script_text(theirs, prefixes), text=merged_text(both, prefixes))
        self._keep_edit(edit)
        return edit

    async def _mark(self, edit: ScriptEdit, *, saving: bool) -> None:
        drafts = self.session.drafts
        await self.session.perform(lambda desk: drafts.mark(edit.key, saving=saving))


def _ended(status: int) -> str:
    return f"was ended (signal {-status})" if status < 0 else f"ended with an error ({status})"


def _clash_words(both: Merged) -> str:
    one = len(both.clashes) == 1
    count = f"{plural(len(both.clashes), 'line')} {'was' if one else 'were'}"
    return (
        f"{count} changed by you and meanwhile in another session too. Nothing is lost: in the "
        "editor yours stands as the line, what it became above it. Leave the one you want."
    )
