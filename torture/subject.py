"""The store under test, opened in one place."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from coach_tui.store.journal_engine import JournalEngine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_TIMEOUT_SECONDS = 60.0

Store = JournalEngine
"""The engine whose store is tried."""


def opened(
    folder: Path | str, session: str = "torture", *, create: bool = True, compact_at: int = 1 << 22
) -> Store:
    """Return the store in `folder`, open; the lock is waited for as slow machines need.

    From `compact_at` bytes of journal on it compacts by itself.
    """
    return Store.open(
        os.fspath(folder),
        create=create,
        session=session,
        lock_timeout=LOCK_TIMEOUT_SECONDS,
        compact_at=compact_at,
    )


@contextmanager
def open_store(
    folder: Path | str, session: str = "torture", *, create: bool = True
) -> Iterator[Store]:
    """Keep the store in `folder` open for the block."""
    engine = opened(folder, session, create=create)
    try:
        yield engine
    finally:
        engine.close()
