"""Putting a mistake in the place of something that works, for a while."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def in_place_of(owner: Any, name: str, other: Any) -> Iterator[None]:
    """Let `other` be what `owner`, a module or class, calls `name`, while the block runs."""
    real = vars(owner)[name]
    setattr(owner, name, other)
    try:
        yield
    finally:
        setattr(owner, name, real)
