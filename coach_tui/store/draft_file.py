"""The drafts of one session on their way to the disk (decision 15).

The file is written whole at every change, into the page cache, which outlives a killed process, and
brought to the disk at most every two seconds; both in a thread. It goes when nothing unsaved is
left. Where the disk is full, it has room of its own (`draft_room`).
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from coach_tui.store import atomic
from coach_tui.store.draft_room import DraftRoom
from coach_tui.store.drafts import ENDING, FOLDER, Draft, Sealing, bring_to_disk, encode
from coach_tui.store.errors import StoreError
from coach_tui.store.ids import is_id
from coach_tui.store.left_behind import Alive, LeftBehind, left_behind
from coach_tui.store.paths import FOLDER_MODE

if TYPE_CHECKING:
    from collections.abc import Callable

SYNC_EVERY = 2.0
"""Seconds after which what was typed is on the disk, not only in the page cache."""


class DraftFile:
    """The drafts of this session, on their way to the disk.

    `keep` and `drop` return at once; a thread writes. What cannot be written stays in memory, is
    tried again, and `trouble` says why.
    """

    def __init__(
        self,
        directory: str,
        session: str,
        sealing: Sealing | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Write to the folder `drafts` of the store in `directory`, made when it is needed."""
        if not is_id(session):
            raise ValueError("a session is named like a document")
        self._directory, self.folder = directory, os.path.join(directory, FOLDER)
        self.session, self._sealing, self._clock = session, sealing, clock
        self.trouble: str | None = None
        self._drafts: dict[str, Draft] = {}
        self._changed = threading.Condition()
        self._writing = threading.Lock()
        self._stale = self._unsynced = self._closing = False
        self._synced_at = -SYNC_EVERY
        self._room = DraftRoom(self.path)
        self._alive: Alive | None = None
        self._thread: threading.Thread | None = None

    @property
    def path(self) -> str:
        """Where the drafts of this session are."""
        return os.path.join(self.folder, self.session + ENDING)

    def keep(self, draft: Draft) -> None:
        """Keep this draft in the place of the one with its key."""
        with self._changed:
            self._drafts[draft.key] = draft
            self._wake()

    def drop(self, key: str) -> None:
        """Forget a draft: its text was saved, or thrown away on purpose."""
        with self._changed:
            if self._drafts.pop(key, None) is not None:
                self._wake()

    def drafts(self) -> tuple[Draft, ...]:
        """Return what is kept now."""
        with self._changed:
            return tuple(self._drafts.values())

    def announce(self) -> None:
        """Let others see that this session lives, and keep room for what will be typed in it."""
        with self._writing, suppress(OSError):
            self._hold_alive()
            self._room.reserve()

    def _hold_alive(self) -> None:
        if self._alive is None:
            _make(self.folder)
            self._alive = Alive(self.folder, self.session)
            self._alive.insist()

    def left_behind(self) -> tuple[list[LeftBehind], list[str]]:
        """Return the drafts of dead sessions of this store, as `left_behind` does."""
        found = left_behind(self._directory, self._sealing, self.session)
        with self._writing:
            if self._alive is not None:
                # A dead session's room was given back to the disk.
                self._room.reserve()
        return found

    def write_now(self) -> None:
        """Write before returning, into the page cache; what goes wrong is in `trouble`."""
        self._write(sync=False)

    def flush(self) -> None:
        """Bring everything to the disk before returning; what goes wrong is in `trouble`."""
        self._write(sync=True)

    def close(self) -> None:
        """Bring everything to the disk and end the thread. Drafts that are left stay behind."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self.flush()
        self._room.give_up()
        if self._alive is not None:
            self._alive.release(remove=not self._drafts)
            self._alive = None

    def _wake(self) -> None:
        self._stale = True
        if self._thread is None and not self._closing:
            self._thread = threading.Thread(target=self._run, name="drafts", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._stale or self._closing, timeout=self._until_sync()
                )
                if self._closing:
                    return
            self._write(sync=self._clock() - self._synced_at >= SYNC_EVERY)
            if self.trouble is not None:
                with self._changed:
                    # Not at every key again: a full disk does not get emptier by the second.
                    self._changed.wait_for(lambda: self._closing, timeout=SYNC_EVERY)

    def _until_sync(self) -> float | None:
        if not self._unsynced:
            return None
        return max(0.0, self._synced_at + SYNC_EVERY - self._clock())

    def _write(self, *, sync: bool) -> None:
        with self._writing:
            with self._changed:
                stale, self._stale = self._stale, False
                drafts = tuple(self._drafts.values())
            try:
                if stale:
                    self._put(drafts)
                    self._unsynced = True
                if sync and self._unsynced:
                    bring_to_disk(self.path if drafts else None, self.folder)
                    self._unsynced = False
                    self._synced_at = self._clock()
            except (OSError, StoreError) as error:
                named = atomic.named(error, self.path) if isinstance(error, OSError) else error
                self.trouble = str(named)
                self._stale = True
            else:
                self.trouble = None

    def _put(self, drafts: tuple[Draft, ...]) -> None:
        if not drafts:
            self._room.clear()
            return
        self._hold_alive()
        self._room.write(encode(self.session, drafts, self._sealing))


def _make(folder: str) -> None:
    with suppress(FileExistsError):
        os.mkdir(folder, FOLDER_MODE)
    if os.stat(folder).st_mode & 0o077:
        os.chmod(folder, FOLDER_MODE)
