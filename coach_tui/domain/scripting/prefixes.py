"""The short prefixes that set speaker and kind, and how a coach may change them. Plain."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

USUAL: Mapping[str, str] = {
    "teacher": "t",
    "student": "s",
    "group": "g",
    "coach": "c",
    "action": "a",
    "count": "#",
    "environment": "e",
    "question": "?",
    "inference": "!",
}
"""What a prefix stands for, and the prefix, as long as the coach has not chosen another."""

SPEAKERS: Mapping[str, str] = {"teacher": "T", "student": "S", "group": "G", "coach": "C"}

LONGEST = 3
"""Letters of a prefix at most: a longer one is a word, and words are never swallowed."""

_NOT_AS_PREFIX = "\\+:\"'“‘«„"
"""Signs that mean something else at the beginning of a line."""


class PrefixError(ValueError):
    """A prefix cannot be used; the message says which and why."""


class Prefixes:
    """Which prefix stands for what: letters (`t`, `s`), or one sign (`?`).

    An empty prefix switches one off. Raises `PrefixError` for one that cannot be told from
    another, or from a word.
    """

    __slots__ = ("by_use", "letters", "signs")

    def __init__(self, chosen: Mapping[str, str] | None = None) -> None:
        """Take the usual prefixes with those of `chosen` (by use) in their place."""
        chosen = dict(chosen or {})
        unknown = chosen.keys() - USUAL.keys()
        if unknown:
            raise PrefixError(f"there is no {min(unknown)!r}: it is one of {', '.join(USUAL)}")
        self.by_use: dict[str, str] = {**USUAL, **chosen}
        self.letters: dict[str, str] = {}
        self.signs: dict[str, str] = {}
        for use, prefix in self.by_use.items():
            if prefix:
                self._take(use, prefix)

    def _take(self, use: str, prefix: str) -> None:
        if prefix in self.letters or prefix in self.signs:
            raise PrefixError(f"{use}: {prefix!r} stands for something else already")
        if prefix.isalpha() and prefix.islower() and len(prefix) <= LONGEST:
            self.letters[prefix] = use
        elif len(prefix) == 1 and prefix.isprintable() and not (prefix.isalnum() or prefix == " "):
            if prefix in _NOT_AS_PREFIX:
                raise PrefixError(f"{use}: {prefix!r} has a meaning of its own in a line")
            self.signs[prefix] = use
        else:
            raise PrefixError(
                f"{use}: {prefix!r} is neither one to {LONGEST} small letters nor one sign"
            )

    def of(self, use: str) -> str:
        """Return the prefix of a use, empty where it is switched off."""
        return self.by_use[use]

    def of_speaker(self, speaker: str) -> str:
        """Return the prefix under which `S3` speaks, such as `s3`; empty where there is none."""
        for use, letter in SPEAKERS.items():
            if speaker[:1] == letter and self.by_use[use]:
                return self.by_use[use] + speaker[1:]
        return ""


DEFAULT = Prefixes()
