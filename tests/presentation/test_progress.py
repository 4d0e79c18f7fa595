"""The matrix, the picture and the plan as text: marks that fit, and nothing private that leaves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_tui.domain.enumerations import AssessmentWindow, EvidenceColumn, GoalState, Party
from coach_tui.domain.progress.matrix import Cell
from coach_tui.domain.records import (
    Coachee,
    Evidence,
    GrowthGoal,
    SelfAssessedLevel,
    SelfAssessment,
)
from coach_tui.presentation.documents import Format
from coach_tui.presentation.goal import evidence_marks
from coach_tui.presentation.picture import Track, picture
from coach_tui.presentation.plan import PlanSources, plan_document
from coach_tui.presentation.progress import cell_mark, cell_sentence, row_marks
from coach_tui.presentation.text import width
from tests.domain.progress.samples import goal, item
from tests.support import HOSTILE, NOW, TODAY, launched

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
parties = st.lists(st.sampled_from([party.value for party in Party]), unique=True, min_size=1)


@given(
    count=st.integers(1, 500),
    away=st.integers(0, 3000),
    by=parties,
    column=st.sampled_from(EvidenceColumn),
)
@settings(max_examples=80)
def test_a_cell_fits_into_seven_columns(
    count: int, away: int, by: list[str], column: EvidenceColumn
) -> None:
    cell = Cell(column, count, TODAY - timedelta(days=away), tuple(by), planned=True)
    assert width(cell_mark(cell, (), TODAY)) <= 8
    assert count > 99 or width(cell_mark(cell, (), TODAY)) <= 7


@pytest.mark.parametrize(
    ("by", "letter", "words"),
    [
        (("teacher",), "T", "gathered by the teacher"),
        (("coach",), "C", "gathered by the coach"),
        (("together",), "+", "gathered by both together"),
        (("teacher", "coach"), "+", "gathered by the teacher and the coach"),
    ],
)
def test_a_cell_says_how_many_how_fresh_and_by_whom(
    by: tuple[str, ...], letter: str, words: str
) -> None:
    cell = Cell(EvidenceColumn.VIDEO, 3, TODAY - timedelta(days=9), by)
    assert cell_mark(cell, (), TODAY) == f"3 9d {letter}"
    assert words in cell_sentence(cell, (), TODAY)


def test_what_is_planned_is_a_gap_only_when_the_rule_says_so() -> None:
    empty = Cell(EvidenceColumn.WORK, planned=True)
    assert cell_mark(empty, ("student work",), TODAY) == "✗ gap"
    assert cell_mark(empty, (), TODAY) == "planned"
    assert cell_mark(Cell(EvidenceColumn.WORK), (), TODAY) == "–"


@dataclass(frozen=True)
class Row:
    """What the marks of a row are made of."""

    coachee: Coachee
    goal: GrowthGoal
    cells: tuple[Cell, ...] = ()
    gaps: tuple[str, ...] = ()
    stale_since: date | None = None
    triangulated: bool = False
    waiting: int = 0


@pytest.mark.parametrize("gaps", [(), ("discourse", "student work")])
@pytest.mark.parametrize("stale", [None, TODAY])
@pytest.mark.parametrize("triangulated", [False, True])
def test_the_marks_of_a_row_are_never_cut(
    gaps: tuple[str, ...], stale: date | None, triangulated: bool
) -> None:
    own = GrowthGoal.from_document(goal())
    marks = row_marks(Row(launched(), own, (), gaps, stale, triangulated))
    assert width(marks) <= 14
    assert ("gap" in marks, "stale" in marks) == (bool(gaps), stale is not None)
    assert ("triangulated" in marks) == (triangulated and not gaps and stale is None)


@given(
    happened=st.lists(days, max_size=30),
    first=days,
    span=st.integers(0, 600),
    today=days,
    columns=st.integers(32, 200),
)
@settings(max_examples=60)
def test_a_picture_keeps_to_its_width_and_loses_no_day(
    happened: list[date], first: date, span: int, today: date, columns: int
) -> None:
    track = Track("observation", tuple((day, "") for day in happened))
    lines = picture([track], first, first + timedelta(days=span), today, columns)
    assert all(width(line) <= columns for line in lines)
    drawn = lines[1].removeprefix("observation").replace("·", "").replace(" ", "")
    counted = drawn.replace("●", "1")
    assert "+" in counted or sum(map(int, counted or "0")) == len(happened)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_private_level_says_so_and_words_stay_on_their_line(text: str) -> None:
    document = item(TODAY, "student work", level="proficient", named_by=Party.COACH, what=text)
    marks = evidence_marks(Evidence.from_document(document), missing=True)
    assert "proficient (private)" in marks
    assert "✗ not found" in marks


def test_the_plan_that_leaves_holds_no_draft_and_no_level_of_the_coach_alone() -> None:
    drafted = GrowthGoal.from_document(
        goal("draft", state=GoalState.DRAFT, agreed_on=None, statement="what the coach hopes for")
    )
    agreed = GrowthGoal.from_document(goal(statement="S explain how they know"))
    assessed = SelfAssessment(
        id="one",
        created_at=NOW,
        updated_at=NOW,
        coachee="ana",
        profile="talk",
        version="1",
        window=AssessmentWindow.BASELINE,
        date=TODAY,
        named_by=Party.COACH,
        levels=(SelfAssessedLevel(function="wait", level="far from proficient"),),
    )
    sources = PlanSources(launched(), (drafted, agreed), assessed)
    page, left_out = plan_document(sources, TODAY)
    for form in Format:
        text = page.written(form)
        assert "S explain how they know" in text
        assert "what the coach hopes for" not in text
        assert "far from proficient" not in text
    assert left_out == ["goals that are drafts", "a self-assessment that the coach alone put down"]
    theirs = PlanSources(launched(), (agreed,), assessed.changed(named_by=Party.TEACHER))
    assert "far from proficient" in plan_document(theirs, TODAY)[0].written(Format.TEXT)
