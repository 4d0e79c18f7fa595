"""The words that the check knows, made ready for one pass over a line. Plain.

Nothing is read here: the tables come from whoever holds the files.
"""

from __future__ import annotations

from coach_tui.domain.low_inference.phrases import Phrases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from coach_tui.domain.low_inference.phrases import Term


class NameWords:
    """The words by which a full name is told from other words with capitals, in small letters.

    `given` are given names; `titles` stand before a grown-up's name; `never` are in no name;
    `before` and `after` are words that people go with.
    """

    __slots__ = ("after", "before", "given", "never", "titles")

    def __init__(
        self,
        *,
        given: Iterable[str] = (),
        titles: Iterable[str] = (),
        never: Iterable[str] = (),
        before: Iterable[str] = (),
        after: Iterable[str] = (),
    ) -> None:
        """Hold the words."""
        self.given, self.titles, self.never = frozenset(given), frozenset(titles), frozenset(never)
        self.before, self.after = frozenset(before), frozenset(after)


class Lexicon:
    """Phrases with their codes, the question of each code, words for children, and for names."""

    __slots__ = ("children", "names", "phrases", "questions")

    def __init__(
        self,
        phrases: Mapping[str, Term],
        questions: Mapping[str, str],
        *,
        children: Iterable[str] = (),
        names: NameWords | None = None,
    ) -> None:
        """Make the phrases ready to be looked for; a code without a question asks by its name."""
        self.phrases = Phrases(phrases)
        self.questions = dict(questions)
        self.children = frozenset(children)
        self.names = names or NameWords()

    def question(self, code: str) -> str:
        """Return what is asked beside a mark of this code."""
        return self.questions.get(code, code)
