"""The journal's lines: every end that can be cut off, and every bit that can flip."""

from __future__ import annotations

import shutil
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_tui.store import journal, journal_engine
from coach_tui.store.differences import difference, restored
from coach_tui.store.engine import Put
from coach_tui.store.errors import NeedsUpgrade, ReadOnly
from coach_tui.store.header import Header
from tests.store.samples import NOW, document, opened

COMMITS = 3


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A store of three commits that are all in its journal."""
    folder = tmp_path / "store"
    engine = opened(folder)
    for number in range(1, COMMITS + 1):
        engine.commit(
            [Put("t", document(f"n{number}", text="\u2026")), Put("c", document("c"))], NOW
        )
    return folder


def ids(engine: journal_engine.JournalEngine) -> list[str]:
    return [each["id"] for each in engine.query("t")]


def test_every_prefix_opens_to_exactly_its_whole_lines_and_says_what_it_put_aside(
    folder: Path,
) -> None:
    path = folder / "coach.journal.jsonl"
    whole = path.read_bytes()
    ends = [place + 1 for place, byte in enumerate(whole) if byte == ord("\n")]
    lock = (folder / "coach.lock").read_bytes()
    for length in range(len(whole) + 1):
        path.write_bytes(whole[:length])
        (folder / "coach.lock").write_bytes(lock)
        lines = sum(end <= length for end in ends)
        commits = max(lines - 1, 0)
        engine = opened(folder)
        assert engine.read_only == ""
        assert ids(engine) == [f"n{number}" for number in range(1, commits + 1)]
        rest = whole[ends[lines - 1] if lines else 0 : length]
        aside = list(folder.glob("coach.torn-*"))
        assert [each.read_bytes() for each in aside] == ([rest] if rest else [])
        said = " ".join(notice.text for notice in engine.notices)
        assert ("not whole" in said) == bool(rest)
        lost = COMMITS - commits
        assert (f"{lost} change" in said) == bool(lost)
        for each in aside:
            each.unlink()


def test_a_flipped_bit_in_any_byte_is_noticed_and_what_was_before_it_is_there(
    folder: Path, tmp_path: Path
) -> None:
    whole = (folder / "coach.journal.jsonl").read_bytes()
    starts = [0, *(place + 1 for place, byte in enumerate(whole) if byte == ord("\n"))]
    for place in range(len(whole)):
        garbled = bytearray(whole)
        garbled[place] ^= 1 << place % 8
        copy = tmp_path / "copy"
        shutil.copytree(folder, copy)
        (copy / "coach.journal.jsonl").write_bytes(garbled)
        try:
            engine = opened(copy)
        except NeedsUpgrade:
            assert place < starts[1]
        else:
            assert engine.read_only or engine.notices
            line = sum(start <= place for start in starts)
            if line > 1:
                assert ids(engine)[: line - 2] == [f"n{number}" for number in range(1, line - 1)]
            if line <= COMMITS and engine.read_only:
                with pytest.raises(ReadOnly):
                    engine.commit([Put("t", document("more"))], NOW)
                assert (copy / "coach.journal.jsonl").read_bytes() == garbled
        shutil.rmtree(copy)


@pytest.mark.parametrize("change", ["left out", "repeated", "moved"])
def test_a_line_that_is_left_out_repeated_or_moved_shows(folder: Path, change: str) -> None:
    path = folder / "coach.journal.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    lines = {
        "left out": [*lines[:2], *lines[3:]],
        "repeated": [*lines[:3], lines[2], *lines[3:]],
        "moved": [lines[0], lines[2], lines[1], lines[3]],
    }[change]
    path.write_bytes(b"".join(lines))
    engine = opened(folder)
    assert "is damaged" in engine.read_only
    assert ids(engine) == {"left out": ["n1"], "repeated": ["n1", "n2"], "moved": []}[change]


@given(st.binary(max_size=120), st.integers(0, 400), st.integers(0, 60))
def test_garbage_anywhere_in_a_journal_is_no_more_than_damage(
    garbage: bytes, place: int, length: int
) -> None:
    header = Header("store-id", head=journal.first_head("store-id"))
    whole = journal.first_line(header.id, 0, header.head)
    head = header.head
    for number in (1, 2):
        line = b'{"n":%d,"at":"2025-10-01T12:00:00+00:00","by":"x","changes":[]}' % number
        chained, head = journal.chained(line, head)
        whole += chained
    found = journal.scan(whole, header, orjson.loads)
    assert (found.sequence, found.head, found.rest, found.damage) == (2, head, b"", "")
    data = whole[:place] + garbage + whole[place + length :]
    found = journal.scan(data, header, orjson.loads)
    assert found.sequence <= 2
    # A first line that is damaged is passed over where the chain itself goes on.
    assert found.damage or data[: found.good] == whole[: found.good]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-2, 2) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=9) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=20,
)
DOCUMENTS = st.dictionaries(st.sampled_from(["a", "b", "lines"]), VALUES)


@given(DOCUMENTS, DOCUMENTS | st.none())
def test_a_difference_leads_back_to_exactly_what_was_before(
    before: dict[str, object], after: dict[str, object] | None
) -> None:
    told = orjson.loads(orjson.dumps(difference(before, after)))
    again = restored(orjson.loads(orjson.dumps(after)), told)
    option = orjson.OPT_SORT_KEYS
    assert orjson.dumps(again, option=option) == orjson.dumps(before, option=option)
