"""Mode 5: the matrix, evidence in a few keys, a goal's review, readiness, the plan."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from coach_tui.coaching.desk import Desk
from coach_tui.coaching.script_lines import Line, plain
from coach_tui.domain.enumerations import (
    EvidenceColumn,
    EvidenceMode,
    GoalState,
    LineKind,
    PlanPart,
    ReviewOutcome,
    StudentEvidenceKind,
    Support,
)
from coach_tui.domain.records import Coachee, Evidence, GrowthGoal, NoteLine, Observation
from coach_tui.domain.scripting import read
from coach_tui.screens.coachee.screen import CoacheeScreen
from coach_tui.screens.history.screen import HistoryScreen
from coach_tui.screens.meeting.screen import MeetingScreen
from coach_tui.screens.progress.evidence import EvidenceScreen
from coach_tui.screens.progress.goal import GoalScreen
from coach_tui.screens.progress.screen import ProgressScreen
from coach_tui.widgets.keyed_table import KeyedTable
from coach_tui.widgets.page_table import PageTable
from coach_tui.widgets.timeline_table import TimelineTable
from tests.domain.progress.samples import planned
from tests.support import hold_meeting
from tests.ui.driving import (
    HOSTILE,
    NOW,
    WIDE,
    add,
    add_launched,
    desk_in,
    front,
    opened,
    press,
    said,
    screen_text,
    set_up,
    settle,
    type_text,
)

TODAY = date(2026, 11, 23)
AGREED = TODAY - timedelta(days=40)


def begun(folder: Path, name: str = "Ben Cole", statement: str = "S explain how they know") -> str:
    """Put a launched teacher with an active goal into the store; returns the goal's id."""
    coachee = add_launched(folder, name)
    desk = desk_in(folder)
    goal = desk.goals.create(
        desk.coachees.get(coachee.id),
        GoalState.ACTIVE,
        AGREED,
        statement=statement,
        indicator="8 of 24 explain",
        planned_modes=planned("observation", "discourse", "student work"),
    )
    desk.close()
    return goal.id


def yesterday(desk: Desk, coachee: Coachee) -> None:
    """Save an observation of yesterday with two lines of students and one of the teacher."""
    start = NOW - timedelta(days=1)
    quote = {"time": start, "kind": LineKind.QUOTE}
    seen = Observation(
        id="yesterday",
        created_at=NOW,
        updated_at=NOW,
        coachee=coachee.id,
        date=TODAY - timedelta(days=1),
        start=start,
        end=start + timedelta(minutes=20),
        lines=(
            NoteLine(id="0001", text="what do you notice?", speaker="T", **quote),
            NoteLine(id="0002", text="it doubles [each] time", speaker="S3", **quote),
            NoteLine(id="0003", text="we drew it", speaker="G2", **quote),
        ),
    )
    desk.ledger.save("Seen", seen)


@pytest.fixture
def ben(folder: Path) -> Path:
    """Return a store with one teacher who works on a goal, observed yesterday."""
    set_up(folder)
    begun(folder)
    desk = desk_in(folder)
    yesterday(desk, desk.coachees.all()[0])
    desk.close()
    return folder


def the_goal(folder: Path) -> GrowthGoal:
    """Return the newest goal as stored."""
    return desk_in(folder).ledger.store.all(GrowthGoal)[-1]


def the_evidence(folder: Path) -> list[Evidence]:
    """Return all evidence as stored."""
    return desk_in(folder).ledger.store.all(Evidence)


async def test_where_no_goal_has_a_gap_all_are_shown(ben: Path) -> None:
    desk = desk_in(ben)
    goal = desk.ledger.store.all(GrowthGoal)[-1]
    desk.ledger.save("Plan no evidence", goal.changed(planned_modes=()))
    desk.close()
    async with opened(ben) as (app, pilot):
        await press(pilot, "5")
        shown = screen_text(app)
        assert "1 goal active, none with a gap" in shown
        assert goal.statement[:20] in shown
        assert "3 9d T: 3 items, the newest 9 days old, by T teacher" in shown
        await press(pilot, "f")
        assert "1 goal without student evidence" in screen_text(app)


async def test_two_keys_show_what_lacks_student_evidence_and_four_add_it(ben: Path) -> None:
    async with opened(ben) as (app, pilot):
        await press(pilot, "5", "f")
        assert isinstance(app.screen, ProgressScreen)
        shown = screen_text(app)
        assert "1 goal without student evidence" in shown
        assert "✗ gap" in shown
        await press(pilot, "l", "l", "l", "v")
        assert "it doubles [each] time" in screen_text(app)
        assert "what do you notice" not in screen_text(app), "discourse is what students said"
        await press(pilot, "a", "enter")
        assert "No goal is without student evidence; you have 1 active goal" in screen_text(app)
        (item,) = the_evidence(ben)
        assert item.kind is StudentEvidenceKind.DISCOURSE
        assert [line.line for line in item.observation_lines] == ["0002", "0003"]
        await press(pilot, "u")
        assert the_evidence(ben) == []


