"""Backups in one file, and going back to one: what would change is shown first."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from coach_tui.store import atomic, backup_file, unpacking
from coach_tui.store.engine import Delete, Operation, Put
from coach_tui.store.errors import Corrupt
from coach_tui.store.journal_engine import JournalEngine
from coach_tui.store.paths import HISTORY, JOURNAL, KEY, SNAPSHOT, prepare
from coach_tui.store.records import RecordStore
from coach_tui.store.unpacking import Room

if TYPE_CHECKING:
    from types import TracebackType

    from coach_tui.coaching.clock import Clock
    from coach_tui.coaching.desk import Desk
    from coach_tui.store.encryption.cipher import Cipher

Documents = dict[str, dict[str, dict[str, Any]]]

SESSION = "restoring"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What a backup holds: its newest change, how many files, and whether it is locked."""

    sequence: int
    files: int
    is_locked: bool


def back_up(directory: str, path: str, clock: Clock) -> BackedUp:
    """Write the store in `directory` to a new file at `path`; raises the store's errors."""
    wanted = os.path.abspath(os.path.expanduser(path))
    made = backup_file.write(directory, wanted, clock.now())
    return BackedUp(made.sequence, len(made.files), bool(made.codec))


@dataclass(frozen=True, slots=True)
class Difference:
    """What going back to a backup would do to the records, by table."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    taken_away: dict[str, int] = field(default_factory=dict)
    operations: tuple[Operation, ...] = ()


class Backup:
    """A backup for the store in a folder; use it in a `with`.

    It is unpacked, when it must be, within that folder and nowhere else, and removed again.
    """

    def __init__(self, path: str, directory: str) -> None:
        """Read the file at `path`, for the store in `directory`, which need not exist."""
        self._path = os.path.abspath(os.path.expanduser(path))
        self._directory = directory
        self._room: Room | None = None

    def __enter__(self) -> Self:
        """Check every byte; nothing is unpacked. Raises `Corrupt`, `Unavailable`."""
        self._manifest = backup_file.read(self._path)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Remove what was unpacked."""
        if self._room is not None:
            self._room.close()
            self._room = None

    @property
    def folder(self) -> str:
        """Where the store of the backup lies for now, unpacked. Raises the store's errors."""
        if self._room is None:
            prepare(self._directory)
            unpacking.clear(self._directory)
            self._room = Room(self._directory)
            backup_file.unpack(self._path, self._folder_in(self._room))
        return self._folder_in(self._room)

    @staticmethod
    def _folder_in(room: Room) -> str:
        return os.path.join(room.path, "store")

    @property
    def made_at(self) -> datetime:
        """When it was made, in UTC."""
        return self._manifest.made_at

    @property
    def is_locked(self) -> bool:
        """Whether it opens only with its passphrase."""
        return bool(self._manifest.codec)

    def documents(self, cipher: Cipher | None) -> Documents:
        """Return everything in it. Raises `KeyNeeded`, `Corrupt` when it is damaged."""
        engine = JournalEngine.open(self.folder, create=False, session=SESSION, codec=cipher)
        try:
            if engine.read_only:
                raise Corrupt([engine.read_only], self._path)
            return RecordStore(engine).everything()
        finally:
            engine.close()

    def difference(self, desk: Desk, cipher: Cipher | None) -> Difference:
        """Return what putting the backup in the place of what is stored now would do."""
        desk.ledger.poll()
        now, then = desk.ledger.store.everything(), self.documents(cipher)
        difference = Difference()
        operations: list[Operation] = []
        for table in sorted({*now, *then}):
            operations += _of_table(table, now.get(table, {}), then.get(table, {}), difference)
        return Difference(
            difference.added, difference.changed, difference.taken_away, tuple(operations)
        )

    def place(self) -> None:
        """Put the whole store where there is none, history and key included, durably.

        The snapshot comes last: before it is there, there is no store. Raises store errors.
        """
        folder, directory = self.folder, self._directory
        names = [KEY, *_history_of(folder), JOURNAL, SNAPSHOT]
        os.makedirs(os.path.join(directory, HISTORY), 0o700, exist_ok=True)
        for name in names:
            source = os.path.join(folder, name)
            if os.path.exists(source):
                with open(source, "rb") as file:
                    pieces = iter(lambda: file.read(_PIECE), b"")
                    atomic.write(os.path.join(directory, name), pieces)


def restore_into(desk: Desk, difference: Difference, made_at: datetime) -> None:
    """Make the records those of the backup, in one change that can be undone.

    Raises `Conflict` when another session changed something since it was compared.
    """
    day = desk.clock.local(made_at).date().isoformat()
    desk.ledger.put_back(f"Restore the backup of {day}", difference.operations)


def put_aside(directory: str, clock: Clock) -> str:
    """Move the files of a store that cannot be read into a folder beside them; returns its path."""
    stamp = clock.now().strftime("%Y%m%dT%H%M%SZ")
    aside = os.path.join(directory, f"coach.damaged-{stamp}")
    try:
        os.mkdir(aside, 0o700)
        for name in (JOURNAL, KEY, HISTORY, SNAPSHOT):
            if os.path.lexists(os.path.join(directory, name)):
                os.rename(os.path.join(directory, name), os.path.join(aside, name))
    except OSError as error:
        raise atomic.named(error, aside) from None
    return aside


def _history_of(folder: str) -> list[str]:
    try:
        return [f"{HISTORY}/{name}" for name in sorted(os.listdir(os.path.join(folder, HISTORY)))]
    except FileNotFoundError:
        return []


def _of_table(
    table: str,
    now: dict[str, dict[str, Any]],
    then: dict[str, dict[str, Any]],
    difference: Difference,
) -> list[Operation]:
    operations: list[Operation] = []
    for id, document in then.items():
        present = now.get(id)
        if present is None:
            operations.append(Put(table, document, 0))
            difference.added[table] = difference.added.get(table, 0) + 1
        elif {**present, "revision": 0} != {**document, "revision": 0}:
            operations.append(Put(table, document, present["revision"]))
            difference.changed[table] = difference.changed.get(table, 0) + 1
    for id, present in now.items():
        if id not in then:
            operations.append(Delete(table, id, present["revision"]))
            difference.taken_away[table] = difference.taken_away.get(table, 0) + 1
    return operations
