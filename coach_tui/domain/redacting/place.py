"""A word in its text: what stands around it, and whether that makes a name of it. Plain."""

from __future__ import annotations

import re

from coach_tui.domain.names import spellings
from coach_tui.domain.redacting.forms import Need
from coach_tui.domain.redacting.words import begins_a_sentence, has_capital, is_shouted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from coach_tui.domain.redacting.name_words import NameWords
    from coach_tui.domain.redacting.words import Word

_ONLY_A_POINT = re.compile(r"\.?\s{0,2}")
_NEAR = re.compile(r"(?:[^\w\n]|_){0,3}")

_BEFORE_ES = ("s", "x", "z", "ch", "sh")

_MOST_GLUED = 6
"""Words of one run that are looked at together."""


class Place:
    """A word in a text, and what stands around it."""

    def __init__(
        self, text: str, words: list[Word], index: int, known: NameWords, *, in_address: bool
    ) -> None:
        self._text, self._words, self._index, self._known = text, words, index, known
        self._in_address = in_address
        self.word = words[index]

    @property
    def longest(self) -> int:
        """How many words of this run are looked at together from here: none of digits."""
        count = 0
        for word in self._words[self._index : self._index + _MOST_GLUED]:
            if word.run != self.word.run or word.is_number:
                break
            count += 1
        return count

    def text_of(self, count: int) -> str:
        """Return what `count` words from here on are in the text."""
        return self._text[self.word.start : self._words[self._index + count - 1].end]

    @property
    def is_contracted(self) -> bool:
        """Whether it is the first half of `don't`."""
        after = self._words[self._index + 1 : self._index + 2]
        return any(word.run == self.word.run and word.key == "t" for word in after)

    def ends_in_possession(self, count: int) -> bool:
        """Whether the last of `count` words from here on is an `s` of its own."""
        return count > 1 and self._words[self._index + count - 1].key == "s"

    def is_followed(self, keys: tuple[str, ...]) -> bool:
        """Whether the words from here on are `keys`, close to each other."""
        words = self._words[self._index : self._index + len(keys)]
        if len(words) < len(keys):
            return False
        for number, key in enumerate(keys):
            word = words[number]
            if number and not _NEAR.fullmatch(self._text, words[number - 1].end, word.start):
                return False
            is_last = number == len(keys) - 1
            ways = stems(word.key) if is_last else (word.key,)
            if key not in ways and key not in spellings(self._text[word.start : word.end]):
                return False
            if is_last and len(key) == 1 and not self._is_an_initial(self._index + number):
                return False
        return True

    def _is_an_initial(self, index: int) -> bool:
        """Whether the word there is a capital that nothing is glued to."""
        after = self._words[index + 1] if index + 1 < len(self._words) else None
        is_alone = after is None or after.run != self._words[index].run
        return is_alone and has_capital(self._text, self._words[index])

    def meets(self, need: Need) -> bool:
        """Whether what a form needs is there."""
        if need is Need.NOTHING or self.is_in_address:
            return True
        if need is Need.ADDRESS:
            return False
        if self.is_titled:
            return True
        if not has_capital(self._text, self.word):
            return need is Need.CAPITAL and self._is_spoken_to and len(self.word.key) > 1
        begins = begins_a_sentence(self._text, self._words, self._index)
        if need is Need.CAPITAL_WITHIN:
            return not begins and not is_shouted(self._text, self.word)
        return not (begins and self._is_a_verb) and not self._is_a_month

    @property
    def is_in_address(self) -> bool:
        """Whether it is of an address, a user name or a file: `@li`, `li2`, `li_x`, `li.pdf`."""
        if self._in_address:
            return True
        if len(self.word.key) < 2:
            return False
        before = self._text[max(self.word.start - 2, 0) : self.word.start]
        after = self._text[self.word.end : self.word.end + 6]
        if before[-1:] in ("@", "_") or after[:1] == "_" or after[:1].isdigit():
            return True
        is_file = after[:1] == "." and after[1:].split(" ")[0] in self._known.file_ends
        return is_file or (before[-1:] == "." and self._follows_an_initial())

    def _follows_an_initial(self) -> bool:
        """Whether one letter and a point stand right before it: `g.hill`."""
        before = self._words[self._index - 1]
        return len(before.key) == 1 and before.end == self.word.start - 1

    @property
    def _is_a_month(self) -> bool:
        if self.word.key not in self._known.months:
            return False
        beside = self._words[max(self._index - 1, 0) : self._index + 2]
        return any(word.is_number for word in beside)

    @property
    def is_titled(self) -> bool:
        """Whether a title stands before it."""
        before = self._before()
        return before is not None and before.key in self._known.titles

    @property
    def _is_spoken_to(self) -> bool:
        before = self._before()
        return before is not None and before.key in self._known.spoken_to

    def _before(self) -> Word | None:
        if not self._index:
            return None
        before = self._words[self._index - 1]
        between = self._text[before.end : self.word.start]
        return before if _ONLY_A_POINT.fullmatch(between) else None

    @property
    def _is_a_verb(self) -> bool:
        """Whether it begins a sentence as a verb does: `Will you`, `Mark the`."""
        if self.word.key not in self._known.verbs or self._index + 1 >= len(self._words):
            return False
        after = self._words[self._index + 1]
        is_next = self._text[self.word.end : after.start].strip(" ") == ""
        return is_next and after.key in self._known.after_verbs


def stems(key: str) -> tuple[str, ...]:
    """Return a word, and what it is the plural of: `okafors`, `joneses`."""
    if len(key) < 3 or not key.endswith("s"):
        return (key,)
    is_long = key[:-2].endswith(_BEFORE_ES) and key.endswith("es")
    return (key, key[:-1], key[:-2]) if is_long else (key, key[:-1])
