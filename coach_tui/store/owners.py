"""Where the lines of each owner lie in a table's part of a file.

What belongs to a coachee names it in its field `coachee`, evidence its goal in `goal`. Most of a
store is asked for by these, and looking through all of it for each would be felt.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

Places = dict[bytes, "array[int]"]
"""By owner, where each line begins that names it, counted from the first, in their order."""

_OWNER = re.compile(rb'("(?:coachee|goal)":")([0-9A-Za-z_-]+)"')


def owner_in(needle: bytes) -> tuple[bytes, bytes] | None:
    """Return the key and the owner's id that a needle looks for, None when it is another."""
    found = _OWNER.fullmatch(needle)
    return (found[1], found[2]) if found else None


def places_by_owner(blocks: Iterable[bytes], key: bytes) -> Places:
    """Return where the lines of these consecutive blocks lie, by what follows `key` in them.

    A line that names several owners, one in a record within it, is found by each.
    """
    places: Places = {}
    rest, begin = b"", 0
    for block in blocks:
        data = rest + block
        whole = data.rfind(b"\n") + 1
        _find_owners(data[:whole], key, begin, places)
        rest, begin = data[whole:], begin + whole
    return places


def _find_owners(data: bytes, key: bytes, begin: int, places: Places) -> None:
    # Inside a text a quotation mark has a backslash before it: the key is never found there.
    found = data.find(key)
    while found >= 0:
        owner = data[found + len(key) : data.find(b'"', found + len(key))]
        line = begin + data.rfind(b"\n", 0, found) + 1
        lines = places.setdefault(owner, array("Q"))
        if not lines or lines[-1] != line:
            lines.append(line)
        found = data.find(key, found + len(key))
