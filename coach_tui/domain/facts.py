"""The plain facts about one coachee from which every derived status follows. Plain.

A status is never stored as truth (domain.md section 5); these facts are dates, counts and words
taken from the records, small enough to keep beside the store for quick commands.
"""

from __future__ import annotations

from datetime import date

from coach_tui.domain.growth import GoalFacts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    Document = Mapping[str, Any]

LATEST_OBSERVATIONS = 10
"""How many of the newest observations keep the groups they checked in with."""


class CoacheeFacts:
    """What is known of one coachee, as plain values.

    Dates are local school-life dates. Quick notes count as no observation: they are no contact, so
    they put off nothing that is due and call for no feedback. `unanswered_observation` is the
    first completed observation that no feedback meeting answered; `open_step_lesson` the upcoming
    lesson of the open action step; `check_ins` the priority groups seen in each of the newest
    completed observations, newest first; `planned` the days of planned visits that were not
    begun; `running` the id of an observation that was never ended, and `running_since` its day;
    `entries` what is planned and not done, each (stage, ISO day, minute or None, minutes, period,
    id of the cycle); `meeting_begun` the cycle of a meeting that was begun and not ended.

    Of growth: `goals` the active ones; `ready_from` the day from which one of them is ready for
    the next release phase, `held_since` since when its level is held, where that counts;
    `practices_missing` of the newest cycle with feedback; `need` a pressing moment of need since
    the release, and `need_since` its day.
    """

    __slots__ = (
        "building",
        "cadence",
        "change_level",
        "check_ins",
        "entries",
        "goals",
        "held_since",
        "id",
        "kind",
        "last_meeting",
        "last_observation",
        "launch_complete",
        "launch_date",
        "meeting_begun",
        "meeting_begun_on",
        "name",
        "need",
        "need_since",
        "open_step_lesson",
        "phase",
        "plan_missing",
        "planned",
        "practices_missing",
        "priority_groups",
        "ready_from",
        "room",
        "running",
        "running_since",
        "state",
        "structure",
        "unanswered_observation",
    )

    def __init__(
        self,
        *,
        id: str,
        name: str,
        kind: str = "educator",
        building: str = "",
        structure: str = "individual",
        change_level: str = "individual",
        state: str = "not_launched",
        cadence: str = "biweekly",
        phase: str = "1",
        launch_complete: bool = False,
        launch_date: date | None = None,
        plan_missing: tuple[str, ...] = (),
        priority_groups: tuple[str, ...] = (),
        check_ins: tuple[tuple[str, ...], ...] = (),
        last_meeting: date | None = None,
        last_observation: date | None = None,
        unanswered_observation: date | None = None,
        open_step_lesson: date | None = None,
        planned: tuple[date, ...] = (),
        running: str | None = None,
        running_since: date | None = None,
        entries: tuple[tuple[Any, ...], ...] = (),
        goals: tuple[GoalFacts, ...] = (),
        ready_from: date | None = None,
        held_since: date | None = None,
        practices_missing: tuple[str, ...] = (),
        need: str = "",
        need_since: date | None = None,
        room: str = "",
        meeting_begun: str | None = None,
        meeting_begun_on: date | None = None,
    ) -> None:
        """Hold the values."""
        self.id, self.name, self.kind, self.building = id, name, kind, building
        self.structure, self.change_level, self.state = structure, change_level, state
        self.cadence, self.phase = cadence, phase
        self.launch_complete, self.launch_date = launch_complete, launch_date
        self.plan_missing, self.priority_groups = plan_missing, priority_groups
        self.check_ins = check_ins
        self.last_meeting, self.last_observation = last_meeting, last_observation
        self.unanswered_observation = unanswered_observation
        self.open_step_lesson = open_step_lesson
        self.planned = planned
        self.running, self.running_since = running, running_since
        self.entries = entries
        self.goals, self.practices_missing = goals, practices_missing
        self.ready_from, self.held_since = ready_from, held_since
        self.need, self.need_since = need, need_since
        self.room = room
        self.meeting_begun, self.meeting_begun_on = meeting_begun, meeting_begun_on

    def __eq__(self, other: object) -> bool:
        """Whether all values are the same."""
        if not isinstance(other, CoacheeFacts):
            return NotImplemented
        return all(getattr(self, slot) == getattr(other, slot) for slot in self.__slots__)

    __hash__ = None  # type: ignore[assignment]  # equal by value, and tuples inside may be long

    def __repr__(self) -> str:
        """Name the coachee's id only: names stay out of logs."""
        return f"<CoacheeFacts {self.id}>"

    @property
    def last_contact(self) -> date | None:
        """The newest of meeting, observation and launch."""
        days = (self.last_meeting, self.last_observation, self.launch_date)
        return max((day for day in days if day is not None), default=None)

    def to_plain(self) -> dict[str, Any]:
        """Return JSON values; `from_plain` reads them back to an equal object."""
        plain: dict[str, Any] = {}
        for slot in self.__slots__:
            value = getattr(self, slot)
            if isinstance(value, date):
                value = value.isoformat()
            elif slot == "planned":
                value = [day.isoformat() for day in value]
            elif slot == "goals":
                value = [goal.to_plain() for goal in value]
            plain[slot] = value
        return plain

    @classmethod
    def from_plain(cls, plain: Document) -> CoacheeFacts:
        """Read what `to_plain` wrote. Raises `KeyError`, `TypeError` or `ValueError` otherwise."""
        values = {slot: plain[slot] for slot in cls.__slots__}
        for slot in _DATES:
            values[slot] = _date(values[slot])
        values["planned"] = tuple(date.fromisoformat(day) for day in values["planned"])
        for slot in ("plan_missing", "practices_missing", "priority_groups"):
            values[slot] = tuple(values[slot])
        values["goals"] = tuple(GoalFacts.from_plain(goal) for goal in values["goals"])
        values["check_ins"] = tuple(tuple(seen) for seen in values["check_ins"])
        values["entries"] = tuple(tuple(entry) for entry in values["entries"])
        return cls(**values)


