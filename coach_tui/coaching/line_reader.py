"""How a typed line is understood and what is asked of it: alike wherever it was typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from coach_tui.coaching import lexicon
from coach_tui.coaching.lexicon import CheckWords
from coach_tui.coaching.script_lines import Line, as_typed
from coach_tui.coaching.settings import Settings
from coach_tui.domain.low_inference import Mark as Found
from coach_tui.domain.low_inference import check
from coach_tui.domain.records import Coachee, Mark, NoteLine
from coach_tui.domain.scripting import Names, Prefixes, Typed, read, written

if TYPE_CHECKING:
    from coach_tui.coaching.desk import Desk


class LineReader:
    """Reads lines with the coach's prefixes, the names of one teacher, and the words of the check.

    Without words nothing is asked: they take a moment to read.
    """

    def __init__(self, prefixes: Prefixes, names: Names, words: CheckWords | None = None) -> None:
        """Read with these; each may be put in another's place later."""
        self.prefixes, self.names, self.words = prefixes, names, words

    def read(self, text: str) -> Typed:
        """Return what a text means as a line."""
        return read(text, self.prefixes, self.names)

    def written(self, typed: Typed) -> str:
        """Return a line as it would be typed."""
        return written(typed, self.prefixes, self.names)

    def found(self, typed: Typed, dismissed: tuple[str, ...] = ()) -> tuple[Found, ...]:
        """Return what the low-inference check asks about a line."""
        if self.words is None:
            return ()
        return check(
            typed.text,
            lexicon=self.words.lexicon,
            speaker=typed.speaker,
            kind=typed.kind,
            allowed=self.words.allowed,
            dismissed=dismissed,
        )

    def line(self, text: str, begun: datetime, dismissed: tuple[str, ...] = ()) -> Line:
        """Return a typed line on its way into a script, with the questions that stand."""
        return self.line_of(self.read(text), begun, dismissed)

    def line_of(self, typed: Typed, begun: datetime, dismissed: tuple[str, ...] = ()) -> Line:
        """Return a line that was understood already, with the questions that stand."""
        return Line(typed, begun, self._marks(typed, dismissed), dismissed)

    def marks_of(self, line: NoteLine) -> tuple[Mark, ...]:
        """Return the questions that stand on a line of a script."""
        return self._marks(as_typed(line), line.dismissed)

    def _marks(self, typed: Typed, dismissed: tuple[str, ...]) -> tuple[Mark, ...]:
        found = self.found(typed, dismissed)
        return tuple(Mark(code=one.code, start=one.start, end=one.end) for one in found)


def read_typed(
    desk: Desk, settings: Settings, coachee: Coachee, lines: Iterable[str]
) -> tuple[list[Line], str]:
    """Return lines that were typed just now about a coachee, as the scripting line reads them.

    With an own word list that cannot be read, the words are those that are shipped, and the second
    answer says why; it is empty otherwise.
    """
    now = desk.clock.now()
    words, trouble = lexicon.read_anyway(settings.directory)
    groups = (group.label for group in coachee.priority_groups)
    names = Names(groups, desk.goals.look_fors(coachee.id))
    reader = LineReader(Prefixes(settings.prefixes), names, words)
    return [reader.line(text, now) for text in lines], trouble
