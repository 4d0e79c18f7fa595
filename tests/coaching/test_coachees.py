"""The people of the caseload: added, edited, launched, planned, and moved through their states."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product

import pytest
from pydantic import ValidationError

from coach_tui.coaching.coachees import NOT_EDITED
from coach_tui.coaching.desk import Desk
from coach_tui.domain.enumerations import (
    CoacheeKind,
    CoacheeState,
    LaunchItem,
    MomentOfNeed,
    PlanPart,
    ReleasePhase,
)
from coach_tui.domain.records import Coachee, TickedNote
from coach_tui.domain.records.base import LONGEST_NAME
from coach_tui.domain.transitions import IllegalMove
from coach_tui.store.errors import Conflict, NotFound
from tests.support import (
    HOSTILE,
    NOW,
    TODAY,
    add_launched,
    as_before,
    coachee,
    desk,
    forward,
    launch,
    ticked,
)

STATES = CoacheeState


def test_somebody_is_added_not_yet_launched() -> None:
    of = desk()
    one = of.coachees.add(name="Ana Ruiz", building="Oak", cadence="every 2 weeks")
    assert (one.state, one.building, one.cadence) == (STATES.NOT_LAUNCHED, "Oak", "biweekly")
    assert of.coachees.get(one.id) == one
    assert of.coachees.all() == [one]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_was_typed_comes_back_exactly(text: str) -> None:
    of = desk()
    name = text[: LONGEST_NAME - 2]
    one = of.coachees.add(name=f"A{name}Z", note=text, building=name)
    again = of.coachees.get(one.id)
    assert (again.name, again.note, again.building) == (f"A{name}Z", text, name)


def test_a_longer_name_is_refused_and_one_that_is_there_stays() -> None:
    of = desk()
    long = "x" * (LONGEST_NAME + 1)
    with pytest.raises(ValidationError, match="at most 200 characters, and this has 201"):
        of.coachees.add(name=long)
    own = {"id": "ana", "created_at": NOW, "updated_at": NOW, "name": long}
    of.ledger.save("as before", as_before(Coachee, **own, content_areas=(long, "math")))
    ana = of.coachees.edit(of.coachees.get("ana"), room="12", content_areas=(long, "art"))
    assert (ana.name, ana.room, ana.content_areas) == (long, "12", (long, "art"))
    for fields in ({"name": f"{long}y"}, {"room": long + "y"}, {"content_areas": (f"{long}y",)}):
        with pytest.raises(ValidationError, match="at most 200"):
            of.coachees.edit(ana, **fields)
    assert of.coachees.edit(ana, name="Ana").name == "Ana"


@pytest.mark.parametrize(
    "fields",
    [
        {"name": " "},
        {"name": "Ana", "cadence": "now and then"},
        {"name": "Ana", "members": ("Bo",)},
        {"name": "Ana", "nickname": "Annie"},
        {"name": "Ana", "state": "active"},
        {"name": "half \ud83d"},
    ],
)
def test_who_breaks_a_rule_is_not_added(fields: dict[str, object]) -> None:
    of = desk()
    with pytest.raises(ValueError, match="validation error"):
        of.coachees.add(**fields)
    assert of.coachees.all() == []
    assert of.ledger.last == "Set up"


def test_fields_are_edited_and_the_rules_hold() -> None:
    of = desk()
    one = of.coachees.add(name="Ana Ruiz")
    team = of.coachees.edit(one, kind=CoacheeKind.TEAM, members=("Bo", "Cy"), name="Grade 4")
    assert (team.name, team.members) == ("Grade 4", ("Bo", "Cy"))
    with pytest.raises(ValidationError, match="only a team"):
        of.coachees.edit(team, kind=CoacheeKind.EDUCATOR)
    with pytest.raises(ValueError, match="no field"):
        of.coachees.edit(team, nickname="4")
    assert of.coachees.get(one.id) == team


@pytest.mark.parametrize("field", sorted(NOT_EDITED))
def test_what_has_a_verb_of_its_own_is_not_edited(field: str) -> None:
    of = desk()
    one = add_launched(of)
    with pytest.raises(ValueError, match=field):
        of.coachees.edit(one, **{field: getattr(one, field)})
    assert of.coachees.get(one.id) == one


def test_nobody_is_found_by_an_id_that_is_not_there() -> None:
    with pytest.raises(NotFound):
        desk().coachees.get("nobody")


@pytest.mark.parametrize(
    ("state", "done", "expected"),
    [
        ("proposed", 0, "not_launched closed"),
        ("not_launched", 3, "closed"),
        ("not_launched", 4, "active closed"),
        ("active", 4, "paused released closed"),
        ("paused", 4, "active released closed"),
        ("paused", 3, "released closed"),
        ("released", 4, "active closed"),
        ("closed", 3, "not_launched"),
        ("closed", 4, "active"),
    ],
)
def test_the_moves_offered_are_those_that_the_guards_allow(
    state: str, done: int, expected: str
) -> None:
    of = desk()
    one = of.coachees.add(name="Ana", state=state, launch=launch(done=done))
    assert [move.value for move in of.coachees.moves(one)] == expected.split()


@pytest.mark.parametrize(("old", "new"), product(STATES, STATES))
@pytest.mark.parametrize("done", [3, 4])
def test_a_move_is_done_exactly_when_it_is_offered(
    old: CoacheeState, new: CoacheeState, done: int
) -> None:
    if old is STATES.ACTIVE and done < 4:
        return
    of = desk()
    one = of.coachees.add(name="Ana", state=old, launch=launch(done=done))
    need = MomentOfNeed.THINGS_CHANGE
    if new in of.coachees.moves(one):
        moved = of.coachees.move(one, new, "because", need)
        assert moved.state is new
        (change,) = moved.states
        assert (change.date, change.state, change.reason) == (TODAY, new, "because")
        assert change.moment_of_need is need
        of.ledger.undo()
    else:
        with pytest.raises(IllegalMove):
            of.coachees.move(one, new, "because", need)
    assert of.coachees.get(one.id).state is old


def test_a_released_coachee_needs_a_moment_of_need_to_come_back() -> None:
    of = desk()
    one = of.coachees.move(add_launched(of), STATES.RELEASED, "holds the level")
    with pytest.raises(IllegalMove, match="moment of need"):
        of.coachees.move(one, STATES.ACTIVE, "asked for it")
    back = of.coachees.move(one, STATES.ACTIVE, "", MomentOfNeed.THINGS_GO_WRONG)
    assert [change.state for change in back.states] == [STATES.RELEASED, STATES.ACTIVE]
    assert back.states[0].reason == "holds the level"


def test_the_first_tick_dates_the_launch_and_the_last_completes_it() -> None:
    of = desk()
    one = of.coachees.add(name="Ana")
    one = of.coachees.set_launch_item(one, LaunchItem.TRUST, ticked(False, "met at lunch"))
    assert one.launch.date is None
    one = of.coachees.set_launch_item(one, LaunchItem.TRUST, ticked(True, "met at lunch"))
    assert one.launch.date == TODAY
    forward(of, days=2)
    for item in list(LaunchItem)[1:]:
        assert not one.launch.complete
        one = of.coachees.set_launch_item(one, item, ticked())
    assert one.launch.complete
    assert one.launch.date == TODAY
    assert one.launch.items[LaunchItem.TRUST].note == "met at lunch"
    assert one.state is STATES.NOT_LAUNCHED
    assert of.coachees.move(one, STATES.ACTIVE).state is STATES.ACTIVE


def test_the_launch_of_an_active_coachee_stays_complete() -> None:
    of = desk()
    one = add_launched(of)
    with pytest.raises(ValidationError, match="has had the launch conversation"):
        of.coachees.set_launch_item(one, LaunchItem.TRUST, TickedNote())
    with pytest.raises(ValidationError, match="has had the launch conversation"):
        of.coachees.set_launch_date(one, None)
    assert of.coachees.set_launch_date(one, date(2026, 9, 1)).launch.date == date(2026, 9, 1)


def test_ticks_are_turned_over_as_they_stand_now() -> None:
    of = desk()
    one = of.coachees.add(name="Ana")
    item, part = LaunchItem.TRUST, PlanPart.FOCUS
    of.coachees.set_launch_item(one, item, ticked(False, "met at lunch"))
    one = of.coachees.toggle_launch_item(one.id, item)
    assert (one.launch.date, one.launch.items[item]) == (TODAY, ticked(True, "met at lunch"))
    assert not of.coachees.toggle_launch_item(one.id, item).launch.items[item].done
    assert of.coachees.toggle_plan_part(one.id, part).plan.parts[part].done
    assert not of.coachees.toggle_plan_part(one.id, part).plan.parts[part].done


def test_barriers_are_resolved_when_left_out_and_open_again_when_they_come_back() -> None:
    of = desk()

    def standing(one: Coachee) -> list[tuple[str, date | None]]:
        return [(barrier.text, barrier.resolved_on) for barrier in one.barriers]

    one = of.coachees.set_barriers(of.coachees.add(name="Ana"), ("no time", " room ", "no time"))
    assert standing(one) == [("no time", None), ("room", None)]
    one = of.coachees.set_barriers(one, ("room", "", "schedule"))
    assert standing(one) == [("no time", TODAY), ("room", None), ("schedule", None)]
    forward(of, days=3)
    one = of.coachees.set_barriers(one, ("schedule",))
    later = of.ledger.today()
    assert standing(one) == [("no time", TODAY), ("room", later), ("schedule", None)]
    one = of.coachees.set_barriers(one, ("no time", "schedule"))
    assert standing(one) == [("no time", None), ("room", later), ("schedule", None)]


def test_what_happened_is_not_dated_ahead() -> None:
    of = desk()
    one = add_launched(of)
    for verb in (of.coachees.set_launch_date, of.coachees.set_plan_shared):
        with pytest.raises(ValueError, match="2026-11-24 is to come"):
            verb(one, date(2026, 11, 24))
        one = verb(one, TODAY)


def test_parts_of_the_plan_are_ticked_one_by_one() -> None:
    of = desk()
    one = add_launched(of)
    for part in PlanPart:
        one = of.coachees.set_plan_part(one, part, ticked(note=f"on {part.value}"))
    assert one.plan.missing == ()
    one = of.coachees.set_plan_part(one, PlanPart.GROWTH_GOALS, ticked(False))
    assert one.plan.missing == (PlanPart.GROWTH_GOALS,)
    assert one.plan.parts[PlanPart.FOCUS].note == "on focus aligned to a goal"


def test_the_day_the_release_plan_was_shared_is_kept() -> None:
    of = desk()
    one = of.coachees.set_plan_part(add_launched(of), PlanPart.FOCUS, ticked())
    one = of.coachees.set_plan_shared(one, TODAY)
    assert one.plan.release_plan_shared_on == TODAY
    assert one.plan.parts[PlanPart.FOCUS].done
    assert of.coachees.set_plan_shared(one, None).plan.release_plan_shared_on is None


def pairs(of: Desk) -> dict[str, str | None]:
    """Who is paired with whom, by name."""
    found = {}
    for one in of.coachees.all():
        partner = of.coachees.partner(one)
        found[one.name] = None if partner is None else partner.name
    return found


def test_a_pair_has_two_sides_and_leaves_nobody_half_paired() -> None:
    of = desk()
    for name in ("Ana", "Bo", "Cy", "Di"):
        of.coachees.add(name=name)

    def named(name: str) -> Coachee:
        return next(one for one in of.coachees.all() if one.name == name)

    of.coachees.pair(named("Ana"), named("Bo"))
    of.coachees.pair(named("Cy"), named("Di"))
    assert pairs(of) == {"Ana": "Bo", "Bo": "Ana", "Cy": "Di", "Di": "Cy"}
    of.coachees.pair(named("Ana"), named("Cy"))
    assert pairs(of) == {"Ana": "Cy", "Bo": None, "Cy": "Ana", "Di": None}
    of.ledger.undo()
    assert pairs(of) == {"Ana": "Bo", "Bo": "Ana", "Cy": "Di", "Di": "Cy"}
    of.coachees.pair(named("Bo"), None)
    assert pairs(of) == {"Ana": None, "Bo": None, "Cy": "Di", "Di": "Cy"}
    of.coachees.pair(named("Cy"), named("Di"))
    assert pairs(of)["Di"] == "Cy"
    with pytest.raises(ValidationError, match="two people"):
        of.coachees.pair(named("Ana"), named("Ana"))


def test_the_release_moves_with_a_reason_and_keeps_its_history() -> None:
    of = desk()
    one = add_launched(of)
    assert of.coachees.phase_moves(one) == [ReleasePhase.COACH_SUPPORTS]
    with pytest.raises(IllegalMove, match="reason"):
        of.coachees.move_phase(one, ReleasePhase.COACH_SUPPORTS, " ")
    with pytest.raises(IllegalMove):
        of.coachees.move_phase(one, ReleasePhase.COACH_RELEASES, "in a hurry")
    one = of.coachees.move_phase(one, ReleasePhase.COACH_SUPPORTS, "she led the discussion")
    forward(of, days=7)
    one = of.coachees.move_phase(one, ReleasePhase.COACH_MODELS, "a new unit")
    assert [(change.phase.value, change.reason) for change in one.phases] == [
        ("1", ""),
        ("2", "she led the discussion"),
        ("1", "a new unit"),
    ]
    assert one.phases[0].date == one.phases[1].date == TODAY
    assert one.phase is ReleasePhase.COACH_MODELS


def test_release_is_an_axis_of_its_own() -> None:
    """Rule R8: nothing advances by itself."""
    of = desk()
    one = add_launched(of)
    for phase in list(ReleasePhase)[1:]:
        one = of.coachees.move_phase(one, phase, "she does it alone")
    assert (one.phase, one.state) == (ReleasePhase.RELEASED, STATES.ACTIVE)
    assert of.coachees.phase_moves(one) == [
        ReleasePhase.COACH_SUPPORTS,
        ReleasePhase.COACH_RELEASES,
    ]


VERBS: dict[str, Callable[[Desk, Coachee], object]] = {
    "edit": lambda of, one: of.coachees.edit(one, building="Elm"),
    "move": lambda of, one: of.coachees.move(one, STATES.PAUSED),
    "launch date": lambda of, one: of.coachees.set_launch_date(one, TODAY),
    "launch": lambda of, one: of.coachees.set_launch_item(one, LaunchItem.TRUST, ticked()),
    "plan": lambda of, one: of.coachees.set_plan_part(one, PlanPart.FOCUS, ticked()),
    "plan shared": lambda of, one: of.coachees.set_plan_shared(one, TODAY),
    "barriers": lambda of, one: of.coachees.set_barriers(one, ("no time",)),
    "pair": lambda of, one: of.coachees.pair(one, of.coachees.add(name="Bo Lee")),
    "phase": lambda of, one: of.coachees.move_phase(one, ReleasePhase.COACH_SUPPORTS, "she led"),
}


@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS.keys())
def test_no_verb_writes_over_what_another_session_wrote(
    verb: Callable[[Desk, Coachee], object],
) -> None:
    of = desk()
    old = add_launched(of)
    theirs = of.coachees.edit(old, building="Oak")
    with pytest.raises(Conflict):
        verb(of, old)
    assert of.coachees.get(old.id) == theirs


def test_keys_of_a_newer_version_stay_at_every_depth() -> None:
    of = desk()
    document = coachee().to_document()
    document["launch"]["newer"] = {"a": 1}
    document["plan"]["parts"]["growth goals"]["newer"] = [2]
    of.ledger.take_over("Import", Coachee.from_document(document))
    one = of.coachees.set_launch_item(of.coachees.get("ana"), LaunchItem.TRUST, ticked())
    one = of.coachees.set_plan_part(one, PlanPart.FOCUS, ticked())
    stored = of.coachees.edit(one, building="Oak").to_document()
    assert stored["launch"]["newer"] == {"a": 1}
    assert stored["plan"]["parts"]["growth goals"]["newer"] == [2]
