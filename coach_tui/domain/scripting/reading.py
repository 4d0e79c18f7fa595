r"""From a typed line to what it means (docs/manual.md, "The scripting line"). Plain.

The rule by which no word is ever swallowed:

- a prefix of letters counts when a space and more follow it, in small letters: `t what is it?`,
  `s3 it doubles`, `e objective on the board`. `a` is a word as well, and counts only where a
  speaker follows it: `a T moves`, `a s3 stands`; so `a cat sat` stays what it is.
- with a colon it counts in any case: `a: walks on`, `T: what is it?`.
- a capital alone is the actor of an action when a small letter follows (`S3 raises a hand`), and
  the speaker when a quotation mark does (`T "sit down"`).
- a sign counts when a space, a letter, a digit or a quotation mark follows.
- `\` before a prefix takes it for a word: `\c is the answer`.
- a `+word` is a tag when it is known; else it stays in the line.

What is read shows every letter that was typed, but for the prefix, the `\` and the tags.
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
    if body.startswith("\\") and _prefixed(body[1:].strip(), prefixes) is not None:
        return body[1:]
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
    use = prefixes.letters.get(letters if not colon else letters.lower())
    if use is not None and (not digits or use in NUMBERED):
        return _after_letters(use, digits, words, bool(colon))
    return _after_capital(body, words, bool(colon))


def _after_sign(use: str, rest: str) -> tuple[str, str, str] | None:
    words = rest.strip()
    follows = rest[:1]
    if not words or not (follows.isspace() or follows.isalnum() or follows in _OPENING):
        return None
    return _made(use, "", words)


def _after_letters(use: str, digits: str, words: str, colon: bool) -> tuple[str, str, str] | None:
    if use != "action":
        return _made(use, digits, words)
    actor = _ACTOR.match(words)
    if actor is not None:
        return _actor_of(actor), "action", words[actor.end() :]
    return ("", "action", words) if colon else None


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
