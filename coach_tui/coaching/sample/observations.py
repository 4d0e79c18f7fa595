"""Observations: a lesson script placed on a day, in a period, line by line in time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import accumulate

from coach_tui.coaching.sample.content import fill
from coach_tui.coaching.sample.scripts import Said, Script
from coach_tui.coaching.sample.setting import Row, Setting, in_turn
from coach_tui.coaching.sample.threads import Thread
from coach_tui.domain.enumerations import LineTag
from coach_tui.domain.records import (
    GroupCheckIn,
    LookForTick,
    NoteLine,
    Observation,
    OnTaskSnapshot,
    Pause,
    Tally,
)

_SHORT = 10
"""Lines of an observation of an earlier school year."""

_GROUPS_LOOKED_AT = 3
"""Observations in which a group that is not seen stays away; the rule looks at as many."""

_PAUSES, _FOCUS, _ALSO_SEEN = 0.04, 0.5, 0.4
"""How often an observation was interrupted; has a focus noted; saw a group out of its turn."""


@dataclass(frozen=True)
class Booking:
    """When a visit takes place: minutes after local midnight, and the period of the bells."""

    start: int
    minutes: int
    period: str

    @property
    def clock(self) -> time:
        """The local time at which it begins."""
        return time(self.start // 60, self.start % 60)


def book(row: Row, setting: Setting, day: int) -> Booking:
    """Find a time in one of the person's periods at which the coach is free."""
    random = row.random
    minutes = random.randint(15, 30)
    starts: dict[int, str] = {}
    for name in random.sample(row.person.periods, len(row.person.periods)):
        period = next(period for period in row.building.periods if period.name == name)
        begin, end = _minutes(period.start), _minutes(period.end)
        spare = end - begin - minutes
        for share in (random.random(), 0.0, 1.0):
            starts.setdefault(begin + max(round(spare * share), 0), name)
    start = setting.diary.book(setting.day(day), starts, minutes)
    return Booking(start, minutes, starts[start])


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


@dataclass(frozen=True)
class _Watched:
    """What the parts of one observation share; `group` is a priority group that was seen, or ""."""

    row: Row
    script: Script
    thread: Thread
    start: datetime
    seconds: int
    students: int
    group: str


def observation_of(
    row: Row, setting: Setting, number: int, booking: Booking, cycle: str, thread: Thread
) -> Observation:
    """Return the observation of the visit with a number; it belongs to `cycle`."""
    random = row.random
    script, lesson = row.lesson(setting, number)
    day = setting.day(row.visits[number].observed)
    is_recent = row.visits[number].observed >= setting.schooling.this_year
    check_ins = _check_ins(row, script, number)
    watched = _Watched(
        row=row,
        script=script,
        thread=thread,
        start=setting.schooling.moment(day, booking.start, random.randrange(60)),
        seconds=booking.minutes * 60,
        students=random.randint(*script.students),
        group=next((check.group for check in check_ins if check.seen), ""),
    )
    rendered = script.render(
        lesson, random, watched.students, len(script.lines) if is_recent else _SHORT
    )
    lines, pauses = _lines(watched, rendered)
    paused = sum((pause.end - pause.start for pause in pauses if pause.end), timedelta())
    end = watched.start + timedelta(seconds=watched.seconds) + paused
    sees_focus = random.random() < _FOCUS
    return Observation(
        id=row.new_id(watched.start),
        created_at=watched.start,
        updated_at=end + timedelta(minutes=random.randint(2, 15)),
        coachee=row.id,
        cycle=cycle,
        date=day,
        start=watched.start,
        end=end,
        pauses=pauses,
        modality=script.modality,
        technique=script.technique,
        lesson=lesson.label,
        materials=lesson.materials,
        students=None if row.person.is_team else watched.students,
        lines=lines,
        tallies=tuple(_tallies(watched)) if is_recent else (),
        snapshots=tuple(_snapshots(watched)) if is_recent else (),
        look_fors=tuple(
            LookForTick(label=label, count=random.randint(0, 5)) for label in thread.look_fors
        ),
        check_ins=check_ins,
        potential_focus=thread.focus if sees_focus else "",
        key_lever=thread.lever if sees_focus else "",
    )


