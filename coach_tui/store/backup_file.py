"""A whole store in one file: its own files as they lie there, in a tar with their hashes.

Nothing is decoded: the backup of a locked store is as locked, and opens with the same passphrase.
`tar` lists and unpacks it. `backup.json`, the last member, names each file with its size and
sha256: a backup that was cut short, or altered, shows.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, BinaryIO

from coach_tui.store import atomic
from coach_tui.store.errors import Corrupt, NoStore, ReadOnly, StoreFull, Unavailable
from coach_tui.store.header import read_header
from coach_tui.store.lock import FileLock
from coach_tui.store.paths import FILE_MODE, FOLDER_MODE, HISTORY, JOURNAL, KEY, LOCK, SNAPSHOT

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT, VERSION = "coach-tui backup", 1
MANIFEST = "backup.json"

LOCK_TIMEOUT_SECONDS = 10.0

_KNOWN = re.compile(rf"{SNAPSHOT}|{JOURNAL}|{KEY}|{HISTORY}/[0-9]{{1,20}}\.jsonl(\.gz)?")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_PIECE = 1 << 20
_MOST_FILES = 100_000
_LONGEST_MANIFEST = 64 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself: which store, its newest commit, when it was made (UTC)."""

    store: str
    sequence: int
    codec: str
    made_at: datetime
    files: dict[str, tuple[int, str]]


def write(directory: str, path: str, made_at: datetime) -> Manifest:
    """Write a backup of the store in `directory` to a new file at `path`, mode 0600, durably.

    The store can be written meanwhile: its files are opened under the lock and copied after it.
    Raises `NoStore`, the store's errors, and `Unavailable` when something is at `path` already;
    then no part of it stays.
    """
    with ExitStack() as held:
        opened = _opened(directory, held)
        try:
            descriptor = os.open(path, _NEW, FILE_MODE)
        except FileExistsError:
            raise Unavailable(f"{path} is there already; nothing was written") from None
        except OSError as error:
            raise atomic.named(error, path) from None
        try:
            with open(descriptor, "wb") as file:
                manifest = _pack(file, directory, opened, made_at)
                file.flush()
                os.fsync(file.fileno())
            _check(path, manifest)
        except BaseException as error:
            os.unlink(path)
            if isinstance(error, OSError):
                raise atomic.named(error, path) from None
            raise
    return manifest


def _opened(directory: str, held: ExitStack) -> list[tuple[str, BinaryIO, int]]:
    """Open the store's files of one moment; returns names, files, and how much of each counts."""
    if not os.path.lexists(os.path.join(directory, SNAPSHOT)):
        raise NoStore(directory)
    try:
        with FileLock(os.path.join(directory, LOCK), LOCK_TIMEOUT_SECONDS).hold():
            return list(_open_all(directory, held))
    except (ReadOnly, StoreFull):
        # Nobody can write here, and so nothing moves.
        return list(_open_all(directory, held))


def _open_all(directory: str, held: ExitStack) -> Iterator[tuple[str, BinaryIO, int]]:
    names = [SNAPSHOT, JOURNAL, KEY]
    folder = os.path.join(directory, HISTORY)
    if os.path.isdir(folder):
        names += [f"{HISTORY}/{name}" for name in sorted(os.listdir(folder))]
    for name in names:
        if not _KNOWN.fullmatch(name):
            continue
        try:
            file, status = atomic.open_for_reading(os.path.join(directory, name))
        except FileNotFoundError:
            continue
        held.enter_context(file)
        yield name, file, status.st_size


def _pack(
    file: BinaryIO, directory: str, opened: list[tuple[str, BinaryIO, int]], made_at: datetime
) -> Manifest:
    found = read_header(os.path.join(directory, SNAPSHOT))
    if found is None:
        raise NoStore(directory)
    header = found[0]
    files = {}
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, source, size in opened:
            reader = _Hashing(source)
            tar.addfile(_member(name, size, made_at), reader)  # type: ignore[arg-type]  # it only reads
            files[name] = (size, reader.hash.hexdigest())
        manifest = Manifest(header.id, header.sequence, header.codec, made_at, files)
        content = _to_bytes(manifest)
        tar.addfile(_member(MANIFEST, len(content), made_at), io.BytesIO(content))
    return manifest


class _Hashing:
    """Reads a file and hashes what was read."""

    def __init__(self, source: BinaryIO) -> None:
        self._source, self.hash = source, hashlib.sha256()

    def read(self, size: int) -> bytes:
        data = self._source.read(size)
        self.hash.update(data)
        return data


