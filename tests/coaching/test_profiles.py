"""Practice profiles and self-assessment: errors that name the place, versions, import."""

from __future__ import annotations

import json
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from coach_tui.coaching.desk import Desk
from coach_tui.coaching.profiles import SHIPPED, VersionTaken, data_text
from coach_tui.domain.enumerations import AssessmentWindow, GoalState, MomentOfNeed
from coach_tui.domain.progress.assessing import change_words
from coach_tui.domain.progress.levels import DOCUMENT_LEVELS
from coach_tui.domain.statuses import OwedKind
from coach_tui.exchange.errors import ExchangeError
from coach_tui.exchange.profiles import parse_profile
from coach_tui.store.errors import Conflict
from tests.support import TODAY, add_launched, desk, forward

BASELINE, END = AssessmentWindow.BASELINE, AssessmentWindow.END
PROFILE = {
    "profile": "talk",
    "version": "1",
    "title": "Student talk",
    "level": [{"name": "beginning", "advice": "ask one more"}, {"name": "in place"}],
    "function": [
        {"key": "wait", "title": "Waits", "items": ["Waits three seconds"]},
        {"key": "turn", "title": "Lets S turn to S", "look_fors": ["S looks at S"]},
    ],
}


@pytest.fixture
def of() -> Desk:
    return desk()


def test_the_shipped_profile_has_five_functions_and_26_items_and_no_invented_words(
    of: Desk,
) -> None:
    shipped = of.profiles.shipped
    assert [len(one.items) for one in shipped.functions] == [5, 6, 5, 7, 3]
    assert tuple(level.name for level in shipped.levels) == DOCUMENT_LEVELS
    assert not any(one.descriptors for one in shipped.functions)
    assert not any(level.advice for level in shipped.levels)
    assert of.profiles.all() == [shipped]
    assert parse_profile(data_text(SHIPPED), "again")["title"] == shipped.title


