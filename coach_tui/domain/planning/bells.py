"""The bell schedule: named periods with their times, for each building. Plain."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

MIDNIGHT = 24 * 60

SCHOOL_BEGINS, SCHOOL_ENDS = 8 * 60, 15 * 60
"""The school day where no bells are known."""

ANY_TIME = "the school day"
"""The name of the one period of a school whose bells are not known."""

_ABBREVIATIONS = {"p": "period", "per": "period", "b": "block", "h": "hour", "hr": "hour"}
"""How the word of a numbered period is cut short."""


NO_LESSON = frozenset({"lunch", "recess", "break", "passing", "dismissal", "breakfast"})
"""Words in the name of a period in which nobody teaches."""


class Period:
    """A period: its name, its start and end as minutes after midnight, and its building."""

    __slots__ = ("building", "end", "name", "start")

    def __init__(self, name: str, start: int, end: int, building: str = "") -> None:
        """Hold the values; `building` is empty for a period of all buildings."""
        self.name, self.start, self.end, self.building = name, start, end, building

    def __eq__(self, other: object) -> bool:
        """Whether all values are the same."""
        if not isinstance(other, Period):
            return NotImplemented
        return all(getattr(self, slot) == getattr(other, slot) for slot in self.__slots__)

    def __hash__(self) -> int:
        """Hash by name and times."""
        return hash((self.name, self.start, self.end, self.building))

    @property
    def is_lesson(self) -> bool:
        """Whether somebody may teach then: no lunch, recess or the like."""
        return NO_LESSON.isdisjoint(_folded(self.name).replace("/", " ").split())

    def __repr__(self) -> str:
        """Name the period and its times."""
        return f"<Period {self.name} {self.start}-{self.end}>"


class Bells:
    """The periods of every building, each in the order of the day."""

    __slots__ = ("_by_building", "_common")

    def __init__(self, periods: Iterable[Period] = ()) -> None:
        """Sort `periods` by building; those of no building are rung where none are of its own."""
        found: dict[str, list[Period]] = {}
        for period in sorted(periods, key=lambda one: (one.start, one.end, one.name)):
            found.setdefault(_folded(period.building), []).append(period)
        self._by_building = {place: tuple(each) for place, each in found.items()}
        self._common = self._by_building.get("", ())

    def of(self, building: str) -> tuple[Period, ...]:
        """Return the periods of a building, in the order of the day; empty when none are known."""
        return self._by_building.get(_folded(building), self._common)

    def day_of(self, building: str) -> tuple[Period, ...]:
        """Return the periods of a building, or the whole school day as one where none are known."""
        found = self.of(building)
        return found or (Period(ANY_TIME, SCHOOL_BEGINS, SCHOOL_ENDS, building),)

    def buildings(self) -> tuple[str, ...]:
        """Return the buildings that have bells of their own, in the order of their names."""
        named = {each[0].building for place, each in self._by_building.items() if place}
        return tuple(sorted(named))

    def find(self, words: str, building: str) -> Period | None:
        """Return the period that `words` name: `p3`, `3rd period`, `period 3`, `Reading`.

        None when the building has no such period, or more than one would do.
        """
        wanted = period_key(words)
        periods = self.of(building)
        exact = [one for one in periods if period_key(one.name) == wanted]
        if exact:
            return exact[0]
        number = _bare_number(wanted)
        if number is not None:
            periods_of_number = [one for one in periods if _number(period_key(one.name)) == number]
            return periods_of_number[0] if len(periods_of_number) == 1 else None
        begins = [one for one in periods if period_key(one.name).startswith(wanted)]
        return begins[0] if wanted and len(begins) == 1 else None


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def period_key(words: str) -> str:
    """Return the one spelling of a period's name: `period 3` for `P3`, `3rd period`, `per. 3`."""
    parts: list[str] = []
    for word in words.casefold().replace(".", " ").split():
        parts.extend(_split_number(word))
    parts = [_ABBREVIATIONS.get(part, part) for part in parts]
    if len(parts) == 2 and _is_ordinal(parts[0]):
        parts = [parts[1], parts[0][:-2]]
    return " ".join(part.lstrip("0") if part.isdecimal() else part for part in parts)


def _split_number(word: str) -> list[str]:
    """Return `p3` as `p`, `3`; any other word as it is."""
    letters = word.rstrip("0123456789")
    digits = word[len(letters) :]
    if digits and (letters in _ABBREVIATIONS or letters in ("period", "block", "hour")):
        return [letters, digits]
    return [word]


def _is_ordinal(word: str) -> bool:
    return word[:-2].isdecimal() and word[-2:] in ("st", "nd", "rd", "th")


def _number(key: str) -> str | None:
    """Return the number at the end of a period's one spelling."""
    last = key.rpartition(" ")[2]
    return last if last.isdecimal() else None


def _bare_number(key: str) -> str | None:
    """Return the number of a phrase that names a period by its number alone: `period 3` or `3`."""
    head, _, last = key.rpartition(" ")
    return last if last.isdecimal() and head in ("", "period") else None
