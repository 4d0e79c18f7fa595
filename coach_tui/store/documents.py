"""One document as JSON: what goes in comes out exactly, or is refused by field."""

from __future__ import annotations

from coach_tui.store.errors import Unstorable
from coach_tui.store.ids import is_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    Document = dict[str, Any]

_DEEPEST = 100


def encode(table: str, document: Document) -> bytes:
    """Return the document as JSON. Raises `Unstorable` for what JSON cannot hold exactly."""
    return encode_and_copy(table, document)[0]


def encode_and_copy(table: str, document: Document) -> tuple[bytes, Document]:
    """Return the document as JSON, and a copy of it as it comes back. Raises as `encode` does."""
    import orjson

    id = document.get("id")
    if not isinstance(id, str) or not is_id(id):
        raise Unstorable(table, "?", "id", "is not 1 to 64 of the letters A-Z a-z 0-9 _ -")
    try:
        encoded = orjson.dumps(document)
        copy: Document = orjson.loads(encoded)
    except TypeError:
        encoded, copy = b"", {}
    # What is read back must be what was put: orjson writes NaN as null, and a date as a text. Only
    # when the two differ is it worth looking for the place.
    if not encoded or copy != document:
        _refuse_unstorable(table, id, document)
    return encoded, copy


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


def decode(encoded: bytes) -> Document:
    """Return the document that `encode` made into JSON."""
    import orjson

    document: Document = orjson.loads(encoded)
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


def problem_in(id: str, document: object) -> str:
    """Return what is wrong with a stored document under the key `id`; empty when nothing is."""
    if not isinstance(document, dict):
        return "is not a document"
    if not is_id(id) or document.get("id") != id:
        return "is not the id of its document"
    revision = document.get("revision")
    if type(revision) is not int or revision < 0:
        return "has no revision"
    return ""
