"""A script that was edited in two places at once, put together line by line.

Three states: the one that both began from, hers, and the one that is stored by now. A line that one
side alone changed is as that side left it; new lines of both are kept, those that only came at the
end meanwhile after hers; a line that both changed is a `Clash`, and is asked about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coach_tui.presentation.script_text import Written


@dataclass(frozen=True, slots=True)
class Clash:
    """A line that both changed, each in another way; None for the side that took it out."""

    id: str
    mine: Written | None
    theirs: Written | None


@dataclass(frozen=True, slots=True)
class Merged:
    """The lines in their order, hers where both changed one; and how many `came` meanwhile."""

    rows: tuple[Written, ...]
    clashes: tuple[Clash, ...]
    came: int


def merged(base: Sequence[Written], mine: Sequence[Written], theirs: Sequence[Written]) -> Merged:
    """Put both sides together over the `base` that both began from."""
    before, hers, other = _by_id(base), _by_id(mine), _by_id(theirs)
    settled, clashes = dict[str, Written](), list[Clash]()
    for id in {**before, **other}:
        was, here, there = before.get(id), hers.get(id), other.get(id)
        if here == was:
            row = there
        elif there in (was, here):
            row = here
        else:
            clashes.append(Clash(id, here, there))
            row = here or there
        if row is not None:
            settled[id] = row
    return Merged(
        tuple(_in_order(base, mine, theirs, settled)), tuple(clashes), len(other.keys() - before)
    )


def _by_id(rows: Sequence[Written]) -> dict[str, Written]:
    return {row.id: row for row in rows if row.id}


def _in_order(
    base: Sequence[Written],
    mine: Sequence[Written],
    theirs: Sequence[Written],
    settled: Mapping[str, Written],
) -> list[Written]:
    """Return what is `settled` and her new lines in her order, or in theirs if they alone moved."""
    everywhere = _by_id(base).keys() & _by_id(mine).keys() & _by_id(theirs).keys()
    orders = [[row.id for row in rows if row.id in everywhere] for rows in (base, mine, theirs)]
    if orders[1] == orders[0] != orders[2]:
        return _woven(theirs, mine, settled, at_end=False)
    return _woven(mine, theirs, settled, at_end=True)


def _woven(
    first: Sequence[Written],
    second: Sequence[Written],
    settled: Mapping[str, Written],
    *,
    at_end: bool,
) -> list[Written]:
    """Return the lines in the order of `first`, and each that only `second` has after the one it
    follows there; with `at_end`, those after the last line that both have come at the very end.
    """
    there = {row.id for row in first if row.id}
    follow: defaultdict[str, list[Written]] = defaultdict(list)
    anchor = ""
    for row in second:
        if row.id in there:
            anchor = row.id if row.id in settled else anchor
        elif not row.id or row.id in settled:
            follow[anchor].append(settled.get(row.id, row))
    last = follow.pop(anchor, []) if at_end else []
    found = follow.pop("", [])
    for row in first:
        if not row.id:
            found.append(row)
        elif row.id in settled:
            found += [settled[row.id], *follow[row.id]]
    return found + last
