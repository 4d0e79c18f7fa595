"""The people of the sample caseload: sixteen by hand, as many more as are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from random import Random
from typing import Literal

from pydantic import Field

from coach_tui.coaching.sample.content import Shape
from coach_tui.domain.enumerations import (
    ChangeLevel,
    CoacheeKind,
    Delivery,
    Enrollment,
    GoalState,
    PlanPart,
    ReleasePhase,
    Structure,
)


class Standing(StrEnum):
    """What the caseload is to show for a person today."""

    OVERDUE = "overdue"
    DUE = "due"
    DUE_SOON = "due soon"
    ON_TRACK = "on track"
    NOT_LAUNCHED = "not launched"
    PAUSED = "paused"
    RELEASED = "released"


class Group(Shape):
    """A priority group."""

    label: str
    how_many: int = Field(ge=1)


class Hindrance(Shape):
    """A barrier, resolved or not."""

    text: str
    resolved: bool


class Person(Shape):
    """One coachee and what today's picture shows of them; people.toml explains the keys."""

    name: str
    kind: CoacheeKind = CoacheeKind.EDUCATOR
    members: tuple[str, ...] = ()
    building: str
    room: str
    grade_band: str
    content_areas: tuple[str, ...]
    periods: tuple[str, ...] = Field(min_length=1)
    structure: Structure = Structure.INDIVIDUAL
    change_level: ChangeLevel = ChangeLevel.INDIVIDUAL
    enrollment: Enrollment = Enrollment.VOLUNTARY
    delivery: Delivery = Delivery.IN_PERSON
    cadence: str = "biweekly"
    pair: str = ""
    groups: tuple[Group, ...] = Field(default=(), max_length=3)
    standing: Standing
    over: int = Field(default=0, ge=0)
    last: Literal["meeting", "observation"] = "meeting"
    waiting: int = Field(default=1, ge=1)
    step: Literal["checked", "open", "ahead"] = "checked"
    visit: Literal["planned", "missed", "none"] = "none"
    unseen: bool = False
    plan_missing: tuple[PlanPart, ...] = ()
    launch: int = Field(default=4, ge=0, le=4)
    pause: str = ""
    phases: tuple[ReleasePhase, ...] = ()
    goals: tuple[tuple[str, GoalState], ...] = ()
    scripts: tuple[str, ...] = ()
    barriers: tuple[Hindrance, ...] = ()
    note: str = ""

    @property
    def is_team(self) -> bool:
        """Whether this is a team."""
        return self.kind is CoacheeKind.TEAM

    @property
    def is_launched(self) -> bool:
        """Whether there has been any coaching yet."""
        return self.standing is not Standing.NOT_LAUNCHED


class Names(Shape):
    """Given and family names."""

    given: tuple[str, ...]
    family: tuple[str, ...]


class People(Shape):
    """The file people.toml."""

    person: tuple[Person, ...] = Field(min_length=1)
    names: Names


def caseload(people: People, count: int, seed: int) -> list[Person]:
    """Return `count` people: those of the file first, then more like them under other names.

    No name comes twice, except that a member of a team may be on the caseload as well.
    """
    names = _new_names(people, seed)
    found = list(people.person[:count])
    while len(found) < count:
        turn, place = divmod(len(found), len(people.person))
        pattern = people.person[place]
        renamed = {person.name: name for person, name in _pairs_of_turn(people, found, turn)}
        if pattern.is_team:
            members = tuple(next(names) for _ in pattern.members)
            changes = {"name": f"{pattern.name}, group {turn + 1}", "members": members}
        else:
            changes = {"name": next(names), "pair": renamed.get(pattern.pair, pattern.pair)}
        found.append(pattern.model_copy(update={**changes, "room": _room(turn, place)}))
    return _with_partners(found, len(people.person))


def _pairs_of_turn(people: People, found: list[Person], turn: int) -> Iterator[tuple[Person, str]]:
    start = turn * len(people.person)
    for pattern, copy in zip(people.person, found[start:], strict=False):
        yield pattern, copy.name


def _with_partners(found: list[Person], size: int) -> list[Person]:
    """Let both partners of a pair name each other; whose partner is not there works alone."""
    whole = list(found)
    for start in range(0, len(found), size):
        turn = found[start : start + size]
        by_partner = {person.pair: person.name for person in turn if person.pair}
        names = {person.name for person in turn}
        for index, person in enumerate(turn, start):
            if not person.pair:
                continue
            partner = by_partner.get(person.name, person.pair)
            alone = {"pair": "", "structure": Structure.INDIVIDUAL}
            update = {"pair": partner} if partner in names else alone
            whole[index] = person.model_copy(update=update)
    return whole


def _room(turn: int, place: int) -> str:
    return f"{'ABCDEFGH'[place % 8]}{turn * 10 + place:02}"


def _new_names(people: People, seed: int) -> Iterator[str]:
    """Yield names that nobody in the file has; past the last pair, with a middle initial."""
    given, family = list(people.names.given), list(people.names.family)
    random = Random(f"{seed}/names")
    random.shuffle(given)
    random.shuffle(family)
    known = {name for person in people.person for name in (person.name, *person.members)}
    for initial in ("", *(f"{letter}. " for letter in "ABCDEFGHIJKLMNOPRSTVWYZ")):
        for turn in range(len(family)):
            for index, first in enumerate(given):
                name = f"{first} {initial}{family[(index + turn) % len(family)]}"
                if name not in known:
                    yield name
