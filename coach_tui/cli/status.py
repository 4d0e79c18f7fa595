"""`coach-tui status`: who is due, overdue or owed something. Plain."""

from __future__ import annotations

from coach_tui.cli.context import ATTENTION, DONE, STORE_UNUSABLE, out, out_json
from coach_tui.cli.words import readable
from coach_tui.domain.statuses import DueState
from coach_tui.presentation import dates, rows
from coach_tui.presentation.text import plural, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from datetime import date
    from typing import Any

    from coach_tui.cli.context import Context
    from coach_tui.coaching.caseload import Caseload
    from coach_tui.domain.standing import Standing

FORMAT, VERSION = "coach-tui status", 1

LIMITS = (28, 22, 18, 11, 11, 5, 0)
"""The widest each column may be; the last is never cut."""


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `status`."""
    parser.add_argument("words", nargs="*", type=readable, help="only rows that hold these words")
    parser.add_argument("--all", action="store_true", help="closed ones too")
    parser.add_argument("--check", action="store_true", help="exit with 1 when something is owed")
    parser.add_argument("--json", action="store_true", help="as JSON (docs/formats.md)")


class PlainArguments:
    """What argparse would make of a `status` that is asked for in the usual way."""

    def __init__(self, words: list[str]) -> None:
        """Take `words`: flags of `FLAGS`, and words to look for."""
        self.words = [word for word in words if word not in FLAGS]
        self.all, self.check, self.json = (flag in words for flag in FLAGS)
        self.store: str | None = None


FLAGS = ("--all", "--check", "--json")


def plain_arguments(words: list[str]) -> PlainArguments | None:
    """Read the arguments without argparse, whose import is a tenth of what `status` may cost.

    None when there is anything but whole flags and words: then argparse reads them.
    """
    if any(word.startswith("-") and word not in FLAGS for word in words):
        return None
    return PlainArguments(words)


def run(arguments: Namespace | PlainArguments, context: Context) -> int:
    """Print the caseload by urgency."""
    caseload = context.caseload()
    if caseload is None:
        return STORE_UNUSABLE
    wanted = " ".join(arguments.words)
    shown = [
        row
        for row in caseload.rows
        if rows.matches(row, wanted) and (arguments.all or row.due.state is not DueState.CLOSED)
    ]
    if arguments.json:
        out_json(as_json(shown, caseload.today))
    else:
        for line in as_text(caseload, shown, wanted):
            out(line)
    pressing = any(row.needs_attention for row in shown)
    return ATTENTION if arguments.check and pressing else DONE


def as_text(caseload: Caseload, shown: list[Standing], wanted: str) -> list[str]:
    """Return the lines to print: who and when, a sentence of counts, and a row a coachee."""
    whose = f"Caseload of {visible(caseload.coach)}" if caseload.coach else "Caseload"
    lines = [f"{whose}, {dates.full(caseload.today)}", summary_line(shown)]
    if not caseload.has_calendar:
        lines.append("There is no school calendar yet: open coach-tui to set it up.")
    elif caseload.outside_year:
        lines.append("Today is outside the school calendar: nothing can fall due.")
    if not shown:
        missing = f"Nobody matches {visible(wanted)!r}." if wanted else "Nobody is on it yet."
        return [*lines, missing]
    table = [rows.HEADINGS, *(rows.cells(row, caseload.today) for row in shown)]
    return [*lines, "", *rows.aligned(table, LIMITS)]


def summary_line(shown: list[Standing]) -> str:
    """Return the counts by due state that ask for something: `16 shown: 3 overdue, 2 due`."""
    asking = (DueState.OVERDUE, DueState.DUE, DueState.DUE_SOON, DueState.NOT_LAUNCHED)
    counts = {state: sum(row.due.state is state for row in shown) for state in asking}
    words = [f"{count} {state.value}" for state, count in counts.items() if count]
    owed = sum(1 for row in shown if row.needs_attention)
    if owed:
        words.append(f"{owed} waiting for you")
    return f"{plural(len(shown), 'row')}: {', '.join(words) or 'nothing is due'}"


def as_json(shown: list[Standing], today: date) -> dict[str, Any]:
    """Return the documented, versioned shape of `status --json`."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "today": today.isoformat(),
        "coachees": [standing_json(row) for row in shown],
    }


def standing_json(row: Standing) -> dict[str, Any]:
    """Return one row as JSON values; dates are ISO, `over` and `days` are school days."""
    facts = row.facts

    def iso(day: date | None) -> str | None:
        return None if day is None else day.isoformat()

    return {
        "id": facts.id,
        "name": facts.name,
        "kind": facts.kind,
        "building": facts.building,
        "structure": facts.structure,
        "state": facts.state,
        "release_phase": facts.phase,
        "due": {"state": row.due.state.value, "date": iso(row.due.day), "over": row.due.days_over},
        "last_contact": iso(facts.last_contact),
        "next_visit": iso(row.next_visit),
        "owed": [
            {
                "kind": item.kind.value,
                "since": iso(item.since),
                "days": item.days,
                "names": list(item.names),
            }
            for item in row.owed
        ],
        "signs": [sign.value for sign in row.signs],
        "practices_missing": list(facts.practices_missing),
    }
