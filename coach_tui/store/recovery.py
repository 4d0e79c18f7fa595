"""Opening a store whatever state its files are in (decisions 10 and 12).

What is whole is opened; what a crash may leave is passed over and said; what cannot come from a
crash makes the store read-only, with the reason. Nothing on the disk is changed here.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

import orjson

from coach_tui.store import atomic, backups, history, journal, paths, replay, snapshot
from coach_tui.store.contents import Contents
from coach_tui.store.engine import Finding, Severity
from coach_tui.store.errors import Corrupt, StoreError
from coach_tui.store.header import Header, Stamp
from coach_tui.store.lines import Lines
from coach_tui.store.migrations import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coach_tui.store.codec import LineCodec
    from coach_tui.store.snapshot import Sealed

_MOST_NAMED = 20
_MISSING = ("the file is missing",)


class Loaded(NamedTuple):
    """What a store's files hold.

    `read_only`: empty, or why nothing may be written. `renew`: why a new snapshot has to be
    written before anything else, or empty. `aside`: the damaged snapshot is to be put aside then.
    `is_edited`: the snapshot can be read, and is not what was saved.
    `sealed`: the snapshot's file as it was written, None when it is not; `is_checked`: whether its
    seal was found right. `stamp`: None when there is no file that was read as it is.
    """

    contents: Contents
    base: Header
    scan: journal.Scan
    has_journal: bool
    stamp: Stamp | None
    sealed: Sealed | None = None
    is_checked: bool = True
    findings: tuple[Finding, ...] = ()
    read_only: str = ""
    renew: str = ""
    aside: bool = False
    is_edited: bool = False


class Loading:
    """Reads the store in a folder.

    `thorough` checks the seal of a large snapshot at once. `large`: see `snapshot.LARGE`.
    """

    def __init__(
        self, directory: str, codec: LineCodec | None, *, thorough: bool, large: int
    ) -> None:
        self._directory, self._codec = directory, codec
        self._thorough, self._large = thorough, large
        self._path = os.path.join(directory, paths.SNAPSHOT)
        self._journal_path = os.path.join(directory, paths.JOURNAL)

    def load(self) -> Loaded | None:
        """Return what the files hold; None when there is no store.

        Raises `Corrupt` when nothing can be made of it, `NeedsUpgrade`, `KeyNeeded`,
        `Unavailable`, `ReadOnly`.
        """
        for _ in range(5):
            loaded = self._load()
            if loaded is None or loaded.scan.after <= loaded.base.sequence:
                return loaded
            # Another session may have put a new snapshot and journal in place meanwhile.
        assert loaded is not None
        return self._bridged(loaded)

    def _load(self) -> Loaded | None:
        try:
            sealed = snapshot.open_sealed(self._path, self._large)
            if sealed is not None and sealed.header.schema == SCHEMA:
                unchecked = sealed.is_large and not self._thorough
                if unchecked or sealed.is_intact():
                    return self._with_sealed(sealed, unchecked)
            data = history.read_bytes(self._path)
        except FileNotFoundError:
            if not self._has_remains():
                return None
            return self._rebuilt(Corrupt(_MISSING, self._path))
        try:
            header, tables = snapshot.parse(data, self._path)
        except Corrupt as error:
            return self._rebuilt(error)
        return self._with_unsealed(header, tables)

    def _has_remains(self) -> bool:
        data = self._journal_bytes() or b""
        return bool(data.count(b"\n") > 1 or backups.found(self._directory))

    # ---------------------------------------------------------------------------------- snapshots

    def _with_sealed(self, sealed: Sealed, unchecked: bool) -> Loaded:
        coding = replay.coding_for(sealed.header, self._codec)
        tables = {name: Lines(region) for name, region in sealed.tables.items()}
        contents = Contents(sealed.header, tables, coding)
        loaded = self._with_journal(contents, sealed.stamp)
        return loaded._replace(sealed=sealed, is_checked=not unchecked)

    def _with_unsealed(self, header: Header, tables: dict[str, dict[str, bytes]]) -> Loaded:
        coding = replay.coding_for(header, self._codec)
        stamp = Stamp(os.stat(self._path, follow_symlinks=False))
        schema = header.schema
        if schema < SCHEMA:
            tables = replay.migrated(tables, schema)
        contents = Contents(
            header.at(header.sequence, header.written_at, header.head),
            {name: Lines.of(lines) for name, lines in tables.items() if lines},
            coding,
        )
        loaded = self._with_journal(contents, stamp)
        if schema < SCHEMA:
            text = f"was of schema {schema}; brought to {SCHEMA}, the old one is in backups"
            return loaded._replace(
                renew=text, findings=(*loaded.findings, self._note(self._path, text))
            )
        if loaded.scan.trouble or loaded.scan.is_old:
            # Its header was changed too, so that the journal does not fit it.
            try:
                return self._rebuilt(Corrupt(["its first line was changed"], self._path))
            except Corrupt:
                pass
        return self._edited(loaded, contents)

    def _edited(self, loaded: Loaded, contents: Contents) -> Loaded:
        saved = self.saved_at(contents.header)
        if saved is None:
            told = [
                self._damage(self._path, "what was changed cannot be told: no backup reaches it")
            ]
        else:
            differing = list(replay.differences(saved, contents))
            told = [
                self._damage(f"{table}/{id}", "is not in coach.json as it was saved")
                for table, id in differing[:_MOST_NAMED]
            ]
            if not differing:
                told = [self._damage(self._path, "its documents are as they were saved")]
        reason = (
            "coach.json was changed outside coach-tui, or by a failing disk; "
            "`coach-tui doctor` shows what differs, `doctor --accept` takes it as it is"
        )
        return loaded._replace(
            read_only=loaded.read_only or reason,
            findings=(*loaded.findings, *told),
            is_edited=True,
        )

    def saved_at(self, header: Header) -> Contents | None:
        """Return what the store held at the commit of the header, by backups and history."""
        for base in self._bases(header.id):
            if base.header.sequence <= header.sequence:
                contents = self._replayed(base, header.sequence)
                if contents.header.head == header.head:
                    return contents
        return None

    # ------------------------------------------------------------------------------------ journals

    def _journal_bytes(self) -> bytes | None:
        try:
            os.lstat(self._journal_path)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise atomic.named(error, self._journal_path) from None
        return history.read_bytes(self._journal_path)

    def _with_journal(self, base: Contents, stamp: Stamp | None) -> Loaded:
        data = self._journal_bytes()
        scan = journal.scan(data or b"", base.header, orjson.loads)
        contents = base
        if not scan.trouble and scan.after <= base.header.sequence:
            contents = replay.applied(base, scan.transactions)
        loaded = Loaded(contents, base.header, scan, data is not None, stamp)
        problem = scan.trouble or scan.damage
        if not problem:
            return loaded
        text = f"{problem}; what was saved up to there is shown, and nothing is changed"
        reason = f"{self._journal_path} is not whole: {problem}; see `coach-tui doctor`"
        return loaded._replace(read_only=reason, findings=(self._damage(self._journal_path, text),))

    def _bridged(self, loaded: Loaded) -> Loaded:
        """The snapshot is older than where the journal begins: history has what lies between."""
        if loaded.read_only:
            return loaded
        contents = self._replayed(loaded.contents)
        older = (
            f"is an older copy, of the change {loaded.base.sequence}; what was saved since came "
            "from the journal and history; to go back on purpose use `coach-tui restore`"
        )
        if contents.header.head == loaded.scan.head:
            return loaded._replace(
                contents=contents,
                renew=older,
                findings=(*loaded.findings, self._warning(self._path, older)),
            )
        reason = (
            f"coach.json is of the change {loaded.base.sequence} and the journal begins after "
            f"{loaded.scan.after}; what lies between is missing"
        )
        return loaded._replace(
            contents=contents,
            read_only=reason,
            findings=(*loaded.findings, self._damage(self._path, reason)),
        )

    # ---------------------------------------------------------------------------------- rebuilding

    def _rebuilt(self, error: Corrupt) -> Loaded:
        """The snapshot cannot be read: the newest good backup, and history replayed."""
        best: Contents | None = None
        for base in self._bases(self._store_named()):
            contents = self._replayed(base)
            if best is None or contents.header.sequence > best.header.sequence:
                best = contents
        data = self._journal_bytes()
        if best is None or (best.header.sequence == 0 and data is None):
            raise error
        scan = journal.scan(data or b"", best.header, orjson.loads)
        is_whole = data is not None and not (
            scan.trouble or scan.damage or scan.after > best.header.sequence
        )
        # A file that is missing though all else is there: its folder was never confirmed.
        is_harmless = is_whole and error.report == _MISSING
        say = self._warning if is_harmless else self._damage
        text = (
            f"what was saved up to the change {best.header.sequence} came from backups and history"
        )
        told = [say(self._path, line) for line in error.report[:_MOST_NAMED]]
        told.append(self._warning(self._path, text))
        loaded = Loaded(best, best.header, scan, data is not None, None, findings=tuple(told))
        if is_whole:
            return loaded._replace(renew=text, aside=True)
        reason = (
            f"coach.json is damaged, and what was saved after the change {best.header.sequence} is "
            "not all there; see `coach-tui doctor`"
        )
        return loaded._replace(read_only=reason)

    def _store_named(self) -> str:
        data = self._journal_bytes() or b""
        first = data[: data.find(b"\n")]
        try:
            return str(orjson.loads(first)["store"])
        except (KeyError, TypeError, ValueError):
            return ""

    def _bases(self, store: str) -> Iterator[Contents]:
        """Return what may be replayed upon: good backups, the newest first, and the beginning."""
        for backup in backups.found(self._directory):
            contents = self._backup(backup.path)
            if contents is not None and store in ("", contents.header.id):
                store = store or contents.header.id
                yield contents
        if store:
            codec = "" if self._codec is None else self._codec.name
            beginning = Header(store, head=journal.first_head(store), codec=codec)
            yield Contents(beginning, {}, replay.coding_for(beginning, self._codec))

    def _backup(self, path: str) -> Contents | None:
        try:
            return replay.read_snapshot(path, self._codec)
        except (FileNotFoundError, StoreError):
            return None

    def _replayed(self, base: Contents, until: int | None = None) -> Contents:
        """Return the contents after all commits that follow, as far as their chain goes."""
        chain = history.Chain(base.header.sequence, base.header.head)
        found: list[journal.Transaction] = []
        for line in self._lines_after(chain.sequence):
            if until is not None and chain.sequence >= until:
                break
            transaction = chain.follows(line)
            if transaction is not None:
                found.append(transaction)
        return replay.applied(base, found)

    def _lines_after(self, sequence: int) -> Iterable[bytes]:
        yield from history.lines(self._directory, sequence)
        yield from (self._journal_bytes() or b"").split(b"\n")

    @staticmethod
    def _note(where: str, text: str) -> Finding:
        return Finding(Severity.NOTE, where, text)

    @staticmethod
    def _warning(where: str, text: str) -> Finding:
        return Finding(Severity.WARNING, where, text)

    @staticmethod
    def _damage(where: str, text: str) -> Finding:
        return Finding(Severity.DAMAGE, where, text)
