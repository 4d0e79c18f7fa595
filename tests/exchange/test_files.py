"""Files on disk: those that can be read, and the reasons why one cannot."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from coach_tui.exchange.errors import ExchangeError
from coach_tui.exchange.files import read_file
from coach_tui.exchange.roster import read_roster
from coach_tui.exchange.tables import read_table
from tests.exchange.samples import FORTY_HEADER, as_exported, forty_teachers, workbook


def test_a_text_file_and_a_workbook_are_told_apart_by_what_they_hold(tmp_path: Path) -> None:
    rows = [FORTY_HEADER, *forty_teachers()]
    (tmp_path / "roster.csv").write_bytes(as_exported(rows).encode("utf-8-sig"))
    (tmp_path / "roster.xlsx").write_bytes(workbook({"Staff": rows}))
    (tmp_path / "roster").write_bytes(workbook({"Staff": rows}))

    text, book, nameless = (
        read_roster(tmp_path / name) for name in ("roster.csv", "roster.xlsx", "roster")
    )

    assert len(text.rows) == len(book.rows) == 40
    assert [row.cells for row in text.rows] == [row.cells for row in book.rows]
    assert nameless == book
    assert read_table(str(tmp_path / "roster.csv")).header == text.header


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match=r'There is no file ".*none\.csv"'):
        read_roster(tmp_path / "none.csv")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    package = tmp_path / "Caseload.numbers"
    package.mkdir()

    with pytest.raises(ExchangeError, match="is a folder"):
        read_roster(tmp_path)
    with pytest.raises(ExchangeError, match="in Numbers, export it"):
        read_roster(package)


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(ExchangeError, match="is not a file"):
        read_file(tmp_path / "pipe")


def test_a_file_that_may_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("Name\nAnn\n", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    # The administrator's account may read everything, so the refusal is made here.
    monkeypatch.setattr("builtins.open", refuse)

    with pytest.raises(ExchangeError, match="may not be read"):
        read_roster(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator's account may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text("Name\nAnn\n", encoding="utf-8")
    path.chmod(0)

    with pytest.raises(ExchangeError, match="may not be read"):
        read_roster(path)


def test_a_file_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"x" * 11)

    assert read_file(path, limit=11) == b"x" * 11
    with pytest.raises(ExchangeError, match="holds more than"):
        read_file(path, limit=10)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5_000, "line\nend.csv"])
def test_a_strange_name_is_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExchangeError) as refusal:
        read_roster(f"{tmp_path}/{name}")

    assert "\n" not in str(refusal.value)
    assert "\0" not in str(refusal.value)
    assert len(str(refusal.value)) < 400
