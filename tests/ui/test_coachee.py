"""The page of one coachee: every field by keyboard, launch, plan, timeline."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import TextArea

from coach_tui.domain.enumerations import (
    CoacheeState,
    CycleStage,
    LaunchItem,
    PlanPart,
    ReleasePhase,
    Structure,
)
from coach_tui.screens.caseload import CaseloadScreen
from coach_tui.screens.coachee.screen import CoacheeScreen
from coach_tui.screens.dialogs.form import Form
from coach_tui.screens.dialogs.merge import Merge
from coach_tui.store.errors import StoreFull
from coach_tui.widgets.fields import FieldRow
from coach_tui.widgets.page_table import PageTable
from tests.ui.driving import (
    add,
    burst,
    desk_in,
    opened,
    press,
    screen_text,
    set_up,
    settle,
    stored,
    type_text,
)


@pytest.fixture
def ben(folder: Path) -> Path:
    """Return a store with one teacher, not launched."""
    set_up(folder)
    add(folder, "Ben Cole", building="Pine Middle")
    return folder


@pytest.mark.parametrize(
    ("field", "keys", "value"),
    [
        ("room", "12b", "12b"),
        ("grade_band", "K-2", "K-2"),
        ("content_areas", "Math; Science", ("Math", "Science")),
        ("periods", "1; 3", ("1", "3")),
        ("note", "Prefers mornings", "Prefers mornings"),
    ],
)
async def test_a_field_is_edited_where_it_stands(
    ben: Path, field: str, keys: str, value: object
) -> None:
    async with opened(ben) as (app, pilot):
        await press(pilot, "enter")
        app.screen.query_one(PageTable).go_to(field)
        await press(pilot, "enter")
        await type_text(pilot, keys)
        await press(pilot, "ctrl+s")
    assert getattr(stored(ben), field) == value


@pytest.mark.parametrize("field", ["kind", "structure", "change_level", "enrollment", "delivery"])
async def test_a_choice_is_changed_by_an_arrow(ben: Path, field: str) -> None:
    before = getattr(stored(ben), field)
    async with opened(ben) as (app, pilot):
        await press(pilot, "enter")
        app.screen.query_one(PageTable).go_to(field)
        await press(pilot, "enter", "right", "ctrl+s")
    assert getattr(stored(ben), field) != before


async def test_priority_groups_and_barriers_are_edited_a_line_each(ben: Path) -> None:
    async with opened(ben) as (app, pilot):
        await press(pilot, "enter")
        app.screen.query_one(PageTable).go_to("priority_groups")
        await press(pilot, "enter")
        await type_text(pilot, "Newcomers: 3")
        await press(pilot, "enter")
        await type_text(pilot, "IEP")
        await press(pilot, "ctrl+s")
        app.screen.query_one(PageTable).go_to("barriers")
        await press(pilot, "enter")
        await type_text(pilot, "No common planning")
        await press(pilot, "ctrl+s")
    groups = [(one.label, one.how_many) for one in stored(ben).priority_groups]
    assert groups == [("Newcomers", 3), ("IEP", None)]
    assert [one.text for one in stored(ben).barriers] == ["No common planning"]


async def test_ticking_the_launch_dates_it_and_proposes_what_follows(ben: Path) -> None:
    async with opened(ben) as (app, pilot):
        await press(pilot, "enter")
        for item in LaunchItem:
            app.screen.query_one(PageTable).go_to(f"launch:{item.value}")
            await press(pilot, "space")
        assert stored(ben).launch.complete
        assert stored(ben).launch.date == date(2026, 11, 23)
        assert stored(ben).state is CoacheeState.NOT_LAUNCHED, "a person decides (R8)"
        await press(pilot, "t", "1", "enter")
    assert stored(ben).state is CoacheeState.ACTIVE


async def test_a_plan_part_is_ticked_and_noted(ben: Path) -> None:
    async with opened(ben) as (app, pilot):
        await press(pilot, "enter")
        app.screen.query_one(PageTable).go_to(f"plan:{PlanPart.FOCUS.value}")
        await press(pilot, "enter")
        await type_text(pilot, "Student talk")
        await press(pilot, "tab", "right", "ctrl+s")
        assert "[x] Focus aligned to a goal" in screen_text(app)
    part = stored(ben).plan.parts[PlanPart.FOCUS]
    assert (part.done, part.note) == (True, "Student talk")


async def test_the_release_phase_needs_a_reason(ben: Path) -> None:
    async with opened(ben) as (app, pilot):
        await press(pilot, "enter", "r", "1", "enter")
        assert "give the reason" in screen_text(app)
        await type_text(pilot, "leads the debrief")
        await press(pilot, "enter")
    assert stored(ben).phase is ReleasePhase.COACH_SUPPORTS
    assert stored(ben).phases[-1].reason == "leads the debrief"


async def test_cancelling_a_changed_form_asks_once_and_changes_nothing(ben: Path) -> None:
    async with opened(ben) as (app, pilot):
        await press(pilot, "enter", "enter")
        await type_text(pilot, "x")
        await press(pilot, "escape")
        assert "There are changes" in screen_text(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, CoacheeScreen)
    assert stored(ben).name == "Ben Cole"


@pytest.mark.parametrize(
    ("keys", "room"),
    [((), "mine"), (("right",), "theirs"), (("right", "right"), "theirs / mine")],
)
async def test_what_two_sessions_changed_is_decided_field_by_field(
    ben: Path, keys: tuple[str, ...], room: str
) -> None:
    async with opened(ben) as (app, pilot):
        await press(pilot, "e")
        form = app.screen
        assert isinstance(form, Form)
        for row in form.query(FieldRow):
            if row.field.name in ("room", "grade_band"):
                row.fill({"room": "mine", "grade_band": "K-2"}[row.field.name])
        await settle(pilot)
        other = desk_in(ben)
        other.coachees.edit(other.coachees.all()[0], room="theirs", building="Elm")
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, Merge)
        shown = screen_text(app)
        assert "mine    mine" in shown
        assert "theirs  theirs" in shown
        assert "Grades" not in shown.split("Changed here")[1], "only one of us changed those"
        assert stored(ben).room == "theirs"
        await press(pilot, *keys, "ctrl+s")
        assert isinstance(app.screen, Form)
        assert stored(ben).room == "theirs", "nothing is saved before it was looked at"
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, CaseloadScreen)
    now = stored(ben)
    assert (now.room, now.building, now.grade_band) == (room, "Elm", "K-2")


async def test_other_fields_changed_elsewhere_are_no_clash_and_later_decides_nothing(
    ben: Path,
) -> None:
    async with opened(ben) as (app, pilot):
        await press(pilot, "enter")
        app.screen.query_one(PageTable).go_to("room")
        await press(pilot, "enter")
        await type_text(pilot, "mine")
        other = desk_in(ben)
        other.coachees.edit(other.coachees.all()[0], note="and a note")
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, Form)
        assert stored(ben).room == ""
        other.coachees.edit(other.coachees.all()[0], room="theirs")
        await press(pilot, "ctrl+s")
        await settle(pilot)
        assert isinstance(app.screen, Merge)
        await press(pilot, "escape")
        assert "Your words stand here" in screen_text(app)
        assert stored(ben).room == "theirs"
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, CoacheeScreen)
    assert (stored(ben).room, stored(ben).note) == ("mine", "and a note")


async def test_what_cannot_be_saved_stays_in_the_form(
    ben: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*anything: object, **fields: object) -> None:
        raise StoreFull("the store")

    async with opened(ben) as (app, pilot):
        await press(pilot, "n")
        await type_text(pilot, "S3 it doubles")
        await press(pilot, "ctrl+s")
        assert "say why" in screen_text(app), "before the launch conversation"
        await type_text(pilot, "she asked me in")
        with monkeypatch.context() as patched:
            patched.setattr("coach_tui.coaching.observing.Observing.note", full)
            await press(pilot, "ctrl+s")
        assert isinstance(app.screen, Form)
        assert "Not saved" in screen_text(app)
        await press(pilot, "ctrl+s")
    desk = desk_in(ben)
    (noted,) = desk.observing.of(stored(ben).id)
    assert [line.text for line in noted.lines] == ["it doubles"]
    assert noted.before_launch_because == "she asked me in"


async def test_a_second_note_of_the_day_asks_for_no_reason_again(ben: Path) -> None:
    desk = desk_in(ben)
    desk.observing.note(stored(ben), ["one"], "she asked me in")
    desk.close()
    async with opened(ben) as (app, pilot):
        await press(pilot, "n")
        await type_text(pilot, "two")
        await press(pilot, "ctrl+s")
        assert not isinstance(app.screen, Form)


async def test_ticks_in_a_row_are_all_kept(ben: Path) -> None:
    async with opened(ben) as (app, pilot):
        await press(pilot, "enter")
        app.screen.query_one(PageTable).go_to(f"launch:{LaunchItem.TRUST.value}")
        await burst(pilot, "space", "j", "space", "j", "space", "j", "space")
    assert stored(ben).launch.complete


async def test_a_barrier_that_is_taken_out_is_resolved_not_forgotten(ben: Path) -> None:
    desk = desk_in(ben)
    desk.coachees.set_barriers(stored(ben), ("No common planning",))
    desk.close()
    async with opened(ben) as (app, pilot):
        await press(pilot, "enter")
        app.screen.query_one(PageTable).go_to("barriers")
        await press(pilot, "enter", "ctrl+a", "backspace")
        app.screen.query_one(TextArea).text = ""
        await press(pilot, "ctrl+s")
    assert [one.resolved_on for one in stored(ben).barriers] == [date(2026, 11, 23)]


async def test_a_planned_visit_can_be_cancelled_with_its_reason(ben: Path) -> None:
    async with opened(ben) as (_, pilot):
        await press(pilot, "s")
        await type_text(pilot, "3 dec")
        await press(pilot, "ctrl+s", "s", "f4")
        await type_text(pilot, "field trip")
        await press(pilot, "ctrl+s")
    cycles = desk_in(ben).cycling.of(stored(ben).id)
    assert [(one.stage, one.cancelled_because) for one in cycles] == [
        (CycleStage.CANCELLED, "field trip")
    ]


async def test_a_reciprocal_pair_is_made_on_both_sides(folder: Path) -> None:
    set_up(folder)
    first = add(folder, "Ana Ruiz", structure=Structure.PEER_TO_PEER)
    second = add(folder, "Ben Cole", structure=Structure.PEER_TO_PEER)
    async with opened(folder) as (app, pilot):
        await press(pilot, "enter")
        app.screen.query_one(PageTable).go_to("pair")
        await press(pilot, "enter", "2")
        assert "Ben Cole" in screen_text(app)
    desk = desk_in(folder)
    assert desk.coachees.get(first.id).reciprocal_pair == second.id
    assert desk.coachees.get(second.id).reciprocal_pair == first.id


async def test_the_day_the_release_plan_was_shared_is_kept(ben: Path) -> None:
    async with opened(ben) as (app, pilot):
        await press(pilot, "enter")
        app.screen.query_one(PageTable).go_to("shared_on")
        await press(pilot, "enter")
        await type_text(pilot, "20 nov")
        await press(pilot, "enter")
        assert "Fri 20 Nov 2026, 3 days ago" in screen_text(app)
    assert stored(ben).plan.release_plan_shared_on == date(2026, 11, 20)
