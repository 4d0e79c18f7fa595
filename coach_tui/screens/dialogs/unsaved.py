"""What was typed and not saved when the app ended: take it up, copy it out, or throw it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import DataTable, Label, Static

from coach_tui.coaching.refusals import REFUSALS
from coach_tui.presentation.commands import commands_of, key_words, keys_of
from coach_tui.presentation.errors import explain
from coach_tui.presentation.text import cut, visible, visible_lines
from coach_tui.screens.drafting import MAYBE_SAVED, said, written
from coach_tui.screens.session import Session
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.field import Field
from coach_tui.widgets.keyed_table import Column, KeyedTable
from coach_tui.widgets.literal import literal

if TYPE_CHECKING:
    from coach_tui.coaching.drafting import Draft, LeftBehind
    from coach_tui.screens.dialogs.form import Answers

    Taken = tuple[LeftBehind, Draft]

LONGEST_SHOWN = 4000
"""Characters of a text that the dialog shows; all of it is copied, written, taken up."""


class Unsaved(ModalScreen["Taken | None"]):
    """Lists what dead sessions left; the answer is what is to be taken up, None for later."""

    CSS_PATH = "unsaved.tcss"
    BINDINGS = bindings("unsaved")
    AUTO_FOCUS = "KeyedTable"

    def __init__(self, session: Session) -> None:
        """Show the drafts that `session` has found."""
        super().__init__()
        self._session = session
        self._warned: Draft | None = None

    def compose(self) -> ComposeResult:
        """Lay out the list, the text under the cursor and the keys."""
        with Vertical(id="unsaved-box"):
            yield Label(literal("Typed before, and not saved", "bold"), id="unsaved-title")
            intro = "coach-tui ended while this was being written."
            yield Label(literal(intro, wrap=True), id="unsaved-intro")
            yield KeyedTable(id="unsaved-rows", show_header=False)
            with VerticalScroll(id="unsaved-text", can_focus=False):
                yield Static("", markup=False)
            yield Label("", id="unsaved-said", markup=False)
        yield Label(self._keys(), id="unsaved-keys", markup=False)

    def _keys(self) -> str:
        keymap = self._session.settings.keys
        return " · ".join(
            f"{key_words(keys_of(command, keymap))} {command.title.lower()}"
            for command in commands_of("unsaved")
        )

    def on_mount(self) -> None:
        """Show the list."""
        self._fill()

    @property
    def _all(self) -> list[Taken]:
        return [(left, draft) for left in self._session.drafts.left for draft in left.drafts]

    def _fill(self) -> None:
        table = self.query_one(KeyedTable)
        table.shape([Column("", 16), Column("", 0)])
        local = self._session.clock.local
        table.fill(
            [
                (
                    str(place),
                    (literal(written(local(draft.at))), literal(cut(draft.title, 200))),
                )
                for place, (_, draft) in enumerate(self._all)
            ]
        )
        table.styles.height = min(len(self._all), 8)
        self._show()

    @property
    def _current(self) -> Taken | None:
        key = self.query_one(KeyedTable).current_key
        taken = self._all
        return taken[int(key)] if key is not None and int(key) < len(taken) else None

    @on(DataTable.RowHighlighted)
    def _show(self) -> None:
        current = self._current
        if current is not None:
            text = said(current[1]).partition("\n")[2].strip()[:LONGEST_SHOWN]
            shown = visible_lines(text) or "(only a place, no words)"
            if current[1].saving:
                shown = f"{MAYBE_SAVED.capitalize()}.\n\n{shown}"
            self.query_one("#unsaved-text Static", Static).update(Text(shown, end=""))

    @on(DataTable.RowSelected)
    def _selected(self) -> None:
        self.action_take_up()

    def action_take_up(self) -> None:
        """Close with what stands under the cursor."""
        self.dismiss(self._current)

    def action_later(self) -> None:
        """Close; it is offered again at the next start."""
        self.dismiss(None)

    def action_copy(self) -> None:
        """Send the text to the clipboard of the terminal, which never answers."""
        if self._current is not None:
            self.app.copy_to_clipboard(said(self._current[1]))
            self._say("Sent to the terminal. If it takes no clipboard, w writes a file.")

    @work(exit_on_error=False)
    async def action_write(self) -> None:
        """Ask for a new file, and write the text there, readable by its owner only."""
        from coach_tui.screens.dialogs.form import Form

        current = self._current
        if current is None:
            return

        async def save(answers: Answers) -> None:
            drafts = self._session.drafts
            await self._session.perform(
                lambda desk: drafts.write_out(answers["path"].strip(), said(current[1]))
            )

        proposal = f"~/unsaved-{self._session.today().isoformat()}.txt"
        form = Form(
            "Write the text to a file",
            [Field("path", "New file", proposal)],
            lambda given: {} if given["path"].strip() else {"path": "write where it goes"},
            save=save,
            drafted=False,
            keymap=self._session.settings.keys,
        )
        answers = await self.app.push_screen_wait(form)
        if answers is not None:
            self._say(f"Written to {answers['path'].strip()}, for your eyes only.")

    @work(exclusive=True, exit_on_error=False)
    async def action_discard(self) -> None:
        """Throw the text away, when asked twice."""
        current = self._current
        if current is None:
            return
        if self._warned is not current[1]:
            self._warned = current[1]
            self._say("✗ This cannot be undone: discard once more to throw it away")
            return
        drafts = self._session.drafts
        try:
            await self._session.perform(lambda desk: drafts.discard(*current))
        except REFUSALS as error:
            self._say(f"✗ {explain(error)}")
            return
        if not self._all:
            self.dismiss(None)
            return
        self._say("")
        self._fill()

    def _say(self, words: str) -> None:
        self.query_one("#unsaved-said", Label).update(literal(visible(words), wrap=True))