_DATES = (
    "launch_date",
    "last_meeting",
    "last_observation",
    "unanswered_observation",
    "open_step_lesson",
    "running_since",
    "ready_from",
    "held_since",
    "need_since",
    "meeting_begun_on",
)


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def facts_of(
    coachee: Document,
    cycles: Iterable[Document],
    observations: Iterable[Document],
    goals: Iterable[Document] = (),
    evidence: Iterable[Document] = (),
    assessments: Iterable[Document] = (),
) -> CoacheeFacts:
    """Take the facts from the stored documents of one coachee and of what belongs to it.

    Documents are the JSON shapes of the records `Coachee`, `Cycle`, `Observation`, `GrowthGoal`,
    `Evidence` and `SelfAssessment`.
    """
    from coach_tui.domain.progress.taking import Belongings, filled_parts, growth_facts

    cycles = list(cycles)
    cancelled = {cycle["id"] for cycle in cycles if cycle["stage"] == "cancelled"}
    cycles = [cycle for cycle in cycles if cycle["id"] not in cancelled]
    # Observations of before there was the field `quick_notes` lack it.
    observations = [o for o in observations if not o.get("quick_notes", False)]
    completed = sorted((o for o in observations if o["end"] is not None), key=_start, reverse=True)
    running = max((o for o in observations if o["end"] is None), key=_start, default=None)
    meetings = [c["meeting"]["date"] for c in cycles if c["meeting"] and c["meeting"]["held"]]
    last_meeting = max(meetings, default=None)
    launch = coachee["launch"]
    launched = launch["date"] is not None and all(i["done"] for i in launch["items"].values())
    phases = coachee["phases"]
    belongings = Belongings(
        coachee, cycles, observations, list(goals), list(evidence), list(assessments)
    )
    filled = filled_parts(belongings)
    return CoacheeFacts(
        id=coachee["id"],
        name=coachee["name"],
        kind=coachee["kind"],
        building=coachee["building"],
        structure=coachee["structure"],
        change_level=coachee["change_level"],
        state=coachee["state"],
        cadence=coachee["cadence"],
        phase=phases[-1]["phase"] if phases else "1",
        launch_complete=launched,
        launch_date=_date(launch["date"]),
        plan_missing=tuple(
            part
            for part, ticked in coachee["plan"]["parts"].items()
            if not ticked["done"] and part not in filled
        ),
        priority_groups=tuple(group["label"] for group in coachee["priority_groups"]),
        check_ins=tuple(
            tuple(c["group"] for c in o["check_ins"] if c["seen"])
            for o in completed[:LATEST_OBSERVATIONS]
        ),
        last_meeting=_date(last_meeting),
        last_observation=_date(completed[0]["date"]) if completed else None,
        unanswered_observation=_first_unanswered(
            [o for o in completed if o["cycle"] not in cancelled], cycles, last_meeting
        ),
        open_step_lesson=_open_step_lesson(cycles),
        planned=tuple(sorted(_planned_days(cycles, observations))),
        running=None if running is None else running["id"],
        running_since=None if running is None else _date(running["date"]),
        entries=tuple(_open_entries(cycles, observations)),
        room=coachee["room"],
        **_begun_meeting(cycles),
        **growth_facts(belongings),
    )


