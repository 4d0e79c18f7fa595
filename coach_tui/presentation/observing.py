"""A running observation in words: its clock, its counts, what it still lacks. Plain text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from coach_tui.domain.observed import (
    LONGEST,
    SHORTEST,
    Counted,
    asking,
    completeness,
    heard,
    is_named,
    kinds,
    minutes_of,
    tallied,
    waited,
)
from coach_tui.domain.records import Observation
from coach_tui.presentation import dates
from coach_tui.presentation.text import cut, packed, pad, plural

if TYPE_CHECKING:
    from coach_tui.domain.scripting import Typed
    from coach_tui.presentation.observation import Local

_READ_AS = {
    "count": "count",
    "environment": "room",
    "question": "to ask later",
    "inference": "inference, kept apart",
}

_SIGNS = {True: "✓", False: "–", None: "◦"}
"""Whether an item of the observe component is there; the last: it is not asked for."""


def stays_planned_words(day: date) -> str:
    """Return that a drop-in leaves the visit of a later day where it is."""
    weekday, month = dates.WEEKDAYS[day.weekday()], dates.MONTHS[day.month - 1]
    return f"The visit planned for {weekday} {day.day} {month} stays planned"


def clock_words(observation: Observation, now: datetime) -> str:
    """Return the time observed and where it stands in the band: `◔ 12 min, under 15`."""
    minutes = minutes_of(observation, now)
    length = f"{minutes} min"
    if observation.quick_notes:
        return "quick notes"
    if observation.is_paused:
        return f"‖ paused at {length}"
    if minutes < SHORTEST:
        glyph, band = "◔", f"under {SHORTEST}"
    elif minutes <= LONGEST:
        glyph, band = "●", f"within {SHORTEST}–{LONGEST}"
    else:
        glyph, band = "◕", f"past {LONGEST}"
    if observation.end is not None:
        return f"■ ended, {length}, {band}"
    return f"{glyph} {length}, {band}"


def read_as(typed: Typed) -> str:
    """Return how a line that is being typed is taken, empty for plain words: `S3 says`."""
    if typed.kind == "quote":
        return f"{typed.speaker} says" if typed.speaker else ""
    if typed.kind == "action":
        return f"{typed.speaker} does" if typed.speaker else ""
    return _READ_AS.get(typed.kind, "")


def offset_words(seconds: float) -> str:
    """Return minutes and seconds since the start: `2:05`, `61:40`."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def strip_words(
    observation: Observation, groups: Iterable[str], now: datetime, columns: int
) -> str:
    """Return the five items of the observe component, each with its sign, in a row or two."""
    items = completeness(observation, groups, now)
    return "\n".join(packed((f"{_SIGNS[one.there]} {one.words}" for one in items), columns))


def asking_words(observation: Observation, key: str) -> str:
    """Return on how many lines a question stands, names first (rule R4), and the key to them."""
    asked = asking(observation)
    names = sum(is_named(line) for line in asked)
    what = "1 line asks" if len(asked) == 1 else f"{len(asked)} lines ask"
    of_them = f" ({plural(names, 'name or diagnosis', 'names or diagnoses')})" if names else ""
    return f"{what} for another look{of_them}: {key}"


def summary_lines(
    observation: Observation,
    counters: Iterable[str],
    groups: Iterable[str],
    now: datetime,
    local: Local,
) -> list[str]:
    """Return what was counted and timed so far, a line each, under short headings."""
    lines = [_with_rates("Counted", observation, now)]
    lines += [_count_line(one) for one in tallied(observation, now, counters)]
    lines += ["", "Talk", *_talk_lines(observation, now)]
    lines += ["", "Wait times", _waits_line(observation)]
    if observation.snapshots:
        lines += ["", "On task"]
        lines += [
            f"  {dates.clock(local(one.time))[:5]}  {one.on}/{one.total}"
            for one in observation.snapshots
        ]
    if observation.look_fors:
        lines += ["", "Look-fors"]
        lines += [f"  {one.count:3}  {cut(one.label, 26)}" for one in observation.look_fors]
    lines += ["", _with_rates("Lines", observation, now)]
    lines += [_count_line(one) for one in kinds(observation, now)] or ["  none yet"]
    lines += ["", "This visit"]
    lines += [
        f"  {_SIGNS[one.there]} {one.words}" for one in completeness(observation, groups, now)
    ]
    return lines


def _with_rates(title: str, observation: Observation, now: datetime) -> str:
    """Return a heading over counts; what was seen for less than ten minutes has no rate."""
    rates = "in 10 min" if minutes_of(observation, now) >= 10 else "rates after 10 min"
    return f"{title}{rates:>{31 - len(title)}}"


def _count_line(one: Counted) -> str:
    rate = "" if one.in_ten_minutes is None or not one.count else f"{one.in_ten_minutes:.1f}"
    return f"  {pad(one.label, 19)} {one.count:3}  {rate:>5}".rstrip()


def _talk_lines(observation: Observation, now: datetime) -> list[str]:
    found = heard(observation, now)
    if not found:
        return ["  not switched on"]
    open_now = {span.who for span in observation.talk if span.end is None}
    return [
        f"  {one.who.value:13} {offset_words(one.seconds):>6} {round(one.share * 100):3} %"
        f"{' ▶' if one.who in open_now and observation.end is None else ''}"
        for one in found
    ]


def talk_words(observation: Observation) -> str:
    """Return whose talk is being timed, before what else the header tells: `▶ student talk · `."""
    if observation.end is not None:
        return ""
    return "".join(f"▶ {span.who.value} · " for span in observation.talk if span.end is None)


def _waits_line(observation: Observation) -> str:
    waits = waited(observation)
    if not waits:
        return "  none marked"
    return "  " + ", ".join(f"{seconds:.1f} s" for seconds in waits)
