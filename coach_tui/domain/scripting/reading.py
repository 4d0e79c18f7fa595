r"""From a typed line to what it means (docs/manual.md, "The scripting line"). Plain.

The rule by which nothing that is typed vanishes:

- a prefix of letters counts when a space and more follow it, in small letters: `t what is it?`,
  `s3 it doubles`, `e objective on the board`. `a` is a word as well, and counts only where a
  speaker follows it: `a T moves`, `a s3 stands`; so `a cat sat` stays what it is. Some words that
  begin so are known (`TOGETHER`): `t minus ten`, `e coli`, `s curve` stay words.
- with a colon it counts always, and a speaker in capitals too: `e: coli`, `T: what is it?`. `A: 14`
  and `E: 5` are answers, and stay words.
- a capital alone is the actor of an action when a small letter follows (`S3 raises a hand`), and
  the speaker when a quotation mark does (`T "sit down"`).
- a sign counts when a space, a letter, a digit or a quotation mark follows; one for counts not
  before a number that counts nothing, as in `#5 problem`.
- `\` before a prefix takes it for a word: `\c is the answer`.
- a `+word` is a tag when it is known; else it stays in the line.

Every word that was typed is there afterwards, or is the prefix that speaker or kind tell of, or a
tag.
"""

from __future__ import annotations

import re

from coach_tui.domain.scripting.names import NO_NAMES, ORDER, Names
from coach_tui.domain.scripting.prefixes import DEFAULT, SPEAKERS, Prefixes
from coach_tui.domain.scripting.typed import Typed

_HEAD = re.compile(r"([^\W\d_]{1,3})([0-9]{0,3})(:?)\s+(?=\S)")
_ACTOR = re.compile(r"(?:([TC])|([SG])([0-9]{0,3})|([sg])([0-9]{1,3}))\s+(?=\S)")
_TAG = re.compile(r"(?:^|(?<=\s))\+(\S+)(?=\s|$)")
_OPENING = "\"“«„‘'"

NUMBERED = ("student", "group")

TOGETHER = {
    "c": frozenset({"clef", "flat", "major", "minor", "section", "sections", "sharp"}),
    "e": frozenset({"book", "books", "coli", "mail", "mails", "reader", "readers"}),
    "g": frozenset({"clef", "force", "forces"}),
    "s": frozenset({"curve", "curves"}),
    "t": frozenset({"minus", "rex", "shirt", "shirts", "square", "squares"}),
}
"""Words that go with a single letter before them, and with which it is no prefix."""

_FOLLOWING = re.compile(r"[^\W\d_]*")
_OF = re.compile(r"\d+\s*/\s*\d")


def read(text: str, prefixes: Prefixes = DEFAULT, names: Names = NO_NAMES) -> Typed:
    """Return what a typed line means. A line that is only prefix, or only tags, is its words."""
    body, tags, labels = _without_tags(text, names)
    found = _prefixed(body.strip(), prefixes)
    if found is None:
        kept = body.strip() if tags else body
        return Typed(_unescaped(kept, prefixes), "", "action", tags, labels)
    speaker, kind, words = found
    return Typed(words, speaker, kind, tags, labels)


def _without_tags(text: str, names: Names) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    if "+" not in text:
        return text, (), ()
    tags: dict[str, None] = {}
    labels: dict[str, None] = {}
    kept, end = [], 0
    for match in _TAG.finditer(text):
        found = names.find(match[1])
        if found is None:
            continue
        tags[found[0]] = None
        if found[1]:
            labels[found[1]] = None
        kept.append(text[end : match.start()].rstrip())
        end = match.end()
    words = "".join((*kept, text[end:]))
    if not words.strip():
        return text, (), ()
    return words, tuple(tag for tag in ORDER if tag in tags), tuple(labels)


def _unescaped(text: str, prefixes: Prefixes) -> str:
    """Return the line without a `\\` that keeps its beginning from being a prefix."""
    body = text.lstrip()
    if body[:1] == "\\" and not body[1:2].isspace():
        return body[1:] if _prefixed(body[1:].strip(), prefixes) is not None else text
    return text


def _prefixed(body: str, prefixes: Prefixes) -> tuple[str, str, str] | None:
    """Return speaker, kind and words of a line with a prefix; None where it has none."""
    use = prefixes.signs.get(body[:1])
    if use is not None:
        return _after_sign(use, body[1:])
    head = _HEAD.match(body)
    if head is None:
        return None
    letters, digits, colon = head.groups()
    words = body[head.end() :]
    use = _meant(letters, words, bool(colon), prefixes)
    if use is not None and (not digits or use in NUMBERED):
        return _after_letters(use, digits, words)
    return _after_capital(body, words, bool(colon))


def _meant(letters: str, words: str, colon: bool, prefixes: Prefixes) -> str | None:
    """Return what the letters before `words` stand for, None when they are a word themselves."""
    use = prefixes.letters.get(letters.lower() if colon else letters)
    if use is None or colon:
        return use if use in SPEAKERS or letters.islower() else None
    following = _FOLLOWING.match(words)
    together = following is not None and following[0].lower() in TOGETHER.get(letters, ())
    return None if together else use


def _after_sign(use: str, rest: str) -> tuple[str, str, str] | None:
    words = rest.strip()
    follows = rest[:1]
    if not words or not (follows.isspace() or follows.isalnum() or follows in _OPENING):
        return None
    if use == "count" and not follows.isspace() and not _OF.match(words):
        return None
    return _made(use, "", words)


def _after_letters(use: str, digits: str, words: str) -> tuple[str, str, str] | None:
    if use != "action":
        return _made(use, digits, words)
    actor = _ACTOR.match(words)
    return None if actor is None else (_actor_of(actor), "action", words[actor.end() :])


def _after_capital(body: str, words: str, colon: bool) -> tuple[str, str, str] | None:
    actor = _ACTOR.match(body.replace(":", " ", 1) if colon else body)
    if actor is None or not body[0].isupper():
        return None
    if colon or words[0] in _OPENING:
        return _actor_of(actor), "quote", words
    return (_actor_of(actor), "action", words) if words[0].islower() else None


def _actor_of(actor: re.Match[str]) -> str:
    return re.sub(r"\s+$", "", actor[0]).upper()


def _made(use: str, digits: str, words: str) -> tuple[str, str, str]:
    if use in SPEAKERS:
        return SPEAKERS[use] + digits, "quote", words
    return "", use, words
