"""Everything that a store holds at one moment: its header, and the lines of each table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coach_tui.store.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from coach_tui.store.coding import Coding
    from coach_tui.store.engine import Document
    from coach_tui.store.header import Header

Step = tuple[str, str, bytes | None, bytes | None]
"""What a commit does to one document: table, id, what is stored before and after."""

_NOTHING = Lines()


class Contents:
    """A header and the tables. It never changes: a commit makes another, sharing the rest."""

    __slots__ = ("coding", "header", "tables")

    def __init__(self, header: Header, tables: Mapping[str, Lines], coding: Coding) -> None:
        self.header, self.tables, self.coding = header, tables, coding

    def table(self, name: str) -> Lines:
        """Return the lines of a table, empty when there is none."""
        return self.tables.get(name, _NOTHING)

    def stored(self, table: str, id: str) -> bytes | None:
        """Return what is stored under the id, None when nothing is."""
        return self.table(table).value(id)

    def document(self, table: str, id: str) -> Document | None:
        """Return the document, decoded anew for each caller; None when there is none."""
        stored = self.stored(table, id)
        return None if stored is None else self.coding.decode(table, id, stored)

    def documents(self, table: str, needles: Iterable[bytes] = ()) -> Iterator[Document]:
        """Return the documents whose plain encoding may hold all `needles`, in the order of ids."""
        if not self.coding.is_plain:
            needles = ()
        for id, stored in self.table(table).holding(needles):
            yield self.coding.decode(table, id, stored)

    def backwards(self, table: str) -> Iterator[Document]:
        """Return all documents of a table, from the last id to the first."""
        for id, stored in self.table(table).backwards():
            yield self.coding.decode(table, id, stored)

    def after(self, header: Header, steps: Iterable[Step]) -> Contents:
        """Return the contents after a commit's steps."""
        grouped: dict[str, list[tuple[str, bool, bytes | None]]] = {}
        for table, id, before, now in steps:
            grouped.setdefault(table, []).append((id, before is not None, now))
        tables = dict(self.tables)
        for name, changes in grouped.items():
            tables[name] = self.table(name).changed(changes)
            if not tables[name]:
                del tables[name]
        return Contents(header, tables, self.coding)
