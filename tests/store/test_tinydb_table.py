"""TinyDB's own interface over the store: its tables and queries, one atomic commit a write."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tinydb import Query, where
from tinydb.operations import increment
from tinydb.table import Document

from coach_tui.store.engine import Put
from coach_tui.store.errors import StoreFull, Unstorable
from coach_tui.store.journal_engine import JournalEngine
from coach_tui.store.tinydb_table import DocumentDatabase, DocumentTable
from tests.store.samples import NOW, document, later, opened


@pytest.fixture
def engine(tmp_path: Path) -> JournalEngine:
    return opened(tmp_path / "store")


@pytest.fixture
def database(engine: JournalEngine) -> DocumentDatabase:
    engine.commit(
        [
            Put("notes", document("a", n=1, tags=["x"], kind="even")),
            Put("notes", document("b", n=2, tags=[], kind="odd")),
            Put("notes", document("c", n=3, tags=["y"], kind="even")),
        ],
        NOW,
    )
    moments = iter(later(seconds=number) for number in range(1, 1_000))

    def clock() -> datetime:
        return next(moments)

    return engine.database(clock)


@pytest.fixture
def notes(database: DocumentDatabase) -> DocumentTable:
    return database.documents("notes")


def stored(engine: JournalEngine) -> list[dict[str, Any]]:
    return opened(engine.directory, create=False).query("notes")


def ids(found: list[Any]) -> list[str]:
    return [each["id"] for each in found]


def test_tinydbs_queries_work(notes: DocumentTable) -> None:
    note = Query()
    assert ids(notes.search(note.n > 1)) == ["b", "c"]
    assert ids(notes.search((note.kind == "even") & ~(note.n == 1))) == ["c"]
    assert ids(notes.search(note.tags.any(["x", "y"]))) == ["a", "c"]
    assert ids(notes.search(where("kind").matches("^o"))) == ["b"]
    assert notes.count(note.n <= 2) == 2
    assert notes.contains(note.n == 3)
    assert not notes.contains(doc_id="nobody")  # type: ignore[arg-type]  # TinyDB says int
    assert len(notes) == 3
    assert [str(each.doc_id) for each in notes] == ["a", "b", "c"]


def test_a_document_is_found_by_its_id(notes: DocumentTable) -> None:
    found: Any = notes.get(doc_id="b")  # type: ignore[call-overload]  # TinyDB says int
    assert (found.doc_id, found["n"]) == ("b", 2)
    assert notes.get(doc_id="nobody") is None  # type: ignore[call-overload]  # the same
    assert ids(notes.get(doc_ids=["c", "a"])) == ["a", "c"]


def test_results_do_not_alias_what_is_stored(notes: DocumentTable, engine: JournalEngine) -> None:
    for found in (*notes.all(), *notes.search(where("n") > 0)):
        found["tags"].append("mine")
    assert [found["tags"] for found in notes.search(where("n") > 0)] == [["x"], [], ["y"]]
    assert engine.query("notes")[0]["tags"] == ["x"]


def test_another_sessions_writes_are_seen_by_the_same_query(
    notes: DocumentTable, engine: JournalEngine
) -> None:
    query = where("kind") == "even"
    assert ids(notes.search(query)) == ["a", "c"]
    opened(engine.directory).commit([Put("notes", document("d", kind="even"))], NOW)
    engine.poll()
    assert ids(notes.search(query)) == ["a", "c", "d"]


def test_an_insert_is_a_durable_commit_with_an_id_in_the_order_of_time(
    notes: DocumentTable, engine: JournalEngine
) -> None:
    first = notes.insert({"n": 4})
    second = notes.insert({"n": 5})
    assert re.fullmatch(r"[0-9a-f-]{36}", str(first))
    assert str(first) < str(second)
    assert engine.sequence == 3
    assert [found for found in stored(engine) if found["id"] == first] == [
        {"id": first, "n": 4, "revision": 2}
    ]


def test_many_inserts_are_one_commit(notes: DocumentTable, engine: JournalEngine) -> None:
    made = notes.insert_multiple({"n": number} for number in range(20))
    assert len(set(made)) == 20
    assert engine.sequence == 2
    assert len(stored(engine)) == 23


def test_an_insert_under_an_id_that_is_there_changes_nothing(
    notes: DocumentTable, engine: JournalEngine
) -> None:
    taken: Any = "a"
    with pytest.raises(ValueError, match="already exists"):
        notes.insert_multiple([{"n": 9}, Document({"n": 10}, taken)])
    assert engine.sequence == 1
    new: Any = "z"
    assert str(notes.insert(Document({"n": 10}, new))) == "z"


def test_a_document_keeps_the_id_it_is_stored_under(notes: DocumentTable) -> None:
    with pytest.raises(ValueError, match="another id"):
        notes.update({"id": "z"}, where("n") == 1)


def test_an_update_touches_only_what_matches(notes: DocumentTable, engine: JournalEngine) -> None:
    assert notes.update({"done": True}, where("kind") == "even") == ["a", "c"]
    assert [change.id for change in engine.changes(1)] == ["a", "c"]
    assert engine.sequence == 2
    assert notes.update(increment("n"), doc_ids=["b", "nobody"]) == ["b"]
    assert notes.update({"seen": 1}) == ["a", "b", "c"]
    assert [found["n"] for found in stored(engine)] == [1, 3, 3]


def test_an_update_that_changes_nothing_is_no_commit(
    notes: DocumentTable, engine: JournalEngine
) -> None:
    assert notes.update({"kind": "even"}, where("n") == 1) == ["a"]
    assert engine.sequence == 1


def test_an_updater_that_fails_changes_nothing(notes: DocumentTable, engine: JournalEngine) -> None:
    def fail_at_the_second(found: MutableMapping[str, Any]) -> None:
        found["n"] += 100
        if found["id"] == "b":
            raise RuntimeError

    with pytest.raises(RuntimeError):
        notes.update(fail_at_the_second)
    with pytest.raises(Unstorable):
        notes.update({"n": float("nan")})
    assert [found["n"] for found in notes.all()] == [1, 2, 3]
    assert [found["n"] for found in stored(engine)] == [1, 2, 3]
    assert engine.commit([Put("notes", document("d"))], NOW).sequence == 2


def test_a_failed_write_changes_nothing(
    notes: DocumentTable, engine: JournalEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    with monkeypatch.context() as patch:
        patch.setattr(os, "pwrite", lambda *_: 0)
        with pytest.raises(StoreFull):
            notes.update({"n": 0})
    assert [found["n"] for found in notes.all()] == [1, 2, 3]


def test_several_updates_and_an_upsert(notes: DocumentTable, engine: JournalEngine) -> None:
    updates: Any = [({"n": 10}, where("n") == 1), (increment("n"), where("n") == 2)]
    notes.update_multiple(updates)
    assert [found["n"] for found in stored(engine)] == [10, 3, 3]
    assert engine.sequence == 2
    assert [str(id) for id in notes.upsert({"kind": "new"}, where("n") == 10)] == ["a"]
    (made,) = notes.upsert({"kind": "newer"}, where("n") == 99)
    assert ids(notes.search(where("kind") == "newer")) == [str(made)]


def test_remove_and_truncate(notes: DocumentTable, engine: JournalEngine) -> None:
    assert notes.remove(where("n") >= 2) == ["b", "c"]
    assert ids(stored(engine)) == ["a"]
    assert notes.remove(doc_ids=["a", "nobody"]) == ["a"]
    assert engine.sequence == 3
    with pytest.raises(RuntimeError, match="truncate"):
        notes.remove()
    notes.insert_multiple({"n": number} for number in range(5))
    notes.truncate()
    assert stored(engine) == []
    assert len(notes) == 0


def test_tables_are_dropped_in_one_commit(
    database: DocumentDatabase, engine: JournalEngine
) -> None:
    engine.commit([Put("others", document("x")), Put("thirds", document("y"))], NOW)
    assert database.tables() == {"notes", "others", "thirds"}
    database.drop_table("others")
    assert database.tables() == {"notes", "thirds"}
    assert engine.sequence == 3
    assert [change.id for change in engine.changes(2)] == ["x"]
    database.drop_tables()
    assert database.tables() == set()
    assert engine.sequence == 4
    assert opened(engine.directory).contents.tables == {}


def test_whole_tables_that_are_written_become_the_difference(
    database: DocumentDatabase, engine: JournalEngine
) -> None:
    tables: Any = {"notes": {"a": document("a", n=7), "d": document("d")}}
    database.storage.write(tables)
    assert {(change.id, change.after is None) for change in engine.changes(1)} == {
        ("a", False),
        ("b", True),
        ("c", True),
        ("d", False),
    }
    assert engine.sequence == 2


def test_an_update_sees_what_another_session_wrote(
    notes: DocumentTable, engine: JournalEngine
) -> None:
    opened(engine.directory).commit([Put("notes", document("a", n=40))], NOW)
    notes.update(increment("n"), where("id") == "a")
    assert stored(engine)[0]["n"] == 41


def test_the_recording_table_is_a_mapping_like_any_other(engine: JournalEngine) -> None:
    from coach_tui.store.tinydb_table import LazyTable, Recording

    engine.commit([Put("notes", document("a")), Put("notes", document("b"))], NOW)
    recording = Recording(LazyTable(engine.contents, "notes"))
    assert list(recording) == ["a", "b"]
    del recording["a"]
    recording["c"] = {"n": 1}
    assert (list(recording), len(recording)) == (["b", "c"], 2)
    assert "a" not in recording
    with pytest.raises(KeyError):
        recording["a"]
    with pytest.raises(KeyError):
        del recording["a"]
    assert recording.pop("c") == {"n": 1}
    recording.clear()
    assert dict(recording) == {}
    assert {operation.id for operation in recording.operations("notes")} == {"a", "b"}


def test_a_table_takes_what_tinydbs_takes_and_caches_nothing(database: DocumentDatabase) -> None:
    table = database.table("cached", cache_size=3)
    table.insert({"n": 1})
    assert table.search(where("n") == 1) == table.all()
    assert len(table._query_cache) == 0


def test_an_empty_table_is_refused_and_wipes_nothing(
    database: DocumentDatabase, engine: JournalEngine
) -> None:
    before = stored(engine)
    with pytest.raises(ValueError, match="without documents"):
        database.table("notes", persist_empty=True)
    assert database.table("fresh", persist_empty=False).all() == []
    assert stored(engine) == before
    assert "fresh" not in database.tables()
