"""Reading a whole store with the standard library alone, for quick commands. Plain.

Slower than the engine and as strict about the journal: a command that finds no summary to believe
reads this way, and says the same.
"""

from __future__ import annotations

import json
import os

from coach_tui.store import atomic, journal
from coach_tui.store.documents import problem_in
from coach_tui.store.errors import Corrupt, KeyNeeded
from coach_tui.store.header import (
    HEADER_TABLE,
    SEAL_TABLE,
    header_in,
    plain_json,
    read_header,
    reading,
)
from coach_tui.store.ids import is_id
from coach_tui.store.migrations import migrate
from coach_tui.store.paths import JOURNAL, SNAPSHOT
from coach_tui.store.thin import is_sealed, read_thin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from coach_tui.store.header import Header

    Document = dict[str, Any]
    Tables = dict[str, dict[str, Document]]

_READINGS = 5


def read_store(directory: str, *, thin: bool = False) -> tuple[Header, Tables] | None:
    """Return the header of the newest commit and all documents by table and id; None: no store.

    `thin`: without what no fact comes from, and for reading only, see `store.thin`.
    Raises `Corrupt`, `NeedsUpgrade`, `KeyNeeded`, `Unavailable`, `ReadOnly`. What is damaged is
    read as the engine does it, from backups and history.
    """
    path = os.path.join(directory, SNAPSHOT)
    for _ in range(_READINGS):
        try:
            found = _snapshot(path, thin=thin)
        except Corrupt:
            break
        if found is None:
            return None
        header, tables = found
        scan = journal.scan(_content(os.path.join(directory, JOURNAL)) or b"", header, json.loads)
        if scan.after > header.sequence:
            # A new snapshot was put in place between the two readings; or this one is old.
            continue
        if not scan.trouble:
            for transaction in scan.transactions:
                _apply(tables, transaction)
            header = header.at(scan.sequence, scan.written_at or header.written_at, scan.head)
        return header, tables
    return _read_as_the_engine(directory)


def _snapshot(path: str, *, thin: bool) -> tuple[Header, Tables] | None:
    if thin:
        try:
            found = read_thin(path)
        except FileNotFoundError:
            return None
        if found is not None:
            return found
    data = _content(path)
    return None if data is None else plain_documents(data, path)


def is_as_kept(directory: str, sequence: int, head: str) -> bool:
    """Read snapshot and journal, and return whether they are whole and end with this commit.

    Raises the store's errors.
    """
    path = os.path.join(directory, SNAPSHOT)
    found = read_header(path)
    if found is None or not is_sealed(path):
        return False
    data = _content(os.path.join(directory, JOURNAL)) or b""
    scan = journal.scan(data, found[0], json.loads)
    is_whole = not (scan.trouble or scan.damage or scan.rest)
    return is_whole and (scan.sequence, scan.head) == (sequence, head)


def _read_as_the_engine(directory: str) -> tuple[Header, Tables] | None:
    from coach_tui.store import recovery, snapshot

    loading = recovery.Loading(directory, None, thorough=True, large=snapshot.LARGE)
    loaded = loading.load()
    if loaded is None:
        return None
    contents = loaded.contents
    tables = {
        name: {document["id"]: document for document in contents.documents(name)}
        for name in contents.tables
    }
    return contents.header, tables


def _content(path: str) -> bytes | None:
    try:
        file, _ = atomic.open_for_reading(path)
    except FileNotFoundError:
        return None
    with file:
        return reading(file.read, path)


def _apply(tables: Tables, transaction: journal.Transaction) -> None:
    for change in transaction.changes:
        table = tables.setdefault(change["table"], {})
        if change["document"] is None:
            table.pop(change["id"], None)
        else:
            table[change["id"]] = change["document"]


def plain_documents(data: bytes, place: str) -> tuple[Header, Tables]:
    """Read a whole snapshot into documents. Raises `Corrupt`, `NeedsUpgrade`, `KeyNeeded`."""
    top = plain_json(data, place)
    header = header_in(top, place)
    if header.codec:
        raise KeyNeeded(header.codec)
    assert isinstance(top, dict)
    problems: list[str] = []
    tables = tables_in(top, problems)
    if problems:
        raise Corrupt(problems, place)
    return header, migrate(tables, header.schema)


def tables_in(top: dict[str, Any], problems: list[str]) -> Tables:
    """Return the tables of a snapshot's JSON; what is wrong with them is added to `problems`."""
    tables = {name: table for name, table in top.items() if name not in (HEADER_TABLE, SEAL_TABLE)}
    for name, table in tables.items():
        if not isinstance(table, dict):
            problems.append(f"table {name} is not a table")
            continue
        for id, document in table.items():
            problem = problem_in(id, document)
            if problem:
                problems.append(f"{name}/{id if is_id(id) else '?'} {problem}")
    return tables
