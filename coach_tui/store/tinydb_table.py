"""TinyDB's tables and queries over a store engine.

TinyDB's own table reads and writes whole tables; here a table decodes a document when it is looked
at, and a write becomes one atomic commit of the documents that it changed. Results never alias
what is stored, and nothing is cached, so that another session's writes are seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from datetime import UTC, datetime
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any, Protocol, cast

from tinydb import TinyDB, where
from tinydb.storages import Storage
from tinydb.table import Table

from coach_tui.store.collector import paused_collector
from coach_tui.store.engine import Delete, Document, Operation, Put
from coach_tui.store.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from tinydb.queries import QueryLike

    from coach_tui.store.contents import Contents
    from coach_tui.store.engine import Commit


class Source(Protocol):
    """What an engine offers to the tables on top of it."""

    @property
    def contents(self) -> Contents:
        """What is stored now; it never changes, a commit makes another one."""

    def exclusively(self) -> AbstractContextManager[None]:
        """Keep all other writers out for the block, with their last changes taken over."""

    def commit(self, operations: Sequence[Operation], at: datetime) -> Commit:
        """See `Engine.commit`."""


class LazyTable(Mapping[str, Document]):
    """A table of a store by id; each look decodes the document anew."""

    def __init__(self, contents: Contents, name: str) -> None:
        self._contents, self._name = contents, name

    def __getitem__(self, id: str) -> Document:
        document = self._contents.document(self._name, id)
        if document is None:
            raise KeyError(id)
        return document

    def __contains__(self, id: object) -> bool:
        return id in self._contents.table(self._name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._contents.table(self._name))

    def __len__(self) -> int:
        return len(self._contents.table(self._name))

    def documents(self, needles: Iterable[bytes] = ()) -> Iterator[Document]:
        """Return the documents in the order of ids; all of them that hold the needles at least."""
        return self._contents.documents(self._name, needles)


class Recording(MutableMapping[str, Document]):
    """A table as an updater may change it; remembers what became of each document it touched."""

    def __init__(self, table: LazyTable) -> None:
        self._table = table
        self._touched: dict[str, Document | None] = {}

    def __getitem__(self, id: str) -> Document:
        if id not in self._touched:
            self._touched[id] = self._table[id]
        document = self._touched[id]
        if document is None:
            raise KeyError(id)
        return document

    def __setitem__(self, id: str, document: Mapping[str, Any]) -> None:
        self._touched[id] = dict(document)

    def __delitem__(self, id: str) -> None:
        if id not in self:
            raise KeyError(id)
        self._touched[id] = None

    def __contains__(self, id: object) -> bool:
        if id in self._touched:
            return self._touched[id] is not None
        return id in self._table

    def __iter__(self) -> Iterator[str]:
        yield from (id for id in self._table if self._touched.get(id, self) is not None)
        new = (id for id in self._touched if id not in self._table)
        yield from (id for id in new if self._touched[id] is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Take every document away, each in one step."""
        for id in list(self):
            self._touched[id] = None

    def operations(self, name: str) -> list[Operation]:
        """Return what has to be done to the table `name` so that it is as it was made here."""
        done: list[Operation] = []
        for id, document in self._touched.items():
            if document is None:
                if id in self._table:
                    done.append(Delete(name, id))
            elif document.setdefault("id", id) != id:
                raise ValueError(f"the document {id} of {name} says that it has another id")
            elif id not in self._table or document != self._table[id]:
                done.append(Put(name, document))
        return done


