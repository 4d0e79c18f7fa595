"""The file `coach.json`: valid JSON, one document on each line. Plain.

The first line is a table of its own with one document, the header, so that one `readline` tells
what the file is and how new. The rest is `{table: {id: document}}`, as TinyDB's own storage has
it: json, jq and grep can read it. Documents are sorted by id, which is the order they were made in.

    {"store":{"header":{"format":"coach-tui","schema":1,"id":"...","sequence":7,...}},
    "coach":{
    "0195...":{"id":"0195...",...}
    },
    "coachees":{
    ...
    }}
"""

from __future__ import annotations

import json

from coach_tui.store import atomic
from coach_tui.store.errors import Corrupt, Unstorable
from coach_tui.store.ids import is_id
from coach_tui.store.migrations import SCHEMA, check_known, migrate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from os import stat_result
    from typing import Any, BinaryIO

    Document = dict[str, Any]
    Lines = Mapping[str, bytes]

FORMAT = "coach-tui"
HEADER_TABLE = "store"
HEADER_ID = "header"

_CHUNK = 1 << 20
_MOST_PROBLEMS = 20
_DEEPEST = 100
_ENDS = (b"},", b"}}", b"}")


class Header:
    """What a snapshot says of itself.

    `id` names the store for its whole life; `sequence` is the number of the newest commit in it
    and `written_at` its moment (ISO 8601, UTC; empty before the first). `more` holds what a newer
    version added.
    """

    __slots__ = ("id", "more", "schema", "sequence", "written_at")

    def __init__(
        self,
        id: str,
        sequence: int = 0,
        written_at: str = "",
        schema: int = SCHEMA,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        self.id, self.sequence, self.written_at = id, sequence, written_at
        self.schema, self.more = schema, dict(more or {})

    def at(self, sequence: int, written_at: str) -> Header:
        """Return the header of the same store after the commit `sequence`."""
        return Header(self.id, sequence, written_at, SCHEMA, self.more)

    def to_document(self) -> Document:
        """Return what stands in the header's line."""
        return {
            "format": FORMAT,
            "schema": self.schema,
            "id": self.id,
            "sequence": self.sequence,
            "written_at": self.written_at,
            **self.more,
        }

    @classmethod
    def from_document(cls, document: object, place: str) -> Header:
        """Read it. Raises `Corrupt`, and `NeedsUpgrade` for a newer schema."""
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            raise Corrupt(["line 1 is not the header of a coach-tui store"], place)
        schema = document.get("schema")
        if type(schema) is int:
            check_known(schema)
        known = {"format": str, "schema": int, "id": str, "sequence": int, "written_at": str}
        wrong = [name for name, kind in known.items() if type(document.get(name)) is not kind]
        wrong += [
            name for name in ("schema", "sequence") if name not in wrong and document[name] < 0
        ]
        if wrong or document["schema"] < 1:
            fields = ", ".join(wrong) or "schema"
            raise Corrupt([f"line 1: the header's {fields} cannot be read"], place)
        more = {name: value for name, value in document.items() if name not in known}
        return cls(
            document["id"], document["sequence"], document["written_at"], document["schema"], more
        )


class Stamp:
    """Which file it was: two stamps differ when another file was put there, or it was edited."""

    __slots__ = ("device", "inode", "mtime_ns", "size")

    def __init__(self, status: stat_result) -> None:
        self.device, self.inode = status.st_dev, status.st_ino
        self.mtime_ns, self.size = status.st_mtime_ns, status.st_size

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Stamp):
            return NotImplemented
        return all(getattr(self, slot) == getattr(other, slot) for slot in self.__slots__)

    __hash__ = None  # type: ignore[assignment]  # a stamp is only compared


class Contents:
    """A header and, for each table, the encoded line of each document by its id.

    Nobody changes the mappings once they are in here: a commit makes a new one that shares the
    lines, and the tables, it did not touch. A line is `"id":{document}`, without its comma.
    """

    __slots__ = ("header", "tables")

    def __init__(self, header: Header, tables: Mapping[str, Lines]) -> None:
        self.header, self.tables = header, tables

    def line(self, table: str, id: str) -> bytes | None:
        """Return the document's line, None when there is none."""
        return self.tables.get(table, {}).get(id)

    def document(self, table: str, id: str) -> Document | None:
        """Return the document, decoded anew for each caller; None when there is none."""
        line = self.line(table, id)
        return None if line is None else decode(line)

    def with_lines(
        self, header: Header, changed: Mapping[str, Mapping[str, bytes | None]]
    ) -> Contents:
        """Return contents with these lines put in, by table and id; None takes one out."""
        tables = dict(self.tables)
        for table, lines in changed.items():
            tables[table] = _with_lines(tables.get(table, {}), lines)
            if not tables[table]:
                del tables[table]
        return Contents(header, tables)