def test_the_blank_one_can_be_taken_in_as_it_is(of: Desk, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    of.profiles.copy_blank(str(path))
    mine = of.profiles.take_in(str(path))
    assert [one.name for one in mine.levels] == ["beginning", "developing", "in place"]
    with pytest.raises(ExchangeError, match="there already"):
        of.profiles.copy_blank(str(path))
    with pytest.raises(ExchangeError, match="There is no file"):
        of.profiles.take_in(str(path.with_suffix(".none")))


def test_json_is_read_too_and_the_same_twice_is_one(of: Desk, tmp_path: Path) -> None:
    path = tmp_path / "talk.json"
    path.write_text(json.dumps(PROFILE), encoding="utf-8")
    first = of.profiles.take_in(str(path))
    assert of.profiles.take_in(str(path)).id == first.id
    path.write_text(json.dumps({**PROFILE, "title": "Talk"}), encoding="utf-8")
    with pytest.raises(VersionTaken, match="another version"):
        of.profiles.take_in(str(path))
    forward(of, minutes=1)
    path.write_text(json.dumps({**PROFILE, "version": "2"}), encoding="utf-8")
    of.profiles.take_in(str(path))
    assert [one.version for one in of.profiles.all() if one.profile == "talk"] == ["2", "1"]


def changed(**fields: Any) -> dict[str, Any]:
    return {**PROFILE, **fields}


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        (changed(version=""), "version: "),
        (changed(level=[]), "level: "),
        (changed(level=[{"name": "a"}, {"name": "a"}]), 'level 2: "a" is there twice'),
        (changed(level=[{"nam": "a"}]), "level 1, name: is missing"),
        (changed(function=[{"key": "a", "title": "A", "items": ["x", 3]}]), "function 1, items 2:"),
        (changed(levels=[]), "levels: is no key of a profile"),
        (
            changed(function=[{"key": "a", "title": "A", "descriptors": {"high": "x"}}]),
            'function 1, descriptors: no level is called "high"',
        ),
        ([], "is no profile"),
    ],
)
def test_an_error_names_the_file_and_the_place(
    of: Desk, tmp_path: Path, plain: object, words: str
) -> None:
    path = tmp_path / "talk.json"
    path.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(ExchangeError) as caught:
        of.profiles.take_in(str(path))
    assert words in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"profile = ", "is not TOML"),
        (b"\xff\xfe", "is not UTF-8"),
        (b'title = "a"\nprofile = x\n', "line 2"),
    ],
)
def test_what_is_no_toml_is_told(of: Desk, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(ExchangeError, match=words):
        of.profiles.take_in(str(path))
    assert tomllib.loads(of.profiles.blank())["profile"] == "my-practice"


# ------------------------------------------------------------------------------- self-assessment


def test_the_coach_and_a_teacher_assess_themselves_and_a_window_is_one_a_year(of: Desk) -> None:
    ana, shipped = add_launched(of), of.profiles.shipped
    of.assessing.save(None, shipped, BASELINE, TODAY, {"feedback": "proficient"})
    first = of.assessing.save(
        ana.id, shipped, BASELINE, TODAY, {"feedback": "proficient", "plan": None}
    )
    again = of.assessing.save(ana.id, shipped, BASELINE, TODAY, {"feedback": "exemplary"})
    with pytest.raises(Conflict):
        of.assessing.save(ana.id, shipped, BASELINE, TODAY, {"plan": "exemplary"}, shown=first)
    assert again.id == first.id
    assert len(of.assessing.of(ana.id)) == 1
    before = TODAY - timedelta(days=300)
    of.assessing.save(ana.id, shipped, BASELINE, before, {"feedback": "proficient"})
    assert [one.assessment.date for one in of.assessing.of(ana.id)] == [before, TODAY]
    assert [one.assessment.coachee for one in of.assessing.of(None)] == [None]
    for wrong in ({"nothing": "proficient"}, {"plan": "high"}, {"plan": None}):
        with pytest.raises(ValueError, match=r"no such|levels are|one essential"):
            of.assessing.save(ana.id, shipped, END, TODAY, wrong)


def test_not_looked_at_is_no_level() -> None:
    def said(before: str | None, after: str | None) -> str:
        return change_words(before, after, DOCUMENT_LEVELS)

    assert said(None, None) == "not looked at"
    assert said(None, "proficient") == "proficient; not looked at before"
    assert said("proficient", None) == "not looked at; before: proficient"
    assert said("proficient", "proficient") == "still proficient"
    assert said("close to proficient", "exemplary") == "grew from close to proficient to exemplary"
    assert said("exemplary", "proficient") == "from exemplary back to proficient"
    assert said("emerging", "proficient") == "from emerging to proficient"


WIDE = """Teacher,Window,Completed on,Feedback,Progress monitor,EF1
Ana Ruiz,Baseline,2026-09-15,Proficient,,close to proficient
E-7,interim,9/20/2026,2 close to proficient,not looked at,n/a
Nobody Known,baseline,,proficient,,
Ana Ruiz,spring,,proficient,,
Ana Ruiz,end,,very good,,
"""
LONG = """name,window,essential function,level
Ana Ruiz,baseline,feedback,proficient
Ana Ruiz,baseline,Use solution dialogue,exemplary
Ana Ruiz,baseline,juggling,exemplary
"""


def test_a_table_of_assessments_is_shown_first_and_refused_by_line(
    of: Desk, tmp_path: Path
) -> None:
    ana, bo = add_launched(of), add_launched(of, "Bo Lind", key="E-7")
    path = tmp_path / "sapp.csv"
    path.write_text(WIDE, encoding="utf-8")
    plan = of.assessing.plan_import(str(path), of.profiles.shipped)
    assert [(row.coachee, row.window, row.levels) for row in plan.rows] == [
        (
            ana.id,
            BASELINE,
            {"feedback": "proficient", "progress": None, "relationships": "close to proficient"},
        ),
        (
            bo.id,
            AssessmentWindow.INTERIM,
            {"feedback": "close to proficient", "progress": None, "relationships": None},
        ),
    ]
    assert [line for line, _ in plan.refused] == [4, 5, 6]
    assert of.assessing.of(ana.id) == []
    assert of.assessing.take_in(plan, of.profiles.shipped) == 2
    assert len(of.assessing.of(ana.id)) == 1
    path.write_text(LONG, encoding="utf-8")
    plan = of.assessing.plan_import(str(path), of.profiles.shipped)
    assert [row.levels for row in plan.rows] == [
        {"feedback": "proficient", "dialogue": "exemplary"}
    ]
    assert [line for line, _ in plan.refused] == [4]
    for lacking in ("window,feedback\nend,proficient\n", "name,feedback\nAna,proficient\n"):
        path.write_text(lacking, encoding="utf-8")
        with pytest.raises(ExchangeError, match="no column"):
            of.assessing.plan_import(str(path), of.profiles.shipped)


# ----------------------------------------------------------------------------------------- release


def test_the_released_stay_in_sight_and_a_pressing_need_proposes_re_entry(of: Desk) -> None:
    ana = add_launched(of)
    goal = of.goals.create(ana, GoalState.ACTIVE, TODAY, statement="S explain")
    assert [one.goal.id for one in of.releasing.readiness(ana)] == [goal.id]
    assert of.releasing.next_target(ana) == "2"
    released = next(state for state in of.coachees.moves(ana) if state.value == "released")
    ana = of.coachees.move(ana, released, "leads her own debrief")
    (watched,) = of.releasing.watch_list()
    assert (watched.coachee.id, watched.since, watched.need) == (ana.id, TODAY, None)
    of.releasing.note_need(ana, MomentOfNeed.THINGS_CHANGE, "a new curriculum")
    (watched,) = of.releasing.watch_list()
    assert watched.need == ("things change", TODAY)
    (row,) = of.caseload().rows
    assert [owed.kind for owed in row.owed] == [OwedKind.NEEDS_REENTRY]
    assert row.needs_attention
    with pytest.raises(Conflict):
        of.releasing.note_need(ana, MomentOfNeed.THINGS_CHANGE, "again")
    with pytest.raises(ValueError, match="to come"):
        of.releasing.note_need(
            of.coachees.get(ana.id), MomentOfNeed.APPLYING, "", TODAY + timedelta(days=1)
        )
