"""The check itself: one line in, questions out (domain.md section 7). Plain."""

from __future__ import annotations

from coach_tui.domain.low_inference.beside import Clauses, is_countable
from coach_tui.domain.low_inference.marks import Mark
from coach_tui.domain.low_inference.names import end_of_name, full_names
from coach_tui.domain.low_inference.phrases import FINE, NOTHING, When
from coach_tui.domain.low_inference.quoting import quoted_spans
from coach_tui.domain.low_inference.words import joined, key_of, words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from coach_tui.domain.low_inference.lexicon import Lexicon
    from coach_tui.domain.low_inference.phrases import Phrases, Term
    from coach_tui.domain.low_inference.quoting import Span
    from coach_tui.domain.low_inference.words import Word

PRIVACY, NOTHING_COUNTABLE = "LI11", "LI12"
JUDGEMENTS = frozenset(("LI01", "LI02", "LI03"))

EXEMPT = frozenset(("quote", "question", "inference"))
"""Kinds of line that are never asked about: what was said, and what is kept apart (rule R3)."""


def check(
    text: str,
    *,
    lexicon: Lexicon,
    speaker: str = "",
    kind: str = "action",
    allowed: Phrases = NOTHING,
    dismissed: Collection[str] = (),
) -> tuple[Mark, ...]:
    """Return what to ask about a line as it is typed, in the order of the line.

    `kind` is a word of `LineKind`; with the kind left empty, a speaker T or S makes it a
    quotation. `allowed` are the phrases of the user's allow list, `dismissed` the words (or
    codes) whose marks were dismissed on this line. Quick enough for every keystroke.
    """
    if kind in EXEMPT or (not kind and speaker[:1] in ("T", "S")):
        return ()
    words = words_of(text)
    if not words:
        return ()
    return tuple(_Reading(text, words, lexicon, allowed).marks(dismissed))


def review(
    text: str,
    *,
    lexicon: Lexicon,
    speaker: str = "",
    kind: str = "action",
    allowed: Phrases = NOTHING,
    dismissed: Collection[str] = (),
) -> tuple[Mark, ...]:
    """Return what to ask about a finished line: as `check`, and LI12 where nothing was found.

    LI12 is about the whole line: no number, no quotation, no time and no speaker in it.
    """
    marks = check(
        text, lexicon=lexicon, speaker=speaker, kind=kind, allowed=allowed, dismissed=dismissed
    )
    if marks or kind in EXEMPT or speaker or NOTHING_COUNTABLE in dismissed:
        return marks
    said = text.strip()
    if not words_of(said) or is_countable(said):
        return marks
    start = text.index(said)
    question = lexicon.question(NOTHING_COUNTABLE)
    return (Mark(NOTHING_COUNTABLE, start, start + len(said), question),)


class _Found:
    """A phrase in the line: which of its words, and the term it stands for."""

    __slots__ = ("first", "last", "term")

    def __init__(self, first: int, last: int, term: Term) -> None:
        self.first, self.last, self.term = first, last, term


class _Reading:
    """One line with its words; quotations are left out of them."""

    __slots__ = ("allowed", "clauses", "lexicon", "shown_until", "text", "words")

    def __init__(self, text: str, words: list[Word], lexicon: Lexicon, allowed: Phrases) -> None:
        self.text, self.lexicon, self.allowed = text, lexicon, allowed
        self.clauses: Clauses | None = None
        quoted = quoted_spans(text)
        self.words = _outside(words, quoted) if quoted else words
        self.shown_until = max(text.rfind(":"), quoted[-1][0] if quoted else -1)

    def marks(self, dismissed: Collection[str]) -> list[Mark]:
        found = self._phrases(self.lexicon.phrases)
        permitted = {
            index
            for one in (self._phrases(self.allowed) if len(self.allowed) else ())
            for index in range(one.first, one.last)
        }
        spans = [
            (self.words[one.first][0], self.words[one.last - 1][1], one.term.code)
            for position, one in enumerate(found)
            if not permitted.issuperset(range(one.first, one.last))
            and self._asks(one, found[position + 1] if position + 1 < len(found) else None)
        ]
        spans += self._names({i for one in found for i in range(one.first, one.last)} | permitted)
        quiet = {key_of(phrase) for phrase in dismissed}
        return [
            Mark(code, start, end, self.lexicon.question(code))
            for start, end, code in sorted(spans)
            if not (quiet and (key_of(code) in quiet or key_of(self.text[start:end]) in quiet))
        ]

    def _phrases(self, phrases: Phrases) -> list[_Found]:
        """Return the phrases in the line from left to right, none of them in another."""
        found: list[_Found] = []
        words, text, index = self.words, self.text, 0
        while index < len(words):
            longest = phrases.longest_at(text, words, index)
            if longest is None:
                index += 1
                continue
            found.append(_Found(index, longest[0], longest[1]))
            index = longest[0]
        return found

    def _asks(self, one: _Found, following: _Found | None) -> bool:
        """Whether the line leaves open what the phrase makes one ask."""
        term = one.term
        if term.code == FINE:
            return False
        if term.when is When.ALWAYS:
            return True
        if term.when is When.BEFORE_JUDGEMENT:
            return self._is_before_judgement(one, following)
        start, end = self.words[one.first][0], self.words[one.last - 1][1]
        if term.when is When.UNLESS_SHOWN:
            return self.shown_until < end
        if self.clauses is None:
            self.clauses = Clauses(self.text, self.lexicon.children)
        if term.when is When.UNLESS_COUNTED:
            return not self.clauses.has_count(start)
        if term.when is When.UNLESS_TIMED:
            return not self.clauses.has_time(start)
        return self.clauses.has_student(start)

    def _is_before_judgement(self, one: _Found, following: _Found | None) -> bool:
        if following is None or following.term.code not in JUDGEMENTS:
            return False
        end, start = self.words[one.last - 1][1], self.words[following.first][0]
        return following.first == one.last and joined(self.text, end, start)

    def _names(self, taken: set[int]) -> Iterable[tuple[int, int, str]]:
        for run in full_names(self.text, self.words, taken, self.lexicon.names):
            start, end = self.words[run[0]][0], end_of_name(self.text, self.words[run[-1]])
            if self.text[start:end] not in self.allowed:
                yield start, end, PRIVACY


def _outside(words: list[Word], spans: list[Span]) -> list[Word]:
    """Return the words that are in none of the spans; both are in their order."""
    kept: list[Word] = []
    ahead = iter(spans)
    span = next(ahead, None)
    for word in words:
        while span is not None and span[1] <= word[0]:
            span = next(ahead, None)
        if span is None or word[1] <= span[0]:
            kept.append(word)
    return kept
