"""A text as the words that names are made of: parted at capitals, digits and hyphens. Plain.

`MsOkafor` is `Ms` and `Okafor`, `OkaforRoom12` three words, `O'Neil-Smith` too. Words that only
such a seam parts are of one run.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from coach_tui.domain.names import APOSTROPHES, HYPHENS, spellings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_MARKS = "\u0300-\u036f"
_SEAMS = APOSTROPHES + HYPHENS + "_"

_RUN = re.compile(rf"[\w{_MARKS}{_UNSEEN}{re.escape(APOSTROPHES + HYPHENS)}]+")
_PIECE = re.compile(rf"[^\W{re.escape(_SEAMS)}](?:[{_MARKS}{_UNSEEN}]*[^\W{re.escape(_SEAMS)}])*")
_ATTACHED = re.compile(rf"[{_MARKS}{_UNSEEN}]*")
_SIGN = re.compile(r"[TC]|[SG]\d{0,3}")
_BEGINS = re.compile(r"[.!?:;\"“”„«(\[{)\]}*•|>–—…/&=]")


class Word(NamedTuple):
    """A word of a text: where it stands, its spelling in plain small letters, and its run."""

    start: int
    end: int
    key: str
    run: int

    @property
    def is_number(self) -> bool:
        """Whether it is of digits."""
        return self.key.isdigit()


def words_of(text: str) -> list[Word]:
    """Return the words of `text` in their order."""
    found = []
    for number, run in enumerate(_RUN.finditer(text)):
        for start, end in _parted(text, run.start(), run.end()):
            key = spellings(text[start:end])[0]
            if key:
                found.append(Word(start, end, key, number))
    return found


def _parted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for piece in _PIECE.finditer(text, start, end):
        # A mark that is written after its letter belongs to it.
        attached = _ATTACHED.match(text, piece.end(), end)
        last = attached.end() if attached is not None else piece.end()
        word = text[piece.start() : last]
        is_plain = word.isascii() and (word.isdigit() or (word.isalpha() and _is_one_case(word)))
        if is_plain:
            yield piece.start(), last
        else:
            yield from _at_seams(text, piece.start(), last)


def _is_one_case(word: str) -> bool:
    return word.islower() or word[1:].islower()


def _at_seams(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Part a piece where a small letter meets a capital, or a letter a digit."""
    begun, before = start, ""
    for place in range(start, end):
        kind = _kind(text[place])
        if not kind:
            continue
        ends_capitals = kind == "A" == before and _kind(text[place + 1 : place + 2]) == "a"
        if before and (ends_capitals or (kind != before and (before, kind) != ("A", "a"))):
            yield begun, place
            begun = place
        before = kind
    yield begun, end


def _kind(sign: str) -> str:
    """Return `A` for a capital, `a` for another letter, `1` for a digit; empty for the rest."""
    if sign.isupper():
        return "A"
    if sign.isdigit():
        return "1"
    return "a" if sign.isalpha() else ""


def has_capital(text: str, word: Word) -> bool:
    """Whether a word is written as a name is; a writing without capitals has only names."""
    sign = text[word.start]
    return not sign.islower()


def is_shouted(text: str, word: Word) -> bool:
    """Whether a word of two letters or more is all in capitals."""
    return text[word.start : word.end].isupper() and word.end - word.start > 1


def begins_a_sentence(text: str, words: list[Word], index: int) -> bool:
    """Whether a capital says nothing at this word: first in its line, sentence or quotation.

    The signs of a script (`T`, `S3`) stand before what somebody said or did.
    """
    start = words[index].start
    before = text[words[index - 1].end : start] if index else text[:start]
    if not index or "\n" in before or _BEGINS.search(before):
        return True
    last = words[index - 1]
    if last.is_number and index > 1 and words[index - 2].run == last.run:
        last = Word(words[index - 2].start, last.end, "", last.run)
    return _SIGN.fullmatch(text[last.start : last.end]) is not None