class DocumentStorage(Storage):
    """What TinyDB reads from and writes to: the contents of an engine.

    `clock` gives the moment of a commit that comes through TinyDB's own methods.
    """

    def __init__(self, source: Source, clock: Callable[[], datetime]) -> None:
        self.source = source
        self.clock = clock

    def lazy(self, name: str) -> LazyTable:
        """Return the table `name`, empty when there is none."""
        return LazyTable(self.source.contents, name)

    def read(self) -> dict[str, dict[str, Any]]:
        """Return all tables, in a dictionary of the caller's own."""
        tables = {name: self.lazy(name) for name in self.source.contents.tables}
        return cast("dict[str, dict[str, Any]]", tables)

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Make the tables like `data`, in one commit. TinyDB calls it when tables are dropped."""
        with self.source.exclusively():
            operations: list[Operation] = []
            for name in {*self.source.contents.tables, *data}:
                table = data.get(name, {})
                if isinstance(table, LazyTable):
                    continue
                recording = Recording(self.lazy(name))
                for id in set(recording) - set(table):
                    del recording[id]
                recording.update(table)
                operations += recording.operations(name)
            self.source.commit(operations, self.clock())


class DocumentTable(Table):
    """A TinyDB table whose ids are texts and whose every write is one atomic commit."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB is typed for numbers only

    def __init__(
        self,
        storage: DocumentStorage,
        name: str,
        cache_size: int | None = 0,  # TinyDB's own parameter
        persist_empty: bool = False,  # TinyDB's own parameter
    ) -> None:
        """Take what TinyDB's table takes. Raises `ValueError` for `persist_empty`.

        No query is cached, whatever `cache_size` says: a cache hands out the same documents twice,
        and misses other sessions. An empty table is not kept: TinyDB would wipe one to make it.
        """
        if persist_empty:
            raise ValueError("a table without documents is not kept in the store")
        super().__init__(storage, name, cache_size=0)
        self._documents = storage

    def equal(self, **fields: Any) -> list[Document]:
        """Return the documents whose top-level fields equal these values; all without fields.

        Fields that are texts are looked for in the encoded lines first, which passes over most
        documents without decoding them.
        """
        with paused_collector():
            return self._equal(fields)

    def _equal(self, fields: Mapping[str, Any]) -> list[Document]:
        table = self._documents.lazy(self.name)
        if not fields:
            return list(table.documents())
        matches = reduce(and_, (where(name) == value for name, value in fields.items()))
        return [document for document in table.documents(_needles(fields)) if matches(document)]

    def update(  # type: ignore[override]  # TinyDB is typed for numbers only
        self,
        fields: Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[str] | None = None,
    ) -> list[str]:
        """Update as TinyDB does, copying only the documents that match."""
        with self._documents.source.exclusively():
            if doc_ids is None:
                doc_ids = self._matching(cond)
            ids = super().update(fields, doc_ids=cast("Any", doc_ids))
        return cast("list[str]", ids)

    def remove(  # type: ignore[override]  # TinyDB is typed for numbers only
        self, cond: QueryLike | None = None, doc_ids: Iterable[str] | None = None
    ) -> list[str]:
        """Remove as TinyDB does, copying nothing."""
        with self._documents.source.exclusively():
            if doc_ids is None and cond is not None:
                doc_ids = self._matching(cond)
            ids = super().remove(doc_ids=cast("Any", doc_ids))
        return cast("list[str]", ids)

    def _matching(self, cond: QueryLike | None) -> list[str]:
        table = self._documents.lazy(self.name)
        return [document["id"] for document in table.documents() if cond is None or cond(document)]

    def _get_next_id(self) -> str:
        return new_id(self._documents.clock())

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        source = self._documents.source
        with source.exclusively():
            recording = Recording(self._documents.lazy(self.name))
            updater(recording)
            source.commit(recording.operations(self.name), self._documents.clock())


def _needles(fields: Mapping[str, Any]) -> list[bytes]:
    # Only texts: 1, 1.0 and True are equal and encoded differently.
    import orjson

    return [
        b"%b:%b" % (orjson.dumps(name), orjson.dumps(str(value)))
        for name, value in fields.items()
        if isinstance(value, str) and value.isascii()
    ]


def _system_clock() -> datetime:
    return datetime.now(UTC)


class DocumentDatabase(TinyDB):
    """TinyDB over an engine; its tables are `DocumentTable`s."""

    table_class = DocumentTable  # type: ignore[assignment]  # TinyDB declares it as its own class

    def __init__(self, source: Source, clock: Callable[[], datetime] = _system_clock) -> None:
        super().__init__(source, clock, storage=DocumentStorage)

    def documents(self, name: str) -> DocumentTable:
        """Return the table `name`, typed as what it is."""
        return cast("DocumentTable", self.table(name))
