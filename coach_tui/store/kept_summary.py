"""The summary that an engine keeps beside its files, for quick commands and the next opening."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from coach_tui.store import summary as summaries
from coach_tui.store.errors import StoreError

if TYPE_CHECKING:
    from coach_tui.store.live_summary import LiveSummary
    from coach_tui.store.store_files import StoreFiles


class KeptSummary:
    """Writes the summary of a store's files when they are in another state than it was made from.

    A store in a codec has none: it would tell what the codec hides.
    """

    def __init__(self, files: StoreFiles) -> None:
        self._files = files
        self._lock = threading.Lock()
        self._state: dict[str, Any] | None = None

    def start(self) -> summaries.Summary | None:
        """Return the summary that was kept, of this state or of a commit on the way to it."""
        contents = self._files.contents
        if not contents.coding.is_plain:
            return None
        state = self._files.state()
        kept = None if state is None else summaries.read_kept(self._files.directory, state)
        if kept is not None:
            self._state = state
            return kept
        older = summaries.read_older(self._files.directory)
        if older is None or older[0].store != contents.header.id:
            return None
        summary, head = older
        return summary if self._files.head_at(summary.sequence) == head else None

    def keep(self, live: LiveSummary) -> None:
        """Keep the summary of what there is now, if that is not kept already.

        It is derived: one that could not be kept is seen to be old, and nobody is troubled.
        """
        header = self._files.contents.header
        state = self._files.state()
        if state is None or state == self._state or header.codec:
            return
        if not self._lock.acquire(blocking=False):
            return
        try:
            # Not tried again for the same state, should it fail.
            self._state = state
            current = live.current()
            if current.sequence == header.sequence:
                summaries.keep(self._files.directory, current, state, header.head)
            else:
                self._state = None
        except StoreError:
            return
        finally:
            self._lock.release()
