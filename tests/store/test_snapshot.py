from __future__ import annotations

import contextlib
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
from coach_tui.store import snapshot
from coach_tui.store.errors import Corrupt, NeedsUpgrade, StoreError, Unavailable, Unstorable
from coach_tui.store.migrations import migrate
from coach_tui.store.snapshot import Contents, Header
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


def contents_of(*documents: tuple[str, dict[str, Any]], sequence: int = 3) -> Contents:
    changed: dict[str, dict[str, bytes | None]] = {}
    for table, each in documents:
        changed.setdefault(table, {})[each["id"]] = snapshot.encode(table, each)
    empty = Contents(Header("store-id"), {})
    return empty.with_lines(empty.header.at(sequence, NOW.isoformat()), changed)


def plain(contents: Contents) -> dict[str, dict[str, Any]]:
    return {
        table: {id: snapshot.decode(line) for id, line in lines.items()}
        for table, lines in contents.tables.items()
    }


def loaded(path: Path) -> Contents:
    found = snapshot.load(str(path))
    assert found is not None
    return found[0]


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
        b"}}",
        b"",
    ]


def test_tables_come_in_the_order_of_the_records_and_unknown_ones_last(tmp_path: Path) -> None:
    tables = [kind.table for kind in RECORDS]
    shuffled = ["zebra", *reversed(tables), "aardvark"]
    snapshot.write(
        str(tmp_path / "file"), contents_of(*((table, document("x")) for table in shuffled))
    )
    stored = json.loads((tmp_path / "file").read_bytes())
    assert list(stored) == ["store", *tables, "aardvark", "zebra"]


def test_the_standard_library_reads_it(path: Path) -> None:
    stored = json.loads(path.read_bytes())
    assert stored["store"]["header"] == {
        "format": "coach-tui",
        "schema": 1,
        "id": "store-id",
        "sequence": 3,
        "written_at": "2025-10-01T12:00:00+00:00",
    }
    assert stored["coachees"]["ana"]["name"] == HOSTILE
    assert list(stored["observations"]) == ["a", "b"]


def test_tinydbs_own_storage_reads_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Table, "document_id_class", str)
    with TinyDB(path, storage=JSONStorage, access_mode="r", encoding="utf-8") as database:
        found = database.table("observations").search(where("text") == "second")
        assert database.tables() == {"store", "coachees", "observations"}
    assert found == [Document(document("b", text="second", lines=[{"n": 1}]), 0)]


def test_what_was_written_is_read_back(path: Path) -> None:
    contents = loaded(path)
    assert contents.header.sequence == 3
    assert contents.header.id == "store-id"
    assert plain(contents) == {
        "coachees": {"ana": document("ana", name=HOSTILE, nothing=None)},
        "observations": {
            "a": document("a", text="first"),
            "b": document("b", text="second", lines=[{"n": 1}]),
        },
    }


def test_writing_what_was_read_changes_no_byte(path: Path, tmp_path: Path) -> None:
    snapshot.write(str(tmp_path / "again"), loaded(path))
    assert (tmp_path / "again").read_bytes() == path.read_bytes()


def test_an_empty_store_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "coach.json"
    snapshot.write(str(path), contents_of())
    assert path.read_bytes().count(b"\n") == 1
    assert plain(loaded(path)) == {}


@given(st.dictionaries(st.text(), VALUES, max_size=6))
def test_any_json_value_comes_back_as_it_was(fields: dict[str, Any]) -> None:
    each = {**fields, "id": "x", "revision": 0}
    assert snapshot.decode(snapshot.encode("t", each)) == each


def test_what_a_newer_version_added_to_the_header_is_kept(tmp_path: Path) -> None:
    header = Header("id", 1, "", more={"seal": "abc", "of": [1]})
    snapshot.write(str(tmp_path / "file"), Contents(header, {}))
    again = loaded(tmp_path / "file").header.at(2, "")
    assert again.to_document()["seal"] == "abc"
    assert again.more == {"seal": "abc", "of": [1]}


