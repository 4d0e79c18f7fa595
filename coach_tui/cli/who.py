"""Finding the one coachee that a command's words name. Plain."""

from __future__ import annotations

from coach_tui.cli.context import STORE_UNUSABLE, USAGE
from coach_tui.presentation.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from coach_tui.cli.context import Context
    from coach_tui.domain.standing import Standing

MOST_NAMED = 5
"""How many names an ambiguous search lists."""


def find(context: Context, words: str) -> Standing | int:
    """Return the standing of the one coachee that `words` name, or an exit code with its error."""
    caseload = context.caseload()
    if caseload is None:
        return STORE_UNUSABLE
    found = caseload.find(words)
    if len(found) == 1:
        return found[0]
    if not found:
        return context.fail(f"nobody on the caseload is called {words!r}; nothing was done", USAGE)
    names = ", ".join(
        f"{visible(row.facts.name)} ({visible(row.facts.building) or 'no building'})"
        for row in found[:MOST_NAMED]
    )
    more = ", ..." if len(found) > MOST_NAMED else ""
    return context.fail(f"{words!r} names {len(found)}: {names}{more}; nothing was done", USAGE)
