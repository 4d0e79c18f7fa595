"""The line being typed: begun, pasted, submitted, saved in order, never lost."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from textual import on, work
from textual.widgets import Input

from coach_tui.coaching.paper import is_within, moment_on_paper
from coach_tui.coaching.script_lines import Line
from coach_tui.presentation.reading import leading_time
from coach_tui.screens.observe.saving import Saving
from coach_tui.screens.observe.watching import HINT, Borrowed, Opening
from coach_tui.screens.session import Session
from coach_tui.widgets.one_key import ACTIONS
from coach_tui.widgets.script_input import ScriptInput


class HalfTyped(NamedTuple):
    """The line that is being typed: its words, the place of the cursor, when it was begun, and the
    words of it that the coach said no to.
    """

    text: str = ""
    cursor: int = 0
    begun: datetime | None = None
    dismissed: tuple[str, ...] = ()


class Typing(Saving):
    """Lines are shown as being saved until the disk has them; those that are refused wait on."""

    def __init__(self, session: Session, opening: Opening) -> None:
        """Begin with an empty line."""
        super().__init__(session, opening)
        self._begun: datetime | None = None
        self._borrowed: Borrowed | None = None
        self._prompt = ""
        self._just_done = ""
        self._put_by = HalfTyped()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """Keep the moment at which the line was begun: that is its time."""
        if self._borrowed is None:
            if not event.value.strip():
                self._begun = None
                self.forget_dismissed()
            elif self._begun is None:
                self._begun = self.now
        if event.value:
            self._just_done = ""
        if not self._is_to_look:
            # The letter is drawn first: what there is to say of the line comes after it.
            self._is_to_look = True
            if self._held is None:
                self.call_after_refresh(self._look_at_line)

    def _look_at_line(self) -> None:
        self._is_to_look = False
        if not self.is_attached:
            return
        self.keep_draft()
        self.check_typed(self.line.value)
        self.say()

    @on(Input.Submitted)
    def _enter(self) -> None:
        self.action_submit()

    @on(ScriptInput.Pasted)
    def _take_pasted(self, event: ScriptInput.Pasted) -> None:
        """Make every pasted line a line of its own."""
        begun = self._begun or self.now
        for one in event.lines:
            if one.strip():
                self._waiting.append(self.line_of(one, begun, self.dismissed))
            # What was dismissed was so in the line that stood there, which is the first.
            self.forget_dismissed()
        self._begun = self.now
        self.show_all()
        self._save_waiting()

    def action_submit(self) -> None:
        """Stamp the line and hand it to be saved; or hand in what else was asked for."""
        if self._borrowed is not None:
            self._answer(self._borrowed)
        elif self._take_line():
            self._save_waiting()
            self._hold_drawing()

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def _answer(self, use: Borrowed) -> None:
        said = await use.take(self.line.value)
        if self._borrowed is use:
            self.give_line_back()
        if said:
            self.tell(said)

    def _take_line(self) -> bool:
        """Move what stands in the input to the lines that wait; whether there was anything."""
        if not self.line.value.strip():
            return False
        begun = self._begun or self.now
        self._waiting.append(self.line_of(self.line.value, begun, self.dismissed))
        self.line.value = ""
        self._begun = None
        self._prompt = ""
        self.keep_draft()
        return True

    def line_of(self, text: str, begun: datetime, dismissed: tuple[str, ...]) -> Line:
        """Return a typed line as it is understood, with the questions that stand."""
        begun, text = self._on_paper(text, begun)
        return self.reader.line(text, begun, dismissed)

    def _on_paper(self, text: str, begun: datetime) -> tuple[datetime, str]:
        """Return the time that stands before a line of paper notes, else the one before it."""
        seen = self._observation
        if seen is None or not seen.from_paper:
            return begun, text
        of_day, words = leading_time(text)
        if of_day is None:
            earlier = [line.begun for line in self._waiting] or [one.time for one in seen.lines]
            return (earlier[-1] if earlier else seen.start), text
        moment = moment_on_paper(self.session.clock, seen, of_day)
        if not is_within(seen, moment):
            local = self.session.clock.local
            first, last = local(seen.start), local(seen.end or seen.start)
            said = f"{local(moment):%H:%M} is not within the visit, {first:%H:%M} to {last:%H:%M}"
            self.tell(f"{said}; it was kept as it stands")
        return moment, words

    async def settle(self) -> None:
        """Save what waits; the half-typed line stays, as a draft, with its cursor."""
        if self.session.drafts.trouble is not None and self.is_open:
            # It cannot be kept as a draft: then it is a line as far as it goes.
            self.give_line_back()
            self._take_line()
        self.keep_draft()
        await self._write()

    async def finish_line(self) -> None:
        """Save what is typed as a line, and the answer that stands there: it is left, or ends.

        Raises `NotDone` when the answer cannot be taken: then it stays, to be put right.
        """
        use = self._borrowed
        if use is not None and use.is_changed(self.line.value):
            await use.take(self.line.value)
        self.give_line_back()
        if self.is_open:
            self._take_line()
        await self._write()

    def forget_draft(self) -> None:
        """Forget the draft: what was typed is saved."""
        raise NotImplementedError

    def lend_line(self, use: Borrowed) -> None:
        """Ask for something else in the input; what is half typed comes back afterwards."""
        if self._borrowed is None:
            place = self.line.cursor_position
            self._put_by = HalfTyped(self.line.value, place, self._begun, self.dismissed)
        self._borrowed, self.dismissed = use, use.dismissed
        self.line.takes_several = False
        self.line.display = True
        self._put(use.text, use.cursor, "")
        self.line.focus()
        self.say()

    def give_line_back(self) -> None:
        """Put what was half typed back into the input."""
        if self._borrowed is None:
            return
        self._borrowed = None
        self.line.takes_several = True
        text, cursor, self._begun, self.dismissed = self._put_by
        self._put(text, cursor, HINT)
        self.show_all()
        self.keep_draft()

    def _put(self, text: str, cursor: int | None, hint: str) -> None:
        """Put another text into the input that nobody has typed, `hint` where there is none."""
        self.line.placeholder = hint
        with self.line.prevent(Input.Changed):
            self.line.hold(text, cursor)
        self.check_typed(text)
