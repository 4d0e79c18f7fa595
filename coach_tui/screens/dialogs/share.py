"""Before anything is shared: its exact text, to be read, changed, and confirmed (rule R2)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Label, TextArea

from coach_tui.coaching.desk import Desk
from coach_tui.coaching.refusals import REFUSALS
from coach_tui.coaching.sharing import CLIPBOARD
from coach_tui.domain.records import Coachee, Share
from coach_tui.presentation.documents import Document, Format
from coach_tui.presentation.errors import explain
from coach_tui.presentation.text import plural
from coach_tui.screens.dialogs.form import Answers, Form
from coach_tui.widgets.bars import KeyBar
from coach_tui.widgets.bindings import bindings
from coach_tui.widgets.field import Field
from coach_tui.widgets.literal import literal
from coach_tui.widgets.one_key import ACTIONS
from coach_tui.widgets.passage import Passage
from coach_tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from coach_tui.screens.base import CoachScreen
    from coach_tui.screens.session import Session

FORMAT_WORDS: Mapping[Format, str] = {
    Format.MARKDOWN: "Markdown",
    Format.TEXT: "plain text",
    Format.HTML: "a web page (HTML)",
}
_FORMATS = tuple(Format)


RESTS = 0.3
"""Seconds after a change until names are looked for: not at every letter."""

_MOST_NAMED = 8
"""Names that are shown at most; one that is taken out makes room for the next."""


def named_words(names: Sequence[str]) -> str:
    """Return what the coach is asked about names that still stand there; empty for none."""
    if not names:
        return ""
    more = len(names) - _MOST_NAMED
    shown = ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"▲ Still named here: {shown}? Students are numbers or groups."


@dataclass(frozen=True)
class Outgoing:
    """What is to be shared: what it is called (`follow-up`), for whom, and its words.

    `left_out` says in words what was kept back, such as `3 inferences`.
    """

    what: str
    reader: Coachee
    document: Document
    left_out: tuple[str, ...] = ()


async def share(
    screen: CoachScreen, what: str, reader: Coachee, document: Document, left_out: Sequence[str]
) -> Share | None:
    """Take other people's names out of `document`, show it, and share it if the coach says so.

    Returns what was logged, None when nothing left.
    """

    def cleaned_by(desk: Desk) -> tuple[Document, list[str]]:
        redactor = desk.sharing.redactor(reader)
        return document.changed(redactor.clean), redactor.replaced

    cleaned, replaced = await screen.perform(cleaned_by)
    kept_back = list(left_out)
    if replaced:
        kept_back.append(plural(len(replaced), "other person's name", "other people's names"))
    outgoing = Outgoing(what, reader, cleaned, tuple(kept_back))
    return await screen.app.push_screen_wait(ShareDialog(screen.session, outgoing))


class ShareDialog(ModalScreen[Share | None]):
    """The exact text that will leave, editable; it leaves by a file or by the clipboard.

    Answers with what was logged, None when nothing left.
    """

    CSS_PATH = "share.tcss"
    BINDINGS = bindings("share")
    AUTO_FOCUS = "TextLines"

    def __init__(self, session: Session, outgoing: Outgoing) -> None:
        """Show what is to go out."""
        super().__init__()
        self._session, self._outgoing = session, outgoing
        self._format = _FORMATS[0]
        self._warned_of: tuple[str, str] | None = None

    def compose(self) -> ComposeResult:
        """Lay out what it is and for whom, the text, what is wrong, and the keys."""
        going = self._outgoing
        with Vertical(id="share-box"):
            heading = f"Share with {going.reader.name}: {going.what}"
            yield Passage(literal(heading, "bold", wrap=True), id="share-title")
            yield Label(literal(self._intro(), wrap=True), id="share-intro")
            yield Passage(id="share-named", markup=False)
            yield TextLines(self._composed(), "1fr")
            yield Label("", id="share-error", markup=False)
            yield KeyBar("share", keymap=self._session.settings.keys)

    @on(TextArea.Changed)
    @work(exclusive=True, group="named", exit_on_error=False)
    async def _point_to_names(self) -> None:
        """Say, once the typing rests, what may be a name of somebody the app does not know."""
        await asyncio.sleep(RESTS)
        text, reader = self.text, self._outgoing.reader
        names = await self._session.perform(lambda desk: desk.sharing.left_in(text, reader))
        self.query_one("#share-named", Passage).update(literal(named_words(names), wrap=True))

    def on_mount(self) -> None:
        """Look for names in what is shown first."""
        self._point_to_names()

    def _intro(self) -> str:
        left_out = ", ".join(self._outgoing.left_out)
        kept_back = f" Left out: {left_out}." if left_out else ""
        form = FORMAT_WORDS[self._format]
        return (
            f"This exact text leaves, as {form}.{kept_back} Read it first: pagedown, pageup, ↑ ↓."
        )

    def _composed(self) -> str:
        return self._outgoing.document.written(self._format)

    @property
    def text(self) -> str:
        """The text as it stands."""
        return self.query_one(TextLines).text

    def action_format(self) -> None:
        """Write the text in the next format; changes are thrown away only when asked twice."""
        if self.text != self._composed() and not self._was_warned("format"):
            self._say("✗ You changed the text: once more writes it anew without your changes")
            return
        self._warned_of = None
        self._format = _FORMATS[(_FORMATS.index(self._format) + 1) % len(_FORMATS)]
        self.query_one(TextLines).text = self._composed()
        self.query_one("#share-intro", Label).update(literal(self._intro(), wrap=True))
        self._say("")

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_file(self) -> None:
        """Ask for the name of a new file, write it, and log what left."""
        if not await self._may_leave():
            return
        going, text = self._outgoing, self.text
        day = self._session.today().isoformat()
        name = f"~/{going.what.replace(' ', '-').lower()}-{day}.{self._format.value}"
        shared: list[Share] = []

        async def save(answers: Answers) -> None:
            shared.append(
                await self._session.perform(
                    lambda desk: desk.sharing.to_file(
                        going.what, going.reader, text, answers["path"]
                    )
                )
            )

        form = Form(
            "Write it to a new file",
            [Field("path", "File", name)],
            lambda given: {} if given["path"].strip() else {"path": "give the name of a file"},
            save=save,
            intro="Readable by you only; send it as you see fit.",
            keymap=self._session.settings.keys,
        )
        answers = await self.app.push_screen_wait(form)
        if answers is not None:
            self.notify(f"Written to {answers['path']}, and logged", markup=False)
            self.dismiss(shared[-1])

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_copy(self) -> None:
        """Log what leaves, and send it to the terminal's clipboard, which never answers."""
        if not await self._may_leave():
            return
        going, text = self._outgoing, self.text
        try:
            logged = await self._session.perform(
                lambda desk: desk.sharing.log(going.what, going.reader, text, CLIPBOARD)
            )
        except REFUSALS as error:
            self._say(f"✗ Not shared: {explain(error)}")
            return
        self.app.copy_to_clipboard(text)
        words = "Sent to the terminal's clipboard, and logged. If nothing can be pasted, use a file"
        self.notify(words, markup=False, timeout=10)
        self.dismiss(logged)

    async def _may_leave(self) -> bool:
        """Refuse what is empty; ask once about what reads as somebody's full name (rule R4)."""
        text = self.text
        if not text.strip():
            self._say("✗ There is nothing to share")
            return False
        reader = self._outgoing.reader
        names = await self._session.perform(lambda desk: desk.sharing.full_names(text, reader))
        if names and not self._was_warned("names"):
            self._say(
                f"✗ {', '.join(names)}: a full name? Students are numbers or initials. "
                "The same key once more shares it as it is"
            )
            return False
        return True

    def _was_warned(self, of: str) -> bool:
        """Say whether this was warned of, for the text as it stands; from now on it was."""
        was = self._warned_of == (of, self.text)
        self._warned_of = (of, self.text)
        return was

    def action_cancel(self) -> None:
        """Close; nothing leaves. A changed text is thrown away only when asked twice."""
        if self.text != self._composed() and not self._was_warned("cancel"):
            self._say("✗ You changed the text: once more closes it without sharing")
            return
        self.dismiss(None)

    def _say(self, words: str) -> None:
        self.query_one("#share-error", Label).update(literal(words, wrap=True))
