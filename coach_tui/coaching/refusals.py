"""The errors that a verb may refuse with, for those who show them. Plain."""

from __future__ import annotations

from coach_tui.exchange.errors import ExchangeError
from coach_tui.store.errors import Conflict, NotFound, StoreError

__all__ = ["REFUSALS", "ChangedMeanwhile", "Conflict", "NotFound"]


class ChangedMeanwhile(ValueError):
    """What a form showed was changed by another session since; nothing was saved."""


REFUSALS: tuple[type[Exception], ...] = (StoreError, ExchangeError, ValueError)
"""What a verb raises when it did nothing: the store's errors, a file that cannot be taken in, and
rules (pydantic's included)."""
