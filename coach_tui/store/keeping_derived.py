"""Keeping a summary that had to be derived, so that the next quick command need not. Plain."""

from __future__ import annotations

import os

from coach_tui.store import plain, summary
from coach_tui.store.errors import StoreError
from coach_tui.store.lock import FileLock
from coach_tui.store.paths import LOCK, REWRITING, SNAPSHOT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from coach_tui.store.summary import Summary


def keep_derived(directory: str, found: Summary, state: dict[str, Any], head: str) -> None:
    """Keep `found`, derived from the files in `state`, whose newest commit has the hash `head`.

    Only where the folder is this person's own and can be written, the files are whole and still in
    that state, and nobody is writing: the store may be about to be encrypted, or somebody to be
    forgotten, and then nothing plain may be left behind. It is a help and no more: where it cannot
    be kept, nobody is troubled.
    """
    try:
        if not _is_own(directory) or not plain.is_as_kept(directory, found.sequence, head):
            return
        with FileLock(os.path.join(directory, LOCK), timeout_seconds=0).hold():
            is_rewritten = os.path.lexists(os.path.join(directory, REWRITING))
            if not is_rewritten and summary.state_in(directory) == state:
                summary.keep(directory, found, state, head)
    except (OSError, StoreError):
        return


def _is_own(directory: str) -> bool:
    """Whether the folder and the store in it belong to whoever runs this, and can be written."""
    for path in (directory, os.path.join(directory, SNAPSHOT)):
        if os.stat(path).st_uid != os.geteuid():
            return False
    return os.access(directory, os.W_OK)
