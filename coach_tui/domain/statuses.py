"""Derived statuses: pure functions of facts, school days and today (domain.md section 5). Plain.

They are never stored as truth. Days are school days unless a name says otherwise.
"""

from __future__ import annotations

from enum import StrEnum

from coach_tui.domain import cadence as cadences
from coach_tui.domain.growth import gaps, stale_since

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from coach_tui.domain.facts import CoacheeFacts
    from coach_tui.domain.school_days import SchoolDays


class Rules:
    """The numbers of domain.md section 5 that are defaults, and can be set by the coach.

    `soon_days`: school days before the due day; `feedback_days`: school days a meeting may take
    to follow; `observations_for_groups`: observations that are looked through for check-ins;
    `gap_days`: school days a goal is active before a planned mode without evidence is a gap;
    `stale_days`: school days at least until evidence is stale; `triangulated_days` and
    `held_days`: calendar days within which modes count together, and for which a level is held.
    """

    __slots__ = (
        "cst_days",
        "feedback_days",
        "gap_days",
        "held_days",
        "mentor_days",
        "observations_for_groups",
        "soon_days",
        "stale_days",
        "triangulated_days",
    )

    def __init__(
        self,
        soon_days: int = 2,
        feedback_days: int = 2,
        observations_for_groups: int = 3,
        gap_days: int = 10,
        stale_days: int = 20,
        triangulated_days: int = 60,
        held_days: int = 30,
        mentor_days: int = 14,
        cst_days: int = 31,
    ) -> None:
        """Hold the numbers; raises `ValueError` for one that makes no sense."""
        for name, value, least, most in (
            ("soon_days", soon_days, 0, 20),
            ("feedback_days", feedback_days, 0, 20),
            ("observations_for_groups", observations_for_groups, 1, 10),
            ("gap_days", gap_days, 0, 100),
            ("stale_days", stale_days, 1, 200),
            ("triangulated_days", triangulated_days, 1, 400),
            ("held_days", held_days, 0, 400),
            ("mentor_days", mentor_days, 1, 100),
            ("cst_days", cst_days, 1, 100),
        ):
            if type(value) is not int or not least <= value <= most:
                raise ValueError(f"{name} is a whole number from {least} to {most}, not {value!r}")
        self.soon_days, self.feedback_days = soon_days, feedback_days
        self.observations_for_groups = observations_for_groups
        self.gap_days, self.stale_days = gap_days, stale_days
        self.triangulated_days, self.held_days = triangulated_days, held_days
        self.mentor_days, self.cst_days = mentor_days, cst_days


class DueState(StrEnum):
    """Where a coachee stands with the next contact, most urgent first."""

    OVERDUE = "overdue"
    DUE = "due"
    NOT_LAUNCHED = "not launched"
    DUE_SOON = "due soon"
    LATER = "on track"
    NOT_DUE = "not due"
    PROPOSED = "proposed"
    PAUSED = "paused"
    RELEASED = "released"
    CLOSED = "closed"


class Due:
    """The due state, the day it is about (None where there is none) and school days overdue."""

    __slots__ = ("day", "days_over", "state")

    def __init__(self, state: DueState, day: date | None = None, days_over: int = 0) -> None:
        """Hold the values."""
        self.state, self.day, self.days_over = state, day, days_over


class OwedKind(StrEnum):
    """What is owed or missing, most urgent first."""

    RUNNING = "observation not ended"
    FEEDBACK = "feedback owed"
    CHECK_BACK = "check back"
    NEEDS_REENTRY = "needs re-entry"
    EVIDENCE_GAP = "evidence gap"
    EVIDENCE_STALE = "evidence stale"
    PLAN_INCOMPLETE = "plan incomplete"
    GROUPS_NOT_SEEN = "priority groups not seen"


class Owed:
    """One thing that is owed or missing.

    `since` is the day it is about; `days` how many school days ago; `names` what is missing.
    """

    __slots__ = ("days", "kind", "names", "since")

    def __init__(
        self,
        kind: OwedKind,
        since: date | None = None,
        days: int = 0,
        names: tuple[str, ...] = (),
    ) -> None:
        """Hold the values."""
        self.kind, self.since, self.days, self.names = kind, since, days, names


_OUT_OF_SIGHT = {
    "proposed": DueState.PROPOSED,
    "paused": DueState.PAUSED,
    "released": DueState.RELEASED,
    "closed": DueState.CLOSED,
}


def next_due(facts: CoacheeFacts, school_days: SchoolDays) -> date | None:
    """Return the school day on which the next contact is due, None when there is none.

    Counted from the last contact of the cycle - the feedback meeting, else the observation that
    still awaits it, else the launch - plus the cadence, moved to the next school day.
    """
    contacts = [day for day in (facts.last_meeting, facts.last_observation) if day is not None]
    anchor = max(contacts) if contacts else facts.launch_date
    if anchor is None:
        return None
    return cadences.next_due(facts.cadence, anchor, school_days)


