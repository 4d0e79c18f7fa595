"""What single files of a store hold, and what a store holds after them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach_tui.store import history, snapshot
from coach_tui.store.coding import PLAIN, Coding
from coach_tui.store.contents import Contents
from coach_tui.store.errors import Corrupt, KeyNeeded, NeedsUpgrade
from coach_tui.store.lines import Lines
from coach_tui.store.migrations import SCHEMA, migrate
from coach_tui.store.telling import steps_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coach_tui.store import journal
    from coach_tui.store.codec import LineCodec
    from coach_tui.store.header import Header


def coding_for(header: Header, codec: LineCodec | None) -> Coding:
    """Return how the store's documents are kept. Raises `KeyNeeded` for another codec."""
    if header.codec != ("" if codec is None else codec.name):
        raise KeyNeeded(header.codec or "plain")
    return PLAIN if codec is None else Coding(codec)


def read_snapshot(path: str, codec: LineCodec | None) -> Contents:
    """Return what a snapshot's file holds, a backup for example, brought to today's schema.

    Raises `FileNotFoundError`, `Corrupt` also for a wrong seal, `NeedsUpgrade`, `KeyNeeded`,
    `Unavailable`, `ReadOnly`.
    """
    sealed = snapshot.open_sealed(path)
    if sealed is not None and sealed.header.schema == SCHEMA:
        if not sealed.is_intact():
            raise Corrupt(["its seal is not that of its content"], path)
        coding = coding_for(sealed.header, codec)
        return Contents(
            sealed.header, {name: Lines(region) for name, region in sealed.tables.items()}, coding
        )
    header, tables = snapshot.parse(history.read_bytes(path), path)
    if header.schema == SCHEMA:
        raise Corrupt(["it has no seal, or is not laid out as it was written"], path)
    return Contents(
        header.at(header.sequence, header.written_at, header.head),
        {name: Lines.of(lines) for name, lines in migrated(tables, header.schema).items() if lines},
        coding_for(header, codec),
    )


def migrated(tables: dict[str, dict[str, bytes]], schema: int) -> dict[str, dict[str, bytes]]:
    """Return the tables of an older schema as today's has them. Raises `NeedsUpgrade`."""
    if schema > SCHEMA:
        raise NeedsUpgrade(schema, SCHEMA)
    documents = migrate(
        {
            table: {id: PLAIN.decode(table, id, line) for id, line in lines.items()}
            for table, lines in tables.items()
        },
        schema,
    )
    return {
        table: {id: PLAIN.encode(table, each) for id, each in sorted(held.items())}
        for table, held in documents.items()
    }


def applied(base: Contents, transactions: Iterable[journal.Transaction]) -> Contents:
    """Return the contents after these commits."""
    contents = base
    for transaction in transactions:
        header = contents.header.at(transaction.sequence, transaction.at, transaction.head)
        contents = contents.after(header, steps_of(transaction))
    return contents


def differences(before: Contents, after: Contents) -> Iterator[tuple[str, str]]:
    """Return table and id of each document that is not the same in both."""
    for table in sorted({*before.tables, *after.tables}):
        old = dict(before.table(table).holding())
        new = dict(after.table(table).holding())
        yield from ((table, id) for id in sorted({*old, *new}) if old.get(id) != new.get(id))
