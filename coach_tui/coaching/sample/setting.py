"""What all parts of the sample share: content, school days, diary; and one row of the caseload."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import TypeVar

from coach_tui.coaching.sample.diary import Diary
from coach_tui.coaching.sample.library import Library
from coach_tui.coaching.sample.people import Person
from coach_tui.coaching.sample.scripts import Lesson, Script
from coach_tui.coaching.sample.standing import Standings
from coach_tui.coaching.sample.visits import Visit
from coach_tui.coaching.sample.year import Building, Schooling
from coach_tui.domain.enumerations import ReleasePhase
from coach_tui.store.ids import new_id

ChoiceT = TypeVar("ChoiceT")

AFTER_SCHOOL = 15 * 60 + 50
"""Minutes after midnight at which the coach writes up her day."""


@dataclass(frozen=True)
class Setting:
    """What all rows share."""

    library: Library
    schooling: Schooling
    standings: Standings
    diary: Diary

    def day(self, index: int) -> date:
        """Return the school day with an index."""
        return self.schooling.days[index]

    def written_up(self, index: int, seconds: int = 0) -> datetime:
        """Return the end of a school day, when things are written down."""
        return self.schooling.moment(self.day(index), AFTER_SCHOOL + seconds // 60, seconds % 60)


@dataclass(frozen=True)
class Row:
    """One coachee in the making: the person, where and when, and all visits, oldest first.

    `launch` is the index of the day of the launch conversation, None where it is still to come;
    `turn` shifts which script and lesson comes when, so that two rows do not look alike.
    """

    person: Person
    number: int
    id: str
    partner: str | None
    made: datetime
    building: Building
    cadence: str
    launch: int | None
    visits: tuple[Visit, ...]
    turn: int
    random: Random

    def new_id(self, at: datetime) -> str:
        """Return an id for a record made at a moment; the same in each run."""
        return new_id(at, self.random.randbytes)

    def lesson(self, setting: Setting, visit: int) -> tuple[Script, Lesson]:
        """Return the script and the lesson of the visit with a number."""
        keys = self.person.scripts
        script = setting.library.scripts[keys[(visit + self.turn) % len(keys)]]
        round_of_scripts = (visit + self.turn) // len(keys)
        return script, script.lessons[round_of_scripts % len(script.lessons)]

    def phase_begins(self) -> list[int]:
        """Return the number of the visit from which each release phase holds."""
        phases, visits = self.person.phases, len(self.visits)
        begins = [round(visits * place / len(phases)) for place in range(len(phases))]
        if phases and phases[-1] is ReleasePhase.RELEASED:
            steps = len(phases) - 1
            begins = [round(visits * place / steps) for place in range(steps)] + [visits]
        return begins

    def phase(self, visit: int) -> ReleasePhase:
        """Return the release phase at the visit with a number."""
        begins = self.phase_begins()
        return [
            phase for phase, begin in zip(self.person.phases, begins, strict=True) if begin <= visit
        ][-1]


def in_turn(choices: Sequence[ChoiceT], number: int) -> ChoiceT:
    """Return one of `choices`, the next one for the next number."""
    return choices[number % len(choices)]
