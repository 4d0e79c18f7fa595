"""A form over the screen: fields, their errors beside them, saved as one answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Label, TextArea

from coach_tui.coaching.refusals import REFUSALS, ChangedMeanwhile, Conflict
from coach_tui.presentation.commands import commands_of, key_words, keys_of
from coach_tui.presentation.errors import explain, unexpected
from coach_tui.screens.dialogs.merge import Merge
from coach_tui.screens.drafting import FormDraft
from coach_tui.screens.session import Session
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.field import Field
from coach_tui.widgets.fields import Choice, FieldRow
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS
from coach_tui.widgets.passage import Passage

Answers = dict[str, str]
Save = Callable[[Answers], Awaitable[None]]
"""Saves the answers, or raises one of the refusals of `coach_tui.coaching.refusals`."""

Check = Callable[[Answers], Mapping[str, str]]
"""Returns, by field name, what is wrong with the answers; nothing when they can be saved."""

Sure = Callable[[Answers], Awaitable[bool]]
"""Shows what saving the answers does, and returns whether that is wanted."""


def no_check(answers: Answers) -> Mapping[str, str]:
    """Accept every answer."""
    return {}


class Form(ModalScreen[Answers | None]):
    """Asks for `fields`; the answer is their values by name, or None when it was cancelled.

    Enter goes to the next field and saves on the last. With `save`, the form closes only when
    that is done: what could not be saved stays where it was typed, with the reason. Cancelling
    what was changed asks once. What is typed is a draft until it is saved or thrown away.
    """

    CSS_PATH = "form.tcss"
    BINDINGS = bindings("form")

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        check: Check = no_check,
        *,
        save: Save | None = None,
        sure: Sure | None = None,
        intro: str = "",
        keymap: Mapping[str, str] | None = None,
        drafted: bool = True,
    ) -> None:
        """Ask under `title`; `check` says what is wrong, `sure` asks once more, `save` saves.

        `drafted` is False where what is typed must not be kept; a secret field never is.
        """
        super().__init__()
        self._heading, self._intro = title, intro
        self._check, self._sure, self._save = check, sure, save
        self._rows = [FieldRow(field) for field in fields]
        self._keymap = keymap or {}
        self._warned_of: Answers | None = None
        hidden = not drafted or any(field.secret for field in fields)
        self._draft = None if hidden else FormDraft(title)

    def compose(self) -> ComposeResult:
        """Lay out the title, the fields, the line for errors and, below all, the keys."""
        with Vertical(id="form-box"):
            yield Passage(literal(self._heading, "bold", wrap=True), id="form-title")
            if self._intro:
                yield Label(literal(self._intro, wrap=True), id="form-intro", markup=False)
            with VerticalScroll(id="form-fields", can_focus=False):
                yield from self._rows
            yield Label("", id="form-error", markup=False)
        yield Label(self._keys(), id="form-keys", markup=False)

    def _keys(self) -> str:
        keys = [
            f"{key_words(keys_of(command, self._keymap))} {command.title.lower()}"
            for command in commands_of("form")
        ]
        return " · ".join(["tab next", "ctrl+u empty a line", *keys])

    def on_mount(self) -> None:
        """Begin in the first field, with what was taken up again after a death."""
        session = getattr(self.app, "session", None)
        if self._draft is not None and isinstance(session, Session):
            taken_up, clashes = self._draft.begin(session, self._rows)
            self._say(taken_up)
            if clashes:
                self.app.push_screen(Merge(clashes, self._keymap), self._merge)
        if self._rows:
            self._rows[0].answer.focus()

    @property
    def answers(self) -> Answers:
        """The values as they stand."""
        return {row.field.name: row.value for row in self._rows}

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def _keep_draft(self) -> None:
        if self._warned_of not in (None, self.answers):
            self._warned_of = None
            self._say("")
        if self._draft is not None:
            self._draft.changed(self._rows)

    @on(Input.Submitted)
    def _next_field(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input is self._rows[-1].answer:
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        """Close with the answers, or say what is wrong with the first that cannot be saved."""
        answers = self.answers
        wrong = self._check(answers)
        if not wrong:
            self._close_with(answers)
            return
        name, why = next(iter(wrong.items()))
        for row in self._rows:
            if row.field.name == name:
                row.answer.focus()
                why = f"{row.field.label}: {why}"
        self._say(f"✗ {why}")

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def _close_with(self, answers: Answers) -> None:
        if self._sure is not None and not await self._sure(answers):
            return
        if self._save is not None:
            await self._mark_draft(saving=True)
            if not await self._saved(self._save, answers):
                return
        self._forget_draft()
        self.dismiss(answers)

    async def _saved(self, save: Save, answers: Answers) -> bool:
        """Save; returns whether that was done, and says why it was not."""
        try:
            await save(answers)
        except (Conflict, ChangedMeanwhile) as error:
            await self._mark_draft(saving=False)
            self._begin_again(error)
            return False
        except REFUSALS as error:
            why = explain(error)
        except Exception as error:  # noqa: BLE001 - what was typed must stay, whatever it was
            why = unexpected(error)
        else:
            return True
        self._say(f"✗ Not saved: {why}")
        await self._mark_draft(saving=False)
        return False

    async def _mark_draft(self, *, saving: bool) -> None:
        if self._draft is not None:
            await self._draft.mark(saving=saving)

    def _begin_again(self, error: Exception) -> None:
        """Open anew over what another session saved, with what was typed here."""
        if self._draft is None or not self._draft.can_begin_again():
            self._say(f"✗ Not saved: {explain(error)}")
            return
        self.dismiss(None)
        self._draft.begin_again()
        self.app.notify("Another session changed this too: look, then save again", markup=False)

    def _merge(self, merged: Mapping[str, str] | None) -> None:
        if merged is None:
            self._say("✗ Your words stand here; saving them puts them in place of theirs")
            return
        for row in self._rows:
            if row.field.name in merged:
                row.fill(merged[row.field.name])

    def action_cancel(self) -> None:
        """Close without an answer; what was typed is thrown away only when asked twice."""
        changed = any(row.is_changed for row in self._rows)
        if changed and self._warned_of != self.answers:
            self._warned_of = self.answers
            self._say("✗ There are changes: cancel once more to throw them away, or save them")
            return
        self._forget_draft()
        self.dismiss(None)

    def _forget_draft(self) -> None:
        if self._draft is not None:
            self._draft.drop()

    def _say(self, words: str) -> None:
        self.query_one("#form-error", Label).update(literal(words, wrap=True))
