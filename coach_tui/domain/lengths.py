"""How long something took, in whole minutes: counted in one way wherever it is told. Plain."""

from __future__ import annotations


def whole_minutes(seconds: float) -> int:
    """Return the minutes that were full, never below 0: 14:59 is 14, as on the clock that runs."""
    return max(int(seconds // 60), 0)
