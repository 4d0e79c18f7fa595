"""A typed line is understood and asked about alike, wherever it was typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from coach_tui.coaching.desk import Desk
from coach_tui.coaching.line_reader import read_typed
from coach_tui.coaching.settings import Settings
from coach_tui.domain.enumerations import LineTag
from coach_tui.domain.records import Coachee, FunctionReference, NoteLine, PriorityGroup
from coach_tui.domain.scripting.names import handle
from tests.support import add_launched, desk


@pytest.fixture
def of() -> Desk:
    return desk()


@pytest.fixture
def ana(of: Desk) -> Coachee:
    """A teacher with a priority group, and a goal that has look-fors."""
    ana = add_launched(of, priority_groups=(PriorityGroup(label="Grade 3"),))
    shipped = of.profiles.shipped
    function = FunctionReference(
        profile=shipped.profile, version=shipped.version, function="feedback"
    )
    of.goals.create(ana, statement="S respond to S", function=function)
    return ana


def noted(of: Desk, ana: Coachee, text: str, settings: Settings) -> tuple[NoteLine, str]:
    """Return a line as it is stored, and what was said about the words."""
    lines, trouble = read_typed(of, settings, ana, [text])
    return of.observing.note(ana, lines).lines[-1], trouble


def test_what_may_follow_a_plus_and_what_is_asked_are_those_of_the_script(
    of: Desk, ana: Coachee, tmp_path: Path
) -> None:
    look_for = of.goals.look_fors(ana.id)[0]
    text = f"s3 was bored +grade-3 +{handle(look_for)}"
    line, trouble = noted(of, ana, f"a {text}", Settings(directory=str(tmp_path)))
    assert (line.text, line.speaker) == ("was bored", "S3")
    assert line.tags == (LineTag.PRIORITY_GROUP, LineTag.LOOK_FOR)
    assert line.labels == ("Grade 3", look_for)
    assert [(mark.code, line.text[mark.start : mark.end]) for mark in line.marks] == [
        ("LI02", "bored")
    ]
    assert trouble == ""


def test_with_an_own_list_that_cannot_be_read_the_shipped_words_are_asked_about(
    of: Desk, ana: Coachee, tmp_path: Path
) -> None:
    (tmp_path / "low_inference.toml").write_text("allow = nonsense", encoding="utf-8")
    line, trouble = noted(of, ana, "S3 was bored", Settings(directory=str(tmp_path)))
    assert "low_inference.toml" in trouble
    assert [mark.code for mark in line.marks] == ["LI02"]
