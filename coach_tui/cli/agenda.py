"""`coach-tui agenda`: what is owed, and what is planned or due on which day. Plain."""

from __future__ import annotations

from datetime import date, timedelta

from coach_tui.cli.context import DONE, STORE_UNUSABLE, USAGE, out, out_json
from coach_tui.cli.words import readable
from coach_tui.coaching.planning.agenda import agenda
from coach_tui.domain.statuses import DueState, OwedKind
from coach_tui.presentation import dates
from coach_tui.presentation.calendar.signs import glyph, time_words, title
from coach_tui.presentation.rows import aligned
from coach_tui.presentation.statuses import due_sentence, owed_sentence
from coach_tui.presentation.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator
    from typing import Any

    from coach_tui.cli.context import Context
    from coach_tui.coaching.caseload import Caseload
    from coach_tui.domain.planning.appointments import Appointment

FORMAT, VERSION = "coach-tui agenda", 1

DAYS = 14
"""Days that are listed when nobody says how many."""

MOST_DAYS = 800

PRESSING = (OwedKind.RUNNING, OwedKind.FEEDBACK, OwedKind.CHECK_BACK)


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `agenda`."""
    parser.add_argument(
        "--from", dest="first", type=readable, metavar="DAY", help="the first day; today"
    )
    parser.add_argument("--to", dest="last", type=readable, metavar="DAY", help="the last day")
    parser.add_argument("--days", type=readable, metavar="N", help=f"how many days; {DAYS}")
    parser.add_argument("--json", action="store_true", help="as JSON (docs/formats.md)")


class PlainArguments:
    """What argparse would make of an `agenda` that is asked for in the usual way."""

    def __init__(self, values: dict[str, str], json: bool) -> None:
        """Take the values that follow options, by option."""
        self.first, self.last = values.get("--from"), values.get("--to")
        self.days, self.json = values.get("--days"), json
        self.store: str | None = None


VALUED = ("--from", "--to", "--days")


def plain_arguments(words: list[str]) -> PlainArguments | None:
    """Read the arguments without argparse; None when there is anything but whole options."""
    values: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--json":
            continue
        if word not in VALUED or not rest or rest[0].startswith("-"):
            return None
        values[word] = rest.pop(0)
    return PlainArguments(values, "--json" in words)


def run(arguments: Namespace | PlainArguments, context: Context) -> int:
    """Print what is owed when the list begins today, then each day with what is planned on it."""
    caseload = context.caseload()
    if caseload is None:
        return STORE_UNUSABLE
    try:
        first, last = span(arguments, caseload.today)
    except ValueError as error:
        return context.fail(str(error), USAGE)
    found = agenda(caseload, first, last)
    if arguments.json:
        out_json(as_json(caseload, found, first, last))
        return DONE
    for line in as_text(caseload, found, first, last):
        out(line)
    return DONE


def span(arguments: Namespace | PlainArguments, today: date) -> tuple[date, date]:
    """Return the first and last day that were asked for; raises `ValueError`."""
    if arguments.last is not None and arguments.days is not None:
        raise ValueError("--to and --days say the same: give one of them")
    first = today if arguments.first is None else _day(arguments.first, today)
    if arguments.last is not None:
        last = _day(arguments.last, today)
    else:
        last = first + timedelta(days=_count(arguments.days) - 1)
    if last < first:
        raise ValueError(f"the last day ({last}) comes before the first ({first})")
    if (last - first).days >= MOST_DAYS:
        raise ValueError(f"at most {MOST_DAYS} days are listed at once")
    return first, last


def _day(words: str, today: date) -> date:
    from coach_tui.presentation.reading import read_date

    day = read_date(words, today)
    if not 1900 <= day.year <= 2200:
        raise ValueError(f"{day} lies outside of the years that have a calendar")
    return day


def _count(words: str | None) -> int:
    if words is None:
        return DAYS
    text = words.strip()
    if not (text.isascii() and text.isdigit()) or not 0 < int(text[:5]) <= MOST_DAYS:
        raise ValueError(f"--days is a whole number from 1 to {MOST_DAYS}")
    return int(text[:5])


def state_of(one: Appointment, today: date) -> str:
    """Return how an entry stands: planned, missed, or due, which nobody has planned."""
    if one.standing.value == "ghost":
        return "due, not planned"
    missed = one.day < today and one.person and one.stage.value != "lesson"
    return "missed" if missed else "planned"


def as_text(caseload: Caseload, found: list[Appointment], first: date, last: date) -> Iterator[str]:
    """Yield the lines to print: whose and which days, what is owed, and a line an entry."""
    whose = f"Agenda of {visible(caseload.coach)}" if caseload.coach else "Agenda"
    yield f"{whose}, {dates.full(first)} to {dates.full(last)}"
    if not caseload.has_calendar:
        yield "There is no school calendar yet: open coach-tui to set it up."
    elif caseload.outside_year:
        yield "Today is outside the school calendar: nothing can fall due."
    owed = _owed(caseload) if first <= caseload.today <= last else []
    if owed:
        yield ""
        yield "Owed now"
        yield from (f"  ! {visible(name)}: {words}" for _, name, words in owed)
    if not found:
        yield ""
        yield "Nothing is planned or due on these days."
    names = {row.facts.id: row.facts.name for row in caseload.rows}
    for day in sorted({one.day for one in found}):
        yield ""
        away = dates.relative(day, caseload.today)
        yield dates.full(day) if away == dates.full(day) else f"{dates.full(day)}, {away}"
        yield from aligned(
            [
                (
                    f"  {glyph(one)} {time_words(one) or '–'}",
                    title(one, names.get(one.person, "")),
                    visible(one.period),
                    visible(one.building),
                    state_of(one, caseload.today),
                )
                for one in found
                if one.day == day
            ],
            (16, 44, 18, 28, 0),
        )


def _owed(caseload: Caseload) -> list[tuple[str, str, str]]:
    """Return what is owed now as (id of the coachee, name, sentence), the most urgent first."""
    found = []
    for row in caseload.rows:
        words = [owed_sentence(one) for one in row.owed if one.kind in PRESSING]
        if row.due.state is DueState.OVERDUE:
            words.insert(0, due_sentence(row.due, caseload.today))
        found += [(row.facts.id, row.facts.name, line) for line in words]
    return found


def as_json(
    caseload: Caseload, found: list[Appointment], first: date, last: date
) -> dict[str, Any]:
    """Return the documented, versioned shape of `agenda --json`; times are local, `HH:MM`."""
    names = {row.facts.id: row.facts.name for row in caseload.rows}
    return {
        "format": FORMAT,
        "version": VERSION,
        "today": caseload.today.isoformat(),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "owed": [
            {"coachee": id, "name": name, "what": words} for id, name, words in _owed(caseload)
        ],
        "entries": [
            {
                "date": one.day.isoformat(),
                "time": None if one.start is None else f"{one.start // 60:02}:{one.start % 60:02}",
                "minutes": one.minutes,
                "what": one.stage.value,
                "state": state_of(one, caseload.today),
                "coachee": one.person or None,
                "name": names.get(one.person, one.words),
                "period": one.period,
                "building": one.building,
                "cycle": one.record or None,
            }
            for one in found
        ],
    }
