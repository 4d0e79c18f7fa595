"""Marking lines, of one teacher, and linking all of them to a goal at once."""

from __future__ import annotations

from typing import NamedTuple

from textual import work

from coach_tui.coaching.evidence import NO_EVIDENCE
from coach_tui.domain.enumerations import LineKind
from coach_tui.domain.note_search import Found, apart
from coach_tui.domain.records import Observation
from coach_tui.presentation import dates
from coach_tui.presentation.text import plural
from coach_tui.screens.base import NotDone
from coach_tui.screens.notes.searching import SearchingNotes
from coach_tui.screens.session import Session
from coach_tui.widgets.inputs import FilterLine
from coach_tui.widgets.notes_table import NotesTable, key_of
from coach_tui.widgets.one_key import ACTIONS

NO_LINE = "Search for a line first: / and a word of it"


class Mark(NamedTuple):
    """A line that was marked: whose, in which observation, where it stood and what it said."""

    coachee: str
    observation: str
    place: int
    words: str


class MarkingNotes(SearchingNotes):
    """Marks stay through other searches, until they are linked or taken back."""

    def __init__(self, session: Session) -> None:
        """Mark nothing."""
        super().__init__(session)
        self._marks: dict[str, Mark] = {}

    @property
    def marked(self) -> frozenset[str]:
        """The keys of the rows that are marked."""
        return frozenset(self._marks)

    def aside(self) -> str:
        """Say how many lines are marked, where there are any."""
        count = len(self._marks)
        return f"● {plural(count, 'line')} marked" if count else super().aside()

    def action_mark(self) -> None:
        """Mark the line under the cursor, or take its mark back, and go to the next."""
        one = self.selected
        mark = None if one is None else _mark(one)
        if one is None or mark is None:
            self.tell(NO_LINE)
            return
        if key_of(one) in self._marks:
            del self._marks[key_of(one)]
        elif self._may_mark(one, mark):
            self._marks[key_of(one)] = mark
        else:
            return
        self._show_marks()
        self.query_one(NotesTable).action_down()

    def _may_mark(self, one: Found, mark: Mark) -> bool:
        others = {each.coachee for each in self._marks.values()} - {mark.coachee}
        for other in others:
            name = self.index.names.get(other, "")
            self.complain(
                f"The marked lines are of {name}: a goal has one teacher's lines. l links them, "
                "escape takes the marks back"
            )
            return False
        if one.kind in (LineKind.QUESTION, LineKind.INFERENCE):
            self.complain(f"Not marked: {NO_EVIDENCE}")
            return False
        return True

    def _show_marks(self) -> None:
        self.query_one(NotesTable).mark(self.marked)
        self._show_aside()

    def action_clear(self) -> None:
        """Take the marks back; without any, show all notes again."""
        if self._marks:
            self._marks = {}
            self._show_marks()
        else:
            self.query_one(FilterLine).value = ""

    @work(exclusive=True, group=ACTIONS, exit_on_error=False)
    async def action_link(self) -> None:
        """Link the marked lines to a goal as evidence; without any, the line under the cursor."""
        from coach_tui.screens.observe.linking import link

        marks = list(self._marks.values())
        if not marks:
            mark = None if self.selected is None else _mark(self.selected)
            if mark is None:
                self.tell(NO_LINE)
                return
            marks = [mark]
        # What another session changed since must be known: the words are what was chosen.
        await self.perform(lambda desk: desk.poll())
        lines: dict[str, list[str]] = {}
        for mark in marks:
            lines.setdefault(mark.observation, []).append(await self._id_of(mark))
        if await link(self, marks[0].coachee, lines):
            self._marks = {}
            self._show_marks()

    async def _id_of(self, mark: Mark) -> str:
        """Return the id of a marked line; raises `NotDone` when it is not there any more."""
        seen = await self.perform(lambda desk: desk.observing.find(mark.observation))
        id = None if seen is None else _found_again(mark, seen)
        if id is not None:
            return id
        when = "" if seen is None else f" of {dates.short(seen.date, self.session.today())}"
        self.complain(f"A line{when} was changed meanwhile: mark it again. Nothing was linked")
        self._marks = {key: one for key, one in self._marks.items() if one != mark}
        self._show_marks()
        raise NotDone


def _mark(one: Found) -> Mark | None:
    if one.line is None:
        return None
    return Mark(one.kept.coachee, one.kept.id, one.line, one.kept.lines[one.line])


def _found_again(mark: Mark, seen: Observation) -> str | None:
    """Return the line's id where it stood, or where it stands now; None when it is not plain."""
    same = [place for place, line in enumerate(seen.lines) if apart(line.text) == mark.words]
    if mark.place in same:
        return seen.lines[mark.place].id
    return seen.lines[same[0]].id if len(same) == 1 else None
