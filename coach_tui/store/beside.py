"""What an engine does beside the app, in threads of its own."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from coach_tui.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from coach_tui.store.store_files import StoreFiles


class Compaction:
    """Writes a new snapshot when the journal has outgrown the one there is.

    `compact` does it; `at_least` is how many bytes of journal are worth it.
    """

    def __init__(self, files: StoreFiles, compact: Callable[[], object], at_least: int) -> None:
        self._files, self._compact, self._at_least = files, compact, at_least
        self._thread: threading.Thread | None = None
        self._not_before = 0

    def start_if_due(self) -> None:
        """Begin, if it is due and not under way."""
        size = self._files.journal_size
        due = max(self._at_least, self._files.snapshot_size // 4, self._not_before)
        if size <= due or (self._thread is not None and self._thread.is_alive()):
            return
        # Should it fail, it is tried again only when there is more to gain.
        self._not_before = size + self._at_least
        self._thread = threading.Thread(target=self._run, name="compaction", daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Wait until none is under way."""
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            self._compact()
            self._not_before = 0
        except StoreError:
            # The journal has everything; the next save that is over the limit tries again.
            return


class SealCheck:
    """Checks the seal of a large snapshot once it is open; calls `wrong` if it is not right."""

    def __init__(self, files: StoreFiles, wrong: Callable[[], None]) -> None:
        self._files, self._wrong = files, wrong
        self._done = threading.Event()

    def start(self) -> None:
        """Begin, where there is something to check."""
        if self._files.is_checked or self._files.sealed is None:
            self._done.set()
            return
        threading.Thread(target=self._run, name="seal", daemon=True).start()

    def wait(self) -> None:
        """Wait until it is known whether the seal is right."""
        self._done.wait()

    def _run(self) -> None:
        sealed = self._files.sealed
        try:
            right = sealed is None or sealed.is_intact()
        except StoreError:
            right = False
        try:
            if not right:
                self._wrong()
        except StoreError as error:
            self._files.refuse(str(error))
        finally:
            self._done.set()
