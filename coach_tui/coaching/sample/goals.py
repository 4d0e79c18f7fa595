"""Growth goals, each with the visits that were about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from coach_tui.coaching.sample.people import Person
from coach_tui.coaching.sample.setting import Row, Setting
from coach_tui.coaching.sample.threads import LEVELS, Thread
from coach_tui.domain.enumerations import GoalState, Party
from coach_tui.domain.records import (
    Focus,
    FunctionReference,
    GoalChange,
    GrowthGoal,
    StudentOutcome,
)

_WAITING = (GoalState.DRAFT, GoalState.AGREED)
_TERM = 60
"""School days from the agreement to the day on which a goal is due."""


@dataclass(frozen=True)
class GoalSpan:
    """A goal, what it is about, and the numbers of its visits, from `first` up to `end`."""

    goal: GrowthGoal
    thread: Thread
    first: int
    end: int


@dataclass(frozen=True)
class _Part:
    """The visits of one goal before it has its record."""

    thread: str
    state: GoalState
    first: int
    end: int


def goals_of(row: Row, setting: Setting) -> list[GoalSpan]:
    """Return a row's goals in their order; the last ones may have no visits yet."""
    spans: list[GoalSpan] = []
    for part in _parts(row, setting):
        follows = spans[-1].goal if spans else None
        if follows is not None and follows.state is not GoalState.REVISED:
            follows = None
        thread = setting.library.threads[part.thread]
        goal = _goal(row, setting, part, thread, follows)
        spans.append(GoalSpan(goal, thread, part.first, part.end))
    return spans


def _parts(row: Row, setting: Setting) -> Iterator[_Part]:
    worked = _worked(row.person)
    starts = [
        *(_visits_before(row, start) for start in setting.schooling.starts),
        len(row.visits),
    ]
    years = [(first, end) for first, end in pairwise(starts) if first < end]
    for number, (first, end) in enumerate(years[:-1]):
        state = GoalState.REVISED if number % 3 == 2 else GoalState.MET
        yield _Part(worked[number % len(worked)][0], state, first, end)
    first, end = years[-1]
    for number, (thread, state) in enumerate(worked):
        bounds = [first + round((end - first) * (number + n) / len(worked)) for n in (0, 1)]
        yield _Part(thread, state, *bounds)
    for thread, state in row.person.goals:
        if state in _WAITING:
            yield _Part(thread, state, end, end)


def _worked(person: Person) -> list[tuple[str, GoalState]]:
    return [goal for goal in person.goals if goal[1] not in _WAITING]


def _visits_before(row: Row, day: int) -> int:
    return sum(1 for visit in row.visits if visit.observed < day)


def _goal(
    row: Row, setting: Setting, part: _Part, thread: Thread, follows: GrowthGoal | None
) -> GrowthGoal:
    history = list(_history(row, part, thread))
    drafted, last = history[0][0], history[-1][0]
    agreed = next((day for day, state, _ in history if state is GoalState.AGREED), None)
    made = setting.written_up(drafted, 30 + part.first % 300)
    days = setting.schooling.days
    due = None if agreed is None else days[min(agreed + _TERM, len(days) - 1)]
    if part.state is GoalState.ACTIVE:
        due = days[min(setting.schooling.now + 25, len(days) - 1)]
    return GrowthGoal(
        id=row.new_id(made),
        created_at=made,
        updated_at=max(made, setting.written_up(last, 60)),
        coachee=row.id,
        statement=thread.statement,
        focus=Focus(level=thread.level, area=thread.area),
        function=FunctionReference(
            profile=setting.library.profile.profile,
            version=setting.library.profile.version,
            function=thread.function,
        ),
        levels=LEVELS,
        baseline_level=thread.baseline,
        target_level=thread.target,
        indicator=thread.indicator,
        student_outcome=StudentOutcome(
            measure=thread.outcome.measure,
            baseline=thread.outcome.baseline,
            target=thread.outcome.target,
        ),
        chosen_by=row.random.choice((Party.TEACHER, Party.TEACHER, Party.TOGETHER)),
        agreed_on=None if agreed is None else days[agreed],
        due=due,
        planned_modes=thread.planned_modes,
        state=part.state,
        history=tuple(
            GoalChange(date=days[day], state=state, reason=reason) for day, state, reason in history
        ),
        follows=None if follows is None else follows.id,
    )


def _history(row: Row, part: _Part, thread: Thread) -> Iterator[tuple[int, GoalState, str]]:
    """Yield a goal's states with the indexes of their days."""
    drafted = _met(row, part.first - 1) if part.first else (row.launch or 0) + 1
    yield drafted, GoalState.DRAFT, ""
    if part.state is GoalState.DRAFT:
        return
    agreed = drafted if part.state is GoalState.AGREED else max(_met(row, part.first), drafted)
    yield agreed, GoalState.AGREED, "Chosen by T from two that we had drafted"
    if part.state is GoalState.AGREED:
        return
    active = max(_met(row, min(part.first + 1, part.end - 1)), agreed)
    yield active, GoalState.ACTIVE, ""
    reasons = {
        GoalState.MET: thread.met,
        GoalState.REVISED: thread.revised,
        GoalState.SET_ASIDE: thread.set_aside,
    }
    if part.state in reasons:
        yield max(_met(row, part.end - 1), active), part.state, reasons[part.state]


def _met(row: Row, number: int) -> int:
    """Return the day of a visit's meeting, else of its observation."""
    visit = row.visits[max(min(number, len(row.visits) - 1), 0)]
    return visit.observed if visit.met is None else visit.met
