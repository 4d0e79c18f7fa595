"""A record of how a folder was changed, and the folder that any part of the record would leave."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from torture.system import CHANGING, between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes put into a file at an offset."""

    inode: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file cut, or grown with zeros, to a size."""

    inode: int
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """A file's content brought to the disk; with `failed`, the system said that it could not."""

    inode: int
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A path that is the file `inode` from now on; `source`, where it was called so before."""

    path: str
    inode: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """A path that names nothing any more."""

    path: str


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that was made."""

    path: str


@dataclass(frozen=True, slots=True)
class SyncFolder:
    """The names in a folder brought to the disk."""

    path: str


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A moment at which the store had said that this commit is safe."""

    number: int


Event = Write | Cut | Sync | Name | Gone | Folder | SyncFolder | Acknowledged


class Disk:
    """Files by path, below one folder: what is on a disk, in memory."""

    def __init__(self) -> None:
        self.names: dict[str, int] = {}
        self.folders: list[str] = []
        self.content: dict[int, bytes] = {}

    def copy(self) -> Disk:
        """Return another one with the same on it."""
        made = Disk()
        made.names, made.folders = dict(self.names), list(self.folders)
        made.content = dict(self.content)
        return made

    def do(self, event: Event) -> None:
        """Let the event happen to it; what only brings something to the disk changes nothing."""
        match event:
            case Write(inode, offset, data):
                before = self.content.get(inode, b"").ljust(offset, b"\0")
                self.content[inode] = before[:offset] + data + before[offset + len(data) :]
            case Cut(inode, size):
                self.content[inode] = self.content.get(inode, b"")[:size].ljust(size, b"\0")
            case Name(path, inode, source):
                if source and self.names.get(source) == inode:
                    del self.names[source]
                self.names[path] = inode
            case Gone(path):
                self.names.pop(path, None)
            case Folder(path):
                if path not in self.folders:
                    self.folders.append(path)
            case _:
                return

    def files(self) -> dict[str, bytes]:
        """Return the content of each file by its path."""
        return {path: self.content.get(inode, b"") for path, inode in sorted(self.names.items())}

    def write_to(self, folder: Path) -> None:
        """Make `folder`, which is not there yet, hold the same, with the store's modes."""
        folder.mkdir(mode=0o700)
        for path in self.folders:
            (folder / path).mkdir(mode=0o700, parents=True, exist_ok=True)
        for path, content in self.files().items():
            place = folder / path
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            place.write_bytes(content)
            place.chmod(0o600)

    @classmethod
    def of(cls, folder: Path) -> Disk:
        """Return what is in `folder`; every name is a file of its own."""
        made = cls()
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_dir():
                made.folders.append(name)
            elif not path.is_symlink():
                made.names[name] = len(made.names) + 1
                made.content[made.names[name]] = path.read_bytes()
        return made


