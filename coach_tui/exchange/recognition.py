"""Who on the caseload a row of a roster is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from coach_tui.domain.records import Coachee
from coach_tui.exchange.people import folded, folded_name, keys_contradict

MOST_NAMED = 3
"""How many are named of those that an unclear row could be about."""


class Ambiguous(Exception):
    """A row that could be about two or more of the caseload; `candidates` are the first of them."""

    def __init__(self, candidates: tuple[Coachee, ...]) -> None:
        """Keep who it could be about."""
        super().__init__("a row could be about more than one coachee")
        self.candidates = candidates


@dataclass(eq=False)
class Entry:
    """A coachee as it would be after the rows so far, and the line that was about it, if any."""

    coachee: Coachee
    line_number: int | None = None


class KnownPeople:
    """The caseload by key, name and building, kept up as rows add to it and change it."""

    def __init__(self, coachees: Iterable[Coachee], keys: Iterable[str]) -> None:
        """Take the caseload as it is, and all the keys that the roster's rows have."""
        self._keys = frozenset(_comparable(key) for key in keys) - {""}
        self._by_key: dict[str, list[Entry]] = {}
        self._everybody = _ByName()
        # In one roster another key is another person: those whom a row names by key are not here.
        self._named_by_no_key = _ByName()
        for coachee in coachees:
            self._index(Entry(coachee))

    def add(self, coachee: Coachee, line_number: int) -> Entry:
        """Add the coachee that the row on `line_number` is about."""
        entry = Entry(coachee, line_number)
        self._index(entry)
        return entry

    def replace(self, entry: Entry, after: Coachee) -> None:
        """Put `after` in the place of the entry's coachee."""
        for people in self._lists(entry.coachee):
            people.remove(entry)
        entry.coachee = after
        self._index(entry)

    def has_key(self, key: str) -> bool:
        """Whether somebody has this key, in any case of its letters."""
        return bool(self._by_key.get(_comparable(key)))

    def find(self, name: str, building: str, key: str) -> Entry | None:
        """Return whom a row is about, or None. Raises `Ambiguous`.

        The same key decides. Else the same name, unless two keys or two buildings contradict;
        the same building is nearer than none.
        """
        same_key = self._by_key.get(_comparable(key)) if key.strip() else None
        if same_key:
            same_name = folded_name(name)
            both = [one for one in same_key if folded_name(one.coachee.name) == same_name]
            return _only(both or same_key)
        by_name = self._named_by_no_key if key.strip() else self._everybody
        for near in by_name.nearest_first(name, building):
            found = _only(one for one in near if not keys_contradict(one.coachee.key, key))
            if found is not None:
                return found
        return None

    def _index(self, entry: Entry) -> None:
        for people in self._lists(entry.coachee):
            people.append(entry)

    def _lists(self, coachee: Coachee) -> Iterable[list[Entry]]:
        key = _comparable(coachee.key)
        if key:
            yield self._by_key.setdefault(key, [])
        yield from self._everybody.lists(coachee)
        if key not in self._keys:
            yield from self._named_by_no_key.lists(coachee)


class _ByName:
    """People by their name, all of them and those of each building."""

    def __init__(self) -> None:
        self._people: dict[tuple[str, str | None], list[Entry]] = {}

    def lists(self, coachee: Coachee) -> Iterable[list[Entry]]:
        name = folded_name(coachee.name)
        for place in (None, folded(coachee.building)):
            yield self._people.setdefault((name, place), [])

    def nearest_first(self, name: str, building: str) -> Iterable[list[Entry]]:
        places = (folded(building), "") if building.strip() else (None,)
        for place in places:
            yield self._people.get((folded_name(name), place), [])


def _comparable(key: str) -> str:
    return key.strip().casefold()


def _only(entries: Iterable[Entry]) -> Entry | None:
    found = tuple(islice(entries, MOST_NAMED))
    if len(found) > 1:
        raise Ambiguous(tuple(entry.coachee for entry in found))
    return found[0] if found else None
