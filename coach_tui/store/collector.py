"""Pausing the garbage collector while very many documents are made at once."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def paused_collector() -> Iterator[None]:
    """Keep the collector off for the block: documents hold no cycles, and looking costs as much.

    It is on afterwards if it was on before, whichever thread is the last to leave.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
