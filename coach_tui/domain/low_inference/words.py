"""A line as words, each with its place in the line. Plain."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    Word: TypeAlias = tuple[int, int, str]
    """Where a word starts and ends in the text, and the word in small letters."""

_LETTER = r"(?:[^\W_]|[\u0300-\u036f])"
"""A letter or digit of any script, or an accent that follows its letter."""

_WORD = re.compile(rf"{_LETTER}+(?:['’]{_LETTER}+)*")

_JOINERS = " \t\u00a0\u2009-\u2010\u2011/"
"""What may stand between the words of one phrase: `off task`, `off-task`, `b/c`."""


def words_of(text: str) -> list[Word]:
    """Return the words of `text` in their order; an apostrophe inside belongs to its word."""
    return [(found.start(), found.end(), folded(found[0])) for found in _WORD.finditer(text)]


def folded(word: str) -> str:
    """Return a word as it is compared: small letters, straight apostrophes, composed accents."""
    if word.isascii():
        return word.lower()
    from unicodedata import normalize

    return normalize("NFC", word.lower().replace("’", "'"))


def joined(text: str, end: int, start: int) -> bool:
    """Whether the words that end at `end` and start at `start` may be of one phrase."""
    between = text[end:start]
    return between == " " or not between.strip(_JOINERS)


def key_of(phrase: str) -> tuple[str, ...]:
    """Return a phrase as it is compared: its words, whatever their capitals and hyphens."""
    if phrase.isascii() and phrase.replace(" ", "").isalpha():
        return tuple(phrase.lower().split())
    return tuple(word for _, _, word in words_of(phrase))
