"""The words that names are read with; they are data, and come in from whoever reads it. Plain."""

from __future__ import annotations

from typing import NamedTuple

from coach_tui.domain.names import spellings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class NameWords(NamedTuple):
    """Lists of words in plain small letters (`data/names.toml` says what each is for)."""

    titles: frozenset[str]
    spoken_to: frozenset[str]
    particles: frozenset[str]
    endings: frozenset[str]
    little: frozenset[str]
    ordinary: frozenset[str]
    months: frozenset[str]
    file_ends: frozenset[str]
    verbs: frozenset[str]
    after_verbs: frozenset[str]
    by_chance: frozenset[str]
    glued_after: frozenset[str]
    no_names: frozenset[str]
    short_forms: Mapping[str, frozenset[str]]
    """Of a given name or a short form: the others that stand for the same person."""


def name_words(tables: Mapping[str, str]) -> NameWords:
    """Return the lists in `tables`: a text of words for each name. Raises `KeyError`."""

    def words(name: str) -> frozenset[str]:
        return frozenset(one for word in tables[name].split() for one in spellings(word))

    return NameWords(
        titles=words("titles"),
        spoken_to=words("spoken_to"),
        particles=words("particles"),
        endings=words("endings"),
        little=words("little"),
        ordinary=words("ordinary"),
        months=words("months"),
        file_ends=words("file_ends"),
        verbs=words("verbs"),
        after_verbs=words("after_verbs"),
        by_chance=words("by_chance"),
        glued_after=words("glued_after"),
        no_names=words("no_names"),
        short_forms=_short_forms(tables["short_forms"].splitlines()),
    )


def _short_forms(rows: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        names = row.replace(":", ",").split(",")
        alike = {one for name in names for one in spellings(name.strip()) if one}
        for name in alike:
            found.setdefault(name, set()).update(alike)
    return {name: frozenset(alike - {name}) for name, alike in found.items()}
