"""What `check` looks for in the files of a store, besides its documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from coach_tui.store import backups, history, journal, paths, replay
from coach_tui.store.engine import Finding, Severity
from coach_tui.store.errors import Corrupt, KeyNeeded, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach_tui.store.store_files import StoreFiles


def check_files(files: StoreFiles) -> list[Finding]:
    """Read every file of the store, and return what is wrong with them."""
    return [*_modes(files), *_store(files), *_history(files), *_backups(files)]


def _modes(files: StoreFiles) -> Iterator[Finding]:
    try:
        wide = paths.wide_modes(files.directory)
    except OSError as error:
        yield Finding(Severity.DAMAGE, files.directory, f"cannot be read: {error.strerror}")
        return
    for path in wide:
        yield Finding(Severity.WARNING, path, "others can read it")


def _store(files: StoreFiles) -> Iterator[Finding]:
    try:
        loaded = files.loading(thorough=True).load()
    except StoreError as error:
        yield Finding(Severity.DAMAGE, files.path, str(error))
        return
    if loaded is None:
        yield Finding(Severity.DAMAGE, files.path, "the file is gone")
        return
    yield from loaded.findings
    if loaded.scan.rest and not loaded.read_only:
        text = "ends in a line that is not whole; it is put aside with the next save"
        yield Finding(Severity.WARNING, files.journal_path, text)


def _history(files: StoreFiles) -> Iterator[Finding]:
    for _, path in history.files(files.directory):
        try:
            lines = history.read_bytes(path).split(b"\n")
        except StoreError as error:
            yield Finding(Severity.DAMAGE, path, str(error))
            continue
        damaged = _first_damaged(lines)
        if damaged:
            text = f"line {damaged} is damaged; what was before and after a change may be missing"
            yield Finding(Severity.DAMAGE, path, text)


def _first_damaged(lines: list[bytes]) -> int:
    try:
        head = orjson.loads(lines[0])["head"]
        if journal.hash_of(lines[0], head) is None:
            return 1
    except (KeyError, TypeError, ValueError):
        return 1
    for number, line in enumerate(lines[1:], 2):
        if not line:
            continue
        found = journal.hash_of(line, head)
        if found is None:
            return number
        head = found
    return 0


def _backups(files: StoreFiles) -> Iterator[Finding]:
    for backup in backups.found(files.directory):
        try:
            replay.read_snapshot(backup.path, files.codec)
        except KeyNeeded:
            continue
        except FileNotFoundError:
            continue
        except Corrupt as error:
            text = f"this backup cannot be used: {error.report[0]}"
            yield Finding(Severity.WARNING, backup.path, text)
        except StoreError as error:
            yield Finding(Severity.WARNING, backup.path, str(error))
