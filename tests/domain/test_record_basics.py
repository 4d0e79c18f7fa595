"""What every record shares: strict when written, tolerant when read, frozen, silent in errors."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from coach_tui.domain import records
from coach_tui.domain.enumerations import LaunchItem
from coach_tui.domain.records import (
    RECORDS,
    Barrier,
    Coach,
    Coachee,
    Contact,
    Cycle,
    EssentialFunction,
    LineReference,
    NoteLine,
    Observation,
    Part,
    Period,
    PlannedDates,
    Record,
    Survey,
    TickedNote,
)
from tests.domain.strategies import EXAMPLES
from tests.domain.strategies import records as any_record
from tests.support import HOSTILE, NOW, coachee, launched, note_line, observation

SECRET = "Jordan said her father drinks"

BASE = {"id": "one", "created_at": NOW, "updated_at": NOW}

unhurried = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])

Path = tuple[str | int, ...]


def parts_of(value: object, path: Path = ()) -> Iterator[Path]:
    """Yield where in a record's document each of its parts is, the record itself first."""
    if isinstance(value, Part):
        yield path
        for name in type(value).model_fields:
            yield from parts_of(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from parts_of(one, (*path, str(key)))
    elif isinstance(value, tuple):
        for place, one in enumerate(value):
            yield from parts_of(one, (*path, place))


def leaves_of(document: object, path: Path = ()) -> Iterator[Path]:
    """Yield where in a document its plain values are."""
    if isinstance(document, dict):
        for key, one in document.items():
            yield from leaves_of(one, (*path, key))
    elif isinstance(document, list):
        for place, one in enumerate(document):
            yield from leaves_of(one, (*path, place))
    else:
        yield path


def at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def words_of(error: ValidationError) -> str:
    listed = error.errors(include_url=False, include_input=False, include_context=False)
    return f"{error} {error!r} {listed!r}"


def test_there_is_a_strategy_for_every_kind_of_record() -> None:
    assert EXAMPLES.keys() == set(RECORDS)
    tables = [kind.table for kind in RECORDS]
    assert len(set(tables)) == len(tables)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.table)
@given(data=st.data())
@unhurried
def test_a_record_comes_back_from_its_document_and_from_json(
    kind: type[Record], data: st.DataObject
) -> None:
    record = data.draw(EXAMPLES[kind])
    document = record.to_document()
    assert kind.from_document(document) == record
    through_json = json.loads(json.dumps(document))
    assert through_json == document
    assert kind.from_document(through_json).to_document() == document
    assert kind.model_validate(document) == record


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.table)
@given(data=st.data())
@unhurried
def test_unknown_keys_are_refused_when_written_and_kept_when_read_at_every_depth(
    kind: type[Record], data: st.DataObject
) -> None:
    record = data.draw(EXAMPLES[kind])
    place = data.draw(st.sampled_from(list(parts_of(record))))
    document = record.to_document()
    newer = {"deep": [1, None, {"text": SECRET}], "a.b": True}
    at(document, place)["of_a_newer_version"] = newer
    with pytest.raises(ValidationError) as refused:
        kind.model_validate(document)
    assert "has no field of_a_newer_version" in str(refused.value)
    assert SECRET not in words_of(refused.value)
    read = kind.from_document(deepcopy(document))
    assert read.to_document() == document
    changed = read.changed(revision=record.revision + 1)
    document["revision"] = record.revision + 1
    assert changed.to_document() == document
    assert kind.from_document(changed.to_document()) == changed


@given(record=any_record, data=st.data())
@unhurried
def test_a_wrong_value_anywhere_is_refused_without_repeating_it(
    record: Record, data: st.DataObject
) -> None:
    document = record.to_document()
    place = data.draw(st.sampled_from(list(leaves_of(document))))
    wrong = data.draw(st.sampled_from([SECRET, f"{SECRET}\n\x1b[2J", [SECRET], len(SECRET)]))
    at(document, place[:-1])[place[-1]] = wrong
    for read in (type(record).from_document, type(record).model_validate):
        said = ""
        try:
            read(deepcopy(document))
        except ValidationError as error:
            said = words_of(error)
        assert SECRET not in said


@given(record=any_record, data=st.data())
@unhurried
def test_nothing_of_a_record_can_be_set_or_taken_away(record: Record, data: st.DataObject) -> None:
    before = record.to_document()
    name = data.draw(st.sampled_from(sorted(type(record).model_fields)))
    with pytest.raises(ValidationError):
        setattr(record, name, getattr(record, name))
    with pytest.raises(ValidationError):
        delattr(record, name)
    with pytest.raises(ValidationError):
        record.of_another_version = 1  # type: ignore[attr-defined]
    assert record.to_document() == before


def test_every_part_is_frozen_and_hides_what_it_was_given() -> None:
    kinds = [one for one in vars(records).values() if isinstance(one, type)]
    parts = [kind for kind in kinds if issubclass(kind, Part)]
    assert len(parts) > 40
    for part in parts:
        assert part.model_config["frozen"] is True
        assert part.model_config["hide_input_in_errors"] is True
        assert part.model_config["extra"] == "allow"


def test_changed_refuses_a_field_that_is_not_there() -> None:
    with pytest.raises(ValueError, match="Coachee has no field nickname"):
        coachee().changed(nickname="Annie")


def test_changed_checks_every_rule_again() -> None:
    with pytest.raises(ValidationError):
        coachee().changed(name=" ")
    with pytest.raises(ValidationError, match="only a team has members"):
        coachee().changed(members=("Bo",))


