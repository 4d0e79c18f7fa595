"""The sample caseload shows the same picture on any day, and holds the rules of every record."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from itertools import pairwise
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_tui.coaching.sample.content import ContentError, fill, load, parse
from coach_tui.coaching.sample.generator import generate, produce
from coach_tui.coaching.sample.library import read_library
from coach_tui.coaching.sample.people import caseload
from coach_tui.coaching.sample.scripts import Scripts
from coach_tui.coaching.sample.year import days_off, span_of_year
from coach_tui.domain.enumerations import (
    AssessmentWindow,
    CoacheeKind,
    CoacheeState,
    ContactKind,
    CycleStage,
    EvidenceMode,
    GoalState,
    LineKind,
    LineTag,
    MeetingStep,
    Modality,
    Party,
    ReleasePhase,
    StudentEvidenceKind,
)
from coach_tui.domain.facts import CoacheeFacts
from coach_tui.domain.records import (
    Coach,
    Coachee,
    Contact,
    Cycle,
    District,
    Evidence,
    GrowthGoal,
    LineReference,
    Observation,
    PracticeProfile,
    Record,
    SchoolCalendar,
    SelfAssessment,
)
from coach_tui.domain.statuses import Due, Owed, OwedKind, Rules, due, next_visit, owed
from coach_tui.domain.taking import facts_of

CHICAGO = ZoneInfo("America/Chicago")
TODAY = date(2026, 2, 11)

EDGE_DAYS = [
    date(2026, 2, 11),  # a Wednesday in the middle of a school year
    date(2025, 9, 1),  # Labor Day, the school year three weeks old
    date(2024, 2, 29),
    date(2025, 7, 9),  # in the summer break of a year that goes on
    date(2025, 8, 10),  # a Sunday before most schools begin
    date(2025, 11, 28),  # the Friday after Thanksgiving
    date(2025, 12, 28),  # a Sunday in the winter break
    date(2026, 1, 4),  # the day before school begins again
    date(2026, 1, 5),  # the day on which it does: two weeks fall due at once
    date(2026, 1, 6),
    date(2026, 3, 21),  # the Saturday that ends the spring break
    date(2026, 5, 9),  # where the August-to-June year ends for the sample
    date(2026, 6, 6),
    date(2027, 1, 1),
]

PICTURE_DUE = {
    "overdue": 4,
    "due": 2,
    "due soon": 3,
    "on track": 3,
    "not launched": 2,
    "paused": 1,
    "released": 1,
}
PICTURE_OWED = {
    OwedKind.FEEDBACK: 2,
    OwedKind.CHECK_BACK: 3,
    OwedKind.PLAN_INCOMPLETE: 3,
    OwedKind.GROUPS_NOT_SEEN: 1,
}

RecordT = TypeVar("RecordT", bound=Record)
Facts = dict[str, tuple[CoacheeFacts, Due, tuple[Owed, ...]]]


def of(records: list[Record], kind: type[RecordT]) -> list[RecordT]:
    return [record for record in records if isinstance(record, kind)]


def facts(records: list[Record], today: date) -> Facts:
    [calendar] = of(records, SchoolCalendar)
    school_days = calendar.school_days()
    cycles: dict[str, list[dict[str, Any]]] = defaultdict(list)
    observations: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for cycle in of(records, Cycle):
        cycles[cycle.coachee].append(cycle.to_document())
    for observation in of(records, Observation):
        document = observation.model_dump(mode="json", exclude={"lines"})  # the facts need none
        observations[observation.coachee].append(document)
    found: Facts = {}
    for coachee in of(records, Coachee):
        one = facts_of(coachee.to_document(), cycles[coachee.id], observations[coachee.id])
        found[coachee.id] = (
            one,
            due(one, school_days, today, Rules()),
            owed(one, school_days, today, Rules()),
        )
    return found


@cache
def sample() -> list[Record]:
    return generate(TODAY, timezone=CHICAGO)


def digest(records: list[Record]) -> str:
    found = hashlib.sha256()
    for record in records:
        found.update(record.model_dump_json().encode())
    return found.hexdigest()


# ------------------------------------------------------------------------------ the picture


def assert_picture(today: date, timezone: tzinfo) -> None:
    records = generate(today, timezone=timezone)
    found = facts(records, today)
    assert Counter(standing.state.value for _, standing, _ in found.values()) == PICTURE_DUE
    kinds = Counter(item.kind for _, _, owing in found.values() for item in owing)
    assert kinds == PICTURE_OWED
    assert sorted(s.days_over for _, s, _ in found.values() if s.days_over) == [1, 2, 4, 7]
    visits = [next_visit(one, today) for one, _, _ in found.values()]
    assert sum(visit is not None and visit >= today for visit in visits) == 9
    assert sum(visit is not None and visit < today for visit in visits) == 1
    assert_times(records, today, timezone)


def assert_times(records: list[Record], today: date, timezone: tzinfo) -> None:
    """Everything lies before today, but what is planned; and it reaches back half a year."""
    [calendar] = of(records, SchoolCalendar)
    school_days = calendar.school_days()
    assert calendar.first_day + timedelta(weeks=20) <= today <= calendar.last_day
    observations = of(records, Observation)
    assert min(one.date for one in observations) <= today - timedelta(weeks=20)
    assert all(one.date < today and one.end is not None for one in observations)
    assert all(one.date in school_days for one in observations)
    assert all(one.start.astimezone(timezone).date() == one.date for one in observations)
    midnight = datetime(today.year, today.month, today.day, tzinfo=timezone).astimezone(UTC)
    assert all(record.created_at <= record.updated_at < midnight for record in records)
    for cycle in of(records, Cycle):
        if cycle.meeting is not None and cycle.meeting.held:
            assert cycle.meeting.date < today
        if cycle.action_step is not None and cycle.action_step.check_back is not None:
            assert cycle.action_step.check_back.date < today


@pytest.mark.parametrize("today", EDGE_DAYS, ids=str)
def test_the_picture_holds_on_days_at_the_edges(today: date) -> None:
    assert_picture(today, CHICAGO)


@settings(max_examples=6, deadline=None)
@given(
    st.dates(date(2020, 1, 1), date(2036, 12, 31)),
    st.sampled_from(["UTC", "Pacific/Kiritimati", "Pacific/Honolulu", "Asia/Kathmandu"]),
)
def test_the_picture_holds_on_any_day(today: date, zone: str) -> None:
    assert_picture(today, ZoneInfo(zone))


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_any_day_has_half_a_school_year_behind_it_and_a_month_ahead(today: date) -> None:
    first, last = span_of_year(today)
    assert first + timedelta(weeks=24) <= today
    assert today + timedelta(weeks=4) <= last
    assert (last - first).days < 400


def test_fourteen_teachers_and_two_teams_in_three_buildings() -> None:
    coachees = of(sample(), Coachee)
    assert Counter(one.kind for one in coachees) == {CoacheeKind.EDUCATOR: 14, CoacheeKind.TEAM: 2}
    assert len({one.building for one in coachees}) == 3
    assert {one.building for one in coachees} == set(of(sample(), Coach)[0].buildings)
    assert len(of(sample(), District)) == len(of(sample(), SchoolCalendar)) == 1
    assert all(one.room and one.grade_band and one.content_areas for one in coachees)
    assert {len(one.members) for one in coachees if one.kind is CoacheeKind.TEAM} == {3}


def test_periods_are_those_of_the_bells_of_the_building() -> None:
    [calendar] = of(sample(), SchoolCalendar)
    bells = {(period.building, period.name) for period in calendar.periods}
    for coachee in of(sample(), Coachee):
        assert {(coachee.building, name) for name in coachee.periods} <= bells


def test_visits_lie_within_a_period_of_the_teacher_and_never_two_at_once() -> None:
    [calendar] = of(sample(), SchoolCalendar)
    coachees = {one.id: one for one in of(sample(), Coachee)}
    by_day = defaultdict(list)
    for one in of(sample(), Observation):
        coachee = coachees[one.coachee]
        assert one.end is not None
        start, end = one.start.astimezone(CHICAGO), one.end.astimezone(CHICAGO)
        length = one.duration(one.end)
        assert timedelta(minutes=15) <= length <= timedelta(minutes=30)
        first_minute = start.replace(second=0)
        assert any(
            period.start <= first_minute.time() and (first_minute + length).time() <= period.end
            for period in calendar.periods
            if period.building == coachee.building and period.name in coachee.periods
        )
        by_day[one.date].append((start, end))
    for visits in by_day.values():
        visits.sort()
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(visits))


def test_the_days_off_of_a_school_year() -> None:
    spans = days_off(date(2025, 8, 13), date(2026, 6, 5))
    assert [(str(span.first), str(span.last), span.label) for span in spans] == [
        ("2025-09-01", "2025-09-01", "Labor Day"),
        ("2025-10-13", "2025-10-13", "Teachers' learning day"),
        ("2025-11-26", "2025-11-28", "Thanksgiving break"),
        ("2025-12-22", "2026-01-02", "Winter break"),
        ("2026-01-19", "2026-01-19", "Martin Luther King Jr. Day"),
        ("2026-02-16", "2026-02-16", "Presidents' Day"),
        ("2026-03-16", "2026-03-20", "Spring break"),
        ("2026-05-25", "2026-05-25", "Memorial Day"),
    ]


def test_the_year_from_august_to_june_is_used_where_it_is_long_enough() -> None:
    assert span_of_year(TODAY) == (date(2025, 8, 13), date(2026, 6, 5))
    assert span_of_year(date(2025, 9, 1))[0] == date(2025, 3, 3)


# ----------------------------------------------------------------------------- the records


def test_every_record_is_read_back_as_it_was_written() -> None:
    for record in sample():
        assert type(record).from_document(record.to_document()) == record


def test_ids_are_unique_and_sort_by_time() -> None:
    tables: dict[str, list[Record]] = defaultdict(list)
    for record in sample():
        tables[record.table].append(record)
    for records in tables.values():
        ids = [record.id for record in records]
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", id) for id in ids)
        made = [record.created_at for record in sorted(records, key=lambda record: record.id)]
        assert made == sorted(made)


def test_all_references_resolve() -> None:
    records = sample()
    coachees = {one.id: one for one in of(records, Coachee)}
    goals = {one.id: one for one in of(records, GrowthGoal)}
    cycles = {one.id: one for one in of(records, Cycle)}
    observations = {one.id: one for one in of(records, Observation)}
    lines = {
        LineReference(observation=one.id, line=line.id)
        for one in observations.values()
        for line in one.lines
    }
    for goal in goals.values():
        assert goal.coachee in coachees
        assert goal.follows is None or goals[goal.follows].state is GoalState.REVISED
    for cycle in cycles.values():
        assert cycle.goal is not None
        assert goals[cycle.goal].coachee == cycle.coachee
        if cycle.meeting is not None:
            assert {ref for step in cycle.meeting.steps.values() for ref in step.lines} <= lines
    for one in observations.values():
        assert one.cycle is not None
        assert cycles[one.cycle].coachee == one.coachee
        labels = {group.label for group in coachees[one.coachee].priority_groups}
        assert {check.group for check in one.check_ins} <= labels
    for item in of(records, Evidence):
        assert set(item.observation_lines) <= lines
        for reference in item.observation_lines:
            assert observations[reference.observation].coachee == goals[item.goal].coachee
    for coachee in coachees.values():
        if coachee.reciprocal_pair is not None:
            assert coachees[coachee.reciprocal_pair].reciprocal_pair == coachee.id
    assert sum(one.reciprocal_pair is not None for one in coachees.values()) == 2


def test_cycles_are_numbered_in_their_order_and_one_step_at_most_is_open() -> None:
    by_coachee = defaultdict(list)
    for cycle in of(sample(), Cycle):
        by_coachee[cycle.coachee].append(cycle)
    assert len(by_coachee) == 14
    for cycles in by_coachee.values():
        assert [cycle.number for cycle in cycles] == list(range(1, len(cycles) + 1))
        assert [cycle.created_at for cycle in cycles] == sorted(one.created_at for one in cycles)
        steps = [cycle.action_step for cycle in cycles if cycle.action_step is not None]
        assert sum(step.is_open for step in steps) <= 1
        for earlier, later in pairwise(cycle for cycle in cycles if cycle.action_step):
            assert earlier.action_step is not None
            assert earlier.action_step.check_back is not None
            assert later.meeting is not None
            assert earlier.action_step.check_back.date <= later.meeting.date


def test_cycles_are_in_many_stages_and_meetings_have_their_six_steps() -> None:
    stages = Counter(cycle.stage for cycle in of(sample(), Cycle))
    wanted = set(CycleStage) - {CycleStage.FEEDBACK_HELD}
    assert set(stages) == wanted
    for cycle in of(sample(), Cycle):
        if cycle.meeting is None or not cycle.meeting.held:
            continue
        assert 12 <= cycle.meeting.minutes <= 30
        assert all(step.held for step in cycle.meeting.steps.values())
        assert cycle.action_step is not None
        assert cycle.action_step.lesson is not None
        assert cycle.action_step.lesson.label
        assert cycle.action_step.lesson.date > cycle.meeting.date
        steps = cycle.meeting.steps
        assert cycle.action_step.text == steps[MeetingStep.ACTION_STEP].held
        assert cycle.action_step.practiced == steps[MeetingStep.PRACTICE].done


def test_goals_evidence_and_phases_show_what_there_is() -> None:
    goals = {one.id: one for one in of(sample(), GrowthGoal)}
    assert {one.state for one in goals.values()} == set(GoalState)
    assert all(one.indicator and one.planned_modes for one in goals.values())
    evidence = of(sample(), Evidence)
    assert {one.mode for one in evidence} == set(EvidenceMode)
    assert {one.kind for one in evidence} == {None, *StudentEvidenceKind}
    assert {one.level and one.level.named_by for one in evidence} == {None, *Party}
    assert 0.1 < sum(not one.reflection for one in evidence) / len(evidence) < 0.5
    for goal in goals.values():
        if goal.state is GoalState.MET:
            items = [one for one in evidence if one.goal == goal.id]
            assert len({one.mode for one in items}) >= 2
            assert any(one.reflection for one in items)
    coachees = of(sample(), Coachee)
    assert {one.phase for one in coachees} == set(ReleasePhase)
    assert any(len(one.phases) == 4 for one in coachees)
    assert any(one.state is CoacheeState.PAUSED for one in coachees)
    assert {ContactKind.MENTOR, ContactKind.LEARNING_NETWORK} <= {
        one.kind for one in of(sample(), Contact)
    }


def test_goals_and_self_assessments_are_in_the_words_of_a_practice_profile() -> None:
    profiles = {(one.profile, one.version): one for one in of(sample(), PracticeProfile)}
    named = set()
    for goal in of(sample(), GrowthGoal):
        assert goal.function is not None
        profile = profiles[goal.function.profile, goal.function.version]
        (function,) = (one for one in profile.functions if one.key == goal.function.function)
        assert goal.levels == tuple(level.name for level in profile.levels)
        assert set(function.descriptors) == {goal.baseline_level, goal.target_level} | set(
            goal.levels
        )
        named.add(function.key)
        for tick in ticks_of(goal):
            assert tick in function.look_fors
    assert named == {one.key for one in profile.functions}
    by_coachee = defaultdict(list)
    for one in of(sample(), SelfAssessment):
        profile = profiles[one.profile, one.version]
        assert [level.function for level in one.levels] == [key.key for key in profile.functions]
        assert {level.level for level in one.levels} <= {None, *(x.name for x in profile.levels)}
        by_coachee[one.coachee].append(one.window)
    windows = [AssessmentWindow.BASELINE, AssessmentWindow.INTERIM]
    assert all(sorted(found) == windows for found in by_coachee.values())
    assert None in by_coachee, "the coach assesses herself"
    launched = [one for one in of(sample(), Coachee) if one.launch.complete]
    assert len(by_coachee) == len(launched) - 2 + 1


def ticks_of(goal: GrowthGoal) -> set[str]:
    """Return the look-fors that were ticked in the observations of the goal's cycles."""
    cycles = {one.id for one in of(sample(), Cycle) if one.goal == goal.id}
    return {
        tick.label
        for one in of(sample(), Observation)
        if one.cycle in cycles
        for tick in one.look_fors
    }


