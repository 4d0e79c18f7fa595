"""XLSX workbooks, and files that pretend to be one."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from coach_tui.exchange.errors import ExchangeError
from coach_tui.exchange.tables import table_from_bytes
from tests.exchange.samples import FORTY_HEADER, forty_teachers, read_or_refused, roster, workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION = (
    '<Relationship Id="rIdTexts" Target="/xl/sharedStrings.xml" Type="http://schemas.'
    'openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>'
)
CONTENT_TYPE = (
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
STAFF = workbook({"Staff": [("Name", "Room"), ("Ann", 12)]})


def repacked(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return the zip file `content` with its parts changed."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
    return written.getvalue()


def with_shared_strings(content: bytes) -> bytes:
    """Return the workbook as Excel writes it: each text once, in a part of its own."""
    texts: list[str] = []

    def share(found: re.Match[str]) -> str:
        texts.append(found[1])
        return f't="s"><v>{len(texts) - 1}</v>'

    def change(part: str, old: bytes) -> bytes:
        text = old.decode()
        if part == "xl/worksheets/sheet1.xml":
            text = re.sub(r't="inlineStr"><is>(<t.*?</t>)</is>', share, text)
        if part == "xl/_rels/workbook.xml.rels":
            text = text.replace("</Relationships>", RELATION + "</Relationships>")
        if part == "[Content_Types].xml":
            text = text.replace("</Types>", CONTENT_TYPE + "</Types>")
        return text.encode()

    written = io.BytesIO(repacked(content, change))
    with zipfile.ZipFile(written, "a") as book:
        items = "".join(f"<si>{text}</si>" for text in texts)
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{items}</sst>')
    return written.getvalue()


def zipped(**parts: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return written.getvalue()


def test_values_become_what_a_person_would_type() -> None:
    values = (
        12.0, 12, 3.5, 0.1 + 0.2, 1e20, True, None, "text ", date(2026, 8, 20),
        datetime.fromisoformat("2026-08-20T09:30"), time(9, 30), "=1+1 as text",
    )  # fmt: skip
    header = ("Name", *(f"c{number}" for number in range(1, len(values))), "end")

    table = roster(workbook({"Staff": [header, (*values, "e")]}))

    assert table.rows[0].cells == (
        "12", "12", "3.5", "0.3", "1e+20", "TRUE", "", "text ", "2026-08-20",
        "2026-08-20T09:30:00", "09:30:00", "", "e",
    )  # fmt: skip


def test_a_formula_gives_the_value_it_was_saved_with() -> None:
    content = workbook({"Staff": [("Name", "Room"), ("Ann", 41)]})
    with_formula = repacked(
        content, lambda _, part: part.replace(b"<v>41</v>", b"<f>40+1</f><v>41</v>")
    )

    assert roster(with_formula).rows[0].cells == ("Ann", "41")


def test_row_numbers_are_those_of_the_spreadsheet() -> None:
    rows = [(), ("Staff of Oak",), (), ("Name", "Room"), ("Ann", 1), (None, " "), ("Bob", 2)]

    table = roster(workbook({"Staff": rows}))

    assert (table.header, table.header_line, table.sheet) == (("Name", "Room"), 4, "Staff")
    assert [row.line_number for row in table.rows] == [5, 7]
    assert (table.encoding, table.delimiter) == ("", "")


def test_forty_teachers_are_the_same_as_in_a_text_file() -> None:
    rows = forty_teachers()

    table = roster(workbook({"Sheet1": [FORTY_HEADER, *rows]}))

    assert [row.cells for row in table.rows] == rows


def test_texts_in_a_part_of_their_own_are_read() -> None:
    rows = forty_teachers()

    table = roster(with_shared_strings(workbook({"Sheet1": [FORTY_HEADER, *rows]})))

    assert [row.cells for row in table.rows] == rows


def test_the_first_sheet_with_rows_is_read_and_one_with_a_header_before_it() -> None:
    staff = [("Name", "Room"), ("Ann", 1)]
    assert roster(workbook({"Empty": [], "Staff": staff})).sheet == "Staff"
    assert roster(workbook({"Read me": [("How to use this",)], "Staff": staff})).sheet == "Staff"
    assert table_from_bytes(workbook({"A": [("x",), ("y",)], "B": staff})).sheet == "A"


def test_a_hidden_sheet_is_not_chosen() -> None:
    book = Workbook()
    book.worksheets[0].append(["Name"])
    book.worksheets[0].append(["Hidden"])
    book.worksheets[0].sheet_state = "hidden"
    book.create_sheet("Staff").append(["Name"])
    book["Staff"].append(["Ann"])
    content = io.BytesIO()
    book.save(content)

    assert roster(content.getvalue()).sheet == "Staff"


def test_a_sheet_is_chosen_by_name_in_any_case() -> None:
    content = workbook({"A": [("Name",), ("Ann",)], "Coaches": [("Name",), ("Bob",)]})

    assert roster(content, sheet="coaches").rows[0].cells == ("Bob",)
    with pytest.raises(ExchangeError, match='no sheet "B": it has "A", "Coaches"'):
        roster(content, sheet="B")


def test_something_beside_the_named_columns_is_a_column_without_a_name() -> None:
    table = roster(workbook({"Staff": [("Name", "Room"), ("Ann", 1, None, "ask her")]}))

    assert table.header == ("Name", "Room", "", "")
    assert table.rows[0].cells == ("Ann", "1", "", "ask her")


def test_an_extent_that_the_file_declares_wrongly_does_no_harm() -> None:
    wrong = repacked(STAFF, lambda _, part: part.replace(b'ref="A1:B2"', b'ref="A1"'))
    assert wrong != STAFF

    assert roster(wrong).rows[0].cells == ("Ann", "12")


def test_hostile_cells_are_read_exactly() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    cells = ["[/]", "[red]x[/]", "👩🏽‍🏫 \u202eabc", "x" * 10_000, "a\nb\tc", "=1+1"]
    sheet.append(["Name", *(f"c{number}" for number in range(1, len(cells)))])
    for column, cell in enumerate(cells, 1):
        sheet.cell(2, column, cell).data_type = "s"
    content = io.BytesIO()
    book.save(content)

    assert roster(content.getvalue()).rows[0].cells == tuple(cells)


@pytest.mark.parametrize(
    ("content", "extension", "says"),
    [
        (b"", ".xlsx", "is empty"),
        (b"Name,Room\nAnn,1\n", ".xlsx", "is named .xlsx but is not an Excel workbook"),
        (b"whatever", ".xls", "an old Excel file (.xls)"),
        (b"whatever", ".numbers", "a Numbers document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".csv", "an old Excel file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            ".xlsx",
            "protected by a password",
        ),
        (b"PK\x03\x04 and no more", "", "damaged or cut short"),
        (STAFF[: len(STAFF) // 2], ".xlsx", "damaged or cut short"),
        (zipped(mimetype="x", **{"content.xml": "<a/>"}), ".ods", "OpenDocument"),
        (zipped(**{"Index/Document.iwa": "x"}), "", "a Numbers document"),
        (zipped(**{"xl/workbook.bin": "x"}), "", "binary Excel"),
        (zipped(**{"word/document.xml": "x"}), ".docx", "is not an Excel workbook"),
        (zipped(**{"xl/workbook.xml": "no xml"}), "", "damaged or not an Excel workbook"),
        (workbook({"A": [], "B": []}), "", "no sheet has a row"),
        (workbook({"A": [("Name",)]}), "", "one row only"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "content",
)
def test_what_is_no_workbook_is_refused_with_a_way_out(
    content: bytes, extension: str, says: str
) -> None:
    with pytest.raises(ExchangeError) as refusal:
        roster(content, extension=extension)

    assert says in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_part_that_needs_a_password_is_refused() -> None:
    # The flag stands in each local header and again in the directory.
    content = bytearray(STAFF)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 1)

    with pytest.raises(ExchangeError, match="password"):
        roster(bytes(content))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(STAFF, lambda part, old: b" " * (51 * 1024 * 1024) if "styles" in part else old)
    assert len(bomb) < 1024 * 1024

    with pytest.raises(ExchangeError, match="more than 50 MB"):
        roster(bomb)


@pytest.mark.parametrize("where", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_entities_that_grow_without_end_are_refused(where: str) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    document = f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{levels}]>'.encode()

    def grow(part: str, old: bytes) -> bytes:
        return document + old.replace(b">Ann<", b">&e11;<") if part == where else old

    with pytest.raises(ExchangeError, match="damaged"):
        roster(repacked(with_shared_strings(STAFF) if "Strings" in where else STAFF, grow))


def test_a_row_number_beyond_any_spreadsheet_ends_with_the_error() -> None:
    far = repacked(STAFF, lambda _, part: part.replace(b'<row r="2"', b'<row r="999999999999"'))
    assert far != STAFF

    with pytest.raises(ExchangeError):
        roster(far)


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(ExchangeError, match="more than 1000 columns"):
        roster(workbook({"A": [("Name",), ["x"] * 1001]}))


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coach_tui.exchange.workbooks.MOST_ROWS", 3)
    rows = [("Name",), *[("Ann",)] * 4]

    assert len(roster(workbook({"A": rows[:4]})).rows) == 3
    with pytest.raises(ExchangeError, match="more than 3 rows"):
        roster(workbook({"A": rows}))


@settings(max_examples=60)
@given(place=st.integers(0, len(STAFF) - 1), bits=st.integers(1, 255))
def test_a_flipped_byte_gives_a_table_or_the_one_error(place: int, bits: int) -> None:
    damaged = bytearray(STAFF)
    damaged[place] ^= bits
    table = read_or_refused(lambda: roster(bytes(damaged)))

    assert table is None or table.rows


@settings(max_examples=60)
@given(data=st.data())
def test_a_part_changed_at_random_gives_a_table_or_the_one_error(data: st.DataObject) -> None:
    def change(_: str, part: bytes) -> bytes:
        if not part or data.draw(st.booleans()):
            return part
        start = data.draw(st.integers(0, len(part) - 1))
        end = data.draw(st.integers(start, min(len(part), start + 30)))
        return part[:start] + data.draw(st.binary(max_size=10)) + part[end:]

    table = read_or_refused(lambda: roster(repacked(STAFF, change)))

    assert table is None or table.rows


def test_the_sample_is_what_a_spreadsheet_program_opens() -> None:
    sheet = load_workbook(io.BytesIO(STAFF)).worksheets[0]

    assert [[cell.value for cell in row] for row in sheet.rows] == [["Name", "Room"], ["Ann", 12]]