def test_the_header_is_read_from_the_first_line_alone(path: Path) -> None:
    path.write_bytes(path.read_bytes().split(b"\n")[0] + b"\n" + b"\xff" * 50)
    found = snapshot.read_header(str(path))
    assert found is not None
    assert (found[0].id, found[0].sequence) == ("store-id", 3)


@pytest.mark.parametrize("indent", [None, 2])
def test_valid_json_in_another_layout_is_read_too(path: Path, indent: int | None) -> None:
    before = plain(loaded(path))
    path.write_text(json.dumps(json.loads(path.read_bytes()), indent=indent, sort_keys=True))
    assert plain(loaded(path)) == before
    found = snapshot.read_header(str(path))
    assert found is not None
    assert found[0].sequence == 3


def test_a_line_edited_by_hand_is_like_all_others(path: Path) -> None:
    data = path.read_bytes().replace(b'"text":"first"', b'"text" : "edited"')
    path.write_bytes(data)
    assert loaded(path).line("observations", "a") == b'"a":{"id":"a","revision":0,"text":"edited"}'


def test_no_file_is_no_store(tmp_path: Path) -> None:
    assert snapshot.load(str(tmp_path / "coach.json")) is None
    assert snapshot.read_header(str(tmp_path / "coach.json")) is None


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
        snapshot.encode("coachees", document("ana", steps=[0, {"inner": value}]))
    assert caught.value.field.startswith("steps.[1].inner")
    assert why in str(caught.value)
    assert "nothing was changed" in str(caught.value)


def test_the_refusal_does_not_repeat_what_was_written() -> None:
    with pytest.raises(Unstorable) as caught:
        snapshot.encode("coachees", document("ana", note="a secret \ud83d"))
    assert "secret" not in str(caught.value)


def test_a_document_nested_without_end_is_refused() -> None:
    deep: dict[str, Any] = document("x")
    inner = deep
    for _ in range(2_000):
        inner["in"] = {}
        inner = inner["in"]
    with pytest.raises(Unstorable, match="nested too deeply"):
        snapshot.encode("t", deep)


@pytest.mark.parametrize("id", ["", None, 5, "a b", "../x", "x" * 65, 'a":1'])
def test_an_impossible_id_is_refused(id: object) -> None:
    with pytest.raises(Unstorable, match="id"):
        snapshot.encode("t", {"id": id})


# ----------------------------------------------------------------------------------- damaged files


def damaged(path: Path, data: bytes) -> Corrupt:
    """What loading `data` says; the file must be as it was."""
    path.write_bytes(data)
    with pytest.raises(Corrupt) as caught:
        snapshot.load(str(path))
    assert path.read_bytes() == data
    assert "was left as it is" in str(caught.value)
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_damaged_line_is_named_by_its_number(path: Path) -> None:
    data = path.read_bytes().replace(b'"text":"first"', b'"text":first"')
    error = damaged(path, data)
    assert error.report == ("line 6 is not a document",)
    assert "line 6" in str(error)


def test_every_damaged_line_is_named(path: Path) -> None:
    data = path.read_bytes().replace(b'"text"', b'"text')
    assert damaged(path, data).report == ("line 6 is not a document", "line 7 is not a document")


def test_no_content_of_a_document_is_in_the_report(path: Path) -> None:
    data = path.read_bytes().replace(b'"nothing":null', b'"nothing":nil,"secret')
    error = damaged(path, data)
    assert "secret" not in repr(error) + str(error.report)
    assert error.__cause__ is None
    assert error.__context__ is None


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (b'"first"},\n', b'"first"}\n', 6),
        (b"}]}\n}}\n", b"}]},\n}}\n", 7),
        (b'+00:00"}},\n', b'+00:00"}}\n', 1),
        (b'":null}\n},\n', b'":null},\n},\n', 3),
        (b'":null}\n},\n', b'":null}\n}\n', 4),
        (b'":null}\n},\n', b'":null}\n}}\n', 4),
        (b"}\n}}\n", b"}\n},\n", 8),
        (b'"coachees":{', b'"coachees":', 2),
    ],
)
def test_a_comma_or_brace_too_many_or_too_few_is_named(
    path: Path, old: bytes, new: bytes, line: int
) -> None:
    data = path.read_bytes()
    assert old in data
    assert damaged(path, data.replace(old, new)).report[0].startswith(f"line {line} ")


