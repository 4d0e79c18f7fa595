"""The whole store as JSON, out and in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_tui.domain.enumerations import EvidenceMode, LineKind, MeetingStep
from coach_tui.domain.records import (
    Coach,
    Coachee,
    Cycle,
    Evidence,
    FeedbackMeeting,
    GrowthGoal,
    LineReference,
    NoteLine,
    Observation,
    Record,
    SchoolCalendar,
    SelfAssessment,
    StepOfMeeting,
)
from coach_tui.exchange.archive import (
    TABLES,
    read_archive,
    to_archive,
)
from coach_tui.exchange.archive_plan import ArchivePlan, plan_archive
from coach_tui.exchange.errors import ExchangeError
from tests.exchange.samples import LATER, NOW, coachee

HOSTILE = "[/] [red]\u202eאב 👩🏽‍🏫 \"quoted\" \\ =cmd|'/c calc'!A0\nsecond line\x1b[2J"


def own(id: str, **times: datetime) -> dict[str, Any]:
    return {"id": id, "created_at": NOW, "updated_at": NOW, "revision": 3} | times


def store() -> tuple[Record, ...]:
    """Return a small store in which everything refers to everything."""
    line = LineReference(observation="o1", line="l1")
    meeting = FeedbackMeeting(
        date=date(2026, 9, 2),
        held=True,
        steps={step: StepOfMeeting(lines=(line,), held=HOSTILE) for step in MeetingStep},
    )
    return (
        Coach(**own("coach"), name="Renée", weekly_hours=7.5),
        SchoolCalendar(
            **own("year"), first_day=date(2026, 8, 17), last_day=date(2027, 5, 28)
        ),
        coachee("b", "Bob", reciprocal_pair="a"),
        coachee("a", "Ann " + HOSTILE, reciprocal_pair="b", note="x" * 10_000),
        GrowthGoal(**own("g2"), coachee="a", statement="again", follows="g1"),
        GrowthGoal(**own("g1"), coachee="a", statement="Ask, wait, call on three"),
        Cycle(**own("c1"), coachee="a", goal="g1", number=1, meeting=meeting),
        Observation(
            **own("o1"),
            coachee="a",
            cycle="c1",
            date=date(2026, 9, 1),
            start=NOW,
            end=NOW + timedelta(minutes=20),
            lines=(NoteLine(id="l1", time=NOW, kind=LineKind.QUOTE, speaker="T", text=HOSTILE),),
        ),
        Evidence(
            **own("e1"),
            goal="g1",
            mode=EvidenceMode.OBSERVATION,
            date=date(2026, 9, 1),
            observation_lines=(line,),
        ),
        SelfAssessment.model_validate(
            own("s1")
            | {"coachee": "a", "profile": "p", "version": "1", "window": "baseline",
               "date": "2026-09-01"}
        ),
    )  # fmt: skip


def plan(content: bytes, stored: Iterable[Record] = (), **options: Any) -> ArchivePlan:
    there = {(record.table, record.id): record for record in stored}
    return plan_archive(read_archive(content), lambda table, id: there.get((table, id)), **options)


def export(records: Iterable[Record], at: datetime = NOW) -> bytes:
    return to_archive(records, exported_at=at)


def edited(content: bytes, table: str, id: str, **fields: Any) -> bytes:
    """Return the export with fields of one document written over."""
    whole = json.loads(content)
    for document in whole["tables"][table]:
        if document["id"] == id:
            document.update(fields)
    return json.dumps(whole).encode()


# ------------------------------------------------------------------------------------- shape


def test_an_export_is_json_with_a_document_a_line() -> None:
    content = export(store())

    whole = json.loads(content)
    assert (whole["format"], whole["version"]) == ("coach-tui export", 1)
    assert whole["exported_at"] == "2026-08-24T13:00:00Z"
    assert list(whole["tables"]) == list(TABLES)
    assert [document["id"] for document in whole["tables"]["coachees"]] == ["a", "b"]
    lines = [json.loads(line.rstrip(b",")) for line in content.splitlines() if b'{"id"' in line]
    assert len(lines) == len(store())
    assert not any("revision" in line for line in lines)
    assert lines[2]["name"] == "Ann " + HOSTILE
    assert content.endswith(b"}\n")


def test_an_empty_store_is_an_export_too() -> None:
    content = export(())

    assert json.loads(content)["tables"] == {table: [] for table in TABLES}
    assert read_archive(content).records == ()
    assert plan(content).rows == ()


def test_the_same_records_give_the_same_bytes_in_any_order() -> None:
    assert export(store()) == export(reversed(store()))


def test_only_the_time_of_the_export_differs() -> None:
    one, other = export(store(), NOW).splitlines(), export(store(), LATER).splitlines()

    assert [a for a, b in zip(one, other, strict=True) if a != b] == [
        b'"exported_at": "2026-08-24T13:00:00Z",'
    ]


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        export((), datetime(2026, 8, 24, 13))  # noqa: DTZ001 - that is the point


# --------------------------------------------------------------------------------- round trips


def test_out_and_in_and_out_again_is_the_same_byte_for_byte() -> None:
    content = export(store())

    imported = plan(content)

    assert len(imported.added) == len(imported.rows) == len(store())
    assert {record.revision for record in imported.records()} == {0}
    assert export(imported.records()) == content


def test_importing_the_same_file_twice_adds_and_changes_nothing() -> None:
    content = export(store())
    first = plan(content)

    second = plan(content, first.records())

    assert second.records() == ()
    assert {row.why for row in second.skipped} == {"the store has the same"}
    assert plan(content, store()).records() == ()


def test_keys_of_a_newer_version_are_kept() -> None:
    content = edited(export(store()), "coachees", "a", pronouns="they", nested={"b": [1, None]})

    records = plan(content).records()

    again = json.loads(export(records))
    ann = again["tables"]["coachees"][0]
    assert (ann["pronouns"], ann["nested"]) == ("they", {"b": [1, None]})
    assert export(plan(export(records)).records()) == export(records)


# ------------------------------------------------------------------------------------ the plan


def test_the_newer_record_wins_and_keeps_the_revision_of_the_store() -> None:
    stored = coachee("a", "Ann", room="1")
    newer = stored.changed(room="2", updated_at=LATER, revision=99)

    change = plan(export([newer]), [stored]).changed[0]

    assert change.before == stored
    assert change.after == newer.changed(revision=7)


@pytest.mark.parametrize(
    ("updated_at", "why"),
    [
        (NOW - timedelta(days=1), "the store has a newer one"),
        (NOW, "the store has another of the same time, which stays"),
    ],
)
def test_what_the_store_has_newer_stays(updated_at: datetime, why: str) -> None:
    stored = coachee("a", "Ann", room="1")
    other = stored.changed(room="2", created_at=updated_at, updated_at=updated_at)

    result = plan(export([other]), [stored])

    assert [row.why for row in result.skipped] == [why]
    assert result.records() == ()


def test_the_same_content_at_another_time_is_the_same() -> None:
    stored = coachee("a", "Ann")

    assert plan(export([stored.changed(updated_at=LATER, revision=9)]), [stored]).records() == ()


def test_there_is_one_coach_whatever_her_id() -> None:
    stored = Coach(**own("made-at-first-run"), name="R.")
    content = export([Coach(**own("old", updated_at=LATER), name="Renée")])
    only = {"coach": stored}

    change = plan(content, [stored], only=only).changed[0].after

    assert (change.id, change.revision, change.to_document()["name"]) == (
        "made-at-first-run",
        3,
        "Renée",
    )
    assert plan(content, [change], only={"coach": change}).records() == ()
    newer = stored.changed(updated_at=LATER + timedelta(days=1))
    assert plan(content, [newer], only={"coach": newer}).records() == ()


@pytest.mark.parametrize(
    ("table", "id", "fields", "where"),
    [
        ("coachees", "a", {"reciprocal_pair": "gone"}, "reciprocal_pair"),
        ("goals", "g2", {"coachee": "gone"}, "coachee"),
        ("goals", "g2", {"follows": "gone"}, "follows"),
        ("cycles", "c1", {"coachee": "gone"}, "coachee"),
        ("cycles", "c1", {"goal": "gone"}, "goal"),
        ("observations", "o1", {"coachee": "gone"}, "coachee"),
        ("observations", "o1", {"cycle": "gone"}, "cycle"),
        ("evidence", "e1", {"goal": "gone"}, "goal"),
        (
            "evidence",
            "e1",
            {"observation_lines": [{"observation": "gone", "line": "l1"}]},
            "observation_lines",
        ),
        ("self_assessments", "s1", {"coachee": "gone"}, "coachee"),
    ],
)
def test_a_reference_that_would_dangle_is_refused_by_name(
    table: str, id: str, fields: dict[str, Any], where: str
) -> None:
    result = plan(edited(export(store()), table, id, **fields))

    first = next(row.problem for row in result.refused if row.problem.id == id)
    assert (first.table, first.field) == (table, where)
    assert "refers to gone in" in first.why
    assert "which is not there" in str(first)


def test_a_meeting_that_cites_a_missing_observation_is_refused() -> None:
    without = [record for record in store() if record.id not in ("o1", "e1")]

    assert [str(row.problem) for row in plan(export(without)).refused] == [
        "cycles c1 meeting.steps: refers to o1 in observations, which is not there"
    ]


def test_what_refers_to_something_refused_is_refused_too() -> None:
    content = edited(export(store()), "coachees", "a", name="")

    result = plan(content)

    assert {(row.problem.table, row.problem.id) for row in result.refused} == {
        ("coachees", "a"), ("coachees", "b"), ("goals", "g1"), ("goals", "g2"), ("cycles", "c1"),
        ("observations", "o1"), ("evidence", "e1"), ("self_assessments", "s1"),
    }  # fmt: skip
    assert {record.table for record in result.records()} == {"coach", "calendar"}


def test_a_reference_to_something_in_the_store_is_good() -> None:
    ann = coachee("a", "Ann")
    goal = GrowthGoal(**own("g1"), coachee="a", statement="x")

    assert [row.record for row in plan(export([goal]), [ann]).added] == [goal.changed(revision=0)]
    assert len(plan(export([goal])).refused) == 1


def test_what_the_store_has_already_is_not_refused_for_what_it_refers_to() -> None:
    goal = GrowthGoal(**own("g1"), coachee="gone", statement="x")

    assert len(plan(export([goal]), [goal]).skipped) == 1


# ------------------------------------------------------------------------------- what is wrong


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not JSON"),
        (b"Name,Room\nAnn,1\n", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (export(())[:-5], "cut short"),
        (b'{"format": "coach-tui export", "version": NaN}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "not an export"),
        (b"null", "not an export"),
        (b'{"format": "other"}', "not an export"),
        (b'{"format": "coach-tui export"}', "does not say its version"),
        (b'{"format": "coach-tui export", "version": true}', "does not say its version"),
        (b'{"format": "coach-tui export", "version": 0}', "does not say its version"),
        (b'{"format": "coach-tui export", "version": 2}', "a newer coach-tui wrote it"),
        (b'{"format": "coach-tui export", "version": 1}', "when it was made"),
        (
            b'{"format": "coach-tui export", "version": 1, "exported_at": "soon"}',
            "when it was made",
        ),
        (
            b'{"format": "coach-tui export", "version": 1, "exported_at": "2026-08-24"}',
            "has no tables",
        ),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "content",
)
def test_what_is_no_export_is_refused_in_one_line(content: bytes, says: str) -> None:
    with pytest.raises(ExchangeError) as refusal:
        read_archive(content)

    assert says in str(refusal.value)
    assert str(refusal.value).isprintable()


def archive_of(tables: Any) -> bytes:
    head = {"format": "coach-tui export", "version": 1, "exported_at": "2026-08-24T13:00:00Z"}
    return json.dumps(head | {"tables": tables}).encode()


def test_problems_name_table_id_and_field_and_never_a_value() -> None:
    secret = "she cried in the hallway"
    good = coachee("a", "Ann").to_document()
    deep: Any = secret
    for _ in range(200):
        deep = [deep]
    content = archive_of(
        {
            "coachees": [
                good,
                good | {"id": "b", "kind": secret, "room": 5, "name": "  "},
                good | {"id": "c", "cadence": secret},
                good | {"id": secret},
                good | {"id": "d", "launch": {"items": {secret: {"done": secret}}}},
                good | {"id": "e", "extra": deep},
                good | {"id": "f", "name": secret * 10},
                good,
                secret,
            ],
            "coach": [
                {**good, "id": "x"},
                {**good, "id": "y"},
            ],
            "wishes": [{"id": "w"}],
            secret: [],
            "goals": {"id": "g"},
        }
    )

    archive = read_archive(content)

    problems = [str(problem) for problem in archive.problems]
    assert [record.id for record in archive.records] == ["a", "x"]
    assert secret not in " ".join(problems)
    for told in (
        "coachees b kind: input should be 'educator', 'team' or 'coach'",
        "coachees b room: input should be a valid string",
        "coachees b name: string should have at least 1 character",
        "coachees c cadence: breaks a rule of this record",
        "coachees e: is nested too deeply",
        "coachees f name: at most 200 characters, and this has 240",
        "coachees a: is in the file twice",
        "coachees document 9: is not a document",
        "coach y: is a second one where there is only one",
        "wishes: this version knows no such table",
        "a table: this version knows no such table",
        "goals: is not a list of documents",
    ):
        assert told in problems
    assert any(told.startswith("coachees document 4 id: ") for told in problems)
    assert any(told.startswith("coachees d launch.items.…") for told in problems)
    assert [row.problem for row in plan(content).refused] == list(archive.problems)


def test_a_revision_of_any_kind_is_ignored() -> None:
    document = coachee("a", "Ann").to_document() | {"revision": "not even a number"}

    assert [one.revision for one in read_archive(archive_of({"coachees": [document]})).records] == [
        0
    ]


def test_nothing_of_a_person_is_in_the_representation_of_an_archive() -> None:
    content = export(store())

    assert "Renée" not in repr((read_archive(content), plan(content)))


# ---------------------------------------------------------------------------------- properties

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
COACHEES = st.lists(
    st.builds(
        lambda id, name, note, extra: Coachee.from_document(
            coachee(id, "N" + name, note=note).to_document()
            | {"x_" + key: value for key, value in extra.items()}
        ),
        st.text("abcXYZ019_-", min_size=1, max_size=6),
        TEXT,
        TEXT,
        st.dictionaries(TEXT, st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT),
    ),
    unique_by=lambda one: one.id,
    max_size=6,
)


@given(records=COACHEES)
def test_any_text_and_any_unknown_key_come_back(records: list[Coachee]) -> None:
    content = export(records)

    imported = plan(content)

    assert imported.refused == ()
    assert export(imported.records(), NOW) == content
    assert plan(content, imported.records()).records() == ()


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(content=st.binary(max_size=200))
def test_any_bytes_give_an_archive_or_the_one_error(content: bytes) -> None:
    with pytest.raises(ExchangeError):
        read_archive(content)


@given(tables=st.dictionaries(st.sampled_from([*TABLES, "other"]), JSON))
def test_any_tables_give_records_or_problems(tables: dict[str, Any]) -> None:
    archive = read_archive(archive_of(tables))

    known = [rows for table, rows in tables.items() if table in TABLES and isinstance(rows, list)]
    assert not archive.records
    assert len(archive.problems) >= sum(len(rows) for rows in known) + len(tables) - len(known)


@given(data=st.data())
def test_a_document_changed_at_random_is_taken_or_told(data: st.DataObject) -> None:
    whole = json.loads(export(store()))
    table = data.draw(st.sampled_from([name for name, rows in whole["tables"].items() if rows]))
    document = data.draw(st.sampled_from(whole["tables"][table]))
    field = data.draw(st.sampled_from(sorted(document)))
    document[field] = data.draw(JSON)

    result = plan(json.dumps(whole).encode())

    assert len(result.rows) >= len(store()) - 1
    for row in result.refused:
        assert str(row.problem).isprintable()


def test_times_are_kept_in_utc() -> None:
    assert read_archive(export((), NOW)).exported_at == datetime(2026, 8, 24, 13, tzinfo=UTC)
