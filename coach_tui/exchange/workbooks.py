"""Tables in XLSX workbooks, and the files that are only nearly one."""

from __future__ import annotations

import io
import math
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from coach_tui.exchange.errors import ExchangeError, quoted
from coach_tui.exchange.files import LARGEST_TABLE, too_large
from coach_tui.exchange.header_row import (
    LOOKED_AT,
    HeaderScore,
    RawRow,
    find_header,
    is_blank,
)
from coach_tui.exchange.text_tables import MOST_ROWS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MOST_COLUMNS = 1_000
LAST_ROW = 1_048_576
"""The last row that a spreadsheet program can have; a file that claims more is not from one."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
_WAY_OUT = "open it in its program and save it as .xlsx or .csv"

_OTHER_SPREADSHEETS = {
    ".xls": "an old Excel file (.xls)",
    ".xlsb": "a binary Excel file (.xlsb)",
    ".ods": "an OpenDocument spreadsheet (.ods)",
    ".numbers": "a Numbers document",
}


def is_workbook(content: bytes, extension: str) -> bool:
    """Whether `content`, or the file's `extension` (`.xlsx`), claims to be a workbook."""
    claims = extension in (".xlsx", ".xlsm") or extension in _OTHER_SPREADSHEETS
    return claims or content.startswith((*_ZIP, _OLE))


def read_workbook(
    content: bytes, name: str, *, extension: str, sheet: str | None, score: HeaderScore | None
) -> tuple[list[RawRow], str]:
    """Return the rows of one sheet that are not blank, with their row numbers, and its title.

    Without `sheet`: the first visible sheet with a header that `score` knows, else the first with
    rows. Formulas give the values they were saved with. Raises `ExchangeError`.
    """
    _check_container(content, name, extension)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of features it cannot keep; nothing is written back.
            warnings.simplefilter("ignore")
            return _read(content, name, sheet, score)
    except ExchangeError:
        raise
    except Exception as error:  # noqa: BLE001 - damage shows as whatever the parser trips over
        raise ExchangeError(
            f"{name} is damaged or not an Excel workbook ({type(error).__name__}): {_WAY_OUT}."
        ) from None


def cell_text(value: object) -> str:
    """Return a cell's value as a person would type it: `12`, `3.5`, `2026-08-20`, `TRUE`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _number(value: float) -> str:
    if math.isfinite(value) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return format(value, ".15g")


def _check_container(content: bytes, name: str, extension: str) -> None:
    if content.startswith(_OLE):
        if _ENCRYPTED_PART in content:
            raise ExchangeError(f"{name} is protected by a password: save a copy without one.")
        raise ExchangeError(f"{name} is {_OTHER_SPREADSHEETS['.xls']}: {_WAY_OUT}.")
    if not content:
        raise ExchangeError(f"{name} is empty.")
    if not content.startswith(_ZIP):
        what = _OTHER_SPREADSHEETS.get(extension, f"named {extension} but is not an Excel workbook")
        raise ExchangeError(f"{name} is {what}: {_WAY_OUT}.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            parts = container.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise ExchangeError(f"{name} is damaged or cut short: {_WAY_OUT}.") from None
    if any(part.flag_bits & 1 for part in parts):
        raise ExchangeError(f"{name} is protected by a password: save a copy without one.")
    # zipfile never hands out more of a part than the size declared here.
    if sum(part.file_size for part in parts) > LARGEST_TABLE:
        raise ExchangeError(f"Unpacked, {too_large(name, LARGEST_TABLE)}")
    _check_parts({part.filename for part in parts}, name)


def _check_parts(parts: set[str], name: str) -> None:
    if "xl/workbook.xml" in parts:
        return
    if "content.xml" in parts and "mimetype" in parts:
        what = _OTHER_SPREADSHEETS[".ods"]
    elif "xl/workbook.bin" in parts:
        what = _OTHER_SPREADSHEETS[".xlsb"]
    elif any(part.endswith((".iwa", "Index.zip")) for part in parts):
        what = _OTHER_SPREADSHEETS[".numbers"]
    else:
        what = "not an Excel workbook"
    raise ExchangeError(f"{name} is {what}: {_WAY_OUT}.")


def _read(
    content: bytes, name: str, sheet: str | None, score: HeaderScore | None
) -> tuple[list[RawRow], str]:
    from openpyxl import load_workbook

    with closing(load_workbook(io.BytesIO(content), read_only=True, data_only=True)) as workbook:
        chosen = _chosen_sheet(workbook, name, sheet, score)
        rows: list[RawRow] = []
        for row in _filled_rows(chosen, name):
            rows.append(row)
            if len(rows) > MOST_ROWS + 1:
                raise ExchangeError(f"{name} has more than {MOST_ROWS} rows: is it the right file?")
        return rows, str(chosen.title)


def _chosen_sheet(
    workbook: Workbook, name: str, wanted: str | None, score: HeaderScore | None
) -> ReadOnlyWorksheet:
    sheets: list[ReadOnlyWorksheet] = list(workbook.worksheets)
    if wanted is not None:
        for same in (wanted.__eq__, lambda title: title.casefold() == wanted.casefold()):
            for sheet in sheets:
                if same(str(sheet.title)):
                    return sheet
        there = ", ".join(quoted(str(sheet.title)) for sheet in sheets[:20])
        raise ExchangeError(f"{name} has no sheet {quoted(wanted)}: it has {there or 'none'}.")
    visible = [sheet for sheet in sheets if sheet.sheet_state == "visible"] or sheets
    best: tuple[int, ReadOnlyWorksheet] | None = None
    for sheet in visible:
        start = _first_rows(sheet, name)
        known = find_header(start, score)[1]
        if start and (best is None or (known and not best[0])):
            best = known, sheet
    if best is None:
        raise ExchangeError(f"{name} is empty: no sheet has a row.")
    return best[1]


def _first_rows(sheet: ReadOnlyWorksheet, name: str) -> list[RawRow]:
    rows: list[RawRow] = []
    for row in _filled_rows(sheet, name):
        rows.append(row)
        if len(rows) == LOOKED_AT:
            break
    return rows


def _filled_rows(sheet: ReadOnlyWorksheet, name: str) -> Iterator[RawRow]:
    # The extent that a file declares is often wrong; the rows themselves are right.
    sheet.reset_dimensions()
    values: Iterator[tuple[object, ...]] = sheet.iter_rows(values_only=True)  # type: ignore[misc]
    for row_number, row in enumerate(values, 1):
        if row_number > LAST_ROW:
            raise ExchangeError(f"{name} is not from a spreadsheet program: {_WAY_OUT}.")
        if not row:
            continue
        last = max((place for place, value in enumerate(row, 1) if value is not None), default=0)
        if last > MOST_COLUMNS:
            raise ExchangeError(f"{name} has more than {MOST_COLUMNS} columns.")
        cells = [cell_text(value) for value in row[:last]]
        if not is_blank(cells):
            yield row_number, cells
