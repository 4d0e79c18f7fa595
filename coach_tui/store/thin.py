"""Reading a snapshot a line at a time, keeping of each document what facts come from. Plain.

A large store read whole takes several times its size in memory.
"""

from __future__ import annotations

import hashlib
import json
from sys import intern

from coach_tui.store import atomic
from coach_tui.store.documents import problem_in
from coach_tui.store.header import HEADER_TABLE, LONGEST_LINE, SEAL_TABLE, header_in, reading
from coach_tui.store.migrations import SCHEMA

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO

    from coach_tui.store.header import Header

    Document = dict[str, Any]
    Tables = dict[str, dict[str, Document]]

_BLOCK = 1 << 20
_SEAL_START, _SEAL_END = b'"sha256":{"hex":"', b'"}}}\n'
_SEAL_SIZE = len(_SEAL_START) + 64 + len(_SEAL_END)
_EMPTY: tuple[Any, ...] = ("", [], {})


class _OtherLayoutError(ValueError):
    """The file is not laid out, or not as sound, as the store writes it."""


def thinned(document: Document) -> Document:
    """Return the document without what no fact comes from: the script, most of an observation.

    It is for reading only: what is empty is shared between documents.
    """
    return {
        intern(name): next((empty for empty in _EMPTY if value == empty), value)
        for name, value in document.items()
        if name != "lines"
    }


def read_thin(path: str) -> tuple[Header, Tables] | None:
    """Return the header and the documents, thinned; None when the file has to be read as a whole.

    That is when it is laid out in another way, of an older schema, or anything is wrong with it.
    Raises `FileNotFoundError`, `Corrupt`, `NeedsUpgrade`, `Unavailable`, `ReadOnly`.
    """
    file, _ = atomic.open_for_reading(path)
    with file:
        line = reading(lambda: file.readline(LONGEST_LINE), path)
        try:
            header = header_in(json.loads(line.removesuffix(b",\n") + b"}"), path)
            if header.schema != SCHEMA or header.codec:
                return None
            return header, _tables(file, path)
        except (RecursionError, ValueError):
            return None


def _tables(file: BinaryIO, path: str) -> Tables:
    tables: Tables = {}
    while True:
        line = reading(file.readline, path)
        if line.startswith(b'"%b":' % SEAL_TABLE.encode()):
            rest = reading(lambda: file.read(LONGEST_LINE), path)
            if list(json.loads(b"{" + line + rest)) != [SEAL_TABLE]:
                raise _OtherLayoutError
            return tables
        if not line.endswith(b":{\n"):
            raise _OtherLayoutError
        name = json.loads(line[:-3])
        if not isinstance(name, str) or name in tables or name == HEADER_TABLE:
            raise _OtherLayoutError
        tables[name] = _table(file, path)


def _table(file: BinaryIO, path: str) -> dict[str, Document]:
    table: dict[str, Document] = {}
    goes_on = True
    while (line := reading(file.readline, path)) != b"},\n":
        if not goes_on:
            raise _OtherLayoutError
        goes_on = line.endswith(b",\n")
        ((id, document),) = json.loads(b"{" + line.rstrip().removesuffix(b",") + b"}").items()
        if problem_in(id, document):
            raise _OtherLayoutError
        table[id] = thinned(document)
    if goes_on:
        raise _OtherLayoutError
    return table


def is_sealed(path: str) -> bool:
    """Read the whole file, and return whether its seal is that of what stands there.

    Raises `FileNotFoundError`, `Unavailable`, `ReadOnly`.
    """
    file, status = atomic.open_for_reading(path)
    digest, left = hashlib.sha256(), status.st_size - _SEAL_SIZE
    with file:
        while left > 0:
            block = reading(lambda: file.read(min(_BLOCK, left)), path)  # noqa: B023  # called here
            if not block:
                return False
            digest.update(block)
            left -= len(block)
        seal = reading(lambda: file.read(_SEAL_SIZE + 1), path)
    return seal == _SEAL_START + digest.hexdigest().encode() + _SEAL_END
