"""The low-inference check under the line being typed: one question at a time, never a gate."""

from __future__ import annotations

import asyncio

from rich.text import Text
from textual import work

from coach_tui.coaching import lexicon, lexicon_own, lexicon_tables
from coach_tui.domain.low_inference import Mark as Found
from coach_tui.domain.scripting import Typed
from coach_tui.presentation.errors import explain
from coach_tui.presentation.text import visible
from coach_tui.screens.observe.watching import Opening, Watching
from coach_tui.screens.session import Session


class Checking(Watching):
    """Asks about the line that is being typed; a key says no, or never, or takes it for a `!`."""

    def __init__(self, session: Session, opening: Opening) -> None:
        """Ask nothing before the words are read."""
        super().__init__(session, opening)
        self._typed_line = Typed("")
        self._found: tuple[Found, ...] = ()
        self.dismissed: tuple[str, ...] = ()
        """The words of this line about which the coach said no."""

    @work(exit_on_error=False)
    async def read_words(self) -> None:
        """Read the lexicon off the event loop; with an own file that is wrong, the shipped one."""
        directory = self.session.settings.directory
        self.reader.words, trouble = await asyncio.to_thread(lexicon.read_anyway, directory)
        if trouble:
            self.complain(trouble)
        self.check_typed(self.line.value)
        self.say()

    def check_typed(self, value: str) -> None:
        """Look at the line as it stands."""
        self._typed_line = self.reader.read(value)
        self._found = self.reader.found(self._typed_line, self.dismissed)

    def forget_dismissed(self) -> None:
        """Begin a line: what was dismissed was dismissed for another."""
        self.dismissed = ()

    def question(self) -> Text | None:
        """Return the first question that stands; the line of keys says how to answer it."""
        if not self._found:
            return None
        first = self._found[0]
        return Text(f"{visible(self._asked_about(first))}: {first.question}", style="dim", end="")

    def _asked_about(self, mark: Found) -> str:
        return self._typed_line.text[mark.start : mark.end]

    def action_not_here(self) -> None:
        """The question does not fit this line."""
        if self._found:
            self.dismissed = (*self.dismissed, self._asked_about(self._found[0]))
            self.check_typed(self.line.value)
            self.say()

    def action_infer(self) -> None:
        """Make the line being typed an inference: kept apart, never shared by default (rule R3)."""
        typed = self.reader.read(self.line.value)
        if not typed.text.strip() or typed.kind == "inference":
            return
        inferred = typed._replace(kind="inference", speaker="", text=_told_whole(typed))
        self.line.hold(self.reader.written(inferred))

    @work(exit_on_error=False)
    async def action_allow(self) -> None:
        """Never ask about these words again: they go into the coach's own file."""
        if not self._found:
            return
        said, directory = self._asked_about(self._found[0]), self.session.settings.directory
        try:
            await asyncio.to_thread(lexicon_own.allow, directory, said)
            self.reader.words = await asyncio.to_thread(lexicon.read, directory)
        except lexicon_tables.LexiconError as error:
            self.complain(explain(error))
            return
        self.tell(f"Never asked about again: {said}")
        self.check_typed(self.line.value)
        self.say()


def _told_whole(typed: Typed) -> str:
    """Return the words of a line with who it is about: an inference has no speaker of its own."""
    if not typed.speaker:
        return typed.text
    return f"{typed.speaker}{':' if typed.kind == 'quote' else ''} {typed.text}"
