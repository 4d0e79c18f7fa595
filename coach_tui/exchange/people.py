"""Names of people as rosters write them, and keys, made comparable."""

from __future__ import annotations

import re

from coach_tui.domain.names import plain

_SURE_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "edd", "nbct", "esq"})
_POSSIBLE_SUFFIXES = frozenset({"v", "ma", "ms", "md", "med", "mat", "mba", "bs", "ba"})
_NOT_IN_NAMES = re.compile(r"[^\w\s.'’()-]|[\d_]")
_DROPPED = re.compile("[.'’‘`´\u200e\u200f]")
_SPACED = re.compile("[-‐‑–,_\\s]+")


def folded(text: str) -> str:
    """Return `text` without what people write differently: case, accents, points, hyphens."""
    words = _SPACED.sub(" ", _DROPPED.sub("", plain(text))).strip()
    return words or " ".join(text.casefold().split())


def folded_name(name: str) -> str:
    """Return `name` as one person's names are compared, `Last, First` turned round first."""
    return folded(turned(name))


def turned(name: str) -> str:
    """Return `Last, First` as `First Last`, and any other name as it stands.

    A suffix after the comma (`Ann Smith, PhD`) is not a first name; what does not look like a
    name is never turned.
    """
    last, comma, first = (part.strip() for part in name.partition(","))
    if not (comma and last and first) or "," in first or _NOT_IN_NAMES.search(last + first):
        return name
    word = first.replace(".", "").casefold()
    if word in _SURE_SUFFIXES or (word in _POSSIBLE_SUFFIXES and len(last.split()) > 1):
        return name
    return f"{first} {last}"


def keys_contradict(one: str, other: str) -> bool:
    """Whether two keys show that two rows of the same name are two people.

    An e-mail address and an employee id can belong to one person, and so can two addresses that
    differ only after the `@`.
    """
    one, other = one.strip().casefold(), other.strip().casefold()
    if not (one and other) or ("@" in one) != ("@" in other):
        return False
    return one.partition("@")[0] != other.partition("@")[0]