def test_changed_leaves_the_record_it_was_made_from() -> None:
    one = launched()
    other = one.changed(building="Oak")
    assert (one.building, other.building) == ("", "Oak")
    assert other.changed(building="") == one


def test_two_records_made_alike_share_nothing_that_can_change() -> None:
    one, other = coachee(), coachee()
    assert one == other
    assert one.launch.items is not other.launch.items
    assert one.plan.parts is not other.plan.parts


@pytest.mark.parametrize("field", ["created_at", "updated_at"])
@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 1, 1),  # noqa: DTZ001
        "2026-01-01T12:00:00",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+12:00",
    ],
)
def test_a_moment_without_its_zone_or_outside_the_calendar_is_refused(
    field: str, moment: object
) -> None:
    with pytest.raises(ValidationError):
        Coach(**{**BASE, "name": "Rosa", field: moment})


def test_moments_are_kept_in_utc() -> None:
    chicago = timezone(timedelta(hours=-6))
    line = note_line(time=datetime(2026, 11, 23, 9, 14, 5, 123456, tzinfo=chicago))
    assert line.time == datetime(2026, 11, 23, 15, 14, 5, 123456, tzinfo=UTC)
    assert line.time.utcoffset() == timedelta(0)
    assert line.model_dump(mode="json")["time"] == "2026-11-23T15:14:05.123456Z"


def test_a_day_is_no_moment_within_it() -> None:
    with pytest.raises(ValidationError):
        Contact(**BASE, kind="mentor", date=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_was_typed_is_kept_exactly(text: str) -> None:
    name = text[:198]
    one = coachee(note=text, building=name, room=f" {name} ")
    assert (one.note, one.building, one.room) == (text, name, f" {name} ")
    assert Coachee.from_document(json.loads(json.dumps(one.to_document()))) == one
    line = note_line(f"\t {text} \n")
    assert line.text == f"\t {text} \n"
    seen = observation(lines=(line,), lesson=text)
    assert Observation.from_document(seen.to_document()).lines[0].text == f"\t {text} \n"


@pytest.mark.parametrize("text", ["", " ", "\t\r\n", "\u3000\u00a0"])
def test_words_that_must_say_something_are_not_blank(text: str) -> None:
    with pytest.raises(ValidationError):
        note_line(text)
    with pytest.raises(ValidationError):
        Barrier(text=text)
    with pytest.raises(ValidationError):
        coachee(text)


def test_a_name_is_kept_without_the_space_around_it() -> None:
    assert coachee("  Ana  Ruiz\n").name == "Ana  Ruiz"


HALF = "half \ud83d"


def _halves() -> list[tuple[str, Any]]:
    return [
        ("note", lambda: TickedNote(note=HALF)),
        ("name", lambda: coachee(HALF)),
        ("line", lambda: note_line(HALF)),
        ("building", lambda: Period(name="1", start="08:00", end="09:00", building=HALF)),
        ("reference", lambda: LineReference(observation=HALF, line="one")),
        ("line id", lambda: note_line("x", id=HALF)),
        ("dismissed", lambda: note_line("x", dismissed=(HALF,))),
        ("coachee", lambda: Cycle(**BASE, coachee=HALF, number=1)),
        ("key", lambda: EssentialFunction(key="a", title="b", descriptors={HALF: "x"})),
        ("read", lambda: Coachee.from_document({**coachee().to_document(), "note": HALF})),
    ]


@pytest.mark.parametrize(("where", "make"), _halves(), ids=[one for one, _ in _halves()])
def test_half_of_a_character_is_refused_everywhere(where: str, make: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        make()
    assert "half \ud83d" not in words_of(refused.value), where


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, "nan"])
def test_what_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(ValidationError):
        note_line("x", offset=number)
    with pytest.raises(ValidationError):
        Coach(**BASE, name="Rosa", weekly_hours=number)
    with pytest.raises(ValidationError):
        Survey(**BASE, building="Oak", window="Fall", scale="x", n=1, mean=number)


@pytest.mark.parametrize("id", ["", "a b", "ana\n", "é", "../ana", "a" * 65, "a/b"])
def test_an_id_is_letters_digits_and_little_else(id: str) -> None:
    with pytest.raises(ValidationError):
        coachee(id=id)
    with pytest.raises(ValidationError):
        note_line("x", id=id)
    with pytest.raises(ValidationError):
        observation(coachee=id)
    with pytest.raises(ValidationError):
        Cycle(**{**BASE, "coachee": "ana", "number": 1, "goal": id})


@pytest.mark.parametrize("field", ["start", "end"])
def test_a_time_of_the_school_day_is_local(field: str) -> None:
    times: dict[str, str] = {"start": "08:00", "end": "09:00"}
    with pytest.raises(ValidationError, match="local"):
        Period(name="1", **{**times, field: "08:30+02:00"})
    with pytest.raises(ValidationError, match="local"):
        PlannedDates(observation_time="08:00Z")


def test_a_revision_is_never_negative() -> None:
    with pytest.raises(ValidationError):
        coachee(revision=-1)


def test_a_missing_part_of_a_mapping_is_refused() -> None:
    items: dict[str, Any] = {item.value: {} for item in list(LaunchItem)[:3]}
    with pytest.raises(ValidationError, match="four items"):
        coachee(launch={"date": date(2026, 9, 8), "items": items})


def test_the_repr_of_an_unreadable_line_says_nothing_of_it() -> None:
    with pytest.raises(ValidationError) as refused:
        NoteLine(id="1", time=NOW, text=SECRET, speaker=SECRET, kind=SECRET)
    assert SECRET not in words_of(refused.value)
    assert refused.value.error_count() == 2
