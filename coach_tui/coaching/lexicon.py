"""The low-inference lexicon as it is shipped, with the user's own words added (docs/formats.md)."""

from __future__ import annotations

import os

from coach_tui.coaching import lexicon_tables as tables
from coach_tui.domain.low_inference import inflection
from coach_tui.domain.low_inference.lexicon import Lexicon, NameWords
from coach_tui.domain.low_inference.phrases import FINE, Phrases, Term, When
from coach_tui.domain.low_inference.words import folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeAlias

    from coach_tui.coaching.lexicon_tables import Tables

    Terms: TypeAlias = dict[str, Term]
    Forms: TypeAlias = Callable[[str, inflection.Irregular], list[str]]

_COMPARED, _COMPARISON = ("LI01", "LI02", "LI03"), "LI09"
_WHEN = {
    "LI04": When.UNLESS_COUNTED,
    "LI05": When.UNLESS_TIMED,
    "LI10": When.UNLESS_SHOWN,
    tables.PRIVACY: When.BESIDE_A_CHILD,
}


class CheckWords:
    """What the check is given: the lexicon, and the phrases the user allows."""

    __slots__ = ("allowed", "lexicon")

    def __init__(self, lexicon: Lexicon, allowed: Phrases) -> None:
        """Hold both."""
        self.lexicon, self.allowed = lexicon, allowed


def read(directory: str) -> CheckWords:
    """Read the shipped lexicon and the user's file in a configuration directory, if there is one.

    Raises `LexiconError` that names file, table and entry: no word is silently dropped.
    """
    return build(tables.shipped(), tables.own(os.path.join(directory, tables.FILE)))


def read_anyway(directory: str) -> tuple[CheckWords, str]:
    """Read as `read` does; with an own file that is wrong, the shipped words, and why (else "")."""
    try:
        return read(directory), ""
    except tables.LexiconError as error:
        return build(tables.shipped(), {}), str(error)


def build(base: Tables, own: Tables) -> CheckWords:
    """Make the words of two files ready for the check; a phrase that both have is the second's."""
    both = (base, own)
    irregular = {**base.get("irregular", {}), **own.get("irregular", {})}
    given, titles, never, before, after = (
        [folded(word) for word in _entries(both, tables.PRIVACY, listed)]
        for listed in tables.NAME_LISTS
    )
    lexicon = Lexicon(
        {**_terms(base, irregular), **_terms(own, irregular)},
        {code: _question(both, code) for code in tables.CODES},
        children=(folded(word) for word in _entries(both, tables.PRIVACY, "children")),
        names=NameWords(given=given, titles=titles, never=never, before=before, after=after),
    )
    allowed = [phrase for entry in own.get("allow", ()) for phrase in inflection.spelled_out(entry)]
    return CheckWords(lexicon, Phrases.fine(allowed))


def count_of_terms(of: Tables) -> int:
    """Return how many entries ask about something, before they are inflected."""
    listed = (*tables.WORD_LISTS, "diagnoses")
    return sum(len(of.get(code, {}).get(name, ())) for code in tables.CODES for name in listed)


def _question(both: Iterable[Tables], code: str) -> str:
    """Return the question of a code: the user's when she wrote one."""
    asked = [of[code]["question"] for of in both if "question" in of.get(code, {})]
    return str(asked[-1]) if asked else code


def _terms(of: Tables, irregular: inflection.Irregular) -> Terms:
    """Return every phrase of one file in all its forms.

    What is made by rule (a comparison) yields to what is listed, and that to what is fine.
    """
    comparisons: Terms = {}
    listed: Terms = {}
    for code in tables.CODES:
        table = of.get(code, {})
        for name, forms, when in _ways(code):
            for phrase in _phrases(table, name):
                listed |= dict.fromkeys(forms(phrase, irregular), Term(code, when))
        if code in _COMPARED:
            for phrase in _phrases(table, "adjectives"):
                found = inflection.compared(phrase, irregular)
                comparisons |= dict.fromkeys(found, Term(_COMPARISON))
    fine = (
        phrase for name in tables.LISTS["fine"] for phrase in _phrases(of.get("fine", {}), name)
    )
    return {**comparisons, **listed, **dict.fromkeys(fine, Term(FINE))}


def _ways(code: str) -> Iterator[tuple[str, Forms, When]]:
    """Yield each list of a code's table: its name, how entries are inflected, when it asks."""
    usual = _WHEN.get(code, When.ALWAYS)
    yield "words", _as_it_stands, usual
    yield "verbs", inflection.verb_forms, usual
    yield "adjectives", inflection.adjective_forms, usual
    yield "nouns", inflection.noun_forms, usual
    yield "diagnoses", _as_it_stands, usual
    yield "unless_counted", _as_it_stands, When.UNLESS_COUNTED
    yield "before_judgement", inflection.verb_forms, When.BEFORE_JUDGEMENT


def _as_it_stands(phrase: str, irregular: inflection.Irregular) -> list[str]:
    return [phrase]


def _phrases(table: Tables, listed: str) -> Iterator[str]:
    for entry in table.get(listed, ()):
        yield from inflection.spelled_out(entry)


def _entries(both: Iterable[Tables], table: str, listed: str) -> Iterator[str]:
    for of in both:
        yield from of.get(table, {}).get(listed, ())
