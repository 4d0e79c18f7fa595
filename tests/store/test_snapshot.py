from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB, where
from tinydb.storages import JSONStorage
from tinydb.table import Document, Table

from coach_tui.domain.records import RECORDS
from coach_tui.store import documents, header, plain, replay, snapshot
from coach_tui.store.coding import PLAIN
from coach_tui.store.contents import Contents, Step
from coach_tui.store.errors import Corrupt, NeedsUpgrade, StoreError, Unavailable, Unstorable
from coach_tui.store.header import Header
from coach_tui.store.migrations import migrate
from tests.store.samples import HOSTILE, NOW, document

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


HEAD = "ab" * 32


def contents_of(*held: tuple[str, dict[str, Any]], sequence: int = 3) -> Contents:
    empty = Contents(Header("store-id"), {}, PLAIN)
    steps: list[Step] = [
        (table, each["id"], None, documents.encode(table, each)) for table, each in held
    ]
    return empty.after(empty.header.at(sequence, NOW.isoformat(), HEAD), steps)


def plain_of(contents: Contents) -> dict[str, dict[str, Any]]:
    return {
        table: {each["id"]: each for each in contents.documents(table)} for table in contents.tables
    }


def loaded(path: Path) -> Contents:
    return replay.read_snapshot(str(path), None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A small store's file: two tables, three documents."""
    path = tmp_path / "coach.json"
    contents = contents_of(
        ("observations", document("b", text="second", lines=[{"n": 1}])),
        ("coachees", document("ana", name=HOSTILE, nothing=None)),
        ("observations", document("a", text="first")),
    )
    snapshot.write(str(path), contents)
    return path


def test_one_document_stands_on_each_line_in_the_order_of_records_and_ids(path: Path) -> None:
    lines = path.read_bytes().split(b"\n")
    assert [line[:12] for line in lines] == [
        b'{"store":{"h',
        b'"coachees":{',
        b'"ana":{"id":',
        b"},",
        b'"observation',
        b'"a":{"id":"a',
        b'"b":{"id":"b',
        b"},",
        b'"seal":{"tab',
        b'"sha256":{"h',
        b"",
    ]


def test_tables_come_in_the_order_of_the_records_and_unknown_ones_last(tmp_path: Path) -> None:
    tables = [kind.table for kind in RECORDS]
    shuffled = ["zebra", *reversed(tables), "aardvark"]
    snapshot.write(
        str(tmp_path / "file"), contents_of(*((table, document("x")) for table in shuffled))
    )
    stored = json.loads((tmp_path / "file").read_bytes())
    assert list(stored) == ["store", *tables, "aardvark", "zebra", "seal"]


def test_the_standard_library_reads_it(path: Path) -> None:
    stored = json.loads(path.read_bytes())
    assert stored["store"]["header"] == {
        "format": "coach-tui",
        "schema": 2,
        "id": "store-id",
        "sequence": 3,
        "written_at": "2025-10-01T12:00:00+00:00",
        "head": HEAD,
    }
    assert stored["coachees"]["ana"]["name"] == HOSTILE
    assert list(stored["observations"]) == ["a", "b"]


def test_tinydbs_own_storage_reads_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Table, "document_id_class", str)
    with TinyDB(path, storage=JSONStorage, access_mode="r", encoding="utf-8") as database:
        found = database.table("observations").search(where("text") == "second")
        assert database.tables() == {"store", "coachees", "observations", "seal"}
    assert found == [Document(document("b", text="second", lines=[{"n": 1}]), 0)]


def test_what_was_written_is_read_back(path: Path) -> None:
    contents = loaded(path)
    assert contents.header.sequence == 3
    assert contents.header.id == "store-id"
    assert plain_of(contents) == {
        "coachees": {"ana": document("ana", name=HOSTILE, nothing=None)},
        "observations": {
            "a": document("a", text="first"),
            "b": document("b", text="second", lines=[{"n": 1}]),
        },
    }


def test_writing_what_was_read_changes_no_byte(path: Path, tmp_path: Path) -> None:
    snapshot.write(str(tmp_path / "again"), loaded(path))
    assert (tmp_path / "again").read_bytes() == path.read_bytes()


def test_an_empty_store_is_a_header_and_a_seal(tmp_path: Path) -> None:
    path = tmp_path / "coach.json"
    snapshot.write(str(path), contents_of())
    assert path.read_bytes().count(b"\n") == 3
    assert plain_of(loaded(path)) == {}