def due(facts: CoacheeFacts, school_days: SchoolDays, today: date, rules: Rules) -> Due:
    """Return where the coachee stands today with the next contact.

    Due soon within `rules.soon_days` school days before, due on the day and until the next
    school day, overdue from then on; paused, released, closed and proposed are excluded. Outside
    of the school year nothing falls due, and nobody is told to be not launched.
    """
    if facts.state in _OUT_OF_SIGHT:
        return Due(_OUT_OF_SIGHT[facts.state])
    if not school_days.first <= today <= school_days.last:
        return Due(DueState.NOT_DUE)
    if not facts.launch_complete:
        begun = school_days.has_begun(today)
        return Due(DueState.NOT_LAUNCHED if begun else DueState.NOT_DUE)
    day = next_due(facts, school_days)
    if day is None:
        return Due(DueState.NOT_DUE)
    if day <= today:
        over = school_days.between(day, today)
        return Due(DueState.OVERDUE if over else DueState.DUE, day, over)
    soon = school_days.between(today, day) <= rules.soon_days
    return Due(DueState.DUE_SOON if soon else DueState.LATER, day)


def owed(
    facts: CoacheeFacts, school_days: SchoolDays, today: date, rules: Rules
) -> tuple[Owed, ...]:
    """Return everything owed or missing for the coachee today, most urgent first.

    A closed or released coachee owes nothing but an observation that was never ended; a released
    one may need re-entry.
    """
    found: list[Owed] = []
    if facts.running is not None and facts.running_since is not None:
        days = school_days.between(facts.running_since, today)
        found.append(Owed(OwedKind.RUNNING, facts.running_since, days))
    if facts.state == "released" and facts.need_since is not None:
        days = school_days.between(facts.need_since, today)
        found.append(Owed(OwedKind.NEEDS_REENTRY, facts.need_since, days, (facts.need,)))
    if facts.state in ("closed", "released", "proposed"):
        return tuple(found)
    found.extend(_feedback_owed(facts, school_days, today, rules))
    found.extend(_check_back(facts, school_days, today))
    if facts.state == "active":
        found.extend(_evidence_wanting(facts, school_days, today, rules))
    if facts.launch_complete and facts.plan_missing:
        found.append(Owed(OwedKind.PLAN_INCOMPLETE, names=facts.plan_missing))
    unseen = groups_not_seen(facts, rules)
    if unseen:
        found.append(Owed(OwedKind.GROUPS_NOT_SEEN, names=unseen))
    return tuple(found)


def _feedback_owed(
    facts: CoacheeFacts, school_days: SchoolDays, today: date, rules: Rules
) -> list[Owed]:
    observed = facts.unanswered_observation
    if observed is None:
        return []
    days = school_days.between(observed, today)
    return [Owed(OwedKind.FEEDBACK, observed, days)] if days > rules.feedback_days else []


def _check_back(facts: CoacheeFacts, school_days: SchoolDays, today: date) -> list[Owed]:
    lesson = facts.open_step_lesson
    if lesson is None or lesson >= today:
        return []
    return [Owed(OwedKind.CHECK_BACK, lesson, school_days.between(lesson, today))]


def _evidence_wanting(
    facts: CoacheeFacts, school_days: SchoolDays, today: date, rules: Rules
) -> list[Owed]:
    """Return the gap over all active goals, by column, and the oldest evidence that is stale."""
    found = []
    lacking = [column for goal in facts.goals for column in gaps(goal, school_days, today, rules)]
    if lacking:
        names = tuple(dict.fromkeys(lacking))
        found.append(Owed(OwedKind.EVIDENCE_GAP, names=names))
    stale = [stale_since(goal, facts.cadence, school_days, today, rules) for goal in facts.goals]
    oldest = min((day for day in stale if day is not None), default=None)
    if oldest is not None:
        found.append(Owed(OwedKind.EVIDENCE_STALE, oldest, school_days.between(oldest, today)))
    return found


def groups_not_seen(facts: CoacheeFacts, rules: Rules) -> tuple[str, ...]:
    """Return the priority groups without a check-in in the last observations.

    Quiet until there were as many observations as the rule looks through.
    """
    newest = facts.check_ins[: rules.observations_for_groups]
    if len(newest) < rules.observations_for_groups:
        return ()
    seen = {group.casefold() for groups in newest for group in groups}
    return tuple(group for group in facts.priority_groups if group.casefold() not in seen)


def next_visit(facts: CoacheeFacts, today: date) -> date | None:
    """Return the day of the next planned visit, or of the newest one missed; None for neither."""
    ahead = [day for day in facts.planned if day >= today]
    return min(ahead) if ahead else max(facts.planned, default=None)


_URGENCY = {state: place for place, state in enumerate(DueState)}

_NOT_PRESSING = (OwedKind.PLAN_INCOMPLETE, OwedKind.EVIDENCE_GAP, OwedKind.EVIDENCE_STALE)


def urgency(standing: Due, owing: tuple[Owed, ...]) -> tuple[int, int, int]:
    """Return what orders a caseload by what is to be done, never by what a teacher can do (R1).

    Smaller is more urgent: first the due state, then school days overdue, then how much is owed.
    A released coachee who needs re-entry comes with those who are due (seed 004: coaching counts
    most in that moment of need).
    """
    pressing = sum(1 for item in owing if item.kind not in _NOT_PRESSING)
    reentry = any(item.kind is OwedKind.NEEDS_REENTRY for item in owing)
    state = DueState.DUE if reentry else standing.state
    return _URGENCY[state], -standing.days_over, -pressing
