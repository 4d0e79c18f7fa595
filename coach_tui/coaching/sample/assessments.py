"""Practice profiles and the self-assessments made with them (SAPP, seed 004)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from random import Random

from coach_tui.coaching.profiles import SHIPPED, data_text
from coach_tui.coaching.sample.goals import GoalSpan
from coach_tui.coaching.sample.setting import Row, Setting, in_turn
from coach_tui.coaching.sample.threads import LEVELS
from coach_tui.domain.enumerations import AssessmentWindow, FocusLevel, GoalState, Party, PlanPart
from coach_tui.domain.records import PracticeProfile, SelfAssessedLevel, SelfAssessment
from coach_tui.exchange.profiles import ProfileShape, parse_profile
from coach_tui.store.ids import new_id

_BASELINE_AFTER = 4
"""School days from the launch conversation to the first self-assessment."""

_INTERIM_BEFORE = 12
"""School days from the interim one to today."""

_LEAST_BETWEEN = 40
"""School days between the two, else there is no interim one yet."""

_USUAL = (LEVELS[1], LEVELS[2], None, LEVELS[1])
"""What is named, in turn, where the goals are about something else; None for not looked at."""

_NOTES = (
    "Marked alone, then we read two functions together",
    "T: I marked it lower than I would have in spring. I look for other things now.",
    "Looked at with a clip of the last lesson beside it",
    "Two functions left out: nothing was tried there yet",
)

_OWN = {
    AssessmentWindow.BASELINE: (2, 1, 0, 1, 1),
    AssessmentWindow.INTERIM: (2, 2, 1, None, 1),
}
"""The coach's own levels by function, as places among the levels."""

_OWN_NOTES = {
    AssessmentWindow.BASELINE: "My plans looked alike for everybody. That is where I begin.",
    AssessmentWindow.INTERIM: "Looked at with my mentor; solution dialogue waits for the network.",
}

Levels = Mapping[str, str | None]


def profiles_of(setting: Setting, seed: int) -> Iterator[PracticeProfile]:
    """Yield the district's own practice profile, and the one for the coach's own work."""
    made = setting.schooling.moment(setting.day(0) - timedelta(days=12), 8 * 60 + 50)
    random = Random(f"{seed}/profiles")
    fields = (setting.library.profile.fields(), parse_profile(data_text(SHIPPED), SHIPPED))
    for place, one in enumerate(fields):
        at = made + timedelta(minutes=place)
        id = new_id(at, random.randbytes)
        yield PracticeProfile(id=id, created_at=at, updated_at=at, **one)


def assessments_of(
    row: Row, setting: Setting, spans: Sequence[GoalSpan]
) -> Iterator[SelfAssessment]:
    """Yield a coachee's assessments of this year: where the goals began, and where they are."""
    if row.launch is None or PlanPart.SELF_ASSESSMENT in row.person.plan_missing:
        return
    profile = setting.library.profile
    keys = [function.key for function in profile.function]
    usual: dict[str, str | None] = {
        key: in_turn(_USUAL, row.number + place) for place, key in enumerate(keys)
    }
    if not row.person.is_team:
        usual |= dict.fromkeys(_of_teams(setting))
    before = usual | {one.thread.function: one.thread.baseline for one in spans}
    after = before | {one.thread.function: _now(one) for one in spans}
    first = max(row.launch, setting.schooling.this_year) + _BASELINE_AFTER
    named_by = (Party.TEACHER, in_turn((Party.TOGETHER, Party.TEACHER), row.number))
    yield _assessment(row, setting, profile, AssessmentWindow.BASELINE, first, before, named_by[0])
    last = setting.schooling.now - _INTERIM_BEFORE - row.number % 5
    if last - first >= _LEAST_BETWEEN:
        yield _assessment(row, setting, profile, AssessmentWindow.INTERIM, last, after, named_by[1])


def _of_teams(setting: Setting) -> set[str]:
    """Return the functions that are about a team's work: one teacher alone leaves them out."""
    threads = setting.library.threads.values()
    return {one.function for one in threads if one.level is FocusLevel.SYSTEMS}


def _now(span: GoalSpan) -> str:
    """Return the level of a goal's function now: its target, one further, or where it began."""
    thread, state = span.thread, span.goal.state
    if state is GoalState.MET:
        return thread.target
    further = state in (GoalState.ACTIVE, GoalState.REVISED)
    return LEVELS[min(LEVELS.index(thread.baseline) + further, LEVELS.index(thread.target))]


def _assessment(
    row: Row,
    setting: Setting,
    profile: ProfileShape,
    window: AssessmentWindow,
    index: int,
    levels: Levels,
    named_by: Party,
) -> SelfAssessment:
    made = setting.written_up(index, 2400 + row.number)
    return SelfAssessment(
        id=new_id(made, Random(f"{row.id}/{window}").randbytes),
        created_at=made,
        updated_at=made,
        coachee=row.id,
        profile=profile.profile,
        version=profile.version,
        window=window,
        date=setting.day(index),
        named_by=named_by,
        levels=_assessed(levels),
        note=in_turn(_NOTES, row.number) if window is AssessmentWindow.BASELINE else "",
    )


def own_assessments(setting: Setting, seed: int) -> Iterator[SelfAssessment]:
    """Yield the coach's own, with the practice profile for her work."""
    shipped = parse_profile(data_text(SHIPPED), SHIPPED)
    keys = [function["key"] for function in shipped["functions"]]
    now, first = setting.schooling.now, setting.schooling.this_year
    for window, index in (
        (AssessmentWindow.BASELINE, first + 6),
        (AssessmentWindow.INTERIM, now - 8),
    ):
        made = setting.written_up(index, 3000)
        places = zip(keys, _OWN[window], strict=True)
        yield SelfAssessment(
            id=new_id(made, Random(f"{seed}/own {window}").randbytes),
            created_at=made,
            updated_at=made,
            profile=shipped["profile"],
            version=shipped["version"],
            window=window,
            date=setting.day(index),
            named_by=Party.COACH,
            levels=_assessed(
                {key: None if place is None else LEVELS[place] for key, place in places}
            ),
            note=_OWN_NOTES[window],
        )


def _assessed(levels: Levels) -> tuple[SelfAssessedLevel, ...]:
    return tuple(SelfAssessedLevel(function=key, level=level) for key, level in levels.items())