class Recorder:
    """Notes every change of one folder while its block runs; what was in it before is `before`.

    `let` is asked before each call and may raise in its place: then the call is not made.
    """

    def __init__(
        self, folder: Path, let: Callable[[str, tuple[Any, ...]], None] | None = None
    ) -> None:
        self.folder = os.path.realpath(folder)
        self.before = Disk.of(folder) if folder.exists() else Disk()
        self.events: list[Event] = []
        self._let = let
        self._now = self.before.copy()
        self._open: dict[int, tuple[int, int | str]] = {}

    def recording(self) -> AbstractContextManager[None]:
        """Record while the block runs."""
        return between(self, (*CHANGING, "close"))

    def acknowledge(self, number: int) -> None:
        """Note that the store has said by now that commit `number` is safe."""
        self.events.append(Acknowledged(number))

    def after(self) -> Disk:
        """Return what the folder holds if the record is complete."""
        return self._now

    def __call__(self, name: str, call: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Make a call of the system and note what it did."""
        try:
            if self._let is not None:
                self._let(name, given)
        except OSError:
            self._note_failure(name, given)
            raise
        note = getattr(self, f"_note_{name}", None)
        if note is None:
            return call(*given, **named)
        return note(call, given, named)

    def _note_failure(self, name: str, given: tuple[Any, ...]) -> None:
        if name in {"fsync", "fdatasync"}:
            inode = self._file(given[0])
            if inode is not None:
                self._happened(Sync(inode, failed=True))

    def _happened(self, event: Event) -> None:
        self.events.append(event)
        self._now.do(event)

    def _inside(self, path: Any) -> str | None:
        if isinstance(path, int):
            return None
        whole = os.path.join(
            os.path.realpath(os.path.dirname(os.fspath(path)) or "."), os.path.basename(path)
        )
        if whole == self.folder:
            return ""
        start = self.folder + "/"
        return whole[len(start) :] if whole.startswith(start) else None

    # ------------------------------------------------------------------------------ open and close

    def _note_open(self, call: Any, given: Any, named: Any) -> int:
        path, flags = given[0], given[1]
        inside = self._inside(path)
        new = inside is not None and not os.path.lexists(path)
        descriptor: int = call(*given, **named)
        if inside is None:
            self._open.pop(descriptor, None)
            return descriptor
        if os.path.isdir(path):
            self._open[descriptor] = (os.fstat(descriptor).st_ino, inside)
            return descriptor
        if new:
            inode = 1 + max([*self._now.content, *self._now.names.values()], default=0)
            self._now.content[inode] = b""
            self._happened(Name(inside, inode))
        inode = self._now.names[inside]
        if flags & os.O_TRUNC and not new:
            self._happened(Cut(inode, 0))
        self._open[descriptor] = (os.fstat(descriptor).st_ino, inode)
        return descriptor

    def _note_close(self, call: Any, given: Any, named: Any) -> None:
        self._open.pop(given[0], None)
        call(*given, **named)

    def _held(self, descriptor: int) -> int | str | None:
        # A descriptor may have been closed and opened again behind our back.
        held = self._open.get(descriptor)
        if held is None or os.fstat(descriptor).st_ino != held[0]:
            return None
        return held[1]

    def _file(self, descriptor: int) -> int | None:
        held = self._held(descriptor)
        return held if isinstance(held, int) else None

    # ------------------------------------------------------------------------------------- content

    def _note_write(self, call: Any, given: Any, named: Any) -> int:
        descriptor, data = given
        inode = self._file(descriptor)
        if inode is None:
            return int(call(*given, **named))
        written = int(call(*given, **named))
        offset = os.lseek(descriptor, 0, os.SEEK_CUR) - written
        self._happened(Write(inode, offset, bytes(data)[:written]))
        return written

    def _note_pwrite(self, call: Any, given: Any, named: Any) -> int:
        descriptor, data, offset = given
        written = int(call(*given, **named))
        inode = self._file(descriptor)
        if inode is not None:
            self._happened(Write(inode, offset, bytes(data)[:written]))
        return written

    def _note_ftruncate(self, call: Any, given: Any, named: Any) -> None:
        call(*given, **named)
        inode = self._file(given[0])
        if inode is not None:
            self._happened(Cut(inode, given[1]))

    def _note_truncate(self, call: Any, given: Any, named: Any) -> None:
        call(*given, **named)
        inside = None if isinstance(given[0], int) else self._inside(given[0])
        inode = self._file(given[0]) if inside is None else self._now.names.get(inside)
        if inode is not None:
            self._happened(Cut(inode, given[1]))

    def _note_fsync(self, call: Any, given: Any, named: Any) -> None:
        held = self._held(given[0])
        call(*given, **named)
        if isinstance(held, int):
            self._happened(Sync(held))
        elif held is not None:
            self._happened(SyncFolder(held))

    _note_fdatasync = _note_fsync

    # --------------------------------------------------------------------------------------- names

    def _note_rename(self, call: Any, given: Any, named: Any) -> None:
        source, target = (self._inside(path) for path in given[:2])
        call(*given, **named)
        if target is not None and source is not None:
            if source in self._now.names:
                self._happened(Name(target, self._now.names[source], source))
        elif source is not None:
            self._happened(Gone(source))

    _note_replace = _note_rename

    def _note_link(self, call: Any, given: Any, named: Any) -> None:
        source, target = (self._inside(path) for path in given[:2])
        call(*given, **named)
        if target is not None and source in self._now.names:
            self._happened(Name(target, self._now.names[source]))

    def _note_unlink(self, call: Any, given: Any, named: Any) -> None:
        inside = self._inside(given[0])
        call(*given, **named)
        if inside is not None:
            self._happened(Gone(inside))

    _note_remove = _note_unlink

    def _note_mkdir(self, call: Any, given: Any, named: Any) -> None:
        inside = self._inside(given[0])
        call(*given, **named)
        if inside:
            self._happened(Folder(inside))


def files_in(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield every file below `folder` with its content, in the order of paths."""
    yield from Disk.of(folder).files().items()
