"""Asking before something is done that a slip should not do. Plain."""

from __future__ import annotations

import sys

from coach_tui.cli.context import out
from coach_tui.domain.names import plain

NOT_CHANGED = "Nothing was changed."


def can_ask() -> bool:
    """Whether there is somebody at a terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def agreed(question: str, word: str = "yes") -> bool:
    """Ask; whether the answer was `word`, in full where that is more than a yes."""
    try:
        answer = input(question).strip()
    except EOFError:
        # ctrl+d leaves the cursor behind the question.
        out()
        return False
    accepted = ("y", "yes") if word == "yes" else (word.casefold(),)
    return answer.casefold() in accepted or plain(answer) == plain(word)
