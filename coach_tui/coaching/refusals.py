"""The errors that a verb may refuse with, for those who show them. Plain."""

from __future__ import annotations

from coach_tui.store.errors import StoreError

REFUSALS: tuple[type[Exception], ...] = (StoreError, ValueError)
"""What a verb raises when it did nothing: the store's errors, and rules (pydantic's included)."""