def _with_lines(before: Lines, changed: Mapping[str, bytes | None]) -> Lines:
    after = dict(before)
    newest = next(reversed(after), "")
    in_order = True
    for id, line in changed.items():
        if line is None:
            after.pop(id, None)
            continue
        if id not in after:
            in_order = in_order and id > newest
            newest = max(id, newest)
        after[id] = line
    return after if in_order else dict(sorted(after.items()))


# ------------------------------------------------------------------------------------ one document


def encode(table: str, document: Document) -> bytes:
    """Return the line of a document. Raises `Unstorable` for what JSON cannot hold exactly."""
    import orjson

    id = document.get("id")
    if not isinstance(id, str) or not is_id(id):
        raise Unstorable(table, "?", "id", "is not 1 to 64 of the letters A-Z a-z 0-9 _ -")
    try:
        encoded = orjson.dumps(document)
    except TypeError:
        encoded = b""
    # What is read back must be what was put: orjson writes NaN as null, and a date as a text. Only
    # when the two differ is it worth looking for the place.
    if not encoded or orjson.loads(encoded) != document:
        _refuse_unstorable(table, id, document)
    return _line(id, encoded)


def _refuse_unstorable(table: str, id: str, document: Document) -> None:
    import orjson

    problem = _unstorable(document)
    if problem:
        path, why = problem
        raise Unstorable(table, id, ".".join(path) or "the document", why)
    try:
        orjson.dumps(document)
    except TypeError:
        why = "is nested too deeply, or has a key that is no plain text"
    else:
        return
    raise Unstorable(table, id, "the document", why)


def _line(id: str, encoded: bytes) -> bytes:
    return b'"%b":%b' % (id.encode("ascii"), encoded)


def decode(line: bytes) -> Document:
    """Return the document of a line that `encode` or `load` made."""
    import orjson

    document: Document = orjson.loads(line[line.index(b":") + 1 :])
    return document


def _unstorable(value: object, depth: int = 0) -> tuple[list[str], str] | None:
    if isinstance(value, str):
        return _half_character(value)
    if isinstance(value, dict):
        return _unstorable_item(value, depth)
    if isinstance(value, list | tuple):
        named = ((f"[{index}]", item) for index, item in enumerate(value))
        return _first_unstorable(named, depth)
    return _unstorable_scalar(value)


def _unstorable_item(value: dict[Any, Any], depth: int) -> tuple[list[str], str] | None:
    for key in value:
        if not isinstance(key, str):
            return [], "has a key that is no text"
        problem = _half_character(key)
        if problem:
            return problem
    return _first_unstorable(value.items(), depth)


def _first_unstorable(
    named: Iterable[tuple[str, object]], depth: int
) -> tuple[list[str], str] | None:
    if depth > _DEEPEST:
        return [], "is nested too deeply"
    for name, item in named:
        problem = _unstorable(item, depth + 1)
        if problem:
            return [name, *problem[0]], problem[1]
    return None


def _half_character(text: str) -> tuple[list[str], str] | None:
    if not text.isascii():
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            return [], "holds half of a character (a lone surrogate)"
    return None


def _unstorable_scalar(value: object) -> tuple[list[str], str] | None:
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int):
        fits = -(1 << 63) <= value < 1 << 64
        return None if fits else ([], "is a number of more than 64 bits")
    if isinstance(value, float):
        finite = value - value == 0
        return None if finite else ([], "is not a number that JSON knows")
    return [], f"is of a kind that JSON does not know: {type(value).__name__}"


# ----------------------------------------------------------------------------------------- writing


def write(path: str, contents: Contents) -> Stamp:
    """Put the contents durably in the place of `path`. Raises what `atomic.write` raises."""
    return Stamp(atomic.write(path, _in_chunks(_pieces(contents))))


