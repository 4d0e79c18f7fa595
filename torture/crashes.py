"""Every folder that a crash could leave, made from a record of the calls that changed it.

What was not brought to the disk when the machine died may be there or not, in part, or in another
order: a write that was not followed by `fsync` of its file, a name that was not followed by `fsync`
of its folder. Nothing more is asked of the file system than that.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from torture.recording import (
    Acknowledged,
    Cut,
    Disk,
    Event,
    Folder,
    Gone,
    Name,
    Sync,
    SyncFolder,
    Write,
)

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Container, Iterator

SECTOR = 512


@dataclass(frozen=True)
class Crash:
    """What is on the disk after a crash at the event `place`, and what had been acknowledged."""

    place: int
    acknowledged: int
    disk: Disk

    @property
    def digest(self) -> bytes:
        """What is the same for the same files and the same promise."""
        made = hashlib.blake2b(b"%d" % self.acknowledged)
        for path, content in self.disk.files().items():
            made.update(b"%b\0%d\0%b" % (path.encode(), len(content), content))
        return made.digest()


def crashes(
    before: Disk,
    acknowledged: int,
    events: list[Event],
    chance: random.Random,
    each: int,
    places: Container[int] | None = None,
) -> Iterator[Crash]:
    """Yield the distinct states that a crash could leave, up to `each` at every place.

    `before` is the folder, and `acknowledged` the newest commit that was, before the events. With
    `places`, only crashes there are asked about.
    """
    seen: set[bytes] = set()
    waiting = _Waiting(before.copy(), acknowledged)
    for place, event in enumerate([*events, None]):
        if places is None or place in places:
            for disk in waiting.outcomes(chance, each):
                crash = Crash(place, waiting.acknowledged, disk)
                if crash.digest not in seen:
                    seen.add(crash.digest)
                    yield crash
        if event is not None:
            waiting.goes_on(event)


class _Waiting:
    """What is on the disk for certain, and what still waits to be brought there."""

    def __init__(self, disk: Disk, acknowledged: int) -> None:
        self.disk = disk
        self.acknowledged = acknowledged
        self._events: list[Event] = []

    def goes_on(self, event: Event) -> None:
        """Let one more event happen."""
        match event:
            case Acknowledged(number):
                self.acknowledged = number
            case Sync(inode, failed=True):
                # The system may call the pages clean now: what they held never reaches the disk.
                self._events = [one for one in self._events if _group(one) != inode]
            case Sync(inode):
                self._settle(inode)
            case SyncFolder(path):
                self._settle(path)
            case _:
                self._events.append(event)

    def _settle(self, group: int | str) -> None:
        for event in self._events:
            if _group(event) == group:
                self.disk.do(event)
        self._events = [event for event in self._events if _group(event) != group]

    def outcomes(self, chance: random.Random, most: int) -> Iterator[Disk]:
        """Yield what may be on the disk now: nothing of what waits, all, and parts of it."""
        yield self.disk.copy()
        groups = list(dict.fromkeys(_group(event) for event in self._events))
        if not groups:
            return
        yield self._with(lambda _: True)
        for group in groups:
            yield self._with(lambda event, group=group: _group(event) == group)  # type: ignore[misc]
            yield self._with(lambda event, group=group: _group(event) != group)  # type: ignore[misc]
        for _ in range(most - 2 - 2 * len(groups)):
            yield self._sampled(groups, chance)

    def _with(self, keeps: Callable[[Event], bool]) -> Disk:
        disk = self.disk.copy()
        for event in self._events:
            if keeps(event):
                disk.do(event)
        return disk

    def _sampled(self, groups: list[int | str], chance: random.Random) -> Disk:
        """Return one outcome by chance: of each file and folder some events, the last one torn."""
        disk = self.disk.copy()
        for group in groups:
            events = [event for event in self._events if _group(event) == group]
            kept = _some(events, chance)
            for event in kept[:-1]:
                disk.do(event)
            if kept:
                disk.do(_torn(kept[-1], chance))
        return disk


def _some(events: list[Event], chance: random.Random) -> list[Event]:
    kind = chance.randrange(4)
    if kind == 0:
        return []
    if kind == 1:
        return events
    if kind == 2:
        return events[: chance.randrange(len(events)) + 1]
    return [event for event in events if chance.random() < 0.5]


def _torn(event: Event, chance: random.Random) -> Event:
    if not isinstance(event, Write) or len(event.data) < 2 or chance.random() < 0.25:
        return event
    data = event.data
    kind = chance.randrange(4)
    if kind == 0:
        return Write(event.inode, event.offset, data[: chance.randrange(1, len(data))])
    if kind == 1:
        # The file has grown, and what was to be in it never came.
        return Write(event.inode, event.offset, bytes(len(data)))
    sectors = [data[at : at + SECTOR] for at in range(0, len(data), SECTOR)]
    kept = [one if chance.random() < 0.5 else bytes(len(one)) for one in sectors]
    return Write(event.inode, event.offset, b"".join(kept))


def _group(event: Event) -> int | str:
    """Return what must be brought to the disk for this event to last: a file or a folder."""
    match event:
        case Write(inode) | Cut(inode) | Sync(inode):
            return inode
        case Name(path) | Gone(path) | Folder(path):
            return path.rpartition("/")[0]
        case _:
            return ""


# --------------------------------------------------------------------------------- planted mistakes


def without_file_syncs(events: list[Event]) -> list[Event]:
    """A store that never brings a file's content to the disk."""
    return [event for event in events if not isinstance(event, Sync)]


def without_folder_syncs(events: list[Event]) -> list[Event]:
    """A store that never brings a folder's names to the disk."""
    return [event for event in events if not isinstance(event, SyncFolder)]


def acknowledged_early(events: list[Event]) -> list[Event]:
    """A store that says "saved" before the last thing it brought to the disk is there."""
    made: list[Event] = []
    for event in events:
        if isinstance(event, Acknowledged):
            syncs = [at for at, one in enumerate(made) if isinstance(one, Sync | SyncFolder)]
            made.insert(syncs[-1] if syncs else 0, event)
        else:
            made.append(event)
    return made


def renamed_early(events: list[Event]) -> list[Event]:
    """A store that gives a new file its place first, and brings its content to the disk after."""
    made = list(events)
    for event in events:
        if isinstance(event, Name) and event.source:
            at = made.index(event)
            syncs = [place for place in range(at) if made[place] == Sync(event.inode)]
            if syncs:
                moved = made.pop(syncs[-1])
                made.insert(at, moved)
    return made


PLANTED: dict[str, Callable[[list[Event]], list[Event]]] = {
    "no fsync of files": without_file_syncs,
    "no fsync of folders": without_folder_syncs,
    "acknowledged before fsync": acknowledged_early,
    "renamed before fsync": renamed_early,
}
"""Mistakes that a store could make, by the record that it would leave."""
