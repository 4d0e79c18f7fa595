"""Where a text names one of some people, and how much of them it tells. Plain."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from coach_tui.domain.names import spellings
from coach_tui.domain.redacting.forms import LONG, Form, Need, PersonName, Told
from coach_tui.domain.redacting.place import Place, stems
from coach_tui.domain.redacting.words import words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coach_tui.domain.redacting.name_words import NameWords
    from coach_tui.domain.redacting.words import Word

_ADDRESS = re.compile(r"[\w.+%'’\-\u0300-\u036f]+@[\w\-]+(?:\.[\w\-]+)*")
_SAME_PERSON = re.compile(r"\.?[ \t]{1,2}|-")

_WITHIN = 8
"""Letters from which a whole name is found within a word."""

_LAST = 7
"""Letters from which a part of a name is known by how a word ends."""


_IN_ADDRESS = 4
"""Letters from which a part of a name is known by how a word of an address begins or ends."""


_LONGEST_WORD = 80
"""Letters of a word up to which a name is looked for within it."""


class Found(NamedTuple):
    """A place in a text that names somebody, and who that is."""

    start: int
    end: int
    name: str
    told: Told


class _Entry(NamedTuple):
    words: tuple[str, ...]
    need: Need
    told: Told
    has_plural: bool
    name: str


class NameFinder:
    """Finds people in a text: `others`, and `teams` by their whole names; never the `readers`.

    Case, accents, apostrophes, hyphens and what is glued to a name do not hide it. A part that is
    an ordinary word, or of two letters, is a name with a capital or after a title; one that few
    sentences do without (`So`, `Do`) only where its capital is not the sentence's.
    """

    def __init__(
        self,
        others: Iterable[str],
        readers: Iterable[str],
        teams: Iterable[str],
        known: NameWords,
    ) -> None:
        """Make ready to find them; `known` are the words that names are read with."""
        self._known = known
        self._of_word: dict[str, _Entry] = {}
        self._of_words: dict[str, list[_Entry]] = {}
        self._long: dict[str, _Entry] = {}
        self._wholes: dict[str, _Entry] = {}
        self._unspaced: dict[str, str] = {}
        self._initials: dict[str, str] = {}
        own = [PersonName(name, known) for name in readers]
        self._own = {key for one in own for key in one.keys}
        self._own_initials = {initial for one in own for initial in one.initials}
        self._own_forms = {form.words for one in own if one.parts for form in one.forms()}
        self._own_short = {form.words for one in own for form in one.short_forms()}
        self._own_wholes = {one.whole for one in own}
        for name in teams:
            self._take_team(name)
        people = [(name, PersonName(name, known)) for name in others]
        people = [(name, one) for name, one in people if self._is_another(one)]
        for name, one in people:
            self._take_person(name, one)
        for name, one in people:
            for form in one.short_forms():
                if form.words not in self._own_short and form.words not in self._own_forms:
                    self._add(form, name)
        for entries in self._of_words.values():
            entries.sort(key=lambda entry: -len(entry.words))

    def _is_another(self, one: PersonName) -> bool:
        return bool(one.parts) and one.whole not in self._own_wholes

    def _take_team(self, name: str) -> None:
        words = tuple(word.key for word in words_of(name))
        if not words or any(char.isalpha() for char in name) is False:
            return
        plain = PersonName(name, self._known)
        need = plain.need_of(words[0]) if len(words) == 1 else Need.NOTHING
        self._add(Form(words, need, Told.WHOLE), name)

    def _take_person(self, name: str, one: PersonName) -> None:
        for form in one.forms():
            if form.words not in self._own_forms and not self._own.issuperset(form.words):
                self._add(form, name)
        for raw in one.raw:
            if _needs_no_spaces(raw) and len(raw) > 1 and spellings(raw)[0] not in self._own:
                self._unspaced.setdefault(raw, name)
        for key in one.keys - self._own:
            if len(key) >= _IN_ADDRESS and one.need_of(key) is Need.NOTHING:
                self._long.setdefault(key, _Entry((key,), Need.NOTHING, Told.PART, True, name))
        for form in one.forms():
            if form.told is Told.WHOLE and len(form.words) == 1 and len(form.words[0]) >= _WITHIN:
                self._wholes.setdefault(form.words[0], _Entry(*form, name))
        for initial in one.initials - self._own_initials:
            self._initials.setdefault(initial, name)

    def _add(self, form: Form, name: str) -> None:
        entry = _Entry(*form, name)
        if len(form.words) > 1:
            self._of_words.setdefault(form.words[0], []).append(entry)
            return
        key = form.words[0]
        before = self._of_word.get(key)
        if before is None or entry.need < before.need:
            self._of_word[key] = entry

    def find(self, text: str) -> list[Found]:
        """Return the places where somebody is named, in their order; none overlap."""
        words = words_of(text)
        found = [*self._in_addresses(text), *self._in_unspaced(text)]
        taken = [(one.start, one.end) for one in found]
        index = 0
        while index < len(words):
            count, entry = 1, None
            if not _is_taken(words[index], taken):
                count, entry = self._at(text, words, index)
            if entry is not None:
                last = words[index + count - 1]
                found.append(Found(words[index].start, last.end, entry.name, entry.told))
            index += count
        return _joined(text, sorted(found))

    def _in_addresses(self, text: str) -> Iterator[Found]:
        if "@" not in text:
            return
        for address in _ADDRESS.finditer(text):
            words = words_of(address[0])
            for index in range(len(words)):
                _, entry = self._at(address[0], words, index, in_address=True)
                if entry is not None:
                    yield Found(address.start(), address.end(), entry.name, entry.told)
                    break

    def _in_unspaced(self, text: str) -> Iterator[Found]:
        for word in sorted(self._unspaced, key=len, reverse=True):
            for written in {word, *(unicodedata.normalize(form, word) for form in ("NFC", "NFD"))}:
                start = text.find(written)
                while start >= 0:
                    end = start + len(written)
                    yield Found(start, end, self._unspaced[word], Told.PART)
                    start = text.find(written, end)

    def _at(
        self, text: str, words: list[Word], index: int, *, in_address: bool = False
    ) -> tuple[int, _Entry | None]:
        """Return how many words from `index` on are a name, and whose."""
        place = Place(text, words, index, self._known, in_address=in_address)
        if place.is_contracted:
            return 1, None
        for spelled in spellings(place.text_of(1)):
            for entry in self._of_words.get(spelled, ()):
                if place.is_followed(entry.words) and place.meets(entry.need):
                    return len(entry.words), entry
        for count in range(place.longest, 0, -1):
            glued = self._glued(place, count)
            if glued is not None:
                return count, glued
        return 1, self._by_initial(place)

    def _glued(self, place: Place, count: int) -> _Entry | None:
        for spelled in spellings(place.text_of(count)):
            key = "".join(filter(str.isalnum, spelled))
            # The `s` after an apostrophe is left where it stands.
            for stem in (key,) if place.ends_in_possession(count) else stems(key):
                entry = self._of_word.get(stem)
                if entry is not None and self._is_told(entry, place, is_plural=stem != key):
                    return entry
            within = self._part_of(key, place.is_in_address) if count == 1 else None
            if within is not None:
                return within
        return None

    @staticmethod
    def _is_told(entry: _Entry, place: Place, *, is_plural: bool) -> bool:
        """Whether what an entry needs is there; the plural of a short form is often a word."""
        if not is_plural:
            return place.meets(entry.need)
        is_short = entry.told is Told.LIKE
        need = max(entry.need, Need.CAPITAL) if is_short else entry.need
        return entry.has_plural and place.meets(need)

    def _part_of(self, key: str, in_address: bool) -> _Entry | None:
        """Return whose name is in a longer word: `okaforclass`, `xvillarreal`."""
        if not 3 < len(key) <= _LONGEST_WORD or any(stem in self._own for stem in stems(key)):
            return None
        for glued in self._known.glued_after:
            if key.endswith(glued):
                entry = self._of_word.get(key.removesuffix(glued))
                if entry is not None and entry.need is Need.NOTHING and len(key) - len(glued) > 2:
                    return entry
        first, last = (_IN_ADDRESS, _IN_ADDRESS) if in_address else (LONG, _LAST)
        for size in range(len(key) - 1, first - 1, -1):
            entry = self._long.get(key[:size])
            if entry is None and size >= last:
                entry = self._long.get(key[-size:])
            if entry is not None:
                return entry
        if len(key) > _WITHIN:
            return next((entry for one, entry in self._wholes.items() if one in key), None)
        return None

    def _by_initial(self, place: Place) -> _Entry | None:
        """Return whose initial stands after a title: `Ms. O`."""
        key = place.word.key
        if len(key) != 1 or key not in self._initials or not place.is_titled or place.longest > 1:
            return None
        return _Entry((key,), Need.NOTHING, Told.PART, False, self._initials[key])


def _is_taken(word: Word, taken: list[tuple[int, int]]) -> bool:
    return any(start < word.end and word.start < end for start, end in taken)


def _needs_no_spaces(word: str) -> bool:
    """Whether a name is of a writing without capitals, which may stand in a word with others."""
    letters = [sign for sign in word if sign.isalpha()]
    return bool(letters) and all(unicodedata.category(sign) == "Lo" for sign in letters)


def _joined(text: str, found: list[Found]) -> list[Found]:
    """Return places of the same person that only a space parts as one, without overlaps."""
    joined: list[Found] = []
    for one in found:
        last = joined[-1] if joined else None
        if last is not None and one.start < last.end:
            continue
        if (
            last is not None
            and last.name == one.name
            and _SAME_PERSON.fullmatch(text, last.end, one.start)
        ):
            joined[-1] = last._replace(end=one.end, told=min(last.told, one.told))
        else:
            joined.append(one)
    return joined