def test_classroom_discourse_points_to_what_students_said() -> None:
    lines = {(one.id, line.id): line for one in of(sample(), Observation) for line in one.lines}
    linked = [
        lines[reference.observation, reference.line]
        for item in of(sample(), Evidence)
        if item.kind is StudentEvidenceKind.DISCOURSE
        for reference in item.observation_lines
    ]
    assert linked
    assert all(line.kind is LineKind.QUOTE and line.speaker[0] in "SG" for line in linked)


# ------------------------------------------------------------------------------- the notes


def test_lines_follow_each_other_within_the_observation() -> None:
    for one in of(sample(), Observation):
        assert one.end is not None
        assert 12 <= len(one.lines) <= 30
        assert [line.id for line in one.lines] == sorted(line.id for line in one.lines)
        for line in one.lines:
            assert one.start <= line.time <= one.end
            assert line.time - one.start == timedelta(seconds=line.offset)
            for pause in one.pauses:
                assert pause.end is not None
                assert not pause.start < line.time < pause.end
        assert [line.time for line in one.lines] == sorted(line.time for line in one.lines)


def test_notes_have_all_kinds_of_lines_tags_and_ways_to_observe() -> None:
    lines = [line for one in of(sample(), Observation) for line in one.lines]
    assert {line.kind for line in lines} == set(LineKind)
    assert {tag for line in lines for tag in line.tags} == set(LineTag)
    assert {one.modality for one in of(sample(), Observation)} == {
        Modality.IN_PERSON,
        Modality.SYNCHRONOUS_SMALL_GROUP,
        Modality.REVIEW_OF_FEEDBACK,
    }
    for line in lines:
        assert line.speaker or line.kind not in (LineKind.QUOTE, LineKind.ACTION)
        needs_label = {LineTag.PRIORITY_GROUP, LineTag.LOOK_FOR} & set(line.tags)
        assert len(line.labels) == len(needs_label)