def test_the_seal_is_the_hash_of_all_before_it(path: Path) -> None:
    data = path.read_bytes()
    before, seal = data[: data.rindex(b'"sha256"')], data[data.rindex(b'"sha256"') :]
    assert hashlib.sha256(before).hexdigest() in seal.decode()
    assert json.loads(data)["seal"]["tables"]["observations"][0] == 2


@given(st.dictionaries(st.text(), VALUES, max_size=6))
def test_any_json_value_comes_back_as_it_was(fields: dict[str, Any]) -> None:
    each = {**fields, "id": "x", "revision": 0}
    assert documents.decode(documents.encode("t", each)) == each


def test_what_a_newer_version_added_to_the_header_is_kept(tmp_path: Path) -> None:
    newer = Header("id", 1, "", more={"colour": "abc", "of": [1]})
    snapshot.write(str(tmp_path / "file"), Contents(newer, {}, PLAIN))
    again = loaded(tmp_path / "file").header.at(2, "", HEAD)
    assert again.to_document()["colour"] == "abc"
    assert again.more == {"colour": "abc", "of": [1]}


def test_the_header_is_read_from_the_first_line_alone(path: Path) -> None:
    path.write_bytes(path.read_bytes().split(b"\n")[0] + b"\n" + b"\xff" * 50)
    found = header.read_header(str(path))
    assert found is not None
    assert (found[0].id, found[0].sequence) == ("store-id", 3)


@pytest.mark.parametrize("indent", [None, 2])
def test_valid_json_in_another_layout_is_read_too_but_has_no_seal(
    path: Path, indent: int | None
) -> None:
    before = plain_of(loaded(path))
    data = json.dumps(json.loads(path.read_bytes()), indent=indent, sort_keys=True).encode()
    path.write_bytes(data)
    _, tables = snapshot.parse(data, "here")
    assert {
        table: {id: documents.decode(line) for id, line in lines.items()}
        for table, lines in tables.items()
    } == before
    assert plain.plain_documents(data, "here")[1] == before
    with pytest.raises(Corrupt, match="no seal"):
        loaded(path)
    found = header.read_header(str(path))
    assert found is not None
    assert found[0].sequence == 3


def test_a_line_edited_by_hand_is_read_like_all_others(path: Path) -> None:
    data = path.read_bytes().replace(b'"text":"first"', b'"text" : "edited"')
    _, tables = snapshot.parse(data, "here")
    assert tables["observations"]["a"] == b'{"id":"a","revision":0,"text":"edited"}'


def test_no_file_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        loaded(tmp_path / "coach.json")
    assert header.read_header(str(tmp_path / "coach.json")) is None
    assert plain.read_store(str(tmp_path)) is None


def test_a_file_that_is_read_where_it_is_looked_at_says_the_same(path: Path) -> None:
    many = [("notes", document(f"n{number:04}", text="x" * number)) for number in range(700)]
    contents = contents_of(*many, ("coachees", document("ana")))
    snapshot.write(str(path), contents)
    sealed = snapshot.open_sealed(str(path), large=0)
    assert sealed is not None
    assert sealed.is_large
    assert sealed.is_intact()
    region = sealed.tables["notes"]
    held = contents.table("notes")
    assert [id for id, _ in region.items()] == list(held)
    assert {id: region.find(id) for id in held} == dict(held)
    for absent in ("n", "n0000a", "n0350x", "n9", "zz", "A"):
        assert region.find(absent) is None
    assert list(region.items([b"x" * 690])) == list(held.holding([b"x" * 690]))
    assert len(list(held.holding([b"x" * 690]))) == 10


@given(st.lists(st.tuples(st.sampled_from("abcdefghij"), st.booleans()), max_size=12))
def test_a_table_with_changes_is_written_as_one_that_was_all_in_memory(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, bool]]
) -> None:
    path = tmp_path_factory.mktemp("changed") / "file"
    many = [("t", document(f"{letter}{number:02}")) for letter in "bdfh" for number in range(60)]
    snapshot.write(str(path), contents_of(*many, ("t", document("d"))))
    contents, expected = loaded(path), dict(loaded(path).table("t"))
    for letter, there in changes:
        line = documents.encode("t", document(letter, n=1)) if there else None
        contents = contents.after(contents.header, [("t", letter, expected.get(letter), line)])
        expected.pop(letter, None)
        if line is not None:
            expected[letter] = line
    assert list(contents.table("t").items()) == sorted(expected.items())
    assert len(contents.table("t")) == len(expected)
    snapshot.write(str(path), contents)
    assert dict(loaded(path).table("t")) == expected


