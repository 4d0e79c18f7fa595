"""Finished journals, in `history/`: each commit that was ever made, for undo, audit and replay.

A file is named by the number of its first commit. `<number>.jsonl` is a journal as it was put
here, a hard link; it is pressed into `<number>.jsonl.gz` when there is time.
"""

from __future__ import annotations

import os
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

import orjson

from coach_tui.store import atomic, disk, journal
from coach_tui.store.errors import StoreError
from coach_tui.store.header import reading
from coach_tui.store.paths import FOLDER_MODE, HISTORY, TEMPORARY

if TYPE_CHECKING:
    from collections.abc import Iterator

_RAW = ".jsonl"
_PRESSED = ".jsonl.gz"
_PIECE = 1 << 16


def keep(directory: str, path: str, first: int) -> None:
    """Keep the journal at `path`, whose first commit is `first`, durably. Raises store errors."""
    folder = os.path.join(directory, HISTORY)
    kept = os.path.join(folder, f"{first:012}{_RAW}")
    try:
        if not os.path.isdir(folder):
            os.mkdir(folder, FOLDER_MODE)
            disk.sync_folder(directory)
        _link(path, kept)
        disk.sync_folder(folder)
    except OSError as error:
        raise atomic.named(error, kept) from None


def keep_bytes(directory: str, data: bytes, first: int) -> None:
    """Keep a journal's content likewise. Raises store errors."""
    folder = os.path.join(directory, HISTORY)
    try:
        os.makedirs(folder, FOLDER_MODE, exist_ok=True)
    except OSError as error:
        raise atomic.named(error, folder) from None
    atomic.write(os.path.join(folder, f"{first:012}{_RAW}"), [data])


def _link(path: str, kept: str) -> None:
    try:
        os.link(path, kept)
    except FileExistsError:
        # A rotation that did not end: what lies there is a part of the same journal.
        os.unlink(kept)
        os.link(path, kept)
    except (PermissionError, NotImplementedError):
        # A file system without hard links.
        atomic.write(kept, [read_bytes(path)])


def press(directory: str) -> None:
    """Press what was kept as it was; what cannot be pressed now stays readable as it is."""
    import gzip

    for first, path in files(directory):
        if path.endswith(_RAW):
            data = read_bytes(path)
            pressed = os.path.join(directory, HISTORY, f"{first:012}{_PRESSED}")
            atomic.write(pressed, [gzip.compress(_whole_lines(data), 6, mtime=0)])
            disk.remove_quietly(path)


def _whole_lines(data: bytes) -> bytes:
    return data[: data.rfind(b"\n") + 1]


def files(directory: str) -> list[tuple[int, str]]:
    """Return the number of the first commit and the path of each file, oldest first."""
    folder = os.path.join(directory, HISTORY)
    try:
        names = os.listdir(folder)
    except OSError:
        return []
    found: dict[int, str] = {}
    for name in sorted(names, reverse=True):
        first, dot, ending = name.partition(".")
        if first.isdecimal() and dot + ending in (_RAW, _PRESSED):
            # The pressed one last: it is put there whole, and the raw one goes then.
            found.setdefault(int(first), os.path.join(folder, name))
    return sorted(found.items())


def read_bytes(path: str) -> bytes:
    """Return a file's content, unpressed as far as it can be. Raises store errors."""
    try:
        file, _ = atomic.open_for_reading(path)
    except FileNotFoundError:
        return b""
    with file:
        data = reading(file.read, path)
    return _unpressed(data) if path.endswith(_PRESSED) else data


def _unpressed(data: bytes) -> bytes:
    engine = zlib.decompressobj(31)
    pieces: list[bytes] = []
    with suppress(zlib.error):
        pieces.extend(
            engine.decompress(data[start : start + _PIECE]) for start in range(0, len(data), _PIECE)
        )
    return b"".join(pieces)


def lines(directory: str, since: int) -> Iterator[bytes]:
    """Return the lines of all files that may hold commits after `since`, oldest file first."""
    found = files(directory)
    for place, (_, path) in enumerate(found):
        following = found[place + 1][0] if place + 1 < len(found) else None
        if following is not None and following <= since + 1:
            continue
        try:
            data = read_bytes(path)
        except StoreError:
            continue
        yield from data.split(b"\n")


class Chain:
    """Follows the chain of commits from one with the hash `head` on, through any lines."""

    def __init__(self, sequence: int, head: str) -> None:
        self.sequence, self.head = sequence, head

    def follows(self, line: bytes) -> journal.Transaction | None:
        """Return the transaction if the line is the next one, and go on from it."""
        head = journal.hash_of(line, self.head)
        if head is None or not journal.is_commit(line, orjson.loads):
            return None
        transaction = journal.Transaction(line, head, orjson.loads)
        self.sequence, self.head = transaction.sequence, head
        return transaction


def number_of(line: bytes) -> int | None:
    """Return the number of the commit that a line tells of, None for a line that is no commit."""
    if not line.startswith(b'{"n":'):
        return None
    digits = line[5 : line.find(b",", 5)]
    return int(digits) if digits.isdigit() else None


def leftovers(directory: str) -> list[str]:
    """Remove what a writer left in the folder when it died; return the paths."""
    folder = os.path.join(directory, HISTORY)
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    removed = []
    for name in names:
        if name.endswith(TEMPORARY):
            base = os.path.join(folder, name.split(".jsonl", 1)[0] + _PRESSED)
            removed += atomic.remove_leftovers(base)
    return removed
