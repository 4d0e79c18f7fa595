"""Saving with a name, and taking it back, one after the other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_tui.coaching.desk import Desk
from coach_tui.coaching.ledger import Ledger, StillNeeded
from coach_tui.domain.records import RECORDS, Coachee
from coach_tui.store.errors import Conflict, Corrupt
from coach_tui.store.memory_engine import MemoryEngine
from coach_tui.store.records import RecordStore
from tests.support import NOW, TODAY, add_launched, clock, coachee, desk, forward, plan_visit


def contents(of: Desk | Ledger) -> dict[tuple[str, str], dict[str, Any]]:
    """Everything a person put in, by table and id: without revisions and the time of saving."""
    ledger = of.ledger if isinstance(of, Desk) else of
    found = {}
    for kind in RECORDS:
        for record in ledger.store.all(kind):
            document = record.to_document()
            own = {k: v for k, v in document.items() if k not in ("revision", "updated_at")}
            found[kind.table, record.id] = own
    return found


def two_sessions() -> tuple[Desk, Desk]:
    """Two desks over one store."""
    engine = MemoryEngine()
    return desk(engine=engine), Desk(RecordStore(engine), clock(), desk().rules)


def test_what_was_saved_has_the_time_of_the_clock_and_a_revision() -> None:
    of = desk()
    one = of.coachees.add(name="Ana Ruiz")
    assert one.created_at == one.updated_at == NOW
    later = forward(of, minutes=5)
    edited = of.coachees.edit(one, building="Oak")
    assert (edited.created_at, edited.updated_at) == (NOW, later)
    assert edited.revision > one.revision > 0


def test_nothing_to_undo_is_no_error() -> None:
    ledger = Ledger(RecordStore(MemoryEngine()), clock())
    assert ledger.last is None
    assert ledger.undo() is None


def test_several_changes_are_undone_in_a_row() -> None:
    of = desk()
    steps = [contents(of)]
    ana = of.coachees.add(name="Ana Ruiz")
    steps.append(contents(of))
    ana = of.coachees.edit(ana, building="Oak")
    steps.append(contents(of))
    of.coachees.add(name="Bo Lee")
    steps.append(contents(of))
    ana = of.coachees.edit(ana, building="Elm")
    titles = []
    for before in reversed(steps):
        forward(of, minutes=1)
        titles.append(of.ledger.undo())
        assert contents(of) == before
    assert titles == ["Edit Ana Ruiz", "Add Bo Lee", "Edit Ana Ruiz", "Add Ana Ruiz"]
    assert of.ledger.last == "Set up"


def test_the_last_title_is_what_undo_would_take_back() -> None:
    of = desk()
    add_launched(of)
    assert of.ledger.last == "Add Ana Ruiz"
    of.ledger.undo()
    assert of.ledger.last == "Set up"


def test_a_transaction_of_several_records_is_undone_as_one() -> None:
    of = desk()
    ana = add_launched(of)
    before = contents(of)
    seen = of.observing.start(ana)
    assert {table for table, _ in contents(of)} >= {"observations", "cycles"}
    of.ledger.undo()
    assert contents(of) == before
    of.observing.start(ana)
    of.observing.end(of.observing.of(ana.id)[0].id)
    assert of.ledger.undo() == "End the observation"
    (running,) = of.observing.of(ana.id)
    assert running.end is None
    assert running.id != seen.id
    assert of.cycling.of(ana.id)[0].stage.value == "planned"


def test_what_was_undone_can_be_changed_again_and_undone_again() -> None:
    of = desk()
    ana = of.coachees.add(name="Ana Ruiz")
    of.coachees.edit(ana, building="Oak")
    of.ledger.undo()
    ana = of.coachees.edit(of.coachees.get(ana.id), building="Elm")
    assert of.ledger.undo() == "Edit Ana Ruiz"
    assert of.coachees.get(ana.id).building == ""
    assert of.ledger.undo() == "Add Ana Ruiz"
    assert of.coachees.all() == []


def test_what_another_session_changed_is_not_undone_and_no_longer_in_the_way() -> None:
    mine, theirs = two_sessions()
    ana = mine.coachees.add(name="Ana Ruiz")
    bo = mine.coachees.add(name="Bo Lee")
    mine.coachees.edit(ana, building="Oak")
    theirs.coachees.edit(theirs.coachees.get(ana.id), room="12")
    before = contents(mine)
    with pytest.raises(Conflict, match=r"^Edit Ana Ruiz: it cannot be undone"):
        mine.ledger.undo()
    assert contents(mine) == before
    assert mine.ledger.last == "Add Bo Lee"
    assert mine.ledger.undo() == "Add Bo Lee"
    assert bo.id not in {one.id for one in mine.coachees.all()}


def test_undo_after_another_session_took_it_away_is_refused() -> None:
    mine, theirs = two_sessions()
    ana = mine.coachees.add(name="Ana Ruiz")
    mine.coachees.edit(ana, building="Oak")
    theirs.ledger.store.save(at=NOW, deleted=[theirs.coachees.get(ana.id)])
    with pytest.raises(Conflict) as refused:
        mine.ledger.undo()
    assert refused.value.theirs is None


def test_another_sessions_change_of_something_else_is_no_conflict() -> None:
    mine, theirs = two_sessions()
    ana = mine.coachees.add(name="Ana Ruiz")
    theirs.coachees.add(name="Bo Lee")
    assert mine.ledger.undo() == "Add Ana Ruiz"
    assert [one.name for one in mine.coachees.all()] == ["Bo Lee"]
    assert ana.name == "Ana Ruiz"


def test_who_got_a_note_from_another_session_is_not_taken_away() -> None:
    mine, theirs = two_sessions()
    ana = mine.coachees.add(name="Ana Ruiz")
    noted = theirs.observing.note(ana, ["greeted every child at the door"])
    before = contents(mine)
    with pytest.raises(StillNeeded, match=r"^Add Ana Ruiz: something else belongs to it now$"):
        mine.ledger.undo()
    assert contents(mine) == before
    theirs.ledger.undo()
    assert mine.ledger.undo() == "Add Ana Ruiz"
    assert noted.coachee == ana.id


def test_a_visit_that_another_session_has_begun_is_not_taken_away() -> None:
    mine, theirs = two_sessions()
    ana = add_launched(mine)
    plan_visit(mine, ana, TODAY)
    seen = theirs.observing.start(ana)
    with pytest.raises(StillNeeded, match="Plan a visit"):
        mine.ledger.undo()
    assert [cycle.id for cycle in mine.cycling.of(ana.id)] == [seen.cycle]


def test_many_that_were_added_at_once_go_only_when_nothing_belongs_to_them() -> None:
    mine, theirs = two_sessions()
    many = [coachee(f"Teacher {n}", id=f"id-{n}") for n in range(20)]
    mine.ledger.save("Roster import", *many)
    theirs.observing.note(theirs.coachees.get("id-7"), ["14 of 22 hands up"])
    with pytest.raises(StillNeeded):
        mine.ledger.undo()
    theirs.ledger.undo()
    assert mine.ledger.undo() == "Roster import"
    assert mine.coachees.all() == []


def test_a_change_made_before_another_sessions_is_not_undone_over_it() -> None:
    """Undoing mine brings back theirs, and what I did before theirs is theirs to keep."""
    mine, theirs = two_sessions()
    ana = mine.coachees.add(name="Ana Ruiz")
    mine.coachees.edit(ana, building="Oak")
    theirs.coachees.edit(theirs.coachees.get(ana.id), room="12")
    mine.coachees.edit(mine.coachees.get(ana.id), building="Elm")
    assert mine.ledger.undo() == "Edit Ana Ruiz"
    back = mine.coachees.get(ana.id)
    assert (back.building, back.room) == ("Oak", "12")
    with pytest.raises(Conflict):
        mine.ledger.undo()
    assert mine.coachees.get(ana.id).room == "12"


def test_a_save_from_an_old_record_is_a_conflict_and_is_not_remembered() -> None:
    of = desk()
    old = of.coachees.add(name="Ana Ruiz")
    of.coachees.edit(old, building="Oak")
    with pytest.raises(Conflict):
        of.coachees.edit(old, building="Elm")
    assert of.coachees.get(old.id).building == "Oak"
    of.ledger.undo()
    assert of.coachees.get(old.id).building == ""


def test_records_of_another_store_are_taken_over_with_their_own_times() -> None:
    of = desk()
    forward(of, days=3)
    one, other = coachee("Ana Ruiz"), coachee("Bo Lee", id="bo")
    of.ledger.take_over("Import", one, other)
    assert [record.updated_at for record in of.coachees.all()] == [NOW, NOW]
    assert of.ledger.undo() == "Import"
    assert of.coachees.all() == []


def test_a_record_that_breaks_a_rule_is_not_taken_over() -> None:
    of = desk()
    broken = coachee().model_copy(update={"members": ("Bo",)})
    before = contents(of)
    with pytest.raises(Corrupt):
        of.ledger.take_over("Import", coachee("Bo Lee", id="bo"), broken)
    assert contents(of) == before
    assert of.ledger.last == "Set up"


def test_a_save_of_nothing_is_not_something_to_undo() -> None:
    of = desk()
    of.ledger.save("Nothing")
    of.ledger.take_over("Nothing either")
    assert of.ledger.last == "Set up"


def test_every_change_since_the_beginning_is_undone_and_done_again() -> None:
    of = desk()
    ana = of.coachees.add(name="Ana Ruiz")
    for number in range(30):
        ana = of.coachees.edit(ana, room=str(number))
    at_the_end = contents(of)
    undone = 0
    while of.ledger.undo() is not None:
        undone += 1
    assert undone == 32
    assert contents(of) == {}
    titles = []
    while (title := of.ledger.redo()) is not None:
        titles.append(title)
    assert titles == ["Set up", "Add Ana Ruiz", *["Edit Ana Ruiz"] * 30]
    assert contents(of) == at_the_end
    assert of.ledger.undo() == "Edit Ana Ruiz"
    assert of.coachees.get(ana.id).room == "28"


def test_a_new_change_forgets_what_was_undone() -> None:
    of = desk()
    ana = of.coachees.add(name="Ana Ruiz")
    of.coachees.edit(ana, building="Oak")
    of.ledger.undo()
    of.coachees.edit(of.coachees.get(ana.id), building="Elm")
    assert of.ledger.redo() is None
    assert of.coachees.get(ana.id).building == "Elm"


def test_what_another_session_changed_is_not_done_again_over_it() -> None:
    mine, theirs = two_sessions()
    ana = mine.coachees.add(name="Ana Ruiz")
    mine.coachees.edit(ana, building="Oak")
    mine.ledger.undo()
    theirs.coachees.edit(theirs.coachees.get(ana.id), room="12")
    with pytest.raises(Conflict, match="cannot be done again"):
        mine.ledger.redo()
    assert (mine.coachees.get(ana.id).building, mine.coachees.get(ana.id).room) == ("", "12")


def test_taking_away_is_undone_and_done_again() -> None:
    of = desk()
    ana = of.coachees.add(name="Ana Ruiz")
    of.ledger.save("Take Ana Ruiz away", deleted=[ana])
    assert of.ledger.undo() == "Take Ana Ruiz away"
    assert of.coachees.get(ana.id).name == "Ana Ruiz"
    assert of.ledger.redo() == "Take Ana Ruiz away"
    assert of.coachees.all() == []
    assert of.ledger.undo() == "Take Ana Ruiz away"
    assert of.ledger.undo() == "Add Ana Ruiz"


@given(st.lists(st.sampled_from(["edit", "add", "undo", "redo"]), max_size=25))
def test_undo_and_redo_are_two_stacks(steps: list[str]) -> None:
    of = desk()
    ana = of.coachees.add(name="Ana Ruiz")
    done, undone = [contents(of)], list[dict[tuple[str, str], dict[str, Any]]]()
    for number, step in enumerate(steps):
        if step == "undo" and len(done) > 1:
            of.ledger.undo()
            undone.append(done.pop())
        elif step == "redo" and undone:
            of.ledger.redo()
            done.append(undone.pop())
        elif step == "edit":
            of.coachees.edit(of.coachees.get(ana.id), room=str(number))
            done.append(contents(of))
            undone.clear()
        elif step == "add":
            of.coachees.add(name=f"Teacher {number}")
            done.append(contents(of))
            undone.clear()
        assert contents(of) == done[-1]


def test_undo_keeps_the_keys_of_a_newer_version() -> None:
    of = desk()
    newer = Coachee.from_document({**coachee().to_document(), "of_a_newer_version": [1]})
    of.ledger.take_over("Import", newer)
    of.coachees.edit(of.coachees.get("ana"), building="Oak")
    of.ledger.undo()
    assert of.coachees.get("ana").to_document()["of_a_newer_version"] == [1]


def test_new_ids_are_in_the_order_of_time() -> None:
    of = desk()
    ids = []
    for _ in range(5):
        ids.append(of.ledger.new_id())
        forward(of, milliseconds=2)
    assert ids == sorted(ids)


def test_today_is_the_local_day() -> None:
    of = desk()
    assert of.ledger.today() == TODAY
    forward(of, hours=14, minutes=59)
    assert of.ledger.today() == TODAY
    forward(of, minutes=1)
    assert of.ledger.today().day == TODAY.day + 1
