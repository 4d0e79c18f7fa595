"""How close what is typed comes to a name: letters in their order, accents and case left aside."""

from __future__ import annotations

from collections.abc import Callable

from textual.fuzzy import Matcher

from coach_tui.domain.names import plain, spellings


def closeness(typed: str) -> Callable[[str], float]:
    """Return what says how close a candidate comes to `typed`: 0 for not at all."""
    matcher = Matcher(plain(typed))
    return lambda candidate: max(matcher.match(one) for one in spellings(candidate))
