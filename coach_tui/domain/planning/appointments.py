"""What stands on a day: visits, meetings, lessons, check backs, other responsibilities. Plain."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Stage(StrEnum):
    """Which stage of a cycle an appointment is, or that it is something else."""

    VISIT = "visit"
    MEETING = "meeting"
    LESSON = "lesson"
    CHECK_BACK = "check back"
    SUPPORT = "own support"
    RESPONSIBILITY = "other responsibility"
    BUSY = "busy"


class Standing(StrEnum):
    """How an appointment stands: `running` was not ended, `ghost` is due and planned by nobody."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    GHOST = "ghost"


LENGTHS = {
    Stage.VISIT: 20,
    Stage.MEETING: 30,
    Stage.LESSON: 0,
    Stage.CHECK_BACK: 10,
    Stage.SUPPORT: 30,
    Stage.RESPONSIBILITY: 30,
    Stage.BUSY: 30,
}
"""Minutes that each takes when nobody said how long: seed 001 asks for 15 to 30 of observation."""

OPEN_ENDED = (Stage.LESSON,)
"""What stands on a day without taking the coach's time."""

_AT_NO_TIME = 24 * 60


class Appointment:
    """One entry of a day.

    `start` is in minutes after midnight, None for one without a time; `minutes` how long it takes;
    `person` the id of the coachee, empty for the coach's own; `record` the id of the cycle,
    contact or observation it is taken from, empty for a ghost; `words` what it says beside a name.
    """

    __slots__ = (
        "building",
        "day",
        "minutes",
        "period",
        "person",
        "record",
        "stage",
        "standing",
        "start",
        "words",
    )

    def __init__(
        self,
        stage: Stage,
        day: date,
        start: int | None = None,
        minutes: int | None = None,
        *,
        person: str = "",
        record: str = "",
        standing: Standing = Standing.PLANNED,
        period: str = "",
        building: str = "",
        words: str = "",
    ) -> None:
        """Hold the values; without `minutes` it takes the usual length of its stage."""
        self.stage, self.day, self.start = stage, day, start
        self.minutes = LENGTHS[stage] if minutes is None else minutes
        self.person, self.record, self.standing = person, record, standing
        self.period, self.building, self.words = period, building, words

    def __eq__(self, other: object) -> bool:
        """Whether all values are the same."""
        if not isinstance(other, Appointment):
            return NotImplemented
        return all(getattr(self, slot) == getattr(other, slot) for slot in self.__slots__)

    __hash__ = None  # type: ignore[assignment]  # equal by value

    def __repr__(self) -> str:
        """Name what it is and when, never whom: names stay out of logs."""
        return f"<{self.standing.value} {self.stage.value} {self.day} {self.start}>"

    @property
    def key(self) -> str:
        """What names this entry, the same after it was moved to another time of its day."""
        return f"{self.stage.value}/{self.record or self.person}/{self.day.isoformat()}"

    @property
    def end(self) -> int | None:
        """The minute at which it ends, None for one without a time."""
        return None if self.start is None else self.start + self.minutes

    @property
    def takes_time(self) -> bool:
        """Whether the coach is busy with it at a known time."""
        return self.start is not None and self.stage not in OPEN_ENDED

    def at(self, day: date, start: int | None, period: str = "") -> Appointment:
        """Return the same entry at another time."""
        return Appointment(
            self.stage,
            day,
            start,
            self.minutes,
            person=self.person,
            record=self.record,
            standing=self.standing,
            period=period,
            building=self.building,
            words=self.words,
        )


def in_order(
    found: Iterable[Appointment], name: Callable[[str], str] | None = None
) -> list[Appointment]:
    """Return appointments by day and time, those without a time last.

    At the same time by what they are, then by whom they are with, as `name` calls them.
    """

    def order(one: Appointment) -> tuple[date, int, str, str, str]:
        start = _AT_NO_TIME if one.start is None else one.start
        whom = "" if name is None else name(one.person).casefold()
        return one.day, start, one.stage.value, whom, one.record or one.person

    return sorted(found, key=order)
