"""How the lexicon's entries become the phrases that are looked for. Plain.

The rules are those of regular English spelling and no more; other forms are listed in the lexicon's
table of irregular ones.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Irregular = Mapping[str, Sequence[str]]

_CHOICE = re.compile(r"\(([^()]*)\)")
_SIBILANT = ("s", "x", "z", "ch", "sh", "o")
_VOWELS = "aeiou"
_SYLLABLE = re.compile("[aeiouy]+")
_TWO_VOWELS_AND_E = ("ee", "oe", "ye")


def spelled_out(entry: str) -> list[str]:
    """Return every phrase that an entry stands for: `(this|that) one` is two.

    A choice may be empty: `(for |)a while`.
    """
    found = _CHOICE.search(entry)
    if found is None:
        return [" ".join(entry.split())]
    before, after = entry[: found.start()], entry[found.end() :]
    return [
        phrase for choice in found[1].split("|") for phrase in spelled_out(before + choice + after)
    ]


def verb_forms(phrase: str, irregular: Irregular) -> list[str]:
    """Return a verb, or a phrase that begins with one, in all its forms."""
    verb, _, rest = phrase.partition(" ")
    forms = irregular.get(verb) or [_third_person(verb), _past(verb), _participle(verb)]
    return [" ".join((form, rest)).strip() for form in (verb, *forms)]


def noun_forms(phrase: str, irregular: Irregular) -> list[str]:
    """Return a noun, or a phrase that ends with one, in singular and plural."""
    before, _, noun = phrase.rpartition(" ")
    forms = irregular.get(noun) or [_third_person(noun)]
    return [" ".join((before, form)).strip() for form in (noun, *forms)]


def adjective_forms(phrase: str, irregular: Irregular) -> list[str]:
    """Return an adjective, its adverb, and its degrees where they end in `-er` and `-est`."""
    return [phrase, *_adverb(phrase), *_degrees(phrase, irregular)]


def compared(phrase: str, irregular: Irregular) -> list[str]:
    """Return the phrases that compare people by an adjective: `more focused than`."""
    found = [f"{how} {phrase}" for how in ("the most", "the least")]
    found += [f"{how} {phrase} than" for how in ("more", "less")]
    forms = _degrees(phrase, irregular)
    if forms and phrase not in irregular:
        found += [f"{forms[0]} than", f"the {forms[1]}"]
    elif forms:
        found.append(f"{forms[0]} than")
    return found


def _adverb(phrase: str) -> list[str]:
    """Return `-ly` of an adjective of one word: `happily`, `terribly`, `chaotically`."""
    if " " in phrase or phrase.endswith("ly"):
        return []
    if phrase.endswith("le"):
        return [f"{phrase[:-1]}y"]
    if phrase.endswith("y"):
        return [f"{phrase[:-1]}ily"]
    if phrase.endswith("ic"):
        return [f"{phrase}ally"]
    return [f"{phrase.removesuffix('l')}ly"] if phrase.endswith("ll") else [f"{phrase}ly"]


def _degrees(phrase: str, irregular: Irregular) -> list[str]:
    """Return `-er` and `-est` of an adjective of one syllable, or of two with y; else nothing."""
    if phrase in irregular:
        return list(irregular[phrase])
    syllables = len(_SYLLABLE.findall(phrase.removesuffix("e")))
    if " " in phrase or not (syllables == 1 or (syllables == 2 and phrase.endswith("y"))):
        return []
    if phrase.endswith(("ed", "ing")):
        return []
    stem = _stem_of(phrase)
    return [f"{stem}er", f"{stem}est"]


def _third_person(verb: str) -> str:
    if verb.endswith(_SIBILANT):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return f"{verb[:-1]}ies"
    return f"{verb}s"


def _past(verb: str) -> str:
    return f"{_stem_of(verb)}ed"


def _participle(verb: str) -> str:
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    if verb.endswith("y") or verb.endswith(_TWO_VOWELS_AND_E):
        return f"{verb}ing"
    return f"{_stem_of(verb)}ing"


def _stem_of(word: str) -> str:
    """Return a word without its mute e, with y as i, with a final consonant doubled: `drag`."""
    if word.endswith("e"):
        return word[:-1]
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return f"{word[:-1]}i"
    one_vowel = len(_SYLLABLE.findall(word)) == 1 and word[-2:-1] in _VOWELS
    if one_vowel and word[-1] not in "aeiouwxy" and word[-3:-2] not in _VOWELS:
        return word + word[-1]
    return word
