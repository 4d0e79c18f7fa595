"""The labelled sentences, and how well the check finds what a careful reader would ask about."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coach_tui.coaching.lexicon import CheckWords
from coach_tui.domain.low_inference import Mark, check, read_line, review

Asking = Callable[..., tuple[Mark, ...]]
"""`check`, or `review`."""

FILE = Path(__file__).with_name("sentences.toml")

CODES = tuple(f"LI{number:02}" for number in range(1, 12))
"""The codes that a sentence of the two halves can be labelled with."""

IN_REVIEW = "LI12"
"""The code of the lines that are set aside for it: only `review` gives it, to whole lines."""


@dataclass(frozen=True)
class Sentence:
    """A labelled line of notes: codes it must have, and codes it may have."""

    where: str
    text: str
    codes: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    speaker: str = ""
    kind: str = ""

    def found(self, words: CheckWords, asking: Asking = check) -> set[str]:
        """Return the codes that the check gives this line; its prefixes are read as by `lint`."""
        read = read_line(self.text)
        marks = asking(
            self.text,
            lexicon=words.lexicon,
            speaker=self.speaker or read.speaker,
            kind=self.kind or read.kind,
            allowed=words.allowed,
        )
        return {mark.code for mark in marks}


@dataclass
class Tally:
    """How often a code was rightly given, wrongly given, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of what was given that is right; 1 where nothing was given."""
        given = self.right + self.wrong
        return self.right / given if given else 1.0

    @property
    def recall(self) -> float:
        """The share of what there is that was given; 1 where there is nothing."""
        there = self.right + self.missed
        return self.right / there if there else 1.0


@dataclass
class Measured:
    """Tallies by code, all codes together, and whether a line was asked about at all."""

    codes: dict[str, Tally] = field(default_factory=lambda: {code: Tally() for code in CODES})
    lines: Tally = field(default_factory=Tally)

    @property
    def overall(self) -> Tally:
        """The tallies of all codes added up."""
        each = self.codes.values()
        return Tally(
            sum(one.right for one in each),
            sum(one.wrong for one in each),
            sum(one.missed for one in each),
        )


def in_review(words: CheckWords) -> Tally:
    """Compare LI12, as a review gives it, with the labels of the lines that are about it."""
    tally = Tally()
    for sentence in sentences("in_review"):
        given = IN_REVIEW in sentence.found(words, review)
        there = IN_REVIEW in sentence.codes
        tally.right += given and there
        tally.wrong += given and not there
        tally.missed += there and not given
    return tally


def sentences(half: str) -> list[Sentence]:
    """Return the sentences of `held_out` or `development`, or those that are `in_review`."""
    return [_sentence(row) for row in tomllib.loads(FILE.read_text(encoding="utf-8"))[half]]


def _sentence(row: dict[str, Any]) -> Sentence:
    codes = {name: frozenset(row.get(name, ())) for name in ("codes", "also")}
    return Sentence(**{**row, **codes})


def measured(of: list[Sentence], words: CheckWords) -> Measured:
    """Compare the codes given to each sentence with its labels."""
    result = Measured()
    for sentence in of:
        found = sentence.found(words)
        for code, tally in result.codes.items():
            tally.right += code in found and code in sentence.codes
            tally.wrong += code in found - sentence.codes - sentence.also
            tally.missed += code in sentence.codes - found
        asked = bool(found - sentence.also) or bool(found and sentence.codes)
        result.lines.right += asked and bool(sentence.codes)
        result.lines.wrong += asked and not sentence.codes
        result.lines.missed += bool(sentence.codes) and not asked
    return result
