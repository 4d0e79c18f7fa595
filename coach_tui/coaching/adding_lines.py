"""Adding lines to the end of a script, in the one way that costs no more the longer it is."""

from __future__ import annotations

from collections.abc import Iterable

from coach_tui.coaching.ledger import Ledger
from coach_tui.coaching.script_lines import Line, following
from coach_tui.domain.records import Observation


def add_lines(ledger: Ledger, observation: Observation, lines: Iterable[Line]) -> Observation:
    """Save lines at the end of an observation, in one transaction; returns it as stored.

    Raises `Conflict` when it was changed since it was read, and the store's errors.
    """
    more = following(observation, observation.lines, lines)
    if not more:
        return observation
    observation.refuse_more(more)
    return ledger.extend("Note line", observation, "lines", more).stored(observation)
