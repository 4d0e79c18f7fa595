"""How the words of a name are spelled: in letters alone, with and without umlauts. Plain."""

from __future__ import annotations

import re

from coach_tui.domain.names import spellings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from coach_tui.domain.redacting.name_words import NameWords

_UMLAUTS = re.compile("ue|oe|ae|aa")

_SHORTEST = 4
"""Letters that a spelling without its umlaut has at least."""

_MOST_WAYS = 12
"""Ways to spell several parts together that are kept."""


def says_something(word: str, known: NameWords) -> bool:
    """Whether a word of a name is more than a title, or what is written after a name."""
    key = spellings(word.strip("."))[0]
    return bool(letters_of(word)) and key not in known.titles and key not in known.endings


def letters_of(word: str) -> str:
    """Return the letters and digits of a word."""
    return "".join(filter(str.isalnum, word))


def spelled_by(word: str) -> tuple[str, ...]:
    """Return the spellings of a word in letters alone; `Mueller` may be `Muller` too."""
    found = dict.fromkeys(map(letters_of, spellings(word)))
    for one in list(found):
        shorter = _UMLAUTS.sub(lambda two: two[0][0], one)
        if len(shorter) >= _SHORTEST:
            found.setdefault(shorter)
    return tuple(one for one in found if one)


def ways(names: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the ways in which several words are spelled after each other, the first ones."""
    found: list[tuple[str, ...]] = [()]
    for spelled in names:
        found = [(*begun, one) for begun in found for one in spelled][:_MOST_WAYS]
    return found
