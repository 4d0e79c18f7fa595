"""A table read from a file of any kind: its header, its rows, and the numbers people see."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from coach_tui.exchange.errors import ExchangeError, quoted
from coach_tui.exchange.files import FilePath, extension_of, read_file, shown_path
from coach_tui.exchange.header_row import HeaderScore, RawRow, find_header, width
from coach_tui.exchange.text_tables import decoded, split
from coach_tui.exchange.workbooks import is_workbook, read_workbook

_LINE_END = re.compile("\r\n?")
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class TableRow:
    """One row: the line or row number a person sees, and a cell for each column of the header.

    Line ends inside a cell are `\\n`. `problem` says why the row cannot be used; else it is empty.
    """

    line_number: int
    cells: tuple[str, ...] = field(repr=False)
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """A header and the rows below it that are not blank.

    `encoding` and `delimiter` are empty for a workbook, `sheet` for a text file; the delimiter is
    empty for a list of one column too. `header_line` is the number of the header's line or row.
    """

    header: tuple[str, ...]
    rows: tuple[TableRow, ...] = field(repr=False)
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_line: int = 1


def read_table(
    path: FilePath, *, sheet: str | None = None, score: HeaderScore | None = None
) -> Table:
    """Read the CSV, TSV, text or XLSX file at `path`.

    `sheet` chooses a sheet of a workbook; `score` tells a header from a title above it. Raises
    `ExchangeError` when there is no such file or no table in it.
    """
    return table_from_bytes(
        read_file(path),
        name=shown_path(path),
        extension=extension_of(path),
        sheet=sheet,
        score=score,
    )


def table_from_bytes(
    content: bytes,
    *,
    name: str = "The file",
    extension: str = "",
    sheet: str | None = None,
    score: HeaderScore | None = None,
) -> Table:
    """Read a table from the `content` of a file, as from standard input.

    `name` is how messages call it, `extension` what its name ends with (`.csv`). Raises
    `ExchangeError`.
    """
    if is_workbook(content, extension):
        rows, title = read_workbook(content, name, extension=extension, sheet=sheet, score=score)
        return _table(rows, name, score, sheet=title)
    if sheet is not None:
        raise ExchangeError(f"{name} is a text file: only a workbook (.xlsx) has sheets.")
    text, encoding = decoded(content, name)
    rows, delimiter = split(text, name, score)
    return _table(rows, name, score, encoding=encoding, delimiter=delimiter)


def _table(
    rows: Sequence[RawRow],
    name: str,
    score: HeaderScore | None,
    *,
    encoding: str = "",
    delimiter: str = "",
    sheet: str = "",
) -> Table:
    if not rows:
        raise ExchangeError(f"{name} is empty.")
    position, _ = find_header(rows, score)
    header_line, names = rows[position]
    data = rows[position + 1 :]
    if not data:
        raise ExchangeError(
            f"{name} has one row only (line {header_line}): "
            "it needs a header and the rows below it."
        )
    columns = _columns(names, data, unnamed_beside=bool(sheet))
    names = [*names, *[""] * columns][:columns]
    header = tuple(" ".join(cell.strip("\ufeff").split()) for cell in names)
    below = tuple(_row(number, cells, header) for number, cells in data)
    return Table(
        header=header,
        rows=below,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        header_line=header_line,
    )


def _columns(names: list[str], data: Sequence[RawRow], *, unnamed_beside: bool) -> int:
    """Return how many columns there are, those at the end that hold nothing left out.

    A workbook may hold something beside its named columns; in a text file a cell too many means
    that a delimiter is not quoted and the cells stand under the wrong names.
    """
    filled = max(width(cells) for _, cells in data)
    return max(width(names), filled if unnamed_beside else min(filled, len(names)))


def _row(line_number: int, cells: list[str], header: tuple[str, ...]) -> TableRow:
    columns = len(header)
    clean = tuple(_LINE_END.sub("\n", cell) for cell in cells[:columns])
    clean += ("",) * (columns - len(clean))
    return TableRow(line_number, clean, _problem(clean, cells, header))


def _problem(clean: tuple[str, ...], cells: list[str], header: tuple[str, ...]) -> str:
    for column, cell in zip(header, clean, strict=True):
        found = _NOT_TEXT.search(cell)
        if found:
            return f"{quoted(column)} holds a control character (U+{ord(found[0]):04X})"
    if width(cells) > len(header):
        return f"it has {width(cells)} cells, the header has {len(header)}"
    return ""
