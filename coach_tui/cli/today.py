"""`coach-tui today`: what is owed and due now, grouped, each with why. Plain."""

from __future__ import annotations

from coach_tui.cli.context import DONE, STORE_UNUSABLE, out, out_json
from coach_tui.presentation import dates
from coach_tui.presentation.rows import aligned
from coach_tui.presentation.text import plural, visible
from coach_tui.presentation.today import EMPTY, groups_of, when_words, who_words, why_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from typing import Any

    from coach_tui.cli.context import Context
    from coach_tui.coaching.caseload import Caseload
    from coach_tui.domain.today import Task

FORMAT, VERSION = "coach-tui today", 1

LIMITS = (5, 28, 0)
"""The widest each column may be; the last is never cut."""

FLAGS = ("--json",)


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `today`."""
    parser.add_argument("--json", action="store_true", help="as JSON (docs/formats.md)")


class PlainArguments:
    """What argparse would make of a `today` that is asked for in the usual way."""

    def __init__(self, words: list[str]) -> None:
        """Take `words`, all of them from `FLAGS`."""
        self.json = "--json" in words
        self.store: str | None = None


def plain_arguments(words: list[str]) -> PlainArguments | None:
    """Read the arguments without argparse; None when there is anything but whole flags."""
    return PlainArguments(words) if set(words) <= set(FLAGS) else None


def run(arguments: Namespace | PlainArguments, context: Context) -> int:
    """Print the tasks of today."""
    caseload = context.caseload()
    if caseload is None:
        return STORE_UNUSABLE
    tasks = caseload.tasks()
    if arguments.json:
        out_json(as_json(caseload, tasks))
    else:
        for line in as_text(caseload, tasks):
            out(line)
    return DONE


def as_text(caseload: Caseload, tasks: list[Task]) -> list[str]:
    """Return the lines to print: the day, then each group with its rows."""
    whose = f" for {visible(caseload.coach)}" if caseload.coach else ""
    lines = [f"Today, {dates.full(caseload.today)}{whose}: {plural(len(tasks), 'thing')}"]
    if not caseload.has_calendar:
        lines.append("There is no school calendar yet: open coach-tui to set it up.")
    elif caseload.outside_year:
        lines.append("Today is outside the school calendar: nothing can fall due.")
    if not tasks:
        lines.append(EMPTY)
    cells = [(when_words(one), who_words(one), why_words(one, caseload.today)) for one in tasks]
    rows = dict(zip((id(one) for one in tasks), aligned(cells, LIMITS), strict=True))
    for group, members in groups_of(tasks).items():
        lines += ["", group.value, *(f"  {rows[id(one)]}" for one in members)]
    return lines


def as_json(caseload: Caseload, tasks: list[Task]) -> dict[str, Any]:
    """Return the documented, versioned shape of `today --json`."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "today": caseload.today.isoformat(),
        "tasks": [
            {
                "group": task.group.value,
                "id": task.person or None,
                "name": task.name,
                "time": when_words(task) or None,
                "period": task.period,
                "room": task.room,
                "building": task.building,
                "date": None if task.day is None else task.day.isoformat(),
                "days": task.days,
                "names": list(task.names),
                "why": why_words(task, caseload.today),
                "do": task.doing.value,
            }
            for task in tasks
        ],
    }
