"""What was left in a text and may be somebody's name: the app knows no student's (rule R4). Plain.

This asks, it takes nothing out. It points to more than it must rather than to less.
"""

from __future__ import annotations

from coach_tui.domain.redacting.words import begins_a_sentence, has_capital, is_shouted, words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from coach_tui.domain.redacting.words import Word

_SHORTEST = 2


class LeftIn:
    """Points to words that may be names: a capital within a sentence, or a given name.

    A word that begins a sentence is pointed to when it is a known given name, or when somebody
    says or does something there (`Marcus says`).
    """

    def __init__(
        self,
        given_names: Collection[str],
        no_names: Collection[str],
        titles: Collection[str],
        says: Collection[str],
    ) -> None:
        """Know given names, what is no name, titles and what people do: plain small letters."""
        self._given, self._no_names = given_names, no_names
        self._titles, self._says = titles, says

    def names(self, text: str, own: Collection[str]) -> tuple[str, ...]:
        """Return what may be a name in `text`, as it is written, each once, in its order.

        `own` are the names that may stay, in plain small letters.
        """
        found: dict[str, str] = {}
        for line in text.splitlines():
            for key, written in self._in_line(line, own):
                found.setdefault(key, written)
        return tuple(found.values())

    def _in_line(self, line: str, own: Collection[str]) -> Iterator[tuple[str, str]]:
        words = words_of(line)
        for index, word in enumerate(words):
            key = word.key
            if len(key) < _SHORTEST or word.is_number or key in own or key in self._titles:
                continue
            if key in self._given or self._is_titled(line, words, index):
                is_one = True
            else:
                is_one = key not in self._no_names and self._reads_as_a_name(line, words, index)
            if is_one:
                yield key, line[word.start : word.end]

    def _is_titled(self, line: str, words: list[Word], index: int) -> bool:
        before = words[index - 1].key if index else ""
        return before in self._titles and has_capital(line, words[index])

    def _reads_as_a_name(self, line: str, words: list[Word], index: int) -> bool:
        word = words[index]
        is_glued = index > 0 and words[index - 1].run == word.run
        if not has_capital(line, word) or is_shouted(line, word) or is_glued:
            return False
        if not begins_a_sentence(line, words, index):
            return True
        after = words[index + 1] if index + 1 < len(words) else None
        return after is not None and after.key in self._says
