"""CSV and its relatives: encodings, delimiters, and the line numbers people see."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_tui.exchange.errors import ExchangeError
from coach_tui.exchange.tables import Table, table_from_bytes
from coach_tui.exchange.text_tables import MOST_ROWS
from tests.exchange.samples import (
    FORTY_HEADER,
    as_exported,
    forty_teachers,
    read_or_refused,
    roster,
)


def numbered(table: Table) -> dict[int, tuple[str, ...]]:
    return {row.line_number: row.cells for row in table.rows}


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with BOM"),
        ("utf-16", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_encoding_and_delimiter_gives_the_same_cells(
    codec: str, encoding: str, delimiter: str
) -> None:
    text = as_exported([("Teacher", "School"), ("Zoë Peña, “Z”", "Oak; Elm\tHall")], delimiter)

    table = roster(text.encode(codec))

    assert (table.header, table.encoding, table.delimiter) == (
        ("Teacher", "School"),
        encoding,
        delimiter,
    )
    assert numbered(table) == {2: ("Zoë Peña, “Z”", "Oak; Elm\tHall")}


def test_big_endian_utf_16_is_read() -> None:
    table = roster(b"\xfe\xff" + "Name\tRoom\nZoë\t1\n".encode("utf-16-be"))

    assert numbered(table) == {2: ("Zoë", "1")}


def test_forty_teachers_with_windows_line_ends_and_a_byte_order_mark() -> None:
    rows = forty_teachers()

    table = roster(as_exported([FORTY_HEADER, *rows]).encode("utf-8-sig"))

    assert table.header == FORTY_HEADER
    assert [row.cells for row in table.rows] == rows
    # The note of every third teacher takes two lines, and those are counted.
    assert [row.line_number for row in table.rows[:7]] == [2, 3, 4, 6, 7, 8, 10]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_numbers_are_those_of_a_text_editor(line_end: str) -> None:
    lines = ["", "Name,Note", "", '"Ann","one', "two", 'three"', ",", "   ", "Bob,x"]

    table = roster(line_end.join(lines))

    assert table.header_line == 2
    assert numbered(table) == {4: ("Ann", "one\ntwo\nthree"), 9: ("Bob", "x")}


@pytest.mark.parametrize(
    ("text", "delimiter", "header"),
    [
        ("Name;Subjects\nAnn;Math, Science\nBob;ELA, Art\n", ";", ("Name", "Subjects")),
        ("Name,Subjects\nAnn,Math;ELA\nBob,Art;PE\n", ",", ("Name", "Subjects")),
        ("Last, First;Room\nSmith, Ann;12\nJones, Bo;3\n", ";", ("Last, First", "Room")),
        ('"Last, First",Room\n"Smith, Ann",1\n', ",", ("Last, First", "Room")),
        ("Name\tNote\nAnn\tone, two, three; four\n", "\t", ("Name", "Note")),
        ("Teacher\nSmith, Ann\nJones, Bob\n", "", ("Teacher",)),
        ("Caseload; autumn, 2026\nTeacher\nSmith, Ann\n", "", ("Teacher",)),
        ("Name\nAnn\n", "", ("Name",)),
        ("sep=;\nName;Room\nAnn;1,5\n", ";", ("Name", "Room")),
    ],
)
def test_the_delimiter_follows_from_header_and_rows(
    text: str, delimiter: str, header: tuple[str, ...]
) -> None:
    table = roster(text)

    assert (table.delimiter, table.header) == (delimiter, header)
    assert not any(row.problem for row in table.rows)


def test_a_declared_separator_counts_as_a_line() -> None:
    assert numbered(roster("sep=;\r\nName;Room\r\nAnn;1\r\n")) == {3: ("Ann", "1")}


def test_a_table_that_is_no_roster_is_told_apart_by_its_shape() -> None:
    table = table_from_bytes(b"a;b,b;c\n1;2;3\n4;5,5;6\n")

    assert (table.delimiter, table.header) == (";", ("a", "b,b", "c"))


def test_titles_above_the_header_are_passed_over() -> None:
    table = roster("Oak Elementary School\nStaff\n\nTeacher Name,Room #\nAnn,1\n")

    assert (table.header, table.header_line) == (("Teacher Name", "Room #"), 4)
    assert numbered(table) == {5: ("Ann", "1")}


def test_a_header_beyond_the_fifth_row_is_not_looked_for() -> None:
    table = roster("a,b\nc,d\ne,f\ng,h\ni,j\nName,Room\nAnn,1\n")

    assert (table.header, table.header_line) == (("a", "b"), 1)


def test_a_header_whose_columns_a_person_named_is_found() -> None:
    content = b"Fall list\nWho,Where\nAnn,Oak\n"

    table = table_from_bytes(content, score=lambda cells: int("Who" in cells))

    assert table.header == ("Who", "Where")


def test_empty_columns_at_the_end_are_left_out() -> None:
    table = roster("Name,Room,,\nAnn,1,,\nBob,2,,\n")

    assert (table.header, table.rows[0].cells) == (("Name", "Room"), ("Ann", "1"))


def test_a_column_without_a_name_keeps_its_place() -> None:
    table = roster("Name,,Room\nAnn,x,1\n")

    assert (table.header, table.rows[0].cells) == (("Name", "", "Room"), ("Ann", "x", "1"))


def test_a_short_row_is_filled_and_a_long_one_is_a_problem() -> None:
    table = roster("Name,Room,Note\nAnn\nSmith,Bob,2,late\nCy,3,\n")

    assert table.rows[0].cells == ("Ann", "", "")
    assert [row.problem for row in table.rows] == ["", "it has 4 cells, the header has 3", ""]


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x07", "\x7f", "\x85", "\x0b"])
def test_a_control_character_makes_its_row_a_problem(character: str) -> None:
    table = roster(f"Name,Room\nAnn Smith the First,a{character}b\nBob Jones,2\n")

    code = f"U+{ord(character):04X}"
    assert [row.problem for row in table.rows] == [f'"Room" holds a control character ({code})', ""]


def test_newlines_and_tabs_inside_a_cell_are_no_problem() -> None:
    table = roster('Name,Note\nAnn,"a\tb\r\nc"\n')

    assert (table.rows[0].cells, table.rows[0].problem) == (("Ann", "a\tb\nc"), "")


@pytest.mark.parametrize(
    "cell",
    [
        "=cmd|'/c calc'!A0",
        "[/]",
        "[red]x[/red]",
        "👩🏽‍🏫 \u202eabc",
        "مرحبا",
        "x" * 10_000,
        "\ud7ff\ue000\U0010ffff",
    ],
)
def test_hostile_cells_are_read_exactly(cell: str) -> None:
    table = roster(as_exported([("Name", "Note"), (cell, cell)]))

    assert (table.rows[0].cells, table.rows[0].problem) == ((cell, cell), "")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\r\n \r\n,,,\r\n", "is empty"),
        (b"Name,Room\r\n", "one row only (line 1)"),
        (b"\n\nName,Room\r\n\n", "one row only (line 3)"),
        (b"Name,Room\nZo\xeb,1\n\x81,2\n", "line 3, holds a byte that is no character"),
        (b"Name,Room\nZo\xc3\xab,1\r\nJos\xc3\xa9,2\rX\xff,3\n", "line 4, holds a byte"),
        (b"\xef\xbb\xbfName,Room\nZo\xeb,1\n", "line 2, holds a byte"),
        (b"\xff\xfeN\x00a\x00m\x00e\x00\n\x00\x00", "line 2, holds a byte"),
        (b"\xff\xfe\x00\x00N\x00\x00\x00", "UTF-32"),
        ("Name,Room\nAnn,1\n".encode("utf-16-le"), "UTF-16 without its mark"),
        (b"%PDF-1.7\nrest", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"<html><table><tr><td>Name</td></tr></table></html>", "a web page"),
        (bytes(range(32)) * 20, "not text and not a spreadsheet"),
        (b'Name,Room\nAnn,1\nBob,"2\nCy,3\n', "line 3: a quotation mark"),
        (b'Name,Note\nAnn,"' + b"x\n" * 100_000, "line 2: a cell is longer than"),
        (b"Name,Room\nAnn," + b"x" * 2_100_000, "line 2: it is longer than"),
        (b"Name,Room\n" + b"Ann,1\n" * (MOST_ROWS + 1), "more than 100000 rows"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "content",
)
def test_what_is_no_table_is_refused_in_one_line(content: bytes, says: str) -> None:
    with pytest.raises(ExchangeError) as refusal:
        roster(content)

    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_as_many_rows_as_allowed_are_read() -> None:
    assert len(roster(b"Name,Room\n" + b"Ann,1\n" * MOST_ROWS).rows) == MOST_ROWS


def test_a_sheet_of_a_text_file_is_refused() -> None:
    with pytest.raises(ExchangeError, match="only a workbook"):
        roster("Name\nAnn\n", sheet="Staff")


CELLS = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\t,;\"' =[/]"), max_size=20
)


@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8),
    delimiter=st.sampled_from(",;\t"),
    codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read(
    rows: list[tuple[str, str, str]], delimiter: str, codec: str
) -> None:
    filled = [("Ann" + first, second, third) for first, second, third in rows]
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows([("Teacher", "School", "Room"), *filled])

    table = roster(written.getvalue().encode(codec))

    assert [row.cells for row in table.rows] == filled
    assert table.header == ("Teacher", "School", "Room")


@given(content=st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode()))
def test_any_bytes_give_a_table_or_the_one_error(content: bytes) -> None:
    table = read_or_refused(lambda: roster(content))

    assert table is None or all(len(row.cells) == len(table.header) for row in table.rows)


@given(
    tail=st.binary(max_size=200),
    head=st.sampled_from(
        [
            b"Name,Room\n",
            b"\xff\xfe",
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"\xef\xbb\xbf",
        ]
    ),
)
def test_any_bytes_after_a_known_start_give_a_table_or_the_one_error(
    head: bytes, tail: bytes
) -> None:
    table = read_or_refused(lambda: roster(head + tail))

    assert table is None or table.rows
