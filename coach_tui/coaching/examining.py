"""Looking through a whole store, and putting right what was found: what `doctor` does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from coach_tui.store import drafts as draft_files
from coach_tui.store import paths, unpacking
from coach_tui.store.checking import worst_first
from coach_tui.store.encryption.key_file import KeyFile, path_in
from coach_tui.store.engine import Finding, Severity
from coach_tui.store.errors import StoreError
from coach_tui.store.header import read_header
from coach_tui.store.journal_engine import JournalEngine
from coach_tui.store.left_behind import left_behind
from coach_tui.store.repair import Repair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach_tui.coaching.clock import Clock
    from coach_tui.store.encryption.cipher import Cipher

__all__ = ["Examining", "Finding", "Severity"]


class Examining:
    """Everything that can be looked at in the folder of a store, whatever state it is in."""

    def __init__(self, directory: str, session: str, clock: Clock, cipher: Cipher | None) -> None:
        """Look at the store in `directory`; `cipher` opens a locked one."""
        self._directory, self._session = directory, session
        self._clock, self._cipher = clock, cipher

    def look(self) -> list[Finding]:
        """Return everything that is wrong, worst first; opening puts right what is safe to.

        A store that cannot be opened at all is a finding too. Raises `NoStore`, `KeyNeeded`.
        """
        found = [*self._beside()]
        try:
            engine = JournalEngine.open(
                self._directory, create=False, session=self._session, codec=self._cipher
            )
        except StoreError as error:
            return worst_first([*found, Finding(Severity.DAMAGE, self._directory, str(error))])
        try:
            found += engine.notices
            found += [one for one in engine.check() if one not in found]
            if engine.read_only:
                found.append(Finding(Severity.DAMAGE, self._directory, engine.read_only))
        finally:
            engine.close()
        return worst_first(found)

    def fix(self) -> list[Finding]:
        """Put right what can be without losing anything; return what was done."""
        done = [
            Finding(Severity.NOTE, path, "others could read it; now only you can")
            for path in _narrowed(self._directory)
        ]
        done += [
            Finding(Severity.NOTE, path, "was left over, and is removed")
            for path in self._left_over()
            if _removed(path)
        ]
        done += [
            Finding(Severity.NOTE, path, "was left by a restore that did not end, and is removed")
            for path in unpacking.clear(self._directory)
        ]
        at = self._clock.now()
        return done + Repair(self._directory, self._session, at, self._cipher).repair()

    def accept(self) -> list[tuple[str, str]]:
        """Take what was changed outside coach-tui as it is; return table and id of each record."""
        at = self._clock.now()
        return Repair(self._directory, self._session, at, self._cipher).accept()

    def _beside(self) -> Iterator[Finding]:
        """Yield what is wrong with the files that are no part of the store itself."""
        yield from (
            Finding(Severity.WARNING, path, "others can read it; --fix takes that back")
            for path in _open_below(self._directory)
        )
        yield from self._of_key()
        yield from self._of_drafts()
        for path in [*self._left_over(), *unpacking.left_over(self._directory)]:
            yield Finding(Severity.WARNING, path, "is left over; --fix removes it")

    def _of_key(self) -> Iterator[Finding]:
        path = path_in(self._directory)
        if self._cipher is None:
            return
        try:
            if KeyFile.read(self._directory).key_id not in self._cipher.name:
                yield Finding(Severity.DAMAGE, path, "is the key of another store")
        except StoreError as error:
            yield Finding(Severity.DAMAGE, path, str(error))

    def _of_drafts(self) -> Iterator[Finding]:
        left, unreadable = left_behind(self._directory, self._cipher)
        for one in left:
            text = f"unsaved text from before ({len(one.drafts)}): coach-tui offers it at its start"
            yield Finding(Severity.NOTE, f"{draft_files.FOLDER}/{one.session}", text)
            one.release()
        for path in unreadable:
            yield Finding(Severity.WARNING, path, "holds unsaved text that cannot be read; kept")

    def _left_over(self) -> list[str]:
        """Return files that should not be there: a key without a lock, a summary beside one."""
        try:
            found = read_header(os.path.join(self._directory, paths.SNAPSHOT))
        except StoreError:
            return []
        if found is None:
            return []
        locked = bool(found[0].codec)
        wrong = os.path.join(self._directory, paths.SUMMARY) if locked else path_in(self._directory)
        return [wrong] if os.path.lexists(wrong) else []


def _open_below(directory: str) -> list[str]:
    """Return what others can read in the folders of the store."""
    found = []
    for name in (paths.HISTORY, paths.BACKUPS, draft_files.FOLDER):
        folder = os.path.join(directory, name)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        found += [
            entry.path
            for entry in entries
            if not entry.is_symlink() and entry.stat().st_mode & 0o077
        ]
    return found


def _narrowed(directory: str) -> list[str]:
    changed = paths.narrow(directory)
    for path in _open_below(directory):
        try:
            os.chmod(path, paths.FOLDER_MODE if os.path.isdir(path) else paths.FILE_MODE)
        except OSError:
            continue
        changed.append(path)
    return changed


def _removed(path: str) -> bool:
    try:
        os.unlink(path)
    except OSError:
        return False
    return True