def _lines(
    watched: _Watched, rendered: list[Said]
) -> tuple[tuple[NoteLine, ...], tuple[Pause, ...]]:
    """Return the lines with their times, and the interruption between two of them, if any."""
    random = watched.row.random
    first = random.randint(15, 60)
    gaps = [random.uniform(0.4, 1.6) for _ in rendered[1:]]
    scale = (watched.seconds - first - random.randint(20, 60)) / sum(gaps)
    offsets = list(accumulate((gap * scale for gap in gaps), initial=float(first)))
    pauses: tuple[Pause, ...] = ()
    if random.random() < _PAUSES:
        place, away = random.randrange(2, len(rendered) - 1), random.randint(60, 240)
        begin = watched.start + timedelta(seconds=round(offsets[place]) + 5)
        pauses = (Pause(start=begin, end=begin + timedelta(seconds=away)),)
        offsets[place + 1 :] = [offset + away for offset in offsets[place + 1 :]]
    return (
        tuple(
            _line(watched, place, line, round(offset))
            for place, (line, offset) in enumerate(zip(rendered, offsets, strict=True), 1)
        ),
        pauses,
    )


def _line(watched: _Watched, place: int, line: Said, offset: int) -> NoteLine:
    tags = tuple(tag for tag in line.tags if tag is not LineTag.PRIORITY_GROUP or watched.group)
    labels = []
    if LineTag.PRIORITY_GROUP in tags:
        labels.append(watched.group)
    if LineTag.LOOK_FOR in tags:
        labels.append(in_turn(watched.thread.look_fors, place))
    return NoteLine(
        id=f"{place:04}",
        time=watched.start + timedelta(seconds=offset),
        offset=float(offset),
        speaker=line.speaker,
        kind=line.kind,
        text=line.text,
        tags=tags,
        labels=tuple(labels),
    )


def _tallies(watched: _Watched) -> Iterator[Tally]:
    random = watched.row.random
    for label in watched.script.tallies:
        presses = sorted(random.randrange(watched.seconds) for _ in range(random.randint(2, 8)))
        yield Tally(
            label=label,
            presses=tuple(watched.start + timedelta(seconds=second) for second in presses),
        )


def _snapshots(watched: _Watched) -> Iterator[OnTaskSnapshot]:
    if not watched.script.snapshots:
        return
    random = watched.row.random
    for second in range(300, watched.seconds, 420):
        on = watched.students - random.choice((0, 1, 1, 2, 3, 5))
        yield OnTaskSnapshot(
            time=watched.start + timedelta(seconds=second), on=on, total=watched.students
        )


def _check_ins(row: Row, script: Script, number: int) -> tuple[GroupCheckIn, ...]:
    """Return the check-ins of a visit: each group at least once in as many visits as groups."""
    groups = row.person.groups
    newest = number >= len(row.visits) - _GROUPS_LOOKED_AT
    found = []
    for place, group in enumerate(groups):
        is_turn = number % len(groups) == place
        if row.person.unseen and newest:
            is_turn = place < len(groups) - 1
        elif not is_turn:
            is_turn = row.random.random() < _ALSO_SEEN
        if is_turn:
            words = {
                "part": str(row.random.randint(1, group.how_many)),
                "size": str(group.how_many),
            }
            trend = fill(in_turn(script.trends, number + place), row.random, 1, words)
            found.append(GroupCheckIn(group=group.label, seen=True, trend=trend))
        elif row.person.unseen and newest:
            found.append(GroupCheckIn(group=group.label, seen=False))
    return tuple(found)
