"""A whole script as a text to be edited anywhere, and what came of it read back.

One line of text is one line of notes: its number, its time, then the line as it is typed:

    0007 09:14:05 t what do you notice? +probe

A line without a number is new; a number that is gone is a line taken out; the order is the order
of the lines. A time may be changed; a new line without one gets that of the line before. What
begins with `ASIDE` is said to the coach, and is no line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from coach_tui.domain.records import NoteLine
from coach_tui.presentation import dates
from coach_tui.presentation.reading import read_time
from coach_tui.presentation.text import packed

if TYPE_CHECKING:
    from coach_tui.domain.scripting import Prefixes
    from coach_tui.presentation.observation import Local
    from coach_tui.presentation.script_merging import Merged

ASIDE = "#|"
"""How a line of the text begins that is not a line of notes."""

PREFIXES = (
    ("teacher", "", "teacher says"),
    ("", "T", "does"),
    ("student", "3", "student"),
    ("group", "2", "group"),
    ("coach", "", "you"),
    ("count", "", "count"),
    ("environment", "", "room"),
    ("question", "", "later"),
    ("inference", "", "infer"),
)
"""How prefixes are explained: the use of one, or none; what stands behind it; what it says."""

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

    def row(self) -> str:
        """Return it as it stands in the text."""
        of_day = "" if self.of_day is None else f"{self.of_day:%H:%M:%S}"
        return " ".join(part for part in (self.id, of_day, self.text) if part)


def prefix_words(prefixes: Prefixes, without: Collection[str] = ()) -> list[str]:
    """Return the prefixes as a coach types them, each with its word: `s3 student`."""
    return [
        f"{prefixes.of(use) if use else ''}{more} {words}"
        for use, more, words in PREFIXES
        if use not in without and (not use or prefixes.of(use))
    ]


def _explanation(prefixes: Prefixes, rows: Sequence[Written]) -> list[str]:
    """Return how a line is typed, and what its number is for."""
    said = [
        "One line for each thing you saw or heard, typed as in coach-tui:",
        *(f"  {row}" for row in packed(prefix_words(prefixes), 70)),
    ]
    if rows:
        said += [
            "A line that is there already keeps its number; time and words may change.",
            "A line taken away is taken out. A new line needs neither number nor time.",
        ]
    else:
        said.append("A time may stand before it: 9:14 t what do you notice?")
    said.append(f"Lines that begin with {ASIDE} are left out. An empty file changes nothing.")
    return [f"{ASIDE} {words}" for words in said]


def rows_of(
    lines: Iterable[NoteLine], typed: Callable[[NoteLine], str], local: Local
) -> list[Written]:
    """Return the lines of a script as they stand in its text; `typed` says how one is typed."""
    return [
        Written(
            line.id, read_time(dates.clock(local(line.time))), " ".join(typed(line).splitlines())
        )
        for line in lines
    ]


def script_text(rows: Sequence[Written], prefixes: Prefixes) -> str:
    """Return the text of a script; an empty one begins where the first line is to be written."""
    return _explained([row.row() for row in rows], rows, prefixes)


def merged_text(merged: Merged, prefixes: Prefixes) -> str:
    """Return the text in which both versions stand of each line that was changed twice."""
    clashes, text = {clash.id: clash for clash in merged.clashes}, list[str]()
    for row in merged.rows:
        clash = clashes.get(row.id)
        if clash is None:
            text.append(row.row())
        elif clash.theirs is None:
            text.append(f"{ASIDE} Taken out meanwhile; if it stays below, it is a line again:")
            text.append(Written("", row.of_day, row.text).row())
        elif clash.mine is None:
            text.append(f"{ASIDE} You took this line out; meanwhile it became this:")
            text.append(row.row())
        else:
            text.append(f"{ASIDE} Meanwhile {row.id} became: {clash.theirs.row()}")
            text += [f"{ASIDE} Yours:", row.row()]
    return _explained(text, merged.rows, prefixes)


def _explained(text: Sequence[str], rows: Sequence[Written], prefixes: Prefixes) -> str:
    """Return the lines of a text with what is to be known of it below them."""
    above = [f"{ASIDE} How these lines are read stands below them."] if rows else [""]
    return "\n".join([*above, *text, *_explanation(prefixes, rows)]) + "\n"


def read_script(text: str, known: Iterable[str]) -> list[Written]:
    """Return the lines of an edited text. Raises `ScriptTextError` that names the line.

    `known` are the ids of the lines it was made of.
    """
    ids, found, seen = set(known), list[Written](), set[str]()
    for number, row in enumerate(text.splitlines(), 1):
        if not row.strip() or row.startswith(ASIDE):
            continue
        written = _read_row(number, row, ids)
        if written.id and written.id in seen:
            raise ScriptTextError(f"line {number}: the number {written.id} stands there twice")
        seen.add(written.id)
        found.append(written)
    return found


def read_given(text: str) -> list[Written]:
    """Return the lines of a text as `script_text` made it: all that have a number are known."""
    rows = (_NUMBERED.match(row) for row in text.splitlines() if not row.startswith(ASIDE))
    return read_script(text, [row[1] for row in rows if row is not None])


def _read_row(number: int, row: str, ids: set[str]) -> Written:
    numbered = _NUMBERED.match(row)
    if numbered is not None and numbered[1] in ids:
        words = numbered[3] or ""
        if not words.strip():
            raise ScriptTextError(
                f"line {number}: nothing is said after {numbered[1]}; take the whole line away"
            )
        return Written(numbered[1], _time(number, numbered[2]), words)
    if numbered is not None and numbered[1].isdecimal():
        # Most likely the number was changed by a slip: read as words, the line would be another.
        raise ScriptTextError(
            f"line {number}: {numbered[1]} is no number of these lines; a new line needs none"
        )
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