def _member(name: str, size: int, made_at: datetime) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, FILE_MODE, int(made_at.timestamp())
    return member


def _to_bytes(manifest: Manifest) -> bytes:
    held = {
        "format": FORMAT,
        "version": VERSION,
        "store": manifest.store,
        "sequence": manifest.sequence,
        "codec": manifest.codec,
        "made_at": manifest.made_at.astimezone(UTC).isoformat(),
        "files": {
            name: {"size": size, "sha256": sha256}
            for name, (size, sha256) in manifest.files.items()
        },
    }
    return json.dumps(held, indent=1).encode("ascii") + b"\n"


def unpack(path: str, folder: str) -> Manifest:
    """Unpack the backup at `path` into the new folder `folder`, and check every byte of it.

    Raises `Corrupt`, naming what is wrong, `Unavailable` when it cannot be read, and the store's
    errors for the folder.
    """
    os.mkdir(folder, FOLDER_MODE)
    return _walk(path, folder)


def read(path: str) -> Manifest:
    """Check every byte of the backup at `path`, unpacking nothing. Raises as `unpack` does."""
    return _walk(path, None)


def _check(path: str, expected: Manifest) -> None:
    """Read the backup again and compare it with what was to be written."""
    if _walk(path, None).files != expected.files:
        raise Corrupt(["what was written is not what was read"], path)


def _walk(path: str, folder: str | None) -> Manifest:
    found: dict[str, tuple[int, str]] = {}
    try:
        with open(path, "rb") as file, tarfile.open(fileobj=file, mode="r:") as tar:
            manifest = _members(tar, path, folder, found)
    except tarfile.TarError:
        raise Corrupt(["it is not a backup, or was cut short"], path) from None
    except FileNotFoundError:
        raise Unavailable(f"There is no file {path}; nothing was changed") from None
    except OSError as error:
        raise atomic.named(error, path) from None
    if manifest is None:
        raise Corrupt(["it is not a backup, or was cut short"], path)
    if manifest.files != found or SNAPSHOT not in found:
        raise Corrupt(["what it holds is not what was put into it"], path)
    return manifest


def _members(
    tar: tarfile.TarFile, path: str, folder: str | None, found: dict[str, tuple[int, str]]
) -> Manifest | None:
    """Take each member, into `found` too; returns the manifest when it is there."""
    manifest: Manifest | None = None
    for member in tar:
        if member.name == MANIFEST and member.isreg() and member.size <= _LONGEST_MANIFEST:
            manifest = _read_manifest(_content(tar, member).read(), path)
        elif not member.isreg() or not _KNOWN.fullmatch(member.name) or member.name in found:
            raise Corrupt(["it holds a file that no backup holds"], path)
        elif len(found) >= _MOST_FILES:
            raise Corrupt(["it holds too many files"], path)
        else:
            found[member.name] = _take(tar, member, folder)
    return manifest


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> BinaryIO:
    file = tar.extractfile(member)
    if file is None:
        raise tarfile.TarError
    return file  # type: ignore[return-value]  # it reads bytes


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: str | None) -> tuple[int, str]:
    hashed, size = hashlib.sha256(), 0
    with ExitStack() as held:
        source = held.enter_context(_content(tar, member))
        goal = None if folder is None else held.enter_context(_new(folder, member.name))
        while piece := source.read(_PIECE):
            hashed.update(piece)
            size += len(piece)
            if goal is not None:
                goal.write(piece)
        if goal is not None:
            goal.flush()
            os.fsync(goal.fileno())
    return size, hashed.hexdigest()


def _new(folder: str, name: str) -> BinaryIO:
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), FOLDER_MODE, exist_ok=True)
    return open(os.open(path, _NEW, FILE_MODE), "wb")


def _read_manifest(content: bytes, path: str) -> Manifest:
    try:
        held = json.loads(content)
        if held["format"] == FORMAT and held["version"] == VERSION:
            made_at = datetime.fromisoformat(held["made_at"])
            files = {
                str(name): (int(one["size"]), str(one["sha256"]))
                for name, one in held["files"].items()
            }
            store, codec = str(held["store"]), str(held["codec"])
            return Manifest(store, int(held["sequence"]), codec, made_at.astimezone(UTC), files)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError):
        pass
    raise Corrupt(["it does not say what it holds, in a way that is known here"], path)
