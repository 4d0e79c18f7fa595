"""What is owed and due now, one task a row, by what is to be done. Plain.

Each task says why it is there by its values; words are made in the presentation. Nothing here
orders people by what they can do (rule R1): within a group the longest wait comes first.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from coach_tui.domain.statuses import DueState, OwedKind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any

    from coach_tui.domain.school_days import SchoolDays
    from coach_tui.domain.standing import Standing
    from coach_tui.domain.statuses import Owed, Rules


class TodayGroup(StrEnum):
    """The groups of Today, in the order they are shown."""

    NOW = "Going on"
    TODAY = "Planned for today"
    LESSON = "Action steps to be tried today"
    OBSERVED = "Observed, meeting to come"
    FEEDBACK = "Feedback owed"
    CHECK_BACK = "Check back"
    MISSED = "Planned, and not begun"
    DUE = "Due and overdue"
    REENTRY = "Needs re-entry"
    READY = "Launched, not active yet"
    NOT_LAUNCHED = "Not launched"
    EVIDENCE = "Evidence gaps"
    OWN = "Your own support"


class Doing(StrEnum):
    """What Enter does with a task."""

    OBSERVE = "observe"
    MEET = "meet"
    CHECK_BACK = "check back"
    VISIT = "plan the visit"
    MOVE = "change the state"
    ACTIVATE = "make active"
    LAUNCH = "launch"
    EVIDENCE = "add evidence"
    CONTACT = "write down a contact"


class Task:
    """One row of Today.

    `person` is the id of the coachee, empty for the coach's own; `record` the id of the cycle or
    observation it is about; `day` the day it is about and `days` how many school days ago;
    `start` the minute of the day, None for no time; `names` what is missing, or whom to contact.
    """

    __slots__ = (
        "building",
        "day",
        "days",
        "doing",
        "group",
        "name",
        "names",
        "period",
        "person",
        "record",
        "room",
        "stage",
        "start",
    )

    def __init__(
        self,
        group: TodayGroup,
        doing: Doing,
        *,
        person: str = "",
        name: str = "",
        building: str = "",
        room: str = "",
        record: str = "",
        day: date | None = None,
        days: int = 0,
        start: int | None = None,
        period: str = "",
        stage: str = "",
        names: tuple[str, ...] = (),
    ) -> None:
        """Hold the values."""
        self.group, self.doing = group, doing
        self.person, self.name, self.building, self.room = person, name, building, room
        self.record, self.day, self.days = record, day, days
        self.start, self.period, self.stage, self.names = start, period, stage, names

    def __repr__(self) -> str:
        """Name the group and the record, never the person: names stay out of logs."""
        return f"<Task {self.group.name} {self.record}>"

    @property
    def key(self) -> str:
        """What names the row, the same after a change elsewhere."""
        return f"{self.group.name}/{self.person}/{self.record}/{self.stage}/{','.join(self.names)}"


def today_tasks(
    standings: Iterable[Standing],
    own: Iterable[Sequence[Any]],
    school_days: SchoolDays,
    today: date,
    rules: Rules,
) -> list[Task]:
    """Return everything that is owed and due today, group by group.

    `own` are the coach's own contacts, each with its kind and ISO day first.
    """
    found = [task for row in standings for task in _of(row, school_days, today)]
    found += _own_support(own, school_days, today, rules)
    places = {group: place for place, group in enumerate(TodayGroup)}
    found.sort(
        key=lambda task: (
            places[task.group],
            24 * 60 if task.start is None else task.start,
            -task.days,
            task.name.casefold(),
            task.person,
        )
    )
    return found


def _of(row: Standing, school_days: SchoolDays, today: date) -> Iterator[Task]:
    facts = row.facts
    if facts.meeting_begun is not None:
        yield _task(
            row, TodayGroup.NOW, Doing.MEET, record=facts.meeting_begun, stage="meeting",
            day=facts.meeting_begun_on,
        )  # fmt: skip
    if facts.state not in ("closed", "released", "proposed", "paused"):
        yield from _planned(row, school_days, today)
        yield from _observed(row, school_days, today)
    for item in row.owed:
        yield from _owed(row, item)
    yield from _by_due_state(row, today)


def _task(row: Standing, group: TodayGroup, doing: Doing, **values: Any) -> Task:
    facts = row.facts
    return Task(
        group,
        doing,
        person=facts.id,
        name=facts.name,
        building=facts.building,
        room=facts.room,
        **values,
    )


_DOING = {
    "visit": Doing.OBSERVE,
    "meeting": Doing.MEET,
    "lesson": Doing.CHECK_BACK,
    "check back": Doing.CHECK_BACK,
}


def _planned(row: Standing, school_days: SchoolDays, today: date) -> Iterator[Task]:
    """Yield today's visits, meetings, lessons and check backs, and what passed and did not begin.

    The lesson in which an action step is to be tried is no visit: it is a group of its own, and a
    lesson that passed is a check back. A meeting that passed is said once: not beside the visit it
    waits for, nor beside the feedback that is owed.
    """
    unseen = {entry[5] for entry in row.facts.entries if entry[0] == "visit"}
    owed = any(item.kind is OwedKind.FEEDBACK for item in row.owed)
    for stage, day_text, start, _, period, record in row.facts.entries:
        day = date.fromisoformat(day_text)
        doing = _DOING.get(stage)
        if doing is None or day > today or (stage in ("lesson", "check back") and day < today):
            continue
        if stage == "meeting" and day < today and (owed or record in unseen):
            continue
        values = {"record": record, "stage": stage, "day": day, "period": period}
        if day == today:
            group = TodayGroup.LESSON if stage == "lesson" else TodayGroup.TODAY
            yield _task(row, group, doing, start=start, **values)
        else:
            again = Doing.VISIT if stage == "visit" else doing
            days = school_days.between(day, today)
            yield _task(row, TodayGroup.MISSED, again, days=days, **values)


def _observed(row: Standing, school_days: SchoolDays, today: date) -> Iterator[Task]:
    """Yield the meeting that an observation waits for, before it is owed.

    One that is planned for today, or was begun, is there already.
    """
    facts = row.facts
    seen = facts.unanswered_observation
    if seen is None or any(item.kind is OwedKind.FEEDBACK for item in row.owed):
        return
    planned = any(entry[0] == "meeting" and entry[1] <= str(today) for entry in facts.entries)
    if not planned and facts.meeting_begun is None:
        days = school_days.between(seen, today)
        yield _task(row, TodayGroup.OBSERVED, Doing.MEET, day=seen, days=days)


_OWED = {
    OwedKind.FEEDBACK: (TodayGroup.FEEDBACK, Doing.MEET),
    OwedKind.CHECK_BACK: (TodayGroup.CHECK_BACK, Doing.CHECK_BACK),
    OwedKind.NEEDS_REENTRY: (TodayGroup.REENTRY, Doing.MOVE),
    OwedKind.EVIDENCE_GAP: (TodayGroup.EVIDENCE, Doing.EVIDENCE),
}


def _owed(row: Standing, item: Owed) -> Iterator[Task]:
    if item.kind is OwedKind.RUNNING:
        yield _task(
            row, TodayGroup.NOW, Doing.OBSERVE, record=row.facts.running or "", day=item.since,
            days=item.days, stage="visit",
        )  # fmt: skip
    elif item.kind in _OWED:
        group, doing = _OWED[item.kind]
        yield _task(row, group, doing, day=item.since, days=item.days, names=item.names)


def _by_due_state(row: Standing, today: date) -> Iterator[Task]:
    """Yield what the next contact asks for; a visit planned for today is there already."""
    facts, due = row.facts, row.due
    if due.state in (DueState.OVERDUE, DueState.DUE) and row.next_visit != today:
        ahead = () if row.next_visit is None else (row.next_visit.isoformat(),)
        yield _task(row, TodayGroup.DUE, Doing.VISIT, day=due.day, days=due.days_over, names=ahead)
    if due.state is DueState.NOT_LAUNCHED:
        yield _task(row, TodayGroup.NOT_LAUNCHED, Doing.LAUNCH, day=facts.launch_date)
    if facts.state == "not_launched" and facts.launch_complete:
        yield _task(row, TodayGroup.READY, Doing.ACTIVATE, day=facts.launch_date)


MENTOR, CST = ("mentor",), ("CST facilitator", "CST member")
"""Kinds of contacts that are looked at: every coach has a mentor; not everyone has a CST."""


def _own_support(
    own: Iterable[Sequence[Any]], school_days: SchoolDays, today: date, rules: Rules
) -> Iterator[Task]:
    """Yield whom the coach should be in contact with again (seeds 003, 004).

    A mentor contact is due too where there was none since the school year began; a CST contact
    only where there ever was one.
    """
    if not school_days.first <= today <= school_days.last:
        return
    newest: dict[str, date] = {}
    for kind, day, *_ in own:
        at = date.fromisoformat(day)
        if at <= today and at > newest.get(kind, date.min):
            newest[kind] = at
    mentor = newest.get(MENTOR[0])
    since = mentor or school_days.first
    if today - since > timedelta(days=rules.mentor_days):
        yield Task(TodayGroup.OWN, Doing.CONTACT, day=mentor, names=MENTOR)
    cst = max((newest[kind] for kind in CST if kind in newest), default=None)
    if cst is not None and today - cst > timedelta(days=rules.cst_days):
        yield Task(TodayGroup.OWN, Doing.CONTACT, day=cst, names=CST)