def _pieces(contents: Contents) -> Iterator[bytes]:
    header = json.dumps(contents.header.to_document(), separators=(",", ":"))
    yield f'{{"{HEADER_TABLE}":{{"{HEADER_ID}":{header}}}'.encode()
    for table in _in_order(contents.tables):
        yield f',\n"{table}":{{'.encode()
        before = b"\n"
        for line in contents.tables[table].values():
            yield before
            yield line
            before = b",\n"
        yield b"\n}"
    yield b"}\n"


def _in_order(tables: Iterable[str]) -> list[str]:
    from coach_tui.domain.records import RECORDS

    rank = {kind.table: place for place, kind in enumerate(RECORDS)}
    return sorted(tables, key=lambda table: (rank.get(table, len(rank)), table))


def _in_chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


# ----------------------------------------------------------------------------------------- reading


def read_header(path: str) -> tuple[Header, Stamp] | None:
    """Read what the file says of itself, by its first line where that suffices; None: no file.

    Raises `Corrupt`, `NeedsUpgrade`, `Unavailable`, `ReadOnly`.
    """
    try:
        file, status = atomic.open_for_reading(path)
    except FileNotFoundError:
        return None
    with file:
        return header_of(file, path), Stamp(status)


def header_of(file: BinaryIO, place: str) -> Header:
    """Read the header from a file open at its beginning; the file's position moves."""
    line = _read(lambda: file.readline(_CHUNK), place).rstrip()
    whole = line[:-1] + b"}" if line.endswith(b",") else line
    try:
        top = json.loads(whole)
    except ValueError:
        # Valid JSON in another layout: somebody's tool wrote it.
        file.seek(0)
        top = _plain_json(_read(file.read, place), place)
    return _header_in(top, place)


def _header_in(top: object, place: str) -> Header:
    table = top.get(HEADER_TABLE) if isinstance(top, dict) else None
    return Header.from_document(table.get(HEADER_ID) if isinstance(table, dict) else None, place)


def _read(read: Callable[[], bytes], place: str) -> bytes:
    try:
        return read()
    except OSError as error:
        raise atomic.named(error, place) from None


def _plain_json(data: bytes, place: str) -> object:
    try:
        return json.loads(data)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        what = f"line {line} is not JSON" if line else "it is not JSON"
    # Outside the except: the error that was caught holds the whole content.
    raise Corrupt([what], place)


def plain_documents(data: bytes, place: str) -> tuple[Header, dict[str, dict[str, Document]]]:
    """Read a whole snapshot into documents with the standard library alone.

    For quick commands: `load` is faster on large stores, and stricter. Raises `Corrupt`,
    `NeedsUpgrade`.
    """
    top = _plain_json(data, place)
    header = _header_in(top, place)
    assert isinstance(top, dict)
    problems: list[str] = []
    tables = _tables_in(top, problems)
    if problems:
        raise Corrupt(problems, place)
    return header, migrate(tables, header.schema)


def _tables_in(top: dict[str, Any], problems: list[str]) -> dict[str, dict[str, Document]]:
    tables = {name: table for name, table in top.items() if name != HEADER_TABLE}
    for name, table in tables.items():
        if not isinstance(table, dict):
            problems.append(f"table {name} is not a table")
            continue
        for id, document in table.items():
            problem = _problem_in(id, document)
            if problem:
                problems.append(f"{name}/{id if is_id(id) else '?'} {problem}")
    return tables


def _problem_in(id: str, document: object) -> str:
    if not isinstance(document, dict):
        return "is not a document"
    if not is_id(id) or document.get("id") != id:
        return "is not the id of its document"
    revision = document.get("revision")
    if type(revision) is not int or revision < 0:
        return "has no revision"
    return ""


def load(path: str) -> tuple[Contents, Stamp] | None:
    """Read the file into contents; None when there is no file.

    Raises `Corrupt`, naming each damaged line, `NeedsUpgrade`, `Unavailable`, `ReadOnly`. Never
    changes the file. Valid JSON in another layout is read too. Older schemas are migrated, in
    memory only.
    """
    from coach_tui.store.collector import paused_collector

    try:
        file, status = atomic.open_for_reading(path)
    except FileNotFoundError:
        return None
    with file:
        data = _read(file.read, path)
    with paused_collector():
        return parse(data, path), Stamp(status)


