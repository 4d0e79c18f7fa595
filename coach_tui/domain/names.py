"""How a name may be spelled: without accents, in other letters, without its apostrophe. Plain.

A keyboard at school has no `ø`, and nobody types the accent of `Tomás` in a hurry: who looks for
a name, and what hides one, must not depend on it.
"""

from __future__ import annotations

from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

APOSTROPHES = "'\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02be\u02bf\u02c8\u2032\u00b4`\uff07\ua78c"
"""What people and their keyboards write for an apostrophe."""

HYPHENS = "-\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
"""What may stand between the two halves of a name."""

_LETTERS = {
    "ø": ("o", "oe"),
    "ö": ("o", "oe"),
    "ü": ("u", "ue"),
    "ä": ("a", "ae"),
    "å": ("a", "aa"),
    "æ": ("ae", "a"),
    "œ": ("oe", "o"),
    "ß": ("ss", "s"),
    "ẞ": ("ss", "s"),
    "ñ": ("n", "ny"),
    "ð": ("d", "dh"),
    "đ": ("d", "dj"),
    "þ": ("th",),
    "ł": ("l",),
    "ı": ("i",),
    "ħ": ("h",),
    "ŋ": ("ng", "n"),
    "ŧ": ("t",),
    "ĸ": ("k",),
}
"""Letters that no decomposition turns into plain ones, and those that are written out by two."""

_MOST_SPELLINGS = 24
"""Spellings of one name that are made at most; after that each letter has its first one."""

_SQUEEZED = str.maketrans("", "", APOSTROPHES + HYPHENS)


@lru_cache(maxsize=4096)
def spellings(text: str) -> tuple[str, ...]:
    """Return how `text` may be spelled in plain small letters, the plainest first.

    `Ødegård` is `odegard`, `odegaard`, `oedegard`, `oedegaard`. Signs that are not seen are left
    out, whatever is no letter stays.
    """
    if text.isascii():
        return (text.lower(),)
    found = [""]
    for choices in _choices(text):
        are_few = len(found) * len(choices) <= _MOST_SPELLINGS
        taken = choices if are_few else choices[:1]
        found = [begun + choice for begun in found for choice in taken]
    return tuple(dict.fromkeys(found))


def _choices(text: str) -> Iterable[Sequence[str]]:
    import unicodedata

    for sign in unicodedata.normalize("NFKC", text).lower():
        if sign in _LETTERS:
            yield _LETTERS[sign]
        elif sign in APOSTROPHES:
            yield ("'",)
        else:
            bare = [one for one in unicodedata.normalize("NFKD", sign) if _is_seen(one)]
            yield ("".join(_LETTERS.get(one, (one,))[0] for one in bare).casefold(),)


def _is_seen(sign: str) -> bool:
    """Whether a sign is more than an accent: the vowel signs of Indian scripts are letters."""
    import unicodedata

    return "\u0900" <= sign <= "\u1cff" or unicodedata.category(sign) not in ("Mn", "Me", "Cf")


def plain(text: str) -> str:
    """Return `text` in small letters without accents: `tomas` for `Tomás`."""
    return spellings(text)[0]


@lru_cache(maxsize=4096)
def found_by(name: str) -> str:
    """Return all that a name can be found by, a line each: its spellings, and these glued."""
    known = dict.fromkeys((name.casefold(), *spellings(name)))
    known.update(dict.fromkeys([one.translate(_SQUEEZED) for one in known]))
    return "\n".join(known)


def is_in(part: str, known: str) -> bool:
    """Whether `known`, which `found_by` made, has `part` in it, however that is spelled."""
    return part.casefold() in known or any(one in known for one in spellings(part))


def is_called(name: str, words: str) -> bool:
    """Whether a name has every word of `words` in it, however they are spelled."""
    known = found_by(name)
    return all(is_in(word, known) for word in words.split())
