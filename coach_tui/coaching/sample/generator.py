"""The sample caseload, made from a seed and a day: the same arguments give the same records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta, tzinfo
from random import Random

from coach_tui.coaching.sample.assessments import (
    assessments_of,
    own_assessments,
    profiles_of,
)
from coach_tui.coaching.sample.cycles import (
    cancelled_cycle,
    cycle_of,
    made_at,
    planned_cycle,
)
from coach_tui.coaching.sample.diary import Diary
from coach_tui.coaching.sample.evidence import evidence_of
from coach_tui.coaching.sample.goals import GoalSpan, goals_of
from coach_tui.coaching.sample.library import read_library
from coach_tui.coaching.sample.observations import book, observation_of
from coach_tui.coaching.sample.own import coach_of, contacts_of, district_of
from coach_tui.coaching.sample.people import Person, Standing, caseload
from coach_tui.coaching.sample.rows import coachee_of
from coach_tui.coaching.sample.setting import Row, Setting
from coach_tui.coaching.sample.standing import Standings
from coach_tui.coaching.sample.turns import Turn
from coach_tui.coaching.sample.visits import Visit, visits_of
from coach_tui.coaching.sample.year import calendar, schooling_around
from coach_tui.domain.records import Cycle, Observation, Record
from coach_tui.store.ids import new_id

_CANCELLED = 0.06
"""How often a visit had to be planned a second time."""

_MISSED = 2
"""School days since a planned visit that did not take place."""


def generate(
    today: date, *, seed: int = 7, coachees: int = 16, years: int = 1, timezone: tzinfo
) -> list[Record]:
    """Return the records of a made-up caseload as it stands on the morning of `today`.

    Everything lies before `today` but visits and lessons that are planned. Raises `ValueError`
    for less than one coachee or one year, and `ContentError` when the package's data is damaged.
    """
    return list(produce(today, seed=seed, coachees=coachees, years=years, timezone=timezone))


def produce(
    today: date, *, seed: int = 7, coachees: int = 16, years: int = 1, timezone: tzinfo
) -> Iterator[Record]:
    """Yield what `generate` returns, one coachee after another, for stores too large for a list."""
    if coachees < 1 or years < 1:
        raise ValueError("a sample has at least one coachee and one year")
    library = read_library()
    schooling = schooling_around(today, years, timezone)
    setting = Setting(library, schooling, Standings(schooling), Diary())
    yield coach_of(setting)
    yield district_of(setting)
    yield calendar(schooling, library.school)
    yield from profiles_of(setting, seed)
    for row in _rows(setting, caseload(library.people, coachees, seed), seed):
        yield from _records(row, setting)
    yield from contacts_of(setting, seed)
    yield from own_assessments(setting, seed)


def _rows(setting: Setting, people: list[Person], seed: int) -> Iterator[Row]:
    randoms = [Random(f"{seed}/{number}") for number in range(len(people))]
    made = [_made(setting, person, number) for number, person in enumerate(people)]
    ids = [new_id(at, random.randbytes) for at, random in zip(made, randoms, strict=True)]
    by_name = {person.name: id for person, id in zip(people, ids, strict=True)}
    for number, person in enumerate(people):
        random = randoms[number]
        cadence, launch, visits = person.cadence, None, []
        if person.is_launched:
            launch = number % 8
            cadence, newest = setting.standings.last_contact(person, random)
            visits = visits_of(person, setting.schooling, launch, cadence, newest, random)
        yield Row(
            person=person,
            number=number,
            id=ids[number],
            partner=by_name.get(person.pair),
            made=made[number],
            building=setting.library.buildings[person.building],
            cadence=cadence,
            launch=launch,
            visits=tuple(visits),
            turn=number // len(setting.library.people.person),
            random=random,
        )


def _made(setting: Setting, person: Person, number: int) -> datetime:
    """Return when a person came onto the caseload: before the first day, or three weeks ago."""
    day = setting.day(0) - timedelta(days=6)
    if not person.is_launched:
        day = setting.day(setting.schooling.now - 15)
    seconds = number * 30 % (6 * 60 * 60)
    return setting.schooling.moment(day, 9 * 60 + seconds // 60, seconds % 60)


def _records(row: Row, setting: Setting) -> Iterator[Record]:
    spans = goals_of(row, setting) if row.visits else []
    worked = [span for span in spans if span.first < span.end]
    yield coachee_of(row, setting, worked[-1].thread if worked else None)
    yield from (span.goal for span in spans)
    observations: list[Observation] = []
    cycles: list[Cycle] = []
    for span in worked:
        for number in range(span.first, span.end):
            _take_place(row, setting, span, number, cycles, observations)
    if worked:
        cycles.extend(_next_visit(row, setting, worked[-1], len(cycles) + 1))
    yield from cycles
    yield from observations
    for span in worked:
        yield from evidence_of(row, setting, span, observations)
    yield from assessments_of(row, setting, spans)


def _take_place(
    row: Row,
    setting: Setting,
    span: GoalSpan,
    number: int,
    cycles: list[Cycle],
    observations: list[Observation],
) -> None:
    """Add what came of the visit with a number to `cycles` and `observations`."""
    visit = row.visits[number]
    booking = book(row, setting, visit.observed)
    turn = Turn(number, visit, len(cycles) + 1, span, booking)
    before = row.visits[number - 1].observed if number else visit.observed
    if visit.observed - before > 3 and row.random.random() < _CANCELLED:
        cycles.append(cancelled_cycle(row, setting, turn))
        turn = Turn(number, visit, len(cycles) + 1, span, booking)
    id = row.new_id(made_at(setting, visit))
    observation = observation_of(row, setting, number, booking, id, span.thread)
    observations.append(observation)
    cycles.append(cycle_of(row, setting, turn, id, observation))


def _next_visit(row: Row, setting: Setting, span: GoalSpan, number: int) -> Iterator[Cycle]:
    if row.person.visit == "none" or row.person.standing in (Standing.PAUSED, Standing.RELEASED):
        return
    now = setting.schooling.now
    ahead = {Standing.DUE: (0,), Standing.OVERDUE: (0, 1), Standing.DUE_SOON: (1, 2)}
    choices = ahead.get(row.person.standing, (2, 3, 4))
    day = now + row.random.choice(choices) if row.person.visit == "planned" else now - _MISSED
    visit = Visit(day, None, None, None)
    booking = book(row, setting, day)
    yield planned_cycle(row, setting, Turn(len(row.visits), visit, number, span, booking))
