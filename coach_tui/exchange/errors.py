"""The one error of this layer, and how the words of strangers are shown in it."""

from __future__ import annotations

import re

SHOWN = 60
"""Characters of a cell, a column or a file name that a message shows at most."""

_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


class ExchangeError(Exception):
    """A file that cannot be taken in: one line that says what is wrong and what to do."""

    def __init__(self, message: str) -> None:
        """Keep `message` as one printable line."""
        super().__init__(one_line(message))


def one_line(text: str) -> str:
    """Return `text` with line ends, control characters and half characters spelled as escapes."""
    return _UNSHOWABLE.sub(lambda found: ascii(found[0])[1:-1], text)


def quoted(text: str, limit: int = SHOWN) -> str:
    """Return `text` in quotation marks, on one line and no longer than `limit` characters."""
    return f'"{shortened(text, limit)}"'


def shortened(text: str, limit: int = SHOWN) -> str:
    """Return `text` on one line and no longer than `limit` characters."""
    text = " ".join(text.split())
    return one_line(text if len(text) <= limit else text[: limit - 1] + "…")
