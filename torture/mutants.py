"""Mistakes that an engine could make, to be planted in the one that is tried."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from coach_tui.store import snapshot, telling
from coach_tui.store.contents import Contents
from coach_tui.store.engine import Delete, Put
from coach_tui.store.journal_engine import JournalEngine
from coach_tui.store.journal_file import JournalFile
from coach_tui.store.open_files import OpenFiles
from coach_tui.store.store_files import StoreFiles
from coach_tui.store.telling import Draft
from coach_tui.store.tinydb_table import DocumentTable, Recording
from torture.planting import in_place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from coach_tui.store.engine import Change, Commit, Document, Operation

_commit = JournalEngine.commit
_changes = JournalEngine.changes
_history = JournalEngine.history
_get = JournalEngine.get
_query = JournalEngine.query
_append = StoreFiles.append
_draft = Draft.__init__
_prepare = snapshot.prepare


def _sees_no_conflict(operation: Operation, theirs: Document | None) -> None:
    del operation, theirs


def _reads_on_never(files: OpenFiles) -> list[Any]:
    del files
    return []


def _finds_nothing_new(engine: JournalEngine) -> bool:
    del engine
    return False


def _first_only(engine: JournalEngine, operations: Sequence[Operation], *rest: Any) -> Commit:
    return _commit(engine, operations[:1], *rest)


def _deletes_nothing(engine: JournalEngine, operations: Sequence[Operation], *rest: Any) -> Commit:
    kept = [one for one in operations if not isinstance(one, Delete)]
    return _commit(engine, kept, *rest)


def _without_title(
    engine: JournalEngine, operations: Sequence[Operation], at: Any, *rest: Any
) -> Commit:
    del rest
    return _commit(engine, operations, at)


def _keeps_a_part(engine: JournalEngine, operations: Sequence[Operation], *rest: Any) -> Commit:
    try:
        return _commit(engine, operations, *rest)
    except Exception:
        puts = [one for one in operations if isinstance(one, Put) and one.document["n"] == 1]
        _commit(engine, puts[:1], *rest)
        raise


def _one_too_late(engine: JournalEngine, since: int) -> list[Change]:
    return _changes(engine, since)[1:]


def _without_deletions(engine: JournalEngine, table: str, id: str) -> list[Change]:
    return [one for one in _history(engine, table, id) if one.after is not None]


def _its_own(engine: JournalEngine, table: str, id: str) -> Document | None:
    handed_out: dict[tuple[int, str, str], Document | None]
    handed_out = vars(engine).setdefault("handed_out", {})
    place = (engine.sequence, table, id)
    if place not in handed_out:
        handed_out[place] = _get(engine, table, id)
    return handed_out[place]


def _whatever_is_there(engine: JournalEngine, table: str, /, **equal: Any) -> list[Document]:
    del equal
    return _query(engine, table)


def _only_in_memory(files: StoreFiles, line: bytes, after: Contents) -> None:
    del line
    files.contents = after


def _in_memory_first(files: StoreFiles, line: bytes, after: Contents) -> None:
    files.contents = after
    _append(files, line, after)


def _whatever_the_updater_left(table: DocumentTable, updater: Callable[[Any], None]) -> None:
    documents = table._documents
    with documents.source.exclusively():
        recording = Recording(documents.lazy(table.name))
        try:
            updater(recording)
        finally:
            documents.source.commit(recording.operations(table.name), documents.clock())


def _one_behind(
    draft: Draft, contents: Contents, operations: Any, sequence: int, *rest: Any
) -> None:
    _draft(draft, contents, operations, sequence - 1, *rest)


def _whatever_grew_last(draft: Draft, stored: bytes | None, revision: int | None) -> bool:
    del stored, revision
    return draft.grown is not None


def _nothing_to_go_back(*grown: Any) -> dict[str, Any]:
    del grown
    return {}


def _without_a_table(path: str, contents: Contents) -> Any:
    tables = {name: lines for name, lines in contents.tables.items() if name != "counts"}
    return _prepare(path, Contents(contents.header, tables, contents.coding))


def _leaves_the_rest(file: JournalFile, rest: bytes, aside: str) -> None:
    del file, rest, aside


def _planted(owner: Any, name: str, other: Any) -> Callable[[], AbstractContextManager[None]]:
    return partial(in_place_of, owner, name, other)


MUTANTS: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "no conflict is seen": _planted(telling, "check_expected", _sees_no_conflict),
    "the other session is never read": _planted(OpenFiles, "read_on", _reads_on_never),
    "poll finds nothing new": _planted(JournalEngine, "poll", _finds_nothing_new),
    "only the first operation is done": _planted(JournalEngine, "commit", _first_only),
    "nothing is deleted": _planted(JournalEngine, "commit", _deletes_nothing),
    "titles are lost": _planted(JournalEngine, "commit", _without_title),
    "a part of what is refused is kept": _planted(JournalEngine, "commit", _keeps_a_part),
    "changes begin one too late": _planted(JournalEngine, "changes", _one_too_late),
    "history knows no deletions": _planted(JournalEngine, "history", _without_deletions),
    "live documents are handed out": _planted(JournalEngine, "get", _its_own),
    "a query looks at no field": _planted(JournalEngine, "query", _whatever_is_there),
    "nothing is written": _planted(StoreFiles, "append", _only_in_memory),
    "memory goes before the disk": _planted(StoreFiles, "append", _in_memory_first),
    "a failed updater is stored": _planted(
        DocumentTable, "_update_table", _whatever_the_updater_left
    ),
    "what grew last grows again": _planted(Draft, "_is_newest", _whatever_grew_last),
    "what grew has no way back": _planted(telling, "growth", _nothing_to_go_back),
    "revisions are one behind": _planted(Draft, "__init__", _one_behind),
    "a snapshot leaves out a table": _planted(snapshot, "prepare", _without_a_table),
    "a torn line stays": _planted(JournalFile, "cut_off_rest", _leaves_the_rest),
}
"""Each mistake by what the store then does."""
