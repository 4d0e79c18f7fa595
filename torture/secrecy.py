"""R13: nobody else can read the store's files, and with encryption no file holds plain text."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from torture.command import Failed, coach, traces
from torture.someone import NAME, WORDS, fill, leave_draft
from torture.tally import Row, Tally

if TYPE_CHECKING:
    from pathlib import Path

PASSPHRASE = "correct horse battery staple\n" * 3


def measure(place: Path, count: int) -> list[Row]:
    """Look at every mode, and into every file of a locked store; `count` is not used."""
    del count
    return [_modes(place), _plain_text(place)]


def _modes(place: Path) -> Row:
    store = place / "wide"
    fill(store, umask=0)
    leave_draft(store)
    held = _wide(store)
    for path in [store, *store.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    (store / "coach.json.17-abcdef01.tmp").write_bytes(b"{")
    (store / "coach.json.17-abcdef01.tmp").chmod(0o644)
    caught = _wide(store)
    coach(store, "note", NAME, "T after the umask", umask=0)
    held.add(_wide(store))
    return Row(
        "R13",
        "files and folders, umask 000, and after all stood open",
        held,
        "all stand open",
        caught,
    )


def _wide(store: Path) -> Tally:
    tally = Tally()
    for path in [store, *store.rglob("*")]:
        mode = stat.S_IMODE(path.stat().st_mode)
        right = 0o700 if path.is_dir() else 0o600
        where = path.relative_to(store.parent)
        tally.count("" if mode == right else f"{where} has mode {mode:o}")
    return tally


def _plain_text(place: Path) -> Row:
    store, passphrase = place / "locked", place / "passphrase"
    passphrase.write_text(PASSPHRASE, encoding="utf-8")
    fill(store)
    leave_draft(store)
    caught = _found(store)
    try:
        coach(store, "lock", passphrase=passphrase)
    except Failed as error:
        return Row("R13", "plain text in a locked store", skipped=str(error))
    held = _found(store)
    coach(store, "note", NAME, "T holds up the marzipan again", passphrase=passphrase)
    coach(store, "backup", str(store.parent / "locked backup"), passphrase=passphrase)
    held.add(_found(store))
    backup = (store.parent / "locked backup").read_bytes()
    for word in WORDS:
        held.count(f"{word} in a backup" if word.encode() in backup else "")
    shown = coach(store, "show", NAME, passphrase=passphrase)
    held.count("" if b"marzipan again" in shown else "the key opens it no more")
    return Row("R13", "plain words in a locked store", held, "the store is not locked", caught)


def _found(store: Path) -> Tally:
    tally = Tally()
    for word in WORDS:
        found = traces(store, (word,))
        tally.count(found[0] if found else "")
    return tally
