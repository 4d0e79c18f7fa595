"""How one person may be written: whole, in parts, glued, as a user name, by a short form. Plain."""

from __future__ import annotations

import re
from enum import IntEnum
from itertools import combinations
from typing import NamedTuple

from coach_tui.domain.names import APOSTROPHES, HYPHENS, spellings
from coach_tui.domain.redacting.spelling import letters_of, says_something, spelled_by, ways
from coach_tui.domain.redacting.words import words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coach_tui.domain.redacting.name_words import NameWords

_HALVES = re.compile(rf"[{re.escape(HYPHENS)}_/]")
_TAIL = re.compile(rf"[{re.escape(APOSTROPHES)}]")
_BETWEEN_NAMES = re.compile(r"[\s,;()\[\]\"“”]+")
_ENDINGS = ("s", "es", "d", "ed", "r", "er", "ing", "y", "ly")
"""How a word goes on that an initial and a name make by chance."""

USER_NAME = 4
"""Letters from which an initial and a name make a user name in any text."""

LONG = 6
"""Letters from which a part of a name is known by its beginning."""


class Need(IntEnum):
    """What a form needs to be taken for a name, from nothing to most."""

    NOTHING = 0
    CAPITAL = 1
    CAPITAL_WITHIN = 2
    """A capital that does not come of the beginning of a sentence."""
    ADDRESS = 3
    """To stand in an address or a user name, or beside a digit or an underscore."""


class Told(IntEnum):
    """How much of somebody a form tells."""

    WHOLE = 0
    PART = 1
    LIKE = 2
    """A short form of the given name: it may be somebody else."""


class Form(NamedTuple):
    """A way to write a person: glued as one word, or as words after each other."""

    words: tuple[str, ...]
    need: Need
    told: Told
    has_plural: bool = False
    """Whether an `s` may follow: of a name, not of a user name."""


class Part(NamedTuple):
    """A part of a name: its spellings, and whether it can stand for the person."""

    spelled: tuple[str, ...]
    is_given: bool
    is_particle: bool


