"""A document that grows is stored as if it had been put whole, to the byte."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_tui.store.engine import Append, Document, Engine, Operation, Put
from coach_tui.store.errors import Conflict, NotFound, StoreFull, Unstorable
from coach_tui.store.journal_engine import JournalEngine
from tests.store.samples import HOSTILE, NOW, later
from tests.store.test_engines import KINDS, made

FIRST: Document = {
    "id": "seen",
    "revision": 0,
    "lines": ["a", "b", "c", "d"],
    "note": HOSTILE,
    "tags": [],
}


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    engine = made(str(request.param), tmp_path / "store")
    engine.commit([Put("notes", FIRST)], NOW)
    yield engine
    engine.close()


def grow(*items: Any, expected: int | None = None, name: str = "lines", **fields: Any) -> Append:
    return Append("notes", "seen", name, list(items), fields, expected)


def test_items_come_to_the_end_and_fields_are_set(engine: Engine) -> None:
    commit = engine.commit([grow("e", {"f": [HOSTILE]}, expected=1, note="n")], NOW, "Note line")
    grown = {**FIRST, "lines": ["a", "b", "c", "d", "e", {"f": [HOSTILE]}], "note": "n"}
    stored = {**grown, "revision": 2}
    assert engine.get("notes", "seen") == stored
    assert len(commit.changes) == 1
    (change,) = commit.changes
    assert (change.before, change.after) == ({**FIRST, "revision": 1}, stored)
    assert (change.title, change.sequence, engine.sequence) == ("Note line", 2, 2)
    assert engine.commits(1) == [commit]
    assert engine.history("notes", "seen") == engine.changes(0)


def test_what_is_handed_out_is_the_callers_own(engine: Engine) -> None:
    (change,) = engine.commit([grow("e")], NOW).changes
    assert change.after is not None
    change.after["lines"].append("x")
    engine.commit([grow("f")], NOW)
    found = engine.get("notes", "seen")
    assert found is not None
    assert found["lines"] == ["a", "b", "c", "d", "e", "f"]


@pytest.mark.parametrize(
    ("operation", "error"),
    [
        (grow("e", expected=2), Conflict),
        (grow("e", expected=0), Conflict),
        (Append("notes", "nobody", "lines", ["e"], {}, 1), Conflict),
        (Append("notes", "nobody", "lines", ["e"], {}), NotFound),
        (Append("notes", "nobody", "lines", ["e"], {}, 0), NotFound),
        (grow("e", name="note"), Unstorable),
        (grow("e", name="none"), Unstorable),
        (grow(NOW), Unstorable),
        (grow("\ud800"), Unstorable),
        (grow("e", note=float("nan")), Unstorable),
        (grow("e", id="other"), ValueError),
        (grow("e", lines=[]), ValueError),
    ],
)
def test_what_cannot_grow_changes_nothing(
    engine: Engine, operation: Operation, error: type[Exception]
) -> None:
    with pytest.raises(error):
        engine.commit([Put("notes", {"id": "x"}), operation], NOW)
    assert engine.sequence == 1
    assert engine.query("notes") == [{**FIRST, "revision": 1}]
    engine.commit([grow("e", expected=1)], NOW)
    assert engine.sequence == 2


def test_what_another_session_wrote_is_grown_too(tmp_path: Path) -> None:
    one, other = made("journal", tmp_path / "store"), made("journal", tmp_path / "store")
    one.commit([Put("notes", FIRST)], NOW)
    one.commit([grow("e", expected=1)], NOW)
    other.commit([grow("f", expected=2)], NOW)
    with pytest.raises(Conflict) as caught:
        one.commit([grow("g", expected=2)], NOW)
    assert caught.value.theirs == other.get("notes", "seen")
    one.commit([grow("g")], NOW)
    other.commit([grow("h", expected=4)], NOW)
    assert one.poll()
    found = one.get("notes", "seen")
    assert found is not None
    assert found["lines"] == list("abcdefgh")
    one.close()
    other.close()


def test_an_append_that_had_no_room_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = made("journal", tmp_path / "store")
    engine.commit([Put("notes", FIRST)], NOW)
    engine.commit([grow("e")], NOW)

    def full(*_: object) -> None:
        raise StoreFull("there")

    with monkeypatch.context() as broken:
        broken.setattr("coach_tui.store.journal_file.JournalFile.append", full)
        with pytest.raises(StoreFull):
            engine.commit([grow("lost", expected=2)], NOW)
    engine.commit([grow("f", expected=2)], NOW)
    found = engine.get("notes", "seen")
    assert found is not None
    assert (found["lines"], found["revision"]) == (list("abcdef"), engine.sequence)
    engine.close()


VALUES = st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text(max_size=3))
GROWTH = st.tuples(
    st.just("grow"),
    st.sampled_from(("lines", "tags")),
    st.lists(VALUES, max_size=3),
    st.dictionaries(st.sampled_from(("note", "n", "m")), VALUES, max_size=2),
)
PUTS: st.SearchStrategy[Any] = st.tuples(
    st.just("put"), st.just(""), st.just([]), st.dictionaries(st.just("n"), VALUES, max_size=1)
)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15, deadline=None)
@given(drawn=st.lists(st.one_of(GROWTH, GROWTH, GROWTH, PUTS), min_size=1, max_size=8))
def test_growing_is_putting_the_whole_to_the_byte(
    kind: str, drawn: list[tuple[str, str, list[Any], dict[str, Any]]]
) -> None:
    with TemporaryDirectory() as folder:
        grown, whole = (Path(folder, name) for name in ("grown", "whole"))
        made(kind, grown).close()
        if kind != "memory":
            shutil.copytree(grown, whole)
        engines = [made(kind, place) for place in (grown, whole)]
        document = FIRST
        for engine in engines:
            engine.commit([Put("notes", document)], NOW)
        for number, (what, name, items, fields) in enumerate(drawn, 1):
            append = Append("notes", "seen", name, items, fields)
            document = append.grown(document) if what == "grow" else {**document, **fields}
            first: Operation = append if what == "grow" else Put("notes", document)
            for engine, operation in zip(engines, (first, Put("notes", document)), strict=True):
                engine.commit([operation], later(seconds=number))
        assert engines[0].changes(0) == engines[1].changes(0)
        assert engines[0].query("notes") == engines[1].query("notes")
        if isinstance(engines[0], JournalEngine):
            journals = [(place / "coach.journal.jsonl").read_bytes() for place in (grown, whole)]
            assert journals[0] == journals[1]
        for engine in engines:
            engine.close()
