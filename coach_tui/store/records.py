"""The typed door to the store: pydantic records in and out, never live documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError
from pydantic_core import to_jsonable_python

from coach_tui.domain.records import Part, Record
from coach_tui.store.checking import KINDS, problems_of
from coach_tui.store.engine import (
    Append,
    Change,
    Commit,
    Delete,
    Document,
    Engine,
    Operation,
    Put,
)
from coach_tui.store.errors import Corrupt, NotFound
from coach_tui.store.live_summary import live_summary_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from coach_tui.domain.facts import CoacheeFacts
    from coach_tui.store.summary import Summary

Kind = TypeVar("Kind", bound=Record)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: the commit, and the records as they are stored now, in the given order."""

    commit: Commit
    records: tuple[Record, ...]

    def stored(self, record: Kind) -> Kind:
        """Return `record`, one of those that were saved, as it is stored: its new revision.

        Raises `KeyError` for a record that was not part of the save.
        """
        for stored in self.records:
            if type(stored) is type(record) and stored.id == record.id:
                return stored
        raise KeyError(f"{record.table}/{record.id} was not part of this save")


class RecordStore:
    """Records of a store engine. The verbs of `coach_tui.coaching` are built on this.

    A stored document that its record refuses raises `Corrupt`, naming table, id and fields.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._summary = live_summary_of(engine)

    @property
    def sequence(self) -> int:
        """The number of the newest commit that was seen."""
        return self._engine.sequence

    def get(self, kind: type[Kind], id: str) -> Kind | None:
        """Return the record of this kind and id, None when there is none."""
        document = self._engine.get(kind.table, id)
        return None if document is None else _record(kind, document)

    def require(self, kind: type[Kind], id: str) -> Kind:
        """Return the record of this kind and id. Raises `NotFound`."""
        record = self.get(kind, id)
        if record is None:
            raise NotFound(f"{kind.__name__} with the id {id}")
        return record

    def revision(self, table: str, id: str) -> int:
        """Return the revision that a document is at, 0 when there is none."""
        document = self._engine.get(table, id)
        return 0 if document is None else int(document["revision"])

    def all(self, kind: type[Kind]) -> list[Kind]:
        """Return every record of this kind, in the order of ids: the oldest first."""
        return [_record(kind, document) for document in self._engine.query(kind.table)]

    def documents(self, kind: type[Record], /, **equal: str) -> list[Document]:
        """Return the stored documents of this kind whose fields equal these values, unread.

        For looking through many: making records of them would take ten times as long.
        """
        return self._engine.query(kind.table, **equal)

    def newest_documents(self, kind: type[Record]) -> Iterator[Document]:
        """Yield the stored documents of this kind, unread, the one that was made last first."""
        return self._engine.each(kind.table, backwards=True)

    def count(self, kind: type[Record]) -> int:
        """Return how many records of this kind there are."""
        return self._engine.count(kind.table)

    def where(self, kind: type[Kind], /, **equal: object) -> list[Kind]:
        """Return the records whose fields equal these values, in the order of ids.

        Raises `ValueError` for a field that records of this kind do not have.
        """
        unknown = equal.keys() - kind.model_fields.keys()
        if unknown:
            raise ValueError(f"{kind.__name__} has no field {', '.join(sorted(unknown))}")
        plain = {name: to_jsonable_python(value) for name, value in equal.items()}
        return [_record(kind, document) for document in self._engine.query(kind.table, **plain)]

    @property
    def session(self) -> str:
        """What names this process and person in commits."""
        return self._engine.session

    def save(
        self,
        *records: Record,
        at: datetime,
        deleted: Iterable[Record] = (),
        title: str = "",
        undoes: int = 0,
    ) -> Saved:
        """Store the records and take the `deleted` ones away, all or nothing, durably.

        Each must be at the revision that is stored (0 for one that was never saved), or
        `Conflict` is raised and nothing is changed. `at`, an aware moment, becomes `updated_at`.
        `title` and `undoes` are kept with the commit.
        """
        stamped = [_stamped(record, at) for record in records]
        operations: list[Operation] = [
            Put(record.table, record.to_document(), record.revision) for record in stamped
        ]
        operations += [Delete(record.table, record.id, record.revision) for record in deleted]
        commit = self._engine.commit(operations, at, title, undoes)
        revision = {"revision": commit.sequence}
        return Saved(commit, tuple(record.model_copy(update=revision) for record in stamped))

    def extend(
        self, record: Kind, name: str, parts: Sequence[Part], *, at: datetime, title: str = ""
    ) -> Saved:
        """Store `record` with `parts` added to the end of its field `name`, durably.

        What was there is neither checked nor written anew, so that a long script costs no more
        than a short one: that the record keeps its rules with the parts is for the caller to see
        to. Raises as `save` does.
        """
        held: tuple[Part, ...] = getattr(record, name)
        stamped = _stamped(record.model_copy(update={name: (*held, *parts)}), at)
        append = Append(
            record.table,
            record.id,
            name,
            [part.model_dump(mode="json") for part in parts],
            {"updated_at": to_jsonable_python(stamped.updated_at)},
            record.revision,
        )
        commit = self._engine.commit([append], at, title)
        return Saved(commit, (stamped.model_copy(update={"revision": commit.sequence}),))

    def apply(
        self, operations: Sequence[Operation], at: datetime, title: str = "", undoes: int = 0
    ) -> Commit:
        """Commit plain operations: how undo and redo put documents back. Raises as `save` does.

        Every document that is put must be one that its record accepts, else `Corrupt` is raised
        and nothing is changed.
        """
        for operation in operations:
            if isinstance(operation, Put):
                _refuse_malformed(operation)
        return self._engine.commit(operations, at, title, undoes)

    def commits(self, since: int) -> list[Commit]:
        """Return the commits after the one numbered `since`, oldest first."""
        return self._engine.commits(since)

    def changes(self, since: int) -> list[Change]:
        """Return what changed after the commit `since`, oldest first; see `Engine.changes`."""
        return self._engine.changes(since)

    def history(self, kind: type[Record], id: str) -> list[Change]:
        """Return the changes of one record that are remembered, oldest first."""
        return self._engine.history(kind.table, id)

    def everything(self) -> dict[str, dict[str, Document]]:
        """Return every document by table and id, of the tables that this version knows."""
        return {
            table: {document["id"]: document for document in self._engine.query(table)}
            for table in KINDS
        }

    def document_history(self, table: str, id: str) -> list[Change]:
        """Return the remembered changes of the document at this place, oldest first."""
        return self._engine.history(table, id)

    def document(self, table: str, id: str) -> Document | None:
        """Return a document as it is stored, None when there is none."""
        return self._engine.get(table, id)

    def poll(self) -> bool:
        """Take over what other sessions wrote; return whether there was anything."""
        return self._engine.poll()

    def facts(self) -> list[CoacheeFacts]:
        """Return the facts about each coachee, from which statuses follow, in the order of ids."""
        return list(self._summary.current().facts)

    def summary(self) -> Summary:
        """Return what quick commands read, as of now."""
        return self._summary.current()

    def close(self) -> None:
        """Close the engine."""
        self._engine.close()


def _record(kind: type[Kind], document: Document) -> Kind:
    try:
        return kind.from_document(document)
    except ValidationError as error:
        problems = problems_of(error)
    # Outside the except: the error that was caught can be asked for what was written.
    raise Corrupt([f"{kind.table}/{document.get('id')}: {'; '.join(problems)}"])


def _refuse_malformed(operation: Put) -> None:
    kind: type[Record] | None = KINDS.get(operation.table)
    if kind is not None:
        _record(kind, operation.document)


def _stamped(record: Kind, at: datetime) -> Kind:
    if at.tzinfo is None:
        raise ValueError("a record is saved at a moment with its time zone")
    # Only the moment changes, and it is a right one: no rule needs to be checked again.
    update: dict[str, Any] = {"updated_at": at.astimezone(UTC)}
    return record.model_copy(update=update)
