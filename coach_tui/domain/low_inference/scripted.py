"""A line of notes taken elsewhere: is it somebody's words, a question, an inference? Plain.

What is understood of the scripting prefixes, after an optional bullet and clock time:

- `? ...` is a question and `! ...` an inference;
- `T: ...`, `S: ...`, `S3: ...`, `G2: ...`, `C: ...`, `Teacher: ...`, `Student 3: ...` are what
  was said, and so are `t ...`, `s3 ...`, `g2 ...`, `c ...` in small letters;
- `T "..."` and any line with quotation marks is read as it stands: its quotations are exempt.

A capital without colon or quotation mark (`T moves to the back`) is an action.
"""

from __future__ import annotations

import re

_STAMP = (
    r"\s*(?:[-*•]\s+)?(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?(?:\s*[ap]\.?m\.?)?(?=[\s–|-])[\s–|-]*)?"
)
_MARKED = re.compile(_STAMP + r"([?!])(?=\s|\w)")
_SPOKEN = re.compile(
    _STAMP + r"(?:(?i:(T|C|Ss?\d*|G\d*)|(teacher|coach|students?|group)(?:\s+(\d+))?)\s*:"
    r"|(t|c|s\d*|g\d+)\s)(?!\s*[\"“„«'‘])"
)
_LETTERS = {"teacher": "T", "coach": "C", "student": "S", "students": "S", "group": "G"}


class Scripted:
    """Who speaks in a line (`T`, `S3`, or nobody) and what kind of line it is."""

    __slots__ = ("kind", "speaker")

    def __init__(self, speaker: str, kind: str) -> None:
        """Hold the values; `kind` is one of the words of `LineKind`."""
        self.speaker, self.kind = speaker, kind


def read_line(text: str) -> Scripted:
    """Return speaker and kind of a line; an action of nobody where it says neither."""
    marked = _MARKED.match(text)
    if marked:
        return Scripted("", "question" if marked[1] == "?" else "inference")
    spoken = _SPOKEN.match(text)
    if spoken is None:
        return Scripted("", "action")
    letter, name, number, small = spoken.groups()
    speaker = letter or small or _LETTERS[name.lower()] + (number or "")
    return Scripted(speaker.upper().replace("SS", "S"), "quote")