def test_shares_of_a_class_are_no_larger_than_the_class() -> None:
    for one in of(sample(), Observation):
        for line in one.lines:
            if line.kind is LineKind.COUNT and one.students is not None:
                for part, whole in re.findall(r"(\d+)/(\d+) ", line.text):
                    assert int(part) <= int(whole)


def test_no_line_has_a_persons_name() -> None:
    two_names = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")
    teachers = [one for one in of(sample(), Coachee) if one.kind is CoacheeKind.EDUCATOR]
    people = {part for one in teachers for part in one.name.split()}
    for one in of(sample(), Observation):
        for line in one.lines:
            assert not two_names.search(line.text), line.text
            assert not people & set(re.findall(r"\w+", line.text)), line.text


JUDGEMENT = re.compile(
    r"\b(good|great|nice|well|poor(ly)?|excellent|effective(ly)?|engag\w+|chaotic|bor(ed|ing)|"
    r"confus\w+|wants?|wanted|tr(y|ies|ied)|refus\w+|off-task|on-task|disruptive|low|some|most|"
    r"many|several|a lot|lots|always|often|never|sometimes|seems?|appears?|clearly|obviously|"
    r"because|so that|due to|should|needs? to|fail(s|ed)|lack\w*|better|worse|best|weak\w*|"
    r"strong\w*|differentiat\w+|scaffold\w*|struggl\w+|happy|excited|quickly|slowly|nicely|"
    r"attentive\w*|understands?|understood|knows?)\b",
    re.IGNORECASE,
)


