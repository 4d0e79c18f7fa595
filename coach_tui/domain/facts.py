"""The plain facts about one coachee from which every derived status follows. Plain.

A status is never stored as truth (domain.md section 5); these facts are dates, counts and words
taken from the records, small enough to keep beside the store for quick commands.
"""

from __future__ import annotations

from datetime import date

from coach_tui.domain.growth import GoalFacts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Document = Mapping[str, Any]


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
            values[slot] = day_of(values[slot])
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


def day_of(text: str | None) -> date | None:
    """Return a stored day, None for none."""
    return None if text is None else date.fromisoformat(text)
