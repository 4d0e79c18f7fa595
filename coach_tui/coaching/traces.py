"""Where records of others tell somebody who is to be forgotten: by the whole name, or perhaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coach_tui.domain.names import APOSTROPHES, HYPHENS, plain
from coach_tui.domain.redacting.finding import NameFinder
from coach_tui.domain.redacting.forms import PersonName, Told
from coach_tui.domain.redacting.name_words import NameWords

_NO_WORDS = frozenset(
    (
        "id", "uid", "coachee", "cycle", "goal", "observation", "line", "profile", "function",
        "created_at", "updated_at", "date", "time", "start", "end", "sha256", "kind", "table",
    )
)  # fmt: skip
"""Fields that hold no words of anybody."""

_GLUED = str.maketrans("", "", APOSTROPHES + HYPHENS)


@dataclass(frozen=True, slots=True)
class Trace:
    """What one record tells of a person: `whole` names as they are written, and `perhaps`.

    A part of the name, or a short form of it, may be somebody else.
    """

    whole: tuple[str, ...]
    perhaps: tuple[str, ...]


class Traces:
    """Finds one person's name in stored documents, however it is written (decision 48)."""

    def __init__(
        self, name: str, others: Iterable[str], known: NameWords, *, is_team: bool = False
    ) -> None:
        """Look for `name`; parts that it shares with `others` tell nobody, nor those of a team."""
        people, teams = ((), (name,)) if is_team else ((name,), ())
        self._finder = NameFinder(people, others, teams, known)
        person = PersonName(name, known)
        short = {short for key in person.keys for short in known.short_forms.get(key, ())}
        self._hints = {key for key in person.keys | short if len(key) > 1}

    def of(self, document: Mapping[str, Any]) -> Trace:
        """Return what a stored document tells."""
        whole: dict[str, None] = {}
        perhaps: dict[str, None] = {}
        for text in _texts(document):
            if not self._may_tell(text):
                continue
            for found in self._finder.find(text):
                into = whole if found.told is Told.WHOLE else perhaps
                into.setdefault(text[found.start : found.end])
        return Trace(tuple(whole), tuple(perhaps))

    def _may_tell(self, text: str) -> bool:
        """Whether a text is worth reading: most hold no letter of the name in a row."""
        glued = plain(text.translate(_GLUED))
        return not text.isascii() or any(hint in glued for hint in self._hints)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in _NO_WORDS:
                yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