def test_only_questions_and_inferences_judge() -> None:
    for script in load("scripts.toml", Scripts).script:
        for line in script.lines:
            if line.kind in (LineKind.QUOTE, LineKind.QUESTION, LineKind.INFERENCE):
                continue
            unquoted = re.sub(r"'[^']*'", "", line.text)
            assert not JUDGEMENT.search(unquoted), line.text


def test_there_are_many_scripts_and_all_are_used() -> None:
    library = read_library()
    assert len(library.scripts) >= 12
    assert {key for person in library.people.person for key in person.scripts} == set(
        library.scripts
    )
    assert len({one.lesson for one in of(sample(), Observation)}) > 60


# ------------------------------------------------------- the same again, and larger stores


def test_the_same_arguments_give_the_same_records() -> None:
    assert generate(TODAY, timezone=CHICAGO) == sample()
    other = generate(TODAY, seed=8, timezone=CHICAGO)
    assert digest(other) != digest(sample())


def test_another_process_makes_the_same_bytes() -> None:
    program = (
        "import hashlib\n"
        "from datetime import date\n"
        "from zoneinfo import ZoneInfo\n"
        "from coach_tui.coaching.sample.generator import produce\n"
        "found = hashlib.sha256()\n"
        "for one in produce(date(2026, 2, 11), timezone=ZoneInfo('America/Chicago')):\n"
        "    found.update(one.model_dump_json().encode())\n"
        "print(found.hexdigest())\n"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == digest(sample())


def test_forty_coachees_have_about_six_hundred_observations() -> None:
    records = generate(TODAY, coachees=40, timezone=CHICAGO)
    assert len(of(records, Coachee)) == 40
    assert 500 <= len(of(records, Observation)) <= 700
    names = [one.name for one in of(records, Coachee)]
    assert len(set(names)) == 40
    assert Counter(one.coachee for one in of(records, Observation)).most_common()[-1][1] >= 5


def test_five_years_reach_back_five_years_with_about_five_times_as_much() -> None:
    counts: Counter[type[Record]] = Counter()
    oldest = TODAY
    firsts = []
    for record in produce(TODAY, coachees=16, years=5, timezone=CHICAGO):
        counts[type(record)] += 1
        if isinstance(record, Observation):
            oldest = min(oldest, record.date)
        if isinstance(record, SchoolCalendar):
            firsts.append(record.first_day)
    assert oldest < date(2021, 10, 1)
    assert firsts == [date(2025, 8, 13)]
    assert 1000 <= counts[Observation] <= 1300
    assert counts[GrowthGoal] > 60


def test_names_of_a_very_large_caseload_are_all_different() -> None:
    people = caseload(read_library().people, 25_000, 7)
    assert len({person.name for person in people}) == 25_000
    members = [name for person in people for name in person.members]
    assert len(set(members)) == len(members)


@pytest.mark.parametrize("count", [1, 2, 8, 9, 15, 17, 25])
def test_any_number_of_coachees_is_made(count: int) -> None:
    records = generate(TODAY, coachees=count, timezone=CHICAGO)
    coachees = {one.id for one in of(records, Coachee)}
    assert len(coachees) == count
    pairs = [one.reciprocal_pair for one in of(records, Coachee) if one.reciprocal_pair]
    assert set(pairs) <= coachees


@pytest.mark.parametrize(("coachees", "years"), [(0, 1), (1, 0), (-3, 1)])
def test_less_than_one_coachee_or_year_is_refused(coachees: int, years: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        generate(TODAY, coachees=coachees, years=years, timezone=CHICAGO)


# ----------------------------------------------------------------------------- the content

SCRIPT = """
[[script]]
key = "one"
technique = "scripting"
students = [20, 24]
tallies = []
trends = ["{part} of {size}"]
lessons = [
  { label = "A", materials = "", words = { thing = "a" } },
  { label = "B", materials = "", words = { thing = "b" } },
  { label = "C", materials = "", words = { thing = "c" } },
]
lines = [LINES]
"""


def script(*lines: str) -> str:
    filler = ['["count", "3/4 hands"]'] * (12 - len(lines))
    return SCRIPT.replace("LINES", ", ".join([*lines, *filler]))


def test_a_script_is_read_and_its_places_are_filled() -> None:
    [one] = parse(
        "scripts.toml", script('["S3 says", "{thing}, {students}", "probe"]'), Scripts
    ).script
    assert one.lines[0].speaker == "S3"
    assert one.lines[0].kind is LineKind.QUOTE
    assert one.lines[0].tags == (LineTag.PROBE,)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("key = [", "scripts.toml: "),
        (script('["X says", "hello"]'), "scripts.toml: script.0.lines.0: .*'X says'"),
        (script('["T says"]'), "scripts.toml: script.0.lines.0: "),
        (script('["T says", "hello", "shout"]'), "scripts.toml: script.0.lines.0.tags.0: "),
        (script('["T says", "{other}"]'), r"scripts.toml: script.0: .*one, A.*other"),
        (script().replace("technique", "tecnique"), "scripts.toml: script.0.technique: "),
        (script() + script(), "scripts.toml: .*same key"),
    ],
)
def test_an_error_in_a_content_file_names_the_file_and_the_key(text: str, words: str) -> None:
    with pytest.raises(ContentError, match=words):
        parse("scripts.toml", text, Scripts)


def test_a_missing_content_file_is_named() -> None:
    with pytest.raises(ContentError, match=r"nothing\.toml: the file is missing"):
        load("nothing.toml", Scripts)


@given(st.randoms(use_true_random=False), st.integers(1, 40))
def test_filled_numbers_lie_in_their_ranges(random: Any, students: int) -> None:
    text = fill("{3-7} {60%} {students} {word} [x]", random, students, {"word": "lake"})
    between, share, whole, word, rest = text.split()
    assert 3 <= int(between) <= 7
    assert 1 <= int(share) <= students == int(whole)
    assert (word, rest) == ("lake", "[x]")
