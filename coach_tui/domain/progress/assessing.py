"""Self-assessment with a practice profile: what changed between two windows, in words. Plain.

Seed 004, "The Self-Assessment Practice Profile". Never a number, a share or an order of people.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_LOOKED_AT = "not looked at"
"""What is said where no level was named: it is no level."""


def change_words(before: str | None, after: str | None, levels: Sequence[str]) -> str:
    """Return what changed in one essential function, in words of the profile's `levels`.

    None is not looked at. A level that the profile does not have is said, and compared with
    nothing.
    """
    if after is None:
        return NOT_LOOKED_AT if before is None else f"{NOT_LOOKED_AT}; before: {before}"
    if before is None:
        return f"{after}; not looked at before"
    if before == after:
        return f"still {after}"
    if before not in levels or after not in levels:
        return f"from {before} to {after}"
    grown = levels.index(after) > levels.index(before)
    return f"grew from {before} to {after}" if grown else f"from {before} back to {after}"
