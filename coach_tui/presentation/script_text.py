"""A whole script as a text to be edited anywhere, and what came of it read back.

One line of text is one line of notes: its number, its time, then the line as it is typed:

    0007 09:14:05 t what do you notice? +probe

A line without a number is new; a number that is gone is a line taken out; the order is the order
of the lines. A time may be changed; a new line without one gets that of the line before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from coach_tui.domain.records import NoteLine
from coach_tui.presentation import dates
from coach_tui.presentation.reading import read_time

if TYPE_CHECKING:
    from coach_tui.presentation.observation import Local

HEAD = """\
# Each line: its number, its time, then the line as you type it in coach-tui.
# New lines need no number and no time. Taking a line away takes it out of the notes.
# The first lines, these, are left out.
"""

_NUMBERED = re.compile(r"\s*([A-Za-z0-9_-]{1,64})\s+(\d{1,2}:\d{2}:\d{2})(?:\s(.*))?$")
_TIMED = re.compile(r"\s*(\d{1,2}:\d{2}(?::\d{2})?)\s+(\S.*)$")


class ScriptTextError(ValueError):
    """A text is no script; the message names the line and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Written:
    """A line of the text: the id of the note line it stands for (empty for a new one), its time
    where one stands there, and the line as it is typed.
    """

    id: str
    of_day: time | None
    text: str


def script_text(lines: Iterable[NoteLine], typed: Callable[[NoteLine], str], local: Local) -> str:
    """Return the text of a script; `typed` says how a line is typed."""
    rows = [f"{line.id} {dates.clock(local(line.time))} {_one(typed(line))}" for line in lines]
    return HEAD + "\n".join(rows) + "\n"


def _one(text: str) -> str:
    """Keep a line that holds line breaks on one line."""
    return " ".join(text.splitlines()) if len(text.splitlines()) > 1 else text


def read_script(text: str, known: Iterable[str]) -> list[Written]:
    """Return the lines of an edited text. Raises `ScriptTextError` that names the line.

    `known` are the ids of the lines it was made of.
    """
    ids, found, seen = set(known), list[Written](), set[str]()
    for number, row in enumerate(text.splitlines(), 1):
        if not row.strip() or row in HEAD.splitlines():
            continue
        written = _read_row(number, row, ids)
        if written.id and written.id in seen:
            raise ScriptTextError(f"line {number}: the number {written.id} stands there twice")
        seen.add(written.id)
        found.append(written)
    return found


def _read_row(number: int, row: str, ids: set[str]) -> Written:
    numbered = _NUMBERED.match(row)
    if numbered is not None and numbered[1] in ids:
        words = numbered[3] or ""
        if not words.strip():
            raise ScriptTextError(
                f"line {number}: nothing is said after {numbered[1]}; take the whole line away"
            )
        return Written(numbered[1], _time(number, numbered[2]), words)
    timed = _TIMED.match(row)
    if timed is not None:
        return Written("", _time(number, timed[1]), timed[2])
    return Written("", None, row)


def _time(number: int, words: str) -> time:
    try:
        return read_time(words)
    except ValueError as error:
        raise ScriptTextError(f"line {number}: {error}") from None


def moved_to(moment: datetime, of_day: time | None, local: Local) -> datetime:
    """Return the moment, or another on its day when the time that stands there is another one."""
    here = local(moment)
    if of_day is None or (here.hour, here.minute, here.second) == (
        of_day.hour,
        of_day.minute,
        of_day.second,
    ):
        return moment
    return here.replace(hour=of_day.hour, minute=of_day.minute, second=of_day.second)
