from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from coach_tui.domain.enumerations import CoacheeState, Structure
from coach_tui.domain.records import Coach, Coachee, Cycle, Observation
from coach_tui.store.engine import Delete, Engine, Put
from coach_tui.store.errors import Conflict, Corrupt, NotFound
from coach_tui.store.memory_engine import MemoryEngine
from coach_tui.store.records import RecordStore
from tests.store.samples import (
    HOSTILE,
    NOW,
    calendar,
    coach,
    coachee,
    cycle,
    later,
    observation,
    opened,
)


@pytest.fixture(params=["memory", "snapshot"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    made: Engine = MemoryEngine() if request.param == "memory" else opened(tmp_path / "store")
    yield made
    made.close()


@pytest.fixture
def store(engine: Engine) -> RecordStore:
    return RecordStore(engine)


def test_a_saved_record_comes_back_as_it_was_stored(store: RecordStore) -> None:
    new = coachee(name="Ana [/] Ñandú", note=HOSTILE)
    saved = store.save(new, at=later(hours=1))
    stored = saved.stored(new)
    assert store.get(Coachee, "ana") == stored
    assert stored == new.changed(revision=1, updated_at=later(hours=1))
    assert (stored.created_at, stored.note) == (NOW, HOSTILE)
    assert saved.commit.sequence == store.sequence == 1
    assert saved.records == (stored,)


def test_several_records_are_one_commit_and_are_told_apart(store: RecordStore) -> None:
    ana, seen, year = coachee("same"), observation("same", of="same"), calendar()
    saved = store.save(ana, seen, year, at=NOW)
    assert saved.commit.sequence == 1
    assert saved.stored(seen) == store.get(Observation, "same")
    assert saved.stored(ana) == store.get(Coachee, "same")
    assert [record.revision for record in saved.records] == [1, 1, 1]
    with pytest.raises(KeyError, match="cycles/first was not part"):
        saved.stored(cycle())


def test_what_is_saved_again_carries_the_revision_that_was_stored(store: RecordStore) -> None:
    first = store.save(coachee(), at=NOW).stored(coachee())
    second = store.save(first.changed(name="Bea"), at=later(days=1))
    assert store.require(Coachee, "ana").name == "Bea"
    assert [record.revision for record in second.records] == [2]


def test_a_save_from_an_older_version_is_a_conflict(store: RecordStore) -> None:
    first = store.save(coachee(), at=NOW).stored(coachee())
    store.save(first.changed(name="Theirs"), at=NOW)
    with pytest.raises(Conflict) as caught:
        store.save(observation(), first.changed(name="Mine"), at=NOW)
    assert caught.value.theirs is not None
    assert Coachee.from_document(caught.value.theirs) == store.require(Coachee, "ana")
    assert store.get(Observation, "seen") is None
    with pytest.raises(Conflict):
        store.save(coachee(), at=NOW)
    with pytest.raises(Conflict):
        store.save(at=NOW, deleted=[first])


def test_records_are_deleted_in_the_same_commit(store: RecordStore) -> None:
    saved = store.save(coachee(), observation(), at=NOW)
    again = store.save(
        saved.stored(coachee()).changed(note="x"), at=NOW, deleted=[saved.stored(observation())]
    )
    assert store.all(Observation) == []
    assert [change.after is None for change in again.commit.changes] == [False, True]
    assert [record.id for record in again.records] == ["ana"]


def test_a_save_of_nothing_is_no_commit(store: RecordStore) -> None:
    saved = store.save(at=NOW)
    assert (saved.commit.sequence, saved.records) == (0, ())


def test_moments_are_stored_in_utc_and_need_a_zone(store: RecordStore) -> None:
    elsewhere = NOW.astimezone(timezone(timedelta(hours=-6)))
    stored = store.save(coachee(), at=elsewhere).stored(coachee())
    assert (stored.updated_at, stored.updated_at.tzinfo) == (NOW, UTC)
    with pytest.raises(ValueError, match="time zone"):
        store.save(coachee("bea"), at=NOW.replace(tzinfo=None))


def test_what_is_not_there(store: RecordStore) -> None:
    assert store.get(Coachee, "nobody") is None
    assert store.all(Coachee) == []
    with pytest.raises(NotFound, match="no Coachee with the id nobody"):
        store.require(Coachee, "nobody")


def test_records_are_found_by_their_fields(store: RecordStore) -> None:
    store.save(
        coachee("bea", structure=Structure.PEER_TO_PEER),
        coachee("ana", kind="team"),
        observation("o2", of="bea"),
        observation("o1", of="bea", end=None),
        observation("o3", of="ana", date=later(days=1).date()),
        at=NOW,
    )
    assert [c.id for c in store.all(Coachee)] == ["ana", "bea"]
    assert [o.id for o in store.where(Observation, coachee="bea")] == ["o1", "o2"]
    assert [o.id for o in store.where(Observation, coachee="bea", end=None)] == ["o1"]
    assert [o.id for o in store.where(Observation, date=later(days=1).date())] == ["o3"]
    assert [c.id for c in store.where(Coachee, structure=Structure.PEER_TO_PEER)] == ["bea"]
    assert [c.id for c in store.where(Coachee, kind="team")] == ["ana"]
    assert [c.id for c in store.where(Coachee, created_at=NOW)] == ["ana", "bea"]
    assert [o.id for o in store.where(Observation, lines=observation().lines)] == ["o1", "o2", "o3"]
    with pytest.raises(ValueError, match="Coachee has no field coach"):
        store.where(Coachee, coach="x")


def test_keys_of_a_newer_version_are_kept_and_written_back(
    store: RecordStore, engine: Engine
) -> None:
    newer = {**coachee().to_document(), "of_a_newer_version": {"deep": [1, None]}}
    newer["launch"] = {**newer["launch"], "also": "this"}
    engine.commit([Put("coachees", newer)], NOW)
    store.save(store.require(Coachee, "ana").changed(name="Bea"), at=NOW)
    stored = engine.get("coachees", "ana")
    assert stored is not None
    assert stored["of_a_newer_version"] == {"deep": [1, None]}
    assert stored["launch"]["also"] == "this"
    assert stored["name"] == "Bea"


def test_a_stored_document_that_its_record_refuses_is_named_without_its_content(
    store: RecordStore, engine: Engine
) -> None:
    bad = {**coachee().to_document(), "state": "a secret", "members": ["Secret Person"]}
    bad["launch"] = {**bad["launch"], "items": {"secret key": {}}}
    engine.commit([Put("coachees", bad), Put("coachees", coachee("bea").to_document())], NOW)
    for read in (lambda: store.get(Coachee, "ana"), lambda: store.all(Coachee)):
        with pytest.raises(Corrupt) as caught:
            read()
        (report,) = caught.value.report
        assert report.startswith("coachees/ana: ")
        assert "state" in report
        assert "launch.items" in report
        assert "ecret" not in report + str(caught.value)
        assert caught.value.__context__ is None
    assert store.require(Coachee, "bea").name == "Bea"


def test_undo_puts_the_documents_back(store: RecordStore) -> None:
    stored = store.save(coachee(), at=NOW).stored(coachee())
    commit = store.save(stored.changed(name="Bea"), at=NOW).commit
    (change,) = commit.changes
    assert change.before is not None
    store.apply([Put(change.table, change.before, commit.sequence)], NOW)
    assert store.require(Coachee, "ana").name == "Ana"
    assert [each.sequence for each in store.history(Coachee, "ana")] == [1, 2, 3]
    store.apply([Delete("coachees", "ana", 3)], NOW)
    assert store.get(Coachee, "ana") is None
    assert [each.sequence for each in store.changes(2)] == [3, 4]


def test_undo_never_stores_what_a_record_refuses(store: RecordStore) -> None:
    bad = {**coachee().to_document(), "state": "launched"}
    with pytest.raises(Corrupt, match="coachees/ana: state"):
        store.apply([Put("coachees", bad)], NOW)
    assert store.sequence == 0


def test_a_record_that_breaks_a_rule_cannot_be_made_to_be_saved() -> None:
    with pytest.raises(ValidationError):
        coachee(state=CoacheeState.ACTIVE)


def test_two_sessions_see_each_others_records(tmp_path: Path) -> None:
    mine, theirs = (RecordStore(opened(tmp_path / "store")) for _ in range(2))
    mine.save(coach(), at=NOW)
    assert theirs.poll()
    assert theirs.all(Coach) == mine.all(Coach)
    assert not theirs.poll()


def test_facts_follow_each_save(store: RecordStore) -> None:
    assert store.facts() == []
    saved = store.save(coachee(), coach(), at=NOW)
    assert [facts.last_observation for facts in store.facts()] == [None]
    store.save(observation(), at=NOW)
    assert [facts.last_observation for facts in store.facts()] == [NOW.date()]
    assert store.summary().coach == "Rosa"
    store.facts().clear()
    assert len(store.facts()) == 1
    store.save(at=NOW, deleted=[saved.stored(coachee())])
    assert store.facts() == []


def test_facts_follow_what_moves_from_one_coachee_to_another(store: RecordStore) -> None:
    many = [coachee(id) for id in ("ana", "bea", "eve", "kim")]
    saved = store.save(*many, observation(of="ana"), at=NOW)
    assert [facts.last_observation for facts in store.facts()] == [NOW.date(), None, None, None]
    moved = store.save(saved.stored(observation()).changed(coachee="bea"), at=NOW)
    assert [facts.last_observation for facts in store.facts()] == [None, NOW.date(), None, None]
    store.save(at=NOW, deleted=[moved.stored(observation())])
    assert [facts.last_observation for facts in store.facts()] == [None] * 4


def test_only_what_a_save_touched_is_taken_anew(
    store: RecordStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coach_tui.domain import taking
    from coach_tui.store import deriving

    store.save(*(coachee(f"c{number}") for number in range(20)), at=NOW)
    assert len(store.facts()) == 20
    taken: list[str] = []
    real = taking.facts_of

    def counted(document: Any, *rest: Any) -> Any:
        taken.append(document["id"])
        return real(document, *rest)

    monkeypatch.setattr(deriving, "facts_of", counted)
    store.save(observation(of="c7"), coach(), at=NOW)
    assert [facts.id for facts in store.facts() if facts.last_observation] == ["c7"]
    assert set(taken) == {"c7"}


def test_the_store_is_closed_with_its_engine(tmp_path: Path) -> None:
    store = RecordStore(opened(tmp_path / "store"))
    store.save(cycle(), at=NOW)
    store.close()
    assert RecordStore(opened(tmp_path / "store", create=False)).all(Cycle)
