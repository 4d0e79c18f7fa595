"""Verbs that add to a record, whatever another session made of it meanwhile."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from coach_tui.store.errors import Conflict

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

TRIES = 200
"""How often a verb is tried: each time it has lost against one that wrote at the same moment.

One of those that try at once succeeds, so that this many may come together and all get through.
"""

SHORTEST_PAUSE, LONGEST_PAUSE = 0.001, 0.05
"""Seconds that a verb waits at most before it is tried again: twice as long after each loss."""


def over_the_newest(verb: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Try a verb again over what another session wrote since this one looked.

    For verbs that read a record and add to it: a line, a count. What the other wrote stays. A verb
    that puts one thing in the place of another must ask instead.
    """

    @wraps(verb)
    def tried(*given: Asked.args, **named: Asked.kwargs) -> Answer:
        longest = SHORTEST_PAUSE
        for _ in range(TRIES - 1):
            try:
                return verb(*given, **named)
            except Conflict:
                # The refusal has read what the other wrote. Those that lost to the same one would
                # meet again if they all waited alike.
                time.sleep(random.uniform(0, longest))
                longest = min(longest * 2, LONGEST_PAUSE)
        return verb(*given, **named)

    return tried
