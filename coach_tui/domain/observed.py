"""What an observation amounts to: counts, rates, talk, waits, and what the component asks for.

Pure functions of the record and this moment. Counts and times of a lesson, as a camera and a
stopwatch would have them; nothing here is a measure of anyone (rule R1).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from coach_tui.domain.enumerations import LineKind, Talking
from coach_tui.domain.lengths import whole_minutes
from coach_tui.domain.low_inference.checking import PRIVACY
from coach_tui.domain.records import NoteLine, Observation, Talk

SHORTEST, LONGEST = 15, 30
"""Minutes that an observation takes (seed 001)."""

TEN_MINUTES = 600.0

SECOND = timedelta(seconds=1)

NO_EVIDENCE = frozenset((LineKind.INFERENCE, LineKind.QUESTION))


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something happened, and how often in ten minutes (None before ten were seen)."""

    label: str
    count: int
    in_ten_minutes: float | None


@dataclass(frozen=True, slots=True)
class Heard:
    """How many seconds somebody was heard, and the share of all time that was switched."""

    who: Talking
    seconds: float
    share: float


@dataclass(frozen=True, slots=True)
class Asked:
    """One of the five items of the observe component: its words, and whether it is there.

    None where it is not asked for.
    """

    words: str
    there: bool | None


def minutes_of(observation: Observation, now: datetime) -> int:
    """Return the whole minutes observed until its end, or until `now`, pauses left out."""
    return whole_minutes(observation.duration(now).total_seconds())


def in_band(minutes: int) -> bool:
    """Whether a length lies within the 15 to 30 minutes of seed 001."""
    return SHORTEST <= minutes <= LONGEST


def tallied(observation: Observation, now: datetime, labels: Iterable[str] = ()) -> list[Counted]:
    """Return each counter with its rate; those of `labels` first, counted or not."""
    presses = dict.fromkeys(labels, 0)
    for tally in observation.tallies:
        presses[tally.label] = presses.get(tally.label, 0) + len(tally.presses)
    return [_counted(label, count, observation, now) for label, count in presses.items()]


def kinds(observation: Observation, now: datetime) -> list[Counted]:
    """Return how many lines of each kind there are, kinds without a line left out."""
    found = dict.fromkeys(LineKind, 0)
    for line in observation.lines:
        found[line.kind] += 1
    return [_counted(kind.value, n, observation, now) for kind, n in found.items() if n]


def _counted(label: str, count: int, observation: Observation, now: datetime) -> Counted:
    seconds = observation.duration(now).total_seconds()
    return Counted(label, count, count * TEN_MINUTES / seconds if seconds >= TEN_MINUTES else None)


def heard(observation: Observation, now: datetime) -> list[Heard]:
    """Return who was heard for how long, in the order of the switch; nobody heard is left out."""
    totals = dict.fromkeys(Talking, 0.0)
    for span in observation.talk:
        totals[span.who] += _seconds_heard(span, observation, now)
    whole = sum(totals.values())
    return [Heard(who, seconds, seconds / whole) for who, seconds in totals.items() if seconds]


def _seconds_heard(span: Talk, observation: Observation, now: datetime) -> float:
    """Return how long it was heard while the visit lasted: not after its end, not in a pause."""
    over = observation.end or now
    until = span.end or over
    if observation.end is not None:
        until = min(until, observation.end)
    paused = (
        (min(pause.end or over, until) - max(pause.start, span.start)) / SECOND
        for pause in observation.pauses
    )
    heard_for = (until - span.start) / SECOND - sum(max(seconds, 0.0) for seconds in paused)
    return max(heard_for, 0.0)


def stilled(observation: Observation, at: datetime) -> Observation:
    """Return it with nothing being timed from `at` on: at its end, or in a pause.

    Talk stops then. A wait that lasts is over without what it waited for: it is no wait time.
    """
    talk = tuple(
        span if span.end is not None else span.changed(end=max(at, span.start))
        for span in observation.talk
    )
    waits = tuple(one for one in observation.waits if one.end is not None)
    return observation.changed(talk=talk, waits=waits)


def waited(observation: Observation) -> list[float]:
    """Return the wait times that were marked, in seconds, in the order they were."""
    ended = ((one.end - one.start) for one in observation.waits if one.end is not None)
    return [span / SECOND for span in ended]


def asking(observation: Observation) -> list[NoteLine]:
    """Return the lines on which a question of the low-inference check stands, names first (R4)."""
    asked = [line for line in observation.lines if line.marks]
    return sorted(asked, key=lambda line: not is_named(line))


def is_named(line: NoteLine) -> bool:
    """Whether the check asks about a student's name in a line, or a diagnosis beside a child."""
    return any(mark.code == PRIVACY for mark in line.marks)


def completeness(observation: Observation, groups: Iterable[str], now: datetime) -> list[Asked]:
    """Return the five items of the observe component (seed 001): information, never a gate.

    Where the teacher has no priority groups named, there is none to check in with.
    """
    wanted = set(groups)
    seen = {one.group for one in observation.check_ins if one.seen}
    evidence = any(line.kind not in NO_EVIDENCE for line in observation.lines)
    lever = observation.potential_focus.strip() or observation.key_lever.strip()
    minutes = minutes_of(observation, now)
    return [
        Asked(f"{minutes} of {SHORTEST}-{LONGEST} minutes", in_band(minutes)),
        Asked("priority groups checked in with", wanted <= seen)
        if wanted or seen
        else Asked("no priority groups named", None),
        Asked("notes taken", evidence),
        Asked("materials", bool(observation.materials.strip())),
        Asked("potential focus or key lever", bool(lever)),
    ]
