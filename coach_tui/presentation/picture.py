"""A goal over the school year, drawn in text that needs neither colour nor more than 80 columns.

A row for each mode of evidence, one for each level of the profile in its own words, and below them
meetings and action steps. Levels are steps of words; there is no number and no other teacher.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from coach_tui.presentation.dates import MONTHS
from coach_tui.presentation.text import pad, width

ONE, MANY = "●", "+"
"""What stands for one thing in a place, and for more than nine; two to nine are their digit."""

LABELS = 20
"""Columns for what a row is called."""


@dataclass(frozen=True)
class Track:
    """A row of the picture: its label, and what happened on which days.

    `mark` stands for one thing; without it several in one place are counted.
    """

    label: str
    days: tuple[tuple[date, str], ...] = ()


def tracks_of(days: list[date], label: str) -> Track:
    """Return a track whose days are counted where several fall into one place."""
    return Track(label, tuple((day, "") for day in days))


@dataclass(frozen=True)
class Span:
    """The days that a picture spans, and how wide it is drawn."""

    first: date
    last: date
    columns: int

    def place(self, day: date) -> int:
        """Return the column in which a day lies; what is outside lies at the edge."""
        whole = max((self.last - self.first).days, 1)
        inside = min(max((day - self.first).days, 0), whole)
        return inside * (self.columns - 1) // whole


def picture(tracks: list[Track], first: date, last: date, today: date, columns: int) -> list[str]:
    """Return the lines of the picture, each at most `columns` wide.

    The first line names the months, the last points at today.
    """
    span = Span(first, max(last, first), max(columns - LABELS - 1, 10))
    lines = [f"{pad('', LABELS)} {_months(span)}"]
    lines += [f"{pad(track.label, LABELS)} {_drawn(track, span)}" for track in tracks]
    if first <= today <= last:
        lines.append(f"{pad('', LABELS)} {_pointer(span.place(today), span.columns)}")
    return [line.rstrip() for line in lines]


def _months(span: Span) -> str:
    line = [" "] * span.columns
    month = date(span.first.year, span.first.month, 1)
    free_from = 0
    while month <= span.last:
        name = MONTHS[month.month - 1]
        place = span.place(max(month, span.first))
        if place >= free_from and place + len(name) <= span.columns:
            line[place : place + len(name)] = name
            free_from = place + len(name) + 1
        month = (month + timedelta(days=32)).replace(day=1)
    return "".join(line)


def _drawn(track: Track, span: Span) -> str:
    line = ["·"] * span.columns
    held: dict[int, list[str]] = {}
    for day, mark in track.days:
        held.setdefault(span.place(day), []).append(mark)
    for place, marks in held.items():
        line[place] = _mark(marks)
    return "".join(line)


def _mark(marks: list[str]) -> str:
    if marks[-1]:
        return marks[-1]
    if len(marks) == 1:
        return ONE
    return str(len(marks)) if len(marks) < 10 else MANY


def _pointer(place: int, columns: int) -> str:
    words = "^ today"
    if place + width(words) <= columns:
        return " " * place + words
    return " " * max(place - width("today "), 0) + "today ^"
