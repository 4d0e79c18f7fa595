"""Which parts of a line are quotations: what was said or written is not asked about. Plain."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    Span: TypeAlias = tuple[int, int]

_SIGNS = re.compile("[\"“”„«'‘‚‹]")
_CLOSED_BY = {
    '"': '"”',
    "“": '”"',
    "”": '”"',
    "„": '“”"',
    "«": "»",
    "‹": "›",
    "'": "'’",
    "‘": "’'",
    "‚": "‘’'",
}
_APOSTROPHES = "'’"
_BEFORE_AN_OPENING = " \t\u00a0([{<-–—:;,./…|>*"
_ELISION = re.compile(
    r"['‘](?:\d|(?:em|til|till|cause|cuz|bout|round|n|tis|twas)\b)", re.IGNORECASE
)
"""`'90s`, `'em`: an apostrophe at the beginning of a word, not a quotation."""


def quoted_spans(text: str) -> list[Span]:
    """Return where the quotations of `text` are, their marks included, in their order.

    - Straight and typographic marks, double and single, open at the beginning of a word and are
      closed by their like; a straight mark closes a typographic one and the other way round.
    - An apostrophe inside or at the end of a word (`don't`, `the kids'`), and the sign for inches
      right after a digit, open nothing.
    - A quotation that is not closed reaches to the end of the line: while it is being typed it
      never is, and nobody's words are asked about.
    """
    spans: list[Span] = []
    at = 0
    while found := _SIGNS.search(text, at):
        start = found.start()
        if not _opens(text, start):
            at = start + 1
            continue
        at = _end_of(text, start)
        spans.append((start, at))
    return spans


def _opens(text: str, at: int) -> bool:
    sign, before = text[at], text[at - 1 : at]
    begins = not before or before in _BEFORE_AN_OPENING
    if sign == '"':
        return not before.isdigit()
    if sign == "”":
        return begins
    if sign in "'‘":
        return (begins or sign == "‘") and not _ELISION.match(text, at)
    return True


def _end_of(text: str, start: int) -> int:
    """Return where the quotation that opens at `start` ends: behind its closing mark."""
    closing = _CLOSED_BY[text[start]]
    for at in range(start + 1, len(text)):
        if text[at] in closing and not _is_apostrophe(text, at, closing):
            return at + 1
    return len(text)


def _is_apostrophe(text: str, at: int, closing: str) -> bool:
    """Whether the sign at `at` is inside a word (`don't`) of a single-marked quotation."""
    inside = text[at + 1 : at + 2].isalnum()
    return inside and text[at] in _APOSTROPHES and "'" in closing
