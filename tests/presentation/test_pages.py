"""A coachee's page, an observation's script, and errors, as text."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from coach_tui.domain.enumerations import CoacheeKind, LaunchItem, LineKind, LineTag, PlanPart
from coach_tui.domain.records import Barrier, Coachee, Observation, PriorityGroup
from coach_tui.presentation import coachee as page
from coach_tui.presentation import observation as script
from coach_tui.presentation.errors import explain, unexpected
from coach_tui.store.errors import NotFound
from tests.domain.strategies import EXAMPLES
from tests.presentation.test_text import orders
from tests.support import (
    HOSTILE,
    NOW,
    TODAY,
    ZONE,
    as_before,
    clock,
    coachee,
    launch,
    launched,
    moment,
    note_line,
    observation,
    ticked,
)

LOCAL = clock().local


def fields(of: Coachee) -> list[str]:
    return [line.field for line in page.page(of, TODAY)]


def test_every_field_of_the_page_is_there_once() -> None:
    shown = fields(launched())
    assert len(set(shown)) == len(shown)
    for item in LaunchItem:
        assert f"launch:{item.value}" in shown
    for part in PlanPart:
        assert f"plan:{part.value}" in shown
    of_parts = {"launch_date", "phase", "shared_on", "pair"}
    plain = {one for one in shown if ":" not in one} - of_parts
    assert plain <= Coachee.model_fields.keys()


def test_a_team_has_its_members_on_the_page() -> None:
    assert "members" not in fields(coachee())
    team = coachee("Grade 4", kind=CoacheeKind.TEAM, members=("Bo", "Cy"))
    (line,) = [line for line in page.page(team, TODAY) if line.field == "members"]
    assert line.words == "Bo, Cy"


def test_the_page_says_how_things_stand() -> None:
    of = launched(
        launch=launch(TODAY - timedelta(days=3)),
        priority_groups=(PriorityGroup(label="EL", how_many=5), PriorityGroup(label="IEP")),
        barriers=(
            Barrier(text="no common planning time"),
            Barrier(text="projector", resolved_on=TODAY),
        ),
    )
    words = {line.field: line.words for line in page.page(of, TODAY)}
    assert words["kind"] == "teacher"
    assert words["launch_date"] == "Fri 20 Nov 2026, 3 days ago"
    assert words["priority_groups"] == "EL (5), IEP"
    assert words["barriers"] == "no common planning time"
    assert words["building"] == page.NOTHING
    assert words["phase"] == "phase 1, coach models"
    ticks = [line.tick for line in page.page(of, TODAY) if line.done is not None]
    assert ticks == ["[x]"] * 4 + ["[ ]"] * 5


def test_the_plain_text_leaves_out_what_is_empty_but_never_a_tick() -> None:
    of = coachee(building="Oak", launch=launch(None, done=1))
    lines = page.profile_lines(of, TODAY)
    assert "  Building: Oak" in lines
    assert not any(line.startswith(("  Room", "  Note", "  Held on")) for line in lines)
    assert sum(line.startswith("  [x]") for line in lines) == 1
    assert sum(line.startswith("  [ ]") for line in lines) == 8


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_on_the_page_orders_no_terminal(text: str) -> None:
    of = as_before(
        Coachee,
        id="ana",
        created_at=NOW,
        updated_at=NOW,
        name=text,
        building=text,
        note=text,
        content_areas=(text,),
        priority_groups=(as_before(PriorityGroup, label=text),),
        launch=launch().changed(items={item: ticked(note=text) for item in LaunchItem}),
    )
    for line in page.profile_lines(of, TODAY):
        assert orders(line) == set()


@given(of=EXAMPLES[Coachee], seen=EXAMPLES[Observation])
@settings(max_examples=25)
def test_whatever_the_records_allow_can_be_shown(of: Coachee, seen: Observation) -> None:
    shown = [*page.profile_lines(of, TODAY), *script.script_lines(seen, LOCAL)]
    assert all(orders(line) == set() for line in shown)


def test_a_line_of_a_script_has_its_time_speaker_and_words() -> None:
    line = note_line(
        'what "do" you notice?',
        time=NOW,
        speaker="T",
        kind=LineKind.QUOTE,
        tags=(LineTag.PRAISE, LineTag.LOOK_FOR),
    )
    assert (
        script.line_text(line, LOCAL) == '09:00:00 T   "what "do" you notice?"  +praise  +look-for'
    )
    named = line.changed(labels=("Grade [3]", "waits " * 10))
    assert script.line_words(named).endswith(
        "  +praise  +Grade [3]  +waits waits waits waits waits…"
    ), "a group or look-for by its name"
    assert script.line_words(note_line('"so" she said', kind=LineKind.QUOTE)) == '"so" she said'


@pytest.mark.parametrize(
    ("kind", "sign"),
    [
        (LineKind.QUOTE, ""),
        (LineKind.ACTION, ""),
        (LineKind.COUNT, "#"),
        (LineKind.ENVIRONMENT, "e"),
        (LineKind.QUESTION, "?"),
        (LineKind.INFERENCE, "!"),
    ],
)
def test_a_line_without_a_speaker_shows_its_kind(kind: LineKind, sign: str) -> None:
    assert script.line_sign(note_line("14 of 22", kind=kind)) == sign
    assert script.line_sign(note_line("14 of 22", kind=kind, speaker="S12")) == "S12"


def test_a_script_is_headed_by_its_time_and_what_it_was_about() -> None:
    seen = observation(lesson="Fractions", lines=(note_line("hands up", time=moment(TODAY, 9, 2)),))
    assert script.script_lines(seen, LOCAL) == [
        "Notes of Mon 23 Nov 2026, 09:00, 20 min",
        "  lesson: Fractions",
        "  09:02:00     hands up",
    ]
    running = observation(end=None)
    assert script.heading(running, LOCAL) == "Mon 23 Nov 2026, 09:00, not ended"
    assert script.script_lines(running, LOCAL)[1:] == ["  no lines yet"]


def test_a_script_shows_the_coachs_own_time() -> None:
    assert LOCAL(NOW).tzinfo is ZONE


SECRET = "Jordan said her father drinks"


def test_a_broken_rule_is_explained_by_its_field() -> None:
    with pytest.raises(ValidationError) as refused:
        coachee(SECRET, members=("Bo",), grade_band=5, cadence=SECRET)
    words = explain(refused.value)
    assert "grade band: " in words
    assert "cadence: this is no cadence" in words
    assert SECRET not in words
    assert "\n" not in words
    with pytest.raises(ValidationError) as refused:
        coachee(SECRET, members=("Bo",))
    assert explain(refused.value) == "only a team has members"


def test_only_a_few_problems_are_listed() -> None:
    with pytest.raises(ValidationError) as refused:
        coachee(key=5, room=5, note=5, grade_band=5, building=5)
    assert explain(refused.value).count(";") == 2


def test_other_errors_say_what_they_say() -> None:
    assert explain(ValueError("the note is empty")) == "the note is empty"
    assert explain(ValueError()) == "ValueError"
    assert explain(NotFound("coachee")).startswith("There is no coachee")


def test_an_error_nobody_expected_is_named_without_its_words() -> None:
    with pytest.raises(RuntimeError) as caught:
        _fail()
    words = unexpected(caught.value)
    assert "RuntimeError at " in words
    assert __name__ in words
    assert SECRET not in words
    assert unexpected(KeyError(SECRET)) == (
        "Something went wrong that should not (KeyError). What was saved is safe."
    )


def _fail() -> None:
    raise RuntimeError(SECRET)