def parse(data: bytes, place: str) -> Contents:
    """Return the contents of a whole snapshot. Raises `Corrupt` and `NeedsUpgrade`."""
    reader = _LineReader(data)
    header = reader.header(place)
    if header is not None and not reader.problems and header.schema == SCHEMA:
        return Contents(header, reader.tables)
    return _from_any_layout(data, place, reader.problems)


def _from_any_layout(data: bytes, place: str, problems: list[str]) -> Contents:
    top = None
    try:
        top = json.loads(data, object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        problems = problems or [f"line {line} is not JSON" if line else "it is not JSON"]
    if top is None:
        raise Corrupt(problems[:_MOST_PROBLEMS], place)
    header = _header_in(top, place)
    found: list[str] = []
    tables = _tables_in(top, found)
    if found:
        raise Corrupt(found[:_MOST_PROBLEMS], place)
    tables = migrate(tables, header.schema)
    lines = {
        table: {id: _encode_read(table, documents[id], place) for id in sorted(documents)}
        for table, documents in tables.items()
    }
    return Contents(header.at(header.sequence, header.written_at), lines)


def _encode_read(table: str, document: Document, place: str) -> bytes:
    try:
        return encode(table, document)
    except Unstorable as error:
        raise Corrupt(
            [f"{table}/{error.id}: {error.field} cannot be kept exactly"], place
        ) from None


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice in the same object")
    return made


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


class _LineReader:
    """Reads the layout that `write` makes, a document a line, and says which lines are not it."""

    def __init__(self, data: bytes) -> None:
        self.problems: list[str] = []
        self.tables: dict[str, dict[str, bytes]] = {}
        self._lines = data.split(b"\n")
        self._table: dict[str, bytes] | None = None

    def header(self, place: str) -> Header | None:
        """Read all lines; return the header, None when its line cannot be read."""
        import orjson

        if self._lines[-1] != b"":
            self.problems.append(f"line {len(self._lines)} is cut off")
        self._read_tables(self._lines[1:-1])
        first = self._lines[0]
        goes_on = first.endswith(b",")
        if goes_on != (len(self._lines) > 2):
            self.problems.insert(0, "line 1 ends the file before its end, or never does")
        try:
            top = orjson.loads(first[:-1] + b"}" if goes_on else first)
        except ValueError:
            self.problems.insert(0, "line 1 is not JSON")
            return None
        return _header_in(top, place)

    def _read_tables(self, lines: list[bytes]) -> None:
        last = len(lines) + 1
        newest = ""
        for number, line in enumerate(lines, 2):
            if self._table is None:
                self._open_table(number, line)
                newest = ""
            elif line in _ENDS:
                self._table = None
                if line != (b"}}" if number == last else b"},"):
                    self.problems.append(f"line {number} does not end its table as it should")
            else:
                ends_table = number == last or lines[number - 1] in _ENDS
                newest = self._read_document(number, line, newest, ends_table)
        if self._table is not None:
            self.problems.append(f"line {last} ends the file inside a table")

    def _open_table(self, number: int, line: bytes) -> None:
        name = line[1:-3].decode("ascii", "replace")
        if line != b'"%b":{' % line[1:-3] or not is_id(name) or name in self.tables:
            self.problems.append(f"line {number} does not begin a table")
        self._table = self.tables.setdefault(name, {})

    def _read_document(self, number: int, line: bytes, newest: str, ends_table: bool) -> str:
        import orjson

        assert self._table is not None
        bare = line.removesuffix(b",")
        end = bare.find(b'":', 1)
        id = bare[1:end].decode("ascii", "replace")
        try:
            document = orjson.loads(bare[end + 2 :])
        except ValueError:
            self.problems.append(f"line {number} is not a document")
            return newest
        problem = _problem_in(id, document)
        if not problem and (bare[:1] != b'"' or (bare is line) != ends_table):
            problem = "is not a document, or has a comma too many or too few"
        if problem or id <= newest:
            self.problems.append(f"line {number} {problem or 'is out of order'}")
            return newest
        # Encoded anew: a line that was edited by hand is then like all others, and a search for
        # the bytes of a value finds it.
        self._table[id] = _line(id, orjson.dumps(document))
        return id