def _start(observation: Document) -> tuple[str, str]:
    """Return what orders observations: `12:00:00Z` comes before `12:00:00.5Z`, unlike as text."""
    return str(observation["start"]).rstrip("Z"), str(observation["id"])


def _first_unanswered(
    completed: list[Document], cycles: list[Document], last_meeting: str | None
) -> date | None:
    """Return the day of the first observation that still waits for its meeting.

    It is answered by the meeting of its own cycle, or by any on a later day; one of no cycle by
    any on its own day too. A meeting at eight is not about what was seen at ten.
    """
    answered = {c["id"] for c in cycles if c["meeting"] and c["meeting"]["held"]}
    days = [
        o["date"]
        for o in completed
        if o["cycle"] not in answered
        and (
            last_meeting is None
            or o["date"] > last_meeting
            or (o["date"] == last_meeting and o["cycle"] is not None)
        )
    ]
    return _date(min(days, default=None))


def _open_step_lesson(cycles: list[Document]) -> date | None:
    lessons = [
        step["lesson"]["date"]
        for step in (cycle["action_step"] for cycle in cycles)
        if step and step["lesson"] and step["state"] not in ("checked_back", "parked")
    ]
    return _date(min(lessons, default=None))


def _open_entries(
    cycles: list[Document], observations: list[Document]
) -> Iterable[tuple[Any, ...]]:
    """Yield what is planned and not done: needed by whoever lists days, not by a status."""
    from coach_tui.domain.planning.appointments import Standing, in_order, of_cycle

    begun = {observation["cycle"] for observation in observations}
    found = [
        one
        for cycle in cycles
        if cycle["stage"] not in ("closed", "checked_back") or _has_open_step(cycle)
        for one in of_cycle(cycle, cycle["id"] in begun)
    ]
    for one in in_order(found):
        if one.standing is Standing.PLANNED:
            day = one.day.isoformat()
            yield (one.stage.value, day, one.start, one.minutes, one.period, one.record)


def _begun_meeting(cycles: list[Document]) -> dict[str, Any]:
    """Return the newest cycle whose meeting was begun and not ended, and its day."""
    begun = [
        cycle
        for cycle in cycles
        if cycle["meeting"] and cycle["meeting"].get("begun") and not cycle["meeting"]["held"]
    ]
    if not begun:
        return {}
    newest = max(begun, key=lambda cycle: str(cycle["meeting"]["begun"]))
    return {"meeting_begun": newest["id"], "meeting_begun_on": _date(newest["meeting"]["date"])}


def _has_open_step(cycle: Document) -> bool:
    step = cycle["action_step"]
    return bool(step) and step["state"] not in ("checked_back", "parked")


def _planned_days(cycles: list[Document], observations: list[Document]) -> Iterable[date]:
    begun = {observation["cycle"] for observation in observations}
    for cycle in cycles:
        waits = cycle["stage"] == "planned" and cycle["id"] not in begun
        if waits and cycle["planned"]["observation"]:
            yield date.fromisoformat(cycle["planned"]["observation"])
