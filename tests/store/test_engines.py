"""What every engine does, tried on each of them."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_tui.store import summary
from coach_tui.store.engine import Change, Delete, Engine, Operation, Put, Severity
from coach_tui.store.errors import ChangesForgotten, Conflict, Corrupt, KeyNeeded, Unstorable
from coach_tui.store.journal_engine import JournalEngine
from coach_tui.store.memory_engine import MemoryEngine
from tests.store.samples import HOSTILE, NOW, coachee, document, later, observation, opened


class Turned:
    """A codec that can be read by anybody, and is bound to its place as a real one is."""

    name = "turned"

    def encode(self, table: str, id: str, sequence: int, plain: bytes) -> bytes:
        return json.dumps([f"{table} {id} {sequence}", plain.decode()[::-1]]).encode()

    def decode(self, table: str, id: str, sequence: int, coded: bytes) -> bytes:
        place, turned = json.loads(coded)
        if place != f"{table} {id} {sequence}":
            raise Corrupt([f"{table}/{id} was moved"])
        return str(turned)[::-1].encode()


KINDS = ["memory", "journal", "large", "coded"]


def made(kind: str, folder: Path, *, create: bool = True) -> Engine:
    """An engine of each kind: in memory, a journal, one whose snapshot stays on the disk, coded."""
    if kind == "memory":
        return MemoryEngine(session="test")
    options: dict[str, Any] = {"large": {"large": 0}, "coded": {"codec": Turned()}}
    return opened(folder, create=create, **options.get(kind, {}))


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def engine(kind: str, tmp_path: Path) -> Iterator[Engine]:
    engine = made(kind, tmp_path / "store")
    yield engine
    engine.close()


def put(table: str, id: str, expected: int | None = None, **fields: Any) -> Put:
    return Put(table, document(id, **fields), expected)


def test_a_new_store_is_empty(engine: Engine) -> None:
    assert engine.sequence == 0
    assert engine.get("coachees", "ana") is None
    assert engine.query("coachees") == []
    assert engine.changes(0) == []
    assert engine.check() == []
    assert engine.store


def test_a_commit_stores_its_documents_with_its_number_as_revision(engine: Engine) -> None:
    commit = engine.commit([put("coachees", "ana", 0, name=HOSTILE), put("cycles", "c")], NOW)
    assert (commit.sequence, commit.at, commit.session) == (1, NOW, "test")
    assert engine.sequence == 1
    stored = {"id": "ana", "revision": 1, "name": HOSTILE}
    assert engine.get("coachees", "ana") == stored
    assert commit.changes == (
        Change(1, "coachees", "ana", None, stored),
        Change(1, "cycles", "c", None, {"id": "c", "revision": 1}),
    )


def test_the_document_given_is_not_changed(engine: Engine) -> None:
    given_document = document("ana", revision=0)
    engine.commit([Put("coachees", given_document)], NOW)
    assert given_document == document("ana", revision=0)


def test_the_moment_is_kept_in_utc(engine: Engine) -> None:
    from datetime import timedelta, timezone

    elsewhere = NOW.astimezone(timezone(timedelta(hours=-6)))
    commit = engine.commit([put("coachees", "ana")], elsewhere)
    assert commit.at == NOW
    assert str(commit.at.tzinfo) == "UTC"


def test_a_put_replaces_the_whole_document(engine: Engine) -> None:
    engine.commit([put("coachees", "ana", name="Ana", note="x")], NOW)
    engine.commit([put("coachees", "ana", 1, name="Bea")], NOW)
    assert engine.get("coachees", "ana") == {"id": "ana", "revision": 2, "name": "Bea"}


def test_a_delete_takes_it_away(engine: Engine) -> None:
    engine.commit([put("coachees", "ana"), put("coachees", "bea")], NOW)
    commit = engine.commit([Delete("coachees", "ana", 1)], NOW)
    assert engine.get("coachees", "ana") is None
    assert [change.after for change in commit.changes] == [None]
    assert [found["id"] for found in engine.query("coachees")] == ["bea"]


def test_the_last_document_of_a_table_can_go(engine: Engine) -> None:
    engine.commit([put("coachees", "ana")], NOW)
    engine.commit([Delete("coachees", "ana")], NOW)
    assert engine.query("coachees") == []
    engine.commit([put("coachees", "ana", 0)], NOW)
    assert len(engine.query("coachees")) == 1


@pytest.mark.parametrize("operations", [[], [Delete("coachees", "nobody")]])
def test_a_commit_with_nothing_to_do_has_no_number_of_its_own(
    engine: Engine, operations: list[Operation]
) -> None:
    engine.commit([put("coachees", "ana")], NOW)
    commit = engine.commit(operations, later(days=1))
    assert (commit.sequence, commit.changes, engine.sequence) == (1, (), 1)


@pytest.mark.parametrize(
    ("operation", "theirs"),
    [
        (put("coachees", "ana", 0), {"id": "ana", "revision": 2, "name": "Ana"}),
        (put("coachees", "ana", 1), {"id": "ana", "revision": 2, "name": "Ana"}),
        (put("coachees", "ana", 3), {"id": "ana", "revision": 2, "name": "Ana"}),
        (put("coachees", "nobody", 1), None),
        (Delete("coachees", "ana", 1), {"id": "ana", "revision": 2, "name": "Ana"}),
        (Delete("coachees", "nobody", 1), None),
    ],
)
def test_another_revision_than_expected_is_a_conflict_and_nothing_is_changed(
    engine: Engine, operation: Operation, theirs: dict[str, Any] | None
) -> None:
    engine.commit([put("coachees", "ana", name="?")], NOW)
    engine.commit([put("coachees", "ana", 1, name="Ana")], NOW)
    with pytest.raises(Conflict) as caught:
        engine.commit([put("coachees", "bea", 0), operation], NOW)
    assert caught.value.theirs == theirs
    assert (caught.value.table, caught.value.id) == ("coachees", operation.id)
    assert caught.value.expected == operation.expected
    assert "Ana" not in str(caught.value)
    assert engine.sequence == 2
    assert engine.get("coachees", "bea") is None
    assert len(engine.changes(0)) == 2


def test_what_cannot_be_stored_changes_nothing(engine: Engine) -> None:
    engine.commit([put("coachees", "ana", name="Ana")], NOW)
    for value in (math.nan, "\ud800", NOW):
        with pytest.raises(Unstorable):
            engine.commit([put("coachees", "bea"), put("coachees", "ana", x=value)], NOW)
    assert engine.query("coachees") == [{"id": "ana", "revision": 1, "name": "Ana"}]
    assert engine.sequence == 1
    engine.commit([put("coachees", "bea", 0)], NOW)


@pytest.mark.parametrize("table", ["store", "", "a table", 'x":'])
def test_an_impossible_table_is_refused(engine: Engine, table: str) -> None:
    with pytest.raises(ValueError, match="impossible name"):
        engine.commit([put(table, "x")], NOW)


def test_a_document_named_twice_and_a_moment_without_zone_are_refused(engine: Engine) -> None:
    with pytest.raises(ValueError, match="named twice"):
        engine.commit([put("coachees", "ana"), Delete("coachees", "ana")], NOW)
    with pytest.raises(ValueError, match="time zone"):
        engine.commit([put("coachees", "ana")], NOW.replace(tzinfo=None))
    assert engine.sequence == 0


def test_results_do_not_alias_what_is_stored(engine: Engine) -> None:
    commit = engine.commit([put("coachees", "ana", tags=["a"])], NOW)
    found = engine.get("coachees", "ana")
    assert found is not None
    for copy in (found, engine.query("coachees")[0], engine.query("coachees", id="ana")[0]):
        copy["tags"].append("b")
    for change in (*commit.changes, *engine.changes(0), *engine.history("coachees", "ana")):
        assert change.after is not None
        change.after["tags"].append("c")
    assert engine.query("coachees", id="ana") == [{"id": "ana", "revision": 1, "tags": ["a"]}]
    assert engine.query("coachees", tags=["a"])


def test_a_query_finds_by_equality_of_top_level_fields_in_the_order_of_ids(engine: Engine) -> None:
    engine.commit(
        [
            put("observations", "c", coachee="ana", n=1, inner={"coachee": "bea"}),
            put("observations", "a", coachee="ana", n=2, end=None),
            put("observations", "b", coachee="bea", n=1.0, text='"coachee":"ana"'),
            put("coachees", "ana", coachee="ana"),
        ],
        NOW,
    )

    def ids(**equal: Any) -> list[str]:
        return [found["id"] for found in engine.query("observations", **equal)]

    assert ids() == ["a", "b", "c"]
    assert ids(coachee="ana") == ["a", "c"]
    assert ids(coachee="ana", n=1) == ["c"]
    assert ids(n=1) == ["b", "c"]
    assert ids(n=True) == ["b", "c"]
    assert ids(end=None) == ["a"]
    assert ids(inner={"coachee": "bea"}) == ["c"]
    assert ids(coachee="nobody") == []
    assert ids(nothing="x") == []
    assert ids(coachee=None) == []


@given(
    st.dictionaries(
        st.sampled_from(["name", "note", "number", 'odd "key"', ""]),
        st.text()
        | st.integers(-2, 2)
        | st.none()
        | st.booleans()
        | st.lists(st.text(), max_size=2),
        max_size=3,
    ),
    st.sampled_from(["name", "note", "number", 'odd "key"', ""]),
    st.text() | st.integers(-2, 2) | st.none() | st.booleans() | st.lists(st.text(), max_size=2),
)
def test_both_engines_answer_a_query_alike(
    tmp_path_factory: pytest.TempPathFactory, fields: dict[str, Any], name: str, value: Any
) -> None:
    memory = MemoryEngine()
    disk = opened(tmp_path_factory.mktemp("query") / "store")
    for each in (memory, disk):
        each.commit([put("t", "one", **fields), put("t", "two", **{name: value})], NOW)
    assert disk.query("t", **{name: value}) == memory.query("t", **{name: value})
    assert "two" in [found["id"] for found in memory.query("t", **{name: value})]


def test_changes_and_history_tell_what_happened_in_its_order(engine: Engine) -> None:
    engine.commit([put("coachees", "ana", n=1)], NOW)
    engine.commit([put("coachees", "bea", n=1), put("coachees", "ana", n=2)], NOW)
    engine.commit([Delete("coachees", "bea")], NOW)
    assert [(c.sequence, c.id) for c in engine.changes(0)] == [
        (1, "ana"),
        (2, "bea"),
        (2, "ana"),
        (3, "bea"),
    ]
    assert [c.sequence for c in engine.changes(2)] == [3]
    assert engine.changes(3) == []
    assert engine.changes(99) == []
    assert engine.history("coachees", "ana") == [
        Change(1, "coachees", "ana", None, {"id": "ana", "revision": 1, "n": 1}),
        Change(
            2,
            "coachees",
            "ana",
            {"id": "ana", "revision": 1, "n": 1},
            {"id": "ana", "revision": 2, "n": 2},
        ),
    ]
    assert engine.history("coachees", "nobody") == []


def test_the_changes_of_a_commit_undo_it(engine: Engine) -> None:
    engine.commit([put("coachees", "ana", n=1), put("coachees", "bea")], NOW)
    commit = engine.commit(
        [put("coachees", "ana", n=2), Delete("coachees", "bea"), put("coachees", "eve")], NOW
    )
    undo: list[Operation] = [
        Delete(change.table, change.id, commit.sequence)
        if change.before is None
        else Put(change.table, change.before, 0 if change.after is None else commit.sequence)
        for change in commit.changes
    ]
    engine.commit(undo, NOW)
    assert engine.query("coachees") == [
        {"id": "ana", "revision": 3, "n": 1},
        {"id": "bea", "revision": 3},
    ]


def test_changes_from_before_the_beginning_are_not_made_up(engine: Engine) -> None:
    with pytest.raises(ChangesForgotten):
        engine.changes(-1)


def test_poll_finds_nothing_where_nobody_else_writes(engine: Engine) -> None:
    engine.commit([put("coachees", "ana")], NOW)
    assert not engine.poll()
    assert engine.sequence == 1


def test_unknown_keys_and_tables_go_round(engine: Engine) -> None:
    engine.commit([put("newer", "x", of={"a": [1, None, 2.5]})], NOW)
    assert engine.get("newer", "x") == {"id": "x", "revision": 1, "of": {"a": [1, None, 2.5]}}
    assert [finding.severity for finding in engine.check()] == [Severity.NOTE]


def test_a_snapshot_is_a_store_of_its_own(engine: Engine, kind: str, tmp_path: Path) -> None:
    engine.commit([Put("coachees", coachee().to_document())], NOW)
    copy = tmp_path / "copy"
    copy.mkdir()
    engine.snapshot(str(copy / "coach.json"))
    assert (copy / "coach.json").stat().st_mode & 0o777 == 0o600
    again = made("journal" if kind == "memory" else kind, copy, create=False)
    assert again.query("coachees") == engine.query("coachees")
    assert (again.sequence, again.store) == (1, engine.store)
    stored = json.loads((copy / "coach.json").read_bytes())["coachees"]["ana"]
    assert (
        set(stored) == {"id", "revision", "sealed"} if kind == "coded" else stored["name"] == "Ana"
    )


def test_check_names_what_a_record_refuses_without_its_content(engine: Engine) -> None:
    bad = {**coachee().to_document(), "state": "secret state", "name": "  "}
    engine.commit([Put("coachees", bad), Put("observations", observation().to_document())], NOW)
    (finding,) = engine.check()
    assert (finding.severity, finding.where) == (Severity.DAMAGE, "coachees/ana")
    assert "state" in finding.text
    assert "name" in finding.text
    assert "secret" not in finding.text


def test_close_may_be_called_twice(engine: Engine) -> None:
    engine.close()
    engine.close()


def test_a_commit_tells_who_made_it_when_and_why(engine: Engine) -> None:
    first = engine.commit([put("coachees", "ana", n=1)], NOW, "Add Ana [/]")
    second = engine.commit([Delete("coachees", "ana")], later(days=-900), "Take back", undoes=1)
    assert engine.commits(0) == [first, second]
    assert engine.commits(1) == [second]
    assert engine.commits(2) == []
    assert (second.title, second.undoes, second.session) == ("Take back", 1, "test")
    for change in engine.history("coachees", "ana"):
        assert change.session == engine.session == "test"
    told = [(change.at, change.title, change.undoes) for change in engine.changes(0)]
    assert told == [(NOW, "Add Ana [/]", 0), (later(days=-900), "Take back", 1)]


def test_each_document_comes_one_at_a_time_in_the_order_of_ids(engine: Engine) -> None:
    engine.commit([put("t", id) for id in ("c", "a", "b")], NOW)
    assert [each["id"] for each in engine.each("t")] == ["a", "b", "c"]
    assert list(engine.each("none")) == list(engine.each("none", backwards=True)) == []
    assert engine.count("none") == 0


def test_each_document_comes_from_the_last_id_to_the_first(kind: str, tmp_path: Path) -> None:
    long = "x" * 700_000
    engine = made(kind, tmp_path / "store")
    engine.commit([put("t", id, text=long) for id in ("b", "d", "f", "h")], NOW)
    engine.commit([put("u", "other")], NOW)
    if not isinstance(engine, MemoryEngine):
        # What stands in the snapshot, and beside it what was changed since.
        engine.close()
        engine = made(kind, tmp_path / "store", create=False)
    engine.commit([put("t", id) for id in ("a", "e", "f", "i")] + [Delete("t", "d")], NOW)
    before = engine.each("t", backwards=True)
    engine.commit([put("t", "z"), Delete("t", "a")], NOW)
    found = [(one["id"], "text" in one) for one in before]
    assert found == [
        ("i", False),
        ("h", True),
        ("f", False),
        ("e", False),
        ("b", True),
        ("a", False),
    ]
    assert [one["id"] for one in engine.each("t", backwards=True)] == ["z", "i", "h", "f", "e", "b"]
    assert engine.count("t") == 6
    engine.close()


def test_what_was_there_before_is_told_exactly(engine: Engine) -> None:
    rows: list[Any] = [{"n": number} for number in range(9)]
    documents: list[dict[str, Any]] = [
        {"a": 1, "rows": rows},
        {"a": 1.0, "rows": [*rows[:4], {"n": "x"}, *rows[5:]], "new": None},
        {"a": True, "rows": [*rows, 1]},
        {"rows": rows[2:]},
        {"rows": []},
        {"rows": {"of": rows}},
    ]
    for fields in documents:
        engine.commit([put("t", "x", **fields)], NOW)
    engine.commit([Delete("t", "x")], NOW)
    told = [change.before for change in engine.history("t", "x")]
    expected = [
        {"id": "x", "revision": number, **fields} for number, fields in enumerate(documents, 1)
    ]
    assert json.dumps(told, sort_keys=True) == json.dumps([None, *expected], sort_keys=True)


def test_the_past_outlives_new_snapshots_and_sessions(kind: str, tmp_path: Path) -> None:
    if kind == "memory":
        pytest.skip("what is in memory goes with the engine")
    for number in range(1, 7):
        engine = made(kind, tmp_path / "store")
        engine.commit([put("t", "x", n=number), put("t", f"y{number}")], NOW, f"Number {number}")
        if number % 2:
            engine.compact()  # type: ignore[attr-defined]  # not part of the interface
        engine.close()
    engine = made(kind, tmp_path / "store")
    assert [commit.title for commit in engine.commits(0)] == [f"Number {n}" for n in range(1, 7)]
    numbers = [(one.before or {}).get("n") for one in engine.history("t", "x")]
    assert numbers == [None, 1, 2, 3, 4, 5]
    assert len(engine.query("t")) == 7


def test_all_engines_fill_the_interface(tmp_path: Path) -> None:
    engines: list[Engine] = [MemoryEngine(), opened(tmp_path / "store")]
    assert [type(each) for each in engines] == [MemoryEngine, JournalEngine]


def test_a_coded_store_is_opened_with_its_codec_only_and_holds_nothing_plain(
    tmp_path: Path,
) -> None:
    engine = made("coded", tmp_path / "store")
    for number in range(3):
        note = put("t", "x", text=f"a secret word {number}")
        engine.commit([note], NOW, "a secret title")
        engine.compact()  # type: ignore[attr-defined]  # not part of the interface
    engine.commit([put("t", "x", text="a secret word")], NOW, "a secret title")
    with pytest.raises(KeyNeeded):
        opened(tmp_path / "store")
    engine.close()
    for path in (tmp_path / "store").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            data = gzip.decompress(data) if path.suffix == ".gz" else data
            assert b"secret" not in data
    with pytest.raises(KeyNeeded):
        summary.read(str(tmp_path / "store"))


OWNERS = st.sampled_from(["ana", "an", "anab", "bea", 'an"a', "\u00e4na", "", None, 7])
OWNED = st.fixed_dictionaries(
    {"coachee": OWNERS, "goal": OWNERS},
    optional={
        "inner": st.fixed_dictionaries({"coachee": OWNERS}),
        "text": st.sampled_from(['"coachee":"ana"', '\\"coachee":"ana",', HOSTILE]),
    },
)
STEP = st.tuples(st.sampled_from("abcdefgh"), st.none() | OWNED)


@settings(max_examples=30)
@given(st.lists(st.lists(STEP, max_size=8, unique_by=lambda step: step[0]), max_size=5), st.data())
def test_what_belongs_to_somebody_is_found_after_every_commit(
    tmp_path_factory: pytest.TempPathFactory,
    commits: list[list[tuple[str, dict[str, Any] | None]]],
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("owned")
    engines = [made(kind, folder / kind) for kind in KINDS]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("coach_tui.store.lines.BLOCK", data.draw(st.sampled_from([64, 1 << 20])))
        for steps in commits:
            operations: list[Operation] = [
                Delete("evidence", id) if fields is None else put("evidence", id, **fields)
                for id, fields in steps
            ]
            renewed = data.draw(st.booleans())
            for engine in engines:
                engine.commit(operations, NOW)
                if isinstance(engine, JournalEngine) and renewed:
                    engine.compact()
            everything = engines[0].query("evidence")
            for field in ("coachee", "goal"):
                for owner in ("ana", "an", "bea", 'an"a', "\u00e4na", "", "nobody"):
                    expected = [one for one in everything if one[field] == owner]
                    for engine in engines:
                        assert engine.query("evidence", **{field: owner}) == expected
            expected = [one for one in everything if one["coachee"] == one["goal"] == "ana"]
            for engine in engines:
                assert engine.query("evidence", coachee="ana", goal="ana") == expected
    for engine in engines:
        engine.close()
