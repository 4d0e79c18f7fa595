"""Locking the caseload with a passphrase, and opening it: the door to encryption at rest."""

from __future__ import annotations

import os

from coach_tui.store import drafts as draft_files
from coach_tui.store.encryption.key_file import (
    PASSPHRASE,
    RECOVERY,
    KeyFile,
    NotInstalled,
    WrongSecret,
    path_in,
)
from coach_tui.store.errors import Corrupt, Unavailable
from coach_tui.store.header import read_header
from coach_tui.store.left_behind import left_behind, living
from coach_tui.store.paths import SNAPSHOT, SUMMARY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from coach_tui.store.encryption.cipher import Cipher
    from coach_tui.store.journal_engine import JournalEngine

__all__ = ["PASSPHRASE", "RECOVERY", "NotInstalled", "WrongSecret"]


def is_locked(directory: str) -> bool:
    """Whether the store in `directory` is encrypted; False when there is none.

    Of one whose first line is damaged, the key beside it tells. Raises `Unavailable`, `ReadOnly`,
    `NeedsUpgrade`.
    """
    try:
        found = read_header(os.path.join(directory, SNAPSHOT))
    except Corrupt:
        return os.path.lexists(path_in(directory))
    return found is not None and bool(found[0].codec)


def open_with(directory: str, secret: str, by: str = PASSPHRASE) -> Cipher:
    """Return what opens the store in `directory`. Raises `WrongSecret`, `NotInstalled`."""
    return KeyFile.read(directory).open(secret, by)


def change_passphrase(directory: str, secret: str, new: str, by: str = PASSPHRASE) -> None:
    """Put the passphrase `new` in place of the old one; `secret` may be the recovery code.

    No note is written anew. Raises `WrongSecret`, `ValueError` for one that is too short.
    """
    file = KeyFile.read(directory)
    file.change_passphrase(secret, by, new)
    file.write(directory)


def change_code(directory: str, passphrase: str) -> str:
    """Return a new recovery code in place of the old one. Raises `WrongSecret`."""
    file = KeyFile.read(directory)
    code = file.change_code(passphrase)
    file.write(directory)
    return code


def lock(engine: JournalEngine, passphrase: str) -> str:
    """Encrypt everything that lies in the engine's folder; returns the recovery code.

    The key file is on the disk before anything is written with its key. Raises `ValueError` for a
    passphrase that is too short, `Unavailable` while the app is open elsewhere, the
    store's errors; then the store is as it was.
    """
    refuse_while_open(engine)
    file, code, cipher = KeyFile.new(passphrase)
    file.write(engine.directory)
    try:
        engine.rewrite(cipher)
    except BaseException:
        if not is_locked(engine.directory):
            draft_files.unlink(path_in(engine.directory))
        raise
    _rewrite_drafts(engine.directory, None, cipher)
    draft_files.unlink(os.path.join(engine.directory, SUMMARY))
    return code


def unlock(engine: JournalEngine, cipher: Cipher) -> None:
    """Take the encryption off again: everything is plain JSON afterwards, and the key is gone."""
    refuse_while_open(engine)
    engine.rewrite(None)
    _rewrite_drafts(engine.directory, cipher, None)
    draft_files.unlink(path_in(engine.directory))


def refuse_while_open(engine: JournalEngine) -> None:
    """Raise `Unavailable` while the app is open in another session."""
    if living(engine.directory, own=engine.session):
        raise Unavailable(
            "coach-tui is open elsewhere, and would go on writing as before; nothing was changed; "
            "close it there first"
        )


def _rewrite_drafts(directory: str, before: Cipher | None, after: Cipher | None) -> None:
    for one in left_behind(directory, before)[0]:
        one.rewrite(after)
        one.release()
