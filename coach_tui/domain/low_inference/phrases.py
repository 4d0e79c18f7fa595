"""Phrases to look for in a line, and what each stands for. Plain."""

from __future__ import annotations

from enum import Enum

from coach_tui.domain.low_inference.words import joined, key_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, TypeAlias

    from coach_tui.domain.low_inference.words import Word

    Node: TypeAlias = dict[str, Any]

FINE = ""
"""Instead of a code: a phrase that is not asked about, nor anything in it."""

_END = " "
"""Where a phrase may end; no word is a space."""


class When(Enum):
    """On what condition a phrase is asked about."""

    ALWAYS = "always"
    UNLESS_COUNTED = "where no count is in the clause"
    UNLESS_TIMED = "where no time is in the clause"
    UNLESS_SHOWN = "where the line does not go on with the words or the act"
    BEFORE_JUDGEMENT = "right in front of a judgement"
    BESIDE_A_CHILD = "where a child is in the clause"


class Term:
    """What a phrase stands for: its code, or `FINE`, and when it is asked about."""

    __slots__ = ("code", "when")

    def __init__(self, code: str, when: When = When.ALWAYS) -> None:
        """Hold the values."""
        self.code, self.when = code, when


class Phrases:
    """Phrases to look for. Of those that begin at a word the longest wins.

    A tree by words: a line costs one look into a table for each of its words, however many
    phrases there are.
    """

    __slots__ = ("_count", "_root")

    def __init__(self, terms: Mapping[str, Term]) -> None:
        """Take phrases with what they stand for; capitals and hyphens make no difference."""
        self._root: Node = {}
        self._count = 0
        for phrase, term in terms.items():
            node = self._root
            for word in key_of(phrase):
                node = node.setdefault(word, {})
            if node is not self._root:
                self._count += _END not in node
                node[_END] = term

    @classmethod
    def fine(cls, phrases: Iterable[str]) -> Phrases:
        """Return phrases that are not asked about, such as a user's allow list."""
        return cls(dict.fromkeys(phrases, Term(FINE)))

    def __len__(self) -> int:
        """How many different phrases there are."""
        return self._count

    def __iter__(self) -> Iterator[str]:
        """Yield the phrases, their words in small letters and a space between them."""
        return _walk(self._root, ())

    def __contains__(self, phrase: str) -> bool:
        """Whether just this phrase is one of them."""
        node = self._root
        for word in key_of(phrase):
            if word not in node:
                return False
            node = node[word]
        return _END in node

    def longest_at(self, text: str, words: Sequence[Word], index: int) -> tuple[int, Term] | None:
        """Return the longest phrase that begins with the word at `index`, None without one.

        It is returned as the index of the word after it, and its term.
        """
        node: Node | None = self._root.get(words[index][2])
        found = None
        while node is not None:
            index += 1
            if _END in node:
                found = index, node[_END]
            if index == len(words) or not joined(text, words[index - 1][1], words[index][0]):
                break
            node = node.get(words[index][2])
        return found


def _walk(node: Node, before: tuple[str, ...]) -> Iterator[str]:
    for word, inner in node.items():
        if word == _END:
            yield " ".join(before)
        else:
            yield from _walk(inner, (*before, word))


NOTHING = Phrases({})
"""An allow list with nothing on it."""
