"""Tables as text: CSV, semicolons, tabs; the encodings that spreadsheet programs write."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from coach_tui.exchange.errors import ExchangeError
from coach_tui.exchange.header_row import HeaderScore, RawRow, find_header, is_blank, width

DELIMITERS = (",", ";", "\t")
"""From the one that plain words hold most often to the one they hardly ever hold."""

ONE_COLUMN = ""
"""The delimiter of a list with one entry a line."""

MOST_ROWS = 100_000
LONGEST_LINE = 2_000_000
SAMPLE_ROWS = 20

UTF_8, UTF_8_BOM, UTF_16, WINDOWS_1252 = "UTF-8", "UTF-8 with BOM", "UTF-16", "Windows-1252"

_CONTROL_BYTES = bytes({*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F})
_MOST_CONTROL = 0.2
_NO_WORDS = ",; \t\r\n"
_NEVER_THERE = "\x1f"
_END = "\U0010fffd"
_SEPARATOR_LINE = re.compile(r'\A"?sep=([,;\t])"?\r?\n?\Z', re.IGNORECASE)
_WAY_OUT = "save it as .xlsx or .csv (UTF-8)"

_KNOWN_STARTS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"{\\rtf", "a text document"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<table", "a web page"),
    (b"<?xml", "an XML file"),
    (b"\x1f\x8b", "a compressed file"),
)


def decoded(content: bytes, name: str) -> tuple[str, str]:
    """Return the text of `content` and its encoding in words.

    UTF-8, UTF-8 with its mark, UTF-16 with its mark, else Windows-1252. Raises `ExchangeError`
    when it is no text, and names the line of a byte that the encoding does not have.
    """
    _refuse_other_things(content, name)
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise ExchangeError(f"{name} is written in UTF-32: {_WAY_OUT}.")
    if content.startswith(codecs.BOM_UTF8):
        return _strictly(content[3:], "utf-8", UTF_8_BOM, name), UTF_8_BOM
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(content, "utf-16", UTF_16, name), UTF_16
    _refuse_binary(content, name)
    try:
        return content.decode("utf-8"), UTF_8
    except UnicodeDecodeError as error:
        if _is_damaged_utf_8(content):
            raise ExchangeError(_no_such_character(content, error.start, UTF_8, name)) from None
    return _strictly(content, "cp1252", WINDOWS_1252, name), WINDOWS_1252


def split(text: str, name: str, score: HeaderScore | None) -> tuple[list[RawRow], str]:
    """Return the rows of `text` that are not blank, with their line numbers, and the delimiter.

    A quoted cell may hold delimiters and line ends. Raises `ExchangeError` when a quotation mark
    is never closed, or there is more than `MOST_ROWS` rows.
    """
    first_line = io.StringIO(text, newline="").readline()
    declared = _SEPARATOR_LINE.match(first_line)
    delimiter = declared[1] if declared else _delimiter(text, score)
    rows: list[RawRow] = []
    try:
        for row in _filled_rows(text, delimiter):
            if declared and row[0] == 1:
                continue
            rows.append(row)
            if len(rows) > MOST_ROWS + 1:
                raise ExchangeError(f"{name} has more than {MOST_ROWS} rows: is it the right file?")
    except _Unreadable as trouble:
        raise ExchangeError(f"{name}, line {trouble.line_number}: {trouble.why}") from None
    return rows, delimiter


def _refuse_other_things(content: bytes, name: str) -> None:
    start = content[:1024].removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for known, what in _KNOWN_STARTS:
        if start.startswith(known.lower()):
            raise ExchangeError(
                f"{name} is {what}: open it in a spreadsheet program and {_WAY_OUT}."
            )


def _refuse_binary(content: bytes, name: str) -> None:
    for half in (content[::2], content[1::2]):
        if len(half) > 4 and half.count(0) > 0.6 * len(half):
            raise ExchangeError(f"{name} is UTF-16 without its mark: {_WAY_OUT}.")
    control = len(content) - len(content.translate(None, _CONTROL_BYTES))
    if control > _MOST_CONTROL * len(content):
        raise ExchangeError(f"{name} is not text and not a spreadsheet: {_WAY_OUT}.")


def _strictly(content: bytes, codec: str, encoding: str, name: str) -> str:
    try:
        return content.decode(codec)
    except UnicodeDecodeError as error:
        why = _no_such_character(content, error.start, encoding, name)
        raise ExchangeError(why) from None


def _no_such_character(content: bytes, place: int, encoding: str, name: str) -> str:
    before = content[:place]
    if encoding == UTF_16:
        before = before.decode("utf-16", errors="ignore").encode()
    line = 1 + len(re.findall(rb"\r\n|\r|\n", before))
    return f"{name}, line {line}, holds a byte that is no character in {encoding}: {_WAY_OUT}."


def _is_damaged_utf_8(content: bytes) -> bool:
    """Whether most characters beyond ASCII are UTF-8: then a few bad bytes are damage."""
    text = content.decode("utf-8", errors="surrogateescape")
    beyond = sum(1 for character in text if character > "\x7f")
    bad = sum(1 for character in text if "\udc80" <= character <= "\udcff")
    return beyond - bad > bad


class _Unreadable(Exception):
    def __init__(self, line_number: int, why: str) -> None:
        super().__init__()
        self.line_number, self.why = line_number, why


def _delimiter(text: str, score: HeaderScore | None) -> str:
    """Return the delimiter under which the header is known best and the rows fit under it."""
    best: tuple[int, float, int, int] = (0, 0.0, 0, 0)
    chosen = ONE_COLUMN
    for place, delimiter in enumerate(DELIMITERS):
        rows = _sample(text, delimiter)
        header, known = find_header(rows, score)
        columns = width(rows[header][1]) if rows else 0
        if columns < 2:
            continue
        below = [width(cells) for _, cells in rows[header + 1 :]]
        fitting = sum(2 <= cells <= columns for cells in below) / max(len(below), 1)
        verdict = (known, fitting, columns, place)
        if chosen == ONE_COLUMN or verdict > best:
            best, chosen = verdict, delimiter
    if best[0] == 0 and find_header(_sample(text, ONE_COLUMN), score)[1]:
        return ONE_COLUMN
    return chosen


def _sample(text: str, delimiter: str) -> list[RawRow]:
    rows: list[RawRow] = []
    try:
        rows.extend(islice(_filled_rows(text, delimiter), SAMPLE_ROWS))
    except _Unreadable:
        return rows
    return rows


def _filled_rows(text: str, delimiter: str) -> Iterator[RawRow]:
    for row in _rows(text, delimiter):
        blank = is_blank(row[1]) or (delimiter == ONE_COLUMN and not row[1][0].strip(_NO_WORDS))
        if not blank:
            yield row


def _rows(text: str, delimiter: str) -> Iterator[RawRow]:
    """Read rows; one line more than there is shows whether a quotation mark is still open."""
    at_end = False

    def lines() -> Iterator[str]:
        nonlocal at_end
        for number, line in enumerate(io.StringIO(text, newline=""), 1):
            if len(line) > LONGEST_LINE:
                raise _Unreadable(number, f"it is longer than {LONGEST_LINE} characters.")
            yield line
        at_end = True
        yield _END

    reader = csv.reader(lines(), delimiter=delimiter or _NEVER_THERE)
    line_number = 1
    try:
        for cells in reader:
            if at_end and cells == [_END]:
                return
            if at_end:
                raise _Unreadable(line_number, 'a quotation mark (") is opened and never closed.')
            yield line_number, cells
            line_number = reader.line_num + 1
    except csv.Error:
        why = f'a cell is longer than {csv.field_size_limit()} characters; is a " not closed?'
        raise _Unreadable(line_number, why) from None