# ------------------------------------------------------------------------------ what is not stored


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (math.nan, "not a number that JSON knows"),
        (math.inf, "not a number that JSON knows"),
        (-math.inf, "not a number that JSON knows"),
        ("half \ud83d", "half of a character"),
        (2**64, "more than 64 bits"),
        (date(2025, 10, 1), "does not know: date"),
        (b"bytes", "does not know: bytes"),
        ({1: "one"}, "a key that is no text"),
        ({"\udc00": 1}, "half of a character"),
        ({"a", "b"}, "does not know: set"),
    ],
)
def test_what_json_cannot_hold_is_refused_and_its_place_named(value: object, why: str) -> None:
    with pytest.raises(Unstorable) as caught:
        documents.encode("coachees", document("ana", steps=[0, {"inner": value}]))
    assert caught.value.field.startswith("steps.[1].inner")
    assert why in str(caught.value)
    assert "nothing was changed" in str(caught.value)


def test_the_refusal_does_not_repeat_what_was_written() -> None:
    with pytest.raises(Unstorable) as caught:
        documents.encode("coachees", document("ana", note="a secret \ud83d"))
    assert "secret" not in str(caught.value)


def test_a_document_nested_without_end_is_refused() -> None:
    deep: dict[str, Any] = document("x")
    inner = deep
    for _ in range(2_000):
        inner["in"] = {}
        inner = inner["in"]
    with pytest.raises(Unstorable, match="nested too deeply"):
        documents.encode("t", deep)


@pytest.mark.parametrize("id", ["", None, 5, "a b", "../x", "x" * 65, 'a":1'])
def test_an_impossible_id_is_refused(id: object) -> None:
    with pytest.raises(Unstorable, match="id"):
        documents.encode("t", {"id": id})


# ----------------------------------------------------------------------------------- damaged files


def damaged(data: bytes) -> Corrupt:
    """What reading `data`, whatever its seal, says."""
    with pytest.raises(Corrupt) as caught:
        snapshot.parse(data, "here")
    assert "was left as it is" in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_damaged_line_is_named_by_its_number(path: Path) -> None:
    data = path.read_bytes().replace(b'"text":"first"', b'"text":first"')
    error = damaged(data)
    assert error.report == ("line 6 is not a document",)
    assert "line 6" in str(error)


def test_every_damaged_line_is_named(path: Path) -> None:
    data = path.read_bytes().replace(b'"text"', b'"text')
    assert damaged(data).report == ("line 6 is not a document", "line 7 is not a document")


def test_no_content_of_a_document_is_in_the_report(path: Path) -> None:
    data = path.read_bytes().replace(b'"nothing":null', b'"nothing":nil,"secret')
    error = damaged(data)
    assert "secret" not in repr(error) + str(error.report)
    assert error.__cause__ is None
    assert error.__context__ is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"first"},\n', b'"first"}\n'),
        (b"}]}\n},\n", b"}]},\n},\n"),
        (b'":null}\n},\n', b'":null},\n},\n'),
        (b'":null}\n},\n', b'":null}\n}\n'),
        (b'"coachees":{', b'"coachees":'),
    ],
)
def test_a_comma_or_brace_too_many_or_too_few_is_damage(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    assert damaged(data.replace(old, new)).report


def test_a_key_that_is_not_its_documents_id_is_named(path: Path) -> None:
    data = path.read_bytes().replace(b'"a":{"id":"a"', b'"a":{"id":"z"')
    assert damaged(data).report == ("observations/a is not the id of its document",)


def test_an_id_that_stands_twice_is_damage(path: Path) -> None:
    lines = path.read_bytes().split(b"\n")
    lines.insert(5, lines[5])
    assert damaged(b"\n".join(lines)).report


def test_what_is_whole_among_damaged_lines_is_salvaged(path: Path) -> None:
    data = path.read_bytes().replace(b'"text":"first"', b'"text":first"')
    tables, problems = snapshot.salvage(data)
    assert problems == ["line 6 is not a document"]
    assert {table: list(lines) for table, lines in tables.items()} == {
        "coachees": ["ana"],
        "observations": ["b"],
    }


def test_a_document_without_revision_is_damage(path: Path) -> None:
    data = path.read_bytes().replace(b'"revision":0,"text":"first"', b'"text":"first"')
    assert damaged(data).report == ("observations/a has no revision",)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"{}",
        b"[]",
        b"null",
        b"not json",
        b'{"_default":{"1":{"a":1}}}',
        b'{"store":{}}',
        b'{"store":[]}',
        b'{"store":{"header":7}}',
        b'{"store":{"header":{"format":"coach-tui"}}}',
        b'{"store":{"header":{"format":"coach-tui","schema":0,"id":"x","sequence":0,"written_at":""}}}',
        b'{"store":{"header":{"format":"coach-tui","schema":1,"id":"x","sequence":-1,"written_at":""}}}',
        b'{"store":{"header":{"format":"coach-tui","schema":1,"id":"x","sequence":0,"written_at":""}},"coachees":[]}',
        b'{"store":{"header":{"format":"coach-tui","schema":1,"id":"x","sequence":0,"written_at":""}},"coachees":{"a":1}}',
        b"\x00" * 100,
        b"\xef\xbb\xbf",
        b"[" * 100_000,
        b'{"a":' * 100_000,
    ],
)
def test_what_is_no_store_is_said_to_be_damaged(data: bytes) -> None:
    damaged(data)