async def test_evidence_from_anywhere_by_words_with_a_level_and_in_its_place(ben: Path) -> None:
    async with opened(ben) as (app, pilot):
        await press(pilot, "v", "4")
        await type_text(pilot, "24 exit slips")
        await press(pilot, "tab")
        await type_text(pilot, "/no/such/slips.pdf")
        await press(pilot, "tab", "tab", "tab", "tab")
        await type_text(pilot, "ask twice")
        await press(pilot, "ctrl+s")
        assert "who chose the next step" in screen_text(app)
        await press(pilot, "right", "tab", "right", "right", "right", "tab", "right", "right")
        await press(pilot, "ctrl+s")
        (item,) = the_evidence(ben)
        assert item.level is not None
        assert (item.level.level, item.level.is_private) == ("proficient", True)
        assert (item.next_step, item.what) == ("ask twice", "24 exit slips")
        await press(pilot, "p", "l", "l", "l", "l", "enter")
        shown = screen_text(app)
        assert "✗ not found" in shown
        assert "… to reflect" in shown
        await press(pilot, "enter")
        assert isinstance(app.screen, EvidenceScreen)
        assert "private: put down by the coach alone" in screen_text(app)


async def test_lines_of_both_kinds_fill_one_cell_each_and_never_twice(ben: Path) -> None:
    async with opened(ben) as (app, pilot):
        await press(pilot, "v", "1", "a", "enter")
        assert sorted(item.mode for item in the_evidence(ben)) == [
            EvidenceMode.OBSERVATION,
            EvidenceMode.STUDENT_EVIDENCE,
        ]
        await press(pilot, "v", "1", "a", "enter")
        assert "Choose a line" in said(app)
        await press(pilot, "escape")
        assert len(the_evidence(ben)) == 2


async def test_a_goal_is_written_down_reviewed_and_revised(ben: Path) -> None:
    desk = desk_in(ben)
    goal = desk.goals.active(desk.coachees.all()[0].id)[0]
    for day in (3, 2):
        when = TODAY - timedelta(days=day)
        desk.evidence.add(goal.id, EvidenceColumn.JOURNALING, when, what=f"page {day}")
    desk.close()
    async with opened(ben) as (app, pilot):
        await press(pilot, "p", "enter", "r")
        assert "1 of 2 · journaling" in screen_text(app)
        await type_text(pilot, "waits longer")
        await press(pilot, "ctrl+s")
        assert "2 of 2 · journaling" in screen_text(app)
        await press(pilot, "ctrl+s", "right", "tab")
        await type_text(pilot, "S to S")
        await press(pilot, "ctrl+s")
        reflected = [item.reflection for item in desk_in(ben).evidence.of(goal.id)]
        assert reflected == ["waits longer", ""]
        (review,) = the_goal(ben).reviews
        assert (review.date, review.outcome) == (TODAY, ReviewOutcome.CHANGED_GOAL)
        assert "Revise the growth goal" in screen_text(app)
        await press(pilot, "ctrl+s")
        assert "say why" in screen_text(app)
        await type_text(pilot, "half the class does")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, GoalScreen)
        assert "No evidence yet" in screen_text(app), "the goal that follows begins anew"
    stored = desk_in(ben).ledger.store.all(GrowthGoal)
    (new,) = [one for one in stored if one.id != goal.id]
    old = desk_in(ben).goals.get(goal.id)
    assert (new.follows, new.state, old.state) == (goal.id, GoalState.ACTIVE, GoalState.REVISED)


async def test_a_new_goal_is_agreed_and_its_page_lists_it(folder: Path) -> None:
    set_up(folder)
    add(folder, "Ben Cole")
    async with opened(folder) as (app, pilot):
        await press(pilot, "v")
        assert "works on no growth goal" in said(app)
        await press(pilot, "p")
        assert "No growth goal is written down yet" in screen_text(app)
        await press(pilot, "a", "2")
        await type_text(pilot, "Builds [/] trust")
        await press(pilot, "tab", "tab", "tab", "tab")
        await type_text(pilot, "obs, talk")
        await press(pilot, "ctrl+s")
        assert "Builds [/] trust" in screen_text(app)
        await press(pilot, "escape", "enter")
        goal = the_goal(folder)
        app.screen.query_one(PageTable).go_to(f"goal:{goal.id}")
        await press(pilot, "space", "enter")
        assert isinstance(app.screen, GoalScreen)
        await press(pilot, "escape", "tab", "enter")
        assert len(app.screen_stack) == 3, "an entry of the timeline opens its goal too"
    assert goal.function is not None
    assert goal.function.function == "relationships"
    assert len(goal.levels) == 4
    assert [mode.mode.value for mode in goal.planned_modes] == ["observation", "student evidence"]
    assert (goal.state, goal.agreed_on) == (GoalState.ACTIVE, TODAY)


