"""The whole store as one JSON file, out and in (docs/formats.md says its shape)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
from pydantic import ValidationError

from coach_tui.domain.records import (
    RECORDS,
    Coach,
    District,
    Record,
    SchoolCalendar,
)
from coach_tui.domain.records.base import IMPORTING
from coach_tui.exchange.errors import ExchangeError

FORMAT = "coach-tui export"
VERSION = 1
"""The version of the shape that is written, and the newest that is read."""

DEEPEST = 100
"""Levels of nesting in a document; records have fewer than ten."""

TABLES: Mapping[str, type[Record]] = {kind.table: kind for kind in RECORDS}
"""The kind of record in each table, in the order in which an export holds them."""

ONLY_ONE: frozenset[str] = frozenset(kind.table for kind in (Coach, District, SchoolCalendar))
"""Tables with one record: there is one coach, one district, one school year in use."""

ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What the id of a record looks like; only such ids are shown."""

REVISION = "revision"
"""The field that is the store's own: it is neither written nor read."""

_FIELD = re.compile(r"[a-z_]{1,40}")


@dataclass(frozen=True)
class Problem:
    """A document of an export that cannot be taken. It says where and why, never a value.

    `id` is that of the document, or its place in the table (`document 3`) where it has none;
    `field` is empty where the whole document is meant.
    """

    table: str
    id: str
    field: str
    why: str

    def __str__(self) -> str:
        """Put it in one line."""
        where = " ".join(part for part in (self.table, self.id, self.field) if part)
        return f"{where}: {self.why}"


@dataclass(frozen=True)
class Archive:
    """An export that was read: its usable records in the order of the file, and the others."""

    exported_at: datetime
    records: tuple[Record, ...] = field(repr=False)
    problems: tuple[Problem, ...] = ()


def to_archive(records: Iterable[Record], *, exported_at: datetime) -> bytes:
    """Return all `records` as an export: valid JSON with one document a line.

    The same records give the same bytes, whatever their order, but for `exported_at` (aware).
    The store's own revisions are left out.
    """
    if exported_at.tzinfo is None:
        raise ValueError("an export needs a time with its time zone")
    tables: dict[str, list[Record]] = {table: [] for table in TABLES}
    for record in records:
        tables[record.table].append(record)
    moment = exported_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    lines = [
        b"{",
        b'"format": ' + orjson.dumps(FORMAT) + b",",
        b'"version": ' + orjson.dumps(VERSION) + b",",
        b'"exported_at": ' + orjson.dumps(moment) + b",",
        b'"tables": {',
        b",\n".join(_table(table, rows) for table, rows in tables.items()),
        b"}",
        b"}",
        b"",
    ]
    return b"\n".join(lines)


def read_archive(content: bytes) -> Archive:
    """Read an export and check every document as its record; unknown keys are kept.

    Documents that break a rule are listed as problems. Raises `ExchangeError` when the content
    is not an export, or one of a newer version.
    """
    whole = _whole(content)
    exported_at = _exported_at(whole)
    tables = whole.get("tables")
    if not isinstance(tables, dict):
        raise ExchangeError("This export has no tables: it is damaged; take another copy.")
    records: list[Record] = []
    problems: list[Problem] = []
    for table, documents in tables.items():
        if table not in TABLES:
            shown = table if _FIELD.fullmatch(table) else "a table"
            problems.append(Problem(shown, "", "", "this version knows no such table"))
        elif not isinstance(documents, list):
            problems.append(Problem(table, "", "", "is not a list of documents"))
        else:
            _read_documents(table, documents, records, problems)
    return Archive(exported_at, tuple(records), tuple(problems))


def _table(table: str, records: list[Record]) -> bytes:
    documents = [_written(record) for record in sorted(records, key=lambda record: record.id)]
    inside = b"\n" + b",\n".join(documents) + b"\n" if documents else b""
    return orjson.dumps(table) + b": [" + inside + b"]"


def _written(record: Record) -> bytes:
    document = record.to_document()
    document.pop(REVISION, None)
    return orjson.dumps(document)


def _whole(content: bytes) -> dict[str, Any]:
    try:
        whole = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise ExchangeError(
            f"This is not JSON, or it was cut short (line {error.lineno}): take another copy."
        ) from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise ExchangeError(f"This is not an export of coach-tui: it has no format {FORMAT!r}.")
    version = whole.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise ExchangeError("This export does not say its version: it is damaged.")
    if version > VERSION:
        raise ExchangeError(
            f"This export has version {version} and this coach-tui reads up to {VERSION}: "
            "a newer coach-tui wrote it; update this one, then import again."
        )
    return whole


def _exported_at(whole: Mapping[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(whole["exported_at"])
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise ExchangeError("This export does not say when it was made: it is damaged.") from None


def _read_documents(
    table: str, documents: list[Any], records: list[Record], problems: list[Problem]
) -> None:
    seen: set[str] = set()
    for place, document in enumerate(documents, 1):
        id = _shown_id(document, place)
        if not isinstance(document, dict):
            problems.append(Problem(table, id, "", "is not a document"))
        elif _depth_exceeds(document, DEEPEST):
            problems.append(Problem(table, id, "", "is nested too deeply"))
        elif id in seen:
            problems.append(Problem(table, id, "", "is in the file twice"))
        elif table in ONLY_ONE and seen:
            problems.append(Problem(table, id, "", "is a second one where there is only one"))
        else:
            _read_document(table, id, document, records, problems)
            seen.add(id)


def _read_document(
    table: str,
    id: str,
    document: dict[str, Any],
    records: list[Record],
    problems: list[Problem],
) -> None:
    content = {key: value for key, value in document.items() if key != REVISION}
    try:
        records.append(TABLES[table].model_validate(content, context=IMPORTING))
    except ValidationError as error:
        for problem in error.errors(include_url=False, include_input=False, include_context=False):
            where = _shown_field(problem["loc"])
            problems.append(Problem(table, id, where, _why(problem["type"], problem["msg"])))


def _why(kind: str, message: str) -> str:
    # A rule of the records may quote what broke it, and values stay out of messages.
    if kind in ("value_error", "assertion_error"):
        return "breaks a rule of this record"
    return message[:1].lower() + message[1:]


def _shown_id(document: Any, place: int) -> str:
    id = document.get("id") if isinstance(document, dict) else None
    return id if isinstance(id, str) and ID.fullmatch(id) else f"document {place}"


def _shown_field(location: tuple[int | str, ...]) -> str:
    # A key of a mapping is part of the place, and can be anything somebody wrote.
    known = (str(part) if _FIELD.fullmatch(str(part)) else "…" for part in location)
    return ".".join(
        str(part + 1) if isinstance(part, int) else shown
        for part, shown in zip(location, known, strict=True)
    )


def _depth_exceeds(value: Any, levels: int) -> bool:
    layer = [value]
    for _ in range(levels):
        layer = [child for parent in layer for child in _children(parent)]
        if not layer:
            return False
    return True


def _children(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
