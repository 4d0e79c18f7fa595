"""Ghosts: what the cadence makes due and nobody has planned (domain.md section 5). Plain."""

from __future__ import annotations

from datetime import date

from coach_tui.domain import cadence as cadences
from coach_tui.domain import statuses
from coach_tui.domain.planning.appointments import Appointment, Stage, Standing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from coach_tui.domain.facts import CoacheeFacts
    from coach_tui.domain.school_days import SchoolDays
    from coach_tui.domain.statuses import Rules

COACHED = ("active",)
"""The states in which a cadence makes anything due."""


def ghosts(
    facts: CoacheeFacts, school_days: SchoolDays, today: date, until: date, rules: Rules
) -> list[Appointment]:
    """Return what is due for a coachee and not planned, from today to `until`, by day.

    A visit at each day that the cadence makes due, the meeting that an observation still waits
    for, and the check back of a lesson that has passed. What is overdue stands on today, or on
    the next school day. Each ghost lies on a school day.
    """
    found = [
        *_visits(facts, school_days, today, until),
        *_meeting(facts, school_days, today, rules),
        *_check_back(facts, school_days, today),
    ]
    return sorted((one for one in found if one.day <= until), key=lambda one: one.day)


def _ghost(facts: CoacheeFacts, stage: Stage, day: date, words: str = "") -> Appointment:
    return Appointment(
        stage,
        day,
        person=facts.id,
        standing=Standing.GHOST,
        building=facts.building,
        words=words,
    )


def _visits(
    facts: CoacheeFacts, school_days: SchoolDays, today: date, until: date
) -> Iterator[Appointment]:
    """Yield a visit for each due day that no planned visit stands for."""
    due = first_due(facts, school_days)
    if due is None:
        return
    planned = [day for day in facts.planned if day >= today]
    for day in unplanned(due, facts.cadence, planned, school_days, today, until):
        yield _ghost(facts, Stage.VISIT, day)


def first_due(facts: CoacheeFacts, school_days: SchoolDays) -> date | None:
    """Return the day the next contact is due; None for one to whom nothing can fall due."""
    if facts.state not in COACHED or not facts.launch_complete or facts.running is not None:
        return None
    return statuses.next_due(facts, school_days)


def unplanned(
    due: date,
    cadence: str,
    planned: Iterable[date],
    school_days: SchoolDays,
    today: date,
    until: date,
) -> Iterator[date]:
    """Yield the due days up to `until` that no planned visit stands for.

    A visit stands for a due day when it comes before the due day after it; the cadence is then
    counted from the visit. What was due before today is due today, or on the next school day.
    """
    visits = sorted(planned)
    day = school_days.on_or_after(max(due, today))
    while day is not None and day <= until:
        after = cadences.next_due(cadence, day, school_days)
        if visits and (after is None or visits[0] < after):
            anchor = visits.pop(0)
            after = cadences.next_due(cadence, anchor, school_days)
        else:
            yield day
        day = after


def _meeting(
    facts: CoacheeFacts, school_days: SchoolDays, today: date, rules: Rules
) -> Iterator[Appointment]:
    observed = facts.unanswered_observation
    if observed is None or facts.state in ("closed", "released", "proposed"):
        return
    if _is_planned(facts, Stage.MEETING, today):
        return
    latest = school_days.add(observed, max(rules.feedback_days, 1))
    day = school_days.on_or_after(max(latest or today, today))
    if day is not None:
        yield _ghost(facts, Stage.MEETING, day)


def _check_back(facts: CoacheeFacts, school_days: SchoolDays, today: date) -> Iterator[Appointment]:
    lesson = facts.open_step_lesson
    if lesson is None or facts.state in ("closed", "released", "proposed"):
        return
    if _is_planned(facts, Stage.CHECK_BACK, today):
        return
    day = school_days.add(lesson, 1)
    day = school_days.on_or_after(max(day or today, today))
    if day is not None:
        yield _ghost(facts, Stage.CHECK_BACK, day)


def _is_planned(facts: CoacheeFacts, stage: Stage, today: date) -> bool:
    """Whether such an entry is planned for today or later."""
    return any(
        entry[0] == stage.value and date.fromisoformat(entry[1]) >= today for entry in facts.entries
    )