async def test_readiness_opens_its_proofs_and_a_need_is_noted(ben: Path) -> None:
    desk = desk_in(ben)
    goal = desk.goals.active(desk.coachees.all()[0].id)[0]
    desk.evidence.add(goal.id, EvidenceColumn.JOURNALING, AGREED, what="a page on waiting")
    desk.close()
    async with opened(ben, size=WIDE) as (app, pilot):
        await press(pilot, "p", "R")
        shown = screen_text(app)
        assert "[ ] modeling was done on it" in shown
        assert "[x] a journal entry" in shown
        assert "of 5" not in shown, "a checklist, never a score"
        table = app.screen.query_one(KeyedTable)
        table.go_to(next(key for key in table._rows_shown if key.endswith(":3:3:0")))
        await press(pilot, "enter")
        assert isinstance(app.screen, EvidenceScreen)
        await press(pilot, "escape", "N", "right", "right", "right", "tab")
        await type_text(pilot, "a new text")
        await press(pilot, "ctrl+s")
        assert "things go wrong: a new text" in screen_text(app)
        assert desk_in(ben).coachees.all()[0].phase.value == "1", "nothing moves by itself"


async def test_a_line_is_taken_out_of_the_evidence_and_can_be_edited_again(ben: Path) -> None:
    desk = desk_in(ben)
    coachee = desk.coachees.all()[0]
    goal = desk.goals.active(coachee.id)[0]
    said = [plain(f"S3: it doubles {n}", NOW) for n in range(2)]
    seen = desk.scripts.write(desk.observing.start(coachee).id, said)
    (item,) = desk.evidence.link_lines(goal.id, seen.id, ["0001", "0002"])
    async with opened(ben, size=WIDE) as (app, pilot):
        await app.push_screen(EvidenceScreen(app.session, item.id))
        await settle(pilot)
        await press(pilot, "d")
        assert len(desk_in(ben).evidence.get(item.id).observation_lines) == 2, "no line was chosen"
        screen = front(app, EvidenceScreen)
        screen.query_one(KeyedTable).go_to(f"line:{seen.id}:0")
        await press(pilot, "d")
        (left,) = desk_in(ben).evidence.get(item.id).observation_lines
        assert left.line == "0002"
        screen.query_one(KeyedTable).go_to(f"line:{seen.id}:0")
        await press(pilot, "d")
        assert app.screen is not screen
        assert desk_in(ben).evidence.of(goal.id) == []
        await press(pilot, "u")
        assert desk_in(ben).evidence.get(item.id).observation_lines == (left,)
    desk.ledger.poll()
    desk.scripts.edit(seen.id, "0001", Line(read("! lazy"), NOW))
    reflected = desk.evidence.edit(desk.evidence.get(item.id), reflection="we waited longer")
    with pytest.raises(ValueError, match="in words first"):
        desk.evidence.take_out(reflected, 0)


async def test_the_proof_of_a_cycle_opens_its_meeting_where_it_has_one(ben: Path) -> None:
    desk = desk_in(ben)
    coachee = desk.coachees.all()[0]
    goal = desk.goals.active(coachee.id)[0]
    hold_meeting(desk, coachee, AGREED, step="Wait three seconds")
    (cycle,) = desk.cycling.of(coachee.id)
    modeled = cycle.changed(goal=goal.id, supports=(Support.MODELING,))
    desk.ledger.save("Modeled", modeled)
    desk.close()
    async with opened(ben, size=WIDE) as (app, pilot):
        await press(pilot, "p", "R")
        assert "[x] modeling was done on it" in screen_text(app)
        table = app.screen.query_one(KeyedTable)
        keys = list(table._rows_shown)
        modeling = next(n for n, key in enumerate(keys) if "modeling" in words_of(table, key))
        table.go_to(keys[modeling + 1])
        await press(pilot, "enter")
        front(app, MeetingScreen)
        assert "Wait three seconds" in screen_text(app)


def words_of(table: KeyedTable, key: str) -> str:
    """Return what a row says."""
    return " ".join(cell.plain for cell in table._rows_shown[key])


