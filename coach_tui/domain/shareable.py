"""What may leave the private plane: other people's names are taken out (rules R2 to R4). Plain."""

from __future__ import annotations

import re
import unicodedata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

STANDS_FOR_A_NAME = "[a colleague]"
"""What stands in a shared text where a colleague was named."""

_SHORTEST_PART = 3
"""Letters from which one part of a name is taken for the person."""

_ORDINARY_WORDS = frozenset(
    """
    able ace art ash banks barber basil bay bell berry best bill black blue bond boy bridge
    brook brown buck bush butler cable carpenter carter chance chase chip church clay cliff
    close cloud coach cole cook cross crystal dale dawn day dean dear destiny drew earnest
    east eden ever faith fall farmer field finch fish fisher flora flowers ford forest
    foster fox frank french gale garden gay gene glen gold good grace grant gray green grey
    guy hall hand harmony hart heath heather hill holiday holly hope house hunt hunter iris
    ivy jack jade jasmine jay joy judge june justice king knight lake lane law lee lily
    little lock long love major many mark mason may melody mercy miles mill miller moody
    moon more moss noble north olive page park parker penny pepper perry piper pitts place
    pond poole pope porter power price prince queen rain ray reed rice rich river robin rock
    rose ruby rush sage sally sandy savage serenity sharp shepherd short singer skinner skip
    sky small smart smith snow south speaker spring star stone storm strong summer sun swan
    sweet tanner taylor teacher teller trinity turner van victor violet virtue walker wall
    ward waters way weaver webb wells west wheeler white will wise wolf wood woods word
    worth wright yard young
    """.split()  # noqa: SIM905 - a list with a word a line is pages long
)
"""Parts of names that are words of a classroom too: they are names only with a capital."""

_WORD = re.compile(r"(?:(?!_)[\w\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff])+")

_GLUED = 6
"""Letters from which a whole name written without spaces is found within a word, or an address."""


def _folded(text: str) -> str:
    """Return letters and digits without case, accents and signs that are not seen."""
    return "".join(
        sign
        for sign in unicodedata.normalize("NFKD", text).casefold()
        if sign.isalnum() and not unicodedata.combining(sign)
    )


def _parts(name: str) -> tuple[str, ...]:
    parts = (_folded(match[0]) for match in _WORD.finditer(name))
    return tuple(part for part in parts if part)


def _needs_no_spaces(name: str) -> bool:
    """Whether a name is of a writing without capitals, which may stand in a word with others."""
    letters = [sign for sign in name if sign.isalpha()]
    return bool(letters) and all(unicodedata.category(sign) == "Lo" for sign in letters)


class Redactor:
    """Takes the names of others out of a text that is for one person.

    A full name goes whole, spaces or none; of a person's name its parts of three letters or more
    go too, unless they are the reader's own. A part that is an ordinary word (`Grace`, `Will`) is
    a name only with a capital. The name of a team goes only whole: its words are words of the
    school. Accents, case and invisible signs do not hide a name. `replaced` collects what was
    found, as they are called, in the order they were met.
    """

    def __init__(self, others: Iterable[str], reader: str = "", teams: Iterable[str] = ()) -> None:
        """Take out the names of `others` and of `teams`; those of `reader` stay."""
        self._own = set(_parts(reader))
        self._whole: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._single: dict[str, str] = {}
        self._glued: dict[str, str] = {}
        self._within: dict[str, str] = {}
        self.replaced: list[str] = []
        self._reader = _parts(reader)
        for name in teams:
            self._take_whole(name, name)
        for name in others:
            self._take_person(name)
        for names in self._whole.values():
            names.sort(key=lambda one: -len(one[0]))

    def _take_whole(self, words: str, name: str) -> None:
        parts = _parts(words)
        if parts and parts != self._reader:
            self._whole.setdefault(parts[0], []).append((parts, name))

    def _take_person(self, name: str) -> None:
        parts = _parts(name)
        if not parts or parts == self._reader:
            return
        self._take_whole(name, name)
        if len("".join(parts)) >= _GLUED and len(parts) > 1:
            self._glued.setdefault("".join(parts), name)
        for word in name.split():
            if _needs_no_spaces(word) and len(word) > 1 and _folded(word) not in self._own:
                self._within.setdefault(word, name)
            within = _parts(word)
            if len(within) > 1 and not self._own.issuperset(within):
                self._take_whole(word, name)
                self._take_part("".join(within), name)
        for part in parts:
            self._take_part(part, name)

    def _take_part(self, part: str, name: str) -> None:
        if len(part) >= _SHORTEST_PART and part not in self._own:
            self._single.setdefault(part, name)

    def clean(self, text: str) -> str:
        """Return `text` with every name of another person replaced; nothing else is touched."""
        text = self._without_unspaced(text)
        words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
        keys = [_folded(text[start:end]) for start, end in words]
        pieces, kept, index = [], 0, 0
        while index < len(words):
            count, name = self._found(text, words, keys, index)
            if not count:
                index += 1
                continue
            self._met(name)
            pieces += [text[kept : words[index][0]], STANDS_FOR_A_NAME]
            kept = words[index + count - 1][1]
            index += count
        return "".join([*pieces, text[kept:]])

    def _met(self, name: str) -> None:
        if name not in self.replaced:
            self.replaced.append(name)

    def _without_unspaced(self, text: str) -> str:
        for word in sorted(self._within, key=len, reverse=True):
            for written in {word, *(unicodedata.normalize(form, word) for form in ("NFC", "NFD"))}:
                if written in text:
                    self._met(self._within[word])
                    text = text.replace(written, STANDS_FOR_A_NAME)
        return text

    def _found(
        self, text: str, words: list[tuple[int, int]], keys: list[str], index: int
    ) -> tuple[int, str]:
        """Return how many words from `index` on are a name, and whose; 0 for none."""
        key, word = keys[index], words[index]
        for parts, name in self._whole.get(key, ()):
            alone = len(parts) == 1
            if tuple(keys[index : index + len(parts)]) == parts and (
                not alone or self._is_name(text, word, key)
            ):
                return len(parts), name
        for part in (key, key.removesuffix("s")):
            name = self._single.get(part, "")
            if name and self._is_name(text, word, part):
                return 1, name
        for glued, name in self._glued.items():
            if glued in key:
                return 1, name
        return 0, ""

    @staticmethod
    def _is_name(text: str, word: tuple[int, int], key: str) -> bool:
        return key not in _ORDINARY_WORDS or text[word[0]].isupper()
