"""Rosters in, and everything out and in again, through a real store on disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach_tui.coaching.desk import Desk, empty_desk, open_desk
from coach_tui.coaching.moving import ExchangeError, rows_of
from coach_tui.domain.enumerations import (
    CheckBackResult,
    CoacheeKind,
    CoacheeState,
    CoachRole,
    ReleasePhase,
)
from coach_tui.domain.records import Coachee, Evidence, GrowthGoal, PriorityGroup
from coach_tui.domain.statuses import Rules
from tests.support import (
    FIRST_DAY,
    HOSTILE,
    LAST_DAY,
    NOW,
    TODAY,
    add_launched,
    add_lines,
    clock,
    forward,
    hold_meeting,
    plan_visit,
)

ROSTER = "Name,Building,E-mail\nAna Ruiz,Oak,ana@x.org\nBo Lee,Elm,bo@x.org\n ,Elm,\n"


def opened(folder: Path) -> Desk:
    return open_desk(str(folder), clock(), Rules(), "test", create=True)


@pytest.fixture
def of(tmp_path: Path) -> Iterator[Desk]:
    made = opened(tmp_path / "store")
    yield made
    made.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    made = opened(tmp_path / "another store")
    yield made
    made.close()


def written(folder: Path, text: str, name: str = "roster.csv") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_roster_is_tried_without_saving_and_then_imported_at_once(
    of: Desk, tmp_path: Path
) -> None:
    path = written(tmp_path, ROSTER)
    plan = of.moving.plan_roster(path)
    rows = rows_of(plan)
    assert [(row.line, row.verdict, row.name) for row in rows] == [
        (2, "add", "Ana Ruiz"),
        (3, "add", "Bo Lee"),
        (4, "BAD", ""),
    ]
    assert rows[0].why == "Oak"
    assert rows[2].why
    assert of.coachees.all() == []
    of.moving.apply_roster(path, None, plan)
    assert sorted(one.name for one in of.coachees.all()) == ["Ana Ruiz", "Bo Lee"]
    assert of.ledger.undo() == "Roster import"
    assert of.coachees.all() == []


def test_the_same_roster_twice_adds_nothing(of: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, ROSTER)
    of.moving.apply_roster(path, None, of.moving.plan_roster(path))
    before = of.ledger.store.sequence
    again = of.moving.plan_roster(path)
    assert [row.verdict for row in rows_of(again)] == ["skip", "skip", "BAD"]
    of.moving.apply_roster(path, None, again)
    assert of.ledger.store.sequence == before


def test_a_roster_changes_only_what_it_says(of: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, ROSTER)
    of.moving.apply_roster(path, None, of.moving.plan_roster(path))
    ana = next(one for one in of.coachees.all() if one.name == "Ana Ruiz")
    of.coachees.edit(ana, note="kept", cadence="weekly")
    plan = of.moving.plan_roster(written(tmp_path, ROSTER.replace("Oak", "Pine")))
    changed = rows_of(plan)[0]
    assert (changed.verdict, changed.why) == ("change", "building")
    of.moving.apply_roster(path, None, plan)
    ana = of.coachees.get(ana.id)
    assert (ana.building, ana.note, ana.cadence) == ("Pine", "kept", "weekly")


def test_a_roster_is_not_imported_when_it_would_do_something_else_than_was_shown(
    of: Desk, tmp_path: Path
) -> None:
    path = written(tmp_path, ROSTER)
    plan = of.moving.plan_roster(path)
    theirs = opened(tmp_path / "store")
    theirs.coachees.add(name="Ana Ruiz", key="ana@x.org")
    theirs.close()
    with pytest.raises(ValueError, match="the caseload changed since this was shown"):
        of.moving.apply_roster(path, None, plan)
    assert [one.name for one in of.coachees.all()] == ["Ana Ruiz"]
    of.moving.apply_roster(path, None, of.moving.plan_roster(path))
    assert sorted(one.name for one in of.coachees.all()) == ["Ana Ruiz", "Bo Lee"]


def test_a_caseload_that_changed_elsewhere_is_not_written_over(of: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, ROSTER)
    of.moving.apply_roster(path, None, of.moving.plan_roster(path))
    plan = of.moving.plan_roster(written(tmp_path, ROSTER.replace("Oak", "Pine")))
    ana = next(one for one in of.coachees.all() if one.name == "Ana Ruiz")
    of.coachees.edit(ana, note="written after the plan was made")
    of.moving.apply_roster(path, None, plan)
    ana = of.coachees.get(ana.id)
    assert (ana.building, ana.note) == ("Pine", "written after the plan was made")


def test_a_column_can_be_chosen(of: Desk, tmp_path: Path) -> None:
    path = written(tmp_path, "Who,Where\nAna Ruiz,Oak\n")
    chosen = {"name": "Who", "building": "Where"}
    of.moving.apply_roster(path, chosen, of.moving.plan_roster(path, chosen))
    (ana,) = of.coachees.all()
    assert (ana.name, ana.building) == ("Ana Ruiz", "Oak")


def test_a_roster_can_be_tried_before_there_is_a_store(tmp_path: Path) -> None:
    of = empty_desk(clock(), Rules())
    rows = rows_of(of.moving.plan_roster(written(tmp_path, ROSTER)))
    assert [row.verdict for row in rows] == ["add", "add", "BAD"]


@pytest.mark.parametrize("name", ["nothing.csv", "folder.csv"])
def test_a_file_that_cannot_be_read_is_refused_by_name(of: Desk, tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(ExchangeError):
        of.moving.plan_roster(str(tmp_path / name))
    assert of.coachees.all() == []


def a_year_of_everything(of: Desk) -> None:
    of.setting_up.begin(
        "Dana Whitfield",
        CoachRole.INSTRUCTIONAL_COACH,
        FIRST_DAY,
        LAST_DAY,
        "US-MO",
        [(TODAY, TODAY, HOSTILE[0])],
    )
    ana = add_launched(of, note=HOSTILE[1], priority_groups=(PriorityGroup(label=HOSTILE[2]),))
    team = of.coachees.add(name="Grade 4", kind=CoacheeKind.TEAM, members=("Bo", "Cy"))
    forward(of, minutes=1)
    seen = of.observing.start(ana)
    add_lines(of, seen.id, [(text, of.clock.now()) for text in HOSTILE])
    forward(of, minutes=20)
    of.observing.end(seen.id)
    hold_meeting(of, ana, TODAY, step=HOSTILE[3], lesson=TODAY, practiced=True)
    of.action_steps.check_back(ana, CheckBackResult.ADJUSTED, HOSTILE[4], TODAY)
    plan_visit(of, ana, LAST_DAY)
    of.observing.start(team, "asked for it")
    of.coachees.move_phase(of.coachees.get(ana.id), ReleasePhase.COACH_SUPPORTS, HOSTILE[5])
    of.coachees.move(of.coachees.get(ana.id), CoacheeState.PAUSED, HOSTILE[6])
    own = {"created_at": NOW, "updated_at": NOW}
    goal = GrowthGoal(id="goal", **own, coachee=ana.id, statement=HOSTILE[7])
    proof = Evidence(id="proof", **own, goal="goal", mode="journaling", date=TODAY, what=HOSTILE[8])
    of.ledger.save("Goal", goal, proof)
    newer = {**of.coachees.get(team.id).to_document(), "of_a_newer_version": {"deep": [1]}}
    of.ledger.save("Newer", Coachee.from_document(newer))


def timeless(export: bytes) -> bytes:
    return re.sub(rb'"exported_at": "[^"]*"', b"", export, count=1)


def test_an_export_imported_into_an_empty_store_is_exported_the_same(of: Desk, other: Desk) -> None:
    a_year_of_everything(of)
    export = of.moving.export()
    forward(other, days=30)
    plan = other.moving.plan_archive(export)
    assert plan.refused == ()
    assert other.coachees.all() == []
    other.moving.apply_archive(plan)
    again = other.moving.export()
    assert again != export
    assert timeless(again) == timeless(export)
    standing = [[row.facts.to_plain() for row in one.caseload().rows] for one in (other, of)]
    assert standing[0] == standing[1]


def test_an_export_imported_twice_changes_nothing(of: Desk, other: Desk) -> None:
    a_year_of_everything(of)
    export = of.moving.export()
    other.moving.apply_archive(other.moving.plan_archive(export))
    before = other.ledger.store.sequence
    again = other.moving.plan_archive(export)
    assert (again.added, again.changed, again.refused) == ((), (), ())
    other.moving.apply_archive(again)
    assert other.ledger.store.sequence == before
    own = of.moving.plan_archive(export)
    assert own.records() == ()


def test_an_import_is_undone_as_one(of: Desk, other: Desk) -> None:
    a_year_of_everything(of)
    add_launched(other, "Cy Poe")
    empty = timeless(other.moving.export())
    other.moving.apply_archive(other.moving.plan_archive(of.moving.export()))
    assert len(other.coachees.all()) == 3
    assert other.ledger.undo() == "Import of an export"
    assert timeless(other.moving.export()) == empty


def test_the_one_coach_and_year_take_the_place_of_those_there(of: Desk, other: Desk) -> None:
    a_year_of_everything(of)
    other.setting_up.begin("Old Name", CoachRole.PEER_COACH, FIRST_DAY, LAST_DAY, "", [])
    forward(of, days=1)
    coach = of.setting_up.coach
    assert coach is not None
    of.ledger.save("Rename", coach.changed(name="New Name"))
    other.moving.apply_archive(other.moving.plan_archive(of.moving.export()))
    found = other.setting_up.coach
    assert found is not None
    assert found.name == "New Name"


def test_what_is_no_export_is_refused(of: Desk) -> None:
    for content in (b"", b"{}", b"Name\nAna\n", b"\xff\xfe"):
        with pytest.raises(ExchangeError):
            of.moving.plan_archive(content)


def test_what_is_saved_is_there_when_the_store_is_opened_again(tmp_path: Path) -> None:
    first = opened(tmp_path / "store")
    a_year_of_everything(first)
    export = timeless(first.moving.export())
    first.close()
    second = opened(tmp_path / "store")
    assert timeless(second.moving.export()) == export
    assert second.ledger.last is None
    second.close()