async def test_the_plan_is_complete_by_what_is_recorded_and_shared_as_shown(
    ben: Path, tmp_path: Path
) -> None:
    async with opened(ben) as (app, pilot):
        await press(pilot, "p", "A", "i")
        table = tmp_path / "sapp.csv"
        table.write_text(
            "name,window,date,feedback\nBen Cole,baseline,2026-09-15,far from proficient\n"
            "Nobody Known,baseline,,proficient\n",
            encoding="utf-8",
        )
        await type_text(pilot, str(table))
        await press(pilot, "ctrl+s")
        assert "line 3: nobody on the caseload" in screen_text(app)
        await press(pilot, "1", "a", "right", "tab", "tab", "right", "right", "ctrl+s")
        assert "interim, Mon 23 Nov 2026" in screen_text(app)
        await press(pilot, "g", "j", "j")
        assert "feedback: grew from far from proficient to" in screen_text(app)
        await press(pilot, "escape", "P", "enter")
        await type_text(pilot, "Talk in every lesson")
        await press(pilot, "ctrl+s")
        shown = screen_text(app)
        assert "[x] Growth goals" in shown
        assert "[x] Self-assessment" in shown
        assert "[ ] Gradual release" in shown
        await press(pilot, "S", "f3")
        assert "[x] Gradual release" in screen_text(app)
    coachee = desk_in(ben).coachees.all()[0]
    assert coachee.plan.release_plan_shared_on == TODAY
    assert coachee.plan.parts[PlanPart.FOCUS].note == "Talk in every lesson"
    (share,) = desk_in(ben).sharing.with_coachee(coachee.id)
    assert "S explain how they know" in share.text


async def test_profiles_are_read_written_and_refused_by_their_place(
    ben: Path, tmp_path: Path
) -> None:
    async with opened(ben) as (app, pilot):
        await press(pilot, "5", "P", "enter")
        assert "Develop and maintain coaching relationships" in screen_text(app)
        await press(pilot, "escape", "i")
        bad = tmp_path / "bad.toml"
        bad.write_text('profile = "x"\n', encoding="utf-8")
        await type_text(pilot, str(bad))
        await press(pilot, "ctrl+s")
        assert "is missing" in screen_text(app)
        await press(pilot, "escape", "escape", "a", "ctrl+s")
        assert "My practice" in screen_text(app)
    assert [one.title for one in desk_in(ben).profiles.all()] == [
        "My practice",
        "School-Based Implementation Coaching",
    ]


@pytest.mark.parametrize("text", ["".join(HOSTILE)[:500]], ids=["all"])
async def test_hostile_words_are_shown_as_they_are(folder: Path, text: str) -> None:
    set_up(folder)
    goal = begun(folder, text, text)
    desk = desk_in(folder)
    desk.evidence.add(
        goal, EvidenceColumn.WORK, TODAY, what=text, reference=text, reflection=text, next_step=text
    )
    desk.close()
    async with opened(folder) as (app, pilot):
        await press(pilot, "5", "f", "f", "f", "f", "l", "enter", "escape", "h", "enter", "i")
        await press(pilot, "i", "f", "f", "f", "f", "enter")
        assert app.screen.query("EvidenceScreen KeyedTable")
        await press(pilot, "escape", "escape", "p", "P", "escape", "R", "escape")
        assert "\x1b" not in screen_text(app)


async def test_the_history_of_a_goal_its_evidence_and_what_happened_is_one_key(ben: Path) -> None:
    async with opened(ben) as (app, pilot):
        goal = the_goal(ben)
        desk = desk_in(ben)
        item = desk.evidence.add(goal.id, EvidenceColumn.JOURNALING, AGREED, what="a page")
        desk.close()
        for screen, called in (
            (GoalScreen(app.session, goal.id), "History · goal of Ben Cole"),
            (EvidenceScreen(app.session, item.id), "History · evidence of Ben Cole"),
        ):
            await app.push_screen(screen)
            await settle(pilot)
            await press(pilot, "H")
            assert isinstance(app.screen, HistoryScreen)
            assert called in screen_text(app)
            assert "Added" in screen_text(app)
            await press(pilot, "escape", "escape")
        await app.push_screen(CoacheeScreen(app.session, goal.coachee))
        await settle(pilot)
        await press(pilot, "tab")
        table = app.screen.query_one(TimelineTable)
        seen = set()
        for _ in range(table.row_count):
            await press(pilot, "H")
            assert isinstance(app.screen, HistoryScreen)
            seen.add(app.screen.draft_place()["table"])
            await press(pilot, "escape", "j")
        assert {"goals", "evidence"} <= seen
