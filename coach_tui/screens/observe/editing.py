"""Finished lines changed by words in the input: edited, split; an edit outlives the app."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from coach_tui.coaching.refusals import ChangedMeanwhile, NotFound
from coach_tui.coaching.script_lines import Line, as_typed
from coach_tui.domain.records import NoteLine
from coach_tui.presentation import dates
from coach_tui.presentation.text import cut
from coach_tui.screens.base import NotDone
from coach_tui.screens.observe.seeing import Seeing
from coach_tui.screens.observe.watching import Borrowed

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk
    from coach_tui.domain.records import Observation


EDIT = "edit"
"""How a draft names the question for other words of a line."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Which line is being edited: its id and time, and how it was typed when the edit began."""

    line: str
    time: datetime
    before: str

    def kept(self) -> tuple[str, ...]:
        """Return it as a draft keeps it."""
        return EDIT, self.line, self.time.isoformat(), self.before


class Editing(Seeing):
    """The line is the one the coach saw: changed or taken out meanwhile, she is asked first."""

    _changing = False

    @property
    def is_among_lines(self) -> bool:
        """Whether the finished lines have the focus."""
        return self.script.has_focus

    def action_lines(self) -> None:
        """Go up to the finished lines."""
        raise NotImplementedError

    def to_change(self) -> NoteLine | None:
        """Return the chosen line, None when there is none or notes that ended are only read.

        A stray key must not change old notes: `e` alone says that they are to be changed.
        """
        chosen = self.script.chosen
        if chosen is None:
            self.tell("There is no line yet")
        elif not self.is_open and not self._changing:
            self.tell("These notes have ended: e changes their lines, c goes on with them")
            return None
        return chosen

    def action_edit(self) -> None:
        """Edit the chosen line in the input; its time stays. From then on others can be changed."""
        self._changing = True
        chosen = self.to_change()
        if chosen is not None:
            typed = self.reader.written(as_typed(chosen))
            self._edit_line(Edit(chosen.id, chosen.time, typed), typed)

    def ask_again(self, kept: Sequence[str], text: str, cursor: int | None) -> None:
        """Take up an edit that was not saved when the app ended."""
        if kept[0] != EDIT:
            super().ask_again(kept, text, cursor)
            return
        _, id, time, before = kept
        self._changing = True
        line = self._line_with(id)
        if line is not None and text == self.reader.written(as_typed(line)):
            self.give_line_back()
            return
        self.script.choose_id(id)
        edit = Edit(id, datetime.fromisoformat(time), before)
        self._edit_line(edit, text, cursor, self.dismissed)

    def _line_with(self, id: str) -> NoteLine | None:
        lines = () if self._observation is None else self._observation.lines
        return next((line for line in lines if line.id == id), None)

    def _edit_line(
        self, edit: Edit, text: str, cursor: int | None = None, dismissed: tuple[str, ...] = ()
    ) -> None:
        """Ask for other words of a line, as it stands now: what is said of it is what is so."""
        line = self._line_with(edit.line)
        time = dates.clock(self.session.clock.local(edit.time))
        if line is None:
            prompt = f"{time} was taken out meanwhile · Enter adds this as a line · Escape drops it"
        elif self.reader.written(as_typed(line)) != edit.before:
            now = cut(self.reader.written(as_typed(line)), max(self.size.width - 24, 20))
            prompt = f"Meanwhile {time} became: {now}\nEnter puts yours there · Escape leaves it"
        else:
            prompt = f"Editing {time} · Enter saves · Escape leaves it as it was"
        if line is not None:
            dismissed = tuple(dict.fromkeys((*line.dismissed, *dismissed)))

        async def take(words: str) -> str:
            await self._edited(edit, line, words)
            self.action_lines()
            return ""

        before, kept = edit.before, edit.kept()
        self.lend_line(Borrowed(prompt, text, take, cursor, before, kept, True, dismissed))

    async def _edited(self, edit: Edit, line: NoteLine | None, text: str) -> None:
        """Save other words of `line`, None for one that is gone: then it is a new one.

        A line that is not any more as it was seen is shown as it is now, and asked about again.
        """
        if line is not None and text == self.reader.written(as_typed(line)):
            return
        if not text.strip():
            self.complain("The line is empty: Escape leaves it as it was, d takes it out")
            raise NotDone
        id = self._observation_id
        if line is None or id is None:
            self._waiting.append(self.reader.line(text, edit.time, self.dismissed))
            with suppress(NotDone):
                # Refused, it waits in sight and is tried again, as every line.
                await self._write()
            return
        new = self.line_over(line, text)

        def change(desk: Desk) -> tuple[Observation, bool]:
            try:
                return desk.scripts.edit(id, line.id, new, line), True
            except (ChangedMeanwhile, NotFound):
                return desk.observing.get(id), False

        seen, done = await self.perform(change)
        cursor = self.line.cursor_position
        self.show_observation(seen)
        if not done:
            self._edit_line(edit, text, cursor, self.dismissed)
            raise NotDone

    def line_over(self, chosen: NoteLine, text: str) -> Line:
        """Return the line as edited; what no prefix can say of the old one stays."""
        typed = self.reader.read(text)
        if not typed.speaker and typed.kind == chosen.kind.value and typed.kind != "action":
            typed = typed._replace(speaker=chosen.speaker)
        return self.reader.line_of(typed, chosen.time, self.dismissed)

    def action_split(self) -> None:
        """Make two lines of the chosen one, where the cursor stands at Enter."""
        chosen = self.to_change()
        if chosen is None:
            return
        typed = as_typed(chosen)

        async def take(text: str) -> str:
            place = self.line.cursor_position
            first, second = text[:place].strip(), text[place:].strip()
            if not first or not second:
                self.complain("Put the cursor where the second line begins, then Enter")
                raise NotDone
            both = [
                self.reader.line_of(typed._replace(text=words), chosen.time, chosen.dismissed)
                for words in (first, second)
            ]
            await self.record(lambda desk, id: desk.scripts.split(id, chosen.id, *both))
            self.action_lines()
            return ""

        prompt = "Cursor where the second line begins, then Enter · Escape leaves it"
        self.lend_line(Borrowed(prompt, chosen.text, take, 0, from_lines=True))