def test_a_key_that_is_not_its_documents_id_is_named(path: Path) -> None:
    data = path.read_bytes().replace(b'"a":{"id":"a"', b'"a":{"id":"z"')
    assert damaged(path, data).report == ("observations/a is not the id of its document",)


def test_an_id_that_stands_twice_is_damage(path: Path) -> None:
    lines = path.read_bytes().split(b"\n")
    lines.insert(5, lines[5])
    assert damaged(path, b"\n".join(lines)).report == ("line 7 is out of order",)


def test_a_document_without_revision_is_damage(path: Path) -> None:
    data = path.read_bytes().replace(b'"revision":0,"text":"first"', b'"text":"first"')
    assert damaged(path, data).report == ("observations/a has no revision",)


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
def test_what_is_no_store_is_said_to_be_damaged(tmp_path: Path, data: bytes) -> None:
    damaged(tmp_path / "coach.json", data)


def test_every_truncation_is_seen(path: Path) -> None:
    whole = path.read_bytes()
    assert damaged(path, whole[:-4]).report
    ends = [place + 1 for place, byte in enumerate(whole) if byte == ord("\n")][:-1]
    for length in [*ends, *range(0, 300, 7), *range(len(whole) - 300, len(whole) - 1)]:
        damaged(path, whole[:length])


def test_a_flipped_bit_is_damage_or_changes_no_more_than_one_document(path: Path) -> None:
    # Without a seal a letter that became another letter cannot be seen; that it stays inside its
    # document can.
    snapshot.write(
        str(path),
        contents_of(
            ("coachees", document("ana", name="Ana")),
            ("observations", document("a", n=1)),
            ("observations", document("b", n=[2, None])),
        ),
    )
    whole = path.read_bytes()
    before = loaded(path)
    flat = {
        (table, id): line for table, lines in before.tables.items() for id, line in lines.items()
    }
    outcomes = set()
    for place in range(len(whole)):
        for bit in range(8):
            garbled = bytearray(whole)
            garbled[place] ^= 1 << bit
            try:
                after = snapshot.parse(bytes(garbled), "here")
            except (Corrupt, NeedsUpgrade):
                outcomes.add("said")
                continue
            kept = {
                (table, id): line
                for table, lines in after.tables.items()
                for id, line in lines.items()
            }
            outcomes.add("kept")
            if {id for _, id in kept} == {id for _, id in flat} and len(after.tables) == 2:
                lines = dict(zip((id for _, id in kept), kept.values(), strict=True))
                same = sum(lines[id] == line for (_, id), line in flat.items())
                assert same >= len(flat) - 1
            else:
                assert len(set(flat.values()) & set(kept.values())) >= len(flat) - 1
    assert outcomes == {"said", "kept"}


@given(st.binary(max_size=200), st.integers(0, 400), st.integers(0, 40))
def test_garbage_anywhere_raises_only_the_stores_own_errors(
    garbage: bytes, place: int, length: int
) -> None:
    whole = (
        b'{"store":{"header":{"format":"coach-tui","schema":1,"id":"x","sequence":0,"written_at":""}},\n'
        b'"coachees":{\n"a":{"id":"a","revision":0}\n}}\n'
    )
    data = whole[:place] + garbage + whole[place + length :]
    for read in (snapshot.parse, snapshot.plain_documents):
        with contextlib.suppress(StoreError):
            read(data, "here")


# ---------------------------------------------------------------------------------- other versions


def test_a_newer_schema_is_refused_whatever_else_it_holds(path: Path) -> None:
    data = path.read_bytes().replace(b'"schema":1', b'"schema":2')
    path.write_bytes(data)
    for read in (snapshot.load, snapshot.read_header):
        with pytest.raises(NeedsUpgrade) as caught:
            read(str(path))
        assert (caught.value.found, caught.value.known) == (2, 1)
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
        snapshot.load(str(path))


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