def test_every_truncation_is_seen(path: Path) -> None:
    whole = path.read_bytes()
    for length in [*range(0, 300, 7), *range(len(whole) - 300, len(whole) - 1)]:
        damaged(whole[:length])


def test_a_flipped_bit_anywhere_breaks_the_seal(tmp_path: Path) -> None:
    path = tmp_path / "coach.json"
    contents = contents_of(("coachees", document("ana", name="Ana")), ("notes", document("a", n=1)))
    snapshot.write(str(path), contents)
    whole = path.read_bytes()
    assert plain_of(loaded(path)) == plain_of(contents)
    for place in range(len(whole)):
        garbled = bytearray(whole)
        garbled[place] ^= 1 << place % 8
        path.write_bytes(garbled)
        with pytest.raises((Corrupt, NeedsUpgrade)):
            loaded(path)
        lines = snapshot.salvage(bytes(garbled))[0]
        values = [value for table in lines.values() for value in table.values()]
        intact = [line for table in contents.tables.values() for line in table.values()]
        if b'{"id"' in whole[whole.rfind(b"\n", 0, place) : whole.find(b"\n", place)]:
            assert len(set(values) & set(intact)) == 1


@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 40))
def test_garbage_anywhere_raises_only_the_stores_own_errors(
    garbage: bytes, place: int, length: int
) -> None:
    whole = (
        b'{"store":{"header":{"format":"coach-tui","schema":1,"id":"x","sequence":0,"written_at":""}},\n'
        b'"coachees":{\n"a":{"id":"a","revision":0}\n}}\n'
    )
    data = whole[:place] + garbage + whole[place + length :]
    for read in (snapshot.parse, plain.plain_documents):
        with contextlib.suppress(StoreError):
            read(data, "here")


# ---------------------------------------------------------------------------------- other versions


def test_a_newer_schema_is_refused_whatever_else_it_holds(path: Path) -> None:
    data = path.read_bytes().replace(b'"schema":2', b'"schema":3')
    path.write_bytes(data)
    for read in (snapshot.open_sealed, header.read_header):
        with pytest.raises(NeedsUpgrade) as caught:
            read(str(path))
        assert (caught.value.found, caught.value.known) == (3, 2)
    assert path.read_bytes() == data


def test_older_schemas_go_through_every_step_between() -> None:
    def step(number: int) -> Any:
        def add(tables: dict[str, Any]) -> dict[str, Any]:
            tables["t"]["x"]["steps"] = [*tables["t"]["x"].get("steps", []), number]
            return tables

        return add

    steps = {number: step(number) for number in range(1, 5)}
    made = migrate({"t": {"x": {"id": "x"}}}, 2, steps, 4)
    assert made["t"]["x"]["steps"] == [2, 3]


# ------------------------------------------------------------------------------- what lies there


@pytest.mark.parametrize("kind", ["folder", "pipe", "link", "dangling link"])
def test_what_is_not_a_file_is_refused_without_waiting(tmp_path: Path, kind: str) -> None:
    path, target = tmp_path / "coach.json", tmp_path / "target"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(target)
        if kind == "link":
            snapshot.write(str(target), contents_of())
    with pytest.raises(Unavailable, match=r"not a file|symbolic link"):
        snapshot.open_sealed(str(path))


def test_the_file_is_its_owners_whatever_the_umask_and_the_file_before(tmp_path: Path) -> None:
    path = tmp_path / "coach.json"
    path.touch()
    path.chmod(0o644)
    before = os.umask(0)
    try:
        snapshot.write(str(path), contents_of())
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