class PersonName:
    """A name taken apart: its parts in their order, titles and what follows a name left out."""

    def __init__(self, name: str, known: NameWords) -> None:
        """Take `name` apart; `Last, First` is turned round."""
        last, comma, first = name.partition(",")
        turned = f"{first} {last}" if comma and first.strip() else name
        raw = [word for word in _BETWEEN_NAMES.split(turned) if says_something(word, known)]
        self.raw = tuple(raw)
        self.parts = tuple(
            Part(
                spelled_by(half),
                is_given=index < len(raw) - 1 or len(raw) == 1,
                is_particle=0 < index < len(raw) - 1
                and letters_of(spellings(half)[0]) in known.particles,
            )
            for index, word in enumerate(raw)
            for half in _HALVES.split(word)
            if letters_of(half)
        )
        self.whole = tuple(part.spelled[0] for part in self.parts)
        self.known = known

    @property
    def keys(self) -> set[str]:
        """Every spelling of every part, and of a part with its halves glued."""
        glued = (one for word in self.raw for one in spelled_by(word))
        return {*(one for part in self.parts for one in part.spelled), *glued}

    @property
    def initials(self) -> set[str]:
        """The first letters of what follows the given name; of a single name, its own."""
        after = self.parts[1:] or self.parts
        return {part.spelled[0][0] for part in after if not part.is_particle}

    def need_of(self, key: str) -> Need:
        """Return what a word that is a part of the name needs."""
        if key in self.known.little:
            return Need.CAPITAL_WITHIN
        is_ordinary = any(
            one in self.known.ordinary for one in (key, f"{key}s", key.removesuffix("s"))
        )
        if len(key) <= 2 or is_ordinary or key in self.known.particles:
            return Need.CAPITAL
        return Need.NOTHING

    def forms(self) -> Iterator[Form]:
        """Yield every form, those that tell most first."""
        yield from self._whole_forms()
        yield from self._runs_of_parts()
        yield from self._single_forms()
        yield from self._user_names()

    def short_forms(self) -> Iterator[Form]:
        """Yield what the person may be called for short, after a title too."""
        for part in self.parts:
            if part.is_given:
                for one in part.spelled:
                    for short in sorted(self.known.short_forms.get(one, ())):
                        yield Form((short,), self.need_of(short), Told.LIKE, has_plural=True)
                        yield from self._with_title(short, Told.LIKE)
                        for last in sorted(self._lasts) if len(self.parts) > 1 else ():
                            glued = f"{short}{last}"
                            yield Form((glued,), self._glued_need(glued), Told.LIKE)

    def _whole_forms(self) -> Iterator[Form]:
        if len(self.parts) < 2:
            return
        names = [part.spelled for part in self.parts]
        is_little = all(self.need_of(name[0]) is Need.CAPITAL_WITHIN for name in names)
        need = Need.CAPITAL if is_little else Need.NOTHING
        for order in (self.parts, self.parts[-1:] + self.parts[:-1]):
            for words in ways([part.spelled for part in order]):
                yield Form(words, need, Told.WHOLE)
                glued = "".join(words)
                yield Form((glued,), self._glued_need(glued), Told.WHOLE)
        atoms = tuple(word.key for raw in self.raw for word in words_of(raw))
        yield Form(atoms, need, Told.WHOLE)

    def _runs_of_parts(self) -> Iterator[Form]:
        """Yield parts that stand side by side in the name, and the given name with an initial."""
        count = len(self.parts)
        for first, last in combinations(range(count + 1), 2):
            inside = self.parts[first:last]
            if 1 < len(inside) < count:
                for words in ways([part.spelled for part in inside]):
                    yield Form(words, self._need_of_all(words), Told.PART)
                    glued = "".join(words)
                    yield Form((glued,), self._glued_need(glued), Told.PART)
        for given in self.parts[:-1]:
            for one in given.spelled:
                for initial in sorted(self.initials):
                    yield Form((one, initial), max(self.need_of(one), Need.CAPITAL), Told.PART)
                for after in self.parts[-1].spelled:
                    yield Form((one[0], after), max(self.need_of(after), Need.CAPITAL), Told.PART)

    def _need_of_all(self, words: Iterable[str]) -> Need:
        return min(*(self.need_of(word) for word in words), Need.CAPITAL)

    def _single_forms(self) -> Iterator[Form]:
        told = Told.PART if len(self.parts) > 1 else Told.WHOLE
        for part in self.parts:
            if not part.is_particle:
                yield from self._called(part.spelled, told)
        for raw in self.raw:
            if _HALVES.search(raw):
                yield from self._called(spelled_by(raw), told)
            # `Brien` of `O'Brien`.
            tail = spelled_by(_HALVES.sub("", _TAIL.split(raw)[-1]))
            yield from (
                Form((one,), self.need_of(one), told, has_plural=True)
                for one in tail
                if len(one) > 2
            )
            for written in dict.fromkeys((raw, *_HALVES.split(raw))):
                atoms = tuple(word.key for word in words_of(written))
                if len(atoms) > 1:
                    need = Need.NOTHING if max(map(len, atoms)) > 2 else Need.CAPITAL
                    yield Form(atoms, need, told)

    def _called(self, spelled: Iterable[str], told: Told) -> Iterator[Form]:
        for one in spelled:
            if len(one) > 1:
                yield Form((one,), self.need_of(one), told, has_plural=True)
                yield from self._with_title(one, told)

    def _with_title(self, name: str, told: Told) -> Iterator[Form]:
        for title in self.known.titles:
            glued = f"{title}{name}"
            if len(title) < 4 or len(name) > 3:
                yield Form((glued,), self._glued_need(glued), told)

    def _user_names(self) -> Iterator[Form]:
        """Yield an initial and a name, either way round, and all initials with the last name."""
        for given in self.parts[:-1]:
            for first in given.spelled:
                for last in sorted(self._lasts):
                    yield from self._user_names_of(first, last)
        if len(self.parts) > 2:
            letters = "".join(part.spelled[0][0] for part in self.parts[:-1])
            for last in sorted(self._lasts):
                yield Form((f"{letters}{last}",), self._glued_need(f"{letters}{last}"), Told.PART)

    @property
    def _lasts(self) -> set[str]:
        """What follows the given name, in all spellings, its halves glued too."""
        after = [part.spelled for part in self.parts[1:] if not part.is_particle]
        return {one for spelled in (*after, spelled_by(self.raw[-1])) for one in spelled}

    def _user_names_of(self, first: str, last: str) -> Iterator[Form]:
        for glued in (f"{first}{last}", f"{last}{first}"):
            yield Form((glued,), self._glued_need(glued), Told.WHOLE)
        for glued in (f"{first[0]}{last}", f"{first[:2]}{last}"):
            yield Form((glued,), self._glued_need(glued), Told.PART)
        for name, initial in ((first, last[0]), (last, first[0])):
            # A word with one more letter is often a word: `hills`, `rocky`.
            is_word = self.need_of(name) is not Need.NOTHING
            need = Need.ADDRESS if is_word else self._glued_need(f"{name}{initial}")
            yield Form((f"{name}{initial}",), need, Told.PART)

    def _glued_need(self, glued: str) -> Need:
        known = self.known
        is_word = any(
            stem in words
            for stem in (glued, *(glued.removesuffix(end) for end in _ENDINGS))
            for words in (known.by_chance, known.ordinary, known.little)
        )
        return Need.ADDRESS if len(glued) < USER_NAME or is_word else Need.NOTHING
