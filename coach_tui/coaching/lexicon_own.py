"""The coach's own words for the low-inference check, added from the app."""

from __future__ import annotations

import json
import os
import re
import tempfile

from coach_tui.coaching import lexicon_tables as tables
from coach_tui.coaching.lexicon_tables import LexiconError

_LIST = re.compile(r"^allow\s*=\s*\[", re.MULTILINE)
_TABLE = re.compile(r"^\s*\[", re.MULTILINE)


def allow(directory: str, phrase: str) -> None:
    """Add a phrase to the allow list of the coach's file in `directory`, making it if need be.

    What else stands in the file stays as she wrote it. Raises `LexiconError` when the file cannot
    be understood or written; then it is as it was.
    """
    path = os.path.join(directory, tables.FILE)
    before = tables.own(path)
    if phrase in before.get("allow", ()):
        return
    text = _read(path)
    # A phrase is letters and signs of one line: JSON writes it as TOML does.
    changed = _with(text, json.dumps(phrase, ensure_ascii=False))
    after = tables.parse(path, changed)
    if {**after, "allow": None} != {**before, "allow": None}:
        raise LexiconError(f"{path}: add {phrase!r} to allow by hand; the file was left as it is")
    _write(path, changed)


def _read(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return file.read().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise LexiconError(f"{path}: {error.strerror}") from None


def _with(text: str, entry: str) -> str:
    first_table = _TABLE.search(text)
    found = _LIST.search(text, 0, first_table.start() if first_table else len(text))
    if found is None:
        return f"allow = [{entry}]\n{text}"
    rest = text[found.end() :]
    separator = "" if rest.lstrip().startswith("]") else ", "
    return f"{text[: found.end()]}{entry}{separator}{rest}"


def _write(path: str, text: str) -> None:
    """Replace the file at once: a cut-off write must not lose what she wrote by hand."""
    directory = os.path.dirname(path)
    try:
        os.makedirs(directory, mode=0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".low_inference", dir=directory)
        try:
            with open(handle, "wb") as file:
                file.write(text.encode("utf-8"))
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except OSError:
            os.unlink(temporary)
            raise
    except OSError as error:
        raise LexiconError(f"{path}: {error.strerror}") from None
