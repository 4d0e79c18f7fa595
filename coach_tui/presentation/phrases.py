"""When something is to be, as people say it: `tue 10:15`, `next thu p3`, `3 dec 9:40-10:10`. Plain.

A phrase names a day, a time or a period of the bell schedule, and how long; in any order, each
of them optional. What was understood is shown before it is taken.
"""

from __future__ import annotations

import re
from datetime import date

from coach_tui.presentation import dates
from coach_tui.presentation.reading import read_date
from coach_tui.presentation.text import cut
from coach_tui.presentation.times import clock, take_length, take_time, without

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from coach_tui.domain.planning.bells import Bells, Period

LONGEST_PHRASE = 120
"""Characters that are read; more is no phrase."""

HELP = "write tue 10:15, next thu p3, tomorrow 2nd period 20m, 3 dec 9:40-10:10"

ENTER_BELLS = "or enter the bells: Calendar (3), Y, 4"
"""Where a bell schedule is entered."""

_BARE_HOUR = re.compile(r"\bat (\d{1,2})\b(?!:|\s*[ap]\.?m)")
_HOUR = re.compile(r"[1-9]|1\d|2[0-3]")
_FILLERS = frozenset({"at", "on", "for", "from", "the", "in", "during"})
_PERIOD_LIKE = re.compile(r"\b(?:p|per|period|block|b|hour)\.?\s*\d+\b|\b\d+(?:st|nd|rd|th)\s+\w+")


class When:
    """What a phrase says: the day, the minute it starts, its minutes, the period's name.

    `start` is None where only a day was named; `minutes` where nobody said how long.
    """

    __slots__ = ("day", "minutes", "period", "start")

    def __init__(
        self, day: date, start: int | None = None, minutes: int | None = None, period: str = ""
    ) -> None:
        """Hold the values."""
        self.day, self.start, self.minutes, self.period = day, start, minutes, period

    def __eq__(self, other: object) -> bool:
        """Whether all values are the same."""
        if not isinstance(other, When):
            return NotImplemented
        return all(getattr(self, slot) == getattr(other, slot) for slot in self.__slots__)

    __hash__ = None  # type: ignore[assignment]  # equal by value

    def __repr__(self) -> str:
        """Name the values."""
        return f"<When {self.day} {self.start} {self.minutes} {self.period}>"


def read_when(
    text: str, today: date, bells: Bells, building: str = "", *, day: date | None = None
) -> When:
    """Return when `text` says, held against the bells of `building`.

    `day` is meant where the phrase names none, such as the day under the cursor. A weekday is the
    next one, `next thu` the one of the week after this. Raises `ValueError` with what can be
    written.
    """
    if not text.strip():
        raise ValueError(HELP)
    if len(text) > LONGEST_PHRASE:
        raise ValueError(f"that is too long for a time: {HELP}")
    rest = " ".join(text.casefold().replace(",", " ").split())
    rest = _BARE_HOUR.sub(r"\1:00", rest)
    start, minutes, rest = take_time(rest)
    length, rest = take_length(rest)
    if length is not None and minutes is not None:
        raise ValueError("write an end or a length, not both: 9:40-10:10, or 9:40 30m")
    minutes = length if minutes is None else minutes
    words = [word for word in rest.split() if word not in _FILLERS or word == "in"]
    try:
        found, named = _day_and_period(words, text, today, bells, building, day)
    except ValueError:
        # `tomorrow 9`: a number at the end that is neither a day nor a period is an hour.
        if start is not None or not _HOUR.fullmatch(words[-1] if words else ""):
            raise
        hour = f"{' '.join(words[:-1])} {words[-1]}:00 {'' if minutes is None else f'{minutes}m'}"
        return read_when(hour, today, bells, building, day=day)
    if named is not None and start is None:
        start = named.start
    if named is not None and start is not None and not named.start <= start < named.end:
        raise ValueError(
            f"{clock(start)} is not in {named.name} ({clock(named.start)}-{clock(named.end)})"
        )
    if minutes is not None and start is None:
        raise ValueError(f"say at what time, too: {HELP}")
    if named is None and start is not None:
        named = period_at(bells, building, start)
    return When(found, start, minutes, "" if named is None else named.name)


def period_at(bells: Bells, building: str, minute: int) -> Period | None:
    """Return the period that runs at `minute`, None between the bells."""
    return next((one for one in bells.of(building) if one.start <= minute < one.end), None)


def _day_and_period(
    words: list[str], text: str, today: date, bells: Bells, building: str, day: date | None
) -> tuple[date, Period | None]:
    """Return the day and the period that the words name, whichever comes first."""
    whole = _day(words, today, day)
    if whole is not None:
        return whole, None
    for begin, end in _spans(len(words)):
        span = words[begin:end]
        if not any(char.isalpha() for word in span for char in word):
            continue
        period = bells.find(" ".join(span), building)
        found = None if period is None else _day(words[:begin] + words[end:], today, day)
        if found is not None:
            return found, period
    raise ValueError(_misunderstood(words, text, bells, building, day is None))


def _spans(count: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of so many words, the longest first."""
    for length in range(count, 0, -1):
        for begin in range(count - length + 1):
            yield begin, begin + length


def _misunderstood(
    words: list[str], text: str, bells: Bells, building: str, needs_day: bool
) -> str:
    joined = " ".join(words)
    like = _PERIOD_LIKE.search(joined)
    known = ", ".join(period.name for period in bells.of(building))
    if like is not None and bells.find(like[0], building) is None:
        where = f" in {cut(building, 30)}" if building else ""
        if not known:
            return f"no bell schedule is known{where}: write a time (tue 10:15), {ENTER_BELLS}"
        return f"there is no {like[0]}{where}: there are {cut(known, 90)}"
    only_period = like is not None and not without(joined, like).strip()
    if needs_day and (only_period or not words):
        return f"say the day, too: {HELP}"
    return f"{cut(repr(text.strip()), 40)} names no day and time: {HELP}"


def _day(words: list[str], today: date, day: date | None) -> date | None:
    """Return the day that the words name, `day` where there are none; None for other words."""
    if not words:
        return day
    try:
        return read_date(" ".join(words), today)
    except ValueError:
        return None


def when_words(when: When, today: date, minutes: int) -> str:
    """Return what was understood: `Tue 1 Dec 2026, in 7 days · 10:15-10:35 · Period 3`.

    `minutes` are the usual ones, where the phrase names none.
    """
    parts = [dates.with_relative(when.day, today)]
    if when.start is None:
        parts.append("no time yet")
    else:
        end = when.start + (when.minutes or minutes)
        parts.append(f"{clock(when.start)}-{clock(end % (24 * 60))}")
    if when.period:
        parts.append(when.period)
    return " · ".join(parts)
