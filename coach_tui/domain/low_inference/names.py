"""Full names in a line (rule R4: students are numbers, initials or counts). Plain."""

from __future__ import annotations

import re

from coach_tui.domain.low_inference.words import folded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from coach_tui.domain.low_inference.lexicon import NameWords
    from coach_tui.domain.low_inference.words import Word

    Run: TypeAlias = list[int]
    """Indexes of words with capitals that stand side by side."""

_PARTICLES = frozenset(
    ("al", "bin", "da", "de", "del", "der", "di", "el", "la", "le", "van", "von")
)
_STARTS_A_SENTENCE = re.compile(r"[.!?:;(\[{–—|•*>/]")
_MOST_WORDS = 3


def full_names(text: str, words: Sequence[Word], taken: set[int], known: NameWords) -> list[Run]:
    """Return the full names among `words` as indexes, `taken` words and quotations left out.

    A full name is two or three words with capitals side by side. A title before them makes them a
    grown-up's, one of the words that are in no name makes them a place or a programme, and a
    capital at the beginning of a sentence says nothing. The first is a given name that is known,
    or a word that people go with is before or after them.
    """
    return [
        run
        for run in _runs(text, words, taken, known)
        if len(run) > 1 and _is_somebody(text, words, run, known)
    ]


def _runs(text: str, words: Sequence[Word], taken: set[int], known: NameWords) -> list[Run]:
    """Return words with capitals that stand side by side, names of things left out."""
    runs: list[Run] = []
    run: Run = []
    for index, word in enumerate(words):
        if run and not _goes_on(text, words, run[-1], index):
            run = []
        if index in taken or not _has_capital(text, word):
            if run and (word[2] in _PARTICLES or _is_initial(text[word[0] : word[1] + 1])):
                continue
            run = []
            continue
        if not run:
            runs.append(run)
        run.append(index)
    opener = next((place for place, sign in enumerate(text) if sign.isalpha()), 0)
    return [_without_opener(text, words, run, known, opener) for run in runs]


def _goes_on(text: str, words: Sequence[Word], last: int, index: int) -> bool:
    """Whether only spaces, hyphens, particles and an initial are between two words of a name."""
    between = text[words[last][1] : words[index][0]].replace("-", " ")
    return all(part in _PARTICLES or _is_initial(part) for part in between.split())


def _is_initial(part: str) -> bool:
    return len(part) == 2 and part[0].isupper() and part[1] == "."


def _has_capital(text: str, word: Word) -> bool:
    """Whether a word is written as a name is: a capital, then small letters."""
    start, end, _ = word
    if not text[start].isupper():
        return False
    rest = text[start + 1 : end]
    return rest.replace("'", "").replace("’", "").isalpha() and any(map(str.islower, rest))


def _without_opener(
    text: str, words: Sequence[Word], run: Run, known: NameWords, opener: int
) -> Run:
    """Drop the first word where a sentence begins with it and it is no given name.

    `opener` is where the first letter of the line is.
    """
    first = run[0]
    start = words[first][0]
    before = text[words[first - 1][1] if first else 0 : start]
    opens = start == opener or _STARTS_A_SENTENCE.search(before)
    if opens and words[first][2] not in known.given and len(run) > 2:
        return run[1:]
    return run


def _is_somebody(text: str, words: Sequence[Word], run: Run, known: NameWords) -> bool:
    names = [words[index][2] for index in run]
    if len(run) > _MOST_WORDS or any(_possessive(name) for name in names[:-1]):
        return False
    if not known.never.isdisjoint(names):
        return False
    before = words[run[0] - 1][2] if run[0] else ""
    after = words[run[-1] + 1][2] if run[-1] + 1 < len(words) else ""
    if before in known.titles or names[0] in known.titles:
        return False
    return names[0] in known.given or before in known.before or after in known.after


def _possessive(name: str) -> bool:
    return name.endswith("'s")


def end_of_name(text: str, word: Word) -> int:
    """Return where the last word of a name ends, without the `'s` of `Maya Lopez's`."""
    start, end, _ = word
    return end - 2 if _possessive(folded(text[start:end])) else end
